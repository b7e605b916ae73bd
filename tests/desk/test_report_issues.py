"""What is said of a report as a whole is settled like anything else that wants a person."""

import json
import shutil
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from extract.desk.bulk import bulk, bulk_count, undo_bulk
from extract.desk.decisions import Decision, decide, undo
from extract.desk.doubled import set_double_share
from extract.desk.filters import parse_filter
from extract.desk.ingest import Taking, sync
from extract.desk.items import item
from extract.desk.listing import queue
from extract.desk.model import Kind, Standing, Verdict
from extract.desk.overview import overview
from extract.desk.reports import report
from extract.desk.reviewed import reviewed
from extract.desk.store import Store
from extract.errors import VerdictError
from tests.desk.conftest import ANN, BEN, NOW, run

OF_REPORTS = parse_filter([("kind", "report_issue"), ("state", "any")])
TAGS = "\U000e0061\U000e0062\U000e0063"


def hide(results: Path, hidden: str) -> None:
    """Put characters that nobody sees into a report, and run again."""
    path = results.parent / "reports" / "yunzhou-2025.txt"
    text = path.read_text(encoding="utf-8").translate(dict.fromkeys(map(ord, TAGS)))
    path.write_text(text.replace("433家", f"433{hidden}家"), encoding="utf-8")
    run(results.parent / "reports", results)


@pytest.fixture
def key(store: Store, results: Path) -> str:
    """Of the item that hidden characters make."""
    hide(results, TAGS)
    sync(store, Taking(results, NOW))
    (row,) = [row for row in queue(store, OF_REPORTS, ANN).rows if "hidden_text" in row.codes]
    assert row.kind is Kind.REPORT_ISSUE and row.standing is Standing.FLAGGED and row.number == ""
    return row.key


def test_it_is_looked_at_and_taken_back(store: Store, key: str) -> None:
    """The verdict is one of its own: nothing of it can be approved or corrected."""
    seen = item(store, key, ANN)
    assert seen.record is None and seen.verdicts == (Verdict.ACKNOWLEDGE, Verdict.SKIP)
    assert [issue.code for issue in seen.issues] == ["hidden_text"]
    with pytest.raises(VerdictError):
        decide(store, Decision(key, Verdict.APPROVE, 1), ANN)
    assert decide(store, Decision(key, Verdict.ACKNOWLEDGE, 1), ANN).row.standing is Standing.ACKNOWLEDGED
    assert undo(store, key, 2, ANN).row.standing is Standing.FLAGGED


def test_it_fits_nothing_but_what_is_said_of_a_whole_report(store: Store) -> None:
    """A record is not settled by having been looked at."""
    record = queue(store, parse_filter([("kind", "record"), ("state", "any")]), ANN).rows[0]
    with pytest.raises(VerdictError):
        decide(store, Decision(record.key, Verdict.ACKNOWLEDGE, 1), ANN)


def test_all_are_looked_at_at_once_and_taken_back(store: Store, key: str) -> None:
    """As any filter."""
    only = parse_filter([("kind", "report_issue")])
    count = bulk_count(store, only, Verdict.ACKNOWLEDGE, ANN)
    done = bulk(store, only, Verdict.ACKNOWLEDGE, count, ANN)
    assert done.decided == count >= 1
    assert item(store, key, ANN).row.standing is Standing.ACKNOWLEDGED
    assert undo_bulk(store, done.batch, ANN).decided == count
    assert bulk_count(store, only, Verdict.APPROVE, ANN) == 0


def test_it_stays_settled_until_it_says_something_else(store: Store, key: str, results: Path) -> None:
    """The same finding of a later run is the same; another one reopens the item with its history."""
    decide(store, Decision(key, Verdict.ACKNOWLEDGE, 1), ANN)
    sync(store, Taking(results, NOW + 1))
    assert item(store, key, ANN).row.standing is Standing.ACKNOWLEDGED
    hide(results, TAGS[:2])
    sync(store, Taking(results, NOW + 2))
    again = item(store, key, ANN)
    assert again.row.standing is Standing.CHECK_AGAIN and again.history[0].stale
    hide(results, "")
    sync(store, Taking(results, NOW + 3))
    assert item(store, key, ANN).row.standing is Standing.GONE


def test_the_export_is_the_same_whether_it_was_looked_at(store: Store, key: str) -> None:
    """It is no record."""
    before = [one.result for one in reviewed(store)]
    decide(store, Decision(key, Verdict.ACKNOWLEDGE, 1), ANN)
    assert [one.result for one in reviewed(store)] == before
    assert not any(one.reviews for one in reviewed(store))


def test_two_reviewers_are_never_asked_to_look_at_it(store: Store, key: str) -> None:
    """They could only say the same, and their agreement would mean nothing."""
    set_double_share(store, 1.0)
    assert decide(store, Decision(key, Verdict.ACKNOWLEDGE, 1), BEN).row.standing is Standing.ACKNOWLEDGED
    assert overview(store).agreement.items == 0


def test_the_page_of_the_report_leads_to_it(store: Store, key: str, client: TestClient) -> None:
    """And says where it stands; among the records it is not listed."""
    (issue,) = [one for one in report(store, "yunzhou-2025").issues if one.key == key]
    assert issue.standing is Standing.FLAGGED
    assert key not in {one.key for one in report(store, "yunzhou-2025").items}
    assert f"/items/{key}?" in client.get("/reports/yunzhou-2025").text
    told = json.loads(client.get("/api/reports/yunzhou-2025").content)["issues"]
    assert {"code", "message", "message_en", "severity", "spans", "key", "standing"} <= set(told[0])


def test_what_speaks_of_the_whole_text_marks_none_of_it(store: Store, results: Path) -> None:
    """A copy of a report, which is said for information, lies on no sentence."""
    shutil.copy(results.parent / "reports/yunzhou-2025.txt", results.parent / "reports/again.txt")
    run(results.parent / "reports", results)
    sync(store, Taking(results, NOW))
    (row,) = queue(
        store, parse_filter([("code", "same_report"), ("report", "again"), ("state", "any")]), ANN
    ).rows
    assert row.standing is Standing.VERIFIED and row.start == row.end


def test_the_queue_offers_what_fits_all_that_it_is_narrowed_to(client: TestClient, key: str) -> None:
    """Approving, where nothing narrows it down."""
    assert key in client.get("/queue?kind=report_issue").text
    assert 'href="/bulk/acknowledge?kind=report_issue"' in client.get("/queue?kind=report_issue").text
    assert 'href="/bulk/approve"' in client.get("/queue").text
    assert "/bulk/" not in client.get("/queue?kind=report_issue&kind=record").text
