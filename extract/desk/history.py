"""What people said of items before, as far as it tells where they stand."""

from sqlalchemy import Connection, select

from extract.desk.model import Verdict
from extract.desk.rows import Row
from extract.desk.standing import Past
from extract.desk.tables import EventEntry

PAST_COLUMNS = (
    EventEntry.item, EventEntry.id, EventEntry.verdict, EventEntry.reviewer, EventEntry.grounds,
    EventEntry.after, EventEntry.undoes, EventEntry.before,
)  # fmt: skip


def past_of(row: Row) -> Past:
    """A row of `PAST_COLUMNS` as what counts of it."""
    return Past(row.id, Verdict(row.verdict), row.reviewer, row.grounds, row.after, row.undoes, row.before)


def events_of(connection: Connection, report_id: str) -> dict[str, list[Past]]:
    """The events of a report's items, by item, oldest first."""
    found: dict[str, list[Past]] = {}
    for row in connection.execute(
        select(*PAST_COLUMNS).where(EventEntry.report_id == report_id).order_by(EventEntry.id)
    ):
        found.setdefault(row.item, []).append(past_of(row))
    return found
