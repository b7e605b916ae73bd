"""Source text cut into paragraphs and pieces, each with the marks that lie on it. Offsets are code points."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

LONGEST_NUMBERING: Final = 12
"""Of what may stand before a title: （十二）, blanks."""
CLOSING: Final = " \t\u3000。：:"


@dataclass(frozen=True, slots=True)
class Mark:
    """Something to be seen on a stretch of the text.

    Attributes:
        start, end: of the stretch.
        style: class of the style sheet.
        anchor: id of the element, so that a link can lead there.
        link: where a click on it leads.
        label: what a reader is told who points at it.
    """

    start: int
    end: int
    style: str
    anchor: str = ""
    link: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text on which the same marks lie throughout."""

    text: str
    styles: str = ""
    anchor: str = ""
    link: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of the source.

    Attributes:
        start: where it begins in the source.
        pieces: its text, without the line end.
        level: 0 for running text, else the depth of the heading that it is.
        anchor: id of the element.
    """

    start: int
    pieces: tuple[Piece, ...]
    level: int = 0
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the report.

    Attributes:
        start: where its section begins.
        level: its depth, from 1.
        title: as it stands in the text.
        anchor: id that a table of contents links to.
    """

    start: int
    level: int
    title: str
    anchor: str


def paragraphs(
    text: str, offset: int, marks: Iterable[Mark], headings: Iterable[Heading] = ()
) -> tuple[Paragraph, ...]:
    """The text as it is shown.

    Args:
        text: a stretch of the source.
        offset: where in the source it begins; marks and headings point into the source.
        marks: what lies on the text, in any order, also beyond the stretch; they may overlap.
        headings: at each a new paragraph begins, also in the middle of a line.

    Returns:
        The paragraphs that are not blank. Joined, their pieces give the text but for line ends and blank lines.
    """
    inside = [one for one in headings if offset <= one.start < offset + len(text)]
    by_start = {one.start - offset: one for one in inside}
    cuts = _lines(text, sorted(by_start))
    starts = [start for start, _ in cuts]
    on_line: list[list[Mark]] = [[] for _ in cuts]
    for mark in marks:
        low, high = max(mark.start - offset, 0), min(mark.end - offset, len(text))
        if low < high:
            for line in range(max(bisect_right(starts, low) - 1, 0), bisect_right(starts, high - 1)):
                on_line[line].append(mark)
    return tuple(
        _paragraph(text[start:end], offset + start, on_line[number], by_start.get(start))
        for number, (start, end) in enumerate(cuts)
        if text[start:end].strip()
    )


def _lines(text: str, breaks: Sequence[int]) -> list[tuple[int, int]]:
    """Spans of the lines, cut also where headings begin; line ends belong to no span."""
    lines = []
    start = 0
    for line in text.splitlines(keepends=True):
        end = start + len(line.rstrip("\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029"))
        points = [start, *(at for at in breaks if start < at < end), end]
        lines += list(pairwise(points))
        start += len(line)
    return lines


def _paragraph(text: str, start: int, marks: Sequence[Mark], heading: Heading | None) -> Paragraph:
    if heading is None:
        return Paragraph(start, _pieces(text, start, marks))
    at = text.find(heading.title, 0, len(heading.title) + LONGEST_NUMBERING)
    if at < 0:
        return Paragraph(start, _pieces(text, start, marks), anchor=heading.anchor)
    end = at + len(heading.title)
    alone = not text[end:].strip(CLOSING)
    title = [] if alone else [Mark(start, start + end, "head")]
    return Paragraph(
        start, _pieces(text, start, [*marks, *title]), heading.level if alone else 0, heading.anchor
    )


def _pieces(text: str, offset: int, marks: Sequence[Mark]) -> tuple[Piece, ...]:
    """The text cut at every end of a mark. An anchor stands once, at the first piece of its mark."""
    ordered = sorted(marks, key=lambda mark: (mark.start, -mark.end))
    points = {0, len(text)}
    for mark in ordered:
        points |= {max(mark.start - offset, 0), min(mark.end - offset, len(text))}
    edges = sorted(points)
    placed: set[str] = set()
    pieces = []
    active: list[Mark] = []
    upcoming = 0
    for low, high in pairwise(edges):
        while upcoming < len(ordered) and ordered[upcoming].start - offset <= low:
            active.append(ordered[upcoming])
            upcoming += 1
        active = [mark for mark in active if mark.end - offset > low]
        pieces.append(_piece(text[low:high], active, placed))
    return tuple(pieces)


def _piece(text: str, active: Sequence[Mark], placed: set[str]) -> Piece:
    """One piece; of several marks the innermost, which begins last, gives link and label."""
    anchor = next((mark.anchor for mark in active if mark.anchor and mark.anchor not in placed), "")
    placed.add(anchor)
    inner = list(reversed(active))
    return Piece(
        text,
        " ".join(dict.fromkeys(mark.style for mark in active)),
        anchor,
        next((mark.link for mark in inner if mark.link), ""),
        next((mark.label for mark in inner if mark.label), ""),
    )
