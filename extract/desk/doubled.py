"""The share of items that two reviewers look at."""

from sqlalchemy import Connection, delete, insert, select, update

from extract.desk.model import Kind
from extract.desk.store import Store
from extract.desk.tables import EventEntry, ItemEntry, MetaEntry

WHOLE = 2**32
DOUBLE_SHARE = "double_share"


def needs_two(key: str, kind: Kind, share: float) -> bool:
    """Whether an item is among the share that two reviewers look at; it is the same ones every time.

    What is said of a whole report is only taken note of: nobody could say otherwise.
    """
    return kind is not Kind.REPORT_ISSUE and int(key[:8], 16) < share * WHOLE


def double_share(connection: Connection) -> float:
    """The share of items that two reviewers look at, as it was last set."""
    found = connection.scalar(select(MetaEntry.value).where(MetaEntry.name == DOUBLE_SHARE))
    return float(found) if found else 0.0


def set_double_share(store: Store, share: float) -> None:
    """Set the share of items that two reviewers look at, 0 to 1; what was decided before stays decided."""
    with store.writing() as connection:
        connection.execute(delete(MetaEntry).where(MetaEntry.name == DOUBLE_SHARE))
        connection.execute(insert(MetaEntry).values(name=DOUBLE_SHARE, value=str(share)))
        undecided = ItemEntry.key.not_in(select(EventEntry.item))
        asked = select(ItemEntry.key, ItemEntry.kind, ItemEntry.needs_two).where(undecided)
        for row in connection.execute(asked).all():
            wanted = needs_two(row.key, Kind(row.kind), share)
            if row.needs_two != wanted:
                connection.execute(update(ItemEntry).where(ItemEntry.key == row.key).values(needs_two=wanted))
