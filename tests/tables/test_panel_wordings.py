"""How reports word what stands in the panel."""

from decimal import Decimal

import pytest

from .research_cases import only, report, stated


def test_each_number_that_is_dealt_out_belongs_to_one_indicator():
    rows = stated(report(2024, "固定资产投资、社会消费品零售总额分别下降2.7%、增长0.6%。"))
    assert only(rows, "fixed_asset_investment_growth", "actual").value == Decimal("-2.7")
    assert only(rows, "retail_sales_growth", "actual").value == Decimal("0.6")


def test_numbers_that_cannot_be_dealt_out_belong_to_none():
    assert stated(report(2024, "固定资产投资、进口总额、社会消费品零售总额分别下降2.7%、增长0.6%。")) == []


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


def test_a_plan_without_any_number_states_its_targets():
    rows = stated(report(2024, plan="主要预期目标是：生产总值增速高于全国、高于去年；固定资产投资止跌回升。"))
    assert [(row.indicator_id, row.status, row.period) for row in rows] == [
        ("gdp_growth", "non_numeric", "2024"),
        ("fixed_asset_investment_growth", "non_numeric", "2024"),
    ]


def test_what_may_be_hoped_for_in_a_review_is_expected():
    row = only(
        stated(report(2024, "规模以上工业增加值可望增长7%。")), "industrial_value_added_growth", "actual"
    )
    assert (row.value, row.estimated) == (Decimal(7), True)


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


def test_days_more_than_the_year_before_say_nothing_of_a_share():
    rows = stated(report(2024, "空气优良天数295天、同比增加10天。"))
    assert not [row for row in rows if row.indicator_id == "good_air_days_share"]


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


def test_the_number_of_the_whole_country_in_a_bracket_is_not_the_region_s():
    row = only(stated(report(2024, "地区生产总值增长5%左右（全国增长5%）。")), "gdp_growth", "actual")
    assert (row.value, row.modifier, row.alternatives) == (Decimal(5), "about", ())


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


def test_a_comparison_beside_one_number_of_the_catalogue_stands_in_a_review():
    words = "城镇新增就业6.1万人，城镇调查失业率低于年度控制目标。"
    row = only(stated(report(2024, words)), "surveyed_unemployment_rate", "actual")
    assert (row.status, row.wording) == ("non_numeric", "城镇调查失业率低于年度控制目标")


def test_a_level_that_was_reached_is_held_rather_than_the_mark_that_it_passed():
    words = "地区生产总值从2020年的3100亿元增加到2025年的5200亿元以上，先后跃上4000亿元、5000亿元台阶"
    row = only(stated(report(2026, f"“十四五”主要成就：{words}。")), "gdp_level", "actual")
    assert (row.value, row.modifier) == (Decimal(520_000_000_000), "at_least")


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


def test_investment_that_goes_on_recovering_is_a_target_without_a_number():
    plan = "主要预期目标是：地区生产总值增长5%，固定资产投资持续恢复。"
    row = only(stated(report(2024, plan=plan)), "fixed_asset_investment_growth")
    assert row.status == "non_numeric"
