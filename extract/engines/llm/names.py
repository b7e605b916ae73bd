"""Whether the name that a model gives an indicator is one: written in words, and in words of what it cites.

A true number under a name that is none (a blank, control characters, markup, the first characters of the sentence) would
pass every comparison of values. Whether a name is the *right* one is not judged here; that is for the checks, which
hold it against what the rules read.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from extract.claims.wording import (
    AREAS,
    COMMITTING,
    DOING,
    FALLING,
    HEDGING,
    LINKING,
    OPENING,
    RANKING,
    REACHING,
    RISING,
    WHOLE,
    Words,
)

LONGEST_NAME = 120
"""Characters; the longest of 386 recorded ones has 23."""
FEWEST_LETTERS = 2
LONGEST_WORD = 4
"""Characters of the words that are looked for across the end of a name."""
_MARKUP = re.compile(
    r"<(?:[/?]?[a-zA-Z]|!)|/>|&(?:#\d+|#x[0-9a-f]+|[a-z]{2,8});|\*\*|__|`|~~|\]\(|\{\{|\{%|\$\{|^\s*#+\s",
    re.IGNORECASE,
)
_MEASURES = tuple("增加值 总额 总量 总数 数量 规模 比例 比率 比重 占比 增速 增幅 涨幅 降幅 位次 排名".split())
_BETWEEN = Words(
    (
        *LINKING,
        *RISING,
        *FALLING,
        *REACHING,
        *HEDGING,
        *COMMITTING,
        *RANKING,
        *AREAS,
        *(f"{area}的" for area in AREAS),
        *_MEASURES,
    )
)
"""What may stand between a name and its number; a name may do without a measure: 居民消费价格 for 居民消费价格涨幅."""
_NO_NOUN = frozenset((*OPENING, *DOING, *LINKING, *RISING, *FALLING, *HEDGING, *COMMITTING))
"""Words that a name may hold and that are none: 今年, 新增, 达到."""
_WHOLE = frozenset(WHOLE)
_UNSEEN = frozenset({"Cf", "Mn", "Me"})
"""Formats and marks upon other characters; no Chinese name has one of its own."""
_BLANK_LETTERS = frozenset("\u115f\u1160\u3164\uffa0\u2800")
"""Letters and signs that are drawn as nothing."""
_NUMBER = re.compile(r"[\d第首前倒末半两〇零一二三四五六七八九十百千万亿]")
_LISTED = ("、", "（", "(", "和", "与", "及")
"""A name that others follow, or a remark: 甲、乙分别增长1%和2%."""
_DANGLING = ("的", "、", "“", "《", "（", "(")
_STOPS = re.compile("[，。；：！？,;:!?]")


@dataclass(frozen=True, slots=True)
class Cited:
    """What a record cites.

    Attributes:
        sentences: their words.
        numbers: those that the answer copies.
        around: the sentence before each, and the headings: a subject may be carried over from there.
    """

    sentences: Sequence[str]
    numbers: Sequence[str] = ()
    around: Sequence[str] = ()


def no_name(name: str, cited: Cited) -> str | None:
    """Why something is no name for an indicator, for the model that gave it; None where it is one."""
    if not name.strip():
        return "is blank; name what the number measures, in the words of the sentence"
    if len(name) > LONGEST_NAME:
        return f"has {len(name)} characters; a name has at most {LONGEST_NAME}"
    if _invisible(name, cited.sentences):
        return "holds control characters or others that nobody sees; copy the words only"
    if _MARKUP.search(name):
        return "holds markup; copy the words only"
    if sum(map(str.isalpha, name)) < FEWEST_LETTERS or name.strip() in _NO_NOUN:
        return "holds no word; name what the number measures, in the words of the sentence"
    bare, texts = _bare(name), [_bare(words) for words in cited.sentences]
    if any(_is_cut_head(bare, words, cited.numbers) for words in texts):
        return "is only the beginning of the sentence; name what the number measures, with the whole name"
    if texts and not bare.isascii() and not _shares_word(bare, (*texts, *map(_bare, cited.around))):
        return "shares no word with the cited sentences; name what the number measures, in their words"
    return None  # an abbreviation, GDP, stands for words that it does not share


def _invisible(name: str, sentences: Sequence[str]) -> bool:
    """Whether a name holds controls, half characters, or marks that nobody sees and that it did not copy."""
    if name.isascii() and name.isprintable():
        return False
    kinds = {char: unicodedata.category(char) for char in name}
    unseen = {char for char, kind in kinds.items() if kind in _UNSEEN or char in _BLANK_LETTERS}
    return bool({"Cc", "Cs"} & set(kinds.values())) or not unseen <= set("".join(sentences))


def _is_cut_head(name: str, sentence: str, numbers: Sequence[str]) -> bool:
    """Whether a name is the head of a sentence, and what follows does not lead to a number."""
    if not sentence.startswith(name) or len(sentence) == len(name):
        return False
    if name.endswith(_DANGLING) or _STOPS.search(name):
        return True
    rest = sentence[len(name) :]
    if rest.startswith((*_LISTED, *filter(None, map(_bare, numbers)))):
        return False
    if _is_inside_word(name, rest):
        return True
    leading = rest
    while word := _BETWEEN.prefix(leading):
        leading = leading[len(word) :]
    return leading == rest or not _NUMBER.match(leading)


def _is_inside_word(name: str, rest: str) -> bool:
    """Whether a word lies across the cut: 达到, and those that only look as if they could be parted: 公共, 成就."""
    return any(
        name[-before:] + rest[:behind] in words
        for words in (_WHOLE, _BETWEEN)
        for before in range(1, LONGEST_WORD)
        for behind in range(1, LONGEST_WORD)
    )


@lru_cache(maxsize=512)  # many records of an answer cite one sentence
def _bare(text: str) -> str:
    return "".join(text.split()).casefold()


def _shares_word(name: str, texts: Iterable[str]) -> bool:
    """Whether two neighbouring letters of a name stand in one of the texts."""
    pairs = [pair for n in range(len(name) - 1) if (pair := name[n : n + 2]).isalnum()]
    return any(pair in text for text in texts for pair in pairs)
