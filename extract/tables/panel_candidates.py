"""What of one result can stand in the panel: each figure or numberless statement with its indicator."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

import msgspec

from extract.indicators.catalogue import Indicator
from extract.indicators.matching import Match, Matcher, Reading, fitting, signed
from extract.indicators.numberless import Statement, headlines, statements
from extract.results.lean import LeanFigure, LeanRecord, LeanResult
from extract.tables import clauses
from extract.tables.price_index import rate_of_index
from extract.tables.regions import unit_of
from extract.tables.rows import Basis, ClaimType, Horizon, PanelRow
from schemas.record import State

Key = tuple[str, ClaimType, Horizon, str, Basis | None]
"""Indicator, claim, horizon, period, basis: what one report gives one row for."""

_MOST_KNOWN = 50_000
_HEADLINE_COMPANY = 2
"""A loose name is believed beside so many numbers of indicators in one sentence."""
_ROLES = {
    "target": {"plan_year": 0, "livelihood": 1, "plan_span": 2},
    "actual": {"review_year": 0, "review_span": 1, "livelihood": 1},
}
_COMPARISON = re.compile(
    r"(?:略|明显|继续|持续|力争|确保|分别|均|都|要)*"
    r"(?:(?:[高低快慢好优大][于出过]|超过|领先|跑赢)[^高低快慢好优大超比较]{0,14}|[比较][^比较]{1,14})$"
)
"""高于全国平均水平: with what the number of a record is compared stands at the end of its indicator."""
_RATE_UNITS = frozenset(("个百分点", "百分点", "%", "‰", "倍"))
_PER_VOLUME = dict.fromkeys(("微克", "微克/m3", "微克/m³", "μg/立方米", "μg/m3", "μg/m³"), "微克/立方米")
"""每立方米25微克 is a concentration, and m³ another way to write 立方米."""


class Candidate(NamedTuple):
    """A row that a report may have, and how well it stands for the report; a lower rank is better.

    A distance stands only where the report gives no number of the indicator itself.
    """

    row: PanelRow
    rank: tuple[object, ...]
    distance: bool


class _Found(NamedTuple):
    """A matched figure or statement of a record, before it is a row."""

    record: LeanRecord
    indicator: Indicator
    how: str
    dropped: str
    doubt: str
    figure: LeanFigure | None
    statement: Statement | None
    distance: bool = False
    """The figure says how far the indicator is from another number, or from the year before."""


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
        return any(self.matcher.names(words, region) for words in (indicator, _compared(indicator)))

    def candidates(self, result: LeanResult) -> Iterator[Candidate]:
        """Every candidate of a result, in the order of its records; rejected records have none."""
        region = result.report.region
        found: list[_Found] = []
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
            row = _row(one, shared, result)
            if row is not None:
                rank = _rank(one, row, beside, roles.at(row.start or 0))
                yield Candidate(row, rank, one.distance)

    def _matched(self, record: LeanRecord, names: Sequence[Reading], region: str | None) -> Iterator[_Found]:
        for written in record.figures:
            rate = rate_of_index(record.indicator, written)
            figure = rate or written
            for match in fitting(names, record.indicator, figure):
                if match.doubt and _dealt_out(record, figure):
                    continue
                doubt = _doubt(match, figure, of_index=rate is not None)
                yield _Found(record, match.indicator, match.how, match.dropped, doubt, figure, None)
        if not record.figures:
            ids = {name.indicator.id for name, _, _ in names}
            for one in self._statements(record.evidence.quote, region):
                for indicator in one.indicators:
                    if indicator.id in ids and record.indicator in clauses.one_line(one.subject):
                        how = "loose" if one.loose else "alias"
                        yield _Found(record, indicator, how, "", "", None, one)

    def _read_statements(self, quote: str, region: str | None) -> tuple[Statement, ...]:
        return tuple(statements(quote, self.matcher, region))

    def _distances(self, record: LeanRecord, region: str | None) -> Iterator[_Found]:
        """增速高于全国1个百分点, 城镇化率提高1个百分点: what is said of an indicator, if not its value."""
        for figure in record.figures:
            if figure.kind != "change":
                continue
            points = figure.unit in _RATE_UNITS
            names = self.matcher.names(_compared(record.indicator), region)
            sure = [name for name in names if not name[2]]
            for indicator in headlines([name.indicator for name, _, _ in sure]):
                if indicator.measure != "level" and not points:  # 优良天数增加10天 says nothing of a share
                    continue
                name, dropped, _ = next(one for one in sure if one[0].indicator is indicator)
                yield _Found(record, indicator, name.how, dropped, "", figure, None, distance=True)


def _compared(indicator: str) -> str:
    """What is compared, without what it is compared with."""
    return _COMPARISON.sub("", indicator)


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


def shared_row(result: LeanResult) -> PanelRow:
    """A row with what all rows of a report share."""
    report, manifest = result.report, result.manifest
    unit = unit_of(report.region)
    return PanelRow(
        region_code=unit.code,
        region=report.region,
        level=report.level,
        province=unit.province,
        report_year=report.report_year,
        year=None,
        period=None,
        horizon="annual",
        basis=None,
        indicator_id="",
        indicator="",
        indicator_en="",
        indicator_raw=None,
        match=None,
        doubt=None,
        claim_type="actual",
        value=None,
        upper=None,
        unit=None,
        direction=None,
        modifier=None,
        commitment=None,
        estimated=False,
        wording=None,
        status="not_found",
        note=None,
        alternatives=(),
        also_in=(),
        quote=None,
        start=None,
        end=None,
        report_id=report.id,
        record_id=None,
        source=report.source,
        sha256=report.sha256,
        engine=f"{manifest.engine} {manifest.model}" if manifest.model else manifest.engine,
        state=None,
    )


def _row(one: _Found, shared: PanelRow, result: LeanResult) -> PanelRow | None:
    """The row of a match; None where its period is not one that the report speaks for."""
    record, figure = one.record, one.figure
    period = (figure.period if figure else None) or record.period
    claim_type = _claim_type(record, period, result.report.report_year)
    timed = _timed(period, claim_type, result.report.report_year)
    if timed is None:
        return None
    horizon, year = timed
    quote = record.evidence.quote
    if figure is not None:
        at = figure.start - record.evidence.start
        first, last = clauses.clause_around(quote, at, figure.end - record.evidence.start)
        start, end = figure.start, figure.end
        wording = clauses.one_line(quote[first:last])
        before = clauses.one_line(quote[first:at])
        after = clauses.one_line(quote[at:last])
    else:
        assert one.statement is not None, "a match is of a figure or of a statement"
        first = at = one.statement.start
        start, end = record.evidence.start + at, record.evidence.start + one.statement.end
        wording = before = one.statement.wording
        after = ""
    if horizon == "annual" and (
        clauses.part_of_year(before)
        or clauses.opened_by_part_of_year(quote, at)
        or _over_years(one, year, quote, first, at)
    ):
        return None
    if clauses.of_the_country(before):
        return None
    number = None if one.distance else figure
    value, upper = signed(one.indicator, number) if number else (None, None)
    return msgspec.structs.replace(
        shared,
        year=year,
        period=period,
        horizon=horizon,
        basis=_basis(one.indicator, horizon, wording, record.indicator) if figure else None,
        indicator_id=one.indicator.id,
        indicator=one.indicator.zh,
        indicator_en=one.indicator.en,
        indicator_raw=record.indicator,
        match=f"{one.how} ({one.dropped})" if one.dropped else one.how,
        doubt=one.doubt or None,
        claim_type=claim_type,
        value=value,
        upper=upper,
        unit=_unit(one.indicator, number),
        direction=number.direction if number else None,
        modifier=number.modifier if number else None,
        commitment=_commitment(record, before, after) if claim_type == "target" else None,
        estimated=claim_type == "actual" and clauses.estimated(quote, at),
        wording=wording,
        status="stated" if number else "non_numeric",
        quote=quote,
        start=start,
        end=end,
        record_id=record.id,
        state=record.state.value,
    )


def _over_years(one: _Found, year: int | None, quote: str, first: int, at: int) -> bool:
    """Whether a number that its period makes annual speaks of several years.

    Its clause begins at `first` of the sentence `quote`, and the number itself at `at`.
    """
    if year is None or one.figure is None:
        return False
    before = clauses.one_line(quote[clauses.with_comparison(quote, first) : at])
    if one.distance or one.indicator.measure in ("growth", "reduction"):
        return clauses.change_over_years(before, year)
    return one.indicator.measure == "level" and clauses.summed_over_years(
        before, clauses.one_line(quote), year
    )


def _commitment(record: LeanRecord, before: str, after: str) -> str | None:
    """That of the number's own words; else its record's, unless that was said of a later number of the clause."""
    own = clauses.commitment(before)
    if own or record.commitment is None or clauses.commitment(after) != record.commitment:
        return own or record.commitment
    return "expect" if clauses.announced(record.evidence.quote) else None


def _claim_type(record: LeanRecord, period: str | None, report_year: int | None) -> ClaimType:
    if record.type == "goal":
        return "target"
    if record.type == "achievement":
        return "actual"
    if record.status is not None:
        return "target" if record.status == "planned" else "actual"
    last = _last_year(period)
    return "target" if last is not None and report_year is not None and last >= report_year else "actual"


def _last_year(period: str | None) -> int | None:
    last = (period or "").rpartition("-")[2]
    return int(last) if last.isdigit() else None


def _timed(
    period: str | None, claim_type: ClaimType, report_year: int | None
) -> tuple[Horizon, int | None] | None:
    """Horizon and year; None for a baseline, for months of the present year, and where nothing says when.

    A report speaks for the year before it and for the years from its own on.
    """
    last = _last_year(period)
    if period is None or last is None:
        return None
    target = claim_type == "target"
    if report_year is not None and (last < report_year) == target:
        return None
    if "-" in period:
        return "multi_year", None
    if report_year is None or last == (report_year if target else report_year - 1):
        return "annual", last
    return ("to_year", last) if target else None


def _basis(indicator: Indicator, horizon: Horizon, wording: str, raw: str) -> Basis | None:
    if horizon != "multi_year" or indicator.measure not in ("growth", "reduction"):
        return None
    return "average" if clauses.yearly_average(wording) or clauses.yearly_average(raw) else "total"


def _unit(indicator: Indicator, figure: LeanFigure | None) -> str | None:
    if figure is None:
        return None
    per_volume = _PER_VOLUME.get(figure.unit or "")
    return per_volume if per_volume == indicator.unit else figure.unit


def _rank(one: _Found, row: PanelRow, beside: int, role: str) -> tuple[object, ...]:
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
