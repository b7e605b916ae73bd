"""Sentences to clauses: the stretch in which a number finds its subject."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from extract.numbers.mention import Mention

_OPENERS = {"“": "”", "‘": "’", "《": "》", "（": "）", "(": ")", "【": "】", "「": "」"}
_CLOSERS = frozenset(_OPENERS.values())
_MARK = re.compile(r"[“”‘’《》（）()【】「」，；：。！？,;:!?\n]|——")
_COMMAS = frozenset("，,")
_COLONS = frozenset("：:")
_HEDGE = re.compile(r"\s?(?:左右|以上|以下|以内)?\s?")
_BREAKS = frozenset("，；：。！？,;:!?\n") | {"——"}


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch between two marks that no quotation mark or bracket protects.

    Attributes:
        start, end: clean span, marks excluded.
        opener: the mark before it, empty at the start of a sentence.
        mentions: the mentions that start in it, in reading order.
    """

    start: int
    end: int
    opener: str
    mentions: tuple[Mention, ...]


def clauses(text: str, start: int, end: int, mentions: Sequence[Mention]) -> list[Clause]:
    """Cut the sentence [start, end) into clauses; `mentions` are those of the sentence, in order.

    A mark inside a mention (1,234) or inside a closed pair of quotation marks or brackets does not cut. A
    pair that is never closed protects nothing, so one lost mark cannot join a whole sentence. A comma between
    two numbers of a list (分别增长6.1%，3.2%) does not cut either.
    """
    cuts = _cuts(text, start, end, mentions)
    cuts = [
        cut
        for cut, (until, _) in zip(cuts, [*cuts[1:], (end, end)], strict=False)
        if not _lists_on(text, cut, until, mentions)
    ]
    found: list[Clause] = []
    position, opener, taken = start, "", 0
    for cut_start, cut_end in [*cuts, (end, end)]:
        last = taken
        while last < len(mentions) and mentions[last].start < cut_start:
            last += 1
        if cut_start > position:
            found.append(Clause(position, cut_start, opener, tuple(mentions[taken:last])))
        taken, position = last, cut_end
        opener = text[cut_start:cut_end]
    return found


def _cuts(text: str, start: int, end: int, mentions: Sequence[Mention]) -> list[tuple[int, int]]:
    """Spans of the marks that cut, in order."""
    marks = [(m.start(), m.end(), m.group()) for m in _MARK.finditer(text, start, end)]
    protected = _protected(marks)
    cuts: list[tuple[int, int]] = []
    at = 0
    for number, (mark_start, mark_end, mark) in enumerate(marks):
        if mark not in _BREAKS or protected[number] or _in_ratio(text, mark_start, mark_end):
            continue
        while at < len(mentions) and mentions[at].end <= mark_start:
            at += 1
        if at < len(mentions) and mentions[at].start < mark_end:
            continue
        cuts.append((mark_start, mark_end))
    return cuts


def _in_ratio(text: str, mark_start: int, mark_end: int) -> bool:
    """Whether a colon stands between two numbers: 21.4：45.3：33.3."""
    return (
        text[mark_start:mark_end] in _COLONS
        and text[mark_start - 1 : mark_start].isdigit()
        and text[mark_end : mark_end + 1].isdigit()
    )


def _lists_on(text: str, cut: tuple[int, int], until: int, mentions: Sequence[Mention]) -> bool:
    """Whether the clause behind a comma is nothing but one more number, of the unit of the one before the comma."""
    if text[cut[0] : cut[1]] not in _COMMAS:
        return False
    at = bisect_left(mentions, cut[1], key=lambda mention: mention.start)
    if not 0 < at < len(mentions):
        return False
    last, more = mentions[at - 1], mentions[at]
    return (
        (last.kind, last.unit) == (more.kind, more.unit)
        and not text[cut[1] : more.start].strip()
        and _HEDGE.fullmatch(text, last.end, cut[0]) is not None
        and _HEDGE.fullmatch(text, more.end, until) is not None
    )


def _protected(marks: Sequence[tuple[int, int, str]]) -> list[bool]:
    """For each mark whether it stands inside a closed pair."""
    depth_change = [0] * (len(marks) + 1)
    stack: list[tuple[int, str]] = []
    for number, (_, _, mark) in enumerate(marks):
        if mark in _OPENERS:
            stack.append((number, _OPENERS[mark]))
        elif mark in _CLOSERS:
            for depth in range(len(stack) - 1, max(len(stack) - 4, -1), -1):
                if stack[depth][1] == mark:
                    depth_change[stack[depth][0]] += 1
                    depth_change[number] -= 1
                    del stack[depth:]
                    break
    inside, depth = [], 0
    for change in depth_change[: len(marks)]:
        depth += change
        inside.append(depth > 0)
    return inside
