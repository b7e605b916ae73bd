"""Decisions: each an event that is added, never changed; undo is another one."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from time import time
from typing import Any

from sqlalchemy import Connection, select

from extract.desk.corrections import corrected, drafted, drafted_from_part
from extract.desk.events import (
    JUDGED,
    after_undo,
    append,
    approved,
    check_words,
    engine_record,
    event,
    found,
    locked,
    past,
    require_reviewer,
    sent_before,
    settle,
)
from extract.desk.items import item, item_in
from extract.desk.model import VERDICTS, Item, Kind, Person, Role, Standing, Verdict
from extract.desk.reports import read_report
from extract.desk.rows import Row, record_of
from extract.desk.standing import in_force
from extract.desk.store import Store
from extract.desk.tables import ItemEntry
from extract.errors import ClaimedError, CorrectionError, ForbiddenError, StaleVersionError, VerdictError
from extract.leases import Lease
from extract.messages import Message
from schemas import Record, State

NOTHING = Message("Nothing was corrected: the record is unchanged.")


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
    require_reviewer(person)
    check_words(decision.why, decision.idempotency_key)
    moment = time() if now is None else now
    with store.writing() as connection:
        row = locked(connection, decision.item)
        if sent_before(connection, decision.idempotency_key, decision.digest(), person):
            return item_in(connection, decision.item, person, moment)
        kind = Kind(row.kind)
        if decision.verdict not in VERDICTS[kind] or decision.verdict is Verdict.UNDO:
            raise VerdictError(
                Message(
                    "%(verdict)s does not apply to an item of the kind %(kind)s.",
                    verdict=decision.verdict.value,
                    kind=kind.value,
                )
            )
        if row.standing == Standing.GONE:
            raise VerdictError(Message("The item is no longer in the results; there is nothing to decide."))
        before = record_of(row.current) or engine_record(row)
        if row.version != decision.version:
            draft = _left(connection, row, decision, before)
            raise StaleItemError(item_in(connection, decision.item, person, moment), decision, draft)
        _require_unclaimed(row, person, moment)
        after = _left(connection, row, decision, before)
        _require_change(decision, before, after)
        append(connection, [_event(row, decision, person, moment, before, after)])
        settle(connection, row, moment)
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
    require_reviewer(person)
    check_words("", idempotency_key)
    moment = time() if now is None else now
    wish = Decision(key, Verdict.UNDO, version, idempotency_key=idempotency_key)
    with store.writing() as connection:
        row = locked(connection, key)
        if sent_before(connection, idempotency_key, wish.digest(), person):
            return item_in(connection, key, person, moment)
        if row.version != version:
            raise StaleItemError(item_in(connection, key, person, moment), wish, None)
        before_it = past(connection, key)
        counting = in_force(before_it)
        if not counting:
            raise VerdictError(
                Message("There is no decision to undo."),
                hint=Message("There is no decision on this item yet."),
            )
        last = counting[-1]
        if last.reviewer != person.name and not person.role.covers(Role.ADMINISTRATOR):
            raise ForbiddenError(
                Message("The last decision was made by %(reviewer)s.", reviewer=last.reviewer),
                hint=Message("That person or an administrator can undo it."),
            )
        before = record_of(row.current) or engine_record(row)
        after = after_undo(row, before_it, last.id)
        append(connection, [_event(row, wish, person, moment, before, after) | {"undoes": last.id}])
        settle(connection, row, moment)
    return item(store, key, person, moment)


def draft_record(store: Store, key: str) -> Record:
    """The record that a form begins with when one is added from an open number or an unread part.

    Raises:
        NotFoundError: there is no such item.
        VerdictError: it is a record already.
    """
    with store.reading() as connection:
        row = connection.execute(select(*JUDGED).where(ItemEntry.key == key)).first()
        return _draft(connection, found(row, key))


def _require_unclaimed(row: Row, person: Person, now: float) -> None:
    if not Lease(row.claimed_by, row.claimed_until).is_free_for(person.name, now):
        raise ClaimedError(Message("%(name)s has this item open.", name=row.claimed_by))


def _left(connection: Connection, row: Row, decision: Decision, before: Record | None) -> Record | None:
    """The record that a decision leaves."""
    if decision.verdict is Verdict.APPROVE:
        return approved(before)
    if decision.verdict in {Verdict.CORRECT, Verdict.ADD}:
        report = read_report(connection, row.report_id)
        base = _base(connection, row, decision.verdict, before)
        left = corrected(base, decision.changes or {}, report.text, decision.why)
        state = State.CORRECTED if decision.verdict is Verdict.CORRECT else State.APPROVED
        return left.model_copy(update={"state": state})
    return None


def _base(connection: Connection, row: Row, verdict: Verdict, before: Record | None) -> Record:
    """The record that the changes of a decision are made to: what the form showed.

    One that was added before keeps what was typed; its quote is read anew, for the text may have changed.
    """
    if before is None:
        return _draft(connection, row)
    if verdict is Verdict.CORRECT or row.standing != Standing.CHECK_AGAIN:
        return before
    return before.model_copy(update={"evidence": _draft(connection, row).evidence})


def _require_change(decision: Decision, before: Record | None, after: Record | None) -> None:
    """A correction that corrects nothing would count as one, and hide that the engine was right."""
    if decision.verdict is not Verdict.CORRECT or before is None or after is None:
        return
    if before.model_copy(update={"state": after.state}) == after:
        raise CorrectionError(NOTHING, {})


def _draft(connection: Connection, row: Row) -> Record:
    report = read_report(connection, row.report_id)
    if row.kind == Kind.NUMBER:
        from schemas.result import LedgerRow

        draft = drafted(report.result, LedgerRow.model_validate_json(row.payload), report.text)
    elif row.kind == Kind.CHUNK:
        draft = drafted_from_part(row.start, row.end, report.result, report.text)
    else:
        raise VerdictError(Message("The item is already a record."), hint=Message("Correct it instead."))
    return draft.model_copy(update={"id": f"added-{row.key}"})


def _event(
    row: Row, decision: Decision, person: Person, now: float, before: Record | None, after: Record | None
) -> dict[str, Any]:
    """The event of a decision; under a key it is found again."""
    return event(row, decision.verdict, person, now, before, after) | {
        "why": decision.why,
        "idempotency_key": decision.idempotency_key,
        "request": decision.digest() if decision.idempotency_key else None,
    }
