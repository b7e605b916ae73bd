"""The panel: one row per region, year, indicator, horizon, and target or actual.

    results → candidates → headline of each report → copies joined, contradictions named → rows
              (matching)   (and its alternatives)

Results come by region and year, and no more than one report is held at a time.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby

import msgspec

from extract.indicators.catalogue import Catalogue
from extract.indicators.matching import Matcher
from extract.results.lean import LeanResult
from extract.tables.panel_candidates import Candidate, Reader
from extract.tables.panel_copies import Together, key_of, said
from extract.tables.panel_found import Key
from extract.tables.panel_missing import missing_rows
from extract.tables.rows import Alternative, Basis, PanelRow

_BASES: tuple[Basis | None, ...] = ("average", "total", None)


def panel_rows(
    results: Iterable[LeanResult], catalogue: Catalogue, *, missing: bool = True
) -> Iterator[PanelRow]:
    """The rows of the panel, by region, report year, indicator, target or actual, and horizon.

    Args:
        results: grouped by region and report year.
        catalogue: the indicators; what is not in it is in no panel.
        missing: also give a row for each headline indicator that a report does not state.
    """
    for _, group in groupby(results, key=_joined_by):
        yield from in_order(joined(group, catalogue, missing=missing), catalogue)


def joined(results: Iterable[LeanResult], catalogue: Catalogue, *, missing: bool) -> Together:
    """What reports of one region and year state together; arguments as in `panel_rows`."""
    reader = reader_of(catalogue)
    together = Together()
    for result in results:
        together.take_in(_report_rows(result, reader, missing=missing))
    return together


def in_order(together: Together, catalogue: Catalogue) -> Iterator[PanelRow]:
    """The rows of one region and year as the panel has them."""
    return together.rows(lambda key: (catalogue.position(key[0]), *key[1:4], key[4] or ""))


def _joined_by(result: LeanResult) -> tuple[str | int | None, ...]:
    """Region and year; a report without a region stands alone."""
    report = result.report
    return (report.region, report.report_year) if report.region else (None, report.report_year, report.id)


@lru_cache(maxsize=4)
def reader_of(catalogue: Catalogue) -> Reader:
    """The same for the same catalogue, since it remembers what it has matched."""
    return Reader(Matcher(catalogue))


def _report_rows(result: LeanResult, reader: Reader, *, missing: bool) -> list[PanelRow]:
    """The headline of each key of one report, and what is missing."""
    found: dict[Key, list[Candidate]] = {}
    for candidate in reader.candidates(result):
        found.setdefault(key_of(candidate.row), []).append(candidate)
    _with_numbers(found)
    rows = [_headline(_own_numbers(candidates)) for candidates in found.values()]
    if missing:
        rows += missing_rows(result, reader.matcher, found)
    return rows


def _with_numbers(found: dict[Key, list[Candidate]]) -> None:
    """Put what gives no number beside what is said of the same years, a number first: one headline for both."""
    for key in [one for one in found if not _has_number(found[one])]:
        same = [other for basis in _BASES if (other := (*key[:4], basis)) in found and other != key]
        same.sort(key=lambda other: not _has_number(found[other]))
        if same:
            found[same[0]] += found.pop(key)


def _has_number(candidates: Sequence[Candidate]) -> bool:
    return any(one.row.status == "stated" for one in candidates)


def _own_numbers(candidates: Sequence[Candidate]) -> Sequence[Candidate]:
    """All but the distances, where the report gives a number of the indicator itself."""
    if _has_number(candidates):
        return [one for one in candidates if not one.distance]
    return candidates


def _headline(candidates: Sequence[Candidate]) -> PanelRow:
    """The best row of a key, with the others as alternatives in the order of the text."""
    best = min(candidates, key=lambda one: one.rank)
    if len(candidates) == 1:
        return best.row
    says = said(best.row)
    others = [one.row for one in candidates if one is not best and said(one.row) != says]
    if not others:
        return best.row
    return msgspec.structs.replace(
        best.row, alternatives=tuple(dict.fromkeys(_alternative(row) for row in others))
    )


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
