"""What a surface says, wherever it stands: value, unit, kind. The words beside it come later (hedges.py)."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from functools import lru_cache
from typing import Final

from extract.numbers.numerals import MAX_NUMERAL, bounds_of, plain_numeral, value_of
from extract.numbers.patterns import CN_DIGITS, CN_NUMERAL, ONE_TO_NINE
from extract.numbers.units import TENTHS, UNITS

Quantity = tuple[str, str | None, str | None, str | None]
"""The groups of `patterns.QUANTITY`: numeral, 多 or 余 with a scale, unit, what follows the unit."""

_CACHE = 1 << 11
_HUNDRED: Final = Decimal(100)


@dataclass(frozen=True, slots=True)
class Reading:
    """A surface as read.

    Attributes:
        value, upper, unit, kind: as in `Mention`.
        modifier: what the surface itself says (`more_than` in 5200多亿元, `at_most` in 前三位), else None.
        bare: whether it is a number only where it stands by itself (一, 三五, 三级).
        value_text, upper_text: the values as plain decimal strings.
    """

    value: Decimal | None
    upper: Decimal | None
    unit: str | None
    kind: str
    modifier: str | None = None
    bare: bool = False
    value_text: str | None = None
    upper_text: str | None = None


DATE: Final = Reading(None, None, None, "date")
NAME: Final = Reading(None, None, None, "name")
ENUMERATION: Final = Reading(None, None, None, "enumeration")


def plain(value: Decimal | None) -> str | None:
    """The decimal without exponent and without trailing zeros: `183050000000`, `7.9`."""
    if value is None:
        return None
    digits = f"{value:f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def reading(
    value: Decimal,
    unit: str | None,
    kind: str,
    *,
    upper: Decimal | None = None,
    modifier: str | None = None,
) -> Reading:
    """A reading with its values in both forms; one with an upper end is a range."""
    low, high = plain(value), plain(upper)
    return Reading(
        None if low is None else Decimal(low),
        None if high is None else Decimal(high),
        unit,
        kind,
        modifier if high is None else "range",
        value_text=low,
        upper_text=high,
    )


_ENDLESS: Final = re.compile("[0-9]{27}")
"""More digits than a decimal of the default precision keeps; nobody counts so far."""

_VAGUE: Final = str.maketrans("", "", "多余来几数")


@lru_cache(maxsize=_CACHE)
def read_number(
    numeral: str, more: str | None = None, unit: str | None = None, rest: str | None = None
) -> Reading | None:
    """Read one numeral with its unit.

    Args:
        numeral: digits and scales as they stand.
        more: 多, 余, 几 and the scale after it (`多亿`), or None.
        unit: the unit as it stands, with what is counted per (`元/吨`), or None.
        rest: 半 or 多 after the unit, or None.

    Returns:
        The reading, or None where the numeral is no number.
    """
    written = plain_numeral(numeral + (more or ""))
    counted = written.translate(_VAGUE)
    if len(written) > MAX_NUMERAL or _ENDLESS.search(written):
        return NAME
    bounds = bounds_of(counted)
    if bounds is None:
        return None
    low, high = bounds
    if unit and unit.startswith(TENTHS):
        return _tenths(low, high, unit)
    name, kind, weak = _unit(unit)
    if kind == "name" or (unit == "级" and counted[-1] in "万亿"):
        return NAME
    if rest == "半":
        low += Decimal("0.5")
    vague = counted != written or rest in {"多", "余"} or "多" in (unit or "")
    if high is None and _DIGITS_ONLY.fullmatch(written):
        return None  # 五一, 九九, 一二三: a run of digits is read only as a year or a code
    found = reading(low, name, kind, upper=high, modifier="more_than" if vague else None)
    doubtful = _doubtful(written, found) or (weak and len(written) == 1 and written in _CHINESE_DIGITS)
    return replace(found, bare=True) if doubtful else found


def _unit(wording: str | None) -> tuple[str | None, str, bool]:
    """Name, kind and weakness of a unit as it stands."""
    if not wording:
        return None, "number", False
    if wording.startswith(TENTHS):
        return "%", "percent", False
    if wording in UNITS:  # km/h too
        unit = UNITS[wording]
        return unit.name, unit.kind, unit.weak
    head, slash, per = wording.partition("/")
    return UNITS[head].name + slash + per, UNITS[head].kind, False


_CHINESE_DIGITS: Final = frozenset(CN_DIGITS + "十")
_CHINESE: Final = re.compile(f"[{CN_NUMERAL}点]+")
_DIGITS_ONLY: Final = re.compile(f"[{ONE_TO_NINE}]{{2,3}}")
_POINT_OR_ZERO: Final = re.compile("[点零〇]")


def _doubtful(written: str, found: Reading) -> bool:
    """Whether the numeral may be part of a word: 五水共治, 五一, 十五运会, 零部件; in digits it never is."""
    if not _CHINESE.fullmatch(written):
        return False
    if len(written) == 1:
        return found.unit is None or written in "零〇"
    small = found.value is not None and found.value < _HUNDRED
    return found.unit is None and small and not _POINT_OR_ZERO.search(written)


def _tenths(low: Decimal, high: Decimal | None, unit: str) -> Reading:
    """三成 is 30 %, 七成六 is 76 %, 三成半 is 35 %, 七八成 is 70 to 80 %."""
    tail = plain_numeral(unit.removeprefix(TENTHS))
    further = Decimal("0.5") if tail == "半" else (value_of(tail) or Decimal(0)) / 10 if tail else 0
    return reading((low + further) * 10, "%", "percent", upper=None if high is None else high * 10)


@lru_cache(maxsize=_CACHE)
def read_range(first: Quantity, second: Quantity) -> Reading | None:
    """Read two numbers as one range; scale and unit of the second go to the first where it has none.

    Returns:
        The range, or None where the two do not make one (other units, falling values).
    """
    numeral, more, first_unit, rest = first
    unit = second[2]
    if first_unit and (not unit or _unit(first_unit)[:2] != _unit(unit)[:2]):
        return None
    high = read_number(*second)
    low = read_number(numeral if first_unit else _with_scale(numeral, second[0]), more, unit, rest)
    if low is None or high is None or low.value is None or high.value is None:
        return None
    if high.upper is not None or low.value >= high.value:
        return None
    return reading(low.value, high.unit, high.kind, upper=high.value)


_BIG_SCALE: Final = re.compile("[万亿]+$")
_ALL_BUT_A_DIGIT: Final = re.compile("(?<=^.)[十百千万亿]+$")
_ROUND: Final = re.compile("(?<=[0-9])[百千]+$")


def _with_scale(first: str, second: str) -> str:
    """The first numeral with the scale that the second lends it: 10~50亿, 两到三百, 十八至三十万."""
    first, second = plain_numeral(first), plain_numeral(second)
    if first[-1] in "万亿":
        return first
    lent = _BIG_SCALE.search(second)
    if first in _CHINESE_DIGITS and first != "十":
        lent = _ALL_BUT_A_DIGIT.search(second) or lent
    elif first.isdigit():
        lent = _ROUND.search(second) or lent
    return first + (lent[0] if lent else "")


def _signed(numeral: str) -> Decimal | None:
    written = plain_numeral(numeral)
    value = value_of(written.removeprefix("负")) if len(written) <= MAX_NUMERAL else None
    return -value if value is not None and written.startswith("负") else value


@lru_cache(maxsize=_CACHE)
def read_fraction(whole: str, part: str) -> Reading | None:
    """Read `part` of `whole`: 三分之一, 1/5. Where it does not end, 20 digits are kept."""
    below, above = _signed(whole), _signed(part)
    if not below or above is None:
        return None
    with localcontext(prec=20):
        return reading(above / below, None, "number")


_PART_OF: Final = {"百": "%", "千": "‰"}


@lru_cache(maxsize=_CACHE)
def read_percent(base: str, part: str, upper: str | None) -> Reading | None:
    """Read 百分之七点五, 千分之二, 百分之三十到四十一; smaller parts are turned into percent."""
    low, high = _signed(part), _signed(upper) if upper else None
    if low is None or (upper and high is None):
        return None
    base = plain_numeral(base)
    if base in _PART_OF:
        return reading(low, _PART_OF[base], "percent", upper=high)
    parts = value_of(base)
    return reading(low * _HUNDRED / parts, "%", "percent") if parts else None


@lru_cache(maxsize=_CACHE)
def negated(found: Reading) -> Reading:
    """The same with a minus."""
    if found.value is None:
        return found
    return replace(found, value=-found.value, value_text=plain(-found.value), bare=False)
