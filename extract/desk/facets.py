"""How many items each value of each facet of the queue has.

Each pass over the items counts several facets at once: it leaves their own choices out of its condition, and what they
do not let through is left out here.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from extract.desk.filters import ANY_STATE, FACETS, OPEN_STATE, Filter
from extract.desk.labels import report_labels
from extract.desk.model import OPEN, Person
from extract.desk.scope import NOBODY, Names, along, condition, hinted, region_name, year_name
from extract.desk.tables import ItemEntry

OF_GROUPS = ("kind", "code", "type")
OF_REPORTS = ("report", "region", "year")
"""Facets that are counted in one pass each: few values, so that their combinations are few as well."""
GROUPED = (ItemEntry.standing, ItemEntry.kind, ItemEntry.codes, ItemEntry.record_type)
NONE = ""
"""Items without a type or a reviewer; they are no value of the facet."""
Counts = dict[str, Counter[str]]


@dataclass(frozen=True, slots=True)
class FacetCount:
    """One value that the queue can be filtered by.

    Attributes:
        value: as the address has it.
        label: for people; the title of a report, else the value.
        count: items with it that all *other* facets of the filter let through.
        chosen: whether the filter has it.
    """

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class FacetCounts:
    """The counts of a filter.

    Attributes:
        total: items in the filter.
        facets: counts by facet, most frequent first; of `state` also `open` and `any`.
    """

    total: int
    facets: Mapping[str, tuple[FacetCount, ...]]


def facet_counts(connection: Connection, only: Filter, names: Names, person: Person) -> FacetCounts:
    """How many items each value of each facet has, where all other facets of the filter hold.

    Args:
        connection: to the store.
        only: the filter.
        names: of the reports, as `extract.desk.scope.report_names` gives them.
        person: whose queue.
    """
    counts: Counts = {facet: Counter() for facet in FACETS}
    total = _count_groups(counts, connection, only, names, person)
    others = condition(only, names, person, but=OF_REPORTS)
    asked = select(ItemEntry.report_id, func.count()).where(others)
    by_report = asked.group_by(ItemEntry.standing, ItemEntry.report_id)
    for report_id, count in connection.execute(hinted(by_report, "items_counted_1")):
        name = names.reports.get(report_id, NOBODY)
        values = {"report": [report_id], "region": [region_name(name)], "year": [year_name(name)]}
        _count(counts, values, _missed(only, values), count)
    alone = {"reviewer": (ItemEntry.reviewer, "items_counted_2")}
    if only.standings() is not None:
        alone["state"] = (ItemEntry.standing, "items_counted_0")
    for facet, (column, index) in alone.items():
        others = condition(only, names, person, but=(facet,))
        groups = dict.fromkeys((ItemEntry.standing, column))
        by_value = select(column, func.count()).where(others).group_by(*groups)
        for value, count in connection.execute(along(by_value, only, index)):
            counts[facet][value or NONE] += count
    for counter in counts.values():
        counter.pop(NONE, None)
    return FacetCounts(total, {facet: _sorted(facet, counts[facet], only, names) for facet in FACETS})


def _count_groups(counts: Counts, connection: Connection, only: Filter, names: Names, person: Person) -> int:
    """Count kind, code and type, and state where it is not asked for; gives how many items the filter has."""
    others = condition(only, names, person, but=OF_GROUPS)
    asked = select(*GROUPED, func.count()).where(others).group_by(*GROUPED)
    total = 0
    for standing, kind, codes, record_type, count in connection.execute(
        along(asked, only, "items_counted_0")
    ):
        values = {"kind": [kind], "code": codes.split(), "type": [record_type or NONE]}
        missed = _missed(only, values)
        _count(counts, values, missed, count)
        if not missed:
            total += count
            counts["state"][standing] += count if only.standings() is None else 0
    return total


def _missed(only: Filter, values: Mapping[str, Sequence[str]]) -> list[str]:
    """The facets that do not let these values through."""
    return [
        facet
        for facet, had in values.items()
        if only.values(facet) and set(had).isdisjoint(only.values(facet))
    ]


def _count(counts: Counts, values: Mapping[str, Sequence[str]], missed: Sequence[str], count: int) -> None:
    """Count values for each facet that all others let through."""
    for facet, had in values.items():
        if not missed or missed == [facet]:
            for value in had:
                counts[facet][value] += count


def _sorted(facet: str, counts: Counter[str], only: Filter, names: Names) -> tuple[FacetCount, ...]:
    chosen = only.values(facet)
    if facet == "state":
        chosen = chosen or (OPEN_STATE,)
        counts = counts + Counter(
            {OPEN_STATE: sum(counts[state] for state in OPEN), ANY_STATE: counts.total()}
        )
    values = [*counts, *(value for value in chosen if value not in counts)]
    labels: Mapping[str, str] = {}
    if facet == "report":
        labels = report_labels((key, one.title, one.region, one.year) for key, one in names.reports.items())
    found = [
        FacetCount(
            value,
            labels.get(value, value),
            counts[value],
            value in chosen,
        )
        for value in values
    ]
    return tuple(sorted(found, key=lambda one: (-one.count, one.value)))
