"""Results to the panel."""

import json
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest

from extract.tables.panel import panel_rows
from extract.tables.rows import PanelRow
from schemas.record import State, plain

from .research_cases import CATALOGUE, corpus, only, report, stated

CORPUS = Path(__file__).parents[1] / "corpora" / "panel"


def as_expected(row: PanelRow) -> list[object]:
    """A row as the corpus has it."""
    value, upper = (None if number is None else plain(number) for number in (row.value, row.upper))
    told = [row.claim_type, row.horizon, row.period, row.indicator_id, row.status, value, upper, row.unit]
    return [*told, row.modifier, row.commitment, row.estimated]


@pytest.mark.parametrize("name", sorted(path.stem for path in CORPUS.glob("*.txt")))
def test_each_report_of_the_corpus_gives_the_rows_that_a_reader_wrote_down(name):
    result = dict(corpus(CORPUS))[name]
    wanted = [
        json.loads(line) for line in (CORPUS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    assert [as_expected(row) for row in stated(result)] == wanted


def test_every_row_points_at_its_number_and_quotes_its_sentence(small_report):
    from extract.engines.rules import RulesEngine
    from extract.pipeline import process_source
    from extract.results.lean import lean

    (result,) = process_source(small_report.encode(), "r.txt", RulesEngine()).results
    rows = stated(lean(result))
    assert {row.indicator_id for row in rows} >= {"gdp_growth", "budget_revenue_growth", "urban_new_jobs"}
    for row in rows:
        assert small_report[row.start : row.end] in row.quote
        assert small_report.find(row.quote) <= row.start


def test_the_headline_figure_stands_and_the_others_are_alternatives():
    row = only(stated(report(2024, "生产总值突破2000亿元，达到2153.6亿元。")), "gdp_level", "actual")
    assert row.value == Decimal(215_360_000_000)
    assert [(one.value, one.modifier) for one in row.alternatives] == [
        (Decimal(200_000_000_000), "more_than")
    ]


def test_a_second_aim_is_an_alternative_with_its_own_commitment():
    row = only(
        stated(report(2024, plan="主要预期目标是：地区生产总值增长5%左右、力争达到5.5%。")), "gdp_growth"
    )
    assert (row.value, row.modifier, row.commitment) == (Decimal(5), "about", "expect")
    assert [one.value for one in row.alternatives] == [Decimal("5.5")]


def test_what_is_expected_is_marked_until_the_thought_ends():
    rows = stated(report(2024, "预计地区生产总值增长6%，出口增长5%；进口额不变，城镇新增就业3万人。"))
    assert only(rows, "gdp_growth", "actual").estimated
    assert only(rows, "exports_growth", "actual").estimated
    assert not only(rows, "urban_new_jobs", "actual").estimated


def test_what_is_expected_in_mid_clause_is_expected_alone():
    rows = stated(report(2024, "全年地区生产总值预计增长6%，出口增长5%。"))
    assert only(rows, "gdp_growth", "actual").estimated
    assert not only(rows, "exports_growth", "actual").estimated


def test_a_target_without_a_number_has_a_status_of_its_own():
    row = only(stated(report(2024, plan="城乡居民收入增长与经济增长基本同步。")), "resident_income_growth")
    assert (row.status, row.value, row.unit, row.modifier) == ("non_numeric", None, None, None)
    assert row.wording == "城乡居民收入增长与经济增长基本同步"


@pytest.mark.parametrize(
    ("words", "indicator_id"),
    [
        ("规模以上工业增加值增速高于全国1个百分点", "industrial_value_added_growth"),
        ("地区生产总值增速比全国快0.5个百分点左右", "gdp_growth"),
        ("城镇调查失业率低于全国平均水平0.3个百分点", "surveyed_unemployment_rate"),
        ("常住人口城镇化率提高1个百分点", "urbanization_rate"),
        ("城镇新增就业增长5%", "urban_new_jobs"),
    ],
)
def test_a_target_that_says_only_how_far_is_stated_without_a_value(words, indicator_id):
    row = only(stated(report(2024, plan=f"今年主要目标是：粮食稳产，{words}。")), indicator_id)
    assert (row.status, row.value, row.unit, row.wording) == ("non_numeric", None, None, words)


def test_how_far_is_no_alternative_to_the_number_itself():
    review = "地区生产总值增长6.1%，高于全国1个百分点。常住人口城镇化率比2020年提高3个百分点。"
    rows = stated(report(2024, review))
    assert only(rows, "gdp_growth", "actual").alternatives == ()
    assert "urbanization_rate" not in {row.indicator_id for row in rows}, "it is not of one year"


def test_a_concentration_per_cubic_metre_has_its_unit():
    row = only(stated(report(2024, "PM2.5平均浓度降至每立方米28微克。")), "pm25", "actual")
    assert (row.value, row.unit) == (Decimal(28), "微克/立方米")


def test_what_a_report_does_not_state_is_not_what_could_not_be_read():
    result = report(2024, "地区生产总值增长6%。", "地区生产总值增长6%左右。")
    rows = list(panel_rows([result], CATALOGUE))
    assert {row.status for row in rows} == {"stated", "not_found"}
    assert all(row.value is None and row.note is None for row in rows if row.status == "not_found")
    chunks = (msgspec.structs.replace(result.chunks[0], status="failed", error="gone"), *result.chunks[1:])
    failed = list(panel_rows([msgspec.structs.replace(result, chunks=chunks)], CATALOGUE))
    assert {row.status for row in failed} == {"stated", "failed"}
    assert all(row.note for row in failed if row.status == "failed")


def test_a_report_that_breaks_off_before_its_plan_has_failed_targets():
    result = report(2024, "地区生产总值增长6%。")
    lost = msgspec.structs.replace(result.completeness, has_plan=False)
    rows = list(panel_rows([msgspec.structs.replace(result, completeness=lost)], CATALOGUE))
    assert {row.status for row in rows if row.claim_type == "target"} == {"failed"}
    assert "failed" not in {row.status for row in rows if row.claim_type == "actual"}


def test_each_headline_indicator_has_one_actual_and_one_target():
    rows = list(panel_rows([report(2024, "出口增长3%。")], CATALOGUE))
    annual = [(row.indicator_id, row.claim_type) for row in rows if row.horizon == "annual"]
    assert len(annual) == len(set(annual))
    assert set(annual) >= {(one.id, claim) for one in CATALOGUE.core for claim in ("actual", "target")}


def test_the_same_report_under_two_names_gives_its_rows_once():
    twice = [report(2024, "出口增长3%。", name="a"), report(2024, "出口增长3%。", name="b")]
    row = only(stated(*twice), "exports_growth", "actual")
    assert (row.report_id, row.also_in) == ("a", ("b",))


def test_reports_that_contradict_each_other_both_stand_with_a_note():
    rows = stated(report(2024, "出口增长3%。", name="a"), report(2024, "出口增长4%。", name="b"))
    assert [(row.value, "contradicts" in row.note) for row in rows] == [
        (Decimal(3), True),
        (Decimal(4), True),
    ]
    assert "b: 出口增长4%" in rows[0].note


def test_rejected_records_have_no_rows():
    result = report(2024, "出口增长3%。")
    records = tuple(msgspec.structs.replace(one, state=State.REJECTED) for one in result.records)
    assert stated(msgspec.structs.replace(result, records=records)) == []


def test_a_region_has_its_code_and_province_and_an_invented_one_has_none():
    (real,) = stated(report(2024, "出口增长3%。", city="湖州市"))
    assert (real.region_code, real.province) == ("330500", "浙江省")
    (invented,) = stated(report(2024, "出口增长3%。"))
    assert (invented.region_code, invented.province, invented.region) == (None, None, "临江市")


def test_rows_come_in_one_order_whatever_the_order_of_records():
    result = report(2024, "出口增长3%。地区生产总值增长5%。", "出口增长4%。")
    turned = msgspec.structs.replace(result, records=result.records[::-1])
    assert [msgspec.structs.replace(row, alternatives=()) for row in stated(result)] == stated(turned)


def test_the_real_reports_state_their_headlines(shared):
    """Read by eye: the goals of one provincial report of 2026."""
    from extract.engines.rules import RulesEngine
    from extract.pipeline import process_source
    from extract.results.lean import lean

    source = (shared / "reports" / "beijing-2026.txt").read_bytes()
    (result,) = process_source(source, "beijing-2026.txt", RulesEngine()).results
    rows = [row for row in stated(lean(result)) if (row.claim_type, row.year) == ("target", 2026)]
    assert {row.indicator_id: (row.status, row.value, row.modifier) for row in rows} == {
        "gdp_growth": ("stated", Decimal(5), "about"),
        "budget_revenue_growth": ("stated", Decimal(4), "about"),
        "surveyed_unemployment_rate": ("stated", Decimal(5), "at_most"),
        "cpi_growth": ("stated", Decimal(2), "about"),
        "resident_income_growth": ("non_numeric", None, None),
        "pm25": ("stated", Decimal(29), "about"),
        "energy_intensity_change": ("non_numeric", None, None),
        "carbon_intensity_change": ("non_numeric", None, None),
        "urban_new_jobs": ("stated", Decimal(280_000), "at_least"),
    }
