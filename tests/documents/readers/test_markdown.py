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


@pytest.mark.parametrize(
    ("name", "data"),
    [(name, data) for name, data in variants(TEXT.encode(), 60) if name not in {"bomb", "nested"}],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_a_damaged_text_is_read_or_refused(name, data):
    with suppress(InputError):
        assert isinstance(read_markdown(data, Bounds(), lambda: None).text, str)


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="#*_`|->1.[]()<&! \n\t报告增长6%\\~", max_size=80))
def test_any_markup_is_read(text):
    with suppress(InputError):
        assert isinstance(read(text).text, str)
