"""The clause around a number of a quote, and what its words say about the number."""

import re
from bisect import bisect_left
from functools import lru_cache

from extract.language.years import plans_named

_MARK = re.compile(r"[，。；：！？;:!?]|,(?!\d)")
_APART = re.compile(r"[、，。；：！？;:!?\n]")
_STRONG_MARK = re.compile(r"[。；！？;!?]")
_ESTIMATED = re.compile(r"预计|初步核算|初步统计|快报|预测|[有可]望")
# What is said in brackets to hold from there on: 预计（下同）.
_FROM_HERE_ON = re.compile(r"[（(](?:以下相同|以下同|下同)[）)]")
# Behind the number itself: 增长6.1%（预计数，下同）.
_NOTED = re.compile(
    r"[（(](?:为|系)?(?:预计|预测|初步核算|初步统计|快报)(?:数据?)?(?P<on>[，,、；](?:以下相同|以下同|下同))?[）)]"
)
_ADVERBS = re.compile(r"(?:\s|20\d\d年|全年|去年|过去一年|一年来|经|据|全[省市区县])*")
_PART = r"上半年|下半年|[一二三四前两]+季度|第?[一二三四]季度|\d{1,2}月(?!底|末)|月末|1-\d{1,2}月|前\d个月|一季度|[分各]季"
_PART_YEAR = re.compile(_PART)
# A clause that is nothing else opens what follows: 1至11月，出口增长7%，进口增长5%; 全年 or 预计 ends it.
_OPENED = re.compile(
    rf"(?P<part>(?:^|(?<=[，。；：！？;:!?\n]))(?:今年|去年|20\d\d年|其中|截至)*(?:1[-—–~～至到]\d{{1,2}}月份?|前[\d一二三四五六七八九十]+个月|(?:{_PART})"
    r"(?:[^，。；：！？;:!?\d]{0,12}(?:开局|开门[红稳]|过半|半年红)[”」]?)?)[，,])"
    r"|全年|年度|20\d\d年|去年|预计"
)
_AVERAGE = re.compile(r"年均|平均每年|年平均|每年")
# A rate for each of several years; 年均浓度 is one of the year. A year named after it speaks for itself.
_EACH_YEAR = re.compile(r"(?:年均|年平均)(?!浓度|气温|温度|值)(?!.*(?:20\d\d年|去年|上年))")
_COMPARED_WITH = re.compile(
    r"(?:比|较|与|同)(?:(?P<year>20\d\d)年|(?P<plan>“?十[一二三四五六七八九]?五”?)(?:时期|期)?[期初末底])"
)
# What follows a comparison with an earlier year and is of one year again.
_YEAR_AFTER = re.compile(r"20\d\d年|上年|去年|全年|同比")
_SUMMED_CHANGE = re.compile(
    r"(?<!全年)累计(?:实际|平均)?(?:增长|增加|上升|上涨|提高|提升|下降|降低|减少|削减|压减)"
)
# What is summed of prices are the months of the year.
_MONTHS_SUMMED = re.compile(r"(?:价格|CPI)[^，。；]*累计")
# 五年分别增长32%、25%; 连续五年增长 is of each of them.
_OF_YEARS = re.compile(
    r"(?<![连续第前近\d])[两二三四五六七八九十]年(?:间|来)?(?:分别|共|总共|合计|实际|累计)*"
    r"(?:增长|增加|提高|提升|上升|下降|降低|减少)"
)
_SUMMED = re.compile(r"(?<!全年)累计[^\d]*$")
_SEVERAL_YEARS = re.compile(
    r"年均(?!浓度)|(?:过去|近|这)[两二三四五六七八九十]年|[两二三四五六七八九十]年(?:来|间|累计)|20\d\d年(?:以来|至|到|[-—~～])"
)
# A year that opens or ends a plan is one year: “十四五”规划收官之年.
_YEAR_OF_PLAN = re.compile(
    r"十[一二三四五六七八九]?五”?[^，。；“]{0,10}(?:之年|(?<=[^前这])一年|第[一二三四五]年)"
)
_COMPARED = "相比"
_COMPARED_CLAUSE = re.compile(rf"{_COMPARED}[，,]")
_COMMITMENT = re.compile(
    r"(?P<ensure>确保|保证|必须)|(?P<strive>力争|争取|努力|力求|奋力|冲刺|奋斗目标|挑战目标)|(?P<expect>预期|预计|[有可]望)"
)

# A part of the region that a sentence turns to, and whose numbers the rest of it gives.
_PART_OF_REGION = re.compile(
    r"(?:\s|其中)*[^，。；：（(和与及、]{0,8}?(?:兵团|县域|园区|开发区|高新区|新区|经济圈|都市圈|城市群)(?!域)[^，。；：]*，"
)

# A number of the whole country beside the report's own: 增长5%（全国增长4.8%）.
_NATIONAL = re.compile(r"（(?:而|同期)?全国[^，；（）]{0,8}$")


def of_the_country(before: str) -> bool:
    """Whether the words before a number say in a bracket that it is the whole country's."""
    return _NATIONAL.search(before) is not None


