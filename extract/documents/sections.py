"""The tree of sections, with what each is about.

Chapters get their role from their headings, lower headings keep that of their chapter unless they are headings of
time, and a paragraph that turns from the year to the five years opens a section of its own: its number-less title
is the words with which it turns.
"""

import re
from dataclasses import dataclass

from extract.documents.cues import Turns
from extract.documents.headings import Series
from extract.documents.model import Role, Section
from extract.documents.outline import Heading, outline, paragraphs
from extract.documents.roles import Calendar, Scope, scope_of_chapter, scope_of_clause

_GLOSSARY = re.compile(r"名词|术语|用语|注释|说明")
_ADDRESS = re.compile(r"^(?:各位代表|同志们)[！，：]")
_HEAD = 2000  # the salutation stands within this many characters
_NOTHING = Scope(Role.OTHER, None)


@dataclass(slots=True)
class _Node:
    """A section under construction."""

    start: int
    level: int
    title: str
    scope: Scope
    end: int | None = None


def sections_of(text: str, report_year: int | None) -> tuple[tuple[Section, ...], tuple[Heading, ...]]:
    """Divide a clean report.

    Args:
        text: its clean text.
        report_year: the year in which it was delivered, or None.

    Returns:
        The sections in reading order, the root first, and the headings (for sentences).
    """
    headings = outline(text)
    calendar = Calendar(report_year)
    chapters = _chapter_scopes(text, headings, calendar)
    turns = Turns(calendar, list(chapters.values()))
    nodes = [_Node(0, 0, "", _NOTHING)]
    state = _State()
    waiting = iter(headings)
    heading = next(waiting, None)
    body = text.find("各位代表") if "各位代表" in text[:_HEAD] else 0
    for start, end in paragraphs(text):
        here: list[Heading] = []
        while heading is not None and heading.start < end:
            here.append(heading)
            heading = next(waiting, None)
        if start < body:
            continue
        if not any(item.level < 3 for item in here):
            turn = turns.turn(text[start:end], state.now, state.chapter)
            if turn is not None:
                nodes.append(_Node(start, state.chapter_level + 1, _words(text[start:end]), turn.scope, end if turn.once else None))
                if not turn.once:
                    state.base, state.local = turn.scope, None
        for item in here:
            state.enter(item, chapters, calendar)
            nodes.append(_Node(item.start, item.level, item.title, state.now or _NOTHING))
    return _tree(nodes, len(text)), tuple(headings)


@dataclass(slots=True)
class _State:
    """The scope that holds while the paragraphs are read.

    Attributes:
        chapter: what the chapter's heading announced.
        base: what holds in the chapter now, after its turns.
        local: what a lower heading announced, with its level; over when a heading of that level follows.
    """

    chapter: Scope | None = None
    chapter_level: int = 0
    base: Scope | None = None
    local: tuple[int, Scope] | None = None

    @property
    def now(self) -> Scope | None:
        return self.local[1] if self.local else self.base

    def enter(self, heading: Heading, chapters: dict[int, Scope], calendar: Calendar) -> None:
        """Take a heading into account."""
        if heading.start in chapters or heading.level == 1:
            self.chapter = self.base = chapters.get(heading.start, self.base)
            self.chapter_level = heading.level
            self.local = None
            return
        if self.local is not None and heading.level <= self.local[0]:
            self.local = None
        if heading.alone:
            scope = scope_of_clause(heading.title, calendar, self.base)
            if scope is None:
                return
            if scope.role is Role.LIVELIHOOD:
                self.local = (heading.level, scope)
            else:
                self.base, self.local = scope, None


def _words(paragraph: str) -> str:
    """The words with which a paragraph turns, as the title of its section."""
    return re.split(r"[，。：！]", _ADDRESS.sub("", paragraph[:60], count=1))[0]


def _chapter_scopes(text: str, headings: list[Heading], calendar: Calendar) -> dict[int, Scope]:
    """The scope of each chapter, by the position of its heading."""
    scopes: dict[int, Scope] = {}
    before: Scope | None = None
    tops = [heading for heading in headings if heading.level == 1]
    for number, heading in enumerate(tops):
        if heading.opens_part and heading.series is Series.PART and _GLOSSARY.search(_with_next(text, heading)):
            scopes[heading.start] = _NOTHING
            continue
        title = _with_next(text, heading) if heading.opens_part else heading.title
        scope = scope_of_chapter(title, calendar, before)
        if scope is None:
            end = tops[number + 1].start if number + 1 < len(tops) else len(text)
            scope = _inferred(text[heading.end : min(end, heading.end + 400)], calendar, before)
        if scope is not None:
            scopes[heading.start] = scope
            before = scope
    return scopes


def _with_next(text: str, heading: Heading) -> str:
    """An appendix's heading with the line below it, which often is its title (附件1 / 2026年民生实事)."""
    below = text[heading.end + 1 : text.find("\n", heading.end + 1)]
    return heading.title if len(below) > 30 else re.sub(r"^附[件表]?[\d一二三四五]*[：:]?", "", heading.title) + below


def _inferred(body: str, calendar: Calendar, before: Scope | None) -> Scope | None:
    """The scope of a chapter whose heading says nothing: that of its first cue, else that of the chapter before."""
    if before is not None and before.role in {Role.PLAN_YEAR, Role.LIVELIHOOD}:
        return calendar.this_year()
    probe = Turns(calendar, [])
    for paragraph in body.split("\n")[:3]:
        turn = probe.turn(paragraph, None, None) if paragraph else None
        if turn is not None:
            return turn.scope
    return before


def _tree(nodes: list[_Node], length: int) -> tuple[Section, ...]:
    """Nodes in reading order to sections with ends and parents."""
    ends = [length] * len(nodes)
    parents: list[int | None] = [None] * len(nodes)
    stack: list[int] = []
    for index, node in enumerate(nodes):
        while stack and (nodes[stack[-1]].level >= node.level or _over(nodes[stack[-1]], node.start)):
            closed = stack.pop()
            ends[closed] = min(ends[closed], node.start, nodes[closed].end or length)
        parents[index] = stack[-1] if stack else None
        stack.append(index)
    for index in stack:
        ends[index] = min(length, nodes[index].end or length)
    return tuple(
        Section(
            index=index,
            level=node.level,
            title=node.title,
            role=node.scope.role,
            period=node.scope.period,
            start=node.start,
            end=ends[index],
            parent=parents[index],
        )
        for index, node in enumerate(nodes)
    )


def _over(node: _Node, position: int) -> bool:
    return node.end is not None and node.end <= position
