"""Headings: where they stand and end, and how deep they are."""

import pytest

from extract.documents.headings import Series, is_appendix, is_glossary, numbered
from extract.documents.outline import outline
from tests.documents.builders import PROSE, report


@pytest.mark.parametrize(
    ("line", "series", "value"),
    [
        ("第一部分 工作回顾", Series.PART, 1),
        ("一、工作回顾", Series.CHAPTER, 1),
        ("十二、民生", Series.CHAPTER, 12),
        ("（三）民生", Series.CLAUSE, 3),
        ("4.民生", Series.POINT, 4),
        ("12、民生", Series.POINT, 12),
        ("（2）民生", Series.SUBPOINT, 2),
        ("一是抓民生", Series.ITEM, 1),
        ("第三，抓民生", Series.ITEM, 3),
        ("首先，抓民生", Series.ITEM, 0),
    ],
)
def test_numbers_of_headings_are_read(line, series, value):
    """All series in use, in either bracket."""
    number = numbered(line)
    assert number is not None
    assert (number.series, number.value) == (series, value)


@pytest.mark.parametrize(
    "line", ["一二三产业", "一、二、三产业融合", "3.5亿元投资", "2024年", "第一产业增长", "", "各位代表："]
)
def test_what_only_looks_like_a_number_is_none(line):
    """Lists, amounts, years and ordinals."""
    assert numbered(line) is None


def test_appendices_are_told_from_sentences():
    """附近 is no appendix."""
    assert all(
        map(
            is_appendix, ["附件1", "附件：2024年民生实事", "附：名词解释", "名词解释", "政府工作报告名词解释"]
        )
    )
    assert not any(map(is_appendix, ["附近居民出行便利", "附件齐全。", "", "附加值提高"]))
    assert is_glossary("《政府工作报告》名词解释")
    assert not is_glossary("附件1")


def _outline(*body):
    text = report(*body)
    return [
        (item.level, item.title, item.alone, text[item.start : item.end])
        for item in outline(text)
        if item.level
    ]


def test_a_heading_line_is_a_heading_to_its_end():
    """With or without a stop."""
    assert _outline("一、2023年工作回顾", PROSE, "（一）经济稳中有进。", PROSE) == [
        (1, "2023年工作回顾", True, "一、2023年工作回顾"),
        (2, "经济稳中有进", True, "（一）经济稳中有进。"),
    ]


def test_a_run_in_heading_ends_at_its_first_stop():
    """Numbered or not; only the numbered one is set off."""
    assert _outline("一、2023年工作回顾", f"（一）经济稳中有进。{PROSE}", f"产业质效加快提升。{PROSE}") == [
        (1, "2023年工作回顾", True, "一、2023年工作回顾"),
        (2, "经济稳中有进", True, "（一）经济稳中有进。"),
        (3, "产业质效加快提升", False, "产业质效加快提升。"),
    ]


@pytest.mark.parametrize(
    ("line", "heading"),
    [
        ("一、2023年工作回顾2023年是关键之年，", "一、2023年工作回顾"),
        ("一、过去一年的工作成效过去一年，", "一、过去一年的工作成效"),
        ("一、打造群众信赖的法治政府坚持依法行政，", "一、打造群众信赖的法治政府"),
        ("一、深化政府自身建设今年，我们将", "一、深化政府自身建设"),
        ("一、聚力产业升级，壮大新动能加快建设", ""),
    ],
)
def test_in_one_line_a_heading_ends_where_the_text_starts_over(line, heading):
    """Where that cannot be seen the sentence stays whole."""
    assert _outline(line + PROSE * 2)[0][3] == heading


def test_headings_inside_an_endless_line_must_continue_the_count():
    """A list that begins elsewhere is part of its sentence."""
    line = f"一、2023年工作回顾2023年，{PROSE}二、2024年工作安排2024年，{PROSE}五、不在序列里的句子，{PROSE}"
    assert [title for _, title, _, _ in _outline(line)] == ["2023年工作回顾", "2024年工作安排"]


def test_a_heading_that_holds_a_count_may_be_a_fact():
    """Items of a list are no mere headings; years and names are no counts."""
    titles = {
        title: alone
        for _, title, alone, _ in _outline("1.新建幼儿园12所", "2.推进5G网络建设", "（一）2024年目标")
    }
    assert titles == {"新建幼儿园12所": False, "推进5G网络建设": True, "2024年目标": True}


def test_levels_follow_the_series_in_use():
    """Without chapters the clauses are chapters; inside an appendix all stand one deeper."""
    assert [level for level, *_ in _outline("（一）2023年工作回顾", PROSE, "1.产业", PROSE)] == [1, 3]
    assert [
        level for level, *_ in _outline("一、回顾", PROSE, "附件", "一、幼儿园", PROSE, "（一）城区", PROSE)
    ] == [1, 1, 2, 3]


def test_the_lines_of_the_head_are_headings_of_no_section():
    """Their numbers are dates and terms of office."""
    text = report("一、2023年工作回顾", PROSE)
    assert [item.title for item in outline(text) if item.level == 0] == text.split("\n")[:3]
