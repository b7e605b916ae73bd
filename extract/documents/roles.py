"""What a heading says about the role and period of what follows.

Rules read the wording of time: 回顾, 过去一年, 今年, “十五五”时期. Years are held against the year of the
report: the year before it is reviewed, its own year is planned; a five-year plan that has ended is reviewed,
one that begins is planned.
"""

import re
from dataclasses import dataclass

from extract.documents.model import Role
from extract.language.years import Span, plans_named, years_named

_LIVELIHOOD = re.compile(r"民生实事|惠民实事|实事项目|为民办实事|办好.{0,4}实事")
_REVIEW = re.compile(
    r"回顾|总结|过去|成就|成绩|成效|完成情况|执行情况|[一三五]年来|走过|所做的?工作|上年|去年"
)
_PLAN = re.compile(
    r"任务|安排|部署|打算|目标|重点工作|工作重点|总体要求|今年|下一步|下一阶段|新的一年|今后|未来|展望|建议|预期"
    r"|思路|取向|主要举措"
)
_PAST_SPAN = re.compile(
    r"(?:过去|这|上一个|近|刚刚过去)的?五年|五年来|(?:本|上|这)一?届(?:政府|以来|任期)?|届期|任期|五年.{0,4}(?:回顾|成就)"
)
_FUTURE_SPAN = re.compile(r"(?:今后|未来|下一个|接下来|新的)的?五年|五年.{0,2}目标|下一届|五年规划")
_PAST_YEAR = re.compile(r"过去的?一年|一年来|上年|去年")
_THIS_YEAR = re.compile(r"今年|新的一年|本年度")
_ANY_YEAR = re.compile(r"\d{4}年|过去的?一年|一年来|今年")
_ANY_SPAN = re.compile(r"[十][一二三四五六七八九]五|五年|届")


@dataclass(frozen=True, slots=True)
class Scope:
    """A role and the period that its numbers refer to.

    Attributes:
        role: the role.
        period: `2019`, `2016-2020`, or None where no year is known.
        mixed: whether the heading announces more than one, so that a paragraph may turn to the other.
    """

    role: Role
    period: str | None
    mixed: bool = False


NO_SCOPE = Scope(Role.OTHER, None)


@dataclass(frozen=True, slots=True)
class Calendar:
    """The years of one report, seen from the year in which it was delivered.

    Attributes:
        year: that year, or None where the text does not say.
    """

    year: int | None

    def last_year(self) -> Scope:
        """Review of the year before."""
        return Scope(Role.REVIEW_YEAR, None if self.year is None else str(self.year - 1))

    def this_year(self) -> Scope:
        """Plan for the report's own year."""
        return Scope(Role.PLAN_YEAR, None if self.year is None else str(self.year))

    def past_span(self, span: Span | None = None) -> Scope:
        """Review of several years, by default of the five before the report."""
        if span is None and self.year is not None:
            span = Span(self.year - 5, self.year - 1)
        return Scope(Role.REVIEW_SPAN, None if span is None else str(span))

    def future_span(self, span: Span | None = None) -> Scope:
        """Plan for several years, by default for five from the report's year on."""
        if span is None and self.year is not None:
            span = Span(self.year, self.year + 4)
        return Scope(Role.PLAN_SPAN, None if span is None else str(span))

    def of_plan(self, span: Span) -> Scope | None:
        """A five-year plan that is over is reviewed, one that is ahead is planned; None while it runs."""
        if self.year is None or span.first < self.year <= span.last:
            return None
        return self.past_span(span) if span.last < self.year else self.future_span(span)


def scope_of_chapter(title: str, calendar: Calendar, before: Scope | None) -> Scope | None:
    """The scope that a chapter heading (一、) announces, or None where it says nothing.

    Args:
        title: the heading without its number.
        calendar: the years of the report.
        before: the scope of the chapter before, or None.
    """
    if is_livelihood(title):
        return _livelihood(title, calendar, before)
    review, plan = _REVIEW.search(title) is not None, _PLAN.search(title) is not None
    spans = _spans(title, calendar)
    year = _year(title, calendar, review=review)
    if spans and year:
        first = year if _year_stands_first(title) else spans[0]
        return Scope(first.role, first.period, mixed=True)
    if spans:
        return Scope(spans[0].role, spans[0].period, mixed=len(spans) > 1)
    if year or review == plan:
        return year
    return calendar.last_year() if review else calendar.this_year()


def is_livelihood(title: str) -> bool:
    """Whether a heading opens a list of livelihood projects, and not a chapter that also speaks of them."""
    return len(title) <= 24 and _LIVELIHOOD.search(title) is not None and re.search(r"[，、]", title) is None


# A lower heading changes the scope only when it is a heading of time.
_OF_TIME = re.compile(
    r"(?:\d{4}年|今年|(?:今后|未来|过去的?)(?:五|一)年|[一五]年来|时期|规划)的?[^，。]{0,10}"
    r"(?:目标|任务|回顾|工作|安排|成就|成效|要求|思路|重点|情况)(?:和[^，。]{0,8})?$"
)


def scope_of_clause(title: str, calendar: Calendar, before: Scope | None) -> Scope | None:
    """The scope that a lower heading announces, or None: most of them keep that of their chapter."""
    if is_livelihood(title):
        return _livelihood(title, calendar, before)
    if len(title) <= 30 and _OF_TIME.search(title):
        return scope_of_chapter(title, calendar, before)
    return None


def _year_stands_first(title: str) -> bool:
    year, span = _ANY_YEAR.search(title), _ANY_SPAN.search(title)
    return year is None or span is None or year.start() < span.start()


def _spans(title: str, calendar: Calendar) -> list[Scope]:
    scopes = [scope for span in plans_named(title) if (scope := calendar.of_plan(span))]
    if not scopes and _FUTURE_SPAN.search(title):
        scopes.append(calendar.future_span())
    if _PAST_SPAN.search(title) and all(scope.role is Role.PLAN_SPAN for scope in scopes):
        scopes.insert(0, calendar.past_span())
    return scopes


def _year(title: str, calendar: Calendar, *, review: bool) -> Scope | None:
    years = years_named(title)
    if calendar.year is not None and years:
        if calendar.year - 1 in years and (review or calendar.year not in years):
            return calendar.last_year()
        if calendar.year in years:
            return calendar.this_year()
    if _PAST_YEAR.search(title):
        return calendar.last_year()
    return calendar.this_year() if _THIS_YEAR.search(title) else None


def _livelihood(title: str, calendar: Calendar, before: Scope | None) -> Scope:
    years = years_named(title)
    if years:
        return Scope(Role.LIVELIHOOD, str(years[0]))
    done = re.search(r"完成|兑现|回顾|办理情况", title) is not None
    reviewed = before is not None and before.role in {Role.REVIEW_YEAR, Role.REVIEW_SPAN}
    scope = calendar.last_year() if done or reviewed else calendar.this_year()
    return Scope(Role.LIVELIHOOD, scope.period)
