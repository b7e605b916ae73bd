"""A filter as a condition of the store; the one place where both meet."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Tuple,
    and_,
    false,
    literal,
    or_,
    select,
    true,
    tuple_,
)
from sqlalchemy.orm import InstrumentedAttribute

from extract.desk.filters import FACETS, UNKNOWN, Filter, Sort
from extract.desk.model import Person, Standing
from extract.desk.rows import Row
from extract.desk.tables import ItemEntry, ReportEntry


@dataclass(frozen=True, slots=True)
class ReportName:
    """What a filter asks of a report."""

    title: str
    region: str | None
    year: int | None
    present: bool


NOBODY = ReportName("", None, None, present=False)
"""In place of a report that is not known."""


@dataclass(frozen=True, slots=True)
class Names:
    """What a filter needs to know before it can be a condition.

    Attributes:
        reports: every report by its id.
        second: whether any item waits for a second reviewer.
        codes: every combination of codes that items have, as the column has it; empty where no code is asked for.
    """

    reports: Mapping[str, ReportName]
    second: bool
    codes: tuple[str, ...] = ()


Condition = ColumnElement[bool]
_Asked = TypeVar("_Asked", bound="Select[*tuple[Any, ...]]")


def report_names(connection: Connection, only: Filter) -> Names:
    """What a filter needs to know."""
    rows = connection.execute(
        select(
            ReportEntry.id,
            ReportEntry.title,
            ReportEntry.region,
            ReportEntry.report_year,
            ReportEntry.present,
        )
    )
    combinations = select(ItemEntry.codes).distinct()
    second = select(ItemEntry.key).where(ItemEntry.standing == Standing.SECOND_REVIEW.value).limit(1)
    return Names(
        {row.id: ReportName(row.title, row.region, row.report_year, row.present) for row in rows},
        connection.scalar(second) is not None,
        tuple(connection.scalars(hinted(combinations, "items_by_code"))) if only.code else (),
    )


def region_name(name: ReportName) -> str:
    """A region as a filter calls it."""
    return name.region or UNKNOWN


def year_name(name: ReportName) -> str:
    """A year as a filter calls it."""
    return UNKNOWN if name.year is None else str(name.year)


def condition(only: Filter, names: Names, person: Person, *, but: Collection[str] = ()) -> Condition:
    """What an item has to be to be in a filter.

    Args:
        only: the filter.
        names: the reports.
        person: whose queue it is: what somebody has judged first waits for another, not for them.
        but: facets that are left out.
    """
    found = [part for facet in FACETS if facet not in but and (part := _part(facet, only, names)) is not None]
    passed_over = names.second and Standing.SECOND_REVIEW.value not in only.state
    if "state" not in but and passed_over and only.standings() is not None:
        found.append(
            or_(
                ItemEntry.standing != Standing.SECOND_REVIEW.value,
                ItemEntry.reviewer.is_(None),
                ItemEntry.reviewer != person.name,
            )
        )
    return and_(*found) if found else true()


def _part(facet: str, only: Filter, names: Names) -> Condition | None:
    """What one facet asks."""
    values = only.values(facet)
    if facet == "state":
        standings = only.standings()
        return None if standings is None else ItemEntry.standing.in_(sorted(standings))
    if not values:
        return None
    if facet == "code":
        wanted = [codes for codes in names.codes if not set(values).isdisjoint(codes.split())]
        return ItemEntry.codes.in_(wanted) if wanted else false()
    if facet in {"report", "region", "year"}:
        these = [
            report_id for report_id, name in names.reports.items() if _named(facet, report_id, name) in values
        ]
        return ItemEntry.report_id.in_(these) if these else false()
    column = {"kind": ItemEntry.kind, "type": ItemEntry.record_type, "reviewer": ItemEntry.reviewer}[facet]
    return column.in_(values)


def _named(facet: str, report_id: str, name: ReportName) -> str:
    if facet == "report":
        return report_id
    return region_name(name) if facet == "region" else year_name(name)


ORDERS = {
    Sort.SEVERITY: ("by_severity", "report_id", "start", "key"),
    Sort.STAKES: ("by_stakes", "report_id", "start", "key"),
    Sort.TEXT: ("report_id", "start", "key"),
    Sort.RECENT: ("by_change", "report_id", "start", "key"),
}
"""Every order ends with what tells any two items apart, so that next and previous never skip or repeat one."""
INDEXES = {
    Sort.SEVERITY: "items_by_severity",
    Sort.STAKES: "items_by_stakes",
    Sort.TEXT: "items_by_report",
    Sort.RECENT: "items_by_change",
}


def along(asked: _Asked, only: Filter, index: str) -> _Asked:
    """A query that SQLite is to answer along an index: without having counted its rows it picks worse ones.

    Args:
        asked: of items.
        only: its filter; where it asks for some reports alone, their own index is the better one.
        index: its name.
    """
    if only.report or only.region or only.year:
        return asked
    return hinted(asked, index)


def hinted(asked: _Asked, index: str) -> _Asked:
    """The same, whatever the filter."""
    return asked.with_hint(ItemEntry, f"INDEXED BY {index}", "sqlite")


def columns(sort: Sort) -> list[InstrumentedAttribute[Any]]:
    """The columns of an order, all rising."""
    return [getattr(ItemEntry, name) for name in ORDERS[sort]]


def before(sort: Sort, row: Row) -> Condition:
    """Items that come before one in an order; its row has the columns of the order."""
    return _tuple(sort) < _place(sort, row)


def after(sort: Sort, row: Row) -> Condition:
    """Items that come after one in an order."""
    return _tuple(sort) > _place(sort, row)


def _tuple(sort: Sort) -> Tuple:
    return tuple_(*columns(sort))


def _place(sort: Sort, row: Row) -> Tuple:
    return tuple_(*(literal(getattr(row, name), getattr(ItemEntry, name).type) for name in ORDERS[sort]))
