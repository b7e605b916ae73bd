"""Wordings that no indicator of the catalogue stands for, counted; and the catalogue itself as a table."""

from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import groupby

from extract.indicators.catalogue import Catalogue
from extract.indicators.matching import Matcher
from extract.results.lean import LeanResult
from extract.tables.rows import IndicatorRow, UnmatchedRow
from schemas.record import State

_KEY = tuple[str, str | None, str]
"""Wording, unit, kind."""
_SAID = tuple[_KEY, str | None, Decimal]
"""With a period and a value."""


def unmatched_rows(results: Iterable[LeanResult], catalogue: Catalogue) -> list[UnmatchedRow]:
    """Every wording, unit and kind without an indicator, the most frequent first; ranks are left out.

    Args:
        results: read once; the reports of one region and year, one after the other, count together: what several
            of them say alike counts once.
        catalogue: the indicators.
    """
    matcher = Matcher(catalogue)
    numbers: Counter[_KEY] = Counter()
    reports: Counter[_KEY] = Counter()
    first: dict[_KEY, str] = {}
    for of_one, group in groupby(
        results, key=lambda result: (result.report.region, result.report.report_year)
    ):
        together: Counter[_SAID] = Counter()
        for result in group:
            said = Counter(_unmatched(result, matcher))
            for what, _, _ in said:
                first.setdefault(what, result.report.id)
            if None in of_one:
                _count(said, numbers, reports)
            else:
                together |= said
        _count(together, numbers, reports)
    rows = [
        UnmatchedRow(
            wording=key[0],
            unit=key[1],
            kind=key[2],
            reports=reports[key],
            numbers=count,
            confused_with="; ".join(matcher.confusable(key[0])),
            example=first[key],
        )
        for key, count in numbers.items()
    ]
    return sorted(rows, key=lambda row: (-row.reports, -row.numbers, row.wording, row.unit or "", row.kind))


def _unmatched(result: LeanResult, matcher: Matcher) -> Iterator[_SAID]:
    """What a report says without an indicator."""
    for record in result.records:
        if record.state is State.REJECTED:
            continue
        for figure in record.figures:
            if figure.kind != "rank" and not matcher.matches(record.indicator, figure, result.report.region):
                yield (record.indicator, figure.unit, figure.kind), figure.period, figure.value


def _count(said: Counter[_SAID], numbers: Counter[_KEY], reports: Counter[_KEY]) -> None:
    """Add what one report says, or several copies of it."""
    reports.update({key for key, _, _ in said})
    for (key, _, _), count in said.items():
        numbers[key] += count


def indicator_rows(catalogue: Catalogue) -> Iterator[IndicatorRow]:
    """The catalogue, in its order."""
    for one in catalogue.indicators:
        yield IndicatorRow(
            id=one.id,
            zh=one.zh,
            en=one.en,
            measure=one.measure,
            unit="; ".join(one.every_unit),
            sense=one.sense,
            core=one.core,
            names="; ".join((*one.names, *one.loose)),
            confused_with="; ".join(one.confused_with),
        )
