"""Claims: who has an item open. They expire, so that no closed browser holds anything back."""

from time import time

from sqlalchemy import or_, update

from extract.desk.items import item
from extract.desk.model import ItemRow, Person, Role
from extract.desk.store import Store
from extract.desk.tables import ItemEntry
from extract.errors import ClaimedError, ForbiddenError
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
    free = or_(
        ItemEntry.claimed_by.is_(None), ItemEntry.claimed_by == person.name, ItemEntry.claimed_until <= moment
    )
    with store.writing() as connection:
        taking = update(ItemEntry).where(ItemEntry.key == key)
        connection.execute(
            (taking if take_over else taking.where(free)).values(
                claimed_by=person.name, claimed_until=moment + seconds
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
            .values(claimed_by=None, claimed_until=0.0)
        )
