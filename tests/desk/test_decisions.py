"""Decisions: events that are added, never changed, and each made once. On SQLite and on PostgreSQL."""

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import DBAPIError

from extract.desk.bulk import bulk, bulk_count, undo_bulk
from extract.desk.claims import claim, release
from extract.desk.decisions import Decision, StaleItemError, decide, draft_record, undo
from extract.desk.doubled import set_double_share
from extract.desk.filters import parse_filter
from extract.desk.items import item
from extract.desk.listing import first, queue
from extract.desk.model import Item, Standing, Verdict
from extract.desk.overview import overview
from extract.desk.store import Store
from extract.desk.tables import EventEntry
from extract.errors import (
    ClaimedError,
    CorrectionError,
    CountChangedError,
    ForbiddenError,
    IdempotencyError,
    NotFoundError,
    VerdictError,
)
from tests.desk.conftest import ANN, BEN, CLEO, NOW, VIEWER

OPEN = parse_filter([])
VERIFIED = parse_filter([("state", "verified"), ("report", "yunzhou-2024")])


def opened(store: Store) -> Item:
    """The first item of the queue."""
    key = first(store, OPEN, ANN)
    assert key
    return item(store, key, ANN)


def count_events(store: Store) -> int:
    with store.reading() as connection:
        return connection.scalar(select(func.count()).select_from(EventEntry)) or 0


def test_a_decision_is_kept_with_who_when_before_after_and_why(any_store: Store) -> None:
    """Nothing else would do for an audit."""
    seen = opened(any_store)
    decide(any_store, Decision(seen.row.key, Verdict.REJECT, 1, "写成了去年的数"), ANN, NOW)
    (event,) = item(any_store, seen.row.key, BEN).history
    assert (event.reviewer, event.verdict, event.why) == ("ann", Verdict.REJECT, "写成了去年的数")
    assert event.at.timestamp() == NOW
    assert (event.before, event.after) == (seen.record, None)


def test_a_correction_changes_the_record_and_keeps_the_engine_s(any_store: Store) -> None:
    """`current` is what people say, `record` what the engine said."""
    seen = opened(any_store)
    wish = Decision(seen.row.key, Verdict.CORRECT, 1, "按附件", {"figures": [{"value": "46000"}]})
    now = decide(any_store, wish, ANN)
    assert now.row.standing is Standing.CORRECTED
    assert now.current and now.record
    assert str(now.current.figures[0].value) == "46000"
    assert now.record == seen.record


def test_undo_is_another_event_and_brings_back_what_was(any_store: Store) -> None:
    """Deletes without return are what reviewers complained about elsewhere."""
    seen = opened(any_store)
    done = decide(any_store, Decision(seen.row.key, Verdict.REJECT, 1), ANN)
    back = undo(any_store, seen.row.key, done.row.version, ANN)
    assert (back.row.standing, back.current) == (Standing.FLAGGED, seen.record)
    assert [event.verdict for event in back.history] == [Verdict.REJECT, Verdict.UNDO]
    assert back.history[0].undone
    with pytest.raises(VerdictError):
        undo(any_store, seen.row.key, back.row.version, ANN)


def test_a_reviewer_undoes_their_own_decisions_and_an_administrator_any(any_store: Store) -> None:
    """What somebody else decided is not taken back behind their back."""
    key = opened(any_store).row.key
    decide(any_store, Decision(key, Verdict.APPROVE, 1), ANN)
    with pytest.raises(ForbiddenError):
        undo(any_store, key, 2, BEN)
    assert undo(any_store, key, 2, CLEO).row.standing is Standing.FLAGGED


def test_the_same_decision_sent_a_hundred_times_is_made_once(any_store: Store) -> None:
    """One row, and every answer says the same."""
    key = opened(any_store).row.key
    wish = Decision(key, Verdict.APPROVE, 1, idempotency_key="k-1")
    answers = [decide(any_store, wish, ANN) for _ in range(100)]
    assert count_events(any_store) == 1
    assert {answer.row.version for answer in answers} == {2}


def test_the_same_key_with_another_wish_is_an_error(any_store: Store) -> None:
    """The first decision stands; the keys of another reviewer are their own."""
    key = opened(any_store).row.key
    decide(any_store, Decision(key, Verdict.APPROVE, 1, idempotency_key="k-1"), ANN)
    with pytest.raises(IdempotencyError):
        decide(any_store, Decision(key, Verdict.REJECT, 1, idempotency_key="k-1"), ANN)
    decide(any_store, Decision(key, Verdict.REJECT, 2, idempotency_key="k-1"), BEN)
    assert count_events(any_store) == 2


def test_a_stale_version_gets_both_versions(any_store: Store) -> None:
    """What it is now, and what it would have become; nothing is saved."""
    key = opened(any_store).row.key
    decide(any_store, Decision(key, Verdict.CORRECT, 1, changes={"indicator": "甲"}), ANN)
    with pytest.raises(StaleItemError) as refused:
        decide(any_store, Decision(key, Verdict.CORRECT, 1, changes={"indicator": "乙"}), BEN)
    assert refused.value.current.current and refused.value.draft
    assert refused.value.current.current.indicator == "甲"
    assert refused.value.draft.indicator == "乙"
    assert count_events(any_store) == 1


