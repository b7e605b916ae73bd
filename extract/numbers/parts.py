"""Rules for amounts in parts: coins, fractions, ratios, percentages in words, halves."""

import re
import unicodedata
from dataclasses import replace
from decimal import Decimal
from typing import Final

from extract.numbers.patterns import (
    ARABIC,
    BLANK,
    CN_DIGITS,
    CN_NUMERAL,
    DIGIT,
    DIGITS,
    NUMERAL,
    RANGE_MARK,
)
from extract.numbers.quantities import unit_at
from extract.numbers.reading import read_fraction, read_number, read_percent, reading
from extract.numbers.spans import LONGEST, Span
from extract.numbers.units import UNITS

_COMPOSITE: Final = re.compile(
    rf"{NUMERAL}(?:[元块圆](?=[{CN_NUMERAL}{DIGITS}])|[角毛]|斤(?=[{CN_NUMERAL}{DIGITS}])|分之"
    rf"|{BLANK}/{BLANK}{DIGIT}|[:：∶]{DIGIT})"
)


def composite(text: str, at: int) -> Span | None:
    """Amounts in several parts: `九元九角`, `3斤5两`, `三分之一`, `2.27:1`."""
    ahead = _COMPOSITE.match(text, at)
    if ahead is None or ahead.end() - at > LONGEST:
        return None
    return yuan_and_jiao(text, at) or jin_and_liang(text, at) or fraction(text, at) or ratio(text, at)


_COIN = rf"(?:{ARABIC}|[{CN_NUMERAL}]{{1,12}}+)"
_NOT_COINS = rf"(?![{CN_DIGITS}{DIGITS}万亿年月日个])"
_YUAN: Final = re.compile(
    rf"(?P<yuan>{NUMERAL})(?P<mark>[元块圆])(?:[零〇]?(?P<jiao>{_COIN})[角毛])?"
    rf"(?:(?P<zero>[零〇]?)(?P<fen>{_COIN})(?P<last>分?)钱?{_NOT_COINS})?"
)
_JIAO: Final = re.compile(
    rf"(?P<jiao>{NUMERAL})[角毛](?P<fen>[{CN_DIGITS}{DIGITS}])分?钱?(?![{DIGITS}{CN_DIGITS}])"
)
_JIN: Final = re.compile(rf"({NUMERAL})斤({NUMERAL})两")


def yuan_and_jiao(text: str, at: int) -> Span | None:
    """`九元九角`, `两块九毛九`, `九块九`, `九毛九`."""
    match = _JIAO.match(text, at)
    if match:
        return _sum_up(match, [(match["jiao"], 10), (match["fen"], 100)], "元", "money")
    match = _YUAN.match(text, at)
    if match is None:
        return None
    yuan, jiao, fen = match["yuan"], match["jiao"], match["fen"]
    if not jiao and not (fen and (match["mark"] == "块" or match["last"])):
        return None
    tenths = not jiao and not match["zero"] and not match["last"]  # 九块九: the digit means 角
    return _sum_up(match, [(yuan, 1), (jiao, 10), (fen, 10 if tenths else 100)], "元", "money")


def jin_and_liang(text: str, at: int) -> Span | None:
    """`3斤5两`."""
    match = _JIN.match(text, at)
    return _sum_up(match, [(match[1], 1), (match[2], 10)], "斤", "quantity") if match else None


def _sum_up(match: re.Match[str], parts: list[tuple[str | None, int]], unit: str, kind: str) -> Span | None:
    total = Decimal(0)
    for numeral, divisor in parts:
        if numeral:
            found = read_number(numeral)
            if found is None or found.value is None:
                return None
            total += found.value / divisor
    return match.start(), match.end(), reading(total, unit, kind)


_PART = rf"(?:负?{BLANK}{NUMERAL})"
_FRACTION: Final = re.compile(
    rf"(?:({NUMERAL})分之({_PART})|({DIGIT}{{1,4}}){BLANK}/{BLANK}({DIGIT}{{1,4}})(?![{DIGITS}/]))"
    rf"(?:{BLANK}(公升|升|公里|公斤|斤|吨|亩|米|小时))?"
)
_RATIO: Final = re.compile(rf"({ARABIC})[:：∶]({DIGIT}{{1,2}})(?![{DIGITS}.:：∶])")


def fraction(text: str, at: int) -> Span | None:
    """`三分之一`, `4分之3`, `1/5`, `四分之一公升`."""
    match = _FRACTION.match(text, at)
    if match is None:
        return None
    whole, part, above, below, unit = match.groups()
    found = read_fraction(whole or below, part or above)
    if found is None:
        return None
    return at, match.end(), replace(found, unit=unit, kind="quantity") if unit else found


def ratio(text: str, at: int) -> Span | None:
    """`2.27:1` has the value 2.27; where the second part is not 1, the two are divided."""
    match = _RATIO.match(text, at)
    found = read_fraction(match[2], match[1]) if match else None
    return (at, match.end(), found) if match and found else None


_THREE_PARTS: Final = re.compile(rf"({ARABIC})[:：∶]({ARABIC})[:：∶]({ARABIC})(?![{DIGITS}.:：∶])")
_PARTS_BEFORE: Final = re.compile(rf"(?:{DIGIT}{{1,2}}(?:[.]{DIGIT}{{1,2}})?[:：∶]){{1,2}}$")
_WHOLE: Final = (98, 102)
"""Rounded parts of a hundred add up to about a hundred."""


