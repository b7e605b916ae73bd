"""Rules for amounts: numbers with units, ranges, fractions, percentages, scales without a digit."""

import re
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
    QUANTITY,
    RANGE_MARK,
    WITH_UNIT,
)
from extract.numbers.reading import (
    NAME,
    Quantity,
    negated,
    read_fraction,
    read_number,
    read_percent,
    read_range,
    reading,
)
from extract.numbers.spans import LONGEST, Span

# Numbers and ranges -------------------------------------------------------------------------------------

_QUANTITY: Final = re.compile(QUANTITY)
_RANGE_MARK: Final = re.compile(
    rf"(?:[（(]含[)）])?{BLANK}{RANGE_MARK}{BLANK}(?=[{CN_NUMERAL}{DIGITS}廿卅几数])"
)
_MAY_JOIN: Final = frozenset("（( \t\u3000\xa0~-—–‐―─至到")


def number(text: str, at: int) -> Span | None:
    """A number with its unit, or a range: `5370.3亿元`, `两千`, `1~2家`, `10亿~50亿元`."""
    match = _QUANTITY.match(text, at)
    if match is None:
        return None
    if match.end() - at > LONGEST:
        return at, match.end(1), NAME
    if text[match.end() : match.end() + 1] in _MAY_JOIN and text[at - 1 : at] not in _STARTS_A_MOVE:
        span = _range(text, match)
        if span is not None:
            return span
    found = read_number(*match.groups())
    if found is None:
        return _beginning(at, match[1])
    if found.bare and not stands_alone(text, at, match.end()):
        return None
    return at, match.end(), found


def _groups(match: re.Match[str]) -> Quantity:
    numeral, more, unit, rest = match.groups()
    return numeral, more, unit, rest


def _range(text: str, first: re.Match[str]) -> Span | None:
    """The range that begins with the first number, where a second one completes it."""
    mark = _RANGE_MARK.match(text, first.end())
    second = _QUANTITY.match(text, mark.end()) if mark else None
    if second is None or second.end() - second.start() > LONGEST:
        return None
    found = read_range(_groups(first), _groups(second))
    return (first.start(), second.end(), found) if found else None


_STARTS_A_MOVE: Final = frozenset("从由自")
"""Before a number these make 到 a movement from one value to another, which is no range."""


def _beginning(at: int, numeral: str) -> Span | None:
    """The longest beginning of a run of numerals that is one number: of 五十千 it is 五十."""
    for length in range(min(len(numeral), 40) - 1, 0, -1):
        found = read_number(numeral[:length])
        if found is not None:
            return None if found.bare and (length == 1 or found.upper) else (at, at + length, found)
    return None


def is_quantity(phrase: str) -> bool:
    """Whether the whole phrase is one number, as in “八连冠”."""
    match = _QUANTITY.fullmatch(phrase)
    found = read_number(*match.groups()) if match else None
    return found is not None and found.value is not None and not found.bare


_UNIT: Final = re.compile(WITH_UNIT)


def unit_at(text: str, at: int) -> re.Match[str] | None:
    """The unit that begins here, blanks before it included; group 1 is the unit itself."""
    return _UNIT.match(text, at)


_COPULAS: Final = frozenset("是为于在前")
_GO_ON: Final = frozenset("那这不而却的或")


def stands_alone(text: str, start: int, end: int) -> bool:
    """Whether no character on either side can make a word of the numeral in between."""
    before, after = text[start - 1 : start] if start else "", text[end : end + 1]
    free_after = not after.isalnum()
    if before in _COPULAS:
        return free_after or after in _GO_ON
    return (not before.isalnum() or before == "负") and (free_after or after in {"那", "这", "的"})


# Amounts in several parts -------------------------------------------------------------------------------

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


# Percentages and halves ---------------------------------------------------------------------------------

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


# Signs --------------------------------------------------------------------------------------------------

_SIGN: Final = re.compile(rf"[-负]的?{BLANK}|零下(?:摄氏|华氏)?")
_NO_SIGN_AFTER: Final = frozenset("减担肩胜抱自辜背欺亏重0123456789-—%]）)")
_LEADING_POINT: Final = re.compile(rf"[.]{DIGIT}++")
_CURRENCY_SIGN: Final = re.compile(rf"[$￥¥€£]{BLANK}({ARABIC}(?:{BLANK}[万亿]{{1,2}})?)")
_CURRENCY_OF: Final = {"$": "美元", "￥": "元", "¥": "元", "€": "欧元", "£": "英镑"}


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


def signed(text: str, at: int) -> Span | None:
    """`-5%`, `负12`, `负的百分之六十`, `零下4℃`; but 减负5亿元 is no minus."""
    match = _SIGN.match(text, at)
    before = text[at - 1] if at else ""
    if match is None or before in _NO_SIGN_AFTER or _is_latin(before):
        return None
    for rule in (percent, composite, number, leading_point):
        span = rule(text, match.end())
        if span is not None and span[2] is not None and span[2].value is not None and span[2].upper is None:
            return at, span[1], negated(span[2])
    return None


def leading_point(text: str, at: int) -> Span | None:
    """`.77`."""
    before = text[at - 1] if at else ""
    match = _LEADING_POINT.match(text, at)
    if match is None or before == "." or _is_latin(before) or match.end() - at > LONGEST:
        return None
    unit = unit_at(text, match.end())
    found = read_number("0" + match[0], unit=unit[1] if unit else None)
    return (at, unit.end(1) if unit else match.end(), found) if found else None


def currency_sign(text: str, at: int) -> Span | None:
    """`￥300`, `$13.5`."""
    match = _CURRENCY_SIGN.match(text, at)
    if match is None or match.end() - at > LONGEST:
        return None
    found = read_number(match[1], unit=_CURRENCY_OF[text[at]])
    return (at, match.end(), found) if found else None


# Scales without a digit ---------------------------------------------------------------------------------

_SCALE_ONLY: Final = re.compile("([百千]?[万亿]{1,2}|[百千])([多余](?=[元家]))?")
_HEDGES_A_SCALE: Final = frozenset("超破逾近上过达")
_NO_HEDGE: Final = frozenset(("以上", "之上", "如上", "千上", "经过", "通过", "不过", "附近", "最近"))
_WEIGHED: Final = frozenset(["元", "美元", "欧元", "日元", "港元", "英镑", "吨"])
_DENOMINATOR: Final = re.compile("(?:地区|国内|工业|单位)?(?:生产总值|增加值|产值|GDP)")


def scale_only(text: str, at: int) -> Span | None:
    """`亿元`, `千万元`, `超百亿`: a scale is a number before money or after a hedge; 百亿级 is a name."""
    match = _SCALE_ONLY.match(text, at)
    if match is None or text[at - 1 : at] in _NUMERALS:
        return None
    if text.startswith("级", match.end()):
        return at, match.end() + 1, NAME
    unit = unit_at(text, match.end())
    found = read_number(match[1], match[2], unit[1] if unit else None)
    if found is None or found.value is None:
        return None
    end = unit.end(1) if unit else match.end()
    hedged = text[at - 1 : at] in _HEDGES_A_SCALE and text[max(0, at - 2) : at] not in _NO_HEDGE
    if found.kind == "money" and text.startswith("级", end):
        return at, end + 1, NAME
    if hedged:
        return at, end, found
    if found.unit not in _WEIGHED:
        return None
    return at, end, NAME if _DENOMINATOR.match(text, end) else found


_NUMERALS: Final = frozenset(CN_NUMERAL)
