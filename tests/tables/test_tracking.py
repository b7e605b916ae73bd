"""Targets of one year beside the actuals of the next report."""

from decimal import Decimal

import pytest

from extract.indicators.catalogue import load_catalogue
from extract.results.lean import LeanResult
from extract.tables.outcomes import Stated, judge, tolerance_of
from extract.tables.panel import panel_rows
from extract.tables.rows import TrackingRow
from extract.tables.tracking import tracking_rows

from .research_cases import report

CATALOGUE = load_catalogue()


def tracked(*results: LeanResult) -> dict[str, TrackingRow]:
    """The rows by indicator."""
    rows = tracking_rows(panel_rows(results, CATALOGUE), CATALOGUE)
    return {str(row.indicator_id): row for row in rows}


@pytest.mark.parametrize(
    ("target", "actual", "sense", "outcome"),
    [
        (("6", "exact"), ("6", "exact"), "higher", "met"),
        (("6", "exact"), ("6.4", "exact"), "higher", "exceeded"),
        (("6", "exact"), ("5.9", "exact"), "higher", "missed"),
        (("6", "about"), ("5.5", "exact"), "higher", "met"),
        (("6", "about"), ("5.4", "exact"), "higher", "missed"),
        (("6", "about"), ("6.6", "exact"), "higher", "exceeded"),
        (("6", "at_least"), ("9", "exact"), "higher", "met"),
        (("6", "at_least"), ("5.9", "exact"), "higher", "missed"),
        (("6", "more_than"), ("6", "exact"), "higher", "missed"),
        (("3.5", "at_most"), ("1.6", "exact"), "lower", "met"),
        (("3.5", "at_most"), ("3.6", "exact"), "lower", "missed"),
        (("5", "about"), ("4.1", "exact"), "lower", "exceeded"),
        (("5", "about"), ("5.6", "exact"), "lower", "missed"),
        (("5", "at_most"), ("5", "at_most"), "lower", "met"),
        (("2.8", "more_than"), ("2.8", "nearly"), "higher", "missed"),
        (("6", "exact"), ("7", "more_than"), "higher", "exceeded"),
        (("6", "exact"), ("5", "more_than"), "higher", "not_comparable"),
        (("2", "about"), ("2.2", "exact"), "higher", "met"),
        (("2", "about"), ("1.7", "exact"), "higher", "missed"),
        (("2", "about"), ("0.1", "exact"), "near", "missed"),
        (("2", "about"), ("1.9", "exact"), "near", "met"),
        (("2", "about"), ("0.1", "exact"), "ceiling", "met"),
        (("2", "about"), ("2.4", "exact"), "ceiling", "missed"),
        (("3", "at_most"), ("0.1", "exact"), "near", "met"),
    ],
)
def test_an_outcome_follows_from_the_wording(target, actual, sense, outcome):
    wanted, got = (Stated(Decimal(value), None, modifier) for value, modifier in (target, actual))
    assert judge(wanted, got, sense, tolerance_of(wanted, "%")).outcome == outcome


@pytest.mark.parametrize(
    ("actual", "outcome", "difference"),
    [("5.2", "met", "0"), ("4.6", "missed", "-0.4"), ("5.8", "exceeded", "0.3")],
)
def test_a_range_is_met_inside_and_differs_from_its_nearer_end(actual, outcome, difference):
    found = judge(
        Stated(Decimal(5), Decimal("5.5"), "range"), Stated(Decimal(actual), None, "exact"), "higher", None
    )
    assert (found.outcome, found.difference) == (outcome, Decimal(difference))


def test_what_is_about_right_is_stated_in_points_or_in_percent_of_an_amount():
    assert tolerance_of(Stated(Decimal(6), None, "about"), "%") == Decimal("0.5")
    assert tolerance_of(Stated(Decimal(2), None, "about"), "%") == Decimal("0.2")
    assert tolerance_of(Stated(Decimal(1000), None, "about"), "人") == Decimal(30)
    assert tolerance_of(Stated(Decimal(6), None, "exact"), "%") is None


def test_the_target_of_a_year_stands_beside_the_actual_of_the_next_report():
    row = tracked(
        report(2023, plan="地区生产总值增长6%左右。"),
        report(2024, "地区生产总值增长6.3%。", "地区生产总值增长7%。"),
    )["gdp_growth"]
    assert (row.year, row.target, row.actual, row.difference, row.tolerance, row.outcome) == (
        2023,
        Decimal(6),
        Decimal("6.3"),
        Decimal("0.3"),
        Decimal("0.5"),
        "met",
    )
    assert ("6%左右" in row.target_quote, "6.3%" in row.actual_quote) == (True, True)