def part_of_three(text: str, at: int) -> Span | None:
    """`21.4`, `45.3` and `33.3` in 21.4：45.3：33.3, as reports give the shares of the three industries."""
    before = _PARTS_BEFORE.search(text, max(0, at - 14), at)
    match = _THREE_PARTS.match(text, before.start() if before else at)
    if match is None or at not in {match.start(part) for part in (1, 2, 3)}:
        return None
    if not _WHOLE[0] <= sum(Decimal(match[part]) for part in (1, 2, 3)) <= _WHOLE[1]:
        return None
    end = next(match.end(part) for part in (1, 2, 3) if match.start(part) == at)
    found = read_number(text[at:end])
    return (at, end, found) if found else None


_PERCENT: Final = re.compile(
    rf"(百万万|百万|千万|万万|百|千|万)分之({_PART}|百)(?:{BLANK}{RANGE_MARK}{BLANK}(?:百分之)?({NUMERAL}|百))?"
    rf"|百分(百)|百分([{CN_DIGITS}]十[{CN_DIGITS}]?)"
)


def percent(text: str, at: int) -> Span | None:
    """`百分之七点五`, `千分之二`, `百分之三十到四十一`, `百分百`."""
    match = _PERCENT.match(text, at)
    if match is None or match.end() - at > LONGEST:
        return None
    base, part, upper, whole, short = match.groups()
    found = read_percent(base or "百", part or whole or short, upper)
    return (at, match.end(), found) if found else None


VULGAR: Final = "¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"
"""The fractions that are one character."""
_VULGAR: Final = re.compile(rf"({DIGIT}{{1,6}}+)?([{VULGAR}])")


def vulgar_fraction(text: str, at: int) -> Span | None:
    """`¾`, `1½倍`."""
    match = _VULGAR.match(text, at)
    if match is None:
        return None
    below, above = _terms(match[2])
    part = read_fraction(below, above)
    if part is None or part.value is None:
        return None
    unit = unit_at(text, match.end())
    whole = read_number(match[1] or "0", unit=unit[1] if unit else None)
    if whole is None or whole.value is None:
        return None
    end = unit.end(1) if unit else match.end()
    return at, end, reading(whole.value + part.value, whole.unit, whole.kind)


def _terms(fraction: str) -> tuple[str, str]:
    """Denominator and numerator of a fraction that is one character."""
    above, _, below = unicodedata.normalize("NFKD", fraction).partition("\u2044")
    return below, above


_MIDDLE_POINT: Final = re.compile(rf"({DIGIT}{{1,9}}+)[·・]({DIGIT}{{1,4}}+){BLANK}([万亿]{{0,2}})")


def middle_point(text: str, at: int) -> Span | None:
    """`72·6亿元`, as old prints have it; `3·15` without a scale or unit is a day."""
    match = _MIDDLE_POINT.match(text, at)
    unit = unit_at(text, match.end()) if match else None
    if match is None or not (unit or match[3]):
        return None
    found = read_number(f"{match[1]}.{match[2]}{match[3]}", unit=unit[1] if unit else None)
    return (at, unit.end(1) if unit else match.end(3), found) if found else None


_PRODUCT: Final = re.compile(rf"({DIGIT}{{1,2}}){BLANK}[×xX✕⨯*]{BLANK}({ARABIC}{BLANK}[万亿]{{0,2}})")
_HOURS: Final = frozenset(("小时", "个小时", "h"))
"""7×24小时 is said of a service that never closes."""


def product(text: str, at: int) -> Span | None:
    """`2×66万千瓦`: so many of one size, together."""
    match = _PRODUCT.match(text, at)
    unit = unit_at(text, match.end()) if match else None
    if match is None or unit is None or unit[1] in _HOURS:
        return None
    found = read_number(match[2], unit=unit[1])
    if found is None or found.value is None or found.kind != "quantity":
        return None
    return at, unit.end(1), reading(found.value * int(match[1]), found.unit, found.kind)


_AND_A_HALF: Final = re.compile(rf"({NUMERAL})(?P<unit>个半(?:小时|钟头|月|世纪|学期))")


def and_a_half(text: str, at: int) -> Span | None:
    """`一个半小时`, `两个半月`."""
    match = _AND_A_HALF.match(text, at)
    if match is None or match.end() - at > LONGEST:
        return None
    unit = match["unit"].replace("半", "")
    found = read_number(match[1], unit=unit if unit in UNITS else unit.removeprefix("个"))
    if found is None or found.value is None:
        return None
    return at, match.end(), reading(found.value + Decimal("0.5"), found.unit, found.kind)


_NO_HALF_AFTER: Final = frozenset("上下前后大小多过各东西南北")
_ONE_HALF: Final = re.compile(r"[一1]半(?![年天月径导岛个小])")


def half(text: str, at: int) -> Span | None:
    """`半公升`, `半成`, `半百`; not in 上半年 and 大半个."""
    if text[at - 1 : at] in _NO_HALF_AFTER:
        return None
    if text.startswith("半百", at):
        found = read_number("50")
        return (at, at + 2, found) if found else None
    unit = unit_at(text, at + 1)
    found = read_number("0.5", unit=unit[1]) if unit else None
    return (at, unit.end(1), found) if unit and found else None


def one_half(text: str, at: int) -> Span | None:
    """`一半`."""
    match = _ONE_HALF.match(text, at)
    found = read_number("0.5")
    return (at, match.end(), found) if match and found else None
