"""The numbering of headings: 一、 / （一） / 1. / 一是 / 第一部分, and what stands without a number."""

import re
from dataclasses import dataclass
from enum import Enum

from extract.documents.periods import count

NUMERAL = r"[一二三四五六七八九十]{1,3}"


class Series(Enum):
    """The kinds of numbering, outermost first."""

    PART = "第一部分"
    CHAPTER = "一、"
    CLAUSE = "（一）"
    POINT = "1."
    SUBPOINT = "（1）"
    ITEM = "一是"


@dataclass(frozen=True, slots=True)
class Number:
    """The number before a heading.

    Attributes:
        series: its kind.
        value: its place in the series.
        length: how many characters it takes, its punctuation included.
    """

    series: Series
    value: int
    length: int


_PATTERNS: tuple[tuple[Series, re.Pattern[str]], ...] = (
    (Series.PART, re.compile(rf"第({NUMERAL})(?:部分|章|篇)[、：:\s]?")),
    (Series.CHAPTER, re.compile(rf"({NUMERAL})[、．](?!是)")),
    (Series.CLAUSE, re.compile(rf"（({NUMERAL})）、?")),
    (Series.POINT, re.compile(r"(\d{1,2})(?:、|\.(?!\d)|．)[ ]?")),
    (Series.SUBPOINT, re.compile(r"（(\d{1,2})）")),
    (Series.ITEM, re.compile(rf"(?:({NUMERAL})(?:是|要)|第({NUMERAL})，|首先，|其次，)")),
)
_FIRST = frozenset("第（一二三四五六七八九十0123456789首其")
_PART_WITHOUT_NUMBER = re.compile(r"(?:附件|附表|附录|附)[\d一二三四五六七八九十]{0,2}[：:]?(?:.{0,30})|(?:名词|名词术语|有关名词|相关名词|用语)(?:解释|说明|注释)|注释[：:]?")  # fmt: skip


def numbered(line: str) -> Number | None:
    """The number that a clean line begins with, or None."""
    if not line or line[0] not in _FIRST:
        return None
    for series, pattern in _PATTERNS:
        match = pattern.match(line)
        if match:
            digits = next((group for group in match.groups() if group), "")
            return Number(series, count(digits), match.end())
    return None


def is_part(line: str) -> bool:
    """Whether a line opens an appendix: 附件1, 名词解释."""
    return len(line) <= 40 and line[-1] not in "。；" and _PART_WITHOUT_NUMBER.fullmatch(line) is not None
