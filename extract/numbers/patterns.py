"""The pieces from which every pattern is composed.

Each piece is a plain string with no capturing group. Repetitions are possessive (`++`) or bounded, so that
no text, however hostile, makes them look at a character more than a fixed number of times.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Final

from extract.numbers.units import DENOMINATORS, LATIN_WORDS, NOT_TENTHS, TAKES_REST, TENTHS, UNITS

Tree = dict[str, "Tree | str"]


def any_of(words: Iterable[str] | Mapping[str, str]) -> str:
    """A pattern for the longest of the words, as a tree of their letters.

    Args:
        words: the words; a mapping gives to each the characters that must not follow it.
    """
    tree: Tree = {}
    guards = words if isinstance(words, Mapping) else dict.fromkeys(words, "")
    for word, guard in guards.items():
        node = tree
        for letter in word:
            below = node.setdefault(letter, {})
            assert isinstance(below, dict)
            node = below
        node[""] = f"(?![{re.escape(guard)}])" if guard else ""
    return _branch(tree)


def _branch(node: Tree) -> str:
    ways = [
        re.escape(letter) + _branch(below)
        for letter, below in sorted(node.items())
        if isinstance(below, dict)
    ]
    end = node.get("")
    if isinstance(end, str):
        ways.append(end)
    return ways[0] if len(ways) == 1 else f"(?:{'|'.join(ways)})"


BLANKS: Final = " \t\u3000\xa0"
BLANK: Final = r"[ \t\u3000\xa0]{0,4}"
SOME_BLANK: Final = f"[{BLANKS}]{{1,4}}"
DIGITS: Final = "0-9"
DIGIT: Final = f"[{DIGITS}]"
HAN: Final = r"\u3400-\u9fff"
CN_DIGITS: Final = "〇零一二两三四五六七八九"
CN_NUMERAL: Final = f"{CN_DIGITS}十百千万亿"
ONE_TO_NINE: Final = "一二三四五六七八九"
RANGE_MARK: Final = "(?:~|[-—–‐―─]{1,2}|至|到)"

# A group is repeated inside (?>…), never with *+ or ++: before Python 3.11.5 a possessive repeat of a group that can
# fail half-way moves the position back.
# Arabic numerals: 34,567  1830.5  1000  万  25万6千  3万4000  7 万5 千4 百
GROUPED = rf"{DIGIT}{{1,3}}(?>(?:[,，]{DIGIT}{{3}})+)(?!{DIGIT})"
ARABIC = rf"(?:{GROUPED}|{DIGIT}++)(?>(?:[.]{DIGIT}++)?)"
THOUSAND = f"(?<![十百])(?<![十百][{ONE_TO_NINE}])千(?![瓦克卡帕焦赫伏])"
HUNDRED = "百(?!分[^之])"
SCALE = f"(?:[十万亿]|{HUNDRED}|{THOUSAND}(?!米))"
POINT = f"点(?=[{CN_DIGITS}{DIGITS}])"
AFTER_SCALE = "(?<=[十百千万亿])"
LOWER_DIGITS = rf"{AFTER_SCALE}[零〇]?{DIGIT}{{1,4}}+(?![.]?{DIGIT})"
LOWER_DIGIT = f"{AFTER_SCALE}[零〇]?[{ONE_TO_NINE}](?![{HAN}]|(?<=.)[十百千])"
LOWER_PLACE = rf"{AFTER_SCALE}(?:[零〇]?[{CN_DIGITS}]|{BLANK}{DIGIT}{{1,4}}+{BLANK})[十百千万]"
ARABIC_TAIL = rf"(?>(?:{BLANK}{SCALE}|{LOWER_PLACE}|{LOWER_DIGITS}|{LOWER_DIGIT}|{POINT}(?:{DIGIT}++|[{CN_DIGITS}]++))*)"
ARABIC_NUMERAL = rf"(?:{ARABIC}{ARABIC_TAIL})"

# Chinese numerals: 两千  十几  一千零一十  一万五千亿  三千四百五十几  二〇二〇  一点二五  廿二  四、五百
_OR_ONE_MORE = "|".join(
    f"{low}、(?={high}[十百千万亿])"
    for low, high in zip("一二两三四五六七八", "二三三四五六七八九", strict=True)
)
_CN_FIRST = f"(?:{_OR_ONE_MORE}|[{CN_DIGITS}十廿卅俩]|[几数](?=[十百千万亿]))"
_CN_NEXT = (
    f"[〇零{ONE_TO_NINE}十万亿廿卅]|{HUNDRED}|{THOUSAND}|两(?=[百千万亿])|(?<=一)两(?=[个年天周家次名位])|{AFTER_SCALE}几|零几"
    rf"|{POINT}(?:[{CN_DIGITS}]++|{DIGIT}++)|{LOWER_DIGITS}|{SOME_BLANK}[百万亿]"
)
CHINESE_NUMERAL = f"(?:{_CN_FIRST}(?>(?:{_CN_NEXT})*))"

NUMERAL: Final = f"(?:{ARABIC_NUMERAL}|{CHINESE_NUMERAL})"
"""A numeral in digits, in characters or in both."""

# What makes it vague: 5200多亿元  五百 余万  2100 余起  10几  十来个; and 3个亿
_NO_MORE = "[边式跨元样层功领渠维重点年方家额地杭姚热]"
MORE = rf"{BLANK}(?:[多余](?=[元年家])|[多余](?!{_NO_MORE})|来(?=[个家人名项])|几(?![乎何率])|个(?=亿))"
MORE_SCALE: Final = rf"(?:{MORE}(?>(?:{BLANK}[万亿])*))"

_HAN_UNITS = {word: unit.guard for word, unit in UNITS.items() if word not in LATIN_WORDS}
LATIN_UNIT: Final = rf"{any_of(LATIN_WORDS)}(?![A-Za-z0-9])"
UNIT: Final = (
    rf"(?:{any_of(_HAN_UNITS)}|{LATIN_UNIT}"
    rf"|{TENTHS}(?:半|{BLANK}[{ONE_TO_NINE}](?!{NUMERAL}))?(?![{NOT_TENTHS}]))"
)
PER: Final = "(?:/[百千万亿]{0,2}" + any_of(DENOMINATORS) + ")"
REST: Final = rf"(?<=[{TAKES_REST}])(?:半(?![年天月岛径导数成自封个小])|[多余](?!{_NO_MORE}|[项种]))"

WITH_UNIT: Final = rf"(?:{BLANK}({UNIT}{PER}?)({REST})?)"
QUANTITY: Final = rf"({NUMERAL})({MORE_SCALE})?{WITH_UNIT}?"
"""A numeral with its unit, in four groups: numeral, 多 or 余, unit, what follows the unit (半, 多)."""
