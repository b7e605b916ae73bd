"""Results to the panel."""

import json
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest

from extract.indicators.catalogue import load_catalogue
from extract.results.lean import LeanResult
from extract.tables.panel import panel_rows
from extract.tables.rows import PanelRow
from schemas.record import State, plain

from .research_cases import corpus, report

CORPUS = Path(__file__).parents[1] / "corpora" / "panel"
CATALOGUE = load_catalogue()


def stated(*results: LeanResult) -> list[PanelRow]:
    """The rows of what reports do state."""
    return list(panel_rows(results, CATALOGUE, missing=False))


def only(rows: list[PanelRow], indicator: str, claim: str = "target", horizon: str = "annual") -> PanelRow:
    """The one row of an indicator."""
    (row,) = [
        one for one in rows if (one.indicator_id, one.claim_type, one.horizon) == (indicator, claim, horizon)
    ]
    return row


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


def test_part_of_a_year_is_not_the_year():
    rows = stated(report(2024, "上半年地区生产总值增长7%。全年地区生产总值增长6.1%。"))
    assert only(rows, "gdp_growth", "actual").value == Decimal("6.1")


def test_what_is_expected_is_marked_until_the_thought_ends():
    rows = stated(report(2024, "预计地区生产总值增长6%，出口增长5%；进口额不变，城镇新增就业3万人。"))
    assert only(rows, "gdp_growth", "actual").estimated
    assert only(rows, "exports_growth", "actual").estimated
    assert not only(rows, "urban_new_jobs", "actual").estimated


def test_what_is_expected_in_mid_clause_is_expected_alone():
    rows = stated(report(2024, "全年地区生产总值预计增长6%，出口增长5%。"))
    assert only(rows, "gdp_growth", "actual").estimated
    assert not only(rows, "exports_growth", "actual").estimated


def test_years_of_the_five_year_plan_stand_apart():
    more = "三、“十五五”时期主要目标\n地区生产总值年均增长5%左右，到2030年突破6000亿元。\n\n"
    rows = stated(report(2026, plan="地区生产总值增长5.5%左右。", more=more))
    assert only(rows, "gdp_growth").year == 2026
    five = only(rows, "gdp_growth", horizon="multi_year")
    assert (five.year, five.period, five.basis, five.value) == (None, "2026-2030", "average", Decimal(5))
    assert only(rows, "gdp_level", horizon="to_year").year == 2030


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


def test_each_number_that_is_dealt_out_belongs_to_one_indicator():
    rows = stated(report(2024, "固定资产投资、社会消费品零售总额分别下降2.7%、增长0.6%。"))
    assert only(rows, "fixed_asset_investment_growth", "actual").value == Decimal("-2.7")
    assert only(rows, "retail_sales_growth", "actual").value == Decimal("0.6")


def test_numbers_that_cannot_be_dealt_out_belong_to_none():
    assert stated(report(2024, "固定资产投资、进口总额、社会消费品零售总额分别下降2.7%、增长0.6%。")) == []


@pytest.mark.parametrize(
    "several",
    [
        "地区生产总值由2020年的2.2万亿元增加到2025年的3.1万亿元，年均增长5.6%。",
        "地区生产总值、出口年均增长5.6%、4.1%。",
        "地区生产总值比2020年增长31%。",
        "地区生产总值较“十三五”末增长31%。",
        "与2020年相比，地区生产总值增长31%。",
        "地区生产总值累计增长31%。",
        "地区生产总值、居民收入五年分别增长31%、40%。",
    ],
)
def test_a_change_over_several_years_is_not_that_of_the_year(several):
    rows = stated(report(2026, f"{several}去年地区生产总值增长5.2%。"))
    row = only(rows, "gdp_growth", "actual")
    assert (row.value, row.alternatives) == (Decimal("5.2"), ())


