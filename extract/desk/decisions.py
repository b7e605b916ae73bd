"""Decisions: each an event that is added, never changed; undo is another one."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from secrets import token_hex
from time import time
from typing import Any

from sqlalchemy import Connection, and_, bindparam, func, insert, or_, select, update

from extract.desk.corrections import corrected, drafted, drafted_from_part
from extract.desk.filters import Filter
from extract.desk.ingest import PAST_COLUMNS, changed_at, past_of
from extract.desk.model import VERDICTS, Item, Kind, Person, Role, Standing, Verdict
from extract.desk.queries import item, item_in, read_report
from extract.desk.rows import Row, record_of
from extract.desk.scope import Condition, condition, report_names
from extract.desk.standing import Past, Stands, Subject, in_force, stands
from extract.desk.store import Store
from extract.desk.tables import EventEntry, ItemEntry
from extract.errors import (
    ClaimedError,
    CorrectionError,
    CountChangedError,
    ForbiddenError,
    IdempotencyError,
    NotFoundError,
    StaleVersionError,
    VerdictError,
)
from schemas import Record, State

LONGEST_REASON = 2_000
LONGEST_KEY = 100
NOTHING = "Nothing is corrected: the record is as it was. / 没有更正任何内容。"
IN_BULK = frozenset({Verdict.APPROVE, Verdict.REJECT, Verdict.NOT_A_FACT, Verdict.ACKNOWLEDGE})


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person wants to say about an item.

    Attributes:
        item: its key.
        verdict: what they say; `undo` goes through `undo`.
        version: of the item as they saw it.
        why: in their own words.
        changes: fields, for `correct` and `add`; see `extract.desk.corrections.corrected`.
        idempotency_key: the same decision sent again under the same key is made once.
    """

    item: str
    verdict: Verdict
    version: int
    why: str = ""
    changes: Mapping[str, Any] | None = None
    idempotency_key: str | None = None

    def digest(self) -> str:
        """A hash of what is asked, by which the same key with another wish is seen."""
        asked = [self.item, self.verdict.value, self.version, self.why, self.changes]
        return sha256(json.dumps(asked, sort_keys=True, default=str).encode()).hexdigest()


class StaleItemError(StaleVersionError):
    """The item has changed since it was opened.

    Attributes:
        current: as it is now.
        yours: what was asked.
        draft: the record as the decision would have left it; None where it leaves none.
    """

    def __init__(self, current: Item, yours: Decision, draft: Record | None) -> None:
        super().__init__(
            f"The item has changed: you saw version {yours.version}, it is at version {current.row.version}."
        )
        self.current = current
        self.yours = yours
        self.draft = draft


@dataclass(frozen=True, slots=True)
class BulkDone:
    """What a bulk decision came to.

    Attributes:
        batch: names it, for undoing all of it.
        decided: how many items were decided.
    """

    batch: str
    decided: int


def decide(store: Store, decision: Decision, person: Person, now: float | None = None) -> Item:
    """Make a decision. When this returns, it is on the disk.

    Args:
        store: the store.
        decision: what is asked.
        person: who asks.
        now: seconds since 1970.

    Returns:
        The item as it stands after it; of a decision sent again under its key, as it stands now.

    Raises:
        ForbiddenError, NotFoundError, VerdictError, CorrectionError, IdempotencyError: it cannot be made.
        StaleItemError: the item has another version by now.
        ClaimedError: somebody else has it open.
        StoreFullError: it could not be saved, and was not.
    """
    _require_reviewer(person)
    _check_words(decision.why, decision.idempotency_key)
    moment = time() if now is None else now
    with store.writing() as connection:
        row = _locked(connection, decision.item)
        if _sent_before(connection, decision.idempotency_key, decision.digest(), person):
            return item_in(connection, decision.item, person, moment)
        kind = Kind(row.kind)
        if decision.verdict not in VERDICTS[kind] or decision.verdict is Verdict.UNDO:
            raise VerdictError(f"{decision.verdict.value} does not fit an item of the kind {kind.value}.")
        if row.standing == Standing.GONE:
            raise VerdictError("The item is gone from the results; there is nothing to decide.")
        before = record_of(row.current) or _engine_record(row)
        if row.version != decision.version:
            draft = _left(connection, row, decision, before)
            raise StaleItemError(item_in(connection, decision.item, person, moment), decision, draft)
        _require_unclaimed(row, person, moment)
        after = _left(connection, row, decision, before)
        _require_change(decision, before, after)
        _append(connection, [_event(row, decision, person, moment, before, after)])
        _settle(connection, row, moment)
    return item(
        store, decision.item, person, moment
    )  # after the transaction, so that the next one need not wait


