"""What of one result can stand in the panel: each figure or numberless statement with its indicator."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from extract.indicators.distances import RATE_UNITS, compared
from extract.indicators.matching import Match, Matcher, Reading, fitting
from extract.indicators.numberless import Statement, headlines, statements
from extract.results.lean import LeanFigure, LeanRecord, LeanResult
from extract.tables import clauses
from extract.tables.panel_found import Found, row_of, shared_row
from extract.tables.price_index import rate_of_index
from extract.tables.rows import PanelRow
from schemas.record import State

_MOST_KNOWN = 50_000
_HEADLINE_COMPANY = 2
"""A loose name is believed beside so many numbers of indicators in one sentence."""
_ROLES = {
    "target": {"plan_year": 0, "livelihood": 1, "plan_span": 2},
    "actual": {"review_year": 0, "review_span": 1, "livelihood": 1},
}


class Candidate(NamedTuple):
    """A row that a report may have, and how well it stands for the report; a lower rank is better.

    A distance stands only where the report gives no number of the indicator itself.
    """

    row: PanelRow
    rank: tuple[object, ...]
    distance: bool


class Reader:
    """Reads results into candidates.

    Args:
        matcher: knows the catalogue.
    """

    def __init__(self, matcher: Matcher) -> None:
        self.matcher = matcher
        self._statements = lru_cache(maxsize=1)(
            self._read_statements
        )  # the records of a sentence come together
        self._known: dict[str, bool] = {}

    def wanted(self, indicator: str, region: str | None) -> bool:
        """Whether a record with this indicator can have a row; `region` is the report's."""
        known = self._known.get(indicator)
        if known is None:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            known = self._known[indicator] = self._named(indicator, None)
        return known or (region is not None and region[:1] in indicator and self._named(indicator, region))

    def _named(self, indicator: str, region: str | None) -> bool:
        return any(self.matcher.names(words, region) for words in (indicator, compared(indicator)))

    def candidates(self, result: LeanResult) -> Iterator[Candidate]:
        """Every candidate of a result, in the order of its records; rejected records have none."""
        region = result.report.region
        found: list[Found] = []
        for record in result.records:
            if record.state is State.REJECTED:
                continue
            names = self.matcher.names(record.indicator, region)
            matched = list(self._matched(record, names, region)) if names else []  # most records have none
            found += matched or self._distances(record, region)
        company: dict[tuple[int, int], set[str]] = {}
        for one in found:
            if one.how != "loose" and not one.distance:
                place = (one.record.evidence.start, one.record.evidence.end)
                company.setdefault(place, set()).add(one.indicator.id)
        roles = _Roles(result)
        shared = shared_row(result)
        for one in found:
            place = (one.record.evidence.start, one.record.evidence.end)
            beside = len(company.get(place, ()))
            if one.how == "loose" and one.figure is not None and beside < _HEADLINE_COMPANY:
                continue
            row = row_of(one, shared, result)
            if row is not None:
                rank = _rank(one, row, beside, roles.at(row.start or 0))
                yield Candidate(row, rank, one.distance)

    def _matched(self, record: LeanRecord, names: Sequence[Reading], region: str | None) -> Iterator[Found]:
        for written in record.figures:
            rate = rate_of_index(record.indicator, written)
            figure = rate or written
            for match in fitting(names, record.indicator, figure):
                if match.doubt and _dealt_out(record, figure):
                    continue
                doubt = _doubt(match, figure, of_index=rate is not None)
                yield Found(record, match.indicator, match.how, match.dropped, doubt, figure, None)
        if not record.figures:
            ids = {name.indicator.id for name, _, _ in names}
            for one in self._statements(record.evidence.quote, region):
                for indicator in one.indicators:
                    if indicator.id in ids and record.indicator in clauses.one_line(one.subject):
                        how = "loose" if one.loose else "alias"
                        yield Found(record, indicator, how, "", "", None, one)

    def _read_statements(self, quote: str, region: str | None) -> tuple[Statement, ...]:
        return tuple(statements(quote, self.matcher, region))

    def _distances(self, record: LeanRecord, region: str | None) -> Iterator[Found]:
        """增速高于全国1个百分点, 城镇化率提高1个百分点: what is said of an indicator, if not its value."""
        changes = [figure for figure in record.figures if figure.kind == "change"]
        if not changes:
            return
        names = self.matcher.names(compared(record.indicator), region)
        sure = {
            name.indicator.id: (name.how, dropped) for name, dropped, doubt in reversed(names) if not doubt
        }
        for figure in changes:
            for indicator in headlines([name.indicator for name, _, doubt in names if not doubt]):
                # 优良天数增加10天 says nothing of a share
                if indicator.measure == "level" or figure.unit in RATE_UNITS:
                    how, dropped = sure[indicator.id]
                    yield Found(record, indicator, how, dropped, "", figure, None, distance=True)


def _doubt(match: Match, figure: LeanFigure, *, of_index: bool) -> str:
    doubts = [match.doubt] if match.doubt else []
    if of_index:
        doubts.append("index less 100")
    if figure.confidence == "unsure":
        doubts.append("unsure reading")
    return "; ".join(doubts)


def _dealt_out(record: LeanRecord, figure: LeanFigure) -> bool:
    """Whether 分别 deals the numbers of the clause out: then none of them is one number for several indicators."""
    at = figure.start - record.evidence.start
    first, _ = clauses.clause_around(record.evidence.quote, at, at)
    return "分别" in clauses.one_line(record.evidence.quote[first:at])


class _Roles:
    """The role of the innermost section at a place of the source."""

    def __init__(self, result: LeanResult) -> None:
        self._sections = sorted(result.sections, key=lambda one: (one.start, one.level))
        self._starts = [one.start for one in self._sections]

    def at(self, place: int) -> str:
        for index in range(bisect_right(self._starts, place) - 1, -1, -1):
            section = self._sections[index]
            if section.start <= place < section.end:
                return section.role
        return "other"


def _rank(one: Found, row: PanelRow, beside: int, role: str) -> tuple[object, ...]:
    """Best first: a number; the fitting section; a sure name; the whole region; much company in the sentence; an
    exact actual, then one that is more than a mark passed; of such marks (先后突破3万亿元、4万亿元) the last; the
    earliest place.
    """
    figure = None if one.distance else one.figure
    passed = row.claim_type == "actual" and row.modifier == "more_than"
    return (
        figure is None,
        _ROLES[row.claim_type].get(role, 9),
        bool(one.doubt),
        one.how == "loose",
        clauses.of_a_part(row.quote or ""),
        -beside,
        figure is not None and row.claim_type == "actual" and figure.modifier != "exact",
        passed,
        -(row.value or 0) if passed and one.indicator.measure == "level" else 0,
        row.start,
        Decimal(0) if row.value is None else row.value,
    )
