"""Which rows a chart draws."""

import pytest

from extract.charts.choosing import for_livelihood, for_regions, for_trend
from extract.errors import ChartError

from .rows import promised, stated

PANEL = [
    stated("云州市", 2023, "actual", "5"),
    stated("云州市", 2024, "target", "6"),
    stated("云州市", 2024, "actual", "6.3"),
    stated(
        "云州市", 2024, "target", "8", indicator_id="exports_growth", indicator="出口", indicator_en="exports"
    ),
    stated("临江市", 2025, "target", "7"),
    stated("临江市", 2024, "actual", "4"),
    stated("望海市", 2025, "target", None),
]


def test_the_region_with_most_is_drawn_unless_one_is_named():
    rows, names = for_trend(PANEL, [], [], "zh")
    assert {row.region for row in rows} == {"云州市"}
    assert names == {"gdp_growth": "地区生产总值增长率", "exports_growth": "出口"}
    rows, names = for_trend(PANEL, ["临江"], ["GDP增速"], "en")
    assert {row.region for row in rows} == {"临江市"}
    assert names == {"gdp_growth": "GDP growth"}


def test_regions_are_those_of_the_latest_target_beside_the_actuals_of_the_same_reports():
    rows, name = for_regions(PANEL, "gdp_growth", None, "both", "zh")
    assert [(row.region, row.year, row.claim_type) for row in rows] == [
        ("临江市", 2025, "target"),
        ("望海市", 2025, "target"),
        ("云州市", 2024, "actual"),
        ("临江市", 2024, "actual"),
    ]
    assert name == "地区生产总值增长率"
    rows, _ = for_regions(PANEL, "gdp_growth", 2024, "actual", "zh")
    assert {row.claim_type for row in rows} == {"actual"}


@pytest.mark.parametrize(
    ("ask", "missing", "offered"),
    [
        (lambda: for_trend(PANEL, ["泰原市"], [], "zh"), "泰原市", "临江市"),
        (lambda: for_trend(PANEL, ["云州市"], ["grain"], "zh"), "grain", "gdp_growth"),
        (lambda: for_regions(PANEL, "gdp_growth", 1999, "target", "zh"), "1999", "2024, 2025"),
        (lambda: for_livelihood([promised("学校", "1", "1", "completed")], None, 2020), "2020", "2024"),
    ],
)
def test_a_wish_that_cannot_be_met_names_what_there_is(ask, missing, offered):
    with pytest.raises(ChartError, match=missing) as caught:
        ask()
    assert offered in caught.value.hint


def test_without_two_reports_in_a_row_there_is_no_progress():
    with pytest.raises(ChartError) as caught:
        for_livelihood([], None, None)
    assert "extract livelihood" in caught.value.hint


@pytest.mark.parametrize(
    "name", ["gdp_growth", "GDP增速", "地区生产总值增速", "地区生产总值增长率", "生产总值"]
)
def test_an_indicator_goes_by_any_of_its_names(name):
    """As `extract indicators match` knows them."""
    _, names = for_trend(PANEL, ["云州市"], [name], "zh")
    assert list(names) == ["gdp_growth"]
    assert for_regions(PANEL, name, 2025, "target", "zh")[1] == names["gdp_growth"]


def test_several_regions_can_be_drawn_at_once():
    """In the order in which they are named, in full or short."""
    rows, _ = for_trend(PANEL, ["临江", "云州市"], [], "zh")
    assert list(dict.fromkeys(row.region for row in rows)) == ["临江市", "云州市"]
    rows, _ = for_regions(PANEL, "gdp_growth", None, "target", "zh", ["云州"])
    assert {row.region for row in rows} == {"云州市"}


def test_a_name_of_several_regions_or_indicators_is_refused_with_all_of_them():
    """吉林 is a province and a city; a share of two names."""
    both = [stated("吉林省", 2025, "target", "5"), stated("吉林市", 2025, "target", "6")]
    with pytest.raises(ChartError, match="several regions") as caught:
        for_trend(both, ["吉林"], [], "zh")
    assert "吉林省, 吉林市" in caught.value.hint
    incomes = [
        stated("云州市", 2025, "target", "5", indicator_id=one, indicator=one)
        for one in ("urban_income_growth", "rural_income_growth")
    ]
    with pytest.raises(ChartError, match="several indicators") as caught:
        for_trend(incomes, [], ["城镇居民收入、农村居民收入"], "zh")
    assert "urban_income_growth, rural_income_growth" in caught.value.hint
