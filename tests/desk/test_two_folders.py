"""Several folders of results in one store, and reports that are there twice."""

import shutil
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from extract.desk import jobs
from extract.desk.decisions import Decision, decide
from extract.desk.filters import parse_filter
from extract.desk.ingest import Taking, sync
from extract.desk.items import item
from extract.desk.jobs import Upload
from extract.desk.listing import queue
from extract.desk.model import Standing, Verdict
from extract.desk.reports import report_list
from extract.desk.reviewed import reviewed
from extract.desk.settings import DeskSettings
from extract.desk.store import Store
from extract.desk.worker import Worker
from tests.desk.conftest import ANN, NOW

VERIFIED = [("state", "verified")]


@pytest.fixture
def others(any_store: Store, results: Path) -> Path:
    """The same results in another folder, taken into the same store."""
    other = shutil.copytree(results, results.parent / "other", ignore=shutil.ignore_patterns(".desk"))
    synced = sync(any_store, Taking(other, NOW))
    assert synced.problems == [] and len(synced.renamed) == 2
    return other


def test_a_report_of_another_folder_gets_a_name_of_its_own(any_store: Store, others: Path) -> None:
    """The same at every start; the decisions of one are none of the other."""
    apart = {row.id for row in report_list(any_store)} - {"yunzhou-2024", "yunzhou-2025"}
    assert {name.partition("@")[0] for name in apart} == {"yunzhou-2024", "yunzhou-2025"}
    assert all(row.has_text for row in report_list(any_store))
    again = sync(any_store, Taking(others, NOW + 1))
    assert (again.reports, again.renamed) == (0, [])
    name = next(one for one in apart if one.startswith("yunzhou-2025"))
    row = queue(any_store, parse_filter([*VERIFIED, ("report", name)]), ANN).rows[0]
    decide(any_store, Decision(row.key, Verdict.REJECT, 1), ANN)
    assert item(any_store, row.key, ANN).row.standing is Standing.REJECTED
    same = queue(any_store, parse_filter([*VERIFIED, ("report", "yunzhou-2025")]), ANN)
    assert same.total == queue(any_store, parse_filter([*VERIFIED, ("report", name)]), ANN).total + 1


def test_each_folder_exports_its_own_decisions_under_its_own_names(
    any_store: Store, results: Path, others: Path
) -> None:
    """All of the store together are told apart."""
    name = next(row.id for row in report_list(any_store) if row.id.startswith("yunzhou-2025@"))
    row = queue(any_store, parse_filter([*VERIFIED, ("report", name)]), ANN).rows[0]
    decide(any_store, Decision(row.key, Verdict.APPROVE, 1), ANN)
    by_folder = {
        folder: {one.result.report.id: len(one.reviews) for one in reviewed(any_store, folder)}
        for folder in (results, others)
    }
    assert by_folder[results] == {"yunzhou-2024": 0, "yunzhou-2025": 0}
    assert by_folder[others] == {"yunzhou-2024": 0, "yunzhou-2025": 1}
    whole = {one.result.report.id: len(one.reviews) for one in reviewed(any_store)}
    assert len(whole) == 4 and whole[name] == 1


def test_an_upload_leads_to_its_own_report(store: Store, others: Path, small_report: str) -> None:
    """Not to that of the same name in another folder."""
    here = DeskSettings(others, "", watch=False, processes=1)
    jobs.submit(store, here, [Upload("yunzhou-2025.txt", small_report.encode())], ANN)
    Worker(store, here).turn()
    (report_id,) = jobs.jobs(store)[0].reports
    assert {row.id: row for row in report_list(store)}[report_id].region == "临江市"


def test_a_folder_that_was_moved_keeps_its_names_and_decisions(store: Store, results: Path) -> None:
    """Its reports are no longer where they were."""
    row = queue(store, parse_filter(VERIFIED), ANN).rows[0]
    decide(store, Decision(row.key, Verdict.APPROVE, 1), ANN)
    moved = results.parent / "moved"
    shutil.copytree(results, moved)
    for path in results.glob("*.json"):
        path.unlink()
    assert sync(store, Taking(moved, NOW)).renamed == []
    assert item(store, row.key, ANN).row.standing is Standing.APPROVED


def test_what_is_uploaded_twice_is_said(
    settings: DeskSettings, store: Store, client: TestClient, small_report: str
) -> None:
    """Under the same name nothing is read anew; under another one both are copies."""
    for name in ("linjiang.txt", "linjiang.txt", "again.txt"):
        jobs.submit(store, settings, [Upload(name, small_report.encode())], ANN)
        Worker(store, settings).turn()
    page = client.get("/jobs", headers={"accept-language": "en"}).text
    assert page.count("Uploaded before") == 1
    copies = {row.id for row in report_list(store) if row.copy}
    assert copies == {"linjiang", "again"}
    listed = client.get("/reports", headers={"accept-language": "en"}).text
    assert listed.count("a copy") == 2
