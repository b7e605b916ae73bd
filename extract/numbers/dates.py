"""The rule for dates: days, months, years, spans of years, quarters, five-year plans."""

import re
from typing import Final

from extract.numbers.patterns import BLANK, CN_DIGITS, DIGIT, DIGITS, ONE_TO_NINE, RANGE_MARK
from extract.numbers.reading import DATE
from extract.numbers.spans import Span

_YEAR_DIGITS = rf"(?:[12]{DIGIT}{{3}}|[一二][〇零{ONE_TO_NINE}]{{3}})"
_YEAR = rf"{_YEAR_DIGITS}{BLANK}年(?!的?历史|建[城县]史?)(?:代|度(?!假)|[初中末底](?![小学级医]))?"
_MONTH = rf"(?:1[0-2]|0?[1-9]|十[一二]?|[{ONE_TO_NINE}])"
_DAY = rf"(?:[1-3]{DIGIT}|0?[1-9]|[二三]?十[{ONE_TO_NINE}]?|廿[{ONE_TO_NINE}]?|初?[{ONE_TO_NINE}])"
_MONTHS = rf"{_MONTH}(?:{BLANK}月?{BLANK}{RANGE_MARK}{BLANK}{_MONTH})?{BLANK}月(?:份|底|初|末|[上中下]旬)?"
_DAYS = rf"{_DAY}(?:{BLANK}[日号]?(?:{RANGE_MARK}|、){_DAY})?{BLANK}[日号]"
_MONTH_DAY = rf"{_MONTHS}(?:{BLANK}{_DAYS})?"
_BARE_YEAR = "(?:19|20)[0-9]{2}"
_BARE_DAY = "(?:[12][0-9]|3[01]|[1-9])"

_FORMS = (
    rf"{_YEAR_DIGITS}(?:{BLANK}年)?{BLANK}{RANGE_MARK}{BLANK}{_YEAR}",  # 2016-2020年
    rf"{_BARE_YEAR}[-—–―~]{{1,2}}{_BARE_YEAR}(?![{DIGITS}.万亿%]|{BLANK}[元人家户个亩吨千公平立台套件名万])",  # 2016—2020
    rf"{_YEAR}{BLANK}{_MONTH_DAY}",  # 2020年4月27日
    rf"{_YEAR}(?:第?[一二三四1-4]季度|[上下]半年)?",
    rf"{_YEAR_DIGITS}[-/.]{DIGIT}{{1,2}}[-/.]{DIGIT}{{1,2}}(?!{DIGIT})",  # 2020-04-27
    _MONTH_DAY,
    r"20[0-5][0-9](?=[”》·])",  # “文化2030”
    rf"{_BARE_DAY}(?:{BLANK}{RANGE_MARK}{BLANK}{_BARE_DAY})?{BLANK}日(?![均产处志前常益照本])",
    rf"(?:二?十[{ONE_TO_NINE}]|[二三]十一?|廿[{ONE_TO_NINE}]?)日(?![均产处志前常益照本])",
    rf"(?:{DIGIT}{{1,2}}|[一二]?十[{ONE_TO_NINE}]?){BLANK}世纪(?:{DIGIT}0年代|[{ONE_TO_NINE}]十年代)?",
    rf"{DIGIT}0年代|[{ONE_TO_NINE}]十年代",
    rf"{DIGIT}{{1,2}}[:：]{DIGIT}{{2}}(?!{DIGIT})|{DIGIT}{{1,2}}时(?![长间期代速段])(?:{DIGIT}{{1,2}}分)?",
    rf"[一二三四1-4](?:{RANGE_MARK}[一二三四1-4])?季度",
    rf"十[{ONE_TO_NINE}]五(?![{CN_DIGITS}十百千万亿个家项人名元%])",  # 十四五
)
_DATE: Final = re.compile("|".join(_FORMS))


def date(text: str, at: int) -> Span | None:
    """`2020年4月27日`, `3月底`, `2016-2020年`, `二〇二〇年`, `90年代`, `十四五`."""
    match = _DATE.match(text, at)
    return (at, match.end(), DATE) if match else None


def is_date(phrase: str) -> bool:
    """Whether the whole phrase is a date, as in “十三五”."""
    return _DATE.fullmatch(phrase) is not None
