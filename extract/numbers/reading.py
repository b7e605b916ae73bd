"""What a surface says, wherever it stands: value, unit, kind. Context comes later (hedges.py)."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from functools import lru_cache
from typing import Final

from extract.numbers.numerals import MAX_NUMERAL, bounds_of, plain_numeral, value_of
from extract.numbers.patterns import CN_DIGITS, CN_NUMERAL, ONE_TO_NINE
from extract.numbers.units import TENTHS, UNITS, Unit

_CACHE = 1 << 16
_MORE_MARKS = str.maketrans("", "", "多余来几数")
_CHINESE: Final = re.compile(f"[{CN_NUMERAL}点]+")
_DIGITS_ONLY: Final = re.compile(f"[{ONE_TO_NINE}]+")
_POINT_OR_ZERO: Final = re.compile("[点零〇]")
_SINGLE: Final = frozenset(CN_DIGITS + "十")
_BIG: Final = "万亿"
_NO_UNIT = Unit("", "number")
_HUNDRED: Final = Decimal(100)


@dataclass(frozen=True, slots=True)
class Reading:
    """A surface as read.

    Attributes:
        value, upper, unit, kind: as in `Mention`.
        modifier: what the surface itself says (`more_than` in 6600多亿元, `range`, `at_most` in 前三位), or None.
        value_text, upper_text: the values as plain decimal strings.
        bare: a numeral alone that is only a number where it stands by itself (一, 三五, 二级).
    """

    value: Decimal | None
    upper: Decimal | None
    unit: str | None
    kind: str
    modifier: str | None = None
    bare: bool = False
    value_text: str | None = None
    upper_text: str | None = None


def plain(value: Decimal | None) -> str | None:
    """The decimal without exponent and without trailing zeros: `537030000000`, `7.9`."""
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
    bare: bool = False,
) -> Reading:
    """A reading with its values in both forms."""
    low, high = plain(value), plain(upper)
    if high is not None:
        modifier = "range"
    return Reading(_decimal(low), _decimal(high), unit, kind, modifier, bare, low, high)


def _decimal(digits: str | None) -> Decimal | None:
    return None if digits is None else Decimal(digits)


DATE: Final = Reading(None, None, None, "date")
NAME: Final = Reading(None, None, None, "name")
ENUMERATION: Final = Reading(None, None, None, "enumeration")


@lru_cache(maxsize=_CACHE)
def read_number(numeral: str, more: str | None, unit: str | None, rest: str | None) -> Reading | None:
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
    counted = written.translate(_MORE_MARKS)
    if len(written) > MAX_NUMERAL:
        return NAME
    bounds = bounds_of(counted)
    if bounds is None:
        return None
    low, high = bounds
    if unit and unit.startswith(TENTHS):
        return _tenths(low, unit)
    name, kind, weak = _unit(unit)
    if kind == "name":
        return NAME
    if rest == "半":
        low += Decimal("0.5")
    vague = counted != written or (rest or "")[:1] in {"多", "余"} or "多" in (unit or "")
    return reading(
        low,
        name or None,
        kind,
        upper=high,
        modifier="more_than" if vague else None,
        bare=_doubtful(written, low, high, bool(name), weak),
    )


def _doubtful(written: str, low: Decimal, high: Decimal | None, named: bool, weak: bool) -> bool:  # noqa: FBT001
    """Whether the numeral may be part of a word: 五水共治, 五一, 十五运会, 三级, 零部件; never in digits."""
    if not _CHINESE.fullmatch(written):
        return False
    if len(written) == 1:
        return not named or weak or written in "零〇"
    if _DIGITS_ONLY.fullmatch(written) and (high is None or not named):
        return len(written) < 4
    return not named and low < _HUNDRED and not _POINT_OR_ZERO.search(written)


def _unit(wording: str | None) -> tuple[str, str, bool]:
    if not wording:
        return "", "number", False
    head, slash, per = wording.partition("/")
    if slash and wording in UNITS:
        head, slash, per = wording, "", ""
    found = UNITS.get(head, _NO_UNIT)
    return (found.name or head) + slash + per, found.kind, found.weak


def _tenths(low: Decimal, unit: str) -> Reading:
    tail = unit[len(TENTHS) :].strip()
    tenths = Decimal("0.5") if tail == "半" else (value_of(tail) or Decimal(0)) / 10
    return reading((low + tenths) * 10, "%", "percent")


@lru_cache(maxsize=_CACHE)
def read_range(
    first: str,
    first_more: str | None,
    first_unit: str | None,
    second: str,
    second_more: str | None,
    unit: str | None,
    rest: str | None,
) -> Reading | None:
    """Read two numerals as one range; scale and unit of the second go to the first where it has none.

    Returns:
        The range, or None where the two do not make one (other units, falling values).
    """
    if first_unit and unit and _unit(first_unit)[:2] != _unit(unit)[:2]:
        return None
    if first_unit and not unit:
        return None
    high = read_number(second, second_more, unit, rest)
    if high is None or high.value is None or high.upper is not None:
        return None
    low = read_number(_with_scale(first, second, bool(first_unit)), first_more, unit, None)
    if low is None or low.value is None or low.value >= high.value:
        return None
    return reading(low.value, high.unit, high.kind, upper=high.value)


def _with_scale(first: str, second: str, complete: bool) -> str:
    """The first numeral with the scale that the second one lends it: 10~50亿, 两到三百, 十八至三十万."""
    first, second = plain_numeral(first), plain_numeral(second)
    if complete or first[-1] in _BIG:
        return first
    lent = re.search(r"[万亿]+$", second)
    if (
        first in _SINGLE and first != "十" and (second[0] in _SINGLE or second[0].isdigit())
    ):  # 两到三百: all but the digit
        lent = re.search(r"(?<=^.)[十百千万亿]+$", second) or lent
    elif first.isdigit() and re.fullmatch(r"[0-9.]+[百千]+", second):
        lent = re.search(r"[百千]+$", second)
    return first + (lent[0] if lent else "")


@lru_cache(maxsize=_CACHE)
def read_fraction(whole: str, part: str) -> Reading | None:
    """Read `part` of `whole`: 三分之一, 1/5. Where it does not end, 28 digits are kept."""
    below, above = _signed(whole), _signed(part)
    if not below or above is None:
        return None
    with localcontext() as context:
        context.prec = 20
        return reading(above / below, None, "number")


def _signed(numeral: str) -> Decimal | None:
    written = plain_numeral(numeral).removeprefix("负")
    value = value_of(written) if len(written) <= MAX_NUMERAL else None
    return -value if value is not None and "负" in numeral else value


_PART_OF: Final = {"百": ("%", 1), "千": ("‰", 1), "万": ("‱", 1)}


@lru_cache(maxsize=_CACHE)
def read_percent(base: str, numeral: str, upper: str | None) -> Reading | None:
    """Read 百分之七点五, 千分之二, 百分之三十到四十一; other bases are turned into percent."""
    values = [_signed(numeral), _signed(upper) if upper else None]
    if values[0] is None or (upper and values[1] is None):
        return None
    base = plain_numeral(base)
    if base in _PART_OF:
        return reading(values[0], _PART_OF[base][0], "percent", upper=values[1])
    parts = value_of(base)
    return None if not parts else reading(values[0] * _HUNDRED / parts, "%", "percent")


@lru_cache(maxsize=4096)
def negated(found: Reading) -> Reading:
    """The same with a minus."""
    if found.value is None:
        return found
    return replace(found, value=-found.value, value_text=plain(-found.value), bare=False)
