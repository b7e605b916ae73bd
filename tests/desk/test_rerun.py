"""After a re-run decisions stand where nothing changed, and are checked again where something did."""

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
from extract.desk.store import Store
from extract.desk.tables import ItemEntry
from tests.desk.conftest import ANN, NOW, run

ALL = parse_filter([("state", "verified"), ("state", "flagged")])


def approve_all(store: Store) -> int:
    count = bulk_count(store, ALL, Verdict.APPROVE, ANN)
    return bulk(store, ALL, Verdict.APPROVE, count, ANN).decided


def edit(results: Path, old: str, new: str) -> None:
    """Change one number of a report and run again."""
    path = results.parent / "reports" / "yunzhou-2025.txt"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    run(results.parent / "reports", results)


def standings(store: Store) -> dict[Standing, int]:
    return overview(store).by_standing


def test_a_run_that_changes_nothing_changes_nothing(any_store: Store, results: Path) -> None:
    """No item is touched, none is doubled."""
    decided = approve_all(any_store)
    run(results.parent / "reports", results)
    assert sync(any_store, Taking(results, NOW)).reports == 0
    assert standings(any_store) == {Standing.APPROVED: decided}


def test_a_changed_value_is_checked_again_and_all_else_stands(any_store: Store, results: Path) -> None:
    """Only records whose sentence or value changed reopen, under their old keys, with the old decision to see."""
    decided = approve_all(any_store)
    edit(results, "433家", "434家")
    synced = sync(any_store, Taking(results, NOW + 1))
    reopened = queue(any_store, parse_filter([("state", "check_again")]), ANN).rows
    assert synced.check_again == len(reopened) > 0
    assert all("434家" in row.quote for row in reopened)
    counts = standings(any_store)
    assert counts[Standing.APPROVED] == decided - len(reopened)
    assert Standing.GONE not in counts
    (event,) = item(any_store, reopened[0].key, ANN).history
    assert event.stale and event.verdict is Verdict.APPROVE


def test_a_value_that_returns_finds_its_decision_again(any_store: Store, results: Path) -> None:
    """Nobody has to look twice at what they have seen."""
    decided = approve_all(any_store)
    edit(results, "433家", "434家")
    sync(any_store, Taking(results, NOW + 1))
    edit(results, "434家", "433家")
    sync(any_store, Taking(results, NOW + 2))
    assert standings(any_store) == {Standing.APPROVED: decided}


def test_what_moves_in_the_text_stays_decided(any_store: Store, results: Path) -> None:
    """Spans follow the text; no decision depends on an offset."""
    decided = approve_all(any_store)
    (before,) = (row for row in queue(any_store, parse_filter([("state", "any")]), ANN).rows[:1])
    edit(results, "（2025年", "\n\n（2025年")
    sync(any_store, Taking(results, NOW + 1))
    assert standings(any_store) == {Standing.APPROVED: decided}
    assert before.standing is Standing.APPROVED


def test_a_decided_sentence_that_is_left_out_is_gone_but_not_forgotten(
    any_store: Store, results: Path
) -> None:
    """Its events stay; it comes back with them."""
    approve_all(any_store)
    sentence = "实施重大科技攻关项目34项"
    edit(results, sentence, "加强科技攻关")
    sync(any_store, Taking(results, NOW + 1))
    (gone,) = queue(any_store, parse_filter([("state", "gone")]), ANN).rows
    assert gone.text == "34项"
    assert len(item(any_store, gone.key, ANN).history) == 1


def test_a_report_that_is_no_longer_there_leaves_no_open_items(any_store: Store, results: Path) -> None:
    """What nobody decided is forgotten."""
    (results / "yunzhou-2024.json").unlink()
    synced = sync(any_store, Taking(results, NOW + 1))
    assert synced.gone > 100
    assert {one.id for one in overview(any_store).reports} == {"yunzhou-2025"}


def test_a_damaged_result_keeps_what_was_known(any_store: Store, results: Path) -> None:
    """It is named, and the store stays as it was."""
    before = standings(any_store)
    (results / "yunzhou-2024.json").write_text("{", encoding="utf-8")
    synced = sync(any_store, Taking(results, NOW + 1))
    assert len(synced.problems) == 1
    assert "yunzhou-2024.json" in synced.problems[0]
    assert standings(any_store) == before


def test_columns_of_an_item_follow_from_its_events(any_store: Store, results: Path) -> None:
    """Taking everything in again from nothing but results and events gives the same standings."""
    rows = queue(any_store, parse_filter([("state", "verified")]), ANN).rows
    decide(any_store, Decision(rows[0].key, Verdict.REJECT, 1), ANN)
    decide(any_store, Decision(rows[1].key, Verdict.CORRECT, 1, changes={"indicator": "甲"}), ANN)
    before = standings(any_store)
    from sqlalchemy import update

    from extract.desk.tables import ReportEntry

    with any_store.writing() as connection:
        connection.execute(update(ItemEntry).values(standing="flagged", current=None, reviewer=None))
        connection.execute(update(ReportEntry).values(digest=""))
    sync(any_store, Taking(results, NOW))
    assert standings(any_store) == before


@pytest.mark.parametrize("missing", [True, False])
def test_without_its_source_a_report_can_still_be_reviewed(results: Path, missing: bool) -> None:  # noqa: FBT001
    """Quotes are there; a text that no longer fits the spans is not shown."""
    from extract.desk.reports import report
    from extract.desk.store import default_url, open_store

    source = results.parent / "reports" / "yunzhou-2024.txt"
    if missing:
        source.unlink()
    else:
        source.write_text("另一份文件", encoding="utf-8")
    store = open_store(default_url(results).replace("desk.sqlite", f"other-{missing}.sqlite"))
    sync(store, Taking(results, NOW))
    elsewhere = report(store, "yunzhou-2024")
    store.close()
    assert len(elsewhere.items) > 100
