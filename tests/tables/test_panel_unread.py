"""What a sentence of targets or results names and nobody could read: never "not stated"."""

import pytest

from extract.engines.rules import RulesEngine
from extract.indicators.catalogue import load_catalogue
from extract.pipeline import process_source
from extract.tables.panel import panel_rows
from extract.tables.rows import PanelRow
from extract.tables.tracking import tracking_rows
from tests.tables.research_cases import CATALOGUE, report, text_of

AIMS = "今年经济社会发展的主要预期目标是：{}，一般公共预算收入增长4%，规模以上工业增加值增长6%。"
ODD = "地区生产总值在去年基础上再加5%"


def row(plan: str, indicator: str = "gdp_growth", claim: str = "target", review: str = "") -> PanelRow:
    """The annual row of an indicator."""
    result = report(2026, plan=plan, **({"review": review} if review else {}))
    (found,) = [
        one
        for one in panel_rows([result], CATALOGUE)
        if (one.indicator_id, one.claim_type, one.horizon) == (indicator, claim, "annual")
    ]
    return found


@pytest.mark.parametrize(
    "wording",
    [
        ODD,
        "GDP以5个点为期",
        "全市生产总值不低于省里的5%",
        "经济增速与省里的盘子看齐",
        "固定资产投资增长3%，地区生产总值按照百分之五上下把握",
    ],
)
def test_a_target_that_is_named_and_not_understood_is_unread(wording):
    """With the sentence, the clause and its span."""
    found = row(AIMS.format(wording))
    assert found.status == "unread"
    assert found.value is None
    assert found.wording in wording
    assert found.quote == AIMS.format(wording)
    assert found.end - found.start == len(found.wording)
    assert "未能读出" in found.note


def test_the_span_points_at_the_clause_in_the_source():
    """The report carries an issue with the same span."""
    text = text_of(2026, plan=AIMS.format(ODD))
    (result,) = process_source(text.encode(), "r.txt", RulesEngine()).results
    (issue,) = [one for one in result.issues if one.code == "target_unread"]
    assert text[issue.spans[0].start : issue.spans[0].end] == ODD
    assert "地区生产总值" in issue.message
    assert issue.severity.value == "warning"


@pytest.mark.parametrize(
    "plan",
    [
        "我们要加快产业升级，固定资产投资项目抓紧开工。" + AIMS.format("城镇新增就业3万人"),
        AIMS.format("居民收入增长与经济增长同步"),
        AIMS.format("研发经费投入占地区生产总值比重达到3%"),
        AIMS.format("人均地区生产总值再上新台阶"),
        AIMS.format("数字经济核心产业增加值增长9%"),
        AIMS.format("城镇新增就业3万人") + "推动地区生产总值在新的一年里再上台阶。",
        "“十五五”时期的主要预期目标是：地区生产总值迈上新的大台阶。" + AIMS.format("城镇新增就业3万人"),
    ],
)
def test_a_mention_in_passing_is_not_unread(plan):
    """Another indicator, another sentence, or another time."""
    assert row(plan).status == "not_found"
    assert row(plan, "fixed_asset_investment_growth").status == "not_found"


def test_an_indicator_whose_parts_are_read_is_not_unread():
    """城乡居民 with a number for each of them."""
    found = row(AIMS.format("城乡居民人均可支配收入分别增长6%和7%"), "resident_income_growth")
    assert found.status == "not_found"


def test_an_amount_without_its_growth_is_not_unread():
    """The growth stands nowhere."""
    review = "全年一般公共预算收入完成60亿元，固定资产投资增长5%，社会消费品零售总额增长4%。"
    assert (
        row(AIMS.format("城镇新增就业3万人"), "budget_revenue_growth", "actual", review).status == "not_found"
    )


def test_results_that_are_named_and_not_understood_are_unread():
    """In a sentence with other headline results."""
    review = "全年固定资产投资增长5%，社会消费品零售总额增长4%，地区生产总值在上年基础上又加了6%。"
    found = row(AIMS.format("城镇新增就业3万人"), "gdp_growth", "actual", review)
    assert (found.status, found.wording) == ("unread", "地区生产总值在上年基础上又加了6%")


def test_parts_that_failed_stay_failed():
    """A report of which parts were lost says so."""
    import msgspec

    result = report(2026, plan=AIMS.format(ODD))
    lost = msgspec.structs.replace(
        result, chunks=(msgspec.structs.replace(result.chunks[0], status="failed"),)
    )
    (found,) = [
        one
        for one in panel_rows([lost], CATALOGUE)
        if (one.indicator_id, one.claim_type) == ("gdp_growth", "target")
    ]
    assert found.status == "failed"


def test_an_indicator_of_ones_own_can_be_unread(tmp_path):
    """The panel looks with the catalogue that it is given."""
    own = tmp_path / "own.toml"
    own.write_text(
        '[[indicator]]\nid = "water"\nzh = "再生水利用率"\nen = "reclaimed water"\nmeasure = "rate"\nunit = "%"\n'
        'sense = "higher"\ncore = true\nnames = ["再生水利用率"]\n',
        encoding="utf-8",
    )
    result = report(2026, plan=AIMS.format("再生水利用率在去年基础上再加五个点"))
    rows = [one for one in panel_rows([result], load_catalogue(own)) if one.indicator_id == "water"]
    assert [one.status for one in rows if one.claim_type == "target"] == ["unread"]


@pytest.mark.parametrize("unread", ["target", "actual"])
def test_tracking_says_that_a_target_or_an_actual_was_not_read(unread):
    """With the sentence on its side."""
    before = report(2025, plan=AIMS.format(ODD if unread == "target" else "地区生产总值增长5%"))
    said = "地区生产总值增长5.5%" if unread == "target" else "地区生产总值在上年基础上又加了6%"
    after = report(2026, review=f"全年固定资产投资增长5%，社会消费品零售总额增长4%，{said}。")
    rows = tracking_rows(panel_rows([before, after], CATALOGUE), CATALOGUE)
    (found,) = [one for one in rows if one.indicator_id == "gdp_growth"]
    assert found.outcome == "unread"
    assert (found.target is None, found.actual is None) == (unread == "target", unread == "actual")
    assert found.target_quote if unread == "target" else found.actual_quote


@pytest.mark.parametrize(
    ("wording", "indicator", "value", "modifier"),
    [
        ("地区生产总值按增长5%安排", "gdp_growth", "5", "exact"),
        ("地区生产总值增长按5%左右安排", "gdp_growth", "5", "about"),
        ("固定资产投资按照8%左右安排", "fixed_asset_investment_growth", "8", "about"),
        ("社会消费品零售总额预期目标定为6%", "retail_sales_growth", "6", "exact"),
        ("固定资产投资拟定为4%", "fixed_asset_investment_growth", "4", "exact"),
        ("进出口总额安排在3%以上", "trade_growth", "3", "at_least"),
    ],
)
def test_growth_that_is_set_for_a_year_is_read(wording, indicator, value, modifier):
    """按…安排, 定为, 拟定为: a percent of an amount is its growth."""
    found = row(AIMS.format(wording), indicator)
    assert (found.status, str(found.value), found.modifier) == ("stated", value, modifier)
    assert found.indicator_raw and "按" not in found.indicator_raw
