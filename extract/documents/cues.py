"""Where a paragraph by its own words turns from the year to the five years, or from review to plan.

A chapter often reviews a year and a five-year plan under one heading, or plans both. The text says where it
turns: 五年来, “十五五”时期, 今年是. Only the beginnings of the first sentences are looked at, since the same
words in mid-sentence say nothing.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from extract.documents.model import Role
from extract.documents.roles import Calendar, Scope
from extract.language.years import PLAN, plans_named

_ADDRESS = re.compile(r"(?:(?:各位代表|同志们)[！，：]|——|同时，|总的看，|在此基础上，)+")
_SENTENCE_START = re.compile(r"[。！？](?=.)")
_LOOKING_BACK = "(?:回首|回顾|回望|总结|纵观|经过|站在)?(?:刚刚)?"
_FIVE_YEAR_PLAN = re.compile(
    rf"(?:{_LOOKING_BACK}|实现|展望)(?:过去)?{PLAN}(?:时期|以来|期间|[^，。]{{0,16}}五年|，|圆满|顺利)"
)
_PAST_FIVE = re.compile(
    rf"{_LOOKING_BACK}(?:过去的?|这|上一个)五年|五年来|{_LOOKING_BACK}五年接续|(?:本|上)届政府(?:任期|成立|以来|五年)"
)
_FUTURE_FIVE = re.compile(r"(?:今后|未来|下一个|接下来的?)五年")
# LAST stands for the year reviewed, as it stands in the text (2023年).
_PAST_YEAR = rf"{_LOOKING_BACK}(?:(?:过去的?|这)一年|(?:过去的?|即将过去的)?(?:去年|LAST))|一年来"
# NOW stands for the report's own year, as it stands in the text (2024年).
_OPENS_PLAN = (
    r"(?:做好)?(?:今年|NOW)(?:是|的?(?:政府工作|工作|经济社会发展|全[省市区县州]|主要|总体)|，?我们[将要]|，?要)"
    r"|下一步|新的一年|(?:做好|推进)(?:今年|NOW)"
)
_EVENTS = r"进入NOW|(?:今年|NOW)(?:以来|伊始|年?初|春节|开年|\d{1,2}月|第?一季度|前\d)|年初以来|新年伊始"
_REACH = 120  # characters of a paragraph that are looked at
_SENTENCES = 3

# In one endless line these begin a new train of thought, as a paragraph would.
_TRAINS = re.compile(
    r"(?<=[。！？])(?=各位代表[！，：]|今年以来|今年\d{1,2}月|过去的?一年|一年来，|五年来，|过去五年|(?:同时，)?我们也?(?:清醒|深知)"
    r"|“十[一二三四五六七八九]五”时期|做好(?:今年|\d{4}年)|今年是|\d{4}年是)"
)
_ENDLESS = 1000


@dataclass(frozen=True, slots=True)
class Turn:
    """A paragraph's own scope.

    Attributes:
        scope: what it is about.
        once: whether the paragraphs after it go back to the scope before.
    """

    scope: Scope
    once: bool = False


def trains(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """A paragraph as it is; an endless one cut where it begins a new train of thought."""
    if end - start < _ENDLESS:
        return [(start, end)]
    cuts = [start, *(match.start() for match in _TRAINS.finditer(text, start + 1, end)), end]
    return list(pairwise(cuts))


class Turns:
    """The cues of one report.

    Args:
        calendar: the years of the report.
        chapters: the scopes that its chapter headings announce; what has a heading of its own needs no cue.
    """

    def __init__(self, calendar: Calendar, chapters: Iterable[Scope]) -> None:
        self._calendar = calendar
        roles = {scope.role for scope in chapters}
        self._plan_is_headed = bool(roles & {Role.PLAN_YEAR, Role.PLAN_SPAN})
        self._year_is_headed = Role.PLAN_YEAR in roles
        self._span_is_headed = Role.PLAN_SPAN in roles
        now = f"{calendar.year}年" if calendar.year else "今年"
        self._opens_plan = re.compile(_OPENS_PLAN.replace("NOW", now))
        self._events = re.compile(_EVENTS.replace("NOW", now))
        last = f"{calendar.year - 1}年" if calendar.year else "去年"
        self._past_year = re.compile(_PAST_YEAR.replace("LAST", last))

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
            return self._in_review(starts, now, chapter, mixed=mixed, leads_in=_leads_in(paragraph))
        if now.role in {Role.PLAN_YEAR, Role.PLAN_SPAN}:
            return self._in_plan(starts[0], now, mixed=mixed)
        return None

    def _from_nothing(self, starts: list[str]) -> Turn | None:
        for start in starts[:2]:
            if self._opens_plan.match(start):
                return Turn(self._calendar.this_year())
            if _PAST_FIVE.match(start):
                return Turn(self._calendar.past_span())
            if self._past_year.match(start):
                return Turn(self._calendar.last_year())
        return None

    def _in_review(
        self, starts: list[str], now: Scope, chapter: Scope | None, *, mixed: bool, leads_in: bool
    ) -> Turn | None:
        first = starts[0]
        if self._calendar.year is not None and self._events.match(first):
            return Turn(Scope(now.role, str(self._calendar.year)), once=True)
        if not self._plan_is_headed and self._opens_plan.match(first):
            return Turn(self._calendar.this_year())
        for start in starts if mixed else [first]:
            plan = self._five_year_plan(start)
            if plan is not None and plan != now and (plan.role is Role.REVIEW_SPAN or mixed):
                return Turn(plan)
            if now.role is Role.REVIEW_YEAR and _PAST_FIVE.match(start):
                return Turn(self._calendar.past_span())
        if now.role is Role.REVIEW_SPAN and self._past_year.match(first):
            aside = not leads_in and (not mixed or (chapter is not None and chapter.role is Role.REVIEW_YEAR))
            return Turn(self._calendar.last_year(), once=aside)
        return None

    def _in_plan(self, first: str, now: Scope, *, mixed: bool) -> Turn | None:
        if (
            now.role is Role.PLAN_SPAN
            and (mixed or not self._year_is_headed)
            and self._opens_plan.match(first)
        ):
            return Turn(self._calendar.this_year())
        if now.role is Role.PLAN_YEAR and (mixed or not self._span_is_headed):
            plan = self._five_year_plan(first)
            if plan is not None and plan.role is Role.PLAN_SPAN:
                return Turn(plan, once=not mixed)
            if _FUTURE_FIVE.match(first):
                return Turn(self._calendar.future_span(), once=not mixed)
        return None

    def _five_year_plan(self, start: str) -> Scope | None:
        match = _FIVE_YEAR_PLAN.match(start)
        spans = plans_named(match[0]) if match else ()
        return self._calendar.of_plan(spans[0]) if spans else None


def _leads_in(paragraph: str) -> bool:
    """Whether a paragraph announces those that follow: 一年来，主要抓了以下工作：."""
    return paragraph.rstrip().endswith("：") or "以下" in paragraph[:_REACH]


def without_address(paragraph: str) -> str:
    """A paragraph without the form of address that it begins with."""
    match = _ADDRESS.match(paragraph)
    return paragraph[match.end() :] if match else paragraph


def _starts(paragraph: str) -> list[str]:
    """The beginnings of the first sentences, forms of address left out; at least one."""
    reach = without_address(paragraph[:_REACH])
    begins = [0, *(match.end() for match in _SENTENCE_START.finditer(reach))]
    return [without_address(reach[begin:]) for begin in begins[:_SENTENCES]]