@pytest.mark.parametrize(
    "opening",
    [
        "“十五五”经济社会发展主要目标是：",
        "“十五五”主要预期目标为：",
        "做好“十五五”工作，",
        "今后五年，",
        "展望“十五五”，经济总量再上台阶。",
    ],
)
def test_aims_of_five_years_in_a_plan_of_one_are_no_aims_of_the_year(opening):
    plan = f"{opening}地区生产总值增长30%以上。\n今年主要预期目标是：地区生产总值增长5%左右。"
    rows = stated(report(2026, plan=plan))
    row = only(rows, "gdp_growth")
    assert (row.value, row.alternatives) == (Decimal(5), ())
    assert only(rows, "gdp_growth", horizon="multi_year").period == "2026-2030"


@pytest.mark.parametrize(
    "opening",
    ["回望“十四五”，", "“十四五”主要目标顺利完成，", "“十四五”收官之际，", "2020年以来，"],
)
def test_a_look_back_on_several_years_in_the_review_of_one_is_no_actual_of_the_year(opening):
    rows = stated(report(2026, f"{opening}地区生产总值增长31%。\n去年地区生产总值增长5.2%。"))
    row = only(rows, "gdp_growth", "actual")
    assert (row.value, row.alternatives) == (Decimal("5.2"), ())


@pytest.mark.parametrize(
    "annual",
    [
        "地区生产总值比2024年增长5.2%。",
        "地区生产总值年均增长5.6%、2025年增长5.2%。",
        "地区生产总值全年累计增长5.2%。",
    ],
)
def test_a_change_against_the_year_before_is_that_of_the_year(annual):
    assert only(stated(report(2026, annual)), "gdp_growth", "actual").value == Decimal("5.2")


def test_a_sum_in_a_sentence_of_several_years_is_not_that_of_the_year():
    for opening in ("居民收入年均增长6%，", "“十四五”前四年，"):
        rows = stated(report(2026, f"{opening}城镇新增就业累计24万人。"))
        assert not [row for row in rows if (row.indicator_id, row.horizon) == ("urban_new_jobs", "annual")]
    for opening in ("", "2025年是“十四五”规划收官之年，"):
        rows = stated(report(2026, f"{opening}城镇新增就业累计5万人。"))
        assert only(rows, "urban_new_jobs", "actual").value == 50_000


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


def test_a_rate_of_the_whole_year_stands_though_its_clause_began_with_a_part_of_it():
    row = only(
        stated(report(2024, "规上工业增加值增速由一季度的5.1%提高到全年的6.3%。")),
        "industrial_value_added_growth",
        "actual",
    )
    assert (row.value, row.unit) == (Decimal("6.3"), "%")


def test_growth_in_times_is_kept_as_printed():
    row = only(stated(report(2024, "进出口总额增长1.2倍。")), "trade_growth", "actual")
    assert (row.value, row.unit) == (Decimal("1.2"), "倍")


def test_better_air_is_a_reduction():
    row = only(stated(report(2024, "PM2.5平均浓度29.9微克/m³，同比改善7.1%。")), "pm25_change", "actual")
    assert row.value == Decimal("7.1")


def test_a_concentration_has_one_unit_however_it_is_printed():
    for printed in ("29.9微克/m³", "29.9微克每立方米", "29.9μg/m³"):
        row = only(stated(report(2024, f"PM2.5平均浓度{printed}。")), "pm25", "actual")
        assert row.unit == "微克/立方米"


def test_what_a_plan_added_up_to_is_not_of_its_last_year():
    rows = stated(
        report(2026, "单位地区生产总值能耗累计下降超额完成“十四五”目标，生产总值增长5%，进出口增长4%。")
    )
    (row,) = [row for row in rows if row.indicator_id == "energy_intensity_change"]
    assert (row.horizon, row.period) == ("multi_year", "2021-2025")


def test_a_comparison_with_an_earlier_year_holds_for_its_whole_thought():
    rows = stated(report(2026, "与2020年相比，进出口总额增长45%，单位地区生产总值能耗下降14.5%。"))
    assert not [row for row in rows if row.horizon == "annual"]


