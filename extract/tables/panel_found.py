"""What was found of an indicator in a result, and the row of the panel that it makes."""

from typing import NamedTuple

import msgspec

from extract.indicators.catalogue import Indicator
from extract.indicators.matching import signed
from extract.indicators.numberless import Statement
from extract.language.regions import unit_of
from extract.results.lean import LeanFigure, LeanRecord, LeanResult
from extract.tables import clauses
from extract.tables.rows import Basis, ClaimType, Horizon, PanelRow

Key = tuple[str, ClaimType, Horizon, str, Basis | None]
"""Indicator, claim, horizon, period, basis: what one report gives one row for."""

_PER_VOLUME = dict.fromkeys(("微克", "微克/m3", "微克/m³", "μg/立方米", "μg/m3", "μg/m³"), "微克/立方米")
"""每立方米25微克 is a concentration, and m³ another way to write 立方米."""


class Found(NamedTuple):
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


def row_of(one: Found, shared: PanelRow, result: LeanResult) -> PanelRow | None:
    """The row of a match; None where its period is not one that the report speaks for."""
    record, figure = one.record, one.figure
    period = (figure.period if figure else None) or record.period
    claim_type = _claim_type(record, period, result.report.report_year)
    timed = _timed(period, claim_type, result.report.report_year)
    if timed is None:
        return None
    horizon, year = timed
    if one.distance and horizon == "multi_year" and claim_type == "actual":
        return None  # how far the indicator came in some years is said of none of them
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
        reviewer=record.reviewer,
        edited=record.edited,
    )


def _over_years(one: Found, year: int | None, quote: str, first: int, at: int) -> bool:
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
