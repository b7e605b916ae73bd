"""Markdown: the words without the markup."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.damage import variants
from extract.documents.readers.bounds import Bounds
from extract.documents.readers.markdown import read as read_markdown
from extract.errors import InputError

TEXT = """---
author: 办公室
---
# 临江市2024年政府工作报告

各位代表：**地区生产总值**增长[6.4%](https://example.org)，
就业稳定。

## 一、2023年工作回顾

1. 新建学校12所
2. 新增养老床位800张

| 事项 | 目标任务 |
|---|---|
| 新建幼儿园 | 10所 |

<div align="center">新建公园3个</div>
"""


def read(text, encoding="utf-8"):
    return read_markdown(text.encode(encoding), Bounds(), lambda: None)


def test_words_headings_lists_and_tables_come_without_the_markup():
    decoded = read(TEXT)
    assert decoded.text == (
        "临江市2024年政府工作报告\n各位代表：地区生产总值增长6.4%，\n就业稳定。\n一、2023年工作回顾\n"
        "1. 新建学校12所\n2. 新增养老床位800张\n新建幼儿园10所。\n新建公园3个\n"
    )
    assert [(decoded.text[one.start : one.end], one.level, one.style) for one in decoded.hints.headings] == [
        ("临江市2024年政府工作报告", 1, "#"),
        ("一、2023年工作回顾", 2, "##"),
    ]
    assert [one.reason for one in decoded.hints.dropped] == ["front_matter"]


def test_gb18030_is_read_too():
    assert read("# 报告\n\n各位代表：工作报告如下。", "gb18030").encoding == "gb18030"


def test_a_line_that_begins_with_a_chinese_number_is_no_list():
    assert read("一、回顾\n\n（一）产业\n").text == "一、回顾\n（一）产业\n"


def left(text):
    return [(one.reason, one.text) for one in read(text).hints.dropped]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("税收$31.9$亿元，下降$1.4\\%$", "税收31.9亿元，下降1.4%"),
        ("占 $38 . 5 \\% $，下降1.4\\%", "占 38.5%，下降1.4%"),
        ("税收 $3 1 . 9$ 亿元", "税收 31.9 亿元"),
        ("固碳 $2 . 6 \\times 1 0 ^ { 5 }$ 吨", "固碳 2.6×10⁵ 吨"),
        ("达到$\\geq 88\\%$，即$\\frac{5}{6}$", "达到≥88%，即5/6"),
        ("税收\\(31.9\\)亿元，$$38.5\\%$$", "税收31.9亿元，38.5%"),
        ("绿地7万$\\mathrm{m}^{2}$、8万m^2^", "绿地7万m²、8万m²"),
        ("<td>税收$31.9$亿元，下降1.4\\%</td>", "税收31.9亿元，下降1.4%"),
        ("出口$6.1亿，进口$2.4亿", "出口$6.1亿，进口$2.4亿"),
        ("出口\\$6.1亿，约$7至$8亿", "出口$6.1亿，约$7至$8亿"),
        ("从$6 million到$7 million", "从$6 million到$7 million"),
        ("CO~2~，1~2家、3~4家", "CO2，1~2家、3~4家"),
    ],
)
def test_a_formula_is_no_money_and_money_no_formula(text, shown):
    assert read(text).text == f"{shown}\n"
    assert left(text) == []


@pytest.mark.parametrize(
    ("text", "shown", "mark"),
    [
        ("税收31.9$^{[7]}$亿元", "税收31.9亿元", "[7]"),
        ("税收$31.9^{7}$亿元", "税收31.9亿元", "7"),
        ("税收31.9^7^亿元", "税收31.9亿元", "7"),
        ("税收31.9<sup>7</sup>亿元", "税收31.9亿元", "7"),
        ("税收31.9[^7]亿元", "税收31.9亿元", "7"),
    ],
)
def test_the_mark_of_a_note_is_no_digit(text, shown, mark):
    assert read(text).text == f"{shown}\n"
    assert left(text) == [("note_mark", mark)]


def test_notes_are_left_out_and_told():
    text = "下降1.4%[^甲]。\n\n[^甲]: 上年为2.2%，\n其中出口3.3%。\n\n    另有4.4%。\n\n后文。"
    decoded = read(text)
    assert decoded.text == "下降1.4%。\n后文。\n"
    (note,) = (one for one in decoded.hints.dropped if one.reason == "footnote")
    assert (note.text, note.numbers) == ("上年为2.2%， 其中出口3.3%。 另有4.4%。", 3)


def test_text_that_looks_like_the_target_of_a_link_is_text():
    assert (
        read("[1]: 指新建泵站58座。\n\n见[官网][a]。\n\n[a]: https://example.org").text
        == "[1]: 指新建泵站58座。\n见官网。\n"
    )


@pytest.mark.parametrize("struck", ["~~71~~", "<del>71</del>", "<s>71</s>"])
def test_struck_out_words_are_no_text(struck):
    assert read(f"改造小区{struck}17个").text == "改造小区17个\n"
    assert left(f"改造小区{struck}17个") == [("struck", "71")]


def test_marks_end_in_chinese_where_no_blank_follows_them():
    text = "~~增长7.2%~~增长8.4%，**占6%**左右，~~**投资3亿元。**~~投资4亿元。"
    assert read(text).text == "增长8.4%，占6%左右，投资4亿元。\n"
    assert left(text) == [("struck", "增长7.2%"), ("struck", "投资3亿元。")]


def test_tables_and_blocks_of_html_are_text():
    text = (
        "<table><tr><td>指标</td><td>2023年完成</td></tr><tr><td>棉花（万吨）</td><td>3.6</td></tr></table>\n\n"
        "<div>\n\n新建**泵站**58座。\n\n</div>\n"
    )
    decoded = read(text)
    assert decoded.text == "2023年棉花3.6万吨。\n新建泵站58座。\n"
    assert len(decoded.hints.tables) == 1


def test_hidden_html_is_set_apart():
    decoded = read('新建泵站58座<span style="display:none">，实为85座</span>。')
    assert decoded.text == "新建泵站58座。\n"
    assert [one.text for one in decoded.hints.hidden] == ["，实为85座"]


def test_page_marks_and_pictures_of_converters_are_no_text():
    text = "{3}------------\n\n甲。\n\n<page_number>4</page_number>\n\n\\newpage\n\n<!-- 第5页 -->\n\n![图](a.png)乙。"
    assert read(text).text == "甲。\n乙。\n"
    assert {reason for reason, _ in left(text)} == {"page_number", "markup", "picture"}


def test_a_picture_of_eleven_million_bytes_costs_nothing_behind_it():
    assert read(f"甲。\n\n![](data:image/png;base64,{'QUJD' * 2_750_000})\n\n乙。").text == "甲。\n乙。\n"


@pytest.mark.parametrize(
    ("name", "data"),
    [(name, data) for name, data in variants(TEXT.encode(), 60) if name not in {"bomb", "nested"}],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_a_damaged_text_is_read_or_refused(name, data):
    with suppress(InputError):
        assert isinstance(read_markdown(data, Bounds(), lambda: None).text, str)


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="#*_`|->1.[]()<&! \n\t报告增长6%\\~$^{}:", max_size=80))
def test_any_markup_is_read(text):
    with suppress(InputError):
        assert isinstance(read(text).text, str)


@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        (r"径流$10^{4}$吨", "径流10⁴吨"),
        (r"粒径3$\times 10^{-3}$米", "粒径3×10⁻³米"),
        (r"径流$3\times10^{8[2]}$吨", "径流3×10⁸吨"),
        (r"税收$31.9^{*}$亿元$^{注2}$", "税收31.9亿元"),
        (r"税收$31.9\,亿元$，工程$8所$", "税收31.9亿元，工程8所"),
        (r"花$300万，存$500万", "花$300万，存$500万"),
        (r"说明\[3\]和\(4\)", "说明[3]和(4)"),
        ('税收[31.9]{.underline}亿元![](a.png){width="5.8in"}', "税收31.9亿元"),
        ("<div>税收**31.9**亿元，学校~~7~~8所</div>", "税收31.9亿元，学校8所"),
    ],
)
def test_what_converters_write_beside_numbers_is_no_part_of_them(markup, shown):
    assert read_markdown(f"{markup}\n".encode(), Bounds(), lambda: None).text.strip() == shown


@pytest.mark.parametrize(("before", "after"), [("```html\n", "\n```"), ("    ", "")])
def test_a_table_in_html_is_read_where_it_is_set_as_code(before, after):
    table = "<table><tr><td>指标</td><td>2024年完成</td></tr><tr><td>渡口（处）</td><td>11</td></tr></table>"
    assert "渡口11处" in read_markdown(f"{before}{table}{after}\n".encode(), Bounds(), lambda: None).text