def test_the_number_of_areas_in_front_is_no_part_of_a_name():
    row = only(stated(report(2024, plan="主要预期目标是：九市一区PM2.5平均浓度20微克/立方米以内。")), "pm25")
    assert (row.value, row.modifier) == (Decimal(20), "at_most")


def test_growth_of_research_spending_is_not_its_intensity():
    rows = stated(
        report(2024, plan="主要预期目标是：全社会研发投入增长10%以上，研发投入强度提升至2.7%以上。")
    )
    assert [(row.indicator_id, row.value) for row in rows] == [
        ("rd_intensity", Decimal("2.7")),
        ("rd_spending_growth", Decimal(10)),
    ]


def test_what_is_handed_down_may_be_a_level():
    rows = stated(
        report(2024, plan="主要预期目标是：完成国家下达的节能降碳、PM2.5浓度等约束性指标，生产总值增长5%。")
    )
    assert {row.indicator_id for row in rows if row.status == "non_numeric"} == {
        "energy_intensity_change",
        "carbon_intensity_change",
        "pm25",
    }


def test_what_is_said_to_hold_from_there_on_is_expected_to_the_end():
    rows = stated(report(2024, "预计（下同）地区生产总值增长6%；城镇新增就业3万人。"))
    assert only(rows, "urban_new_jobs", "actual").estimated


def test_what_brackets_say_behind_a_number_is_of_that_number():
    rows = stated(report(2024, "生产总值增长6%，出口增长5%（预计数），城镇新增就业3万人。"))
    assert [row.indicator_id for row in rows if row.estimated] == ["exports_growth"]
    rows = stated(report(2024, "生产总值增长6%（预计数，下同），出口增长5%；城镇新增就业3万人。"))
    assert all(row.estimated for row in rows)


def test_of_the_marks_passed_in_several_years_the_last_stands():
    review = "“十四五”时期，地区生产总值先后跨过2000亿、3000亿、4000亿元三个台阶，年均增长5.4%。"
    rows = stated(report(2026, review))
    assert only(rows, "gdp_level", "actual").value == Decimal(400_000_000_000)
    row = only(stated(report(2026, "地区生产总值接连跨越3000亿元、4000亿元大台阶。")), "gdp_level", "actual")
    assert row.value == Decimal(400_000_000_000)


def test_days_gained_are_no_share_of_the_year():
    rows = stated(report(2024, "PM2.5平均浓度36微克/立方米，优良天数274天、同比增加6天。"))
    assert [(row.indicator_id, row.value) for row in rows] == [("pm25", 36), ("good_air_days", 274)]


def test_a_number_of_the_same_years_stands_before_a_comparison():
    more = (
        "三、“十五五”时期主要目标\n“十五五”时期，生产总值年均增速高于全国平均水平，力争年均增长5.5%左右。\n\n"
    )
    row = only(stated(report(2026, more=more)), "gdp_growth", horizon="multi_year")
    assert (row.value, row.basis, row.commitment) == (Decimal("5.5"), "average", "strive")
    assert [one.wording for one in row.alternatives] == ["生产总值年均增速高于全国平均水平"]


def test_of_two_aims_without_a_number_for_the_same_years_one_stands():
    aims = "“十五五”期间，生产总值年均增速高于全国平均水平，力争每年高出1个百分点左右。"
    rows = stated(report(2026, more=f"三、“十五五”时期主要目标\n{aims}\n\n"))
    row = only(rows, "gdp_growth", horizon="multi_year")
    assert (row.status, row.wording) == ("non_numeric", "生产总值年均增速高于全国平均水平")
    assert [one.wording for one in row.alternatives] == ["力争每年高出1个百分点左右"]


def test_how_far_an_average_is_from_another_one_is_no_row_beside_it():
    rows = stated(report(2026, "“十四五”时期，地区生产总值年均增长5.6%，高于全国平均水平0.2个百分点。"))
    assert [(row.value, row.basis) for row in rows if row.indicator_id == "gdp_growth"] == [
        (Decimal("5.6"), "average")
    ]


