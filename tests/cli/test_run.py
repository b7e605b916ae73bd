"""`extract run`: what it prints, what it saves, and how it fails."""

import json
from pathlib import Path

import pytest

from .conftest import Invoke

MEGABYTES = 1_000_000


def saved(out: Path) -> dict[str, bytes]:
    """Result files without manifest."""
    return {path.name: path.read_bytes() for path in out.glob("*.json") if path.name != "manifest.json"}


def test_a_run_prints_a_row_for_each_report(invoke: Invoke, work: Path) -> None:
    """Aligned, and with what is open."""
    ran = invoke("run", "r.txt", "--out", "out")
    assert (ran.code, ran.err) == (0, "")
    header, row, *_, last, _ = ran.out.splitlines()
    assert header.split() == [
        "report",
        "region",
        "year",
        "成绩",
        "目标",
        "民生实事",
        "figures",
        "numbers",
        "flagged",
        "unclaimed",
    ]
    assert row.split()[:3] == ["r", "临江市", "2024"]
    assert last.startswith("1 report from 1 source, ")
    assert last.endswith("→ out")
    assert list(saved(work / "out")) == ["r.json"]


def test_what_was_left_out_and_holds_numbers_is_a_line(invoke: Invoke, work: Path) -> None:
    """And stays one when the result is there already; menus are none."""
    text = (work / "r.txt").read_text(encoding="utf-8")
    struck = "".join(f"<p>{line}</p>" for line in text.splitlines()) + "<p><del>新建泵站58座</del></p>"
    (work / "p.html").write_text(
        f"<html><body><nav>首页 新闻58条</nav>{struck}</body></html>", encoding="utf-8"
    )
    line = "p.html: left out: 1 struck-out passage (7 characters, 1 number); see extract ingest"
    said = invoke("run", "p.html", "r.txt", "--out", "out").out.splitlines()
    assert any(one.startswith(line) for one in said)
    ran = invoke("run", "p.html", "r.txt", "--out", "out", "--json")
    rows = {row["reason"]: row for row in json.loads(ran.out)["reports"][0]["left_out"]}
    assert (rows["struck"]["parts"], rows["struck"]["characters"], rows["struck"]["numbers"]) == (1, 7, 1)
    saved_rows = json.loads(saved(work / "out")["p.json"])["left_out"]
    assert {row["reason"] for row in saved_rows} == set(rows)
    assert "left out" not in invoke("run", "r.txt", "--out", "other").out


def test_quiet_prints_nothing_but_errors(invoke: Invoke, work: Path) -> None:
    """For scripts that look at the exit code."""
    (work / "empty.txt").write_bytes(b"")
    ran = invoke("run", "r.txt", "empty.txt", "--out", "out", "-q")
    assert (ran.code, ran.out) == (1, "")
    assert "empty.txt" in ran.err


def test_json_keeps_nothing_found_failed_and_flagged_apart(invoke: Invoke, work: Path) -> None:
    """Three different things, in every output."""
    (work / "empty.txt").write_bytes(b"")
    (work / "news.txt").write_text("今天天气晴朗，市民纷纷出游。", encoding="utf-8")
    ran = invoke("run", "r.txt", "empty.txt", "news.txt", "gone.txt", "--out", "out", "--json")
    content = json.loads(ran.out)
    assert ran.code == content["exit_code"] == 1
    assert {source["path"]: source["status"] for source in content["sources"]} == {
        "r.txt": "done",
        "empty.txt": "failed",
        "news.txt": "no_report",
    }
    totals = content["totals"]
    assert (totals["reports"], totals["failed"], totals["no_report"], totals["nothing_found"]) == (1, 2, 1, 0)
    assert content["missing"][0]["code"] == "missing_file"
    assert content["reports"][0]["id"] == "r"


def test_a_damaged_result_of_an_earlier_run_is_named_and_the_others_are_compared(
    invoke: Invoke, work: Path
) -> None:
    """Its own source is not part of this run; every error is said, and the summary printed."""
    text = (work / "r.txt").read_text(encoding="utf-8")
    for name in ("s.txt", "t.txt"):
        (work / name).write_text(text.replace("1830.5", f"18{ord(name[0])}.5"), encoding="utf-8")
    (work / "empty.txt").write_bytes(b"")
    assert invoke("run", "r.txt", "s.txt", "--out", "out").code == 0
    (work / "out/r.json").write_bytes((work / "out/r.json").read_bytes()[:100])
    for _ in range(2):
        ran = invoke("run", "t.txt", "empty.txt", "--out", "out")
        assert ran.code == 1
        assert ran.err.count("r.json is not valid JSON") == 1
        assert "empty.txt" in ran.err
        assert "1 report from 1 source" in ran.out
        assert "copies_differ" in (work / "out/t.json").read_text(encoding="utf-8")
    ran = invoke("run", "t.txt", "--out", "out", "--json")
    assert json.loads(ran.out)["damaged"][0]["code"] == "input"
    assert invoke("run", "r.txt", "t.txt", "--out", "out").code == 0


def test_several_processes_and_a_second_run_give_the_same_bytes(
    invoke: Invoke, work: Path, examples: Path
) -> None:
    """And the second run says that nothing had to be done."""
    assert invoke("run", "r.txt", examples, "--out", "one").code == 0
    assert invoke("run", "r.txt", examples, "--out", "two", "--jobs", "2").code == 0
    assert saved(work / "one") == saved(work / "two")
    again = invoke("run", "r.txt", examples, "--out", "one")
    assert "3 unchanged" in again.out
    assert saved(work / "one") == saved(work / "two")


