"""The reports of all provinces, in the dress of their web pages."""

import html

import pytest

from extract.engines.rules import RulesEngine
from extract.pipeline import process_source
from tests.documents.provinces import FORBIDDEN, PROVINCES, STYLES, page

CASES = [(short, n % len(STYLES)) for n, short in enumerate(PROVINCES)]
OTHERS = [("新疆", n) for n in range(len(STYLES))] + [("北京", n) for n in range(len(STYLES))]


@pytest.mark.parametrize(("short", "style"), sorted({*CASES, *OTHERS}))
def test_region_level_year_sections_and_goals_come_out(short, style):
    """Whatever stands around the report; the debris around it is no record."""
    outcome = process_source(page(short, style).encode(), f"{short}.txt", RulesEngine())
    assert outcome.failures == ()
    (result,) = outcome.results
    report = result.report
    assert (report.region, report.level, report.report_year) == (PROVINCES[short], "province", 2026)
    assert (report.review_period, report.plan_period) == ("2025", "2026")
    assert {"review_year", "review_span", "plan_year", "plan_span"} <= {one.role for one in result.sections}
    assert result.completeness.complete
    types = [record.type for record in result.records]
    assert (types.count("achievement"), types.count("goal"), types.count("livelihood_project")) == (14, 11, 5)
    quotes = "".join(record.evidence.quote for record in result.records)
    assert [word for word in FORBIDDEN if word in quotes] == []
    assert not [row.text for row in result.ledger if row.state == "unclaimed"]


def test_numbers_of_a_list_of_terms_are_definitions():
    """They are excluded with that reason."""
    (result,) = process_source(page("湖南", 4).encode(), "湖南.txt", RulesEngine()).results
    assert [row.text for row in result.ledger if row.reason == "definition"] == [
        "18.5%",
        "3年",
        "1000家",
        "1000个",
    ]


def test_a_region_that_only_the_sentences_name_must_be_named_most(small_report):
    """A report that speaks of 省人民政府 and names no province is of none."""
    nameless = (
        small_report.replace("临江市", "")
        .replace("在第六届", "在省第六届")
        .replace("市人民政府", "省人民政府")
    )
    (result,) = process_source(nameless.encode(), "r.txt", RulesEngine()).results
    assert result.report.region is None


@pytest.mark.parametrize(("short", "style"), [("内蒙古", 0), ("宁夏", 3), ("重庆", 8), ("黑龙江", 4)])
def test_the_same_comes_out_of_a_web_page(short, style):
    """Lines parted by <br>, in a table, in the encoding that such pages have."""
    lines = "<br>\n　　".join(html.escape(line) for line in page(short, style).split("\n") if line)
    links = "".join(
        f"<li><a href='#'>{word}</a></li>" for word in "首页 新闻 政务公开 办事服务 互动交流".split()
    )
    data = (
        f"<html><head><meta charset='gb2312'><title>政府工作报告_{PROVINCES[short]}人民政府</title></head><body>"
        f"<ul>{links}</ul><table><tr><td>{lines}</td></tr></table><div class='footer'>版权所有</div></body></html>"
    )
    (result,) = process_source(data.encode("gb18030"), f"{short}.html", RulesEngine()).results
    report = result.report
    assert (report.region, report.level, report.report_year) == (PROVINCES[short], "province", 2026)
    assert len(result.records) == 30
    quotes = "".join(record.evidence.quote for record in result.records)
    assert [word for word in FORBIDDEN if word in quotes] == []
