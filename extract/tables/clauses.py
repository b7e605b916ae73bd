"""The clause around a number of a quote, and what its words say about the number."""

import re
from bisect import bisect_left
from functools import lru_cache

from extract.documents.periods import plans_named

_MARK = re.compile(r"[，。；：！？;:!?]|,(?!\d)")
_STRONG_MARK = re.compile(r"[。；！？;!?]")
_ESTIMATED = re.compile(r"预计|初步核算|初步统计|快报|预测")
_ADVERBS = re.compile(r"(?:\s|20\d\d年|全年|去年|过去一年|一年来|经|据|全[省市区县])*")
_PART_YEAR = re.compile(
    r"上半年|下半年|[一二三四前两]+季度|第?[一二三四]季度|\d{1,2}月(?!底|末)|月末|1-\d{1,2}月|前\d个月|一季度"
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
    r"(?P<ensure>确保|保证|必须)|(?P<strive>力争|争取|努力|力求|奋力|冲刺|奋斗目标|挑战目标)|(?P<expect>预期|预计|有望)"
)


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
    """Whether a number is only expected: 预计 opens a clause of its thought, or stands in its own clause."""
    if _ESTIMATED.search(quote, 0, start) is None:
        return False
    stops = [mark.end() for mark in _STRONG_MARK.finditer(quote, 0, start)]
    for word in _ESTIMATED.finditer(quote, stops[-1] if stops else 0, start):
        first, last = clause_around(quote, word.start(), word.end())
        if last >= start or _ADVERBS.fullmatch(quote, first, word.start()):
            return True
    return False


def part_of_year(clause: str) -> bool:
    """Whether a clause speaks of some months only: what stands after 全年 is of the year."""
    return _PART_YEAR.search(one_line(clause).rpartition("全年")[2]) is not None


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
    if _EACH_YEAR.search(before) or _SUMMED_CHANGE.search(before):
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