def undo(
    store: Store,
    key: str,
    version: int,
    person: Person,
    idempotency_key: str | None = None,
    now: float | None = None,
) -> Item:
    """Take back the last decision on an item that is in force; done again, the one before it.

    A reviewer takes back their own decisions, an administrator anybody's.

    Raises:
        VerdictError: there is nothing to take back.
        The errors of `decide`.
    """
    _require_reviewer(person)
    _check_words("", idempotency_key)
    moment = time() if now is None else now
    wish = Decision(key, Verdict.UNDO, version, idempotency_key=idempotency_key)
    with store.writing() as connection:
        row = _locked(connection, key)
        if _sent_before(connection, idempotency_key, wish.digest(), person):
            return item_in(connection, key, person, moment)
        if row.version != version:
            raise StaleItemError(item_in(connection, key, person, moment), wish, None)
        past = _past(connection, key)
        counting = in_force(past)
        if not counting:
            raise VerdictError("There is no decision to take back.", hint="Nothing was decided here yet.")
        last = counting[-1]
        if last.reviewer != person.name and not person.role.covers(Role.ADMINISTRATOR):
            raise ForbiddenError(
                f"The last decision is that of {last.reviewer}.", hint="They or an administrator can undo it."
            )
        before = record_of(row.current) or _engine_record(row)
        undoing = _event(row, wish, person, moment, before, None) | {"undoes": last.id}
        undoing["after"] = _json(_after_undo(row, past, last.id))
        _append(connection, [undoing])
        _settle(connection, row, moment)
    return item(store, key, person, moment)


def bulk_count(store: Store, only: Filter, verdict: Verdict, person: Person, now: float | None = None) -> int:
    """How many items a bulk decision would decide: those of the filter, on all its pages, that the verdict fits
    and nobody else has open. What people have settled is among them only where the filter names its standing.

    Raises:
        ForbiddenError, VerdictError: it cannot be made.
    """
    with store.reading() as connection:
        inside = _bulk_scope(connection, only, verdict, person, time() if now is None else now)
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
    _check_words(why, idempotency_key)
    moment = time() if now is None else now
    asked = sha256(json.dumps([only.pairs(), verdict.value, expected, why]).encode()).hexdigest()
    with store.writing() as connection:
        if batch := _sent_before(connection, idempotency_key, asked, person):
            count = connection.scalar(
                select(func.count()).select_from(EventEntry).where(EventEntry.batch == batch)
            )
            return BulkDone(batch, count or 0)
        inside = _bulk_scope(connection, only, verdict, person, moment)
        rows = connection.execute(
            select(*JUDGED).where(inside).order_by(ItemEntry.key).with_for_update(of=ItemEntry)
        ).all()
        if len(rows) != expected:
            raise CountChangedError(f"The filter now holds {len(rows)} items, not {expected}.", len(rows))
        batch = token_hex(8)
        events = []
        for row in rows:
            before = record_of(row.current) or _engine_record(row)
            decision = Decision(row.key, verdict, row.version, why)
            after = _approved(before) if verdict is Verdict.APPROVE else None
            events.append(_event(row, decision, person, moment, before, after) | {"batch": batch})
        if events:
            events[0] |= {"idempotency_key": idempotency_key, "request": asked}
            _append(connection, events)
            _settle_many(connection, rows, moment)
        return BulkDone(batch, len(events))


