"""Differences between two copies: all of them, and those that change a number told from the others."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.checks.differences import Difference, differences, text_of
from extract.documents import read_text
from extract.pipeline import bear_witness
from tests.documents.builders import report

BODY = (
    "一、2023年工作回顾",
    "过去一年，全市地区生产总值达到1830.5亿元，增长6.4%；新增城镇就业3.2万人，新建学校12所。",
    "二、2024年重点工作",
    "今年，地区生产总值增长6%左右，力争引进项目60个；改造老旧小区35个，下降2.4个百分点。",
)


def compared(a: str, b: str) -> list[Difference]:
    """What two texts of one report differ in."""
    sides = []
    for text in (a, b):
        (one,) = read_text(text, "report.txt").reports
        sides.append(text_of(one, bear_witness(one).mentions))
    return differences(*sides)


def changed(*replacements: tuple[str, str]) -> list[Difference]:
    """The differences that some replacements make."""
    text = report(*BODY)
    other = text
    for old, new in replacements:
        assert old in other
        other = other.replace(old, new)
    found = compared(text, other)
    for one in found:
        assert re.sub(r"\s", "", text[one.a.start : one.a.end]) == one.a.text
        assert re.sub(r"\s", "", other[one.b.start : one.b.end]) == one.b.text
    return found


def test_equal_texts_have_no_differences():
    assert changed() == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("1830.5亿元", "1830.5 亿元"),
        ("，增长6.4%", ",增长６.４%"),
        ("过去一年，", "过去\n一年，"),
        ("就业", "就業"),
    ],
)
def test_blanks_breaks_widths_and_traditional_characters_are_no_differences(old, new):
    assert changed((old, new)) == []


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ("1830.5亿元", "1803.5亿元", "value"),
        ("1830.5亿元", "1830.5万元", "value"),
        ("1830.5亿元", "1830.5亿美元", "unit"),
        ("6.4%", "16.4%", "value"),
        ("60个", "60余个", "modifier"),
        ("6%左右", "6%以上", "modifier"),
        ("下降2.4个", "上升2.4个", "direction"),
        ("，新建学校12所", "", "missing"),
    ],
)
def test_a_changed_number_is_marked(old, new, what):
    """Once, with both sides as they stand."""
    found = [change for one in changed((old, new)) for change in one.numbers]
    assert [change.what for change in found] == [what]


@pytest.mark.parametrize(
    ("old", "new"),
    [("新建学校", "新建成学校"), ("6.4%", "6.40%"), ("老旧小区", "老小区"), ("。二、", "。\n\n\n二、")][:3],
)
def test_a_change_of_words_changes_no_number(old, new):
    found = changed((old, new))
    assert len(found) == 1
    assert found[0].numbers == ()


def test_each_difference_stands_by_itself():
    """Far from each other, in reading order."""
    found = changed(("1830.5", "1380.5"), ("12所", "21所"), ("力争引进", "全力引进"), ("35个", "53个"))
    assert [(one.a.text, one.b.text) for one in found if one.numbers] == [
        ("1830.5亿元", "1380.5亿元"),
        ("12所", "21所"),
        ("35个", "53个"),
    ]
    assert len(found) == 4


NUMBERS = re.compile(r"\d+(?:\.\d+)?")


@settings(max_examples=40, deadline=None)
@given(st.sets(st.integers(3, 60), min_size=1, max_size=12), st.integers(1, 8))
def test_every_seeded_change_is_listed_and_no_other(examples, places, step):
    """Digits of a whole report are changed at random places."""
    plain = (examples / "yunzhou-2024.txt").read_text(encoding="utf-8").replace("\r", "")
    hits = [
        match
        for match in NUMBERS.finditer(plain)
        if match.start() > 400 and plain[match.end()] in "%亿所家个"
    ]
    chosen = [hits[at] for at in sorted(places) if at < len(hits)]
    other, shift = plain, 0
    for match in chosen:
        last = match.end() - 1 + shift
        other = f"{other[:last]}{(int(other[last]) + step) % 10}{other[last + 1 :]}"
    found = [change for one in compared(plain, other) for change in one.numbers]
    assert [change.what for change in found] == ["value"] * len(chosen)
    for change, match in zip(found, chosen, strict=True):
        assert change.a.start <= match.start() < match.end() <= change.a.end


def test_two_real_copies_differ_in_words_and_in_no_number(shared):
    """As a comparison of their digits alone says, too; numbers changed in one of them are all listed."""
    (one,) = read_text((shared / "reports/huzhou-2020.txt").read_text(encoding="utf-8"), "a.txt").reports
    page = (shared / "reports/portal-page.txt").read_text(encoding="utf-8")
    other = read_text(page, "b.txt").reports[0]
    a, b = (text_of(report, bear_witness(report).mentions) for report in (one, other))
    bodies = [side.clean.text.partition("各位代表")[2] for side in (a, b)]
    digits = [re.findall(r"\d+(?:\.\d+)?", body) for body in bodies]
    assert digits[0] == digits[1]
    found = differences(a, b)
    assert len(found) > 10
    assert [change for difference in found for change in difference.numbers] == []

    hits = [match for match in NUMBERS.finditer(page, 200, other.end) if page[match.end()] in "%亿所家个"][
        ::9
    ]
    changed_page = page
    for match in hits:
        at = match.start()
        changed_page = f"{changed_page[:at]}{int(page[at]) % 9 + 1}{changed_page[at + 1 :]}"
    c = read_text(changed_page, "c.txt").reports[0]
    seen = differences(a, text_of(c, bear_witness(c).mentions))
    changes = [change for difference in seen for change in difference.numbers]
    assert len(changes) == len(hits) > 15
    assert {change.what for change in changes} == {"value"}
