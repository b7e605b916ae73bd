"""Two printed numbers can be one number, rounded differently."""

from decimal import Decimal

import pytest

from extract.checks.precision import resolution, same_but_for_rounding


@pytest.mark.parametrize(
    ("text", "value", "step"),
    [
        ("5370.3亿元", "537030000000", "10000000"),
        ("5370亿元", "537000000000", "100000000"),
        ("7%", "7", "1"),
        ("7.90%", "7.90", "0.01"),
        ("1,234家", "1234", "1"),
        ("三千家", "3000", "1000"),
        ("0.0%", "0", "1"),
    ],
)
def test_last_printed_digit(text, value, step):
    """The worth of the last digit follows from digits and scale."""
    assert resolution(text, Decimal(value)) == Decimal(step)


@pytest.mark.parametrize(
    ("one", "other", "step", "same"),
    [
        ("5370.3", "5370", "1", True),
        ("5370.9", "5370", "1", True),  # truncated
        ("5370.3", "5380", "1", False),
        ("4.8", "4.6", "0.1", False),
        ("4.8", "4.7", "0.1", False),
    ],
)
def test_rounding_and_truncation_are_no_difference(one, other, step, same):
    """Less than one step of the coarser number apart is the same number."""
    assert same_but_for_rounding(Decimal(one), Decimal(other), Decimal(step)) is same