def test_limit_takes_the_first_sources(invoke: Invoke, work: Path, examples: Path) -> None:
    """In the order of the arguments."""
    invoke("run", "r.txt", examples, "--out", "out", "--limit", "2", "-q")
    assert sorted(saved(work / "out")) == ["r.json", "yunzhou-2024.json"]


def test_standard_input_is_read_as_one_text(invoke: Invoke, work: Path, small_report: str) -> None:
    """Its result is named after where it came from."""
    ran = invoke("run", "-", "--out", "out", stdin=small_report.encode())
    assert ran.code == 0
    assert list(saved(work / "out")) == ["stdin.json"]


def test_gb18030_gives_the_same_records(invoke: Invoke, work: Path, small_report: str) -> None:
    """Only the encoding of the source differs."""
    (work / "g.txt").write_bytes(small_report.encode("gb18030"))
    invoke("run", "r.txt", "g.txt", "--out", "out", "-q")
    one, other = (
        json.loads((work / f"out/{name}.json").read_text(encoding="utf-8"))["records"] for name in ("r", "g")
    )
    assert [record["indicator"] for record in one] == [record["indicator"] for record in other]
    assert [record["evidence"] for record in one] == [record["evidence"] for record in other]


BAD = {
    "empty": b"",
    "blank": "  \n\u3000\n".encode(),
    "no_report": "今天天气晴朗，市民纷纷出游，共有3万人次。".encode(),
    "binary": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 40,
    "pdf": b"%PDF-1.7\n" + bytes(range(256)) * 10,
    "undecodable": "政府工作报告".encode() + b"\xff\xfe\xff\x81" * 9,
    "nul": b"\x00" * 5000,
    "digits": b"1" * MEGABYTES,
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_file_costs_itself_alone(invoke: Invoke, work: Path, kind: str) -> None:
    """One sentence that names it, a hint, exit code 1; the good report beside it is saved."""
    (work / f"{kind}.txt").write_bytes(BAD[kind])
    ran = invoke("run", f"{kind}.txt", "r.txt", "--out", "out")
    assert ran.code == 1
    first, second = ran.err.splitlines()
    assert first.startswith("error: ")
    assert f"{kind}.txt" in first
    assert second.startswith("hint: ")
    assert "Traceback" not in ran.err
    assert list(saved(work / "out")) == ["r.json"]


def test_a_missing_path_costs_itself_alone(invoke: Invoke, work: Path) -> None:
    """The others go on."""
    ran = invoke("run", "gone.txt", "r.txt", "--out", "out")
    assert ran.code == 1
    assert ran.err.splitlines()[0].startswith("error: gone.txt is not there.")
    assert list(saved(work / "out")) == ["r.json"]


def test_nothing_to_read_is_wrong_use(invoke: Invoke, work: Path) -> None:
    """And no folder is made."""
    ran = invoke("run", "*.pdf", "--out", "out")
    assert ran.code == 2
    assert "No document matches *.pdf" in ran.err
    assert not (work / "out").exists()


@pytest.mark.parametrize("out", ["r.txt", "r.txt/below"])
def test_a_folder_that_cannot_be_written_is_wrong_use(
    invoke: Invoke, work: Path, small_report: str, out: str
) -> None:
    """What stands there is untouched."""
    ran = invoke("run", "r.txt", "--out", out)
    assert (ran.code, ran.out) == (2, "")
    assert "cannot be used as a folder of results" in ran.err
    assert (work / "r.txt").read_text(encoding="utf-8") == small_report


def test_an_unknown_engine_is_wrong_use(invoke: Invoke, work: Path) -> None:
    """Before anything is written."""
    ran = invoke("run", "r.txt", "--engine", "parrot", "--out", "out")
    assert ran.code == 2
    assert "no engine parrot" in ran.err
    assert not list(work.glob("out/*.json"))


def test_a_long_report_is_read(invoke: Invoke, work: Path, small_report: str) -> None:
    """Five megabytes of it."""
    head, tail = small_report.split("二、2024年重点工作")
    paragraph = "沿河道路改造后两侧新栽了行道树，周边街区的排水管网也一并更换，积水点明显减少。\n"
    long = head + paragraph * (5 * MEGABYTES // len(paragraph.encode())) + "二、2024年重点工作" + tail
    (work / "long.txt").write_text(long, encoding="utf-8")
    ran = invoke("run", "long.txt", "--out", "out")
    assert (ran.code, ran.err) == (0, "")
    assert list(saved(work / "out")) == ["long.json"]


def test_stray_nuls_and_controls_do_no_harm(invoke: Invoke, work: Path, small_report: str) -> None:
    """The report is read, and the terminal sees no escape sequence."""
    odd = small_report.replace("一、2023年工作回顾", "一、2023年工作\x1b[31m回顾\x07").replace(
        "新建学校", "新建\x00学校"
    )
    (work / "odd.txt").write_text(odd, encoding="utf-8")
    assert invoke("run", "odd.txt", "--out", "out").code == 0
    shown = invoke("show", "out/odd.json")
    assert "\x1b" not in shown.out
    assert "\x07" not in shown.out


def test_leftovers_are_named(invoke: Invoke, work: Path, small_report: str) -> None:
    """A page with a report and an article gives one report, and says what the rest was."""
    article = (
        "\n\n某某开发区举行招商推介活动\n\n"
        + "本报讯，活动现场气氛热烈，来自各地的企业代表参加了活动，并参观了园区。" * 12
    )
    (work / "page.txt").write_text(small_report + article, encoding="utf-8")
    content = json.loads(invoke("run", "page.txt", "--out", "out", "--json").out)
    (source,) = content["sources"]
    assert len(source["reports"]) == 1
    assert all(leftover["reason"] for leftover in source["leftovers"])
