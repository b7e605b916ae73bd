"""How alike two names of an indicator are.

Careful readers name one indicator differently: with or without 全市, 新增 or 增长, long or short, in Latin
letters or in characters. Names are compared by what is left without such fillers.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from extract.simplified import simplify

FILLERS = (
    # whose: the reporting region itself
    (
        "全国",
        "全省",
        "全市",
        "全区",
        "全县",
        "全州",
        "全年",
        "我国",
        "我省",
        "我市",
        "我区",
        "我县",
        "本市",
        "本省",
    ),
    # what happened to it
    (
        "新增",
        "增加",
        "增长",
        "增速",
        "增幅",
        "涨幅",
        "提高",
        "提升",
        "下降",
        "降低",
        "减少",
        "同比",
        "年均",
        "累计",
    ),
    ("实现", "完成", "达到", "突破", "超过", "建成", "新建", "其中", "共计", "总计"),
    # what sort of number it is
    ("总量", "总额", "总数", "规模", "数量", "水平", "比例", "比重", "占比"),
)
"""Words that do not tell one indicator from another, by the reason why they stand there."""

SYNONYMS = (
    ("国内生产总值", "生产总值"),
    ("地区生产总值", "生产总值"),
    ("gdp", "生产总值"),
    ("社零", "社会消费品零售"),
    ("固投", "固定资产投资"),
    ("规上", "规模以上"),
    ("r&d", "研发"),
    ("研究与试验发展", "研发"),
    ("研究与开发", "研发"),
    ("cpi", "居民消费价格"),
)
"""Short names of the field and what they stand for."""

SAME = 0.9
"""From this similarity on one name holds the other."""

_FILLER = re.compile("|".join(sorted((word for words in FILLERS for word in words), key=len, reverse=True)))
_YEAR = re.compile(r"(?:继|自|较|比|到|至|从)?(?:19|20)\d\d年(?:末|底|度)?")
_JOINED = re.compile("[、和与及]|以及")
_WHOSE = re.compile("|".join(FILLERS[0]))
_NO_LETTERS = re.compile(r"[^\w%&+]|[_\u115f\u1160\u3164\uffa0]")
"""What is neither letter nor digit, or is one that nobody sees; &, + and % are parts of names: R&D."""


@lru_cache(maxsize=2048)
def core(indicator: str) -> str:
    """The name without blanks, punctuation and fillers, synonyms made one; never empty unless it was."""
    name = one_spelling(indicator)
    return without_fillers(name) or name


@lru_cache(maxsize=2048)
def exact_name(indicator: str) -> str:
    """The name without blanks, punctuation and the words for the reporting region, synonyms made one.

    Two figures are only held against each other where these are equal: 新增就业 is not 就业.
    """
    return _WHOSE.sub("", one_spelling(indicator))


def letters(text: str) -> str:
    """The letters and digits of a text, simplified and in their usual form, whatever stands between them."""
    return _NO_LETTERS.sub("", simplify(unicodedata.normalize("NFKC", text))).casefold()


def one_spelling(indicator: str) -> str:
    """The name without blanks, punctuation and years, synonyms made one."""
    name = _YEAR.sub("", letters(indicator))
    for short, full in SYNONYMS:
        name = name.replace(short, full)
    return name


def without_fillers(text: str) -> str:
    """The text without words that do not tell one indicator from another."""
    return _FILLER.sub("", text)


def names_one_of(said: str, several: str) -> bool:
    """Whether a name is one of those that a longer one joins: 出口 of 进出口、出口."""
    parts = _JOINED.split(several)
    return len(parts) > 1 and any(part and similarity(said, part) == 1.0 for part in parts)


@lru_cache(maxsize=2048)
def similarity(one: str, other: str) -> float:
    """0 for nothing in common, 1 for the same indicator; 0.9 where one name holds the other."""
    a, b = core(one), core(other)
    if a == b:
        return 1.0
    if not a or not b:
        return 0.0
    if a in b or b in a:
        return SAME if min(len(a), len(b)) > 1 else 0.5
    common = sum(min(a.count(c), b.count(c)) for c in set(a) & set(b))
    return min(0.89, 2 * common / (len(a) + len(b)))


def stands_in(indicator: str, texts: Sequence[str]) -> float:
    """The share of the name's characters that occur in any of the texts; 1 for an empty name."""
    name = core(indicator)
    if not name:
        return 1.0
    context = set(core("".join(texts))) | set("".join(texts).casefold())
    return sum(c in context for c in name) / len(name)


def stands_together(indicator: str, text: str) -> float:
    """The share of the name's pairs of neighbouring characters that stand so in the text; 1 for a name without any."""
    name, whole = core(indicator), one_spelling(text)
    pairs = [name[n : n + 2] for n in range(len(name) - 1)]
    return sum(pair in whole for pair in pairs) / len(pairs) if pairs else 1.0
