"""Wordings that no indicator of the catalogue stands for, counted; and the catalogue itself as a table."""

from collections import Counter
from collections.abc import Iterable, Iterator

from extract.indicators.catalogue import Catalogue
from extract.indicators.matching import Matcher
from extract.results.lean import LeanResult
from extract.tables.rows import IndicatorRow, UnmatchedRow

_KEY = tuple[str, str | None, str]


def unmatched_rows(results: Iterable[LeanResult], catalogue: Catalogue) -> list[UnmatchedRow]:
    """Every wording, unit and kind without an indicator, the most frequent first; ranks are left out.

    Args:
        results: read once.
        catalogue: the indicators.
    """
    matcher = Matcher(catalogue)
    numbers: Counter[_KEY] = Counter()
    reports: Counter[_KEY] = Counter()
    last: dict[_KEY, str] = {}
    first: dict[_KEY, str] = {}
    for result in results:
        for record in result.records:
            for figure in record.figures:
                if figure.kind == "rank" or matcher.matches(record.indicator, figure, result.report.region):
                    continue
                key = (record.indicator, figure.unit, figure.kind)
                numbers[key] += 1
                first.setdefault(key, result.report.id)
                if last.get(key) != result.report.id:
                    last[key] = result.report.id
                    reports[key] += 1
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
