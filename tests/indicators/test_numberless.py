"""What a clause says of an indicator without a number."""

import pytest

from extract.indicators.catalogue import load_catalogue
from extract.indicators.matching import Matcher
from extract.indicators.numberless import statements

MATCHER = Matcher(load_catalogue())


@pytest.mark.parametrize(
    ("text", "indicators", "strength"),
    [
        ("居民收入增长与经济增长基本同步", ["resident_income_growth"], "compared"),
        ("居民人均可支配收入和经济增长保持同步", ["resident_income_growth"], "compared"),
        ("固定资产投资与上年持平", ["fixed_asset_investment_growth"], "compared"),
        ("农村居民收入增速快于城镇", ["rural_income_growth"], "compared"),
        ("居民消费价格合理回升", ["cpi_growth"], "compared"),
        ("单位地区生产总值能耗降低完成国家下达目标", ["energy_intensity_change"], "assigned"),
        ("节能减排完成省定任务", ["energy_intensity_change"], "assigned"),
        (
            "能源、用水、碳排放等指标符合国家要求",
            ["energy_intensity_change", "carbon_intensity_change"],
            "assigned",
        ),
        ("7.外贸进出口促稳提质", ["trade_growth"], "soft"),
        ("PM2.5浓度持续下降", ["pm25"], "soft"),
        ("固定资产投资实现正增长", ["fixed_asset_investment_growth"], "compared"),
        ("外贸进出口力争实现正增长", ["trade_growth"], "compared"),
        ("外贸出口恢复正增长", ["exports_growth"], "compared"),
        ("居民收入增长与经济增长相匹配", ["resident_income_growth"], "compared"),
        ("固定资产投资降幅收窄", ["fixed_asset_investment_growth"], "soft"),
        (
            "空气质量优良天数比率、地表水优良比例保持稳定",
            ["good_air_days_share", "surface_water_good_share"],
            "soft",
        ),
        ("固定资产投资增速转正", ["fixed_asset_investment_growth"], "compared"),
        ("固定资产投资呈恢复性增长态势", ["fixed_asset_investment_growth"], "soft"),
        ("居民消费价格零增长", ["cpi_growth"], "compared"),
        ("进出口稳量提质", ["trade_growth"], "soft"),
        ("外贸外资稳中提质", ["trade_growth", "actual_foreign_investment"], "soft"),
        ("能耗强度下降幅度达到国家要求", ["energy_intensity_change"], "assigned"),
        ("空气质量优良天数比例稳定在国家下达目标以上", ["good_air_days_share"], "assigned"),
        ("单位地区生产总值能耗按国家下达目标执行", ["energy_intensity_change"], "assigned"),
        ("完成国家下达的能耗强度降低目标任务", ["energy_intensity_change"], "assigned"),
        (
            "确保完成国家下达的单位地区生产总值能耗、碳排放强度下降目标",
            ["energy_intensity_change", "carbon_intensity_change"],
            "assigned",
        ),
        (
            "单位地区生产总值能耗、PM2.5浓度等约束性指标完成国家下达任务",
            ["energy_intensity_change", "pm25"],
            "assigned",
        ),
        ("居民消费价格涨幅保持在合理区间", ["cpi_growth"], "compared"),
        ("粮食播种面积和产量保持稳定", ["grain_output"], "soft"),
        ("地区生产总值增速前高后低", ["gdp_growth"], "compared"),
        (
            "固定资产投资和社会消费品零售总额保持平稳增长",
            ["fixed_asset_investment_growth", "retail_sales_growth"],
            "soft",
        ),
        ("城镇调查失业率控制在预期目标以内", ["surveyed_unemployment_rate"], "assigned"),
        ("粮食产量稳定", ["grain_output"], "soft"),
        ("粮食总产量稳中有增", ["grain_output"], "soft"),
        ("固定资产投资稳中有增", ["fixed_asset_investment_growth"], "soft"),
        ("外贸进出口实现两位数增长", ["trade_growth"], "soft"),
        ("外贸出口增长两位数", ["exports_growth"], "soft"),
        ("固定资产投资同比下降", ["fixed_asset_investment_growth"], "soft"),
        ("固定资产投资企稳回升", ["fixed_asset_investment_growth"], "compared"),
        ("CPI控制在合理区间", ["cpi_growth"], "compared"),
        ("单位地区生产总值能耗降低率与国家下达目标相衔接", ["energy_intensity_change"], "assigned"),
        ("粮食总产稳定在上年水平", ["grain_output"], "compared"),
        ("PM2.5浓度只降不升", ["pm25"], "compared"),
        ("粮食播种面积、产量保持稳定", ["grain_output"], "soft"),
        ("“十五五”时期经济增长保持在合理区间", ["gdp_growth"], "compared"),
        ("能耗强度目标纳入“十五五”规划期统筹考核", ["energy_intensity_change"], "assigned"),
        (
            "单位生产总值能耗（扣除原料和绿电用能）、碳排放强度完成国家下达任务",
            ["energy_intensity_change", "carbon_intensity_change"],
            "assigned",
        ),
        (
            "城镇居民、农村居民人均可支配收入增速不低于经济增速",
            ["urban_income_growth", "rural_income_growth"],
            "compared",
        ),
    ],
)
def test_a_statement_is_found_with_its_indicators(text, indicators, strength):
    (one,) = statements(text, MATCHER)
    assert ([indicator.id for indicator in one.indicators], one.strength) == (indicators, strength)
    assert text[one.start : one.end] == text


