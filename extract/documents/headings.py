"""The numbering of headings: 一、 / （一） / 1. / 一是 / 第一部分, and the headings of appendices."""

import re
from dataclasses import dataclass
from enum import Enum

from extract.language.years import count

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
        value: its place in the series; 0 where the word does not count (首先).
        length: how many characters it takes, its punctuation included.
    """

    series: Series
    value: int
    length: int


# 一、二、三产业 is a list in a sentence: no heading's words begin with the next numeral.
_PATTERNS: tuple[tuple[Series, re.Pattern[str]], ...] = (
    (Series.PART, re.compile(rf"第({NUMERAL})(?:部分|章|篇)[、：\s]?")),
    (Series.CHAPTER, re.compile(rf"({NUMERAL})[、.](?!{NUMERAL}、)")),
    (Series.CLAUSE, re.compile(rf"（({NUMERAL})）、?")),
    (Series.POINT, re.compile(r"(\d{1,2})(?:、|\.(?!\d)) ?")),
    (Series.SUBPOINT, re.compile(r"（(\d{1,2})）")),
    (Series.ITEM, re.compile(rf"(?:({NUMERAL})(?:是|要)|第({NUMERAL})，|首先，|其次，)")),
)
_FIRST = frozenset("第（一二三四五六七八九十0123456789首其")
_APPENDIX = re.compile(r"附(?:件|表|录)?(?:[\d一二三四五六七八九十]{1,2}[：:]?|[：:]).{0,30}|附(?:件|表|录)")
_GLOSSARY = re.compile(r"[（《]?.{0,20}(?:名词|术语|用语|词语)(?:解释|说明|注释|释义)[）]?|注释[：:]?")
_LONGEST_PART = 40


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


def is_glossary(line: str) -> bool:
    """Whether a line heads a list of terms: 名词解释."""
    return len(line) <= _LONGEST_PART and _GLOSSARY.fullmatch(line) is not None


def is_appendix(line: str) -> bool:
    """Whether a line opens an appendix: 附件1, 名词解释."""
    if not line or len(line) > _LONGEST_PART or line[-1] in "。；":
        return False
    return _APPENDIX.fullmatch(line) is not None or is_glossary(line)
