"""The panel: one row per region, year, indicator, horizon, and target or actual.

    results → candidates → headline of each report → copies joined, contradictions named → rows
              (matching)   (and its alternatives)

Results come grouped by region, and no more than one region is held at a time.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby

from extract.indicators.catalogue import Catalogue
from extract.indicators.matching import Matcher
from extract.results.lean import LeanResult
from extract.tables.columns import changed
from extract.tables.panel_candidates import Candidate, Key, Reader
from extract.tables.panel_missing import missing_rows
from extract.tables.rows import Alternative, PanelRow


def panel_rows(
    results: Iterable[LeanResult], catalogue: Catalogue, *, missing: bool = True
) -> Iterator[PanelRow]:
    """The rows of the panel, by region, report year, indicator, target or actual, and horizon.

    Args:
        results: grouped by region.
        catalogue: the indicators; what is not in it is in no panel.
        missing: also give a row for each headline indicator that a report does not state.
    """
    reader = Reader(_matcher(catalogue))
    for region, group in groupby(results, key=lambda result: result.report.region):
        reports = [_report_rows(result, reader, missing=missing) for result in group]
        rows = [row for report in reports for row in report] if region is None else _joined(reports)
        yield from sorted(rows, key=_order(catalogue))


@lru_cache(maxsize=4)
def _matcher(catalogue: Catalogue) -> Matcher:
    """The same for the same catalogue, since it remembers what it has matched."""
    return Matcher(catalogue)


def _order(catalogue: Catalogue) -> Callable[[PanelRow], tuple[object, ...]]:
    def key(row: PanelRow) -> tuple[object, ...]:
        return (
            row.report_year or 0,
            catalogue.position(row.indicator_id),
            row.claim_type,
            row.horizon,
            row.period or "",
            row.basis or "",
            row.report_id,
        )

    return key


def _report_rows(result: LeanResult, reader: Reader, *, missing: bool) -> list[PanelRow]:
    """The headline of each key of one report, and what is missing."""
    found: dict[Key, list[Candidate]] = {}
    for candidate in reader.candidates(result):
        found.setdefault(candidate.key, []).append(candidate)
    rows = [_headline(candidates) for candidates in found.values()]
    if missing:
        rows += missing_rows(result, reader.matcher.catalogue, found)
    return rows


def _headline(candidates: Sequence[Candidate]) -> PanelRow:
    """The best row of a key, with the others as alternatives in the order of the text."""
    best = min(candidates, key=lambda one: one.rank)
    others = [one.row for one in candidates if one is not best and not _same(one.row, best.row)]
    if not others:
        return best.row
    return changed(best.row, alternatives=tuple(dict.fromkeys(_alternative(row) for row in others)))


def _alternative(row: PanelRow) -> Alternative:
    return Alternative(
        value=row.value,
        upper=row.upper,
        unit=row.unit,
        modifier=row.modifier,
        wording=row.wording or "",
        quote=row.quote or "",
        start=row.start or 0,
        end=row.end or 0,
    )


def _same(one: PanelRow, other: PanelRow) -> bool:
    """Whether two rows say the same of one thing."""
    return _said(one) == _said(other)


def _said(row: PanelRow) -> tuple[object, ...]:
    words = row.wording if row.status == "non_numeric" else None
    return (row.status, row.value, row.upper, row.unit, row.modifier, row.commitment, words)


def _joined(reports: Sequence[Sequence[PanelRow]]) -> list[PanelRow]:
    """The rows of the reports of one region: what copies of a report say alike stands once, what they say
    differently stands beside each other, each with a note.
    """
    by_key: dict[tuple[object, ...], list[PanelRow]] = {}
    for rows in reports:
        for row in rows:
            key = (row.report_year, row.indicator_id, row.claim_type, row.horizon, row.period, row.basis)
            by_key.setdefault(key, []).append(row)
    return [row for rows in by_key.values() for row in (_copies(rows) if len(rows) > 1 else rows)]


def _copies(rows: Sequence[PanelRow]) -> Iterator[PanelRow]:
    """What several reports of one region and year say about one thing."""
    distinct: dict[tuple[object, ...], list[PanelRow]] = {}
    for row in rows:
        distinct.setdefault(_said(row), []).append(row)
    if len(distinct) == 1:
        yield changed(rows[0], also_in=tuple(row.report_id for row in rows[1:]))
        return
    for said, alike in distinct.items():
        others = [row for other, group in distinct.items() if other != said for row in group]
        note = "; ".join(f"{row.report_id}: {_shortly(row)}" for row in others)
        first = alike[0]
        yield changed(
            first,
            also_in=tuple(row.report_id for row in alike[1:]),
            note=f"contradicts 与其他报告不一致: {note}" + (f"; {first.note}" if first.note else ""),
        )


def _shortly(row: PanelRow) -> str:
    return row.wording or row.status