@pytest.mark.parametrize(
    "text",
    [
        "地区生产总值增长5%，高于全国平均水平0.4个百分点",
        "同步推进场站建设",
        "制造业投资和民间投资比重稳步提高",
        "粮食播种面积完成国家下达任务",
        "城市品质稳步提升",
        "完成国家下达的高标准农田建设任务",
        "粮食产量83万吨，与上年基本持平",
        "一般公共预算收入812亿元。与上年基本持平",
    ],
)
def test_numbers_and_other_things_are_no_statements(text):
    assert list(statements(text, MATCHER)) == []


def test_a_level_as_high_as_the_year_before_speaks_of_its_rate():
    for level in ("812亿元", "1,812.5亿元"):
        (one,) = statements(f"一般公共预算收入{level}，与上年基本持平", MATCHER)
        assert one.subject == "一般公共预算收入"
        assert [indicator.id for indicator in one.indicators] == ["budget_revenue_growth"]


def test_a_level_that_keeps_pace_with_the_economy_speaks_of_its_rate():
    (one,) = statements("居民人均可支配收入4.2万元以上，与经济增长同步", MATCHER)
    assert [indicator.id for indicator in one.indicators] == ["resident_income_growth"]


def test_two_statements_of_one_clause_are_two():
    found = [
        one.subject for one in statements("居民收入增长与经济增长同步、农村居民收入增速快于城镇", MATCHER)
    ]
    assert found == ["居民收入增长", "农村居民收入增速"]


def test_spans_point_into_the_text_as_it_was_broken():
    text = "同时，PM\n2.5\n浓度完成国家下达目标。"
    (one,) = statements(text, MATCHER)
    assert text[one.start : one.end] == "PM\n2.5\n浓度完成国家下达目标"


@pytest.mark.parametrize("hostile", ["等", "出口、", "与经济", "保持", "1", "出口与"])
def test_hostile_clauses_are_passed_over_in_no_time(hostile):
    """Work is bounded whatever the text; the clause after them is read."""
    found = list(statements(hostile * 30_000 + "，出口保持稳定", MATCHER))
    assert [one.subject for one in found] == ["出口"]


def test_what_stands_behind_a_number_of_its_clause_is_a_statement_of_its_own():
    (one,) = statements("万元GDP能耗降低2.5%、碳排放强度完成国家下达任务", MATCHER)
    assert ([indicator.id for indicator in one.indicators], one.wording) == (
        ["carbon_intensity_change"],
        "碳排放强度完成国家下达任务",
    )
    assert list(statements("生产总值2638亿元、增速与全国持平", MATCHER)) == []