def test_a_pace_kept_beside_a_level_of_the_last_year_is_one_of_all_years_of_the_plan():
    more = "三、“十五五”时期主要目标\n到2030年，粮食产量达到30亿斤，居民收入增长与经济增长同步。\n\n"
    rows = stated(report(2026, more=more))
    assert only(rows, "grain_output", horizon="to_year").period == "2030"
    assert only(rows, "resident_income_growth", horizon="multi_year").period == "2026-2030"


def test_an_actual_of_the_years_of_an_action_is_one_of_these_years():
    rows = stated(report(2026, "三年行动期间，全市地区生产总值年均增长4.7%，城镇新增就业累计9.1万人。"))
    assert {(row.indicator_id, row.period) for row in rows} == {
        ("gdp_growth", "2023-2025"),
        ("urban_new_jobs", "2023-2025"),
    }


def test_a_plan_without_any_number_states_its_targets():
    rows = stated(report(2024, plan="主要预期目标是：生产总值增速高于全国、高于去年；固定资产投资止跌回升。"))
    assert [(row.indicator_id, row.status, row.period) for row in rows] == [
        ("gdp_growth", "non_numeric", "2024"),
        ("fixed_asset_investment_growth", "non_numeric", "2024"),
    ]


def test_months_that_open_a_sentence_hold_until_the_year_is_named():
    review = "1至11月，出口增长7.1%，进出口增长5.2%；预计全年地区生产总值增长5.5%，城镇新增就业5万人。"
    assert {row.indicator_id for row in stated(report(2024, review))} == {"gdp_growth", "urban_new_jobs"}


def test_a_level_that_leapt_to_a_year_is_of_that_year():
    review = "地区生产总值由2020年的3600亿元跃升至2025年的5100亿元，按不变价计算年均增长5.5%。"
    rows = stated(report(2026, review))
    level = only(rows, "gdp_level", "actual")
    assert (level.value, level.period) == (Decimal(510_000_000_000), "2025")
    assert only(rows, "gdp_growth", "actual", "multi_year").value == Decimal("5.5")


def test_what_may_be_hoped_for_in_a_review_is_expected():
    row = only(
        stated(report(2024, "规模以上工业增加值可望增长7%。")), "industrial_value_added_growth", "actual"
    )
    assert (row.value, row.estimated) == (Decimal(7), True)


@pytest.mark.parametrize(
    ("words", "indicator", "value"),
    [
        ("规模以上工业增加值两年平均增长7.5%，2023年增长7.3%", "industrial_value_added_growth", "7.3"),
        ("进出口总额分季累计增长5.4%、5.5%、5.6%，全年增长5.3%", "trade_growth", "5.3"),
    ],
)
def test_years_and_quarters_before_the_year_are_not_the_year(words, indicator, value):
    row = only(stated(report(2024, f"地区生产总值增长6.1%，{words}。")), indicator, "actual")
    assert (row.value, row.alternatives) == (Decimal(value), ())


def test_a_list_whose_first_name_holds_a_digit_stays_together():
    text = "主要预期目标是：地区生产总值增长5%，PM2.5浓度、优良天数比例完成国家下达目标。"
    rows = stated(report(2024, plan=text))
    assert {row.indicator_id for row in rows if row.status == "non_numeric"} == {
        "pm25",
        "good_air_days_share",
    }


def test_a_range_may_begin_below_zero():
    row = only(
        stated(report(2024, plan="主要预期目标是：固定资产投资增长-3%到5%。")),
        "fixed_asset_investment_growth",
    )
    assert (row.value, row.upper) == (Decimal(-3), Decimal(5))


def test_goals_may_be_announced_without_a_colon():
    row = only(
        stated(report(2024, plan="今年经济社会发展主要预期目标为地区生产总值增长5.5%左右。")), "gdp_growth"
    )
    assert (row.value, row.modifier) == (Decimal("5.5"), "about")