def of_a_part(quote: str) -> bool:
    """Whether a sentence opens with a part of the region: 县域经济加快壮大，生产总值增长7%."""
    return _PART_OF_REGION.match(quote) is not None


def announced(quote: str) -> bool:
    """Whether a sentence announces the goals of a plan."""
    return "预期目标" in quote or "主要目标" in quote


def clause_around(quote: str, start: int, end: int) -> tuple[int, int]:
    """The span of the clause of a quote that holds [start, end)."""
    marks = _marks(quote)
    before, after = bisect_left(marks, start), bisect_left(marks, end)
    first = marks[before - 1] + 1 if before else 0
    if quote[start - 1 : start] == ",":  # no mark of thousands where the number begins behind it
        first = start
    return first, marks[after] if after < len(marks) else len(quote)


@lru_cache(maxsize=256)
def _marks(quote: str) -> tuple[int, ...]:
    """Where the marks between the clauses of a quote stand; it is asked for with each of its numbers."""
    return tuple(mark.start() for mark in _MARK.finditer(quote))


def one_line(text: str) -> str:
    """A text without blanks and line breaks, as Chinese is read."""
    return "".join(text.split())  # a regular expression takes five times as long


def estimated(quote: str, start: int) -> bool:
    """Whether a number is only expected: 预计 opens a clause of its thought, or stands in its own clause or in
    brackets behind it.
    """
    if _ESTIMATED.search(quote) is None:  # so it is with most
        return False
    for note in _NOTED.finditer(quote):
        of_this = note.start() > start and _APART.search(quote, start, note.start()) is None
        if of_this or (note["on"] and note.start() < start):
            return True
    if any(_FROM_HERE_ON.match(quote, word.end()) for word in _ESTIMATED.finditer(quote, 0, start)):
        return True
    stops = [mark.end() for mark in _STRONG_MARK.finditer(quote, 0, start)]
    for word in _ESTIMATED.finditer(quote, stops[-1] if stops else 0, start):
        first, last = clause_around(quote, word.start(), word.end())
        if last >= start or _ADVERBS.fullmatch(quote, first, word.start()):
            return True
    return False


def part_of_year(clause: str) -> bool:
    """Whether a clause speaks of some months only: what stands after 全年 is of the year."""
    return _PART_YEAR.search(one_line(clause).rpartition("全年")[2]) is not None


def opened_by_part_of_year(quote: str, start: int) -> bool:
    """Whether what a quote says up to `start` was opened by some months: 前三季度，出口增长5%，进口增长4%."""
    if _first_part_of_year(quote) >= start:  # so it is with most
        return False
    last = None
    for last in _OPENED.finditer(quote, 0, start):  # noqa: B007 - the last one counts
        pass
    return last is not None and last["part"] is not None


@lru_cache(maxsize=256)
def _first_part_of_year(quote: str) -> int:
    """Where the first months of a quote are named, else its end; it is asked for with each of its numbers."""
    found = _PART_YEAR.search(quote)
    return found.start() if found else len(quote)


def yearly_average(clause: str) -> bool:
    """Whether a rate over several years is one for each of them."""
    return _AVERAGE.search(one_line(clause)) is not None


def with_comparison(quote: str, first: int) -> int:
    """Where the words that lead to a clause begin: 与2020年相比 in front of it, or of its thought, belongs to it."""
    if _COMPARED not in quote:  # so it is with most
        return first
    thought = max((mark.end() for mark in _STRONG_MARK.finditer(quote, 0, first)), default=0)
    compared = list(_COMPARED_CLAUSE.finditer(quote, thought, first))
    return clause_around(quote, compared[-1].start(), compared[-1].start())[0] if compared else first


def change_over_years(before: str, year: int) -> bool:
    """Whether the words before a rate of change make it one over several years, or for each of them.

    Args:
        before: the words of its clause that lead to it, on one line.
        year: the year that it would otherwise be for; a comparison with the year before that is an annual one.
    """
    summed = _SUMMED_CHANGE.search(before) and not _MONTHS_SUMMED.search(before)
    if summed or _EACH_YEAR.search(before) or _OF_YEARS.search(before):
        return True
    compared = list(_COMPARED_WITH.finditer(before))
    if not compared or _YEAR_AFTER.search(before, compared[-1].end()):
        return False
    named = compared[-1]["year"]
    base = (
        int(named) if named else max((span.last for span in plans_named(compared[-1].group())), default=year)
    )
    return base < year - 1


def summed_over_years(before: str, sentence: str, year: int) -> bool:
    """Whether an amount after 累计 adds up several years, because its sentence speaks of several."""
    if not _SUMMED.search(before):
        return False
    reviewed = any(span.first < year for span in plans_named(_YEAR_OF_PLAN.sub("", sentence)))
    return reviewed or _SEVERAL_YEARS.search(sentence) is not None


def commitment(words: str) -> str | None:
    """`ensure`, `strive` or `expect` by the last such word, or None."""
    last = None
    for last in _COMMITMENT.finditer(words):  # noqa: B007 - the last one counts
        pass
    return last.lastgroup if last else None
