"""Numerals to values: `两千`, `1.2万`, `3千万亿`, `一万五千亿`, `二〇二〇`, `三五百`.

The grammar is that of the language: within ten thousand 千, 百 and 十 fall; 万 and 亿 multiply all that
stands before them; a last digit without 零 belongs to the next lower place (`一万六` is 16000).
"""

import re
from decimal import Decimal
from functools import lru_cache

MAX_NUMERAL = 40
"""Longest numeral that is read; a longer run of digits is an identifier, not a number."""

DIGIT_OF = {**dict(zip("〇一二三四五六七八九", range(10), strict=True)), "零": 0, "两": 2, "俩": 2}
"""Value of each digit of a Chinese numeral."""

PLACE_OF = {"十": 10, "百": 100, "千": 1000}
_PLAIN = {**dict.fromkeys(map(ord, " \t\u3000\xa0,，个、"), ""), ord("廿"): "二十", ord("卅"): "三十"}

_CHINESE_DIGITS = "".join(DIGIT_OF)
_STEP = re.compile(rf"([零〇]*)(?:([{_CHINESE_DIGITS}])|([0-9]+(?:\.[0-9]+)?))?([千百十])?")
_POSITIONAL = re.compile("[零〇一二三四五六七八九]+|两")
_ARABIC = re.compile(r"[0-9]*\.?[0-9]+")
_AFTER_POINT = re.compile(rf"([0-9]+|[{_CHINESE_DIGITS}]+)([万亿]*)")
_PAIRED = "零〇一二两三四五六七八九"
_ADJACENT = re.compile(f"(?<![{_PAIRED}])([一二两三四五六七八九]{{2}})(?![{_PAIRED}])")


def plain_numeral(numeral: str) -> str:
    """The numeral without blanks and separators, and 廿 and 卅 written out."""
    return numeral.translate(_PLAIN)


@lru_cache(maxsize=4096)
def value_of(numeral: str) -> Decimal | None:
    """The value of a plain numeral, or None where it is not one well-formed number.

    A scale without a digit counts once: `亿` is 100000000.
    """
    head, point, tail = numeral.partition("点")
    if not point:
        return _whole(numeral)
    fraction = _AFTER_POINT.fullmatch(tail)
    whole = _whole(head)
    if fraction is None or whole is None or "." in head:
        return None
    digits = "".join(str(DIGIT_OF.get(c, c)) for c in fraction[1])
    scale = _whole(fraction[2]) if fraction[2] else Decimal(1)
    return None if scale is None else (whole + Decimal(f"0.{digits}")) * scale


@lru_cache(maxsize=4096)
def bounds_of(numeral: str) -> tuple[Decimal, Decimal | None] | None:
    """The value of a plain numeral, with the upper end where two digits stand side by side.

    `三五百` is 300 to 500, `十五六` is 15 to 16. None where it is no number.
    """
    pair = None if "点" in numeral else _ADJACENT.search(numeral)
    if pair and _neighbours(pair[1]):
        low = value_of(numeral[: pair.start() + 1] + numeral[pair.end() :])
        high = value_of(numeral[: pair.start()] + numeral[pair.end() - 1 :])
        if low is not None and high is not None and low < high:
            return low, high
    value = value_of(numeral)
    return None if value is None else (value, None)


def _neighbours(pair: str) -> bool:
    low, high = DIGIT_OF[pair[0]], DIGIT_OF[pair[1]]
    return high - low == 1 or pair == "三五"


def _whole(numeral: str) -> Decimal | None:
    """Value of a numeral without 点: 亿 binds last, then 万, then the places below."""
    for scale, factor in (("亿", Decimal(10**8)), ("万", Decimal(10**4))):
        if scale in numeral:
            return _scaled(numeral, scale, factor)
    return _below_ten_thousand(numeral)


def _scaled(numeral: str, scale: str, factor: Decimal) -> Decimal | None:
    left, _, right = numeral.rpartition(scale)
    if scale in left.rstrip(scale):  # 1万亿5000亿: the second amount is added, not multiplied
        left, _, right = numeral.partition(scale)
    high = _whole(left) if left else Decimal(1)
    low = _remainder(right, factor)
    if high is None or low is None:
        return None
    return high * factor + low if not low or low < high * factor else None


def _remainder(numeral: str, factor: Decimal) -> Decimal | None:
    """What follows a scale: nothing, a lower number, or one digit of the next place (一万六, 13万2)."""
    if not numeral:
        return Decimal(0)
    if numeral in DIGIT_OF or (len(numeral) == 1 and numeral.isdecimal()):
        return Decimal(DIGIT_OF[numeral] if numeral in DIGIT_OF else int(numeral)) * factor / 10
    return _whole(numeral.lstrip("零〇") or "零")


def _below_ten_thousand(numeral: str) -> Decimal | None:
    if _ARABIC.fullmatch(numeral):
        return Decimal(numeral)
    if _POSITIONAL.fullmatch(numeral):
        return Decimal("".join(str(DIGIT_OF[c]) for c in numeral))
    return _by_places(numeral)


def _by_places(numeral: str) -> Decimal | None:
    total, last, at = Decimal(0), 10_000, 0
    while at < len(numeral):
        step = _STEP.match(numeral, at)
        if step is None or step.end() == at:
            return None
        zeros, digit, arabic, place = step.groups()
        at = step.end()
        amount = Decimal(arabic) if arabic else Decimal(DIGIT_OF[digit]) if digit else Decimal(1)
        if place:
            if PLACE_OF[place] >= last:
                return None
            last = PLACE_OF[place]
            total += amount * last
        elif at < len(numeral):
            return None
        elif (digit or (arabic and len(arabic) == 1)) and not zeros and last < 10_000:
            total += amount * last / 10
        elif digit or arabic:
            total += amount
    return total