def undo_bulk(store: Store, batch: str, person: Person, now: float | None = None) -> BulkDone:
    """Take back a bulk decision as far as it is still in force.

    Raises:
        NotFoundError: there is no such batch.
        ForbiddenError: it is somebody else's.
    """
    _require_reviewer(person)
    moment = time() if now is None else now
    with store.writing() as connection:
        found = connection.execute(
            select(EventEntry.id, EventEntry.item, EventEntry.reviewer).where(EventEntry.batch == batch)
        ).all()
        if not found:
            raise NotFoundError(f"There is no bulk decision {batch[:40]}.")
        if found[0].reviewer != person.name and not person.role.covers(Role.ADMINISTRATOR):
            raise ForbiddenError(
                f"The bulk decision is that of {found[0].reviewer}.",
                hint="They or an administrator can undo it.",
            )
        mine = {row.item: row.id for row in found}
        inside = ItemEntry.key.in_(select(EventEntry.item).where(EventEntry.batch == batch))
        rows = connection.execute(
            select(*JUDGED).where(inside).order_by(ItemEntry.key).with_for_update(of=ItemEntry)
        ).all()
        past = _past_of_many(connection, inside)
        again = token_hex(8)
        events, undone = [], []
        for row in rows:
            if any(event.id == mine[row.key] for event in in_force(past.get(row.key, ()))):
                before = record_of(row.current) or _engine_record(row)
                wish = Decision(row.key, Verdict.UNDO, row.version)
                event = _event(
                    row, wish, person, moment, before, _after_undo(row, past[row.key], mine[row.key])
                )
                events.append(event | {"undoes": mine[row.key], "batch": again})
                undone.append(row)
        if events:
            _append(connection, events)
            _settle_many(connection, undone, moment)
        return BulkDone(again, len(events))


def draft_record(store: Store, key: str) -> Record:
    """The record that a form begins with when one is added from an open number or an unread part.

    Raises:
        NotFoundError: there is no such item.
        VerdictError: it is a record already.
    """
    with store.reading() as connection:
        return _draft(
            connection, _found(connection.execute(select(*JUDGED).where(ItemEntry.key == key)).first(), key)
        )


JUDGED = (
    ItemEntry.key, ItemEntry.report_id, ItemEntry.kind, ItemEntry.standing, ItemEntry.version,
    ItemEntry.fingerprint, ItemEntry.payload, ItemEntry.current, ItemEntry.flagged, ItemEntry.present,
    ItemEntry.needs_two, ItemEntry.start, ItemEntry.end, ItemEntry.claimed_by, ItemEntry.claimed_until,
)  # fmt: skip


def _require_reviewer(person: Person) -> None:
    if not person.role.covers(Role.REVIEWER):
        raise ForbiddenError(f"{person.name} may look but not decide.")


def _check_words(why: str, key: str | None) -> None:
    if len(why) > LONGEST_REASON or "\0" in why:
        raise VerdictError("The reason is too long or no text.", hint=f"At most {LONGEST_REASON} characters.")
    if key is not None and (not key or len(key) > LONGEST_KEY or not key.isprintable()):
        raise IdempotencyError(
            "The key of the decision is no key.", hint=f"1 to {LONGEST_KEY} printable characters."
        )


def _locked(connection: Connection, key: str) -> Row:
    """The item, held for this transaction (SQLite holds the whole store)."""
    return _found(
        connection.execute(select(*JUDGED).where(ItemEntry.key == key).with_for_update(of=ItemEntry)).first(),
        key,
    )


def _found(row: Row | None, key: str) -> Row:
    if row is None:
        raise NotFoundError(f"There is no item {key[:40]}.")
    return row


def _sent_before(connection: Connection, key: str | None, asked: str, person: Person) -> str | None:
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
        raise IdempotencyError("This key was used before, for another decision.")
    return row.batch or "done"


def _require_unclaimed(row: Row, person: Person, now: float) -> None:
    if row.claimed_by not in {None, person.name} and row.claimed_until > now:
        raise ClaimedError(f"{row.claimed_by} has this item open.")


def _engine_record(row: Row) -> Record | None:
    return record_of(row.payload) if row.kind in {Kind.RECORD, Kind.CONTRADICTION} else None


def _left(connection: Connection, row: Row, decision: Decision, before: Record | None) -> Record | None:
    """The record that a decision leaves."""
    if decision.verdict is Verdict.APPROVE:
        return _approved(before)
    if decision.verdict in {Verdict.CORRECT, Verdict.ADD}:
        report = read_report(connection, row.report_id)
        base = before if decision.verdict is Verdict.CORRECT and before else _draft(connection, row)
        left = corrected(base, decision.changes or {}, report.text, decision.why)
        state = State.CORRECTED if decision.verdict is Verdict.CORRECT else State.APPROVED
        return left.model_copy(update={"state": state})
    return None


def _require_change(decision: Decision, before: Record | None, after: Record | None) -> None:
    """A correction that corrects nothing would count as one, and hide that the engine was right."""
    if decision.verdict is not Verdict.CORRECT or before is None or after is None:
        return
    if before.model_copy(update={"state": after.state}) == after:
        raise CorrectionError(NOTHING, {})


