"""The lines of a PDF page from its characters, and what of them is hidden."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median
from typing import Any

from extract.documents.breaks import opens_block
from extract.documents.readers.pdf_chars import Char, Chars, is_within
from extract.documents.readers.pdf_columns import ONE_COLUMN, Box, Layout, Place, layout_of
from extract.documents.readers.pdf_words import is_ruby, rows_of, with_fractions, words_of

_INDENT = "\u3000\u3000"
_UNBREAKABLE = re.compile(r"[\x21-\x7e]+")
STOPS = frozenset("。；，！？：")
_CLOSERS = frozenset("”）》")
_SAME_SIZE = 0.12  # of its size is what characters of one paragraph may differ
_ENOUGH_LINES = 12  # for a page to show its own edges
_WIDEST_LEADING = 3  # times the size of the characters; lines of a paragraph stand nearer


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a page.

    Attributes:
        text: its words.
        left, right, top, bottom: its box.
        size: of its characters, in points.
        margin: the left and right edge of the page's text; see `with_margins`.
        near: whether the line before it is as near as lines of a paragraph are.
        place: where it is read.
        marks: the marks of notes that stood in it.
        turned: the quarters that it is turned against the clock, on a page whose other text is not.
        wide: whether its page is wider than high; the others have edges of their own.
    """

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    near: bool
    place: Place
    margin: tuple[float, float] = (0.0, 0.0)
    marks: tuple[str, ...] = ()
    turned: int = 0
    wide: bool = False

    @property
    def indented(self) -> bool:
        """Whether it begins further right than the text does."""
        return self.left - self.margin[0] > 1.2 * self.size

    @property
    def is_within_sentence(self) -> bool:
        """Whether it is no first line of a paragraph and ends in the middle of a sentence: 推进合 / 六、合淮走廊."""
        return not (self.indented or opens_block(self.text)) and self.text[-1:] not in STOPS | _CLOSERS

    def is_full_before(self, line: "Line") -> bool:
        """Whether it reaches the right edge as far as it can when a line follows that may not be cut at once:
        the first of its Chinese characters with its punctuation, or a whole number or Latin word.
        """
        word = _UNBREAKABLE.match(line.text)
        room = 2.2 * self.size + (0.55 * line.size * len(word[0]) if word else 0)
        return self.margin[1] - self.right < room

    @property
    def shown(self) -> str:
        """Its words, set in where it begins a paragraph so."""
        return _INDENT + self.text if self.indented else self.text

    def after(self, before: "Line") -> str:
        """Its words as they go on after another line: a blank parts Latin words."""
        ends, begins = before.text[-1:], self.text[:1]
        return f" {self.text}" if _is_latin(ends) and _is_latin(begins) else self.text


@dataclass(frozen=True, slots=True)
class HiddenWords:
    """Words of a page that are not seen: the place where they stand, and how they are hidden."""

    text: str
    way: str
    place: Place


@dataclass(slots=True)
class Found:
    """The lines of a page as they are read, and what it holds besides."""

    lines: list[Line] = field(default_factory=list)
    layout: Layout = ONE_COLUMN
    hidden: list[HiddenWords] = field(default_factory=list)
    ruby: list[str] = field(default_factory=list)


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalpha()


def joined(before: Line, line: Line, *, new_page: bool) -> bool:
    """Whether a line goes on with the paragraph of the one before it."""
    if before.turned != line.turned:
        return False
    if _ends_title(before, line):
        return True
    if line.indented or not before.is_full_before(line):
        return False
    if opens_block(line.text) and not before.is_within_sentence:
        return False
    if abs(before.size - line.size) > _SAME_SIZE * before.size:
        return False
    return new_page or line.near


def _ends_title(before: Line, line: Line) -> bool:
    """Whether a line in the middle of its column is the rest of a title that fills the line above."""
    left, right = line.margin
    in_middle = abs((line.left - left) - (right - line.right)) < line.size and line.left - left > line.size
    return (
        in_middle
        and line.near
        and before.is_full_before(line)
        and not before.indented
        and before.text[-1:] not in STOPS
        and abs(before.size - line.size) <= _SAME_SIZE * before.size
        and not opens_block(line.text)
    )


def lines_of(chars: Chars, page: Any, tables: Sequence[Box], before: Layout = ONE_COLUMN) -> Found:
    """The lines of a page.

    Args:
        chars: its characters.
        page: as pdfplumber opens it.
        tables: boxes whose characters are read elsewhere.
        before: the layout of the page before.
    """
    seen = [char for char in chars.seen if not is_within(char, tables)] if tables else chars.seen
    rows, ruby = _without_ruby(rows_of(with_fractions(seen, page)))
    layout = layout_of(rows, tables, before)
    wide = bool(page.width > page.height)
    lines = [replace(line, wide=wide) if wide else line for line in _lines_in_order(rows, layout)]
    return Found(lines, layout, list(_hidden_words(chars.hidden, layout)), ruby)