def test_the_whole_region_comes_before_a_part_that_a_sentence_turns_to():
    words = "地区生产总值增长5.6%以上。园区经济加快壮大，生产总值增长6.3%，固定资产投资增长9%，出口增长8%。"
    row = only(stated(report(2024, words)), "gdp_growth", "actual")
    assert row.value == Decimal("5.6")


def test_a_number_of_a_month_does_not_stand_for_the_year_that_follows_it():
    row = only(
        stated(report(2024, "12月份城镇调查失业率为5.1%，全年平均5.2%。")),
        "surveyed_unemployment_rate",
        "actual",
    )
    assert row.value == Decimal("5.2")


def test_days_more_than_the_year_before_say_nothing_of_a_share():
    rows = stated(report(2024, "空气优良天数295天、同比增加10天。"))
    assert not [row for row in rows if row.indicator_id == "good_air_days_share"]


def test_what_adds_up_until_the_end_of_a_plan_is_of_the_whole_plan():
    text = "到2030年，单位地区生产总值二氧化碳排放累计降低17%，居民收入年均增速与经济增长同步。"
    rows = stated(report(2026, more=f"三、“十五五”时期主要目标\n{text}\n"))
    assert {(row.indicator_id, row.period) for row in rows if row.horizon != "annual"} == {
        ("carbon_intensity_change", "2026-2030"),
        ("resident_income_growth", "2026-2030"),
    }


def test_a_sum_of_five_years_names_its_indicator_behind_it():
    rows = stated(report(2026, "五年累计实际使用外资12亿美元。"))
    assert [(row.indicator_id, row.period) for row in rows] == [("actual_foreign_investment", "2021-2025")]


@pytest.mark.parametrize(
    "aside",
    [
        "高于全国0.8个百分点",
        "比全国高0.8个百分点、居全国第3位",
        "比一季度放缓0.4个百分点、好于全国0.1个百分点",
    ],
)
def test_what_a_rate_was_compared_with_is_no_part_of_the_level_behind_it(aside):
    row = only(
        stated(report(2024, f"地区生产总值增长5.8%，{aside}，总量达1.3万亿元。")), "gdp_level", "actual"
    )
    assert row.value == Decimal(1_300_000_000_000)


def test_a_rate_stands_behind_its_distance_from_another():
    row = only(
        stated(report(2024, "居民人均可支配收入增速高于GDP增速1个百分点左右，达到5.2%。")),
        "resident_income_growth",
        "actual",
    )
    assert (row.status, row.value) == ("stated", Decimal("5.2"))


def test_a_rate_of_earlier_in_the_year_is_no_actual():
    words = "固定资产投资由年初的增长4.2%转为下降1%左右。"
    row = only(stated(report(2024, words)), "fixed_asset_investment_growth", "actual")
    assert row.value == Decimal(-1)


@pytest.mark.parametrize(
    "passed",
    [
        "总量接连迈上4000亿元、5000亿元两个台阶",
        "总量跨上4000亿元、5000亿元台阶",
        "总量先后突破4000亿元、5000亿元",
    ],
)
def test_of_levels_that_were_passed_the_last_is_held(passed):
    rows = stated(report(2026, f"“十四五”主要成就：地区生产总值年均增长5%，{passed}。"))
    assert only(rows, "gdp_level", "actual").value == Decimal(500_000_000_000)
    assert only(rows, "gdp_growth", "actual", "multi_year").period == "2021-2025"


@pytest.mark.parametrize("opening", ["1—11月", "前三季度", "今年上半年", "截至11月"])
def test_months_that_a_clause_names_alone_hold_for_those_behind_it(opening):
    rows = stated(report(2024, f"{opening}，地区生产总值增长5.4%，出口增长7%，全年进出口增长8%。"))
    assert [(row.indicator_id, row.value) for row in rows if row.claim_type == "actual"] == [
        ("trade_growth", Decimal(8))
    ]


def test_the_year_that_a_clause_names_alone_holds_for_those_behind_it():
    rows = stated(report(2024, "1—11月，出口增长7%；全年，地区生产总值增长5.4%，进出口增长8%。"))
    assert {row.indicator_id for row in rows if row.claim_type == "actual"} == {"gdp_growth", "trade_growth"}


