"""Rules for what may stand before a number: a minus, a point, the sign of a currency."""

import re
from typing import Final

from extract.numbers.parts import composite, percent
from extract.numbers.patterns import ARABIC, BLANK, DIGIT
from extract.numbers.quantities import number, unit_at
from extract.numbers.reading import negated, read_number
from extract.numbers.spans import LONGEST, Span

_SIGN: Final = re.compile(rf"[-负]的?{BLANK}|零下(?:摄氏|华氏)?")
_NO_SIGN_AFTER: Final = frozenset("减担肩胜抱自辜背欺亏重0123456789-—%]）)")
_FALLING: Final = frozenset({"%", "个百分点", "℃"})
"""What ranges from below zero to above it; elsewhere a stroke before a range is no minus. One before a blank opens a
list.
"""
_LEADING_POINT: Final = re.compile(rf"[.]{DIGIT}++")
_CURRENCY_SIGN: Final = re.compile(rf"[$￥¥€£]{BLANK}({ARABIC}(?:{BLANK}[万亿]{{1,2}})?)")
_CURRENCY_OF: Final = {"$": "美元", "￥": "元", "¥": "元", "€": "欧元", "£": "英镑"}


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


def signed(text: str, at: int) -> Span | None:
    """`-5%`, `负12`, `负的百分之六十`, `零下4℃`, `-3%到5%`; but 减负5亿元 is no minus."""
    match = _SIGN.match(text, at)
    before = text[at - 1] if at else ""
    if match is None or before in _NO_SIGN_AFTER or _is_latin(before):
        return None
    for rule in (percent, composite, number, leading_point):
        span = rule(text, match.end())
        found = span[2] if span else None
        if found is None or found.value is None or span is None:
            continue
        if found.upper is None or (found.unit in _FALLING and text[match.end() - 1].strip()):
            return at, span[1], negated(found)
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
