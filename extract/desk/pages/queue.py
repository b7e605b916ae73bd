"""The queue: what wants a person, filtered by the address."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import Response

from extract.desk import listing
from extract.desk.access import TheDesk, Who
from extract.desk.admission import Admitting
from extract.desk.bulk import IN_BULK
from extract.desk.facets import FacetCount
from extract.desk.filters import FACETS, Filter, Sort, parse_filter
from extract.desk.model import VERDICTS, ItemRow, Kind, Role, Verdict
from extract.desk.pages.person import shell_for
from extract.desk.pages.shell import go, show

router = APIRouter(route_class=Admitting)
WHOLE = "whole"
"""Names, in the address of the page, a facet of which all values are shown; it is no part of the filter."""
SHORT = 15
"""So many values of a facet are shown by themselves: a store of a thousand reports has a thousand of one facet."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a facet, and the queue with it chosen or left."""

    value: str
    label: str
    count: int
    chosen: bool
    query: str


@dataclass(frozen=True, slots=True)
class Facet:
    """What the queue can be narrowed by.

    Attributes:
        name: one of `FACETS`.
        choices: the most frequent values, or all where that was asked for; those in force are always among them.
        hidden: how many more values there are.
        whole: the queue with all of them shown.
    """

    name: str
    choices: tuple[Choice, ...]
    hidden: int
    whole: str


@dataclass(frozen=True, slots=True)
class Row:
    """One item of the queue.

    Attributes:
        item: the item.
        before, after: its quote around the number in doubt; the number is `item.text` where it was found.
    """

    item: ItemRow
    before: str
    number: str
    after: str


@dataclass(frozen=True, slots=True)
class QueuePage:
    """All that the queue shows.

    Attributes:
        filter: in force.
        query: of the filter.
        rows: of this page.
        total: how many there are.
        facets: what it can be narrowed by, with counts.
        sorts: each order with its query and whether it is in force.
        chips: values in force with the query that leaves them out.
        previous, next: queries of the neighbouring pages.
        bulk: verdicts that the reader may give to all of it at once.
    """

    template: ClassVar[str] = "queue.html"
    filter: Filter
    query: str
    rows: tuple[Row, ...]
    total: int
    page: int
    pages: int
    facets: tuple[Facet, ...]
    sorts: tuple[tuple[Sort, str, bool], ...]
    chips: tuple[tuple[str, str, str, str], ...]
    previous: str | None
    next: str | None
    bulk: tuple[Verdict, ...]


@router.get("/")
def start() -> Response:
    """The queue is where the day begins."""
    return go("/queue")


@router.get("/queue")
def queue(request: Request, desk: TheDesk, person: Who) -> Response:
    """The queue within a filter."""
    asked = request.query_params.multi_items()
    wanted = parse_filter(pair for pair in asked if pair[0] != WHOLE)
    whole = frozenset(value for name, value in asked if name == WHOLE)
    found = listing.queue(desk.store, wanted, person)
    page = queue_page(wanted, found, whole, can_decide=person.role.covers(Role.REVIEWER))
    return show(shell_for(request, desk, person), page)


def queue_page(
    wanted: Filter, found: listing.Queue, whole: Collection[str] = (), *, can_decide: bool
) -> QueuePage:
    """The page for what the store found.

    Args:
        wanted: the filter in force.
        found: its page of the queue.
        whole: facets that are to be shown with all their values.
        can_decide: whether the reader may decide.
    """
    labels = {
        (facet, choice.value): choice.label for facet, choices in found.facets.items() for choice in choices
    }
    return QueuePage(
        filter=wanted,
        query=wanted.query(),
        rows=tuple(_row(row) for row in found.rows),
        total=found.total,
        page=found.page,
        pages=found.pages,
        facets=tuple(
            _facet(wanted, facet, found.facets[facet], whole) for facet in FACETS if found.facets.get(facet)
        ),
        sorts=tuple((sort, wanted.with_sort(sort).query(), sort is wanted.sort) for sort in Sort),
        chips=tuple(
            (facet, value, labels.get((facet, value), value), wanted.toggled(facet, value).query())
            for facet in FACETS
            for value in wanted.values(facet)
        ),
        previous=wanted.with_page(found.page - 1).query() if found.page > 1 else None,
        next=wanted.with_page(found.page + 1).query() if found.page < found.pages else None,
        bulk=_bulk(wanted) if can_decide else (),
    )


def _bulk(wanted: Filter) -> tuple[Verdict, ...]:
    """What can be said of all items at once: of what a filter narrows down to what fits it, else approving."""
    if not wanted.kind:
        return (Verdict.APPROVE,)
    fitting = [VERDICTS[Kind(kind)] for kind in wanted.kind]
    return tuple(one for one in Verdict if one in IN_BULK and all(one in verdicts for verdicts in fitting))


def _facet(wanted: Filter, name: str, counts: Sequence[FacetCount], whole: Collection[str]) -> Facet:
    shown = [one for n, one in enumerate(counts) if n < SHORT or one.chosen or name in whole]
    choices = (
        Choice(one.value, one.label, one.count, one.chosen, wanted.toggled(name, one.value).query())
        for one in shown
    )
    query = urlencode([*wanted.pairs(), *((WHOLE, one) for one in FACETS if one in whole or one == name)])
    return Facet(name, tuple(choices), len(counts) - len(shown), query)


def _row(item: ItemRow) -> Row:
    """The quote cut at the number, so that the number can be marked."""
    at = item.quote.find(item.text) if item.text else -1
    if at < 0:
        return Row(item, item.quote, "", "")
    lead = max(0, at - 60)
    before = ("…" if lead else "") + item.quote[lead:at]
    return Row(item, before, item.text, item.quote[at + len(item.text) :])
