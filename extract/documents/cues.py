"""Where a paragraph by its own words turns from the year to the five years, or from review to plan.

A chapter often reviews a year and a five-year plan under one heading, or plans both. The text says where it turns:
“五年来，”, ““十五五”时期”, “今年是”. Only the beginnings of the first sentences are looked at, since the same
words in mid-sentence say nothing.
"""

import re
from dataclasses import dataclass

from extract.documents.model import Role
from extract.documents.periods import plans_named
from extract.documents.roles import Calendar, Scope

_ADDRESS = re.compile(r"(?:各位代表|同志们)[！，：!,]|^[—\-]+|^同时，|^总的看，|^在此基础上，")
_SENTENCE_START = re.compile(r"[。！？](?=.)")
_PLAN_PERIOD = re.compile(r"(?:实现|回顾|回首|回望|展望|总结|纵观)?(?:过去)?[“\"][二三]?十[一二三四五六七八九]五[”\"](?:时期|以来|期间|[^，。]{0,16}?的?五年|，|圆满|顺利)")
_PAST_FIVE = re.compile(r"(?:回首|回顾|回望|总结|站在|经过)?(?:刚刚)?(?:过去的?|这|本届政府任期的?|上一个)五年|五年来|(?:本届|上届|十[一二三四五六七八九]?届)政府(?:任期|成立|以来|五年)?|五年接续|过去五年")
_FUTURE_FIVE = re.compile(r"(?:今后|未来|下一个|接下来)的?五年")
_PAST_YEAR = re.compile(r"(?:刚刚)?过去的?一年|一年来|过去一年|(?:回顾|回首)(?:去年|过去一年|这一年)|去年")
_PLAN_OPENING = re.compile(r"(?:做好)?(?:今年|YEAR)(?:是|(?:的)?(?:政府工作|工作|经济社会发展|全[市省县区州]经济|全[市省县区州]|主要|总体|我们将|我们要|，我们(?:将|要)|要|，要))|下一步|新的一年|(?:做好|推进)(?:今年|YEAR)")
_EVENTS = re.compile(r"进入YEAR|(?:今年|YEAR)(?:以来|伊始|年?初|春节|开年|\d{1,2}月|第一季度|一季度|前\d)|年初以来|新年伊始")
_REACH = 120
_SENTENCES = 3


@dataclass(frozen=True, slots=True)
class Turn:
    """A paragraph's own scope.

    Attributes:
        scope: what it is about.
        once: whether the paragraphs after it go back to the scope before.
    """

    scope: Scope
    once: bool = False


class Turns:
    """The cues of one report.

    Args:
        calendar: the years of the report.
        chapters: the scopes that its chapter headings announce.
    """

    def __init__(self, calendar: Calendar, chapters: list[Scope]) -> None:
        self._calendar = calendar
        roles = {scope.role for scope in chapters}
        self._plan_is_headed = bool(roles & {Role.PLAN_YEAR, Role.PLAN_SPAN})
        self._year_is_headed = Role.PLAN_YEAR in roles
        self._span_is_headed = Role.PLAN_SPAN in roles
        year = f"{calendar.year}年" if calendar.year else "今年"
        self._opening = re.compile(_PLAN_OPENING.pattern.replace("YEAR", year))
        self._events = re.compile(_EVENTS.pattern.replace("YEAR", year))
        self._last_year = f"{calendar.year - 1}年" if calendar.year else "去年"

    def turn(self, paragraph: str, now: Scope | None, chapter: Scope | None) -> Turn | None:
        """Where a paragraph turns, or None where it goes on.

        Args:
            paragraph: its clean text.
            now: the scope that holds before it.
            chapter: the scope of the chapter in which it stands.
        """
        starts = _starts(paragraph)
        mixed = chapter is not None and chapter.mixed
        if now is None:
            return self._from_nothing(starts)
        if now.role in {Role.REVIEW_YEAR, Role.REVIEW_SPAN}:
            return self._in_review(starts, now, mixed)
        if now.role in {Role.PLAN_YEAR, Role.PLAN_SPAN}:
            return self._in_plan(starts, now, mixed)
        return None

    def _from_nothing(self, starts: list[str]) -> Turn | None:
        for start in starts[:2]:
            if self._opening.match(start):
                return Turn(self._calendar.this_year())
            if _PAST_FIVE.match(start):
                return Turn(self._calendar.past_span())
            if _PAST_YEAR.match(start) or start.startswith(self._last_year):
                return Turn(self._calendar.last_year())
        return None

    def _in_review(self, starts: list[str], now: Scope, mixed: bool) -> Turn | None:
        first = starts[0]
        if self._events.match(first) and self._calendar.year is not None:
            return Turn(Scope(now.role, str(self._calendar.year)), once=True)
        reach = starts if mixed else starts[:1]
        if not self._plan_is_headed and self._opening.match(first):
            return Turn(self._calendar.this_year())
        for start in reach:
            planned = self._five_year_plan(start)
            if planned is not None and (planned.role is Role.REVIEW_SPAN or mixed):
                return Turn(planned) if planned != now else None
            if now.role is Role.REVIEW_YEAR and _PAST_FIVE.match(start):
                return Turn(self._calendar.past_span())
        if now.role is Role.REVIEW_SPAN and (_PAST_YEAR.match(first) or first.startswith(self._last_year)):
            return Turn(self._calendar.last_year())
        return None

    def _in_plan(self, starts: list[str], now: Scope, mixed: bool) -> Turn | None:
        first = starts[0]
        if now.role is Role.PLAN_SPAN and (mixed or not self._year_is_headed) and self._opening.match(first):
            return Turn(self._calendar.this_year())
        if now.role is Role.PLAN_YEAR and (mixed or not self._span_is_headed):
            planned = self._five_year_plan(first)
            if planned is not None and planned.role is Role.PLAN_SPAN:
                return Turn(planned)
            if _FUTURE_FIVE.match(first):
                return Turn(self._calendar.future_span())
        return None

    def _five_year_plan(self, start: str) -> Scope | None:
        match = _PLAN_PERIOD.match(start)
        spans = plans_named(match[0]) if match else ()
        return self._calendar.plan_scope(spans[0]) if spans else None


def _starts(paragraph: str) -> list[str]:
    """The beginnings of the first sentences, forms of address left out."""
    reach = paragraph[:_REACH]
    begins = [0, *(match.end() for match in _SENTENCE_START.finditer(reach))]
    starts = []
    for begin in begins:
        start = _ADDRESS.sub("", reach[begin : begin + 60], count=1) if _ADDRESS.match(reach[begin:]) else reach[begin : begin + 60]
        if start:
            starts.append(start)
    return starts[:_SENTENCES] or [""]

