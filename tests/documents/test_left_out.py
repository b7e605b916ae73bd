"""What of a source is in no report, counted."""

import pytest

from extract.documents import read_source, read_text
from extract.documents.numbers_left import numbers_left
from extract.documents.readers.building import MOST_LISTED, Builder

BODY = (
    "各位代表：\n现在，我代表市人民政府，向大会报告工作，请予审议。\n一、2023年工作回顾\n"
    "全市地区生产总值增长6.1%，新增城镇就业2.2万人，各项事业平稳发展，人民生活继续改善。\n"
    "二、2024年工作安排\n地区生产总值增长6%左右，新建学校12所，努力办好各项民生实事。\n"
    "各位代表，让我们团结奋斗，谱写崭新篇章！谢谢大家！\n"
)
REPORT = f"沅江市2024年政府工作报告\n沅江市市长 李某\n{BODY}"


def told(reading):
    (report,) = reading.reports
    return {(one.reason, one.numbers) for one in report.left_out}


@pytest.mark.parametrize(
    ("text", "reason", "numbers"),
    [
        ("指2023年新建泵站58座，投资3.2亿元", "footnote", 2),
        ("百分之五", "footnote", 1),
        ("58", "struck", 1),
        ("58", "note_mark", 0),
        ("第12页 2024年1月5日 10:30", "footnote", 0),
        ("新闻58条 | 公告12条", "navigation", 0),
        ("全市新建泵站58座。 | 公告12条", "boilerplate", 1),
        ("第7页 / page 7", "picture_page", 0),
    ],
)
def test_numbers_that_say_something_are_counted(text, reason, numbers):
    """In the furniture of a page only those of sentences."""
    assert numbers_left(text, reason) == numbers


def test_parts_beyond_those_that_are_listed_are_counted_under_their_own_reason():
    builder = Builder(10_000)
    builder.drop("脚注58座", "footnote")
    for _ in range(MOST_LISTED):
        builder.drop("菜单", "navigation")
    builder.drop("脚注9座", "footnote")
    builder.drop("批注7座", "comment")
    dropped = builder.decoded().hints.dropped
    counts = {
        reason: sum(one.numbers for one in dropped if one.reason == reason)
        for reason in ("footnote", "comment")
    }
    assert counts == {"footnote": 2, "comment": 1}
    assert sum(one.length for one in dropped if one.reason == "navigation") == 2 * MOST_LISTED


def test_what_a_document_inside_another_leaves_out_keeps_its_counts():
    inner = Builder(1_000)
    inner.drop("脚注58座。" * 100, "footnote")
    outer = Builder(1_000)
    outer.include(inner.decoded())
    (found,) = outer.decoded().hints.dropped
    assert (found.length, found.numbers) == (600, 100)


def test_what_a_reader_leaves_out_is_told_on_the_report():
    markup = "".join(f"<p>{line}</p>" for line in REPORT.splitlines()).replace(
        "12所", "<del>13</del>12所<sup>1</sup>"
    )
    assert {("struck", 1), ("note_mark", 0)} <= told(
        read_source(f"<html><body>{markup}</body></html>".encode(), "a.html")
    )


def test_lines_that_cleaning_cuts_are_told():
    text = REPORT.replace("二、2024", "第3页\n责任编辑：王某\n二、2024").replace("6.1%", "6.1%³")
    assert told(read_text(text, "a.txt")) == {("debris", 0)}
    (report,) = read_text(text, "a.txt").reports
    assert len(report.left_out) == 3
    assert "6.1%，新增" in report.clean.text


def test_text_that_is_thrown_away_behind_a_report_is_told_with_its_numbers():
    tail = "版权所有：沅江市人民政府办公室\n地址：某路1号\n邮编：413000\n相关链接：本市新建泵站58座。\n"
    reading = read_text(REPORT + tail, "a.txt")
    left = {(one.kind, one.numbers) for one in reading.leftovers}
    assert told(reading) == {("furniture", numbers) for _, numbers in left} | (
        told(read_text(REPORT, "a.txt"))
    )


def test_each_part_is_told_once_where_a_source_holds_several_reports():
    second = REPORT.replace("沅江", "岷江")
    markup = "".join(f"<p>{line}</p>" for line in (REPORT + second).splitlines()).replace(
        "12所", "<s>13</s>12所"
    )
    reading = read_source(f"<html><body>{markup}</body></html>".encode(), "a.html")
    assert [sum(one.reason == "struck" for one in report.left_out) for report in reading.reports] == [1, 1]


def test_a_report_of_which_nothing_is_left_out_says_nothing():
    assert told(read_text(REPORT, "a.txt")) == set()