@pytest.mark.parametrize(
    ("words", "indicator", "value"),
    [
        ("城镇调查失业率始终控制在5.5%以内、全年平均5.3%。", "surveyed_unemployment_rate", "5.3"),
        (
            "居民人均可支配收入39510元，首次超过全国平均水平的90%，同比增长5.4%。",
            "resident_income_growth",
            "5.4",
        ),
        (
            "固定资产投资增速由负转正，同比增长0.8%，增速高于全国4.6个百分点。",
            "fixed_asset_investment_growth",
            "0.8",
        ),
        ("居民消费价格温和回升、涨幅0.8%。", "cpi_growth", "0.8"),
        ("居民消费价格保持基本稳定、涨幅0.8%。", "cpi_growth", "0.8"),
        ("全年CPI为-0.1%。", "cpi_growth", "-0.1"),
        ("外贸进出口在高基数上增长8.1%、总额达889亿元。", "trade_level", "88900000000"),
        ("城镇新增就业超额完成目标，达到3.2万人。", "urban_new_jobs", "32000"),
        ("我们努力实现地区生产总值增长5.5%。", "gdp_growth", "5.5"),
    ],
)
def test_what_is_said_beside_a_number_is_no_part_of_its_name(words, indicator, value):
    assert only(stated(report(2024, words)), indicator, "actual").value == Decimal(value)


def test_energy_and_emissions_of_a_unit_of_output_are_two_rates():
    text = "主要预期目标是：单位地区生产总值能耗和二氧化碳排放量分别降低3%和3.5%左右。"
    rows = stated(report(2024, plan=text))
    assert {(row.indicator_id, row.value) for row in rows} == {
        ("energy_intensity_change", Decimal(3)),
        ("carbon_intensity_change", Decimal("3.5")),
    }


def test_a_whole_name_takes_no_character_from_the_last_of_its_list():
    text = "主要预期目标是：城镇新增就业、城镇调查失业率分别为5万人以上和5.5%左右。"
    rows = stated(report(2024, plan=text))
    assert [(row.indicator_id, row.value) for row in rows] == [
        ("urban_new_jobs", Decimal(50_000)),
        ("surveyed_unemployment_rate", Decimal("5.5")),
    ]


def test_new_jobs_of_five_years_are_of_all_of_them():
    rows = stated(report(2026, more="三、“十五五”时期主要目标\n五年城镇新增就业15万人以上。\n"))
    (row,) = [row for row in rows if row.indicator_id == "urban_new_jobs" and row.horizon != "annual"]
    assert row.period == "2026-2030"


def test_the_number_of_the_whole_country_in_a_bracket_is_not_the_region_s():
    row = only(stated(report(2024, "地区生产总值增长5%左右（全国增长5%）。")), "gdp_growth", "actual")
    assert (row.value, row.modifier, row.alternatives) == (Decimal(5), "about", ())


def test_the_year_of_a_bracket_holds_inside_it_alone():
    text = (
        "主要预期目标是：地区生产总值增长5%（2023年实际增长4.9%），城镇调查失业率5.5%左右（2023年为5.2%）。"
    )
    rows = stated(report(2024, plan=text))
    assert {
        (row.indicator_id, row.claim_type, row.period, row.value) for row in rows if row.quote == text
    } == {
        ("gdp_growth", "target", "2024", Decimal(5)),
        ("gdp_growth", "actual", "2023", Decimal("4.9")),
        ("surveyed_unemployment_rate", "target", "2024", Decimal("5.5")),
        ("surveyed_unemployment_rate", "actual", "2023", Decimal("5.2")),
    }


def test_residents_of_a_realm_take_no_comparison_over_from_those_of_all():
    words = "全体居民人均可支配收入增长5.2%，快于经济增速0.1个百分点；城镇居民增长4.3%，农村居民增长6.1%。"
    rows = stated(report(2024, words))
    assert only(rows, "urban_income_growth", "actual").value == Decimal("4.3")
    assert only(rows, "rural_income_growth", "actual").value == Decimal("6.1")


