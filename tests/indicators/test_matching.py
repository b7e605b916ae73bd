"""A report's wording and its number to an indicator of the catalogue."""

from decimal import Decimal

import pytest

from extract.indicators.catalogue import load_catalogue
from extract.indicators.matching import Matcher, Quantity, signed

MATCHER = Matcher(load_catalogue())
GROWTH = Quantity(Decimal(5), None, "%", "change", "increase")
FALL = Quantity(Decimal(5), None, "%", "change", "decrease")
SHARE = Quantity(Decimal(5), None, "%", "share", None)
MONEY = Quantity(Decimal(5), None, "元", "level", None)
TONS = Quantity(Decimal(5), None, "吨", "level", None)
POSTS = Quantity(Decimal(5), None, "个", "level", None)
POINTS = Quantity(Decimal(1), None, "个百分点", "change", "increase")


def ids(wording: str, quantity: Quantity = GROWTH, region: str | None = None) -> list[str]:
    """The indicators that a wording is matched to."""
    return [match.indicator.id for match in MATCHER.matches(wording, quantity, region)]


@pytest.mark.parametrize(
    ("wording", "quantity", "indicator", "how"),
    [
        ("地区生产总值", GROWTH, "gdp_growth", "exact"),
        ("GDP", GROWTH, "gdp_growth", "alias"),
        ("生产总值", MONEY, "gdp_level", "composed"),
        ("城镇常住居民人均可支配收入", GROWTH, "urban_income_growth", "composed"),
        ("农村居民收入", GROWTH, "rural_income_growth", "composed"),
        ("规上工业增加值", GROWTH, "industrial_value_added_growth", "composed"),
        ("社零总额", GROWTH, "retail_sales_growth", "composed"),
        ("地方一般公共预算收入", GROWTH, "budget_revenue_growth", "composed"),
        ("财政总收入", MONEY, "total_fiscal_revenue_level", "exact"),
        ("城镇调查失业率", SHARE, "surveyed_unemployment_rate", "exact"),
        ("登记失业率", SHARE, "registered_unemployment_rate", "composed"),
        ("居民消费价格涨幅", SHARE, "cpi_growth", "exact"),
        ("研究与试验发展经费支出相当于地区生产总值的比例", SHARE, "rd_intensity", "composed"),
        ("单位GDP能耗", FALL, "energy_intensity_change", "composed"),
        ("空气质量优良天数比率", SHARE, "good_air_days_share", "composed"),
        ("粮食总产量", TONS, "grain_output", "composed"),
        ("地级城市空气质量优良天数比率", SHARE, "good_air_days_share", "composed"),
        ("州市政府所在地优良天数比率", SHARE, "good_air_days_share", "composed"),
        ("县级以上城市PM2.5平均浓度", FALL, "pm25_change", "composed"),
        ("城镇新增就业岗位", POSTS, "urban_new_jobs", "composed"),
        ("农村牧区常住居民人均可支配收入", GROWTH, "rural_income_growth", "composed"),
        ("能源消费强度", FALL, "energy_intensity_change", "composed"),
        ("一般公共预算收入可比", GROWTH, "budget_revenue_growth", "exact"),
        ("一般公共预算收入按可比口径", GROWTH, "budget_revenue_growth", "exact"),
        ("外贸进出口在上年高基数基础上", GROWTH, "trade_growth", "composed"),
        ("外贸出口逆势上扬", GROWTH, "exports_growth", "composed"),
    ],
)
def test_a_wording_finds_its_indicator(wording, quantity, indicator, how):
    (match,) = MATCHER.matches(wording, quantity)
    assert (match.indicator.id, match.how) == (indicator, how)


