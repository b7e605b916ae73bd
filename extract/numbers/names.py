"""Rules for what only looks like a number: names, slogans, words, and the marks of a list."""

import re
from dataclasses import replace
from typing import Final

from extract.language.places import place_at
from extract.numbers.dates import is_date
from extract.numbers.patterns import (
    ARABIC,
    BLANK,
    BLANKS,
    CN_DIGITS,
    CN_NUMERAL,
    DIGIT,
    DIGITS,
    HAN,
    LATIN_UNIT,
    ONE_TO_NINE,
    any_of,
)
from extract.numbers.quantities import is_quantity
from extract.numbers.reading import DATE, ENUMERATION, NAME, read_number
from extract.numbers.spans import Span
from extract.numbers.words import BINDS_ONE, BODIES, BUILT, LABELS, QUOTED_ORDINARY, SLOGANS, WORDS

# Names that begin with a digit --------------------------------------------------------------------------

_HOTLINE = "(?:政务|政府|市长|市民|便民)?(?:服务)?(?:热线|平台|专线|举报|报警|投诉)"
_ARABIC_FORMS = (
    rf"{DIGIT}++(?:[.]{DIGIT}++)?(?>(?:[+]{BLANK}(?:{DIGIT}++(?:[.]{DIGIT}++)?|[XxNn]))+)[A-Za-z]?",  # 1+9
    rf"0{DIGIT}{{2,3}}[-—]{DIGIT}{{7,8}}(?!{DIGIT})|[48]00-{DIGIT}{{3,4}}-?{DIGIT}{{3,4}}(?!{DIGIT})",
    rf"{DIGIT}{{3,6}}(?={_HOTLINE})",
    rf"{DIGIT}{{1,4}}[×·]{DIGIT}++(?:[.]{DIGIT}++)?",  # 7×24小时, 3·15
    rf"{DIGIT}0后(?![勤续备期方面])",
    rf"{DIGIT}++(?:[.]{DIGIT}++){{2,}}+",  # 127.0.0.1
    rf"(?!{ARABIC}{BLANK}{LATIN_UNIT}){DIGIT}++(?:[.]{DIGIT}++)?[A-Za-z][A-Za-z0-9]*+(?:[+\-]{DIGIT}++)?级?",
)
_ARABIC_NAME: Final = re.compile("|".join(_ARABIC_FORMS))
_UNCOUNTED: Final = re.compile(rf"123{DIGIT}{{2}}|(?<=[{HAN}])[1-9][.]0|1[3-9]{DIGIT}{{9}}")
"""12345 and its sisters, versions (工业4.0), mobile telephones; names where no unit follows."""


def arabic_name(text: str, at: int) -> Span | None:
    """`5G`, `3A级`, `1+9`, `12345热线`, a telephone number."""
    match = _ARABIC_NAME.match(text, at)
    return (at, match.end(), NAME) if match else None


def is_uncounted(text: str, start: int, end: int) -> bool:
    """Whether a number without a unit only tells things apart: `附件1`, `12345`, `工业4.0`."""
    return text[max(0, start - 2) : start] in LABELS or _UNCOUNTED.fullmatch(text, start, end) is not None


# Names in Latin and Roman letters -----------------------------------------------------------------------

_LETTERS: Final = re.compile(r"[A-Za-z]++")
_LATIN_NAME: Final = re.compile(
    rf"[A-Za-z][A-Za-z.]{{0,15}}+[-+]?{BLANK}{DIGIT}++(?:[.]{DIGIT}++)?[A-Za-z0-9\-]{{0,12}}+"
)
_CURRENCY_CODE: Final = re.compile(rf"(?:RMB|CNY|USD|EUR|HKD){BLANK}{DIGIT}")
_THEN_AMOUNT: Final = re.compile(rf"[A-Z&]{{3,12}}+{ARABIC}{BLANK}(?:[万亿%]|元|个百分点)")
_ROMAN: Final = re.compile("[Ⅰ-Ⅻ]++[类级期型]?")


def latin(text: str, at: int) -> Span | None:
    """`G60`, `PM2.5`, `COVID-19`; in RMB100 and GDP10万元 the digits are a number."""
    name = _LATIN_NAME.match(text, at)
    if name and not _CURRENCY_CODE.match(text, at) and not _THEN_AMOUNT.match(text, at):
        return at, name.end(), NAME
    letters = _LETTERS.match(text, at)
    return (at, letters.end(), None) if letters else None


def roman(text: str, at: int) -> Span | None:
    """`Ⅲ类`."""
    match = _ROMAN.match(text, at)
    return (at, match.end(), NAME) if match else None


# Names and words in Chinese numerals --------------------------------------------------------------------

