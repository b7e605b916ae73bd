"""The research tables by their names, and how they follow from each other.

results → panel → tracking ← results (what is outside the catalogue)
results → livelihood
results → projects
"""

from collections.abc import Callable, Iterable
from functools import cached_property

from extract.indicators.catalogue import Catalogue
from extract.results.lean import LeanResult
from extract.tables.livelihood import livelihood_rows
from extract.tables.livelihood_tracking import project_tracking_rows
from extract.tables.panel import panel_rows
from extract.tables.project_rows import LivelihoodRow, ProjectTrackingRow
from extract.tables.rows import IndicatorRow, PanelRow, TrackingRow, UnmatchedRow
from extract.tables.table import table_of
from extract.tables.tracking import tracking_rows
from extract.tables.tracking_unlisted import unlisted_rows

PANEL = table_of(PanelRow, "panel", "面板", "panel")
TRACKING = table_of(TrackingRow, "tracking", "目标与完成", "tracking")
LIVELIHOOD = table_of(LivelihoodRow, "livelihood", "民生实事", "livelihood")
PROJECTS = table_of(ProjectTrackingRow, "projects", "民生实事进展", "projects")
INDICATORS = table_of(IndicatorRow, "indicators", "指标目录", "indicators")
UNMATCHED = table_of(UnmatchedRow, "unmatched", "未匹配的说法", "unmatched")


class Research:
    """The rows of all research tables of some results, each made once, when it is asked for.

    Args:
        read: gives the results, grouped by region; it is called once for each table that is made from them.
        catalogue: the indicators.
    """

    def __init__(self, read: Callable[[], Iterable[LeanResult]], catalogue: Catalogue) -> None:
        self._read = read
        self.catalogue = catalogue

    @cached_property
    def panel(self) -> list[PanelRow]:
        """One row per region, year, indicator, horizon, and target or actual."""
        return list(panel_rows(self._read(), self.catalogue))

    @cached_property
    def tracking(self) -> list[TrackingRow]:
        """Targets beside the actuals of the next report, those of the catalogue first."""
        return [
            *tracking_rows(self.panel, self.catalogue),
            *unlisted_rows(self._read(), self.catalogue),
        ]

    @cached_property
    def livelihood(self) -> list[LivelihoodRow]:
        """Livelihood projects of each report."""
        return list(livelihood_rows(self._read()))

    @cached_property
    def projects(self) -> list[ProjectTrackingRow]:
        """Livelihood projects promised beside what the next report says of them."""
        return list(project_tracking_rows(self._read()))
