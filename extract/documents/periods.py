"""Years and spans of years in the words of reports.

A period is written `2019` or `2016-2020`. Five-year plans are counted: the third began in 1966, and each
later one five years after the one before, so the thirteenth (“十三五”) is 2016-2020.
"""

import re
from dataclasses import dataclass
from datetime import date

_NUMERALS = ("〇○零0", "一1", "二2", "三3", "四4", "五5", "六6", "七7", "八8", "九9")
_DIGITS = {char: value for value, chars in enumerate(_NUMERALS) for char in chars}
_DIGIT = "[0-9〇○零一二三四五六七八九]"
_YEAR_DIGITS = rf"[12一二]{_DIGIT}{{3}}"
_SMALL = r"[0-9一二三四五六七八九十]{1,3}"

_PLAN = re.compile(r"(?P<tens>[二三]?十)(?P<ones>[一二三四五六七八九])五(?![年个项大届次位家万亿千百十条])")
_NTH_PLAN = re.compile(rf"第(?P<nth>{_SMALL})个五年(?:规划|计划)")
_FIRST_NAMED_PLAN = 11  # earlier ones are history
_YEAR = re.compile(rf"(?P<year>{_YEAR_DIGITS})(?=年|[-—~～至到]{{1,2}}{_YEAR_DIGITS}年)")
_DATE = re.compile(rf"(?P<year>{_YEAR_DIGITS})年(?P<month>{_SMALL})月(?P<day>{_SMALL})日")


@dataclass(frozen=True, slots=True)
class Span:
    """Consecutive years, first and last included."""

    first: int
    last: int

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"


def count(numeral: str) -> int:
    """Read a small count in Chinese or Arabic digits: `十二` → 12, `二〇二六` → 2026; 0 if it is none."""
    tens, ten, ones = numeral.partition("十")
    if ten:
        return 10 * (count(tens) if tens else 1) + (count(ones) if ones else 0)
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
    numbers = [(match.start(), count(match["tens"] + match["ones"])) for match in _PLAN.finditer(text)]
    numbers += [(match.start(), count(match["nth"])) for match in _NTH_PLAN.finditer(text)]
    return tuple(plan_span(number) for _, number in sorted(numbers) if number >= _FIRST_NAMED_PLAN)


def dates_named(text: str) -> tuple[date, ...]:
    """The full dates that a text names, in order; impossible ones are left out."""
    found = []
    for match in _DATE.finditer(text):
        try:
            found.append(date(count(match["year"]), count(match["month"]), count(match["day"])))
        except ValueError:
            continue
    return tuple(found)


def years_named(text: str) -> tuple[int, ...]:
    """The plausible years that a text names, in order: `2019年` → (2019,)."""
    years = (count(match["year"]) for match in _YEAR.finditer(text))
    return tuple(year for year in years if 1949 <= year <= 2100)