@pytest.mark.parametrize(
    ("wording", "quantity", "not_this"),
    [
        ("财政总收入", GROWTH, "budget_revenue_growth"),
        ("工业投资", GROWTH, "fixed_asset_investment_growth"),
        ("民间投资", GROWTH, "fixed_asset_investment_growth"),
        ("城镇登记失业率", SHARE, "surveyed_unemployment_rate"),
        ("人均地区生产总值", MONEY, "gdp_level"),
        ("工业增加值", GROWTH, "industrial_value_added_growth"),
        ("低收入农户人均可支配收入", GROWTH, "rural_income_growth"),
        ("粮食播种面积", TONS, "grain_output"),
        ("安平县一般公共预算收入", GROWTH, "budget_revenue_growth"),
        ("固定资产投资（不含房地产）", GROWTH, "fixed_asset_investment_growth"),
        ("固定资产投资（扣除房地产）", GROWTH, "fixed_asset_investment_growth"),
        ("固定资产投资（剔除房地产开发投资）增速", GROWTH, "fixed_asset_investment_growth"),
        ("户籍人口城镇化率", SHARE, "urbanization_rate"),
    ],
)
def test_traps_are_not_fallen_into(wording, quantity, not_this):
    assert not_this not in ids(wording, quantity)


def test_a_number_of_another_sort_is_no_number_of_the_indicator():
    assert ids("城镇调查失业率", POINTS) == []
    assert ids("地区生产总值", Quantity(Decimal(3), None, "位", "rank", None)) == []
    assert ids("城镇新增就业", MONEY) == []


def test_words_around_a_name_are_left_out_and_named():
    (match,) = MATCHER.matches("奋力实现地区生产总值", GROWTH)
    assert (match.indicator.id, match.dropped) == ("gdp_growth", "奋力实现")


def test_the_reporting_region_may_stand_in_front_and_no_other():
    assert ids("云州市地区生产总值", GROWTH, "云州市") == ["gdp_growth"]
    assert ids("云州地区生产总值", GROWTH, "云州市") == ["gdp_growth"]
    assert ids("安平县地区生产总值", GROWTH, "云州市") == []


def test_one_number_of_two_indicators_is_one_of_each_with_a_doubt():
    matches = MATCHER.matches("财政总收入和地方财政收入", GROWTH)
    assert [one.indicator.id for one in matches] == ["total_fiscal_revenue_growth", "budget_revenue_growth"]
    assert all("several" in one.doubt for one in matches)


def test_members_of_a_list_share_its_end_unless_it_is_a_share_of_each():
    assert ids("粮食、蔬菜产量", TONS) == ["grain_output"]
    assert ids("制造业投资和民间投资比重") == []


def test_months_and_seats_of_government_in_front_are_left_out():
    assert ids("12月份城镇调查失业率", SHARE) == ["surveyed_unemployment_rate"]
    assert ids("州（市）政府所在地城市优良天数率", SHARE) == ["good_air_days_share"]
    assert ids("全区14个城市空气质量平均优良天数比例", SHARE) == ["good_air_days_share"]
    assert ids("县级以上城市空气质量平均优良天数比率", SHARE) == ["good_air_days_share"]


def test_what_stands_in_brackets_is_left_aside_with_a_doubt():
    (match,) = MATCHER.matches("一般公共预算收入（剔除留抵退税因素）", GROWTH)
    assert match.indicator.id == "budget_revenue_growth"
    assert "留抵退税" in match.doubt


def test_what_a_rate_is_cleaned_of_is_left_aside_with_a_doubt():
    (match,) = MATCHER.matches("一般公共预算收入剔除留抵退税因素后", GROWTH)
    assert match.indicator.id == "budget_revenue_growth"
    assert "留抵退税" in match.doubt


def test_a_falling_rate_of_growth_is_negative_and_a_reduction_is_not():
    assert signed(load_catalogue()["gdp_growth"], FALL) == (Decimal(-5), None)
    assert signed(load_catalogue()["energy_intensity_change"], FALL) == (Decimal(5), None)
    assert signed(load_catalogue()["energy_intensity_change"], GROWTH) == (Decimal(-5), None)


def test_a_falling_range_keeps_its_lower_end_first():
    falling = Quantity(Decimal(2), Decimal(3), "%", "change", "decrease")
    assert signed(load_catalogue()["exports_growth"], falling) == (Decimal(-3), Decimal(-2))


def test_the_longest_wording_takes_no_time():
    assert ids("全年实现" * 5_000) == []
