"""The blocks of a web page in reading order: paragraphs, headings and tables, what is unseen set apart."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from extract.documents.readers.building import Left, Piece, Unseen
from extract.documents.readers.raised import Part as PartOfLine
from extract.documents.readers.raised import Raised, parted, settled
from extract.documents.readers.tables import is_data
from extract.documents.readers.tex import Part as PartOfFormula
from extract.documents.readers.web_math import (
    formula_in_tex,
    formula_parts,
    is_formula_twice,
    with_formulas_read,
    without_prefix,
)
from extract.documents.readers.web_styles import Look, StyleSheet
from extract.errors import DamagedFileError
from extract.messages import Message

_BLOCKS = frozenset(
    "address article aside blockquote body br caption center dd details dialog div dl dt fieldset figcaption figure footer"
    " form h1 h2 h3 h4 h5 h6 header hr legend li main menu nav ol option p pre section summary table tbody td tfoot th"
    " thead tr ul".split()
)
_SILENT = frozenset(
    "script style template noscript head iframe object embed svg canvas audio video map select datalist"
    " textarea input img applet frameset noframes title".split()
)
_NO_WORDS = frozenset("head title input".split())
"""Those of them that say nothing on the page itself."""
_CODE = frozenset("script style".split())
_TEX = "math/tex"
"""The type of a script that is a formula."""
_END_OF_PAGE = "</body"
"""A script that holds it was never closed, and has the rest of the page in it."""
_FURNITURE = frozenset("nav aside footer button form header menu".split())
_SPACE = re.compile(r"[ \t\n\r\f]+")
_HAN = re.compile(r"[\u3400-\u9fff]")
_NOTE_LINK = re.compile(r"\s*(?:[\[〔【［(（]\s*(?:注\s*)?\d{1,3}\s*[\]〕】］)）]|[①-⑳*†‡])\s*")
_BARE_NOTE_LINK = re.compile(r"\s*\d{1,3}\s*")
_NOTES = re.compile(r"fn|ftn|note|edn|cite|ref|zhu|注", re.IGNORECASE)
_DATES = re.compile(r"[\d\s\-/.:：年月日\[\]()（）【】]+")
_MOST_SPANNED = 60
_MOST_BLOCKS = 200_000


@dataclass(slots=True)
class Block:
    """One block.

    Attributes:
        path: the elements around it, outermost first.
        pieces: its words, those unseen among them.
        level: of a heading; 0 for other blocks.
        rows: of a table of data.
        linked: how many of its characters are links.
    """

    path: tuple[Any, ...]
    pieces: list[Piece] = field(default_factory=list)
    level: int = 0
    rows: list[list[str]] = field(default_factory=list)
    linked: int = 0

    @property
    def text(self) -> str:
        """Its words that are seen."""
        if self.rows:
            return " ".join(cell for row in self.rows for cell in dict.fromkeys(row) if cell)
        return "".join(piece for piece in self.pieces if isinstance(piece, str)).strip()

    @property
    def is_linked(self) -> bool:
        """Whether it is hardly more than links, as menus and lists of other pages are; their dates do not count."""
        return self.linked > 0.6 * max(1, len(_DATES.sub("", self.text)))

    def in_furniture(self, place: Any = None) -> bool:
        """Whether the page calls the elements around it navigation, a form, a head or a foot.

        Args:
            place: those around this one do not count: some pages are a form as a whole.
        """
        within = self.path[self.path.index(place) + 1 :] if place in self.path else self.path
        return any(element.tag in _FURNITURE for element in within)


@dataclass(slots=True)
class _Cell:
    text: str
    columns: int
    rows: int


def blocks_of(body: Any, sheet: StyleSheet) -> list[Block]:
    """All blocks below an element.

    Args:
        body: the element, usually the page's body.
        sheet: the styles of the page.

    Raises:
        DamagedFileError: there are more blocks than any page has.
    """
    walk = _Walk(sheet)
    walk.over(body)
    return [block for block in walk.blocks if block.rows or block.pieces]


class _Walk:
    """Goes through the elements without recursion: a page may be nested a hundred thousand deep."""

    def __init__(self, sheet: StyleSheet) -> None:
        self._sheet = sheet
        self._looks = [Look()]
        self._path: list[Any] = []
        self._links = 0
        self._pre = 0
        self._tables: list[tuple[Any, list[list[_Cell]]]] = []
        self._cell: list[PartOfLine] | None = None
        self._notes = 0
        self._line: list[PartOfLine] = []
        self.blocks: list[Block] = []
        self._open = Block(())

    def over(self, body: Any) -> None:
        steps: list[tuple[str, Any]] = [("enter", body)]
        while steps:
            step, element = steps.pop()
            if step == "tail":
                self._say(element.tail)
            elif step == "leave":
                self._leave(element)
            elif self._enter(element):
                steps.append(("leave", element))
                for child in reversed(element):
                    steps += [("tail", child), ("enter", child)]
        self._flush()

    def _enter(self, element: Any) -> bool:
        """Begin an element; whether to go into it."""
        tag = element.tag
        if tag == "script" and element.get("type", "").startswith(_TEX):
            self._formula(formula_in_tex(element.text or ""))
            return False
        if not isinstance(tag, str) or tag in _SILENT:
            self._leave_out(element)
            return False
        if without_prefix(tag) == "math":
            self._formula(formula_parts(element))
            return False
        if is_formula_twice(element):
            return False
        if tag in _BLOCKS:
            self._break()
        self._path.append(element)
        self._looks.append(self._sheet.look(element, self._looks[-1]))
        self._links += tag == "a"
        self._notes += tag == "a" and _leads_to_a_note(element)
        self._pre += tag == "pre"
        if tag == "table" and _is_data(element) and not self._tables:
            self._flush()
            self._tables.append((element, []))
        elif self._tables and tag == "tr":
            self._tables[-1][1].append([])
        elif self._tables and tag in {"td", "th"}:
            self._cell = []
        if tag in {"h1", "h2", "h3", "h4", "h5", "h6"}:
            self._open.level = int(tag[1])
        self._say(element.text)
        return True

    def _leave(self, element: Any) -> None:
        tag = element.tag
        if self._tables and tag in {"td", "th"}:
            self._end_cell(element)
        if self._tables and element is self._tables[-1][0]:
            self._end_table()
        if tag in _BLOCKS:
            self._break()
        self._path.pop()
        self._looks.pop()
        self._links -= tag == "a"
        self._notes -= tag == "a" and _leads_to_a_note(element)
        self._pre -= tag == "pre"

    def _say(self, text: str | None) -> None:
        if not text:
            return
        if not self._pre:
            text = _SPACE.sub(" ", text)
        look = self._looks[-1]
        if look.hidden or look.left:
            if words := text.strip():
                self._put([Unseen(words, look.hidden) if look.hidden else Left(words, look.left)])
        elif self._is_open or text.strip():
            if look.raised or self._notes:
                self._put([Raised(text)])
            elif "\\" in text:
                self._put(with_formulas_read(text))
            else:
                self._put(parted(text), linked=len(text.strip()) if self._links else 0)

    @property
    def _is_open(self) -> bool:
        """Whether a line has begun, so that a blank may part two words of it."""
        return bool(self._line if self._cell is None else self._cell)

    def _put(self, parts: Iterable[PartOfLine], *, linked: int = 0) -> None:
        if self._cell is not None:
            self._cell.extend(parts)
            return
        if not self._line:  # the caption of a table, too, which stands before its rows
            self._open.path = tuple(self._path)
        self._line.extend(parts)
        self._open.linked += linked

    def _formula(self, formula: Sequence[PartOfFormula]) -> None:
        look = self._looks[-1]
        parts: list[PartOfLine] = list(formula)
        if look.hidden or look.left:
            words = "".join(part if isinstance(part, str) else part.text for part in formula)
            parts = [Unseen(words, look.hidden) if look.hidden else Left(words, look.left)] if words else []
        self._put(parts)

    def _leave_out(self, element: Any) -> None:
        """Note the words that an element holds and never shows as text."""
        tag = element.tag
        if tag in _NO_WORDS:
            return
        if tag == "img":
            words, reason = element.get("alt", ""), "picture"
        elif isinstance(tag, str) and tag not in _CODE:
            words, reason = " ".join("".join(element.itertext()).split()), "boilerplate"
        else:
            words = element.text or ""
            reason = "code" if tag in _CODE and _END_OF_PAGE not in words.lower() else "markup"
            if not _HAN.search(words):
                return
        if words.strip():
            self._put([Left(words.strip(), reason)])

    def _break(self) -> None:
        """End of a block; inside a cell, of a line."""
        if self._cell is not None:
            self._cell.append(" ")
        else:
            self._flush()

    def _flush(self) -> None:
        block, self._open = self._open, Block(())
        line, self._line = self._line, []
        if any(not isinstance(part, str) or part.strip() for part in line):
            block.pieces = _trimmed(_pieces(line))
            self.blocks.append(block)
            if len(self.blocks) > _MOST_BLOCKS:
                raise DamagedFileError(
                    Message("it has more than %(number)s paragraphs", number=f"{_MOST_BLOCKS:,}")
                )

    def _end_cell(self, cell: Any) -> None:
        parts, self._cell = self._cell or [], None
        pieces = _pieces(parts)
        aside: list[Piece] = [piece for piece in pieces if not isinstance(piece, str)]
        if aside:
            self.blocks.append(Block(tuple(self._path), aside))
        words = "".join(piece for piece in pieces if isinstance(piece, str))
        rows = self._tables[-1][1]
        if not rows:
            rows.append([])
        rows[-1].append(_Cell(words, _span(cell, "colspan"), _span(cell, "rowspan")))

    def _end_table(self) -> None:
        _, rows = self._tables.pop()
        self.blocks.append(Block(tuple(self._path), rows=_grid(rows)))


def _pieces(parts: Sequence[PartOfLine]) -> list[Piece]:
    """What the parts of a line say; runs that are left out for one reason are one."""
    pieces: list[Piece] = []
    for piece in settled(parts):
        last = pieces[-1] if pieces else None
        if isinstance(piece, Left) and isinstance(last, Left) and piece.reason == last.reason:
            pieces[-1] = Left(last.text + piece.text, last.reason)
        else:
            pieces.append(piece)
    return pieces


def _leads_to_a_note(link: Any) -> bool:
    """Whether a link is the mark of a note: a number in brackets, or one that leads to a place named for notes."""
    _, _, place = link.get("href", "").partition("#")
    if not place:
        return False
    text = "".join(link.itertext())
    return bool(_NOTE_LINK.fullmatch(text) or (_BARE_NOTE_LINK.fullmatch(text) and _NOTES.search(place)))


def _trimmed(pieces: list[Piece]) -> list[Piece]:
    """Without the blanks at both ends."""
    seen = [n for n, piece in enumerate(pieces) if isinstance(piece, str) and piece.strip()]
    out = list(pieces)
    for n, piece in enumerate(out):
        if isinstance(piece, str) and (not seen or n <= seen[0] or n >= seen[-1]):
            text = piece
            if not seen or n <= seen[0]:
                text = text.lstrip(" \n\t")
            if not seen or n >= seen[-1]:
                text = text.rstrip(" \n\t")
            out[n] = text
    return out


def _is_data(table: Any) -> bool:
    if table.find(".//table") is not None:
        return False
    rows = [
        ["".join(cell.itertext()) for cell in row if cell.tag in {"td", "th"}] for row in table.iter("tr")
    ]
    return is_data(rows)


def _span(cell: Any, name: str) -> int:
    text = (cell.get(name) or "1").strip()
    return min(max(1, int(text)), _MOST_SPANNED) if text.isascii() and text.isdigit() and len(text) < 6 else 1


def _grid(rows: Sequence[Sequence[_Cell]]) -> list[list[str]]:
    """The words of each place; a cell that spans several stands in each of them."""
    grid: list[list[str]] = []
    hanging: dict[int, tuple[str, int]] = {}
    for row in rows:
        line: list[str] = []
        below: dict[int, tuple[str, int]] = {}
        cells: Iterator[_Cell] = iter(row)
        while True:
            if len(line) in hanging:
                text, left = hanging.pop(len(line))
                if left > 1:
                    below[len(line)] = (text, left - 1)
                line.append(text)
                continue
            cell = next(cells, None)
            if cell is None:
                break
            for _ in range(cell.columns):
                if cell.rows > 1:
                    below[len(line)] = (cell.text, cell.rows - 1)
                line.append(cell.text)
        hanging = below
        grid.append(line)
    width = max((len(line) for line in grid), default=0)
    return [line + [""] * (width - len(line)) for line in grid]
