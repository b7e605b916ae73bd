"""The lines of a PDF page from its characters, and what of them is hidden."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median
from typing import Any

from extract.documents.breaks import opens_block
from extract.documents.readers.pdf_columns import ONE_COLUMN, Box, Layout, Place, layout_of
from extract.documents.readers.pdf_unseen import UNSEEN

_TINY = 2.0  # points
_WHITE = 0.96
_INDENT = "\u3000\u3000"
_RADICALS = re.compile(
    "[\u2e80-\u2fdf\uf900-\ufaff]"
)  # what fonts show for common characters, and PDFs then name
UNNAMED = "\ufffd"
_UNMAPPED = re.compile(r"\(cid:\d+\)")
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
    watermark: str = ""


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalpha()


def joined(before: Line, line: Line, *, new_page: bool) -> bool:
    """Whether a line goes on with the paragraph of the one before it."""
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


def lines_of(page: Any, tables: Sequence[Box], before: Layout = ONE_COLUMN) -> Found:
    """The lines of a page.

    Args:
        page: as pdfplumber opens it.
        tables: boxes whose characters are read elsewhere.
        before: the layout of the page before.
    """
    found = Found()
    seen: list[dict[str, Any]] = []
    hidden: list[tuple[str, dict[str, Any]]] = []
    slanted: list[str] = []
    chars = page.chars
    if all(char.get("tag") == UNSEEN for char in chars):  # the words that were recognised in a scanned page
        chars = [{**char, "tag": None} for char in chars]
    for char in chars:
        if _within(char, tables):
            continue
        if not char["upright"]:
            slanted.append(char["text"])
        elif way := way_hidden(char, page):
            hidden.append((way, char))
        else:
            seen.append(char)
    rows = _rows(seen)
    found.layout = layout_of(rows, tables, before)
    found.hidden = list(_hidden_words(hidden, found.layout))
    found.watermark = "".join(slanted)
    found.lines = list(_lines_in_order(rows, found.layout))
    return found


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
        yield from _lines(_rows(chars), layout)


def way_hidden(char: Any, page: Any) -> str:
    """How a character is hidden, as a key of `HIDDEN`; empty where it is seen."""
    if char["size"] < _TINY and char["text"].strip():
        return "tiny"
    if char.get("tag") == UNSEEN:
        return "transparent"
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    left, top, right, bottom = page.bbox
    if not (left <= x <= right and top <= y <= bottom):
        return "off_page"
    if _is_white(char["non_stroking_color"]) and not any(
        _covers(one, x, y) for one in (*page.rects, *page.curves, *page.images)
    ):
        return "white"
    return ""


def _is_white(color: Any) -> bool:
    values = color if isinstance(color, (tuple, list)) else (color,)
    if not all(isinstance(value, (int, float)) for value in values):
        return False
    if len(values) == 4:
        return all(value <= 1 - _WHITE for value in values)
    return len(values) in {1, 3} and all(value >= _WHITE for value in values)


def _covers(shape: Any, x: float, y: float) -> bool:
    """Whether a picture or a coloured shape lies at a place."""
    if not (shape["x0"] <= x <= shape["x1"] and shape["top"] <= y <= shape["bottom"]):
        return False
    return "fill" not in shape or (bool(shape["fill"]) and not _is_white(shape.get("non_stroking_color")))


def _within(char: Any, boxes: Sequence[Box]) -> bool:
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return any(left <= x <= right and top <= y <= bottom for left, top, right, bottom in boxes)


def _lines(rows: Sequence[list[dict[str, Any]]], layout: Layout) -> Iterator[Line]:
    rows = [row for row in rows if any(char["text"].strip() for char in row)]
    if not rows:
        return
    words = [[char for char in row if char["text"].strip()] for row in rows]
    tops = [min(char["top"] for char in row) for row in words]
    gaps = [below - above for above, below in pairwise(tops)]
    usual = _usual_gap(gaps)
    for n, (row, word) in enumerate(zip(rows, words, strict=True)):
        place = layout.place(word[0]["x0"], tops[n])
        yield Line(
            text=_text(row).strip(),
            left=word[0]["x0"],
            right=word[-1]["x1"],
            top=tops[n],
            bottom=max(char["bottom"] for char in row),
            size=median(char["size"] for char in word),
            near=gaps[n - 1] <= min(1.25 * usual, _WIDEST_LEADING * word[0]["size"]) if n else place[1] > 1,
            place=place,
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
        out.append([replace(line, margin=margins[line.place[1]]) for line in lines])
    return out


def _by_column(lines: Iterable[Line]) -> dict[int, list[Line]]:
    columns: dict[int, list[Line]] = {}
    for line in lines:
        columns.setdefault(line.place[1], []).append(line)
    return columns


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


def _rows(chars: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Characters by line: those whose middles are at about the same height."""
    rows: list[list[dict[str, Any]]] = []
    middle = 0.0
    for char in sorted(chars, key=lambda char: (char["top"] + char["bottom"]) / 2):
        here = (char["top"] + char["bottom"]) / 2
        if rows and here - middle <= 0.5 * max(char["size"], rows[-1][0]["size"]):
            rows[-1].append(char)
        else:
            rows.append([char])
            middle = here
    return [sorted(row, key=lambda char: char["x0"]) for row in rows]


def named(text: str) -> str:
    """Characters as they are meant; those that the font does not name, which come as (cid:12), as `UNNAMED`."""
    text = _UNMAPPED.sub(UNNAMED, text)
    return _RADICALS.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)


def _text(row: Sequence[dict[str, Any]]) -> str:
    """The words of a line; a gap becomes a blank, and a character printed twice over itself stands once."""
    parts: list[str] = []
    before: dict[str, Any] | None = None
    for char in row:
        if before is not None:
            again = char["text"] == before["text"] and abs(char["x0"] - before["x0"]) < 0.3 * char["size"]
            if again:
                continue
            if char["x0"] - before["x1"] > 0.6 * char["size"] and parts[-1] != " ":
                parts.append(" ")
        parts.append(named(char["text"]))
        before = char
    return "".join(parts)
