"""Pages of one report among the sources of a run."""

import zipfile
from pathlib import Path

import pytest

from extract.runs.pages import content_digest, contents
from extract.runs.run import Plan, run_sources
from extract.runs.sources import find_sources
from tests.documents.test_joining import PLAIN, pages


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A report over three text files, a whole one, and another text, in the working folder."""
    (tmp_path / "in").mkdir()
    for n, page in enumerate(pages("一年来，", "做好今年"), 1):
        (tmp_path / f"in/report-{n}.txt").write_text(page.text, encoding="utf-8")
    (tmp_path / "in/whole.txt").write_text(PLAIN.replace("云州", "临江"), encoding="utf-8")
    (tmp_path / "in/note.txt").write_text("今天天气晴朗。", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def names(*arguments: str) -> list[tuple[str, ...]]:
    """What comes together."""
    found = find_sources(arguments, Path("out"))
    return [
        (content.name, *(name for name, _ in content.more)) for content in contents(found.sources, 1_000_000)
    ]


def go(*arguments: str):
    """A run."""
    found = find_sources(arguments, Path("out"))
    return run_sources(Plan(found.sources, Path("out"), "rules", 1, 1_000_000), lambda _: None)


@pytest.mark.usefixtures("folder")
def test_pages_of_one_report_come_together():
    """The others come by themselves, in their order."""
    assert names("in") == [
        ("in/note.txt",),
        ("in/report-1.txt", "in/report-2.txt", "in/report-3.txt"),
        ("in/whole.txt",),
    ]


@pytest.mark.usefixtures("folder")
def test_pages_in_an_archive_come_together():
    with zipfile.ZipFile("all.zip", "w") as archive:
        for path in sorted(Path("in").iterdir()):
            archive.write(path)
    assert ("all.zip/in/report-1.txt", "all.zip/in/report-2.txt", "all.zip/in/report-3.txt") in names(
        "all.zip"
    )


@pytest.mark.usefixtures("folder")
def test_a_page_that_is_missing_or_unreadable_ends_the_series():
    """What is left is taken as it is, and nothing fails."""
    Path("in/report-2.txt").write_bytes(b"\x89PNG\r\n")
    assert names("in")[1:4] == [("in/report-1.txt",), ("in/report-2.txt",), ("in/report-3.txt",)]


@pytest.mark.usefixtures("folder")
def test_a_run_makes_one_result_of_them_and_resumes():
    """The entry names its files; a changed page is a changed source."""
    state = go("in")
    (entry,) = [done.entry for done in state.done if done.entry.joined]
    assert entry.path == "in/report-1.txt"
    assert entry.joined == ("in/report-2.txt", "in/report-3.txt")
    assert [saved.region for saved in entry.reports] == ["云州市"]
    again = go("in")
    assert [done.unchanged for done in again.done if done.entry.joined] == [True]
    page = Path("in/report-3.txt")
    page.write_text(page.read_text(encoding="utf-8").replace("180个", "190个"), encoding="utf-8")
    assert [done.unchanged for done in go("in").done if done.entry.joined] == [False]
    assert "190个" in Path("out/report-1.json").read_text(encoding="utf-8")


@pytest.mark.usefixtures("folder")
def test_what_a_page_gave_by_itself_is_set_aside_once_it_is_joined():
    """No number is counted twice."""
    state = go("in/report-1.txt", "in/whole.txt")
    assert sum(len(done.summaries) for done in state.done) == 2
    go("in/report-1.txt", "in/report-2.txt", "in/report-3.txt")
    entries = {done.entry.path for done in go("in").done}
    assert "in/report-2.txt" not in entries
    assert sorted(path.name for path in Path("out").glob("*.json")) == [
        "manifest.json",
        "report-1.json",
        "whole.json",
    ]


def test_the_digest_of_one_file_is_that_of_its_bytes():
    assert content_digest(b"a", ()) == content_digest(b"a", [])
    assert content_digest(b"a", [("n", b"b")]) != content_digest(b"ab", ())
