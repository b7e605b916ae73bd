"""How decisions are read and written: the rows that are judged, the events that are added, what follows from them."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select, update

from extract.desk.carrying import left
from extract.desk.history import PAST_COLUMNS, past_of
from extract.desk.items import no_item
from extract.desk.model import Kind, Person, Role, Verdict
from extract.desk.rows import Row, changed_at, record_of
from extract.desk.scope import Condition
from extract.desk.standing import Past, Subject, stands
from extract.desk.tables import EventEntry, ItemEntry
from extract.errors import ForbiddenError, IdempotencyError, VerdictError
from extract.messages import Message
from schemas import Record, State

LONGEST_REASON = 2_000
LONGEST_KEY = 100
JUDGED = (
    ItemEntry.key, ItemEntry.report_id, ItemEntry.kind, ItemEntry.standing, ItemEntry.version,
    ItemEntry.grounds, ItemEntry.payload, ItemEntry.current, ItemEntry.flagged, ItemEntry.present,
    ItemEntry.needs_two, ItemEntry.start, ItemEntry.end, ItemEntry.claimed_by, ItemEntry.claimed_until,
)  # fmt: skip
"""What is read of an item in order to decide on it."""


def require_reviewer(person: Person) -> None:
    """Refuse who may only look.

    Raises:
        ForbiddenError: this is one.
    """
    if not person.role.covers(Role.REVIEWER):
        raise ForbiddenError(Message("%(name)s may view items but not decide on them.", name=person.name))


def check_words(why: str, key: str | None) -> None:
    """Refuse what cannot be kept.

    Raises:
        VerdictError: the reason is too long or no text.
        IdempotencyError: the key is none.
    """
    if len(why) > LONGEST_REASON or "\0" in why:
        raise VerdictError(
            Message("The reason is too long, or is not text."),
            hint=Message("Use at most %(most)s characters.", most=LONGEST_REASON),
        )
    if key is not None and (not key or len(key) > LONGEST_KEY or not key.isprintable()):
        raise IdempotencyError(
            Message("The key of the decision is not valid."),
            hint=Message("Use 1 to %(most)s printable characters.", most=LONGEST_KEY),
        )


def locked(connection: Connection, key: str) -> Row:
    """The item, held for this transaction (SQLite holds the whole store)."""
    return found(
        connection.execute(select(*JUDGED).where(ItemEntry.key == key).with_for_update(of=ItemEntry)).first(),
        key,
    )


def found(row: Row | None, key: str) -> Row:
    """A row that has to be there.

    Raises:
        NotFoundError: it is not.
    """
    if row is None:
        raise no_item(key)
    return row


def sent_before(connection: Connection, key: str | None, asked: str, person: Person) -> str | None:
    """Whether this was done under this key: the batch of it, or another true word.

    Raises:
        IdempotencyError: the key was used for something else.
    """
    if key is None:
        return None
    if connection.dialect.name != "sqlite":  # two of the same at once: the second waits here for the first
        number = int.from_bytes(sha256(f"{person.name}\0{key}".encode()).digest()[:8], signed=True)
        connection.execute(select(func.pg_advisory_xact_lock(number)))
    row = connection.execute(
        select(EventEntry.request, EventEntry.batch).where(
            EventEntry.reviewer == person.name, EventEntry.idempotency_key == key
        )
    ).first()
    if row is None:
        return None
    if row.request != asked:
        raise IdempotencyError(Message("This key was already used for another decision."))
    return row.batch or "done"


def engine_record(row: Row) -> Record | None:
    """What the engine says; None of what is no record."""
    return record_of(row.payload) if row.kind in {Kind.RECORD, Kind.CONTRADICTION} else None


def approved(record: Record | None) -> Record | None:
    """A record as approving leaves it; None where there is none."""
    return None if record is None else record.model_copy(update={"state": State.APPROVED})


def event(
    row: Row, verdict: Verdict, person: Person, now: float, before: Record | None, after: Record | None
) -> dict[str, Any]:
    """The columns of an event on an item; reason, batch and key are added where there are any."""
    return {
        "item": row.key,
        "report_id": row.report_id,
        "verdict": verdict.value,
        "reviewer": person.name,
        "at": now,
        "why": "",
        "before": as_json(before),
        "after": as_json(after),
        "grounds": row.grounds,
        "version": row.version,
        "undoes": None,
        "batch": None,
        "idempotency_key": None,
        "request": None,
    }


def as_json(record: Record | None) -> str | None:
    """A record as the store keeps it."""
    return None if record is None else record.model_dump_json()


def append(connection: Connection, events: Sequence[Mapping[str, Any]]) -> None:
    """Add events; nothing ever changes them."""
    connection.execute(insert(EventEntry), events)


def past(connection: Connection, key: str) -> list[Past]:
    """The events of an item, oldest first."""
    rows = connection.execute(select(*PAST_COLUMNS).where(EventEntry.item == key).order_by(EventEntry.id))
    return [past_of(row) for row in rows]


def past_of_many(connection: Connection, inside: Condition) -> dict[str, list[Past]]:
    """The same of all items that a condition lets through, by item."""
    found: dict[str, list[Past]] = {}
    rows = connection.execute(
        select(*PAST_COLUMNS)
        .where(EventEntry.item.in_(select(ItemEntry.key).where(inside)))
        .order_by(EventEntry.id)
    )
    for row in rows:
        found.setdefault(row.item, []).append(past_of(row))
    return found


def _subject(row: Row) -> Subject:
    return Subject(row.flagged, row.present, row.needs_two, row.grounds)


def after_undo(row: Row, past: Sequence[Past], undone: int) -> Record | None:
    """The record that stands once one of its events is taken back."""
    remaining = [event for event in past if event.id != undone]
    where = stands(_subject(row), remaining)
    return record_of(left(Kind(row.kind), row.payload, where, remaining)) or engine_record(row)


def settle(connection: Connection, row: Row, now: float) -> None:
    """Bring an item up to its events, and let go of it."""
    columns = _columns(row, past(connection, row.key), now)
    connection.execute(update(ItemEntry).where(ItemEntry.key == row.key).values(**columns))


def settle_many(connection: Connection, rows: Sequence[Row], now: float) -> None:
    """The same of many items at once."""
    keys = [row.key for row in rows]
    past: dict[str, list[Past]] = {}
    for place in range(0, len(keys), 500):
        past |= past_of_many(connection, ItemEntry.key.in_(keys[place : place + 500]))
    changes = [{"a_key": row.key, **_columns(row, past.get(row.key, []), now)} for row in rows]
    table = ItemEntry.__table__
    names = [name for name in changes[0] if name != "a_key"]
    connection.execute(
        update(table)  # type: ignore[arg-type]
        .where(table.c.key == bindparam("a_key"))
        .values({name: bindparam(name) for name in names}),
        changes,
    )


def _columns(row: Row, past: Sequence[Past], now: float) -> dict[str, Any]:
    where = stands(_subject(row), past)
    return {
        "standing": where.standing.value,
        "current": left(Kind(row.kind), row.payload, where, past),
        "reviewer": where.reviewer,
        "version": row.version + 1,
        "claimed_by": None,
        "claimed_until": 0.0,
        **changed_at(now),
    }
