"""Rules for amounts: a number with its unit, a range, a scale without a digit."""

import re
from dataclasses import replace
from typing import Final

from extract.numbers.hedges import hedge_after
from extract.numbers.patterns import BLANK, CN_NUMERAL, DIGITS, QUANTITY, RANGE_MARK, WITH_UNIT
from extract.numbers.reading import NAME, Quantity, read_number, read_range
from extract.numbers.spans import LONGEST, Span

# Numbers and ranges -------------------------------------------------------------------------------------

_QUANTITY: Final = re.compile(QUANTITY)
_RANGE_MARK: Final = re.compile(
    rf"(?:[（(]含[)）])?{BLANK}{RANGE_MARK}{BLANK}(?=[{CN_NUMERAL}{DIGITS}廿卅几数])"
)
_MAY_JOIN: Final = frozenset("（( \t\u3000\xa0~-—–‐―─至到")


def number(text: str, at: int) -> Span | None:
    """A number with its unit, or a range: `1830.5亿元`, `两千`, `1~2家`, `10亿~50亿元`."""
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


_DOUBLINGS: Final = re.compile(f"([一二两三四五六{DIGITS}])番")


def doublings(text: str, at: int) -> Span | None:
    """一番 in 翻一番, 两番 in 翻了两番."""
    match = _DOUBLINGS.match(text, at)
    found = (
        read_number(match[1], unit="番")
        if match and text[max(0, at - 2) : at].rstrip("了")[-1:] == "翻"
        else None
    )
    return (at, match.end(), replace(found, bare=False)) if match and found else None


# Scales without a digit ---------------------------------------------------------------------------------

_SCALE_ONLY: Final = re.compile("([百千]?[万亿]{1,2}|[百千])([多余](?=[元家]))?")
_HEDGES_A_SCALE: Final = {"上": "at_least", "过": "more_than", **dict.fromkeys("超破逾近达")}
"""What they mean here alone: 上百家, 过千亿; the others mean the same before any number."""
_NO_HEDGE: Final = frozenset(("以上", "之上", "如上", "千上", "经过", "通过", "不过", "附近", "最近"))
_WEIGHED: Final = frozenset(["元", "美元", "欧元", "日元", "港元", "英镑", "吨"])
_ROUND: Final = frozenset(("百", "千"))
_ROUND_UNITS: Final = frozenset(("个", "条", "所", "座", "处"))
"""百条背街小巷: a hundred of a kind, where a verb stands before it; 百家, 百户, 百村 begin names."""
_VERB_BEFORE: Final = re.compile(
    "(?:建设|建成|新建|改造|培育|打造|实施|整治|创建|新增|推进|提升|完成|建|修|办)$"
)
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
    if unit and text.startswith("级", end):
        return at, end + 1, NAME
    hedge = text[at - 1 : at]
    if hedge in _HEDGES_A_SCALE and text[max(0, at - 2) : at] not in _NO_HEDGE:
        modifier = _HEDGES_A_SCALE[hedge]
        return at, end, replace(found, modifier=modifier) if modifier else found
    rounded = (
        match[1] in _ROUND and found.unit in _ROUND_UNITS and _VERB_BEFORE.search(text, max(0, at - 2), at)
    )
    if found.unit not in _WEIGHED and hedge_after(text, end) is None and not rounded:
        return None
    return at, end, NAME if _DENOMINATOR.match(text, end) else found


_NUMERALS: Final = frozenset(CN_NUMERAL)
