"""The lines of a PDF page from its characters, what of them is hidden, and which lines are running heads."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median
from typing import Any

from extract.documents.breaks import opens_block
from extract.documents.readers.pdf_unseen import UNSEEN

Box = tuple[float, float, float, float]
"""Left, top, right, bottom; points from the upper left corner of the page."""

_TINY = 2.0  # points
_WHITE = 0.96
_INDENT = "\u3000\u3000"
_RADICALS = re.compile(
    "[\u2e80-\u2fdf\uf900-\ufaff]"
)  # what fonts show for common characters, and PDFs then name
_PAGE_NUMBER = re.compile(
    r"[-—–－·~\s]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/／,，共]+\s*\d{1,4}\s*页?)?[-—–－·~\s]*"
)
_UNBREAKABLE = re.compile(r"[\x21-\x7e]+")
_DIGITS = re.compile(r"\d+")
_ENOUGH_LINES = 12  # for a page to show its own edges
_WIDEST_LEADING = 3  # times the size of the characters; lines of a paragraph stand nearer
_EDGE_LINES = 3
_LONGEST_HEAD = 45
_LEAST_REPEATS = 3


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
    margin: tuple[float, float] = (0.0, 0.0)

    @property
    def indented(self) -> bool:
        """Whether it begins further right than the text does."""
        return self.left - self.margin[0] > 1.2 * self.size

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
    """Words of a page that are not seen: the height at which they stand, and how they are hidden."""

    text: str
    way: str
    top: float


@dataclass(slots=True)
class Found:
    """The lines of a page from top to bottom, and what it holds besides."""

    lines: list[Line] = field(default_factory=list)
    hidden: list[HiddenWords] = field(default_factory=list)
    watermark: str = ""


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalpha()


def joined(before: Line, line: Line, *, new_page: bool) -> bool:
    """Whether a line goes on with the paragraph of the one before it."""
    if line.indented or opens_block(line.text) or not before.is_full_before(line):
        return False
    if abs(before.size - line.size) > 0.12 * before.size:
        return False
    return new_page or line.near


def lines_of(page: Any, tables: Sequence[Box]) -> Found:
    """The lines of a page.

    Args:
        page: as pdfplumber opens it.
        tables: boxes whose characters are read elsewhere.
    """
    found = Found()
    seen: list[dict[str, Any]] = []
    hidden: dict[tuple[str, int], list[str]] = {}
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
            hidden.setdefault((way, round(char["top"])), []).append(char["text"])
        else:
            seen.append(char)
    found.hidden = [HiddenWords("".join(chars), way, top) for (way, top), chars in hidden.items()]
    found.watermark = "".join(slanted)
    found.lines = list(_lines(seen))
    return found


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


def _lines(chars: list[dict[str, Any]]) -> Iterator[Line]:
    rows = [row for row in _rows(chars) if any(char["text"].strip() for char in row)]
    if not rows:
        return
    words = [[char for char in row if char["text"].strip()] for row in rows]
    tops = [min(char["top"] for char in row) for row in words]
    gaps = [below - above for above, below in pairwise(tops)]
    usual = _usual_gap(gaps)
    for n, (row, word) in enumerate(zip(rows, words, strict=True)):
        yield Line(
            text=_text(row).strip(),
            left=word[0]["x0"],
            right=word[-1]["x1"],
            top=tops[n],
            bottom=max(char["bottom"] for char in row),
            size=median(char["size"] for char in word),
            near=n > 0 and gaps[n - 1] <= min(1.25 * usual, _WIDEST_LEADING * word[0]["size"]),
        )


def with_margins(pages: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """The lines with the edges of their page; a page of few lines has those of the whole document."""
    every = [line for lines in pages for line in lines]
    if not every:
        return [list(lines) for lines in pages]
    whole = _margin(every)
    out = []
    for lines in pages:
        margin = _margin(lines) if len(lines) >= _ENOUGH_LINES else whole
        out.append([replace(line, margin=margin) for line in lines])
    return out


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
        parts.append(_RADICALS.sub(lambda match: unicodedata.normalize("NFKC", match[0]), char["text"]))
        before = char
    return "".join(parts)


def running_heads(pages: Sequence[Sequence[Line]]) -> list[dict[int, str]]:
    """Of each page the lines, by index, that do not belong to its text, and why: keys of `DROPPED`.

    Page numbers stand by themselves at an edge; running heads repeat at the edges of pages, digits aside.
    """
    edges = [_edges(len(lines)) for lines in pages]
    repeats = Counter(
        key
        for lines, edge in zip(pages, edges, strict=True)
        for key in {_repeated(lines[n].text) for n in edge if _may_repeat(lines[n].text)}
    )
    least = max(_LEAST_REPEATS, len(pages) // 3)
    out: list[dict[int, str]] = []
    for lines, edge in zip(pages, edges, strict=True):
        dropped: dict[int, str] = {}
        for n in edge:
            text = lines[n].text
            if _PAGE_NUMBER.fullmatch(text) and n in {0, len(lines) - 1}:
                dropped[n] = "page_number"
            elif _may_repeat(text) and repeats[_repeated(text)] >= least:
                dropped[n] = "running_head"
        out.append(dropped)
    return out


def _edges(count: int) -> list[int]:
    return sorted({*range(min(_EDGE_LINES, count)), *range(max(0, count - _EDGE_LINES), count)})


def _may_repeat(text: str) -> bool:
    """Whether a line may be a running head: short, and not the end of a sentence."""
    return len(text) <= _LONGEST_HEAD and text[-1:] not in "。；，！？"


def _repeated(text: str) -> str:
    return _DIGITS.sub("#", "".join(text.split()))
