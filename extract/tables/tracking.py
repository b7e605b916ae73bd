"""Targets beside actuals: what the report of a year plans for it, and what the next report says was reached."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from extract.indicators.catalogue import Catalogue
from extract.tables.outcomes import POINTS, SHARE, Aim, Stated, judge, tolerance_of
from extract.tables.rows import Outcome, PanelRow, TrackingRow
from extract.tables.states import reviewers, weaker

_WITH_GROWTH = re.compile(
    r"(?:和|与|同|跟|随)[^，。；]{0,4}经济(?:增长|发展|增速)?[^，。；]{0,6}同步|与经济同步|经济增长[^，。；]{0,4}同步"
)
_GROWTH = "gdp_growth"
_BOTH = "城乡"
_HELD_DOWN = "控制"


@dataclass(frozen=True, slots=True)
class Tolerances:
    """What 左右 allows: of percentages in points, of amounts in percent of the target."""

    points: Decimal = POINTS
    share: Decimal = SHARE


def tracking_rows(
    panel: Iterable[PanelRow], catalogue: Catalogue, tolerances: Tolerances | None = None
) -> Iterator[TrackingRow]:
    """Every annual target whose region has a report of the next year, beside its actual.

    Args:
        panel: rows grouped by region, as `panel_rows` gives them, missing ones included.
        catalogue: says which way is better.
        tolerances: what 左右 allows.
    """
    allowed = tolerances or Tolerances()
    for region, group in groupby(panel, key=lambda row: row.region):
        if region is not None:
            yield from _Region(list(group), catalogue, allowed).rows()


class _Region:
    def __init__(self, rows: list[PanelRow], catalogue: Catalogue, tolerances: Tolerances) -> None:
        annual = [row for row in rows if row.horizon == "annual"]
        self.targets = [
            row
            for row in annual
            if row.claim_type == "target" and row.status in ("stated", "non_numeric", "unread")
        ]
        self.actuals: dict[tuple[str, int | None], list[PanelRow]] = {}
        for row in annual:
            if row.claim_type == "actual":
                self.actuals.setdefault((row.indicator_id, row.year), []).append(row)
        self.reports: dict[int | None, set[str]] = {}
        for row in rows:
            self.reports.setdefault(row.report_year, set()).add(row.report_id)
        self.catalogue, self.tolerances = catalogue, tolerances

    def rows(self) -> Iterator[TrackingRow]:
        for target in self.targets:
            if target.year is None or target.year + 1 not in self.reports:
                continue
            for actual in self._actuals_of(target):
                yield self._row(target, target.year, actual)

    def _actuals_of(self, target: PanelRow) -> list[PanelRow | None]:
        """What the next report says; for 城乡居民 what it says of either, where it does not say it of both."""
        found: list[PanelRow | None] = [*self.actuals.get((target.indicator_id, target.year), ())]
        if _BOTH in (target.indicator_raw or "") and all(row is None or row.value is None for row in found):
            parts = [
                row
                for part in self.catalogue[target.indicator_id].parts
                for row in self.actuals.get((part, target.year), ())
                if row.value is not None
            ]
            found = [*parts] or found
        return found or [None]

    def _row(self, target: PanelRow, year: int, actual: PanelRow | None) -> TrackingRow:
        said = actual if actual is not None and actual.status in ("stated", "non_numeric", "unread") else None
        verdict = self._verdict(target, actual)
        return TrackingRow(
            region_code=target.region_code,
            region=target.region,
            year=year,
            indicator_id=said.indicator_id if said else target.indicator_id,
            indicator=said.indicator if said else target.indicator,
            target=target.value,
            target_upper=target.upper,
            target_modifier=target.modifier,
            commitment=target.commitment,
            target_wording=target.wording,
            actual=said.value if said else None,
            actual_upper=said.upper if said else None,
            actual_modifier=said.modifier if said else None,
            estimated=said.estimated if said else False,
            actual_wording=said.wording if said else None,
            unit=target.unit or (said.unit if said else None),
            difference=verdict.difference,
            better=verdict.better,
            tolerance=verdict.tolerance,
            outcome=verdict.outcome,
            note="; ".join(
                dict.fromkeys(
                    note for note in (verdict.note, target.note, actual.note if actual else None) if note
                )
            )
            or None,
            target_quote=target.quote,
            target_start=target.start,
            target_end=target.end,
            target_report=target.report_id,
            actual_quote=said.quote if said else None,
            actual_start=said.start if said else None,
            actual_end=said.end if said else None,
            actual_report=actual.report_id if actual else self._only_report(year + 1),
            state=weaker(target.state, said.state if said else None),
            reviewer=reviewers(target.reviewer, said.reviewer if said else None),
            target_edited=target.edited,
            actual_edited=said.edited if said else False,
        )

    def _only_report(self, year: int) -> str | None:
        """The report that does not say it, where it is clear which that is."""
        reports = self.reports[year]
        return next(iter(reports)) if len(reports) == 1 else None

    def _verdict(self, target: PanelRow, actual: PanelRow | None) -> "_Verdict":
        if target.status == "unread" or (actual is not None and actual.status == "unread"):
            return _Verdict("unread")
        if actual is None or actual.status == "not_found":
            return _Verdict("no_actual")
        if actual.status == "failed":
            return _Verdict("failed")
        if actual.value is None:
            return _Verdict("not_comparable", note="完成值没有数字 / the actual has no number")
        sense = self._aim(target)
        if target.value is None:
            return self._against_growth(target, actual, sense)
        if target.unit != actual.unit:
            return _Verdict("not_comparable", note=f"单位不同 / other unit: {target.unit}, {actual.unit}")
        return self._judged(_stated(target), target, actual, sense, "")

    def _aim(self, target: PanelRow) -> Aim:
        """Which way is better; a rise of prices is to stay near its target, or below it where it is held down."""
        indicator = self.catalogue[target.indicator_id]
        if "价格" not in indicator.zh or indicator.measure != "growth":
            return indicator.sense
        return "ceiling" if _HELD_DOWN in (target.wording or "") else "near"

    def _against_growth(self, target: PanelRow, actual: PanelRow, sense: Aim) -> "_Verdict":
        """与经济增长同步 is held against the growth that the same report states."""
        growth = next(
            (row for row in self.actuals.get((_GROWTH, target.year), ()) if row.value is not None), None
        )
        if growth is None or growth.value is None or not _WITH_GROWTH.search(target.wording or ""):
            return _Verdict("not_comparable", note="目标没有数字 / the target has no number")
        pace = Stated(growth.value, growth.upper, "about")
        note = f"对比经济增速{growth.value}% / held against GDP growth of {growth.value}%"
        return self._judged(pace, growth, actual, sense, note)

    def _judged(
        self, stated: Stated, target: PanelRow, actual: PanelRow, sense: Aim, note: str
    ) -> "_Verdict":
        tolerance = tolerance_of(
            stated, target.unit, points=self.tolerances.points, share=self.tolerances.share
        )
        found = judge(stated, _stated(actual), sense, tolerance)
        return _Verdict(found.outcome, found.difference, found.better, tolerance, note)


@dataclass(frozen=True, slots=True)
class _Verdict:
    outcome: Outcome
    difference: Decimal | None = None
    better: bool | None = None
    tolerance: Decimal | None = None
    note: str = ""


def _stated(row: PanelRow) -> Stated:
    assert row.value is not None, "only rows with a number are judged"
    return Stated(row.value, row.upper, row.modifier or "exact")
