"""Livelihood projects promised in one year's report beside what the next report says of them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from extract.checks.comparison import unit_key
from extract.checks.similarity import similarity
from extract.results.lean import LeanFigure, LeanRecord, LeanResult
from extract.tables.livelihood import livelihood_rows, of_whole_list
from extract.tables.livelihood_words import category_of
from extract.tables.project_rows import LivelihoodRow, ProjectOutcome, ProjectTrackingRow
from extract.tables.states import reviewers, weaker
from schemas.record import State

ALIKE = 0.6
"""From this similarity on two names are taken for one project, as far as their units and fields agree."""


@dataclass(frozen=True, slots=True)
class _Reported:
    record: LeanRecord
    figure: LeanFigure
    report_id: str


def project_tracking_rows(results: Iterable[LeanResult]) -> Iterator[ProjectTrackingRow]:
    """Every project promised for a year whose region has a report of the next year, beside the report on it.

    Args:
        results: grouped by region, the reports of a region in the order of their years.
    """
    for region, group in groupby(results, key=lambda result: result.report.region):
        reports = list(group) if region is not None else []
        of_years: dict[int, list[LeanResult]] = {}
        for one in reports:
            if one.report.report_year is not None:
                of_years.setdefault(one.report.report_year, []).append(one)
        for year, promises in of_years.items():
            if year + 1 in of_years:
                yield from _rows(year, promises, of_years[year + 1])


def _rows(
    year: int, promises: Sequence[LeanResult], following: Sequence[LeanResult]
) -> Iterator[ProjectTrackingRow]:
    promised = [
        row
        for row in livelihood_rows(promises)
        if row.status == "planned" and row.year == year and not of_whole_list(row)
    ]
    reported = _once(one for later in following for one in _reported(later, year))
    unread = any(chunk.status == "failed" for later in following for chunk in later.chunks) or not any(
        later.completeness.has_review for later in following
    )
    pairs = _paired(promised, reported)
    for n, row in enumerate(promised):
        found = pairs.get(n)
        yield _row(row, year, *(found or (None, None)), unread=unread)


def _reported(result: LeanResult, year: int) -> Iterator[_Reported]:
    """What a report says was done in a year, livelihood project or not."""
    for record in result.records:
        done = record.type == "achievement" or record.status in ("completed", "under_way")
        if not done or record.state is State.REJECTED:
            continue
        for figure in record.figures:
            if figure.kind in ("level", "share") and figure.period == str(year):
                yield _Reported(record, figure, result.report.id)


def _once(reported: Iterable[_Reported]) -> list[_Reported]:
    """Without what a copy of the report says, too."""
    found: dict[tuple[object, ...], _Reported] = {}
    for one in reported:
        figure = one.figure
        said = (
            one.record.indicator,
            one.record.status,
            figure.value,
            figure.upper,
            figure.unit,
            figure.modifier,
        )
        earlier = found.setdefault(said, one)
        if earlier.report_id == one.report_id and earlier is not one:  # said twice by one report
            found[(*said, figure.start)] = one
    return list(found.values())


def _paired(
    promised: Sequence[LivelihoodRow], reported: Sequence[_Reported]
) -> dict[int, tuple[_Reported, float]]:
    """The likest pairs first; each promise and each report is in one pair at most."""
    ranked = sorted(
        (
            (-alike, n, m)
            for n, row in enumerate(promised)
            for m, one in enumerate(reported)
            if (alike := _alike(row, one)) >= ALIKE
        )
    )
    pairs: dict[int, tuple[_Reported, float]] = {}
    taken: set[int] = set()
    for alike, n, m in ranked:
        if n not in pairs and m not in taken:
            pairs[n] = (reported[m], -alike)
            taken.add(m)
    return pairs


def _alike(row: LivelihoodRow, one: _Reported) -> float:
    if row.unit is not None and unit_key(row.unit) != unit_key(one.figure.unit):
        return 0.0
    fields = category_of(row.project), category_of(one.record.indicator)
    if None not in fields and fields[0] != fields[1]:
        return 0.0
    return similarity(row.project, one.record.indicator)


def _row(
    row: LivelihoodRow, year: int, found: _Reported | None, alike: float | None, *, unread: bool
) -> ProjectTrackingRow:
    figure = found.figure if found else None
    difference = figure.value - row.quantity if figure and row.quantity is not None else None
    return ProjectTrackingRow(
        region_code=row.region_code,
        region=row.region,
        year=year,
        item=row.item,
        project=row.project,
        category=row.category,
        promised=row.quantity,
        unit=row.unit,
        promised_modifier=row.modifier,
        reported_project=found.record.indicator if found else None,
        reported=figure.value if figure else None,
        reported_modifier=figure.modifier if figure else None,
        difference=difference,
        similarity=None if alike is None else round(alike, 2),
        status=_status(found, difference, unread=unread),
        promised_quote=row.quote,
        promised_start=row.start,
        promised_end=row.end,
        promised_report=row.report_id,
        reported_quote=found.record.evidence.quote if found else None,
        reported_start=figure.start if figure else None,
        reported_end=figure.end if figure else None,
        reported_report=found.report_id if found else None,
        state=weaker(row.state, found.record.state.value if found else None),
        reviewer=reviewers(row.reviewer, found.record.reviewer if found else None),
        edited=row.edited or (found is not None and found.record.edited),
    )


def _status(found: _Reported | None, difference: Decimal | None, *, unread: bool) -> ProjectOutcome:
    if found is None:
        return "failed" if unread else "not_reported"
    if found.record.status == "under_way":
        return "under_way"
    if difference is None:
        return "reported"
    return "completed" if difference >= 0 else "partly"
