"""The text of a report, wherever its source is kept and whatever kind of file it is."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from extract.desk import jobs
from extract.desk.ingest import Taking, sync
from extract.desk.jobs import Upload
from extract.desk.reports import report_list
from extract.desk.settings import DeskSettings
from extract.desk.store import Store, default_url, open_store
from extract.desk.texts import source_text
from extract.desk.worker import Worker
from extract.results.files import parse
from extract.runs.run import Plan, run_sources
from extract.runs.sources import find_sources
from schemas.result import Result
from tests.desk.conftest import ANN, NOW

LIMIT = 20_000_000


def as_html(text: str) -> bytes:
    """A report as a web page."""
    body = "".join(f"<p>{line}</p>" for line in text.splitlines() if line)
    return f"<!doctype html><html><head><meta charset=utf-8></head><body>{body}</body></html>".encode()


def as_docx(text: str) -> bytes:
    """A report as a Word document."""
    document = Document()
    for line in filter(None, text.splitlines()):
        document.add_paragraph(line)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def as_zip(text: str) -> bytes:
    """A report as a text file in a folder of an archive, beside another file."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a/about.txt", "今天天气很好。")
        archive.writestr("a/linjiang.txt", text)
    return out.getvalue()


KINDS = {"html": as_html, "docx": as_docx, "zip": as_zip}


def result_of(work: Path, out: Path, *arguments: str) -> Result:
    """The one result of a run that was started in `work`."""
    run_sources(Plan(find_sources(arguments, out).sources, out, "rules", 1, LIMIT), lambda _: None)
    path = next(path for path in (work / out).glob("*.json") if "linjiang" in path.name)
    return parse(path.read_bytes(), path.name)


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which a run is started."""
    (tmp_path / "work" / "reports").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "work")
    return tmp_path / "work"


@pytest.mark.parametrize("kind", KINDS)
def test_a_report_of_any_kind_has_its_text(work: Path, small_report: str, kind: str) -> None:
    """Documents have it beside the result, a text in an archive in the archive."""
    (work / "reports" / f"linjiang.{kind}").write_bytes(KINDS[kind](small_report))
    result = result_of(work, Path("out"), f"reports/linjiang.{kind}")
    text = source_text(result, Path("out"), LIMIT)
    assert text is not None
    assert "地区生产总值达到1830.5亿元" in text


@pytest.mark.parametrize("kind", KINDS)
def test_an_upload_of_any_kind_has_its_text(
    settings: DeskSettings, store: Store, small_report: str, kind: str
) -> None:
    """As its results have."""
    job = jobs.submit(store, settings, [Upload(f"linjiang.{kind}", KINDS[kind](small_report))], ANN)
    Worker(store, settings).turn()
    ids = jobs.job(store, job.id).reports
    assert ids
    assert all(row.has_text for row in report_list(store) if row.id in ids)


@pytest.mark.parametrize("kind", ["txt", "zip"])
def test_a_text_is_found_from_any_folder(
    work: Path, tmp_path: Path, small_report: str, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run was started some folders above its results; the desk is opened elsewhere."""
    data = small_report.encode() if kind == "txt" else as_zip(small_report)
    (work / "reports" / f"linjiang.{kind}").write_bytes(data)
    result = result_of(work, Path("out/deep/down"), f"reports/linjiang.{kind}")
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert source_text(result, work / "out" / "deep" / "down", LIMIT) is not None


def test_another_text_in_its_place_is_not_taken(work: Path, small_report: str) -> None:
    """Where spans would point at something else there is no text."""
    path = work / "reports" / "linjiang.txt"
    path.write_text(small_report, encoding="utf-8")
    result = result_of(work, Path("out"), "reports/linjiang.txt")
    path.write_text(small_report.replace("1830.5", "1830.6"), encoding="utf-8")
    assert source_text(result, Path("out"), LIMIT) is None


def test_a_result_names_no_text_but_one_beside_it(work: Path, small_report: str) -> None:
    """A path that leads out of the folder of results is none."""
    (work / "reports" / "linjiang.html").write_bytes(as_html(small_report))
    result = result_of(work, Path("out"), "reports/linjiang.html")
    saved = work / "out" / str(result.report.text_file)
    saved.replace(work / "elsewhere.txt")
    lying = result.report.model_copy(update={"text_file": "../elsewhere.txt"})
    assert source_text(result.model_copy(update={"report": lying}), work / "out", LIMIT) is None


def test_reports_without_text_are_told(results: Path) -> None:
    """Each by its id, for the command that opens the desk."""
    (results.parent / "reports").rename(results.parent / "moved")
    store = open_store(default_url(results))
    assert sync(store, Taking(results, NOW)).without_text == ["yunzhou-2024", "yunzhou-2025"]
    (results.parent / "moved").rename(results.parent / "reports")
    assert sync(store, Taking(results, NOW)).without_text == []
    store.close()