def test_events_are_never_changed_nor_deleted(any_store: Store) -> None:
    """The store itself refuses both."""
    decide(any_store, Decision(opened(any_store).row.key, Verdict.APPROVE, 1), ANN)
    for statement in (update(EventEntry).values(reviewer="eve"), delete(EventEntry)):
        with pytest.raises(DBAPIError, match="never change"), any_store.writing() as connection:
            connection.execute(statement)
    assert count_events(any_store) == 1


def test_an_impossible_correction_names_its_fields(any_store: Store) -> None:
    """And saves nothing."""
    key = opened(any_store).row.key
    changes = {"figures": [{"value": "many"}], "password": "x"}
    with pytest.raises(CorrectionError) as refused:
        decide(any_store, Decision(key, Verdict.CORRECT, 1, changes=changes), ANN)
    assert "password" in refused.value.fields
    with pytest.raises(CorrectionError) as refused:
        decide(any_store, Decision(key, Verdict.CORRECT, 1, changes={"figures": [{"value": "many"}]}), ANN)
    assert "figures.0.value" in refused.value.fields
    assert count_events(any_store) == 0


def test_a_correction_of_nothing_is_refused(any_store: Store) -> None:
    """Whether nothing is sent or what stands there already; the item is as it was."""
    seen = opened(any_store)
    assert seen.record
    for changes in (None, {}, {"indicator": seen.record.indicator}):
        with pytest.raises(CorrectionError):
            decide(any_store, Decision(seen.row.key, Verdict.CORRECT, 1, changes=changes), ANN)
    assert count_events(any_store) == 0


def test_viewers_decide_nothing(any_store: Store) -> None:
    """Not one at a time, not in bulk, and they claim nothing."""
    key = opened(any_store).row.key
    with pytest.raises(ForbiddenError):
        decide(any_store, Decision(key, Verdict.APPROVE, 1), VIEWER)
    with pytest.raises(ForbiddenError):
        bulk(any_store, VERIFIED, Verdict.APPROVE, 0, VIEWER)
    with pytest.raises(ForbiddenError):
        claim(any_store, key, VIEWER)


def test_a_verdict_has_to_fit_and_the_item_has_to_be_there(any_store: Store) -> None:
    """A record is no open number."""
    key = opened(any_store).row.key
    with pytest.raises(VerdictError):
        decide(any_store, Decision(key, Verdict.NOT_A_FACT, 1), ANN)
    with pytest.raises(NotFoundError):
        decide(any_store, Decision("0" * 18, Verdict.APPROVE, 1), ANN)
    with pytest.raises(VerdictError):
        draft_record(any_store, key)


def test_a_claim_keeps_others_away_until_it_expires(any_store: Store) -> None:
    """Nobody's closed browser holds anything back for ever."""
    key = opened(any_store).row.key
    claim(any_store, key, ANN, seconds=60, now=NOW)
    with pytest.raises(ClaimedError):
        claim(any_store, key, BEN, seconds=60, now=NOW + 59)
    with pytest.raises(ClaimedError):
        decide(any_store, Decision(key, Verdict.APPROVE, 1), BEN, NOW + 59)
    assert first(any_store, OPEN, BEN, NOW + 59) != key
    assert claim(any_store, key, BEN, seconds=60, now=NOW + 61).claimed_by == "ben"
    assert claim(any_store, key, ANN, seconds=60, now=NOW + 62, take_over=True).claimed_by == "ann"
    release(any_store, key, BEN)
    assert queue(any_store, OPEN, ANN, NOW + 63).rows[0].claimed_by == "ann"


@pytest.mark.parametrize("ahead", [1_500.0, 3_000.0, 3_600.0, 86_400.0])
def test_a_claim_from_before_the_clock_was_put_back_keeps_nobody_away(any_store: Store, ahead: float) -> None:
    """It would last for as long as the clock was ahead."""
    key = queue(any_store, OPEN, ANN, NOW).rows[0].key
    claim(any_store, key, ANN, now=NOW + ahead)
    assert claim(any_store, key, BEN, now=NOW).claimed_by == "ben"


def test_bulk_decides_the_whole_filter_and_nothing_else(any_store: Store) -> None:
    """However many pages it has; the count that was shown is the count that is decided."""
    count = bulk_count(any_store, VERIFIED, Verdict.APPROVE, ANN)
    assert count > 100
    others = queue(any_store, parse_filter([("state", "verified"), ("report", "yunzhou-2025")]), ANN).total
    done = bulk(any_store, VERIFIED, Verdict.APPROVE, count, ANN, idempotency_key="all")
    again = bulk(any_store, VERIFIED, Verdict.APPROVE, count, ANN, idempotency_key="all")
    assert (done, again.batch, again.decided) == (again, done.batch, count)
    after = overview(any_store)
    assert after.by_standing[Standing.APPROVED] == count
    assert after.by_standing[Standing.VERIFIED] == others


