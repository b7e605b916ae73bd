"""Targets beside actuals outside the catalogue: what two successive reports call by the same words.

results → wordings that a report plans with and the next reports with → a catalogue of them → panel → tracking
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Final

from extract.claims.judgements import is_harm
from extract.claims.phrases import is_relational
from extract.indicators.catalogue import Catalogue, Indicator, Measure
from extract.indicators.matching import Matcher
from extract.indicators.templates import folded, plain
from extract.results.lean import LeanFigure, LeanRecord, LeanResult
from extract.tables.clauses import clause_around, one_line
from extract.tables.panel import panel_rows
from extract.tables.rows import TrackingRow
from extract.tables.tracking import Tolerances, tracking_rows
from schemas.record import State

NOTE: Final = "目录外，按相同用语配对 / outside the catalogue, paired by the same words"
_SHORTEST = 4
"""A wording of fewer characters (投资额, 项目) may be of anything."""
_EACH = re.compile("(?<![亩人户平年月日])均|都")
_LIST = re.compile("[、和与及]")
_SHARED_LETTERS = 2
_SHARES = frozenset({"%", "‰"})

_Key = tuple[str, Measure, str | None]
"""Folded wording, measure, unit."""


def unlisted_rows(
    results: Iterable[LeanResult], catalogue: Catalogue, tolerances: Tolerances | None = None
) -> Iterator[TrackingRow]:
    """Every annual target outside the catalogue whose wording, unit and year the next report has, too, once each.

    More counts as better, save of what does harm; such a row has no indicator id.

    Args:
        results: grouped by region.
        catalogue: what it knows is left to `tracking_rows`.
        tolerances: what 左右 allows.
    """
    matcher = Matcher(catalogue)
    for region, group in groupby(results, key=lambda result: result.report.region):
        reports = list(group) if region is not None else []
        shared = _shared(reports)
        own = Catalogue(
            (
                _indicator(n, key, name)
                for n, (key, name) in enumerate(shared.items())
                if not matcher.names(name, region)
            ),
            (),
            (),
        )
        if not own.indicators:
            continue
        for row in tracking_rows(panel_rows(reports, own, missing=False), own, tolerances):
            if row.actual is not None:
                note = f"{NOTE}; {row.note}" if row.note else NOTE
                yield replace(row, indicator_id=None, note=note)


def _indicator(number: int, key: _Key, name: str) -> Indicator:
    _, measure, unit = key
    return Indicator(
        id=f"unlisted_{number}",
        zh=name,
        en=name,
        measure=measure,
        unit=unit or "",
        sense="lower" if is_harm(name) and measure != "reduction" else "higher",
        names=(name,),
    )


def _shared(reports: Sequence[LeanResult]) -> dict[_Key, str]:
    """Wordings of targets for a year that the next report has of that year, in the order of the text."""
    found: dict[_Key, str] = {}
    for report in reports:
        year = report.report.report_year
        following = [one for one in reports if year is not None and one.report.report_year == year + 1]
        if year is None or not following:
            continue
        reached = {key for one in following for key in _once(one, "achievement", year)}
        found |= {key: name for key, name in _once(report, "goal", year).items() if key in reached}
    return found


def _once(result: LeanResult, record_type: str, year: int) -> dict[_Key, str]:
    """The wordings with one number each for a year; a wording with several numbers does not say which is meant."""
    values: dict[_Key, set[object]] = {}
    names: dict[_Key, str] = {}
    for record in result.records:
        if record.type != record_type or record.state is State.REJECTED:
            continue
        for figure in record.figures:
            measure = _measure(figure)
            if measure is None or figure.period != str(year) or figure.confidence == "unsure":
                continue
            for name in filter(_telling, _names(record, figure)):
                key = (folded(name), measure, figure.unit)
                said = values.setdefault(key, set())
                said.add((figure.value, figure.upper))
                if _modifier_left_out(record, figure):
                    said.add(None)  # so it is not known what is counted
                names[key] = name
    return {key: name for key, name in names.items() if len(values[key]) == 1}


def _names(record: LeanRecord, figure: LeanFigure) -> list[str]:
    """What a number is of: with 均 of each thing that its wording lists."""
    if not _EACH.search(_lead(record, figure)):
        return [record.indicator]
    return [record.indicator, *_LIST.split(record.indicator)]


def _modifier_left_out(record: LeanRecord, figure: LeanFigure) -> bool:
    """Whether what stands before the first thing of a list is meant of this one, too: 建成山区示范镇5个、示范村9个."""
    *earlier, own = _LIST.split(_lead(record, figure))
    verb = record.indicator.removesuffix(own)
    if not earlier or len(own) < _SHARED_LETTERS or verb == record.indicator:
        return False
    return earlier[0].removeprefix(verb).find(own[:_SHARED_LETTERS]) > 0


def _lead(record: LeanRecord, figure: LeanFigure) -> str:
    """The words of its clause before a number."""
    quote, at = record.evidence.quote, figure.start - record.evidence.start
    first, _ = clause_around(quote, at, at)
    return one_line(quote[first:at])


def _telling(wording: str) -> bool:
    """Whether a wording names a thing by itself and can be the name of an indicator."""
    return len(folded(wording)) >= _SHORTEST and plain(wording) and not is_relational(wording)


def _measure(figure: LeanFigure) -> Measure | None:
    if figure.kind == "level":
        return "level"
    if figure.unit not in _SHARES:
        return None
    if figure.kind == "change":
        return "reduction" if figure.direction == "decrease" else "growth"
    return "rate" if figure.kind == "share" else None
