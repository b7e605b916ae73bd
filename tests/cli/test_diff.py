"""`extract diff`: two copies on the command line."""

import json

from tests.cli.conftest import Invoke


def test_a_changed_number_is_told_in_every_form(invoke: Invoke, work, small_report):
    """Text for people, JSON for programs, a page to send around."""
    (work / "b.txt").write_text(
        small_report.replace("162.3亿元", "126.3亿元").replace("新建学校", "建成学校"), encoding="utf-8"
    )
    ran = invoke("diff", "r.txt", "b.txt")
    assert ran.code == 0
    assert "2 differences, 1 of them changes a number" in ran.out
    assert "162.3亿元 → 126.3亿元" in ran.out
    assert "建成" not in invoke("diff", "r.txt", "b.txt", "--numbers").out
    (pair,) = json.loads(invoke("diff", "r.txt", "b.txt", "--format", "json").out)["pairs"]
    assert pair["same_report"]
    assert pair["counts"] == {"differences": 2, "numbers": 1}
    (marked,) = [one for one in pair["differences"] if one["changes_number"]]
    start, end = marked["b"]["start"], marked["b"]["end"]
    assert (work / "b.txt").read_text(encoding="utf-8")[start:end] == marked["b"]["text"] == "126.3亿元"
    page = invoke("diff", "r.txt", "b.txt", "--format", "html").out
    assert "126.3亿元" in page
    assert "<script" not in page


def test_equal_copies_differ_in_nothing(invoke: Invoke, work, small_report):
    (work / "b.txt").write_text(small_report.replace("\n\n", "\n"), encoding="utf-8")
    assert "0 differences" in invoke("diff", "r.txt", "b.txt").out


def test_text_of_a_report_is_inert_in_the_page(invoke: Invoke, work, small_report):
    """Markup shows as it stands; characters that steer show as escapes."""
    hostile = small_report.replace("新建学校", "<script>alert(1)</script>\u202e新建学校")
    (work / "b.txt").write_text(hostile, encoding="utf-8")
    page = invoke("diff", "r.txt", "b.txt", "--format", "html").out
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "\u202e" not in page
    assert "\u202e" not in invoke("diff", "r.txt", "b.txt").out


def test_of_several_reports_each_is_compared_with_its_copy(invoke: Invoke, work, small_report):
    """A page with the reports of two years against the file of one."""
    other = (
        small_report.replace("2024", "2023").replace("临江", "望海").replace("引进亿元以上项目", "开工项目")
    )
    other = (
        other.replace("城镇新增就业", "帮扶困难群众")
        .replace("地区生产总值", "粮食总产量")
        .replace("养老床位", "泊位")
    )
    other = other.replace("一般公共预算收入", "社会消费品零售总额")
    (work / "b.txt").write_text(f"{other}\n\n{small_report.replace('12所', '13所')}", encoding="utf-8")
    (pair,) = json.loads(invoke("diff", "r.txt", "b.txt", "--format", "json").out)["pairs"]
    assert pair["b"]["region"] == "临江市"
    assert pair["counts"]["numbers"] == 1


def test_other_reports_are_compared_and_said_to_be_no_copies(invoke: Invoke, work, examples):
    ran = invoke("diff", str(examples / "yunzhou-2024.txt"), str(examples / "yunzhou-2025.txt"))
    assert ran.code == 0
    assert "not copies of one report" in ran.err


def test_a_file_without_a_report_cannot_be_compared(invoke: Invoke, work):
    (work / "n.txt").write_text("今天天气晴朗。", encoding="utf-8")
    ran = invoke("diff", "r.txt", "n.txt")
    assert ran.code == 1
    assert "No government work report" in ran.err