def test_less_unemployment_is_better_and_so_is_more_energy_saved():
    rows = tracked(
        report(2023, plan="城镇登记失业率控制在3.5%以内。单位GDP能耗下降3%。"),
        report(2024, "城镇登记失业率2.1%。单位GDP能耗下降3.4%。"),
    )
    unemployment, energy = rows["registered_unemployment_rate"], rows["energy_intensity_change"]
    assert (unemployment.difference, unemployment.better, unemployment.outcome) == (
        Decimal("-1.4"),
        True,
        "met",
    )
    assert (energy.difference, energy.better, energy.outcome) == (Decimal("0.4"), True, "exceeded")


@pytest.mark.parametrize(
    ("target", "actual", "outcome", "better"),
    [
        ("涨幅2%左右", "上涨0.1%", "missed", None),
        ("涨幅控制在2%左右", "上涨0.1%", "met", None),
        ("涨幅2%左右", "上涨2.1%", "met", False),
        ("涨幅控制在2%左右", "上涨3.1%", "missed", False),
    ],
)
def test_prices_that_rise_less_than_planned_are_no_gain(target, actual, outcome, better):
    rows = tracked(report(2023, plan=f"居民消费价格{target}。"), report(2024, f"居民消费价格{actual}。"))
    assert (rows["cpi_growth"].outcome, rows["cpi_growth"].better) == (outcome, better)


def test_keeping_pace_with_the_economy_is_held_against_its_growth():
    rows = tracked(
        report(2023, plan="城乡居民收入增长与经济增长基本同步。"),
        report(2024, "地区生产总值增长6%。城乡居民人均可支配收入分别增长5.8%和7.1%。"),
    )
    assert rows["urban_income_growth"].outcome == "met"
    assert rows["rural_income_growth"].outcome == "exceeded"
    assert "6%" in rows["urban_income_growth"].note


def test_what_the_next_report_leaves_out_is_not_missed():
    rows = tracked(report(2023, plan="出口增长5%。"), report(2024, "地区生产总值增长6%。"))
    assert (rows["exports_growth"].outcome, rows["exports_growth"].actual) == ("no_actual", None)


def test_the_report_that_leaves_an_indicator_out_is_named_whatever_the_indicator():
    rows = tracked(report(2023, plan="出口增长5%。民间投资增长6%。"), report(2024, "地区生产总值增长6%。"))
    assert {row.actual_report for row in rows.values()} == {"临江市-2024"}


def test_without_a_report_of_the_next_year_there_is_no_row():
    assert tracked(report(2023, plan="出口增长5%。"), report(2025, "出口增长4%。")) == {}


def test_units_that_differ_are_not_compared():
    rows = tracked(report(2023, plan="实际利用外资5亿美元。"), report(2024, "实际利用外资40亿元。"))
    assert rows["actual_foreign_investment"].outcome == "not_comparable"


def test_two_consecutive_real_reports(shared):
    """Checked by reading both; numbers are facts."""
    from extract.engines.rules import RulesEngine
    from extract.pipeline import process_source
    from extract.results.lean import lean

    page = process_source((shared / "reports" / "portal-page.txt").read_bytes(), "page.txt", RulesEngine())
    city = [one for one in page.results if one.report.region == "宁波市"]
    rows = tracked(*(lean(one) for one in sorted(city, key=lambda one: one.report.report_year or 0)))
    pairs = {
        name: (row.target, row.actual, row.outcome) for name, row in rows.items() if row.actual is not None
    }
    number = Decimal
    assert pairs == {
        "gdp_growth": (number("6.8"), number("6.8"), "met"),
        "budget_revenue_growth": (None, number("6.4"), "met"),
        "fixed_asset_investment_growth": (number(10), number("8.1"), "missed"),
        "services_value_added_growth": (number("7.3"), number("7.6"), "met"),
        "urban_income_growth": (None, number("7.9"), "exceeded"),
        "rural_income_growth": (None, number("8.9"), "exceeded"),
        "urban_new_jobs": (number(160_000), number(254_000), "exceeded"),
        "registered_unemployment_rate": (number("3.5"), number("1.61"), "met"),
        "rd_intensity": (number("2.8"), number("2.8"), "missed"),
        "surface_water_good_share": (number(80), number("83.8"), "exceeded"),
        "actual_foreign_investment_growth": (number("7.5"), number("19.7"), "exceeded"),
    }
