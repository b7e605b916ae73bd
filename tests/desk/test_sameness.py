"""Decisions outlive a text that comes or goes."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from extract.desk.bulk import bulk, bulk_count
from extract.desk.decisions import Decision, decide
from extract.desk.filters import parse_filter
from extract.desk.ingest import Taking, sync
from extract.desk.items import item
from extract.desk.listing import queue
from extract.desk.model import Standing, Verdict
from extract.desk.overview import overview
from extract.desk.reports import report
from extract.desk.store import Store, default_url, open_store
from extract.results.files import read_result
from schemas.result import LedgerRow, Result
from tests.desk.conftest import ANN, NOW

NUMBERS = parse_filter([("kind", "number")])
PARTS = parse_filter([("kind", "chunk")])
REPORT = "yunzhou-2025"


def doubt(results: Path, change: dict[str, object] | None = None) -> None:
    """Leave numbers of a report open, twice the same among them, and its first part unread."""
    path = results / f"{REPORT}.json"
    result = read_result(path)
    open_rows = tuple(_open(row, number) for number, row in enumerate(result.ledger))
    unread = result.chunks[0].model_copy(update={"status": "failed", "error": "timeout"})
    changed: Result = result.model_copy(
        update={"ledger": open_rows, "chunks": (unread, *result.chunks[1:])} | (change or {})
    )
    path.write_text(changed.model_dump_json(), encoding="utf-8")


def _open(row: LedgerRow, number: int) -> LedgerRow:
    return row.model_copy(update={"state": "unclaimed", "reason": None}) if number % 3 == 0 else row


@pytest.fixture
def without_text(results: Path) -> Iterator[Store]:
    """A store that has taken the results in while the sources were away."""
    doubt(results)
    (results.parent / "reports").rename(results.parent / "away")
    with closing(open_store(default_url(results))) as store:
        assert REPORT in sync(store, Taking(results, NOW)).without_text
        yield store


def test_what_was_decided_without_the_text_stands_when_it_appears(without_text: Store, results: Path) -> None:
    """All of it, under its key; what was left open gets its sentence."""
    store = without_text
    first, *others = queue(store, NUMBERS, ANN).rows
    decide(store, Decision(first.key, Verdict.ADD, 1, changes={"indicator": "甲"}), ANN)
    for row in others[: len(others) // 2]:
        decide(store, Decision(row.key, Verdict.NOT_A_FACT, 1), ANN)
    (part,) = queue(store, PARTS, ANN).rows
    decide(store, Decision(part.key, Verdict.NOT_A_FACT, 1), ANN)
    before = overview(store).by_standing
    (results.parent / "away").rename(results.parent / "reports")
    synced = sync(store, Taking(results, NOW + 1))
    assert (synced.added, synced.gone, synced.check_again) == (0, 0, 0)
    assert overview(store).by_standing == before
    again = item(store, first.key, ANN)
    assert again.row.standing is Standing.ADDED and not again.history[0].stale
    assert report(store, REPORT).text is not None
    assert item(store, others[-1].key, ANN).row.quote != others[-1].text


def test_each_of_the_same_numbers_keeps_its_own_decision(without_text: Store, results: Path) -> None:
    """The second of two is the second still."""
    rows = queue(without_text, NUMBERS, ANN).rows
    same = [row for row in rows if [other.text for other in rows].count(row.text) > 1]
    assert same, "the sample report has a number twice among those left open"
    last = max((row for row in same if row.text == same[0].text), key=lambda row: row.start)
    decide(without_text, Decision(last.key, Verdict.NOT_A_FACT, 1), ANN)
    (results.parent / "away").rename(results.parent / "reports")
    sync(without_text, Taking(results, NOW + 1))
    seen = item(without_text, last.key, ANN)
    assert seen.row.standing is Standing.NOT_A_FACT
    assert seen.number is not None and seen.number.start == last.start


def test_a_text_that_goes_away_is_kept_as_long_as_the_source_is_the_same(results: Path) -> None:
    """Another run on it may come to other results meanwhile."""
    store = open_store(default_url(results))
    doubt(results)
    sync(store, Taking(results, NOW))
    count = bulk_count(store, NUMBERS, Verdict.NOT_A_FACT, ANN)
    bulk(store, NUMBERS, Verdict.NOT_A_FACT, count, ANN)
    (results.parent / "reports").rename(results.parent / "away")
    doubt(results, {"issues": ()})
    synced = sync(store, Taking(results, NOW + 1))
    assert REPORT not in synced.without_text
    assert report(store, REPORT).text is not None
    assert overview(store).by_standing[Standing.NOT_A_FACT] == count > 10
    store.close()
