"""Claims: who has an item open. They are leases, so that no closed browser holds anything back."""

from time import time

from sqlalchemy import update

from extract.desk.items import item
from extract.desk.lease_columns import free_for
from extract.desk.model import ItemRow, Person, Role
from extract.desk.store import Store
from extract.desk.tables import ItemEntry
from extract.errors import ClaimedError, ForbiddenError
from extract.leases import FREE, lease_for
from extract.messages import Message

CLAIM_SECONDS = 600.0


def claim(
    store: Store,
    key: str,
    person: Person,
    *,
    take_over: bool = False,
    seconds: float = CLAIM_SECONDS,
    now: float | None = None,
) -> ItemRow:
    """Keep an item for somebody for a while, or longer where they have it already.

    Args:
        store: the store.
        key: of the item.
        person: for whom.
        take_over: also where somebody else has it.
        seconds: for how long.
        now: seconds since 1970.

    Raises:
        NotFoundError: there is no such item.
        ForbiddenError: a viewer claims nothing.
        ClaimedError: somebody else has it.
    """
    if not person.role.covers(Role.REVIEWER):
        raise ForbiddenError(Message("%(name)s may view items but not decide on them.", name=person.name))
    moment = time() if now is None else now
    free = free_for(person.name, ItemEntry.claimed_by, ItemEntry.claimed_until, moment)
    lease = lease_for(person.name, moment, seconds)
    with store.writing() as connection:
        taking = update(ItemEntry).where(ItemEntry.key == key)
        connection.execute(
            (taking if take_over else taking.where(free)).values(
                claimed_by=lease.holder, claimed_until=lease.until
            )
        )
    row = item(store, key, person, moment).row
    if row.claimed_by != person.name:
        raise ClaimedError(Message("%(name)s has this item open.", name=row.claimed_by))
    return row


def release(store: Store, key: str, person: Person) -> None:
    """Let go of an item; one that somebody else has stays theirs."""
    with store.writing() as connection:
        connection.execute(
            update(ItemEntry)
            .where(ItemEntry.key == key, ItemEntry.claimed_by == person.name)
            .values(claimed_by=FREE.holder, claimed_until=FREE.until)
        )
