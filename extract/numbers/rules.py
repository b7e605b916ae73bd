"""Which rule listens to which character; the first rule that finds something has it.

A new form of number is a rule in its module, its characters here, and lines in tests/corpora/numbers.
"""

import re
from string import ascii_letters
from typing import Final

from extract.numbers.dates import date
from extract.numbers.names import (
    arabic_mark,
    arabic_name,
    bracketed_mark,
    chinese_mark,
    chinese_name,
    great,
    is_uncounted,
    latin,
    place,
    quoted,
    roman,
    word,
)
from extract.numbers.parts import (
    VULGAR,
    and_a_half,
    composite,
    half,
    middle_point,
    one_half,
    part_of_three,
    percent,
    product,
    vulgar_fraction,
)
from extract.numbers.patterns import BLANK
from extract.numbers.powers import RAISED_DIGITS, power
from extract.numbers.quantities import doublings, number, scale_only
from extract.numbers.ranks import first_place, listed_rank, ordinal, top
from extract.numbers.reading import NAME
from extract.numbers.signs import currency_sign, leading_point, signed
from extract.numbers.spans import Rule, Span

# A number in digits is the common case: the character behind the digits says which other rules may apply.
_BEHIND_DIGITS: Final = re.compile(rf"[0-9]++(?>(?:[.][0-9]++)?){BLANK}")
_ONLY_NUMBER: tuple[Rule, ...] = (number,)
_BY_NEXT: dict[str, tuple[Rule, ...]] = {
    **dict.fromkeys("年月日季时世”》", (date, number)),
    **dict.fromkeys("-—–―~至到", (date, arabic_name, number)),
    **dict.fromkeys(".", (arabic_mark, date, arabic_name, number)),
    **dict.fromkeys("、)）", (arabic_mark, number)),
    **dict.fromkeys("/:：∶", (part_of_three, date, composite, number)),
    **dict.fromkeys("元块圆角毛斤分,，", (composite, number)),
    **dict.fromkeys(ascii_letters + "+后热平专举报投政市便服", (arabic_name, number)),
    **dict.fromkeys("xX×", (power, product, arabic_mark, date, arabic_name, number)),
    "·": (power, middle_point, arabic_mark, date, arabic_name, number),
    "・": (middle_point, number),
    **dict.fromkeys("✕⨯*", (power, product, number)),
    **dict.fromkeys("∙⋅^⁻⁺" + RAISED_DIGITS, (power, number)),
    **dict.fromkeys(VULGAR, (vulgar_fraction, number)),
    "个": (and_a_half, number),
    "半": (one_half, number),
    "番": (doublings, number),
}


def arabic(text: str, at: int) -> Span | None:
    """Whatever begins with a digit."""
    behind = _BEHIND_DIGITS.match(text, at)
    end = behind.end() if behind else at
    for rule in _BY_NEXT.get(text[end : end + 1], _ONLY_NUMBER):
        span = rule(text, at)
        if span is not None:
            break
    else:
        return None
    found = span[2]
    if found is not None and found.kind == "number" and is_uncounted(text, at, span[1]):
        return at, span[1], NAME
    return span


_CHINESE: tuple[Rule, ...] = (
    place,
    chinese_mark,
    doublings,
    word,
    listed_rank,
    date,
    great,
    chinese_name,
    and_a_half,
    composite,
    number,
)

RULES: Final[dict[str, tuple[Rule, ...]]] = {
    **dict.fromkeys("0123456789", (arabic,)),
    **dict.fromkeys("〇一二两三四五六七八九十廿卅俩几数", _CHINESE),
    "一": (one_half, *_CHINESE),
    "零": (signed, *_CHINESE),
    **dict.fromkeys("百千万", (percent, word, scale_only)),
    "亿": (scale_only,),
    "半": (half,),
    **dict.fromkeys(VULGAR, (vulgar_fraction,)),
    "第": (ordinal,),
    "前": (top,),
    **dict.fromkeys("首榜头", (first_place,)),
    **dict.fromkeys("-负", (signed,)),
    **dict.fromkeys("（(", (bracketed_mark,)),
    "“": (quoted,),
    **dict.fromkeys(".", (leading_point,)),
    **dict.fromkeys("$￥¥€£", (currency_sign,)),
    **dict.fromkeys("ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ", (roman,)),
    **dict.fromkeys(ascii_letters, (latin,)),
}
