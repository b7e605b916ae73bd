"""One item with all that its page shows."""

from collections.abc import Sequence
from time import time

from sqlalchemy import Connection, select

from extract.desk.grounds import Changed, changes
from extract.desk.history import past_of
from extract.desk.model import (
    VERDICTS,
    Item,
    ItemRow,
    Kind,
    Person,
    Role,
    Standing,
    Verdict,
)
from extract.desk.reports import read_report
from extract.desk.rows import Row, events, issues_of, item_row, record_of
from extract.desk.sheets import Sheets
from extract.desk.standing import in_force
from extract.desk.store import Store
from extract.desk.tables import EventEntry, ItemEntry, ReportEntry
from extract.errors import NotFoundError
from extract.messages import Message
from schemas import Record
from schemas.result import ChunkRow, LedgerRow


def item(store: Store, key: str, person: Person, now: float | None = None) -> Item:
    """An item with all that its page shows.

    Raises:
        NotFoundError: there is no such item.
    """
    with store.reading() as connection:
        return item_in(connection, key, person, time() if now is None else now)


def item_in(connection: Connection, key: str, person: Person, now: float) -> Item:
    """The same, within a transaction; `now` in seconds since 1970."""
    row = connection.execute(
        select(ItemEntry.__table__, ReportEntry.region, ReportEntry.report_year)
        .join_from(ItemEntry, ReportEntry, ItemEntry.report_id == ReportEntry.id)
        .where(ItemEntry.key == key)
    ).first()
    if row is None:
        raise no_item(key)
    kind = Kind(row.kind)
    past = connection.execute(
        select(EventEntry.__table__).where(EventEntry.item == key).order_by(EventEntry.id)
    ).all()
    listed = item_row(row, row.region, row.report_year, now)
    hidden = blind(listed, person, any(event.reviewer == person.name for event in past))
    record = record_of(row.payload) if kind in {Kind.RECORD, Kind.CONTRADICTION} else None
    return Item(
        row=listed,
        record=record,
        current=record_of(row.current) or record,
        number=LedgerRow.model_validate_json(row.payload) if kind is Kind.NUMBER else None,
        chunk=ChunkRow.model_validate_json(row.payload) if kind is Kind.CHUNK else None,
        issues=issues_of(row.issues),
        history=() if hidden else events(past, row.grounds),
        hidden=len(past) if hidden else 0,
        verdicts=_possible(listed, person, bool(past)),
        needs_two=row.needs_two,
        page=_page(connection, row, record),
        changed=_changed(row, past),
    )


def _changed(row: Row, past: Sequence[Row]) -> tuple[Changed, ...]:
    """What has changed since the last decision in force, where it does not hold any more."""
    if row.standing != Standing.CHECK_AGAIN:
        return ()
    decisions = in_force([past_of(one) for one in past])
    return changes(decisions[-1].grounds, row.grounds) if decisions else ()


def _page(connection: Connection, row: Row, record: Record | None) -> int | None:
    """Of a record its own page, of anything else that of the records around it."""
    if record is not None:
        return record.evidence.page
    return Sheets(read_report(connection, row.report_id).result).at(row.start)


def blind(row: ItemRow, person: Person, spoke: bool) -> bool:  # noqa: FBT001 - it is what is asked
    """Whether a person must not see yet what another one said: they are the second to look."""
    return row.standing is Standing.SECOND_REVIEW and not spoke and row.reviewer != person.name


def _possible(row: ItemRow, person: Person, decided: bool) -> tuple[Verdict, ...]:  # noqa: FBT001
    if not person.role.covers(Role.REVIEWER) or row.standing is Standing.GONE:
        return ()
    return tuple(one for one in VERDICTS[row.kind] if decided or one is not Verdict.UNDO)


def no_item(key: str) -> NotFoundError:
    """What is said where no item has this name."""
    return NotFoundError(Message("There is no item %(key)s.", key=key[:40]))
