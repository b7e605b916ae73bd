"""Reports that are no plain text: their decoded text stands in the desk, and the page of a PDF."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from extract.desk.app import create_app
from extract.desk.filters import parse_filter
from extract.desk.ingest import Taking, sync
from extract.desk.items import item
from extract.desk.listing import queue
from extract.desk.reports import report
from extract.desk.settings import DeskSettings
from extract.desk.sheets import Sheets
from extract.desk.store import Store, default_url, open_store
from extract.results.files import read_result
from extract.runs.run import Plan, run_sources
from extract.runs.sources import Source
from tests.desk.conftest import ANN, HERE, NOW
from tests.documents.readers.made import docx

PDF = Path(__file__).parents[1] / "documents" / "readers" / "samples" / "yunzhou-2025.pdf"


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory, small_report: str) -> Path:
    """Results of a PDF and a DOCX, whose files are gone since."""
    folder = tmp_path_factory.mktemp("documents")
    word = folder / "linjiang.docx"
    word.write_bytes(docx(small_report))
    sources = (Source("yunzhou.pdf", PDF), Source("linjiang.docx", word))
    run_sources(Plan(sources, folder / "out", "rules", 1, 20_000_000), lambda _: None)
    word.unlink()
    return folder / "out"


@pytest.fixture
def stored(documents: Path, tmp_path: Path) -> Iterator[Store]:
    """They are in a store."""
    opened = open_store(default_url(tmp_path))
    assert sync(opened, Taking(documents, NOW)).without_text == []
    yield opened
    opened.close()


def test_the_decoded_text_stands_beside_the_item_with_its_page(stored: Store, documents: Path) -> None:
    """On the page of the item as on that of the report, in both languages."""
    only = parse_filter(
        [("report", "yunzhou"), ("state", "any"), ("kind", "record"), ("sort", "text"), ("page", "99")]
    )
    last = queue(stored, only, ANN).rows[-1]
    seen = item(stored, last.key, ANN)
    assert seen.record is not None and seen.page == seen.record.evidence.page and seen.page > 1
    settings = DeskSettings(documents, "", watch=False)
    with TestClient(create_app(settings, stored), base_url=HERE) as client:
        english = {"accept-language": "en"}
        page = client.get(f"/items/{last.key}", headers=english).text
        assert f"<span>page {seen.page}</span>" in page and 'class="ev' in page
        assert f"第{seen.page}页" in client.get(f"/items/{last.key}").text
        whole = client.get("/reports/yunzhou", headers=english).text
        assert "· page 1<" in whole and f"· page {seen.page}<" in whole


def test_a_document_without_pages_tells_none(stored: Store, documents: Path) -> None:
    """Its text is there all the same."""
    read = report(stored, "linjiang")
    assert read.text is not None and "临江市" in read.text
    assert all(one.page is None for one in read.items)
    settings = DeskSettings(documents, "", watch=False)
    with TestClient(create_app(settings, stored), base_url=HERE) as client:
        assert "page 1" not in client.get("/reports/linjiang", headers={"accept-language": "en"}).text


def test_a_place_between_records_of_one_page_is_on_that_page(documents: Path) -> None:
    """Between two pages nobody knows, nor before the first record or after the last."""
    result = read_result(documents / "yunzhou.json")
    sheets = Sheets(result)
    known = sorted((one.evidence.start, one.evidence.page) for one in result.records)
    for (start, page), (after, following) in pairwise(known):
        if after - start > 1:
            assert sheets.at(start + 1) == (page if page == following else None)
    assert sheets.at(known[0][0] - 1) is None and sheets.at(known[-1][0] + 1) is None
    assert sheets.at(known[0][0]) == known[0][1]