def test_a_target_without_a_number_behind_one_with_a_number_stands_and_keeps_its_commitment():
    plan = "确保全市空气质量优良率85%以上、市区PM2.5年均浓度达到国家二级标准。"
    rows = {row.indicator_id: row for row in stated(report(2024, plan=plan))}
    assert (rows["good_air_days_share"].value, rows["good_air_days_share"].commitment) == (85, "ensure")
    assert (rows["pm25"].status, rows["pm25"].commitment) == ("non_numeric", "ensure")


def test_days_with_good_air_are_counted_apart_from_their_share():
    rows = stated(
        report(2024, "空气质量优良天数达到331天。", plan="主要预期目标是：空气质量优良天数保持在325天以上。")
    )
    assert only(rows, "good_air_days", "actual").value == 331
    target = only(rows, "good_air_days", "target")
    assert (target.value, target.unit, target.modifier) == (325, "天", "at_least")


def test_what_adds_up_by_the_last_year_of_a_plan_is_of_all_its_years():
    goals = "到2030年，常住人口城镇化率达到66%，城镇新增就业累计30万人以上，碳排放强度下降完成国家下达目标。"
    rows = stated(report(2026, more=f"三、“十五五”时期主要目标\n{goals}\n"))
    assert {(row.indicator_id, row.period) for row in rows if row.quote == goals} == {
        ("urbanization_rate", "2030"),
        ("urban_new_jobs", "2026-2030"),
        ("carbon_intensity_change", "2026-2030"),
    }


def test_a_comparison_beside_one_number_of_the_catalogue_stands_in_a_review():
    words = "城镇新增就业6.1万人，城镇调查失业率低于年度控制目标。"
    row = only(stated(report(2024, words)), "surveyed_unemployment_rate", "actual")
    assert (row.status, row.wording) == ("non_numeric", "城镇调查失业率低于年度控制目标")


def test_a_level_that_was_reached_is_held_rather_than_the_mark_that_it_passed():
    words = "地区生产总值从2020年的3100亿元增加到2025年的5200亿元以上，先后跃上4000亿元、5000亿元台阶"
    row = only(stated(report(2026, f"“十四五”主要成就：{words}。")), "gdp_level", "actual")
    assert (row.value, row.modifier) == (Decimal(520_000_000_000), "at_least")


def test_what_a_review_of_a_plan_adds_up_is_of_its_years_whatever_year_was_named_before():
    review = "预计2025年地区生产总值5200亿元，五年年均增长5.4%；累计城镇新增就业26万人。"
    rows = stated(report(2026, f"“十四五”时期回顾：\n{review}"))
    assert [
        (row.period, row.value) for row in rows if row.indicator_id == "urban_new_jobs" and row.value
    ] == [("2021-2025", Decimal(260_000))]


@pytest.mark.parametrize(
    ("words", "value", "modifier"),
    [
        ("居民消费价格指数102左右", "2", "about"),
        ("居民消费价格指数控制在103以内", "3", "at_most"),
        ("居民消费价格总指数为99.8", "-0.2", "exact"),
    ],
)
def test_a_price_index_says_the_rate(words, value, modifier):
    rows = stated(report(2024, "做好各项工作。", f"主要预期目标为：地区生产总值增长5%，{words}。"))
    row = only(rows, "cpi_growth")
    assert (row.value, row.unit, row.modifier) == (Decimal(value), "%", modifier)
    assert (row.doubt, row.wording) == ("index less 100", words)


@pytest.mark.parametrize(
    "words",
    [
        "一季度实现良好开局，地区生产总值增长6.3%；上半年增长6.2%；全年预计增长5.7%。",
        "地区生产总值一季度增长6.3%、上半年增长6.2%、前三季度增长5.9%、全年增长5.7%。",
    ],
)
def test_of_a_course_through_the_year_the_whole_year_stands(words):
    row = only(stated(report(2024, words)), "gdp_growth", "actual")
    assert (row.value, row.alternatives) == (Decimal("5.7"), ())