_ORDINAL = f"[{ONE_TO_NINE}十]{{1,3}}"
_CHINESE_FORMS = (
    any_of((*SLOGANS, *BODIES)),
    rf"{_ORDINAL}届[{HAN}]{{0,10}}?第?{_ORDINAL}(?:中全会|次(?:、{_ORDINAL}次)*(?:全体)?会议|次(?:、{_ORDINAL}次)*全会)",
    rf"{_ORDINAL}届第?{_ORDINAL}次(?:、{_ORDINAL}次)*",
    rf"{_ORDINAL}(?:届|中全会|号(?!召))|二[轮批代]",
    rf"(?:[{ONE_TO_NINE}十两]|十[一二六七八九]|二十[一二三]?)大(?![批步早型片])",
    rf"[{ONE_TO_NINE}]{{1,2}}(?:甲医院|维码|维|星级|级|类|期|等奖|年级)(?!之)",
)
_GREAT: Final = re.compile(
    rf"([{ONE_TO_NINE}十])大(?=[{HAN}]{{0,12}}?(?:{any_of(BUILT)})(?![{HAN}]{{0,4}}(?:工程|行动|计划|战略|体系)))"
)
_CHINESE_NAME: Final = re.compile("|".join(_CHINESE_FORMS))
_MEASURED = rf"(?![{CN_NUMERAL}点])[{HAN}]"
_WORD: Final = re.compile(rf"{any_of(WORDS)}|[{CN_DIGITS}]位一体|一({_MEASURED})(?:一|\1)(?![半定些])")
_ONE_OF_MORE: Final = re.compile(f"一[{CN_NUMERAL}点半]")


def chinese_name(text: str, at: int) -> Span | None:
    """`二十大`, `十九届四中全会`, `一号工程`, `二期`, `八八战略`."""
    match = _CHINESE_NAME.match(text, at)
    return (at, match.end(), NAME) if match else None


def great(text: str, at: int) -> Span | None:
    """`六大` in 六大污水处理厂: so many, where they count what is built."""
    match = _GREAT.match(text, at)
    found = read_number(match[1], unit="个") if match else None
    return (at, match.end(), replace(found, bare=False)) if match and found else None


def place(text: str, at: int) -> Span | None:
    """`七台河市`, `八角井社区`: whatever counts in the name of a place."""
    end = place_at(text, at)
    return (at, end, None) if end else None


def word(text: str, at: int) -> Span | None:
    """Words that count nothing: `一起`, `一村一品`, `一个个`; and 一 bound from the left, as in 统一."""
    match = _WORD.match(text, at)
    if match:
        return at, match.end(), None
    if text[at] == "一" and text[at - 1 : at] in BINDS_ONE and not _ONE_OF_MORE.match(text, at):
        return at, at + 1, None
    return None


# Quoted phrases -----------------------------------------------------------------------------------------

_QUOTED: Final = re.compile(rf"“([{HAN}〇、·]{{1,16}}|{DIGIT}[{DIGITS}·.+\-]{{1,15}})”")
_ORDINARY: Final = re.compile(any_of(QUOTED_ORDINARY))
_HOLDS_NUMERAL: Final = re.compile(f"[{CN_NUMERAL}{DIGITS}]")


def quoted(text: str, at: int) -> Span | None:
    """A slogan or brand in quotation marks: “三服务”, “13579”, “云九条”; but “八连冠” is a number."""
    match = _QUOTED.match(text, at)
    if match is None:
        return None
    phrase = match[1]
    start, end = match.span(1)
    if not _HOLDS_NUMERAL.search(_ORDINARY.sub("", phrase)) or phrase[0] in "第前":
        return None
    if is_date(phrase):
        return start, end, DATE
    if len(phrase) == 1 or (not phrase[0].isdecimal() and is_quantity(phrase)):
        return None
    return start, end, NAME


# Marks of a list ----------------------------------------------------------------------------------------

_CHINESE_MARK: Final = re.compile(rf"{_ORDINAL}(?=、)|[{ONE_TO_NINE}十]{{1,2}}(?:是|要|则)(?![一个年])")
_BRACKETED: Final = re.compile(rf"[（(]{BLANK}(?:{_ORDINAL}|{DIGIT}{{1,2}}){BLANK}[)）]")
_ARABIC_MARK: Final = re.compile(rf"{DIGIT}{{1,2}}(?:[.、](?!{DIGIT})|[)）])")
_SENTENCE_STARTS: Final = frozenset("。；！？：，\n\r ;:,\u3000")


def chinese_mark(text: str, at: int) -> Span | None:
    """`一、` and `一是` where a line or clause begins."""
    if at and text[at - 1] not in _SENTENCE_STARTS:
        return None
    match = _CHINESE_MARK.match(text, at)
    return (at, match.end(), ENUMERATION) if match else None


def arabic_mark(text: str, at: int) -> Span | None:
    """`1.` and `2、` at the head of a line."""
    if at:
        before = text[max(0, at - 8) : at].rstrip(BLANKS)
        if before[-1:] not in {"\n", "\r"} and (before or at > 8):
            return None
    match = _ARABIC_MARK.match(text, at)
    return (at, match.end(), ENUMERATION) if match else None


def bracketed_mark(text: str, at: int) -> Span | None:
    """`（一）`."""
    match = _BRACKETED.match(text, at)
    return (at, match.end(), ENUMERATION) if match else None
