"""Targets beside actuals outside the catalogue."""

from decimal import Decimal

from extract.indicators.catalogue import load_catalogue
from extract.tables.rows import TrackingRow
from extract.tables.tracking_unlisted import unlisted_rows

from .research_cases import report

CATALOGUE = load_catalogue()


def tracked(plan: str, review: str) -> list[TrackingRow]:
    """The rows of two successive reports, the first of which plans and the second reviews."""
    results = [report(2024, plan=plan), report(2025, review)]
    return list(unlisted_rows(results, CATALOGUE))


def test_the_same_words_in_plan_and_review_are_a_pair():
    (row,) = tracked("新认定高新技术企业60家以上。", "新认定高新技术企业72家。")
    assert (row.indicator_id, row.indicator, row.year) == (None, "新认定高新技术企业", 2024)
    assert (row.target, row.actual, row.unit, row.outcome) == (Decimal(60), Decimal(72), "家", "met")
    assert row.target_quote == "新认定高新技术企业60家以上。"
    assert row.note is not None
    assert "目录外" in row.note


def test_what_the_catalogue_knows_is_not_said_twice():
    assert tracked("地区生产总值增长6%。", "地区生产总值增长6.3%。") == []


def test_other_words_or_another_unit_are_no_pair():
    assert tracked("新认定高新技术企业60家。", "新认定科技型中小企业72家。") == []
    assert tracked("旅游综合收入增长9%。", "旅游综合收入达到46亿元。") == []


def test_a_wording_with_several_numbers_does_not_say_which_is_meant():
    assert tracked("建成农村公路30公里。", "建成农村公路21公里。另有镇村建成农村公路16公里。") == []


def test_a_reduction_is_better_when_it_is_larger_and_harm_when_it_is_less():
    (saved,) = tracked("一般性支出压减5%。", "一般性支出压减4.2%。")
    assert (saved.outcome, saved.better) == ("missed", False)
    (harm,) = tracked("PM10平均浓度为48微克/立方米。", "PM10平均浓度为45微克/立方米。")
    assert (harm.outcome, harm.better) == ("exceeded", True)


def test_reports_two_years_apart_are_no_pair():
    results = [report(2024, plan="新认定高新技术企业60家。"), report(2026, "新认定高新技术企业72家。")]
    assert list(unlisted_rows(results, CATALOGUE)) == []


def test_a_wording_that_looks_like_a_template_is_left_alone():
    assert tracked("实施项目[甲]类工程60个。", "实施项目[甲]类工程72个。") == []


def test_a_thing_whose_modifier_stands_before_another_is_no_pair():
    """示范村 of the mountains are not those of the coast, though both reports write 示范村."""
    assert tracked("建成山区特色示范镇5个、示范村90个。", "建成滨海旅游示范镇7个、示范村54个。") == []
    (row,) = tracked("建成示范镇5个、示范村90个。", "建成示范镇7个、示范村54个。")[1:]
    assert (row.indicator, row.target, row.actual) == ("建成示范村", 90, 54)


def test_what_is_planned_of_each_thing_of_a_list_is_planned_of_one():
    (row,) = tracked("文旅产业投资、软件产业投资均增长10%以上。", "文旅产业投资增长13.3%。")
    assert (row.indicator, row.target, row.actual, row.outcome) == (
        "文旅产业投资",
        10,
        Decimal("13.3"),
        "met",
    )
