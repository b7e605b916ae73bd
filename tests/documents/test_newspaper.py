"""Reports in the order of a newspaper."""

import pytest

from extract.documents import read_text
from extract.documents.newspaper import backwards, jumps_in, jumps_out
from tests.documents.builders import WHOLE, report

BODY = (
    "一、2023年工作回顾",
    "过去一年，全市地区生产总值达到1830.5亿元，增长6.4%；新增城镇就业3.2万人，新建学校12所。",
    "一年来，我们坚持稳中求进，完成老旧小区改造120个，新建农村公路260公里，建成一批群众身边的文化设施，群众获得感持续增强，各项工作都取得了新的进展。",
    "二、2024年重点工作",
    "今年，地区生产总值增长6%左右，力争引进项目60个；改造老旧小区35个。",
    "做好今年工作，要坚持项目为王，全年实施重点项目180个，确保完成投资200亿元以上，不断增强发展后劲，努力办好每一件关系群众切身利益的实事。",
    "持续优化营商环境，推动更多事项一次办成，让企业和群众办事更加便捷，让城市更有温度，让发展更有质量，让治理更有水平，让生活更有品质。",
)
OTHER = (
    "我市举行春季植树活动\n"
    "本报讯 昨日上午，全市干部群众来到滨江公园，共同种下树苗3600株，绿化面积达到58亩，现场一片繁忙景象。\n"
    "图为活动现场。本报记者 林某摄\n"
)


def clean_text(text: str) -> str:
    """What is read of the only report of a text."""
    (one,) = read_text(text, "paper.txt").reports
    return one.clean.text


@pytest.mark.parametrize(
    ("out", "into"),
    [
        ("（下转第四版）", "（上接第一版）"),
        ("\n下转第4版\n", "\n上接第1版\n"),
        ("（下转A2版）", "（上接A1版）"),
        ("【下转二版】", "【上接一版】"),
        ("（紧转第3版）", "（紧接第2版）"),
    ],
)
def test_what_stands_between_two_pages_is_not_read(out, into):
    """The sentence that the page breaks goes on, as if nothing stood between."""
    plain = report(*BODY)
    before, after = plain.split("新增城镇", 1)
    broken = f"{before}{out}\n{OTHER}政府工作报告\n{into}新增城镇{after}"
    assert clean_text(broken) == clean_text(plain)


def test_the_interruption_is_accounted_for():
    """As a leftover with its reason and its first words."""
    before, after = report(*BODY).split("二、", 1)
    text = f"{before}（下转第四版）\n{OTHER}（上接第一版）\n二、{after}"
    (between,) = [one for one in read_text(text, "paper.txt").leftovers if one.kind == "between"]
    assert "植树" in between.title
    assert "转版" in between.reason
    assert "3600株" in text[between.start : between.end]


def test_a_continuation_that_stands_first_goes_to_its_place():
    """The text is put in order; each piece knows where it comes from."""
    plain = report(*BODY)
    cut = plain.index("二、")
    text = f"（上接第一版）\n{plain[cut:]}{OTHER}{plain[:cut]}（下转第四版）\n"
    reading = read_text(text, "paper.txt")
    (one,) = reading.reports
    assert one.completeness.has_review
    assert one.completeness.has_plan
    assert "3600株" not in one.clean.text
    assert one.clean.text.index("1830.5") < one.clean.text.index("60个")
    for piece in reading.source.pieces:
        moved = reading.source.text[piece.at : piece.at + piece.end - piece.start]
        assert moved == text[piece.start : piece.end]
    assert sorted(reading.source.text) == sorted(text)


def test_no_jump_no_interruption():
    """Nor where the text breaks off for good, or nothing stands between, or the words are part of a sentence."""
    for text in (
        WHOLE,
        f"{WHOLE}（下转第四版）",
        WHOLE.replace("一年来，", "（下转第四版）\n（上接第一版）\n一年来，"),
        WHOLE.replace("一年来，", "一年来，热线接第3版国家标准运行，"),
    ):
        assert [one for one in read_text(text, "paper.txt").leftovers if one.kind == "between"] == []
        assert backwards(text) is None


def test_marks_are_found_where_they_stand():
    """With the brackets around them."""
    text = "增长（下转第四版）\n上接第一版\n8%"
    (out,), (into,) = jumps_out(text), jumps_in(text)
    assert text[out.start : out.end] == "（下转第四版）"
    assert text[into.start : into.end] == "上接第一版"
