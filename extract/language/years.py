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
YEAR = rf"(?:(?:19|20)\d\d|[一二]{_DIGIT}{{3}})"
"""A year in digits or characters, without 年; no group."""
PLAN = (
    r"(?:“(?:[二三]?十[一二三四五六七八九]|[二三]?十|[五六七八九])五”|[二三]?十[一二三四五六七八九]五(?!年)"
    r"|(?<![\u4e00-\u9fff\d])(?:十|[五六七八九])五(?=计划|时期|期间))"
)
"""The name of a five-year plan, as sentences have it: “十四五”, 十四五, “九五”; no group."""
_YEAR_DIGITS = rf"[12一二]{_DIGIT}{{3}}"
_SMALL = r"[0-9一二三四五六七八九十]{1,3}"

_PLAN = re.compile(r"(?P<tens>[二三]?十)(?P<ones>[一二三四五六七八九])五(?![年个项大届次位家万亿千百十条])")
_EARLY_PLAN = re.compile(r"“(?P<nth>十|[五六七八九])五”(?=计划|规划|时期|期间|末|以来|的|，|、)")
_NTH_PLAN = re.compile(rf"第(?P<nth>{_SMALL})个五年(?:规划|计划)")
_FIRST_NAMED_PLAN = 5  # earlier ones are history
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
    numbers += [
        (match.start(), count(match["nth"]))
        for pattern in (_EARLY_PLAN, _NTH_PLAN)
        for match in pattern.finditer(text)
    ]
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


# What the words of a clause name ------------------------------------------------------------------------

