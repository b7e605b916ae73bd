"""Numerals to values, against a writer of numerals that knows nothing of the reader."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.numbers.numerals import bounds_of, plain_numeral, value_of

DIGITS = "零一二三四五六七八九"


def group_in_chinese(number: int) -> str:
    """A number below ten thousand."""
    written, gap = "", False
    for place, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // place % 10
        if digit:
            written += ("零" if gap and written else "") + DIGITS[digit] + name
        gap = not digit
    return written


def in_chinese(number: int) -> str:
    """A whole number as it is spoken."""
    if number == 0:
        return "零"
    written, gap = "", False
    for scale, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        group = number // scale % (10**8 if scale == 10**8 else 10**4)
        if scale == 10**8:
            group = number // scale
        if group:
            head = in_chinese(group) if group >= 10_000 else group_in_chinese(group)
            written += ("零" if written and (gap or group < 1000) else "") + head + name
        gap = not group
    return written


@given(st.integers(0, 10**12 - 1))
def test_a_spoken_number_is_read_back(number: int) -> None:
    """What is written in Chinese numerals has the value it was written from."""
    assert value_of(in_chinese(number)) == number


@given(st.integers(0, 9999), st.integers(0, 999), st.sampled_from(["", "万", "亿", "万亿"]))
def test_a_scale_multiplies(whole: int, thousandths: int, scale: str) -> None:
    """Digits before a scale count that many times the scale."""
    factor = {"": 1, "万": 10**4, "亿": 10**8, "万亿": 10**12}[scale]
    assert value_of(f"{whole}.{thousandths:03}{scale}") == Decimal(f"{whole}.{thousandths:03}") * factor


@given(st.integers(1, 10**9))
def test_separators_and_blanks_change_nothing(number: int) -> None:
    """34,567 and 3 4567 are the same numeral."""
    assert value_of(plain_numeral(f"{number:,}")) == number
    assert value_of(plain_numeral(f"{number} 万")) == number * 10**4


@given(st.text(alphabet="零一二三四五六七八九十百千万亿点0123456789.两", max_size=40))
def test_any_run_of_numerals_is_a_value_or_none(numeral: str) -> None:
    """Nonsense never raises, and a value is never negative."""
    value = value_of(numeral) if numeral else None
    assert value is None or value >= 0


@pytest.mark.parametrize(
    ("numeral", "low", "high"),
    [
        ("三五百", 300, 500),
        ("十五六", 15, 16),
        ("七百三四十", 730, 740),
        ("三四万", 30_000, 40_000),
        ("两三千", 2000, 3000),
    ],
)
def test_two_digits_side_by_side_are_a_span(numeral: str, low: int, high: int) -> None:
    """三五百 is 300 to 500."""
    assert bounds_of(numeral) == (low, high)


@pytest.mark.parametrize("numeral", ["五十千", "十百", "千五百千", "点五点", "万点"])
def test_places_fall_from_left_to_right(numeral: str) -> None:
    """A run whose places rise again is no number."""
    assert value_of(numeral) is None
