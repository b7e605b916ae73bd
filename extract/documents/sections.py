"""The tree of sections, with what each is about.

Chapters get their role from their headings, lower headings keep that of their chapter unless they are
headings of time, and a paragraph that turns from the year to the five years opens a section of its own, one
below its chapter: its title is the words with which it turns.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.documents.cues import Turns, trains, without_address
from extract.documents.headings import Series, is_glossary
from extract.documents.model import Role, Section
from extract.documents.outline import Heading, paragraphs
from extract.documents.roles import NO_SCOPE, Calendar, Scope, scope_of_chapter, scope_of_clause

_APPENDIX_NUMBER = re.compile(r"^附[件表录]?[\d一二三四五六七八九十]*[：:]?")
_PROBE = 400  # characters of a chapter in which its first cue is looked for


@dataclass(slots=True)
class _Node:
    """A section under construction; `end` only where it is over before the next of its level begins."""

    start: int
    level: int
    title: str
    scope: Scope
    end: int | None = None


def sections_of(text: str, headings: Sequence[Heading], year: int | None) -> tuple[Section, ...]:
    """Divide a clean report.

    Args:
        text: its clean text.
        headings: its headings in reading order.
        year: the year for which it plans, or None.

    Returns:
        The sections in reading order, the root first.
    """
    calendar = Calendar(year)
    headings = _promoted([heading for heading in headings if heading.level > 0], calendar)
    chapters = _chapter_scopes(text, headings, calendar)
    turns = Turns(calendar, chapters.values())
    state = _State(chapters, calendar)
    nodes = [_Node(0, 0, "", NO_SCOPE)]
    at = 0
    for paragraph in paragraphs(text, max(0, text.find("各位代表", 0, 1500))):
        for start, end in trains(text, *paragraph):
            first = at
            while at < len(headings) and headings[at].start < end:
                at += 1
            here = headings[first:at]
            if not any(heading.level < 3 for heading in here):
                nodes += state.turned(turns, text, start, end)
            for heading in here:
                state.enter(heading)
                nodes.append(_Node(heading.start, heading.level, heading.title, state.now or NO_SCOPE))
    return _tree(nodes, len(text))


class _State:
    """The scope that holds while the paragraphs are read."""

    def __init__(self, chapters: dict[int, Scope], calendar: Calendar) -> None:
        self._chapters = chapters
        self._calendar = calendar
        self._chapter: Scope | None = None
        self._level = 0
        self._base: Scope | None = None  # what holds in the chapter, after its turns
        self._local: tuple[int, Scope] | None = None  # a lower heading's own, with its level

    @property
    def now(self) -> Scope | None:
        """The scope that holds here."""
        return self._local[1] if self._local else self._base

    def enter(self, heading: Heading) -> None:
        """Take a heading into account."""
        if heading.level == 1:
            self._chapter = self._base = self._chapters.get(heading.start, self._base)
            self._level = 1
            self._local = None
            return
        if self._local is not None and heading.level <= self._local[0]:
            self._local = None
        scope = scope_of_clause(heading.title, self._calendar, self._base) if heading.set_off else None
        if scope is None:
            return
        if scope.role is Role.LIVELIHOOD:
            self._local = (heading.level, scope)
        else:
            self._base, self._local = scope, None

    def turned(self, turns: Turns, text: str, start: int, end: int) -> list[_Node]:
        """The section that a paragraph opens by its own words, if any."""
        turn = turns.turn(text[start:end], self.now, self._chapter)
        if turn is None:
            return []
        if not turn.once:
            self._base, self._local = turn.scope, None
        title = re.split(r"[，。：！？]", without_address(text[start : min(end, start + 60)]))[0]
        return [_Node(start, self._level + 1, title, turn.scope, end if turn.once else None)]


def _promoted(headings: list[Heading], calendar: Calendar) -> list[Heading]:
    """Where headings of time without a number stand above the numbered ones, they are the chapters."""
    lines = (heading for heading in headings if heading.series is None and heading.set_off)
    tops = {heading.start for heading in lines if _of_time(heading, calendar)}
    if not tops or any(heading.level == 1 and heading.start < min(tops) for heading in headings):
        return headings
    return [replace(item, level=1 if item.start in tops else min(3, item.level + 1)) for item in headings]


def _of_time(heading: Heading, calendar: Calendar) -> bool:
    scope = scope_of_clause(heading.title, calendar, None)
    return scope is not None and scope.role is not Role.LIVELIHOOD


def _chapter_scopes(text: str, headings: list[Heading], calendar: Calendar) -> dict[int, Scope]:
    """The scope of each chapter, by the position of its heading."""
    scopes: dict[int, Scope] = {}
    before: Scope | None = None
    tops = [heading for heading in headings if heading.level == 1]
    for number, heading in enumerate(tops):
        title = _with_line_below(text, heading) if heading.series is Series.PART else heading.title
        if is_glossary(title):
            scopes[heading.start] = NO_SCOPE
            continue
        scope = scope_of_chapter(title, calendar, before)
        if scope is None:
            end = tops[number + 1].start if number + 1 < len(tops) else len(text)
            scope = _inferred(text[heading.end : min(end, heading.end + _PROBE)], calendar, before)
        if scope is not None:
            scopes[heading.start] = before = scope
    return scopes


def _with_line_below(text: str, heading: Heading) -> str:
    """An appendix's heading with the line below it, which often is its title (附件1 / 2026年民生实事)."""
    title = _APPENDIX_NUMBER.sub("", heading.title)
    if title:
        return title
    start, end = next(paragraphs(text, heading.end), (0, 0))
    return text[start:end] if end - start <= 40 else heading.title


def _inferred(body: str, calendar: Calendar, before: Scope | None) -> Scope | None:
    """The scope of a chapter whose heading says nothing: its first cue's, else that of the chapter before."""
    if before is not None and (
        before.role in {Role.PLAN_YEAR, Role.LIVELIHOOD} or (before.role is Role.PLAN_SPAN and before.mixed)
    ):
        return calendar.this_year()
    probe = Turns(calendar, ())
    turns = (probe.turn(body[start:end], None, None) for start, end in paragraphs(body))
    return next((turn.scope for turn in turns if turn is not None), before)


def _tree(nodes: list[_Node], length: int) -> tuple[Section, ...]:
    """Nodes in reading order to sections with ends and parents."""
    ends = [node.end or length for node in nodes]
    parents: list[int | None] = []
    stack: list[int] = []
    for index, node in enumerate(nodes):
        while stack and (nodes[stack[-1]].level >= node.level or ends[stack[-1]] <= node.start):
            closed = stack.pop()
            ends[closed] = min(ends[closed], node.start)
        parents.append(stack[-1] if stack else None)
        if stack:
            ends[index] = min(ends[index], ends[stack[-1]])
        stack.append(index)
    return tuple(
        Section(index, node.level, node.title, node.scope.role, node.scope.period, node.start, end, parent)
        for index, (node, end, parent) in enumerate(zip(nodes, ends, parents, strict=True))
    )
