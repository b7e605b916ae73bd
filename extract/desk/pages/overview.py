"""The overview: progress, flags by code, agreement, reports and regions, drawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from fastapi import APIRouter, Request
from fastapi.responses import Response

from extract.desk import overview as figures
from extract.desk.access import TheDesk, Who
from extract.desk.admission import Admitting
from extract.desk.filters import ANY_STATE, UNKNOWN, Filter
from extract.desk.labels import report_labels
from extract.desk.pages import charts
from extract.desk.pages.charts import Bar, Days, Scale
from extract.desk.pages.person import shell_for
from extract.desk.pages.shell import show

router = APIRouter(route_class=Admitting)
MOST_REPORTS = 40
"""So many reports are drawn; a store of a thousand has them all on a page of their own."""


@dataclass(frozen=True, slots=True)
class Line:
    """One labelled bar of a chart and the queue behind it."""

    label: str
    bar: Bar
    query: str


@dataclass(frozen=True, slots=True)
class OverviewPage:
    """All that the overview shows.

    Attributes:
        figures: the numbers as they are.
        ring: all items by where they stand.
        codes, reports, regions, reviewers: labelled bars; of reports those that were flagged, the most open ones.
        more_reports: how many more reports there are.
        days: decisions by day.
        scale: agreement; None where nothing was reviewed twice.
    """

    template: ClassVar[str] = "overview.html"
    figures: figures.Overview
    ring: Bar
    codes: tuple[Line, ...]
    reports: tuple[Line, ...]
    more_reports: int
    regions: tuple[Line, ...]
    reviewers: tuple[Line, ...]
    days: Days
    scale: Scale | None


@router.get("/overview")
def overview(request: Request, desk: TheDesk, person: Who) -> Response:
    """Where the whole work stands."""
    return show(shell_for(request, desk, person), overview_page(figures.overview(desk.store)))


def overview_page(found: figures.Overview) -> OverviewPage:
    """The page for the figures of the store."""
    codes = [(row.code, {"open": row.open, "approved": row.decided}) for row in found.by_code]
    regions = [
        (row, {"open": row.open, "approved": row.decided}) for row in found.regions if row.open + row.decided
    ]
    labels = report_labels((row.id, row.title, row.region, row.report_year) for row in found.reports)
    flagged = (row for row in found.reports if row.open + row.decided)
    most_open = sorted(flagged, key=lambda row: -row.open)[:MOST_REPORTS]
    reports = [(row, charts.grouped(row.counts) | {"verified": 0}) for row in most_open]
    people = [
        (
            row,
            {"approved": row.approve, "corrected": row.correct, "rejected": row.reject, "other": row.other},
        )
        for row in found.reviewers
    ]
    return OverviewPage(
        figures=found,
        ring=charts.ring(found.by_standing),
        codes=tuple(
            Line(code, _bar(counts, codes), Filter(state=(ANY_STATE,), code=(code,)).query())
            for code, counts in codes
        ),
        reports=tuple(
            Line(
                labels[row.id],
                _bar(counts, reports),
                Filter(state=(ANY_STATE,), report=(row.id,)).query(),
            )
            for row, counts in reports
        ),
        more_reports=len(found.reports) - len(reports),
        regions=tuple(
            Line(
                row.region or UNKNOWN,
                _bar(counts, regions),
                Filter(state=(ANY_STATE,), region=(row.region or UNKNOWN,)).query(),
            )
            for row, counts in regions
        ),
        reviewers=tuple(
            Line(row.name, _bar(counts, people), Filter(state=(ANY_STATE,), reviewer=(row.name,)).query())
            for row, counts in people
        ),
        days=charts.days(found.days),
        scale=charts.kappa_scale(found.agreement.kappa) if found.agreement.kappa is not None else None,
    )


def _bar(counts: dict[str, int], lines: Sequence[tuple[object, dict[str, int]]]) -> Bar:
    return charts.bar(counts, charts.widest(one for _, one in lines))