def _approved(record: Record | None) -> Record | None:
    return None if record is None else record.model_copy(update={"state": State.APPROVED})


def _draft(connection: Connection, row: Row) -> Record:
    report = read_report(connection, row.report_id)
    if row.kind == Kind.NUMBER:
        from schemas.result import LedgerRow

        draft = drafted(report.result, LedgerRow.model_validate_json(row.payload), report.text)
    elif row.kind == Kind.CHUNK:
        draft = drafted_from_part(row.start, row.end, report.result, report.text)
    else:
        raise VerdictError("The item is a record already.", hint="Correct it instead.")
    return draft.model_copy(update={"id": f"added-{row.key}"})


def _event(
    row: Row, decision: Decision, person: Person, now: float, before: Record | None, after: Record | None
) -> dict[str, Any]:
    return {
        "item": row.key,
        "report_id": row.report_id,
        "verdict": decision.verdict.value,
        "reviewer": person.name,
        "at": now,
        "why": decision.why,
        "before": _json(before),
        "after": _json(after),
        "fingerprint": row.fingerprint,
        "version": row.version,
        "undoes": None,
        "batch": None,
        "idempotency_key": decision.idempotency_key,
        "request": decision.digest() if decision.idempotency_key else None,
    }


def _json(record: Record | None) -> str | None:
    return None if record is None else record.model_dump_json()


def _append(connection: Connection, events: Sequence[Mapping[str, Any]]) -> None:
    connection.execute(insert(EventEntry), events)


def _past(connection: Connection, key: str) -> list[Past]:
    rows = connection.execute(select(*PAST_COLUMNS).where(EventEntry.item == key).order_by(EventEntry.id))
    return [past_of(row) for row in rows]


def _past_of_many(connection: Connection, inside: Condition) -> dict[str, list[Past]]:
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
    return Subject(row.flagged, row.present, row.needs_two, row.fingerprint)


def _after_undo(row: Row, past: Sequence[Past], undone: int) -> Record | None:
    """The record that stands once one of its events is taken back."""
    left = [event for event in past if event.id != undone]
    return record_of(stands(_subject(row), left).after) or _engine_record(row)


def _settle(connection: Connection, row: Row, now: float) -> None:
    """Bring an item up to its events, and let go of it."""
    where = stands(_subject(row), _past(connection, row.key))
    connection.execute(
        update(ItemEntry).where(ItemEntry.key == row.key).values(**_columns(where, row.version + 1, now))
    )


def _columns(where: Stands, version: int, now: float) -> dict[str, Any]:
    return {
        "standing": where.standing.value,
        "current": where.after,
        "reviewer": where.reviewer,
        "version": version,
        "claimed_by": None,
        "claimed_until": 0.0,
        **changed_at(now),
    }


def _settle_many(connection: Connection, rows: Sequence[Row], now: float) -> None:
    keys = [row.key for row in rows]
    past: dict[str, list[Past]] = {}
    for place in range(0, len(keys), 500):
        past |= _past_of_many(connection, ItemEntry.key.in_(keys[place : place + 500]))
    changes = [
        {"a_key": row.key, **_columns(stands(_subject(row), past.get(row.key, [])), row.version + 1, now)}
        for row in rows
    ]
    table = ItemEntry.__table__
    names = [name for name in changes[0] if name != "a_key"]
    connection.execute(
        update(table)  # type: ignore[arg-type]
        .where(table.c.key == bindparam("a_key"))
        .values({name: bindparam(name) for name in names}),
        changes,
    )


def _bulk_scope(
    connection: Connection, only: Filter, verdict: Verdict, person: Person, now: float
) -> Condition:
    _require_reviewer(person)
    if verdict not in IN_BULK:
        raise VerdictError(
            f"{verdict.value} is said of one item at a time.",
            hint=f"In bulk: {', '.join(sorted(IN_BULK))}.",
        )
    kinds = [kind.value for kind, fitting in VERDICTS.items() if verdict in fitting]
    return and_(
        condition(only.undecided(), report_names(connection, only), person),
        ItemEntry.kind.in_(kinds),
        ItemEntry.present,
        or_(
            ItemEntry.claimed_by.is_(None),
            ItemEntry.claimed_by == person.name,
            ItemEntry.claimed_until <= now,
        ),
    )
