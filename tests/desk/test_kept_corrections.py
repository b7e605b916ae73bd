"""What a person wrote stays when a later run changes what it was written on."""

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from extract.desk.bulk import bulk, bulk_count
from extract.desk.decisions import Decision, decide, undo
from extract.desk.doubled import set_double_share
from extract.desk.filters import parse_filter
from extract.desk.ingest import Taking, sync
from extract.desk.items import item
from extract.desk.listing import queue
from extract.desk.model import Item, Standing, Verdict
from extract.desk.reviewed import reviewed
from extract.desk.store import Store
from extract.desk.tables import ItemEntry
from schemas import Record, State
from tests.desk.conftest import ANN, BEN, NOW
from tests.desk.test_rerun import edit

REPORT = "yunzhou-2025"


@pytest.fixture
def key(any_store: Store) -> str:
    """A record with `433家`, corrected: another indicator and another unit."""
    key = key_of(any_store)
    change = {"indicator": "甲的个数", "figures": [{"unit": "个"}]}
    decide(any_store, Decision(key, Verdict.CORRECT, 1, "数的是个", change), ANN)
    return key


def key_of(store: Store) -> str:
    with store.reading() as connection:
        found = connection.scalars(
            select(ItemEntry.key).where(ItemEntry.report_id == REPORT, ItemEntry.text == "433家")
        ).all()
    (key,) = found
    return key


def read_otherwise(store: Store, results: Path, now: float = NOW + 1) -> None:
    """Another edition, with another value and text before it."""
    edit(results, "433家", "434家")
    edit(results, "（2025年", "\n\n（2025年")
    assert sync(store, Taking(results, now)).check_again >= 1


def exported(store: Store, record_id: str) -> tuple[Record, Any]:
    (one,) = [one for one in reviewed(store) if one.result.report.id == REPORT]
    (record,) = [record for record in one.result.records if record.id == record_id]
    return record, one.reviews.get(record_id)


def text(results: Path) -> str:
    return (results.parent / "reports" / f"{REPORT}.txt").read_text(encoding="utf-8")


def test_a_correction_is_kept_and_laid_over_what_is_read_now(
    any_store: Store, results: Path, key: str
) -> None:
    """What was typed stays; what was not follows the text; what changed is said."""
    read_otherwise(any_store, results)
    seen = item(any_store, key, ANN)
    assert seen.row.standing is Standing.CHECK_AGAIN and seen.current and seen.record
    (figure,) = seen.current.figures
    assert (seen.current.indicator, str(figure.value), figure.unit) == ("甲的个数", "434", "个")
    assert text(results)[figure.start : figure.end] == "434家" and seen.record.figures[0].unit == "家"
    assert {one.name for one in seen.changed} == {"figures", "evidence"}
    assert any("433" in one.before and "434" in one.now for one in seen.changed)


def test_meanwhile_it_is_exported_as_flagged_with_the_correction(
    any_store: Store, results: Path, key: str
) -> None:
    """So it is in no final set, and nobody meets the value that a person had put right."""
    read_otherwise(any_store, results)
    seen = item(any_store, key, ANN)
    assert seen.record
    record, review = exported(any_store, seen.record.id)
    assert (record.state, record.indicator, record.figures[0].unit) == (State.FLAGGED, "甲的个数", "个")
    assert review["reviewer"] == "ann" and "家" in review["changed"]


def test_one_approval_confirms_it(any_store: Store, results: Path, key: str) -> None:
    """Also as one of many at once; undone, it is to be checked again, with the correction."""
    read_otherwise(any_store, results)
    kept = item(any_store, key, ANN)
    done = decide(any_store, Decision(key, Verdict.APPROVE, kept.row.version), BEN)
    assert done.row.standing is Standing.APPROVED and written(done) == written(kept)
    assert kept.record and exported(any_store, kept.record.id)[0].indicator == "甲的个数"
    back = undo(any_store, key, done.row.version, BEN)
    assert back.row.standing is Standing.CHECK_AGAIN and written(back) == written(kept)
    again = parse_filter([("state", "check_again"), ("report", REPORT)])
    bulk(any_store, again, Verdict.APPROVE, bulk_count(any_store, again, Verdict.APPROVE, BEN), BEN)
    assert written(item(any_store, key, ANN)) == written(kept)


def written(seen: Item) -> tuple[object, ...]:
    assert seen.current
    return seen.current.indicator, [(one.value, one.unit, one.start) for one in seen.current.figures]


def test_undoing_the_correction_leaves_what_is_read(any_store: Store, results: Path, key: str) -> None:
    """Nothing of it stands then, and there is nothing to check again."""
    read_otherwise(any_store, results)
    seen = undo(any_store, key, item(any_store, key, ANN).row.version, ANN)
    assert seen.row.standing in {Standing.VERIFIED, Standing.FLAGGED} and seen.current == seen.record


