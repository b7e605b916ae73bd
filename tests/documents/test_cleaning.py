"""Cleaning, and the way back."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.documents.cleaning import clean


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("投资612 亿元，增长 9.1%。", "投资612亿元，增长9.1%。"),
        ("总值2 417.6亿元，企业1 208家，里程3 450 公里", "总值2417.6亿元，企业1208家，里程3450公里"),
        ("1 9 9 6 年完成3 1 8 亿元，增长1 2 ％", "1996年完成318亿元，增长12%"),
        ("厂房 15 万平方米，床位 240 张。2023 年", "厂房15万平方米，床位240张。2023年"),
        ("表 3 2023 240", "表3 2023 240"),
        ("PM 2.5 浓度，5G 网络，G60 走廊，单位 GDP 能耗", "PM2.5浓度，5G网络，G60走廊，单位GDP能耗"),
        ("　　各位代表：\n　　现在开会。", "各位代表：\n现在开会。"),
        ("市长　沈 某", "市长沈某"),
        ("see G60 and 5G", "see G60 and 5G"),
        ("零宽\u200b字符\ufeff和\u00ad软连字符\x00消失", "零宽字符和软连字符消失"),
        ("孤立代理\ud800消失", "孤立代理消失"),
        ("达到47\n316元，增长8%。\n下一段。", "达到47316元，增长8%。\n下一段。"),
        ("云溪、石\n\n桥两镇。\r\n\r\n第二段。", "云溪、石桥两镇。\n第二段。"),
        ("云溪、石\n- 12 -\n桥两镇。", "云溪、石桥两镇。"),
        ("云溪、石\n第3页\n\n桥两镇。", "云溪、石桥两镇。"),
        ("全市上下，众志成\n1\n城。人人动手，个个参\n2\n与。", "全市上下，众志成城。人人动手，个个参与。"),
        ("共建成\n15\n个项目。", "共建成15个项目。"),
        ("主要\n目标\n是：增长6%。", "主要目标是：增长6%。"),
        ("空气更加清新，PM\n2.5\n指标达标。", "空气更加清新，PM2.5指标达标。"),
        ("请审议。 一、2023年工作回顾2023年好。", "请审议。\n一、2023年工作回顾2023年好。"),
        ("任务已经明确。（下转第三版）（上接第一版）全市奋进。", "任务已经明确。全市奋进。"),
        ("深入推进‘AI\nplus’行动", "深入推进‘AI plus’行动"),
    ],
)
def test_clean_text_reads_as_written(text, cleaned):
    """Blanks, debris and page breaks go; paragraphs stay."""
    assert clean(text).text == cleaned


def test_offsets_count_from_the_beginning_of_the_source():
    """A part of a source is cleaned with indices into the whole."""
    text = "前面的文章。\n增长 ６.5％。"
    cleaned = clean(text, 7)
    assert cleaned.text == "增长6.5%。"
    start, end = cleaned.source_span(2, 6)
    assert text[start:end] == "６.5％"


def test_a_healed_number_spans_its_break():
    """The span of a number torn apart covers both pieces."""
    text = "达到47\n\n316元。"
    cleaned = clean(text)
    start, end = cleaned.source_span(2, 8)
    assert text[start:end] == "47\n\n316元"


def test_hard_wrapped_lines_are_joined_even_after_a_stop():
    """Where every line is of one width, a full line is no paragraph."""
    line = "全市上下坚定信心攻坚克难实现了新的更大发展成效，"
    stop = "全市上下坚定信心攻坚克难实现了新的更大发展成效。"
    text = "\n".join([line, stop] * 12 + ["短尾。", "　　" + line, stop])
    assert clean(text).text.count("\n") == 1


ALPHABET = "云州市项目，。；：“”（）一二、12.5%％６万亿元 　\n\t\u200b()Ga-"
TEXTS = st.text(alphabet=ALPHABET, max_size=120)


@given(TEXTS)
def test_each_character_comes_from_its_place(text):
    """It is the source character there, or its folded form; the places rise."""
    cleaned = clean(text)
    offsets = list(cleaned.offsets)
    assert len(offsets) == len(cleaned.text)
    assert offsets == sorted(set(offsets))
    for char, place in zip(cleaned.text, offsets, strict=True):
        original = text[place]
        same = char == original
        folded = ord(original) - 0xFEE0 == ord(char) or ord(char) - 0xFEE0 == ord(original)
        blank = char in " \n" and original.isspace()
        assert same or folded or blank or original == '"'


@given(TEXTS)
def test_nothing_is_lost_but_blanks_and_debris(text):
    """Every Chinese character outside debris lines is there, in order."""
    if any(sign in text for sign in "-"):
        return
    hanzi = [char for char in text if "\u4e00" <= char <= "\u9fff"]
    assert Counter(clean(text).text)["州"] == hanzi.count("州")
    assert [char for char in clean(text).text if "\u4e00" <= char <= "\u9fff"] == hanzi


@given(TEXTS, TEXTS, TEXTS)
def test_a_part_is_cleaned_as_if_it_stood_alone(before, part, after):
    """What stands around a part changes nothing but the offsets."""
    whole = clean(before + part + after, len(before), len(before) + len(part))
    alone = clean(part)
    assert whole.text == alone.text
    assert [place - len(before) for place in whole.offsets] == list(alone.offsets)


@given(TEXTS)
def test_spans_lead_back_to_their_own_characters(text):
    """Cleaning the source of any clean span gives a text that holds the span's characters in order."""
    cleaned = clean(text)
    if not cleaned.text:
        return
    middle = len(cleaned.text) // 2
    start, end = cleaned.source_span(middle // 2, middle + 1)
    digits = [char for char in cleaned.text[middle // 2 : middle + 1] if char in "125"]
    assert [char for char in text[start:end] if char in "125"] == digits
