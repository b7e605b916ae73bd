"""Which rule listens to which character; the first rule that finds something has it.

A new form of number is a rule in its module, its characters here, and lines in tests/corpora/numbers.
"""

from string import ascii_letters
from typing import Final

from extract.numbers.dates import date
from extract.numbers.names import (
    arabic_mark,
    arabic_name,
    bracketed_mark,
    chinese_mark,
    chinese_name,
    latin,
    quoted,
    roman,
    word,
)
from extract.numbers.parts import composite, half, one_half, percent
from extract.numbers.quantities import number, scale_only
from extract.numbers.ranks import first_place, listed_rank, ordinal, top
from extract.numbers.signs import currency_sign, leading_point, signed
from extract.numbers.spans import Rule

_ARABIC: tuple[Rule, ...] = (arabic_mark, date, arabic_name, composite, number)
_CHINESE: tuple[Rule, ...] = (chinese_mark, word, listed_rank, date, chinese_name, composite, number)

RULES: Final[dict[str, tuple[Rule, ...]]] = {
    **dict.fromkeys("0123456789", _ARABIC),
    "1": (one_half, *_ARABIC),
    **dict.fromkeys("〇一二两三四五六七八九十廿卅俩几数", _CHINESE),
    "一": (one_half, *_CHINESE),
    "零": (signed, *_CHINESE),
    **dict.fromkeys("百千万", (percent, word, scale_only)),
    "亿": (scale_only,),
    "半": (half,),
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
