"""One decision on all items of a filter, and taking it back. The scope is resolved here, never sent by the browser."""

import json
from dataclasses import dataclass
from hashlib import sha256
from secrets import token_hex
from time import time

from sqlalchemy import Connection, and_, func, select

from extract.desk.events import (
    JUDGED,
    after_undo,
    append,
    approved,
    check_words,
    engine_record,
    event,
    past_of_many,
    require_reviewer,
    sent_before,
    settle_many,
)
from extract.desk.filters import Filter
from extract.desk.lease_columns import free_for
from extract.desk.model import VERDICTS, Person, Role, Verdict
from extract.desk.rows import record_of
from extract.desk.scope import Condition, condition, report_names
from extract.desk.standing import in_force
from extract.desk.store import Store
from extract.desk.tables import EventEntry, ItemEntry
from extract.errors import CountChangedError, ForbiddenError, NotFoundError, VerdictError
from extract.messages import Message

IN_BULK = frozenset({Verdict.APPROVE, Verdict.REJECT, Verdict.NOT_A_FACT, Verdict.ACKNOWLEDGE})


@dataclass(frozen=True, slots=True)
class BulkDone:
    """What a bulk decision came to.

    Attributes:
        batch: names it, for undoing all of it.
        decided: how many items were decided.
    """

    batch: str
    decided: int


def bulk_count(store: Store, only: Filter, verdict: Verdict, person: Person, now: float | None = None) -> int:
    """How many items a bulk decision would decide: those of the filter, on all its pages, that the verdict fits
    and nobody else has open. What people have settled is among them only where the filter names its standing.

    Raises:
        ForbiddenError, VerdictError: it cannot be made.
    """
    with store.reading() as connection:
        inside = _scope(connection, only, verdict, person, time() if now is None else now)
        return connection.scalar(select(func.count()).select_from(ItemEntry).where(inside)) or 0


def bulk(
    store: Store,
    only: Filter,
    verdict: Verdict,
    expected: int,
    person: Person,
    *,
    why: str = "",
    idempotency_key: str | None = None,
    now: float | None = None,
) -> BulkDone:
    """Decide all items of a filter alike. The scope is resolved here, never sent by the browser.

    Args:
        store: the store.
        only: the filter; its page does not matter.
        verdict: approve, reject or not_a_fact.
        expected: the count that was shown and confirmed.
        person: who asks.
        why: in their own words.
        idempotency_key: as for `decide`.
        now: seconds since 1970.

    Raises:
        CountChangedError: the filter holds another number of items by now.
        The errors of `decide`.
    """
    check_words(why, idempotency_key)
    moment = time() if now is None else now
    asked = sha256(json.dumps([only.pairs(), verdict.value, expected, why]).encode()).hexdigest()
    with store.writing() as connection:
        if batch := sent_before(connection, idempotency_key, asked, person):
            count = connection.scalar(
                select(func.count()).select_from(EventEntry).where(EventEntry.batch == batch)
            )
            return BulkDone(batch, count or 0)
        inside = _scope(connection, only, verdict, person, moment)
        rows = connection.execute(
            select(*JUDGED).where(inside).order_by(ItemEntry.key).with_for_update(of=ItemEntry)
        ).all()
        if len(rows) != expected:
            raise CountChangedError(
                Message(
                    "The filter now matches %(number)s items instead of %(expected)s.",
                    number=len(rows),
                    expected=expected,
                ),
                len(rows),
            )
        batch = token_hex(8)
        events = []
        for row in rows:
            before = record_of(row.current) or engine_record(row)
            after = approved(before) if verdict is Verdict.APPROVE else None
            events.append(event(row, verdict, person, moment, before, after) | {"why": why, "batch": batch})
        if events:
            events[0] |= {"idempotency_key": idempotency_key, "request": asked}
            append(connection, events)
            settle_many(connection, rows, moment)
        return BulkDone(batch, len(events))


def undo_bulk(store: Store, batch: str, person: Person, now: float | None = None) -> BulkDone:
    """Take back a bulk decision as far as it is still in force.

    Raises:
        NotFoundError: there is no such batch.
        ForbiddenError: it is somebody else's.
    """
    require_reviewer(person)
    moment = time() if now is None else now
    with store.writing() as connection:
        found = connection.execute(
            select(EventEntry.id, EventEntry.item, EventEntry.reviewer).where(EventEntry.batch == batch)
        ).all()
        if not found:
            raise NotFoundError(Message("There is no bulk decision %(id)s.", id=batch[:40]))
        if found[0].reviewer != person.name and not person.role.covers(Role.ADMINISTRATOR):
            raise ForbiddenError(
                Message("This bulk decision was made by %(reviewer)s.", reviewer=found[0].reviewer),
                hint=Message("That person or an administrator can undo it."),
            )
        mine = {row.item: row.id for row in found}
        inside = ItemEntry.key.in_(select(EventEntry.item).where(EventEntry.batch == batch))
        rows = connection.execute(
            select(*JUDGED).where(inside).order_by(ItemEntry.key).with_for_update(of=ItemEntry)
        ).all()
        past = past_of_many(connection, inside)
        again = token_hex(8)
        events, undone = [], []
        for row in rows:
            if any(one.id == mine[row.key] for one in in_force(past.get(row.key, ()))):
                before = record_of(row.current) or engine_record(row)
                after = after_undo(row, past[row.key], mine[row.key])
                undoing = event(row, Verdict.UNDO, person, moment, before, after)
                events.append(undoing | {"undoes": mine[row.key], "batch": again})
                undone.append(row)
        if events:
            append(connection, events)
            settle_many(connection, undone, moment)
        return BulkDone(again, len(events))


def _scope(connection: Connection, only: Filter, verdict: Verdict, person: Person, now: float) -> Condition:
    require_reviewer(person)
    if verdict not in IN_BULK:
        raise VerdictError(
            Message("%(verdict)s can be decided for only one item at a time.", verdict=verdict.value),
            hint=Message("Allowed in bulk: %(names)s.", names=", ".join(sorted(IN_BULK))),
        )
    kinds = [kind.value for kind, fitting in VERDICTS.items() if verdict in fitting]
    return and_(
        condition(only.undecided(), report_names(connection, only), person),
        ItemEntry.kind.in_(kinds),
        ItemEntry.present,
        free_for(person.name, ItemEntry.claimed_by, ItemEntry.claimed_until, now),
    )
