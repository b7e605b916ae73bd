"""The queue: its pages, what is before and after an item, and what is first."""

from collections.abc import Mapping
from dataclasses import dataclass
from time import time
from typing import Any

from sqlalchemy import and_, func, select

from extract.desk.facets import FacetCount, facet_counts
from extract.desk.filters import PAGE_SIZE, Filter
from extract.desk.items import no_item
from extract.desk.lease_columns import free_for
from extract.desk.model import (
    ItemRow,
    Person,
)
from extract.desk.rows import LISTED, Row, item_row
from extract.desk.scope import (
    INDEXES,
    NOBODY,
    ORDERS,
    Names,
    after,
    along,
    before,
    columns,
    condition,
    report_names,
)
from extract.desk.store import Store
from extract.desk.tables import ItemEntry


@dataclass(frozen=True, slots=True)
class Queue:
    """One page of the queue.

    Attributes:
        total: items in the filter.
        page, pages: which page of how many; there is always a first.
        facets: counts by facet, most frequent first; of `state` also `open` and `any`.
    """

    rows: tuple[ItemRow, ...]
    total: int
    page: int
    pages: int
    facets: Mapping[str, tuple[FacetCount, ...]]


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What lies around an item in a filter.

    Attributes:
        position: the item's place, from 1; where it is no longer in the filter, the place that it had.
        total: items in the filter.
    """

    previous: str | None
    next: str | None
    position: int
    total: int


def queue(store: Store, only: Filter, person: Person, now: float | None = None) -> Queue:
    """A page of the queue with its counts.

    Args:
        store: the store.
        only: which items, in which order, which page; a page beyond the last is the last.
        person: whose queue.
        now: seconds since 1970; for claims.
    """
    with store.reading() as connection:
        names = report_names(connection, only)
        counts = facet_counts(connection, only, names, person)
        pages = max(1, -(-counts.total // PAGE_SIZE))
        page = min(only.page, pages)
        keys = select(ItemEntry.key).where(condition(only, names, person)).order_by(*columns(only.sort))
        on_page = along(keys, only, INDEXES[only.sort]).limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)
        rows = connection.execute(
            select(*LISTED)
            .where(ItemEntry.key.in_(connection.scalars(on_page).all()))
            .order_by(*columns(only.sort))
        ).all()
    moment = time() if now is None else now
    listed = tuple(_listed(row, names, moment) for row in rows)
    return Queue(listed, counts.total, page, pages, counts.facets)


def _listed(row: Row, names: Names, now: float) -> ItemRow:
    name = names.reports.get(row.report_id, NOBODY)
    return item_row(row, name.region, name.year, now)


def neighbours(store: Store, only: Filter, key: str, person: Person, now: float | None = None) -> Neighbours:
    """What comes before and after an item in a filter; what others have claimed is passed over.

    Raises:
        NotFoundError: there is no such item.
    """
    moment = time() if now is None else now
    with store.reading() as connection:
        names = report_names(connection, only)
        here = connection.execute(
            select(*(getattr(ItemEntry, name) for name in ORDERS[only.sort])).where(ItemEntry.key == key)
        ).first()
        if here is None:
            raise no_item(key)
        inside = condition(only, names, person)
        free = and_(inside, _free(person, moment), ItemEntry.key != key)
        index = INDEXES[only.sort]
        nearest = select(ItemEntry.key).where(free, before(only.sort, here)).limit(1)
        previous = connection.scalar(
            along(nearest.order_by(*(column.desc() for column in columns(only.sort))), only, index)
        )
        nearest = select(ItemEntry.key).where(free, after(only.sort, here)).limit(1)
        following = connection.scalar(along(nearest.order_by(*columns(only.sort)), only, index))
        count = select(func.count()).select_from(ItemEntry).where(inside)
        total = connection.scalar(along(count, only, "items_counted_0")) or 0
        ahead = connection.scalar(along(count.where(before(only.sort, here)), only, index))
    return Neighbours(previous, following, (ahead or 0) + 1, total)


def first(store: Store, only: Filter, person: Person, now: float | None = None) -> str | None:
    """The first item of a filter that nobody else has claimed; None where there is none."""
    with store.reading() as connection:
        inside = condition(only, report_names(connection, only), person)
        free = _free(person, time() if now is None else now)
        nearest = select(ItemEntry.key).where(inside, free).order_by(*columns(only.sort)).limit(1)
        found: str | None = connection.scalar(along(nearest, only, INDEXES[only.sort]))
    return found


def _free(person: Person, now: float) -> Any:  # a condition of SQLAlchemy
    return free_for(person.name, ItemEntry.claimed_by, ItemEntry.claimed_until, now)