def test_corrections_of_several_people_are_all_kept(any_store: Store, results: Path, key: str) -> None:
    """One after the other; one that was taken back is not."""
    version = item(any_store, key, ANN).row.version
    decide(any_store, Decision(key, Verdict.CORRECT, version, changes={"category": "其他"}), BEN)
    decide(any_store, Decision(key, Verdict.CORRECT, version + 1, changes={"indicator": "乙"}), BEN)
    undo(any_store, key, version + 2, BEN)
    read_otherwise(any_store, results)
    seen = item(any_store, key, ANN)
    assert seen.current and (seen.current.indicator, seen.current.category) == ("甲的个数", "其他")
    assert seen.current.figures[0].unit == "个"


def test_a_value_that_was_typed_stays_whatever_is_read(any_store: Store, results: Path, key: str) -> None:
    """The place is that of the number now."""
    version = item(any_store, key, ANN).row.version
    change = {"figures": [{"value": "500"}]}
    decide(any_store, Decision(key, Verdict.CORRECT, version, "另有公报", change), ANN)
    read_otherwise(any_store, results)
    seen = item(any_store, key, ANN)
    assert seen.current and str(seen.current.figures[0].value) == "500"
    assert text(results)[seen.current.figures[0].start : seen.current.figures[0].end] == "434家"


def test_what_was_rejected_after_a_correction_keeps_none_of_it(
    any_store: Store, results: Path, key: str
) -> None:
    """The last word was that it is no record."""
    version = item(any_store, key, ANN).row.version
    decide(any_store, Decision(key, Verdict.REJECT, version), ANN)
    read_otherwise(any_store, results)
    seen = item(any_store, key, ANN)
    assert seen.row.standing is Standing.CHECK_AGAIN and seen.current == seen.record


def test_a_correction_outlives_two_changes(any_store: Store, results: Path, key: str) -> None:
    """Confirmed between them or not."""
    read_otherwise(any_store, results)
    decide(any_store, Decision(key, Verdict.APPROVE, item(any_store, key, ANN).row.version), ANN)
    edit(results, "434家", "435家")
    sync(any_store, Taking(results, NOW + 2))
    seen = item(any_store, key, ANN)
    assert seen.row.standing is Standing.CHECK_AGAIN and seen.current
    assert (seen.current.indicator, str(seen.current.figures[0].value)) == ("甲的个数", "435")


def test_a_confirmed_correction_is_not_outvoted_by_whoever_has_not_seen_it(
    any_store: Store, results: Path
) -> None:
    """Two who look at it have to say the same."""
    set_double_share(any_store, 1.0)
    key = key_of(any_store)
    decide(any_store, Decision(key, Verdict.CORRECT, 1, changes={"indicator": "丙"}), ANN)
    read_otherwise(any_store, results)
    decide(any_store, Decision(key, Verdict.APPROVE, item(any_store, key, ANN).row.version), ANN)
    seen = decide(any_store, Decision(key, Verdict.APPROVE, item(any_store, key, BEN).row.version), BEN)
    assert seen.row.standing is Standing.DISAGREED


@pytest.fixture
def added(store: Store, results: Path) -> str:
    """A record that a person added from a number that was left open."""
    leave_open(results, "433家")
    sync(store, Taking(results, NOW))
    (row,) = [
        row for row in queue(store, parse_filter([("kind", "number")]), ANN).rows if row.text == "433家"
    ]
    decide(store, Decision(row.key, Verdict.ADD, row.version, changes={"indicator": "甲的个数"}), ANN)
    return row.key


def leave_open(results: Path, number: str) -> None:
    path = results / f"{REPORT}.json"
    result = json.loads(path.read_text(encoding="utf-8"))
    (row,) = [row for row in result["ledger"] if row["text"] == number]
    result["records"] = [one for one in result["records"] if one["id"] != row["record_id"]]
    row |= {"state": "unclaimed", "record_id": None}
    path.write_text(json.dumps(result), encoding="utf-8")


def test_a_record_that_was_added_keeps_what_was_typed(store: Store, results: Path, added: str) -> None:
    """It is exported as flagged until somebody confirms it; its number and quote are those of the text now."""
    edit(results, "433家", "434家")
    leave_open(results, "434家")
    sync(store, Taking(results, NOW + 1))
    seen = item(store, added, ANN)
    assert seen.row.standing is Standing.CHECK_AGAIN and seen.current
    assert (seen.current.indicator, str(seen.current.figures[0].value)) == ("甲的个数", "434")
    assert exported(store, seen.current.id)[0].state is State.FLAGGED
    done = decide(store, Decision(added, Verdict.ADD, seen.row.version, changes={}), ANN)
    assert done.row.standing is Standing.ADDED and done.current and done.current.indicator == "甲的个数"
    evidence = done.current.evidence
    assert "434家" in evidence.quote == text(results)[evidence.start : evidence.end]


def test_the_page_has_the_correction_filled_in(store: Store, client: TestClient, results: Path) -> None:
    """And says what has changed."""
    key = key_of(store)
    decide(store, Decision(key, Verdict.CORRECT, 1, changes={"indicator": "甲的个数"}), ANN)
    edit(results, "433家", "434家")
    sync(store, Taking(results, NOW + 1))
    page = client.get(f"/items/{key}").text
    assert 'value="甲的个数"' in page and "data-changed" in page
    assert "filled in below" in page or "已填在下面" in page
    told = client.get(f"/api/items/{key}").json()
    assert told["current"]["indicator"] == "甲的个数" and told["changed"][0]["before"]
