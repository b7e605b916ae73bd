"""A number that is typed and automatic stands once."""

import pytest

from extract.documents.readers.bounds import Bounds
from extract.documents.readers.word import read as read_word
from extract.documents.readers.word_numbering import is_typed, set_before

from .made import changed, run, written


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("1.", "1.修缮校舍"),
        ("1.", "　1．修缮校舍"),
        ("3.", "1、修缮校舍"),
        ("1.", "1 修缮校舍"),
        ("1)", "（1）修缮校舍"),
        ("一、", "一、回顾"),
        ("（一）", "（二）修缮校舍"),
        ("①", "①修缮校舍"),
        ("1.1", "1.1修缮校舍"),
        ("1.", "1.1.修缮校舍"),
        ("第一章", "第一章 回顾"),
    ],
)
def test_a_number_that_is_typed_needs_no_second_one(number, words):
    assert is_typed(number, words)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("1.", "修缮校舍"),
        ("1.", "1.5亿元用于校舍"),
        ("3.", "3、4号线开工"),
        ("1.", "3 个公园"),
        ("1", "12所学校"),
        ("一、", "1.修缮校舍"),
        ("（一）", "1.修缮校舍"),
        ("1.", "2024年"),
    ],
)
def test_words_that_begin_with_another_number_keep_the_automatic_one(number, words):
    assert not is_typed(number, words)


def test_the_list_goes_on_counting_past_the_typed_ones():
    """The third item, which nobody numbered, is the third."""
    level = (
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
    )
    numbered = '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="77"/></w:numPr></w:pPr>'
    items = ("1.修缮校舍5所。", "2.添置校车6辆。", "栽树70棵。")
    data = written(*(f"<w:p>{numbered}{run(words)}</w:p>" for words in items))
    data = changed(
        data,
        "word/numbering.xml",
        "<w:num ",
        f'<w:abstractNum w:abstractNumId="77">{level}</w:abstractNum><w:num ',
        1,
    )
    data = changed(
        data,
        "word/numbering.xml",
        "</w:numbering>",
        '<w:num w:numId="77"><w:abstractNumId w:val="77"/></w:num></w:numbering>',
    )
    decoded = read_word(data, Bounds(), lambda: None)
    assert decoded.text.splitlines() == ["1.修缮校舍5所。", "2.添置校车6辆。", "3.栽树70棵。"]
    assert [(one.text, one.reason) for one in decoded.hints.dropped] == [
        ("1.", "numbering"),
        ("2.", "numbering"),
    ]


@pytest.mark.parametrize(
    ("number", "words", "shown"),
    [
        ("2.", "17个公园", "2. "),
        ("3", "29.5公里", "3 "),
        ("2.", "修缮校舍", "2."),
        ("（2）", "17个公园", "（2）"),
        ("二、", "17个公园", "二、"),
    ],
)
def test_an_automatic_number_is_no_part_of_the_number_behind_it(number, words, shown):
    """2. and 17个公园 are not 2.17个公园."""
    assert set_before(number, words) == shown


LEVELS = (
    '<w:lvl w:ilvl="0"><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/><w:isLgl/><w:lvlText w:val="%1.%2"/></w:lvl>'
    '<w:lvl w:ilvl="2"><w:numFmt w:val="{form}"/><w:lvlText w:val="%3）"/></w:lvl>'
)


@pytest.mark.parametrize(
    ("form", "number"),
    [
        ("lowerLetter", "a）"),
        ("upperRoman", "I）"),
        ("decimalEnclosedParen", "⑴）"),
        ("ideographTraditional", "甲）"),
        ("chineseLegalSimplified", "壹）"),
    ],
)
def test_levels_are_numbered_in_the_form_that_each_names(form, number):
    def item(depth, words):
        numbered = f'<w:pPr><w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="77"/></w:numPr></w:pPr>'
        return f"<w:p>{numbered}{run(words)}</w:p>"

    data = written(item(0, "民生"), item(1, "96公里公路修缮。"), item(2, "校舍修缮。"))
    levels = LEVELS.format(form=form)
    kind = f'<w:abstractNum w:abstractNumId="77">{levels}</w:abstractNum><w:num '
    data = changed(data, "word/numbering.xml", "<w:num ", kind, 1)
    used = '<w:num w:numId="77"><w:abstractNumId w:val="77"/></w:num></w:numbering>'
    data = changed(data, "word/numbering.xml", "</w:numbering>", used)
    text = read_word(data, Bounds(), lambda: None).text
    assert text.splitlines() == ["一、民生", "1.1 96公里公路修缮。", f"{number}校舍修缮。"]
