"""Words that a scraper put into a report."""

import pytest

from extract.checks.suspicious import suspicious_runs
from extract.documents import read_text
from extract.engines.rules import RulesEngine
from extract.pipeline import process_source


def found(text: str) -> list[str]:
    """What is suspicious, as it stands."""
    (report,) = read_text(text, "r.txt").reports
    return [text[run.start : run.end] for run in suspicious_runs(report)]


@pytest.mark.parametrize(
    "junk",
    [
        "更多精彩内容请访问www.example.com",
        "（本文来源：云州招商信息港）",
        "关注云州发布公众号",
        "点击这里查看详情",
        "客服QQ：123456789",
        "咨询热线：0571-88886666",
        "400-162-2002",
        "xz5hq2",
        "##",
        "&nbsp;",
        "<br/>",
        "锟斤拷",
        "\ufffd\ufffd",
        "棋牌游戏官网",
        "news@example.cn",
    ],
)
def test_junk_in_mid_sentence_is_told_and_stays(small_report, junk):
    """Neither the sentence around it nor its figures get lost."""
    text = small_report.replace("新建学校12所", f"新建学{junk}校12所")
    (run,) = found(text)
    assert run.strip("（）") in junk
    (result,) = process_source(text.encode(), "r.txt", RulesEngine()).results
    (issue,) = [one for one in result.issues if one.code == "suspicious_text"]
    assert issue.severity.value == "warning"
    assert text[issue.spans[0].start : issue.spans[0].end] == run
    assert "12所" in [figure.text for record in result.records for figure in record.figures]
    marked = [
        record for record in result.records if any(one.code == "suspicious_text" for one in record.issues)
    ]
    assert marked
    assert all(junk in record.evidence.quote for record in marked)


@pytest.mark.parametrize(
    "words",
    [
        "12345热线",
        "5G基站",
        "PM2.5浓度",
        "“12410”思路",
        "G60科创走廊",
        "微信小程序办事",
        "10亿~50亿元",
        "CO2减排",
        "打击网络赌博",
        "关注民生",
    ],
)
def test_what_reports_say_is_not_suspicious(small_report, words):
    assert found(small_report.replace("新建学校", f"推进{words}，新建学校")) == []


def test_sample_reports_hold_no_suspicious_text(examples):
    for path in sorted(examples.glob("*.txt")):
        assert found(path.read_text(encoding="utf-8").replace("\r", "")) == []
