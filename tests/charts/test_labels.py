"""Values as charts show them."""

from decimal import Decimal

import pytest

from extract.charts.labels import Scale, amount, scale_of, short

PERCENT = Scale(0, "%")


@pytest.mark.parametrize(
    ("modifier", "zh", "en"),
    [
        ("exact", "5%", "5%"),
        ("about", "5%左右", "about 5%"),
        ("at_least", "5%以上", "≥ 5%"),
        ("more_than", "超5%", "> 5%"),
        ("at_most", "5%以内", "≤ 5%"),
        ("less_than", "低于5%", "< 5%"),
        ("nearly", "近5%", "nearly 5%"),
    ],
)
def test_a_hedge_is_in_the_label(modifier, zh, en):
    assert amount(Decimal(5), None, modifier, PERCENT, "zh") == zh
    assert amount(Decimal(5), None, modifier, PERCENT, "en") == en


def test_a_range_has_both_ends_and_a_fall_its_sign():
    assert amount(Decimal("4.5"), Decimal(5), "range", PERCENT, "zh") == "4.5–5%"
    assert amount(Decimal("-2.40"), None, "exact", PERCENT, "en") == "-2.4%"


def test_money_is_counted_in_yi_where_most_of_it_is_that_large():
    """The decimals of the report come back."""
    scale = scale_of([Decimal(537030000000), Decimal(90000000)], "元")
    assert amount(Decimal(537030000000), None, None, scale, "zh") == "5,370.3亿元"
    assert scale_of([Decimal(58640)], "元") == Scale(0, "元")
    assert scale_of([Decimal(250000)], "人") == Scale(4, "万人")
    assert scale_of([], None) == Scale(0, "")


def test_a_long_text_is_cut_with_a_sign():
    assert short("一二三四五", 4) == "一二三…"
    assert short("一 \n二", 4) == "一 二"
