"""One row of a facts table, as people write it."""

from decimal import Decimal

import pytest

from extract.checks import ABSENT
from extract.tables.fact_rows import COLUMNS, RowError, columns_of, fact_of


@pytest.mark.parametrize(
    ("value", "unit", "expected", "expected_unit"),
    [
        ("5,370.3", ABSENT, "5370.3", ABSENT),
        ("5370.3亿元", ABSENT, "537030000000", "元"),
        ("５３７０.３亿元", ABSENT, "537030000000", "元"),
        ("5370.3", "亿元", "537030000000", "元"),
        (5370.3, "亿元", "537030000000", "元"),
        ("537030000000", "元", "537030000000", "元"),
        ("1.2", "万家", "12000", "家"),
        ("7%", ABSENT, "7", "%"),
        ("7%", "%", "7", "%"),
        ("1.2", "个百分点", "1.2", "个百分点"),
        ("12", "千瓦时", "12", "千瓦时"),
        ("第三位", ABSENT, "3", "位"),
        ("-8.3", "%", "-8.3", "%"),
        ("1e3", "家", "1000", "家"),
    ],
)
def test_numbers_as_people_write_them(value, unit, expected, expected_unit):
    """Plain, with separators, as printed, or with the scale in the unit."""
    row = {"value": value} if unit is ABSENT else {"value": value, "unit": unit}
    fact = fact_of(0, row)
    assert (fact.value, fact.unit) == (Decimal(expected), expected_unit)


def test_a_range_in_one_cell():
    """10亿~50亿元 has both ends; a column for the upper end does as well."""
    both = fact_of(0, {"value": "10亿~50亿元"})
    assert (both.value, both.upper) == (Decimal(1000000000), Decimal(5000000000))
    assert fact_of(0, {"value": "4.5", "upper": "5"}).upper == Decimal(5)
    assert fact_of(0, {"value": "4.5", "upper": ""}).upper is None


def test_a_table_with_the_printed_number_alone():
    """原文 without a value is enough."""
    fact = fact_of(0, {"指标": "生产总值", "原文": "5370.3亿元"})
    assert (fact.value, fact.unit, fact.text) == (Decimal(537030000000), "元", "5370.3亿元")


def test_a_whole_sentence_under_a_heading_for_the_number_is_the_quotation():
    """原文 means the number to some, the sentence to others."""
    sentence = "预计全年实现生产总值5370.3亿元,同比增长7.9%,增速位居前列,实现了全年的目标"
    fact = fact_of(0, {"数值": 7.9, "原文": sentence})
    assert (fact.text, fact.quote) == (None, sentence)


@pytest.mark.parametrize(
    ("column", "written", "meant"),
    [
        ("方向", "下降", "decrease"),
        ("限定", "左右", "about"),
        ("修饰", "以上", "at_least"),
        ("种类", "占比", "share"),
        ("类型", "目标", "goal"),
        ("类型", "我的类型", "我的类型"),
        ("Modifier", "EXACT", "exact"),
        ("方向", "无", None),
    ],
)
def test_words_of_the_closed_columns(column, written, meant):
    """Chinese words mean those of the contract; a type may be a user's own."""
    fact = fact_of(0, {"value": 1, column: written})
    (name,) = columns_of([column])
    assert getattr(fact, name) == meant


@pytest.mark.parametrize("column", sorted(set(COLUMNS) - {"value", "text"}))
def test_every_alias_leads_to_its_column(column):
    """No alias stands for two columns."""
    for alias in COLUMNS[column]:
        assert columns_of([f" {alias.upper()} "]) == {column: f" {alias.upper()} "}


@pytest.mark.parametrize(
    "row",
    [
        {"value": True},
        {"value": [1]},
        {"value": "三家到五家和七家"},
        {"value": float("inf")},
        {"value": "1e400"},
        {"value": None},
        {"value": 1, "unit": ["元"]},
        {"value": 1, "end": 5},
        {"value": 1, "start": -1, "end": 5},
        {"value": 1, "direction": "sideways"},
    ],
)
def test_rows_that_cannot_be_understood(row):
    """Each is an error of that row."""
    with pytest.raises(RowError):
        fact_of(0, row)
