"""The charts of the page: which ones, and as SVG that takes its colours from the page."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from itertools import islice

from extract.charts import render
from extract.charts.choosing import for_livelihood, for_regions, for_trend
from extract.charts.livelihood import livelihood
from extract.charts.marks import Link, Spec
from extract.charts.regions import regions
from extract.charts.theme import Lang
from extract.charts.trend import trend
from extract.page.model import Picture
from extract.tables.research import Research

MOST_COMPARED, MOST_TRENDS, MOST_LIVELIHOOD = 4, 3, 3
FEWEST = 2
"""Regions; fewer are no comparison."""
BASE = re.compile(r'xlink:href="https?://[^"#]*#')
"""What Vega puts in front of a link within the page."""

Drawing = Callable[[Lang], Spec]


def draw(research: Research, link: Link) -> Iterator[Picture]:
    """Charts of the tables: regions side by side, regions over the years, livelihood projects.

    Args:
        research: the tables.
        link: where the mark of a row leads.
    """
    drawings = (
        *islice(_compared(research, link), MOST_COMPARED),
        *islice(_followed(research, link), MOST_TRENDS),
        *islice(_promised(research), MOST_LIVELIHOOD),
    )
    for drawing in drawings:
        yield Picture(zh=_inline(drawing("zh")), en=_inline(drawing("en")))


def _compared(research: Research, link: Link) -> Iterator[Drawing]:
    """The targets of the latest year that most regions state."""
    targets = {
        (row.year or 0, row.indicator_id, row.region)
        for row in research.panel
        if row.value is not None and row.horizon == "annual" and row.claim_type == "target"
    }
    latest = max((year for year, _, _ in targets), default=0)
    times = Counter(indicator for year, indicator, _ in targets if year == latest)
    for indicator in sorted(times, key=lambda one: (-times[one], research.catalogue.position(one))):
        if times[indicator] >= FEWEST:

            def drawing(lang: Lang, indicator: str = indicator) -> Spec:
                return regions(*for_regions(research.panel, indicator, latest, "both", lang), lang, link)

            yield drawing


def _followed(research: Research, link: Link) -> Iterator[Drawing]:
    """Regions whose targets are followed by a report of the next year."""
    times = Counter(row.region for row in research.tracking if row.actual is not None and row.region)
    for region in sorted(times, key=lambda one: (-times[one], one)):

        def drawing(lang: Lang, region: str = region) -> Spec:
            return trend(*for_trend(research.panel, [region], [], lang), lang, link)

        yield drawing


def _promised(research: Research) -> Iterator[Drawing]:
    """Livelihood projects that are followed by a report of the next year."""
    times = Counter((row.region, row.year) for row in research.projects if row.region)
    for region, year in sorted(times, key=lambda one: (-times[one], one)):

        def drawing(lang: Lang, region: str = region, year: int = year) -> Spec:
            return livelihood(for_livelihood(research.projects, region, year), lang)

        yield drawing


def _inline(spec: Spec) -> str:
    """A chart as a part of the page: links stay within it, and its paper is that of the page."""
    drawn = render.svg(spec | {"config": spec["config"] | {"background": None}})
    return BASE.sub('xlink:href="#', drawn)