def _without_ruby(rows: list[list[Char]]) -> tuple[list[list[Char]], list[str]]:
    """The rows of words, and what stood above them to say how they are pronounced."""
    above = {n for n, (row, below) in enumerate(pairwise(rows)) if is_ruby(row, below)}
    ruby = ["".join(char["text"] for char in rows[n]) for n in sorted(above)]
    return [row for n, row in enumerate(rows) if n not in above], ruby


def _hidden_words(hidden: Sequence[tuple[str, dict[str, Any]]], layout: Layout) -> Iterator[HiddenWords]:
    """Hidden characters, those of one line together."""
    words: dict[tuple[str, Place], list[str]] = {}
    for way, char in hidden:
        words.setdefault((way, layout.place(char["x0"], round(char["top"]))), []).append(char["text"])
    for (way, place), texts in words.items():
        yield HiddenWords("".join(texts), way, place)


def _lines_in_order(rows: Sequence[list[dict[str, Any]]], layout: Layout) -> Iterator[Line]:
    """The lines of a page, band by band and there column by column."""
    if not layout.strips:
        yield from _lines(rows, layout)
        return
    parts: dict[tuple[int, int], list[dict[str, Any]]] = {}
    for row in rows:
        top = min(char["top"] for char in row)
        for char in row:
            band, column, _ = layout.place(char["x0"], top)
            parts.setdefault((band, column), []).append(char)
    for _, chars in sorted(parts.items(), key=lambda part: part[0]):
        yield from _lines(rows_of(chars), layout)


def _lines(rows: Sequence[list[dict[str, Any]]], layout: Layout) -> Iterator[Line]:
    rows = [row for row in rows if any(char["text"].strip() for char in row)]
    if not rows:
        return
    seen = [[char for char in row if char["text"].strip()] for row in rows]
    tops = [min(char["top"] for char in row) for row in seen]
    gaps = [below - above for above, below in pairwise(tops)]
    usual = _usual_gap(gaps)
    for n, (row, word) in enumerate(zip(rows, seen, strict=True)):
        place = layout.place(word[0]["x0"], tops[n])
        words = words_of(row)
        yield Line(
            text=words.text.strip(),
            left=word[0]["x0"],
            right=word[-1]["x1"],
            top=tops[n],
            bottom=max(char["bottom"] for char in row),
            size=median(char["size"] for char in word),
            near=gaps[n - 1] <= min(1.25 * usual, _WIDEST_LEADING * word[0]["size"]) if n else place[1] > 1,
            place=place,
            marks=words.marks,
        )


def with_margins(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The lines with the edges of their column; a page of few lines has those of the whole document."""
    whole = {
        column: _margin(lines)
        for column, lines in _by_column(line for lines in pages for line in lines).items()
    }
    out = []
    for lines in pages:
        own = {
            column: _margin(some) for column, some in _by_column(lines).items() if len(some) >= _ENOUGH_LINES
        }
        margins = whole | own
        out.append([replace(line, margin=margins[_column(line)]) for line in lines])
    return out


def _by_column(lines: Iterable[Line]) -> dict[tuple[int, bool, int], list[Line]]:
    columns: dict[tuple[int, bool, int], list[Line]] = {}
    for line in lines:
        columns.setdefault(_column(line), []).append(line)
    return columns


def _column(line: Line) -> tuple[int, bool, int]:
    """The lines that share their edges: those of a column, turned the same way, on pages of one shape."""
    return line.turned, line.wide, line.place[1]


def _margin(lines: Sequence[Line]) -> tuple[float, float]:
    """Where most lines begin, and where the full ones end."""
    lefts = Counter(round(line.left) for line in lines)
    most = max(lefts.values())
    left = min(x for x, count in lefts.items() if count >= max(1, most * 0.3))
    rights = sorted(line.right for line in lines)
    right = rights[int(0.9 * (len(rights) - 1))] if len(lines) >= _ENOUGH_LINES else rights[-1]
    return float(left), right


def _usual_gap(gaps: Sequence[float]) -> float:
    """The distance of lines within a paragraph: the smallest of those that are common."""
    if not gaps:
        return 0.0
    common = Counter(round(gap) for gap in gaps)
    most = max(common.values())
    return float(min(gap for gap, count in common.items() if count >= max(1, most * 0.3)))
