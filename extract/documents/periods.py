"""Years and spans of years in the words of reports.

A period is written `2019` or `2016-2020`. Five-year plans are counted: the third began in 1966, and each later
one five years after the one before, so the thirteenth (“十三五”) is 2016-2020.
"""

import re
from dataclasses import dataclass
from datetime import date

_DIGITS = {char: value for value, chars in enumerate(("〇○零0０", "一1１", "二2２", "三3３", "四4４", "五5５", "六6６", "七7７", "八8８", "九9９")) for char in chars}  # fmt: skip
_PLAN = re.compile(r"[“\"]?(?P<tens>[二三]?十)?(?P<ones>[一二三四五六七八九])五[”\"]?(?!年|个|项|大|届|次|届|位|家|万|亿|千|百|十|条)")
_CHINESE_YEAR = r"[12１２一二][0-9０-９〇○零一二三四五六七八九]{3}"
_DATE = re.compile(
    rf"(?P<year>{_CHINESE_YEAR})年(?P<month>[0-9０-９一二三四五六七八九十]{{1,2}})月(?P<day>[0-9０-９一二三四五六七八九十]{{1,3}})日"
)


@dataclass(frozen=True, slots=True)
class Span:
    """Consecutive years, first and last included."""

    first: int
    last: int

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"


def count(numeral: str) -> int:
    """Read a small count in Chinese or Arabic digits: `十二` → 12, `二十` → 20, `３` → 3; 0 if it is none."""
    if "十" in numeral:
        tens, _, ones = numeral.partition("十")
        return 10 * (_DIGITS.get(tens, 1) if tens else 1) + (_DIGITS.get(ones, 0) if ones else 0)
    value = 0
    for char in numeral:
        if char not in _DIGITS:
            return 0
        value = 10 * value + _DIGITS[char]
    return value


def plan_span(number: int) -> Span:
    """The years of the n-th five-year plan, from the third on: 13 → 2016-2020."""
    first = 1966 + 5 * (number - 3)
    return Span(first, first + 4)


def plans_named(text: str) -> tuple[Span, ...]:
    """The five-year plans that a text names, in order: `“十四五”时期` → (2021-2025,)."""
    found = []
    for match in _PLAN.finditer(text):
        tens = count(match["tens"]) if match["tens"] else 0
        number = tens + count(match["ones"])
        if number >= 11:  # earlier ones are history; 三五 and 九五 are idioms and other programmes
            found.append(plan_span(number))
    return tuple(found)


def dates_named(text: str) -> tuple[date, ...]:
    """The full dates that a text names, in order; impossible ones are left out."""
    found = []
    for match in _DATE.finditer(text):
        try:
            found.append(date(count(match["year"]), count(match["month"]), count(match["day"])))
        except ValueError:
            continue
    return tuple(found)


_YEAR = re.compile(rf"(?P<year>{_CHINESE_YEAR})(?=年|[-—－~～至到](?:{_CHINESE_YEAR})年)")


def years_named(text: str) -> tuple[int, ...]:
    """The plausible years that a text names, in order: `2019年` → (2019,)."""
    years = (count(match["year"]) for match in _YEAR.finditer(text))
    return tuple(year for year in years if 1949 <= year <= 2100)