_NAMED_YEAR = re.compile(rf"(?<!\d)(?P<year>{YEAR})年(?!来|以来|代)")
_BASE_YEAR = re.compile(
    rf"(?:从|由|比|较|与|自|是|对比|相比|相当于|恢复到)"
    rf"(?:{YEAR}年[的底末初]{{0,2}}|{PLAN}(?:时期|规划|计划)?期?末)"
    rf"|在{YEAR}年的?基础上"
)
"""A year that only says what is compared with: 比2015年, 由2020年的…, 较“十三五”末."""
_FROM_YEAR = re.compile(
    rf"(?:从|由)(?:(?P<year>{YEAR})年|(?P<plan>{PLAN})(?:时期|规划|计划)?期?(?=末))[的底末初]{{0,2}}$"
)
_YEAR_SPAN = re.compile(rf"(?P<first>{YEAR})年?\s?(?:[-—－~～至到]{{1,2}})\s?(?P<last>{YEAR})年?")
# What makes the name of a plan a span of years; a year that opens or ends a plan (规划收官之年) is one year.
_OF_PLAN = (
    r"时期|期间|计划时期|计划期间|规划(?!编制|[^，。；]{0,8}(?:之年|一年|第[一二三四五]年))|(?P<end>末)|，|前(?P<first>[一二三四两])年|(?P<since>以来)|"
    r"的?(?:主要|发展|重大)*(?:成就|成绩)|(?P<aims>(?:[我全本][省市区县州]|自治区)?(?:经济社会发展|国民经济和社会发展|发展)?的?(?:主要|总体|预期|各项|奋斗)*(?:目标|指标))|工作|收官之际"
)
# The aims that work is done for (围绕“十五五”目标) are no span; those that are listed or were reached are.
_AIMED_AT = re.compile(r"(?:完成|实现|围绕|对标|对照|锚定|落实|聚焦|紧扣|为)$")
_PLAN_OF_YEARS = re.compile(rf"(?P<seen>回望|回顾|展望)?(?P<plan>{PLAN})(?:{_OF_PLAN}|(?(seen)|(?!)))")
# 2020年以来; what was highest since a year (为2020年以来最高) is of today.
_SINCE_YEAR = re.compile(rf"(?<!\d)(?<![为是创])(?P<year>{YEAR})年以来(?!的?(?:首|最|新高|第|历史|同期))")
_YEARS_AHEAD = re.compile(
    r"(?:今后|未来)的?(?P<ahead>[两二三四五六七八九十])年(?!行动|计划(?:[，。、》”的]|纲要)|规划|滚动|攻坚|方案)"
)
# Years counted back from the year reviewed: 五年来, 三年间, 近三年.
_YEARS = (
    r"(?<![\d一二三四五六七八九十百第])"
    r"(?P<years>\d{1,2}|[一二三四五六七八九]?十[一二三四五六七八九]?|[两二三四五六七八九])年"
)
_YEARS_BACK = re.compile(
    rf"(?:(?:过去|近|这)?{_YEARS}(?:来|间|多?以来)|(?:过去|近|这){_YEARS.replace('years', 'past')})"
    r"(?!(?:来|间|以来)?的?(?:首|最|新[高低]|第|历史|同期|少有|罕见|高[位点]))"  # 创近17年新高 is of today
)
# Those of a programme that is over: 三年行动期间.
_YEARS_OF_ACTION = re.compile(rf"{_YEARS}(?P<past>)(?:攻坚)?(?:行动|计划)期间")
_YEARS_SUMMED = re.compile(rf"{_YEARS}(?P<past>)累计")
_LAST_YEAR = re.compile(r"(?<![比较与同由从于])(?:去年|过去的?一年)(?![同底末的])")
_NOW = re.compile(r"截至目前|目前(?!的)|如今|现已")
_THIS_YEAR = re.compile(r"今年")
_CENTURY_END = re.compile(r"(?:到|至)?(?:本|二十|20)世纪末")
_LAST_OF_CENTURY = 2000
_COUNT = {"一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5}


def named_period(words: str, reviewed: int | None, *, planned: bool = False) -> str | None:
    """The year or span that the words name, the last one where there are several; None where they name none.

    Args:
        words: a clause.
        reviewed: the year that the report reviews; spans counted back (三年来) end there.
        planned: the words stand in a plan, where 今年 is the year planned and 五年累计 looks forward.
    """
    if "年" not in words and "五" not in words and "世纪" not in words and "目前" not in words:
        return None  # so it is with most clauses; what follows is slow
    words = _BASE_YEAR.sub("", words)
    found = [
        (m.start(), str(Span(count(m["first"]), count(m["last"]))))
        for m in _YEAR_SPAN.finditer(words)
        if count(m["first"]) < count(m["last"])
    ]
    single = _YEAR_SPAN.sub(lambda span: "—" * len(span.group()), words)
    found += [(m.start(), str(count(m["year"]))) for m in _NAMED_YEAR.finditer(single)]
    found += [
        (m.start(), _planned_years(m, reviewed))
        for m in _PLAN_OF_YEARS.finditer(words)
        if not (m["aims"] and _AIMED_AT.search(words, 0, m.start()))
    ]
    found += [
        (m.start(), str(_LAST_OF_CENTURY))
        for m in _CENTURY_END.finditer(words)
        if reviewed is None or reviewed < _LAST_OF_CENTURY
    ]
    if reviewed is not None:
        found += _counted_from(words, reviewed, planned=planned)
    return max(found)[1] if found else None


def _counted_from(words: str, reviewed: int, *, planned: bool) -> list[tuple[int, str]]:
    """What is counted from the year reviewed: 去年, 目前, 今年, 2020年以来, 五年来, 今后五年, each with its place."""
    found = [
        (match.start(), f"{count(match['year'])}-{reviewed}")
        for match in _SINCE_YEAR.finditer(words)
        if count(match["year"]) < reviewed
    ]
    found += [
        (match.start(), f"{reviewed + 1}-{reviewed + count(match['ahead'].replace('两', '二'))}")
        for match in _YEARS_AHEAD.finditer(words)
    ]
    found += [(match.start(), str(reviewed)) for match in _LAST_YEAR.finditer(words)]
    backwards = [*_YEARS_BACK.finditer(words)]
    if planned:
        found += [(match.start(), str(reviewed + 1)) for match in _THIS_YEAR.finditer(words)]
    else:
        found += [(match.start(), str(reviewed)) for match in _NOW.finditer(words)]
        backwards += [*_YEARS_SUMMED.finditer(words), *_YEARS_OF_ACTION.finditer(words)]
    for match in backwards:
        digit = match["years"] or match["past"]
        years = _COUNT.get(digit) or count(digit)
        if years > 1:
            found.append((match.start(), f"{reviewed - years + 1}-{reviewed}"))
    return found


def _planned_years(match: re.Match[str], reviewed: int | None) -> str:
    """The years of a five-year plan, or those of it that the words mean."""
    span = _years_of(match["plan"])
    last = span.last
    if match["end"]:
        return str(last)
    if match["first"]:
        last = span.first + _COUNT[match["first"]] - 1
    elif (match["since"] or match["seen"] in ("回望", "回顾")) and reviewed is not None:
        last = min(span.last, reviewed)
    return str(Span(span.first, last))


def _years_of(plan: str) -> Span:
    """The years of a plan as sentences call it: “十四五”, 九五."""
    return plan_span(count(plan.strip("“”").removesuffix("五")))


def base_year(before: str) -> str | None:
    """The year of a number that a later one is compared with (由2020年的4.9万元提高到…), or None."""
    match = _FROM_YEAR.search(before)
    if match is None:
        return None
    return str(count(match["year"]) if match["year"] else _years_of(match["plan"]).last)


def year_before(period: str | None) -> str | None:
    """The year before a period: where a change starts that names no year (由31.2%升至33.5%)."""
    return str(int(period.partition("-")[0]) - 1) if period else None


def within(year: str | None, span: str | None) -> bool:
    """Whether a period is one year of a span of years (2030 of 2026-2030)."""
    if year is None or span is None or "-" in year:
        return False
    first, _, last = span.partition("-")
    return bool(last) and first <= year <= last


def years_after(first: str | None, last: str | None) -> str | None:
    """The years after the first one up to the last one (2020, 2025: 2021-2025); None where they are no more than one."""
    if first is None or last is None or "-" in first + last or int(last) - int(first) < 2:
        return None
    return str(Span(int(first) + 1, int(last)))


_LISTED_YEARS = re.compile(rf"{YEAR}年?(?:[、和与]{YEAR}年?)+")


def listed(words: str, number: int) -> tuple[str, ...]:
    """The years of a list that 分别 deals out over so many numbers: 2022年、2023年，产量分别增长4%、5%. Empty where none is."""
    if "分别" not in words:
        return ()
    lists = [re.findall(YEAR, found[0]) for found in _LISTED_YEARS.finditer(words)]
    return next((tuple(str(count(year)) for year in one) for one in lists[::-1] if len(one) == number), ())
