"""Whether two printed numbers can be one number, rounded differently."""

import re
from decimal import Decimal

_DIGITS = re.compile(r"\d+(?:\.(\d+))?")


def resolution(text: str, value: Decimal) -> Decimal:
    """The worth of the last printed digit: `5370.3亿元` → 10000000 (0.1亿), `7%` → 1.

    Args:
        text: the number as it stands in the text.
        value: its value after scale.
    """
    digits = _DIGITS.search(text.replace(",", "").replace("，", ""))
    if digits is None or value == 0:
        return _last_digit(value)
    printed = Decimal(digits.group())
    if printed == 0:
        return _last_digit(value)
    scale = abs(value) / printed
    return scale.scaleb(-len(digits.group(1) or ""))


def same_but_for_rounding(one: Decimal, other: Decimal, coarser: Decimal) -> bool:
    """Whether the two differ by less than one step of the coarser one; both rounding and truncation occur."""
    return abs(one - other) < coarser or one == other


def _last_digit(value: Decimal) -> Decimal:
    """The power of ten of the last digit that is no zero: what a numeral in characters is exact to."""
    exponent = value.normalize().as_tuple().exponent
    return Decimal(1).scaleb(exponent) if isinstance(exponent, int) else Decimal(1)
