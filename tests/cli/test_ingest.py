"""`extract ingest`: what was kept, dropped, joined, and why."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Invoke
from tests.documents.test_joining import PLAIN, pages


@pytest.fixture
def mixed(work: Path, small_report: str) -> Path:
    """A folder with all that comes: pages, a paper, copies, an article, a broken file."""
    folder = work / "in"
    folder.mkdir()
    for n, page in enumerate(pages("今年，地区"), 1):
        (folder / f"page-{n}.txt").write_text(page.text, encoding="utf-8")
    cut = PLAIN.index("二、")
    paper = PLAIN.replace("云州", "望海")
    (folder / "A01.txt").write_text(f"{paper[:cut]}（下转第四版）\n其他新闻：昨日开幕。\n", encoding="utf-8")
    (folder / "A04.txt").write_text(f"要闻\n（上接第一版）\n{paper[cut:]}", encoding="utf-8")
    (folder / "copy.txt").write_text(small_report, encoding="utf-8")
    (folder / "other-copy.txt").write_text(
        f"首页 > 政务公开\n{small_report.replace('162.3亿元', '126.3亿元')}来源：某网\n", encoding="utf-8"
    )
    (folder / "article.txt").write_text("今天天气晴朗，适宜出行。", encoding="utf-8")
    (folder / "broken.txt").write_bytes(b"\x89PNG\r\n")
    return folder


def account(out: str = "out") -> dict[str, Any]:
    """The account as other programs read it."""
    return json.loads(Path(out, "ingest.json").read_text(encoding="utf-8"))


def files(out: str = "out") -> dict[str, bytes]:
    """Everything in the folder but the lock."""
    return {path.name: path.read_bytes() for path in Path(out).iterdir() if path.name != ".lock"}


@pytest.mark.usefixtures("mixed")
def test_every_source_has_its_account(invoke: Invoke):
    """Kept, dropped, joined, failed; one bad file stops nothing."""
    ran = invoke("ingest", "in", "--out", "out")
    assert ran.code == 1
    assert "broken.txt" in ran.err
    sources = {one["path"]: one for one in account()["sources"]}
    assert {path: one["status"] for path, one in sources.items()} == {
        "in/A01.txt": "kept",
        "in/article.txt": "no_report",
        "in/broken.txt": "failed",
        "in/copy.txt": "kept",
        "in/other-copy.txt": "kept",
        "in/page-1.txt": "kept",
    }
    assert sources["in/page-1.txt"]["joined"] == ["in/page-2.txt"]
    assert sources["in/A01.txt"]["joined"] == ["in/A04.txt"]
    assert all("/" in part["reason"] for one in sources.values() for part in one["parts"])
    assert "one report over 2 files, with in/page-2.txt" in ran.out
    assert "4 texts from 6 sources" in ran.out


def test_debris_inside_a_report_is_accounted_for(invoke: Invoke, work, small_report):
    """It stays in the text, and its reason says that it is not read."""
    (work / "r.txt").write_text(
        small_report.replace("\n二、", "\n【打印】【关闭】\n第01版：要闻\n二、"), encoding="utf-8"
    )
    invoke("ingest", "r.txt", "--out", "out")
    (source,) = account()["sources"]
    unread = [part for part in source["parts"] if part["kind"] == "unread"]
    assert [part["begins"] for part in unread] == ["【打印】【关闭】", "第01版：要闻"]
    assert all("not read" in part["reason"] for part in unread)
    assert "第01版" in Path("out/r.txt").read_text(encoding="utf-8")


@pytest.mark.usefixtures("mixed")
def test_each_text_is_a_whole_report_made_of_its_pieces(invoke: Invoke):
    """Every character of it stands in a file at the place that the account names."""
    invoke("ingest", "in", "--out", "out")
    reports = account()["reports"]
    assert all(one["complete"] for one in reports if one["source"] in {"in/A01.txt", "in/page-1.txt"})
    for one in reports:
        text = Path("out", one["file"]).read_text(encoding="utf-8")
        ends = [piece["at"] for piece in one["pieces"][1:]] + [None]
        for piece, end in zip(one["pieces"], ends, strict=True):
            kept = Path(piece["source"]).read_text(encoding="utf-8")[piece["start"] : piece["end"]]
            assert text[piece["at"] : end].rstrip("\n") == kept.rstrip("\n")
        assert "网站地图" not in text
        assert "其他新闻" not in text
    assert invoke("run", "out", "--out", "results").code == 0


@pytest.mark.usefixtures("mixed")
def test_copies_are_named_with_the_numbers_in_which_they_differ(invoke: Invoke):
    """Both stay, unless merging is asked for; then the better one stays."""
    ran = invoke("ingest", "in", "--out", "out")
    assert "copy: the same report as other-copy" in ran.out
    rows = {one["id"]: one for one in account()["reports"]}
    (copy,) = rows["copy"]["copies"]
    assert [(one["a"], one["b"]) for one in copy["numbers"]] == [("162.3亿元", "126.3亿元")]
    invoke("ingest", "in", "--out", "out", "--merge-copies")
    rows = {one["id"]: one for one in account()["reports"]}
    assert [one["merged_into"] for one in (rows["copy"], rows["other-copy"])].count(None) == 1
    merged = next(one for one in (rows["copy"], rows["other-copy"]) if one["merged_into"])
    assert merged["file"] is None
    assert not Path("out", f"{merged['id']}.txt").exists()


@pytest.mark.usefixtures("mixed")
def test_running_again_changes_nothing(invoke: Invoke):
    """Not a byte; and another ingest into the folder adds to it."""
    invoke("ingest", "in", "--out", "out")
    before = files()
    invoke("ingest", "in", "--out", "out")
    assert files() == before
    Path("more.txt").write_text(PLAIN.replace("云州", "澄湖"), encoding="utf-8")
    invoke("ingest", "more.txt", "--out", "out")
    assert {name: data for name, data in files().items() if name.endswith("y.txt")} == {
        name: data for name, data in before.items() if name.endswith("y.txt")
    }
    assert len(account()["sources"]) == 7


@pytest.mark.usefixtures("mixed")
def test_what_a_person_wrote_or_changed_is_left_alone(invoke: Invoke):
    """A text of that name, or one that was corrected by hand."""
    invoke("ingest", "in/copy.txt", "--out", "out")
    Path("out/copy.txt").write_text("corrected by hand")
    ran = invoke("ingest", "in/copy.txt", "--out", "out")
    assert Path("out/copy.txt").read_text(encoding="utf-8") == "corrected by hand"
    assert "was not replaced" in ran.err
    (row,) = account()["reports"]
    assert row["file"] != "copy.txt"
    assert Path("out", row["file"]).exists()


@pytest.mark.usefixtures("mixed")
def test_a_text_that_its_source_gives_no_longer_goes(invoke: Invoke):
    """It can be made again at any time."""
    invoke("ingest", "in", "--out", "out")
    Path("in/copy.txt").write_text("今天天气晴朗。", encoding="utf-8")
    invoke("ingest", "in", "--out", "out")
    assert not Path("out/copy.txt").exists()
    assert Path("out/other-copy.txt").exists()


@pytest.mark.usefixtures("mixed")
def test_the_page_is_inert_and_names_every_source(invoke: Invoke):
    """Whatever stands in the files; no script, nothing loaded."""
    Path("in/<img src=x onerror=alert(1)>.txt").write_text(
        "<script>alert(1)</script>\u202e今天天气晴朗。", encoding="utf-8"
    )
    invoke("ingest", "in", "--out", "out", "--quiet")
    page = Path("out/index.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "<img" not in page
    assert "\u202e" not in page
    assert all(one["path"].replace("<", "&lt;").replace(">", "&gt;") in page for one in account()["sources"])


def test_a_report_over_three_pages_of_a_newspaper_is_one(invoke: Invoke, work):
    """Each page sends the reader to the next one."""
    one, two, three = PLAIN.partition("二、")[0], PLAIN.partition("二、")[2].partition("做好")[0], "做好"
    three += PLAIN.partition("做好")[2]
    (work / "r.txt").write_text(f"{one}（下转第三版）\n", encoding="utf-8")
    (work / "p3.txt").write_text(
        f"（上接第一版）\n二、{two}（下转第七版）\n体育新闻：昨日开赛。\n", encoding="utf-8"
    )
    (work / "p7.txt").write_text(f"（上接第三版）\n{three}", encoding="utf-8")
    invoke("ingest", "p3.txt", "p7.txt", "r.txt", "--out", "out")
    (source,) = account()["sources"]
    assert (source["path"], source["joined"]) == ("r.txt", ["p3.txt", "p7.txt"])
    (report,) = account()["reports"]
    assert report["complete"]


def test_suspicious_text_is_told_and_kept(invoke: Invoke, work, small_report):
    (work / "r.txt").write_text(
        small_report.replace("新建学校", "更多精彩请访问www.example.com新建学校"), encoding="utf-8"
    )
    ran = invoke("ingest", "r.txt", "--out", "out")
    assert "suspicious text, left in place" in ran.out
    assert "www.example.com" in Path("out/r.txt").read_text(encoding="utf-8")


def test_the_account_is_for_programs(invoke: Invoke, work):
    ran = invoke("ingest", "r.txt", "--out", "out", "--json")
    (row,) = json.loads(ran.out)["reports"]
    assert (row["region"], row["report_year"]) == ("临江市", 2024)


def test_an_account_of_another_kind_is_never_overwritten(invoke: Invoke, work):
    (work / "out").mkdir()
    (work / "out/ingest.json").write_text("{}x")
    ran = invoke("ingest", "r.txt", "--out", "out")
    assert ran.code == 2
    assert (work / "out/ingest.json").read_text(encoding="utf-8") == "{}x"


def test_nothing_named_is_wrong_use(invoke: Invoke, work):
    assert invoke("ingest", "r.txt", "--out", "").code == 2
    assert invoke("ingest", "r.txt").code == 2


def test_what_is_left_out_and_holds_numbers_is_told_by_itself(invoke: Invoke, work: Path, small_report: str):
    """With its number in the account; menus are only counted."""
    lines = "".join(f"<p>{line}</p>" for line in small_report.splitlines())
    page = f"<html><body><nav>首页 新闻58条</nav>{lines}<p><s>新建泵站58座</s></p></body></html>"
    (work / "p.html").write_text(page, encoding="utf-8")
    ran = invoke("ingest", "p.html", "--out", "out")
    assert "新建泵站58座 (加了删除线的文字" in ran.out
    assert "新闻58条" not in ran.out
    (source,) = account()["sources"]
    assert {part["begins"]: part["numbers"] for part in source["parts"] if part["kind"] == "dropped"} == {
        "首页 新闻58条": 0,
        "新建泵站58座": 1,
    }
