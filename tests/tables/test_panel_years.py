"""Which years a number of the panel is of."""

from decimal import Decimal

import pytest

from .research_cases import only, report, stated


def test_part_of_a_year_is_not_the_year():
    rows = stated(report(2024, "上半年地区生产总值增长7%。全年地区生产总值增长6.1%。"))
    assert only(rows, "gdp_growth", "actual").value == Decimal("6.1")


def test_years_of_the_five_year_plan_stand_apart():
    more = "三、“十五五”时期主要目标\n地区生产总值年均增长5%左右，到2030年突破6000亿元。\n\n"
    rows = stated(report(2026, plan="地区生产总值增长5.5%左右。", more=more))
    assert only(rows, "gdp_growth").year == 2026
    five = only(rows, "gdp_growth", horizon="multi_year")
    assert (five.year, five.period, five.basis, five.value) == (None, "2026-2030", "average", Decimal(5))
    assert only(rows, "gdp_level", horizon="to_year").year == 2030


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


def test_a_rate_of_the_whole_year_stands_though_its_clause_began_with_a_part_of_it():
    row = only(
        stated(report(2024, "规上工业增加值增速由一季度的5.1%提高到全年的6.3%。")),
        "industrial_value_added_growth",
        "actual",
    )
    assert (row.value, row.unit) == (Decimal("6.3"), "%")


def test_what_a_plan_added_up_to_is_not_of_its_last_year():
    rows = stated(
        report(2026, "单位地区生产总值能耗累计下降超额完成“十四五”目标，生产总值增长5%，进出口增长4%。")
    )
    (row,) = [row for row in rows if row.indicator_id == "energy_intensity_change"]
    assert (row.horizon, row.period) == ("multi_year", "2021-2025")


def test_a_comparison_with_an_earlier_year_holds_for_its_whole_thought():
    rows = stated(report(2026, "与2020年相比，进出口总额增长45%，单位地区生产总值能耗下降14.5%。"))
    assert not [row for row in rows if row.horizon == "annual"]


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


def test_months_that_open_a_sentence_hold_until_the_year_is_named():
    review = "1至11月，出口增长7.1%，进出口增长5.2%；预计全年地区生产总值增长5.5%，城镇新增就业5万人。"
    assert {row.indicator_id for row in stated(report(2024, review))} == {"gdp_growth", "urban_new_jobs"}


def test_a_level_that_leapt_to_a_year_is_of_that_year():
    review = "地区生产总值由2020年的3600亿元跃升至2025年的5100亿元，按不变价计算年均增长5.5%。"
    rows = stated(report(2026, review))
    level = only(rows, "gdp_level", "actual")
    assert (level.value, level.period) == (Decimal(510_000_000_000), "2025")
    assert only(rows, "gdp_growth", "actual", "multi_year").value == Decimal("5.5")


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


def test_a_number_of_a_month_does_not_stand_for_the_year_that_follows_it():
    row = only(
        stated(report(2024, "12月份城镇调查失业率为5.1%，全年平均5.2%。")),
        "surveyed_unemployment_rate",
        "actual",
    )
    assert row.value == Decimal("5.2")


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


def test_a_rate_of_earlier_in_the_year_is_no_actual():
    words = "固定资产投资由年初的增长4.2%转为下降1%左右。"
    row = only(stated(report(2024, words)), "fixed_asset_investment_growth", "actual")
    assert row.value == Decimal(-1)


@pytest.mark.parametrize("opening", ["1—11月", "前三季度", "今年上半年", "截至11月"])
def test_months_that_a_clause_names_alone_hold_for_those_behind_it(opening):
    rows = stated(report(2024, f"{opening}，地区生产总值增长5.4%，出口增长7%，全年进出口增长8%。"))
    assert [(row.indicator_id, row.value) for row in rows if row.claim_type == "actual"] == [
        ("trade_growth", Decimal(8))
    ]


def test_the_year_that_a_clause_names_alone_holds_for_those_behind_it():
    rows = stated(report(2024, "1—11月，出口增长7%；全年，地区生产总值增长5.4%，进出口增长8%。"))
    assert {row.indicator_id for row in rows if row.claim_type == "actual"} == {"gdp_growth", "trade_growth"}


def test_new_jobs_of_five_years_are_of_all_of_them():
    rows = stated(report(2026, more="三、“十五五”时期主要目标\n五年城镇新增就业15万人以上。\n"))
    (row,) = [row for row in rows if row.indicator_id == "urban_new_jobs" and row.horizon != "annual"]
    assert row.period == "2026-2030"


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


def test_what_adds_up_by_the_last_year_of_a_plan_is_of_all_its_years():
    goals = "到2030年，常住人口城镇化率达到66%，城镇新增就业累计30万人以上，碳排放强度下降完成国家下达目标。"
    rows = stated(report(2026, more=f"三、“十五五”时期主要目标\n{goals}\n"))
    assert {(row.indicator_id, row.period) for row in rows if row.quote == goals} == {
        ("urbanization_rate", "2030"),
        ("urban_new_jobs", "2026-2030"),
        ("carbon_intensity_change", "2026-2030"),
    }


def test_what_a_review_of_a_plan_adds_up_is_of_its_years_whatever_year_was_named_before():
    review = "预计2025年地区生产总值5200亿元，五年年均增长5.4%；累计城镇新增就业26万人。"
    rows = stated(report(2026, f"“十四五”时期回顾：\n{review}"))
    assert [
        (row.period, row.value) for row in rows if row.indicator_id == "urban_new_jobs" and row.value
    ] == [("2021-2025", Decimal(260_000))]


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


def test_prices_are_summed_over_the_months_of_the_year():
    row = only(stated(report(2024, "居民消费价格指数累计上涨0.3%。")), "cpi_growth", "actual")
    assert (row.period, row.value) == ("2023", Decimal("0.3"))