def test_bulk_leaves_what_people_have_settled_unless_the_filter_names_it(any_store: Store) -> None:
    """A filter of all standings is no wish to overrule anybody; one that names the standing is."""
    everything = parse_filter([("state", "any"), ("kind", "record"), ("report", "yunzhou-2024")])
    count = bulk_count(any_store, everything, Verdict.APPROVE, ANN)
    rejected, corrected = queue(any_store, VERIFIED, ANN).rows[:2]
    decide(any_store, Decision(rejected.key, Verdict.REJECT, 1), BEN)
    decide(any_store, Decision(corrected.key, Verdict.CORRECT, 1, "", {"indicator": "甲"}), BEN)
    assert bulk_count(any_store, everything, Verdict.APPROVE, ANN) == count - 2
    assert bulk(any_store, everything, Verdict.APPROVE, count - 2, ANN).decided == count - 2
    assert item(any_store, rejected.key, ANN).row.standing is Standing.REJECTED
    assert item(any_store, corrected.key, ANN).row.standing is Standing.CORRECTED
    assert bulk_count(any_store, everything, Verdict.APPROVE, ANN) == 0
    named = parse_filter([*everything.pairs(), ("state", "rejected")])
    assert bulk(any_store, named, Verdict.APPROVE, 1, ANN).decided == 1
    assert item(any_store, rejected.key, ANN).row.standing is Standing.APPROVED


def test_bulk_on_a_scope_that_has_changed_is_refused(any_store: Store) -> None:
    """With the count as it is now, and nothing decided."""
    with pytest.raises(CountChangedError) as refused:
        bulk(any_store, VERIFIED, Verdict.APPROVE, 3, ANN)
    assert refused.value.count == bulk_count(any_store, VERIFIED, Verdict.APPROVE, ANN)
    assert count_events(any_store) == 0


def test_bulk_passes_over_what_others_have_open(any_store: Store) -> None:
    """They are still looking at it."""
    count = bulk_count(any_store, VERIFIED, Verdict.APPROVE, ANN, NOW)
    claim(any_store, queue(any_store, VERIFIED, BEN, NOW).rows[0].key, BEN, now=NOW)
    assert bulk_count(any_store, VERIFIED, Verdict.APPROVE, ANN, NOW) == count - 1


def test_bulk_is_undone_as_a_whole_but_for_what_was_decided_since(any_store: Store) -> None:
    """Audits have the right `before` of each."""
    rows = queue(any_store, VERIFIED, ANN).rows
    count = bulk_count(any_store, VERIFIED, Verdict.APPROVE, ANN)
    done = bulk(any_store, VERIFIED, Verdict.APPROVE, count, ANN)
    decide(any_store, Decision(rows[0].key, Verdict.REJECT, 2), BEN)
    with pytest.raises(ForbiddenError):
        undo_bulk(any_store, done.batch, BEN)
    undo_bulk(any_store, done.batch, ANN)
    assert item(any_store, rows[0].key, ANN).row.standing is Standing.REJECTED
    other = item(any_store, rows[1].key, ANN)
    assert other.row.standing is Standing.VERIFIED
    assert other.history[0].before == other.record


def test_what_a_bulk_undo_leaves_is_what_stands_again(any_store: Store) -> None:
    """A correction that was approved in bulk comes back, and the history says so."""
    key = queue(any_store, VERIFIED, ANN).rows[0].key
    done = decide(any_store, Decision(key, Verdict.CORRECT, 1, "", {"indicator": "甲"}), ANN)
    approved = bulk(any_store, parse_filter([("state", "corrected")]), Verdict.APPROVE, 1, ANN)
    undo_bulk(any_store, approved.batch, ANN)
    found = item(any_store, key, ANN)
    assert found.row.standing is Standing.CORRECTED
    assert found.history[-1].after == found.current == done.current


def test_of_double_reviews_the_second_reviewer_does_not_see_the_first(any_store: Store) -> None:
    """Two independent looks, their agreement, and the item in the queue of the second alone."""
    set_double_share(any_store, 1.0)
    keys = [row.key for row in queue(any_store, OPEN, ANN).rows]
    for key in keys:
        decide(any_store, Decision(key, Verdict.APPROVE, 1), ANN)
    assert queue(any_store, OPEN, ANN).total == 0
    assert queue(any_store, OPEN, BEN).total == len(keys)
    blind = item(any_store, keys[0], BEN)
    assert (blind.history, blind.hidden, blind.row.standing) == ((), 1, Standing.SECOND_REVIEW)
    decide(any_store, Decision(keys[0], Verdict.APPROVE, 2), BEN)
    decide(any_store, Decision(keys[1], Verdict.REJECT, 2), BEN)
    assert item(any_store, keys[0], BEN).row.standing is Standing.APPROVED
    assert item(any_store, keys[1], BEN).row.standing is Standing.DISAGREED
    agreed = overview(any_store).agreement
    assert (agreed.items, agreed.same) == (2, 1)
    decide(any_store, Decision(keys[1], Verdict.REJECT, 3), CLEO)
    assert item(any_store, keys[1], BEN).row.standing is Standing.REJECTED