def test_exports_behind_the_output_of_goods_are_of_the_goods():
    rows = stated(report(2024, "电动车产量突破7万辆，出口增长53%。粮食产量12万吨，出口增长6%。"))
    assert only(rows, "exports_growth", "actual").value == 6


def test_a_yield_that_ranks_does_not_stand_in_the_name_of_the_output():
    row = only(stated(report(2024, "粮食单产居全省第1位，总产12.5万吨。")), "grain_output", "actual")
    assert row.value == 125_000


def test_what_is_reached_behind_a_comparison_dealt_out_is_dealt_out_too():
    words = "城乡居民人均可支配收入增速分别高于全省0.5个、0.9个百分点，达到4.9%、6.8%。"
    rows = stated(report(2024, words))
    assert only(rows, "urban_income_growth", "actual").value == Decimal("4.9")
    assert only(rows, "rural_income_growth", "actual").value == Decimal("6.8")


def test_a_place_held_between_two_numbers_is_no_part_of_the_name():
    words = "五年来，经济总量从1900亿元增加到2800亿元、居全省位次前移1位，年均增速5.1%。"
    rows = [row for row in stated(report(2026, words)) if row.quote == words]
    assert {(row.indicator_id, row.period, row.value) for row in rows} == {
        ("gdp_level", "2025", Decimal(280_000_000_000)),
        ("gdp_growth", "2021-2025", Decimal("5.1")),
    }


def test_a_rate_that_rose_through_the_quarters_is_the_one_it_rose_to():
    words = "生产总值增速由一季度的4.3%逐季回升至全年的5.5%，总量跨上3300亿元台阶。"
    rows = [row for row in stated(report(2024, words)) if row.quote == words]
    assert [(row.indicator_id, row.value) for row in rows] == [
        ("gdp_growth", Decimal("5.5")),
        ("gdp_level", Decimal(330_000_000_000)),
    ]


def test_a_fall_from_the_year_before_a_plan_is_of_all_its_years():
    goals = "到2030年，常住人口城镇化率达到66%，单位地区生产总值能耗较2025年下降12%。"
    rows = stated(report(2026, more=f"三、“十五五”时期主要目标\n{goals}\n"))
    assert {(row.indicator_id, row.period) for row in rows if row.quote == goals} == {
        ("urbanization_rate", "2030"),
        ("energy_intensity_change", "2026-2030"),
    }


def test_the_year_that_a_goal_builds_on_is_not_its_year():
    goals = "展望2030年，地区生产总值在2025年基础上增长30%、突破700亿元，常住人口城镇化率达到66%。"
    rows = stated(report(2026, more=f"三、“十五五”时期主要目标\n{goals}\n"))
    assert {(row.indicator_id, row.period) for row in rows if row.quote == goals} == {
        ("gdp_growth", "2026-2030"),
        ("gdp_level", "2030"),
        ("urbanization_rate", "2030"),
    }


@pytest.mark.parametrize(
    "words",
    [
        "农牧民人均可支配收入增长7%、城镇居民增长5.5%。",
        "城镇、农牧区常住居民人均可支配收入分别增长5.5%、7%。",
    ],
)
def test_herders_are_of_the_country(words):
    rows = stated(report(2024, words))
    assert only(rows, "urban_income_growth", "actual").value == Decimal("5.5")
    assert only(rows, "rural_income_growth", "actual").value == 7


def test_prices_are_summed_over_the_months_of_the_year():
    row = only(stated(report(2024, "居民消费价格指数累计上涨0.3%。")), "cpi_growth", "actual")
    assert (row.period, row.value) == ("2023", Decimal("0.3"))


def test_investment_that_goes_on_recovering_is_a_target_without_a_number():
    plan = "主要预期目标是：地区生产总值增长5%，固定资产投资持续恢复。"
    row = only(stated(report(2024, plan=plan)), "fixed_asset_investment_growth")
    assert row.status == "non_numeric"
