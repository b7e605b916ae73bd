"""The filter of the queue: parsed from an address, written back into one, and nothing that is not on the list."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final
from urllib.parse import urlencode

from extract.desk.model import OPEN, Kind, Standing
from extract.errors import FilterError
from extract.messages import Message

OPEN_STATE: Final = "open"
"""The word for all open standings together, which is what the queue shows by itself."""
ANY_STATE: Final = "any"
UNKNOWN: Final = "unknown"
"""The word for a region or year that the report does not tell."""
PAGE_SIZE: Final = 50
LONGEST_VALUE: Final = 200
LAST_PAGE: Final = 1_000_000


class Sort(StrEnum):
    """The order of the queue."""

    SEVERITY = "severity"
    STAKES = "stakes"
    TEXT = "text"
    RECENT = "recent"


FACETS: Final = ("state", "kind", "code", "type", "report", "region", "year", "reviewer")
"""What can be filtered by, as it is called in addresses; each may be repeated, and then either will do."""
SORT, PAGE = "sort", "page"


@dataclass(frozen=True, slots=True)
class Filter:
    """What of the queue is asked for.

    Attributes:
        state: standings by name, or `open` (also where nothing is given) or `any`.
        kind, code, type, report, region, year, reviewer: any of these values; empty for all.
        sort: the order.
        page: 1 for the first.
    """

    state: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    code: tuple[str, ...] = ()
    type: tuple[str, ...] = ()
    report: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    year: tuple[str, ...] = ()
    reviewer: tuple[str, ...] = ()
    sort: Sort = Sort.SEVERITY
    page: int = 1

    def standings(self) -> frozenset[Standing] | None:
        """The standings that are asked for; None for all."""
        if ANY_STATE in self.state:
            return None
        named = self.state or (OPEN_STATE,)
        one_by_one = frozenset(Standing(name) for name in named if name != OPEN_STATE)
        return one_by_one | OPEN if OPEN_STATE in named else one_by_one

    def undecided(self) -> "Filter":
        """The same without what people have settled, except where the filter names that standing itself."""
        if ANY_STATE not in self.state:
            return self
        named = (name for name in self.state if name != ANY_STATE)
        return replace(self, state=tuple(dict.fromkeys((OPEN_STATE, Standing.VERIFIED.value, *named))))

    def values(self, facet: str) -> tuple[str, ...]:
        """The values given for a facet."""
        found: tuple[str, ...] = getattr(self, facet)
        return found

    def pairs(self) -> list[tuple[str, str]]:
        """The filter as pairs of an address, always in the same order, without what goes without saying."""
        pairs = [(facet, value) for facet in FACETS for value in self.values(facet)]
        if self.sort is not Sort.SEVERITY:
            pairs.append((SORT, self.sort.value))
        if self.page != 1:
            pairs.append((PAGE, str(self.page)))
        return pairs

    def query(self) -> str:
        """The filter as the query of an address, without a question mark; empty where nothing is filtered."""
        return urlencode(self.pairs())

    def toggled(self, facet: str, value: str) -> "Filter":
        """The filter with one value more, or less where it is there already; on the first page.

        Raises:
            FilterError: there is no such facet or value.
        """
        if facet not in FACETS:
            raise FilterError(Message("There is no filter %(name)s.", name=facet))
        had = self.values(facet)
        now = tuple(one for one in had if one != value) if value in had else (*had, value)
        others = [pair for pair in self.pairs() if pair[0] not in {facet, PAGE}]
        return parse_filter([*others, *((facet, one) for one in now)])

    def with_page(self, page: int) -> "Filter":
        """The same on another page."""
        return replace(self, page=page)

    def with_sort(self, sort: Sort) -> "Filter":
        """The same in another order, on the first page."""
        return replace(self, sort=sort, page=1)


def parse_filter(pairs: Iterable[tuple[str, str]]) -> Filter:
    """The filter that an address asks for.

    Args:
        pairs: its query, as names and values.

    Raises:
        FilterError: a name or a value is not on the list; nothing is ever passed on to the store unseen.
    """
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        if name not in (*FACETS, SORT, PAGE):
            raise FilterError(Message("There is no filter %(name)s.", name=repr(name[:40])))
        if not value:
            continue  # an empty field of a form says nothing
        if len(value) > LONGEST_VALUE or "\0" in value:
            raise FilterError(Message("A value of the filter %(name)s is empty.", name=name))
        found.setdefault(name, []).append(value)
    _check("state", found, {OPEN_STATE, ANY_STATE, *Standing})
    _check("kind", found, set(Kind))
    for value in found.get("year", ()):
        if value != UNKNOWN and not (value.isascii() and value.isdigit() and len(value) == 4):
            raise FilterError(Message("%(value)s is not a year.", value=repr(value)))
    return Filter(
        **{facet: tuple(dict.fromkeys(found.get(facet, ()))) for facet in FACETS},
        sort=_sort(found.get(SORT, [])),
        page=_page(found.get(PAGE, [])),
    )


def _check(facet: str, found: dict[str, list[str]], known: set[str]) -> None:
    for value in found.get(facet, ()):
        if value not in known:
            raise FilterError(
                Message(
                    "%(value)s is not a value of the filter %(facet)s.", facet=facet, value=repr(value[:40])
                )
            )


def _sort(values: list[str]) -> Sort:
    if not values:
        return Sort.SEVERITY
    try:
        return Sort(values[-1])
    except ValueError as error:
        raise FilterError(
            Message("The queue cannot be sorted by %(name)s.", name=repr(values[-1][:40]))
        ) from error


def _page(values: list[str]) -> int:
    if not values:
        return 1
    text = values[-1]
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:10]) <= LAST_PAGE):
        raise FilterError(Message("%(value)s is not a page number.", value=repr(text[:40])))
    return int(text)
