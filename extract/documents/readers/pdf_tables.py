"""Tables of a PDF page that are drawn with lines."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from extract.documents.readers.pdf_chars import Char, Chars, is_within, laid_upright
from extract.documents.readers.pdf_columns import Box, Place
from extract.documents.readers.pdf_words import height_of, rows_of, words_of
from extract.documents.readers.tables import is_data, is_header

_LEAST_LINES = 4  # a frame has four sides
_MOST_SHAPES = 3_000  # a drawing, no table


@dataclass(frozen=True, slots=True)
class PageTable:
    """One table.

    Attributes:
        rows: the words of each cell; a cell that spans several places stands in each of them.
        box: where it stands.
        marks: the marks of notes that stood in its cells.
        place: where it is read, if its box does not say so.
    """

    rows: tuple[tuple[str, ...], ...]
    box: Box
    marks: tuple[str, ...] = ()
    place: Place | None = None

    def after(self, before: "PageTable") -> "PageTable":
        """The table as it goes on after one at the foot of the page before: under the same headings."""
        heading, own = before.rows[0], self.rows[0]
        if len(heading) != len(own) or not is_header(heading) or is_header(own):
            return self
        return replace(self, rows=(heading, *self.rows))


def tables_of(page: Any, chars: Chars) -> list[PageTable]:
    """The tables of a page that stand upright; frames around prose are none.

    Args:
        page: as pdfplumber opens it.
        chars: its characters.
    """
    shapes = len(page.lines) + len(page.rects)
    if not _LEAST_LINES <= shapes <= _MOST_SHAPES:
        return []
    found = []
    for table in page.find_tables():
        cells = _Cells(table, chars)
        rows = cells.rows()
        if cells.upright and is_data(rows):
            left, top, right, bottom = table.bbox
            found.append(PageTable(rows, (left, top, right, bottom), tuple(cells.marks)))
    return found


class _Cells:
    """The cells of one table."""

    def __init__(self, table: Any, chars: Chars) -> None:
        self.marks: list[str] = []
        self._table = table
        self._chars = _Heights(char for char in chars.seen if is_within(char, [table.bbox]))
        self._turned = {
            quarters: _Heights(char for char in some if is_within(char, [table.bbox]))
            for quarters, some in chars.turned.items()
        }
        self.upright = len(self._chars.chars) >= sum(len(some.chars) for some in self._turned.values())
        self._words: dict[Box, str] = {}

    def rows(self) -> tuple[tuple[str, ...], ...]:
        """The words of each place of the grid, from the cell that covers it."""
        columns = [(column.bbox[0] + column.bbox[2]) / 2 for column in self._table.columns]
        rows = []
        for row in self._table.rows:
            # The lowest cell of a row may be the one that others span: take the height of its own cells.
            own = [cell for cell in row.cells if cell is not None]
            y = (own[0][1] + min(cell[3] for cell in own)) / 2 if own else (row.bbox[1] + row.bbox[3]) / 2
            rows.append(tuple(self._at(x, y) for x in columns))
        return tuple(rows)

    def _at(self, x: float, y: float) -> str:
        cells = self._table.cells
        box = next((cell for cell in cells if cell[0] <= x <= cell[2] and cell[1] <= y <= cell[3]), None)
        if box is None:
            return ""
        if box not in self._words:
            words = [words_of(row) for row in self._rows_in(box)]
            self.marks += [mark for one in words for mark in one.marks]
            self._words[box] = "\n".join(one.text for one in words)
        return self._words[box]

    def _rows_in(self, box: Box) -> Iterator[list[Char]]:
        """The rows of a cell; those that are turned come last."""
        yield from rows_of(self._chars.within(box))
        for quarters, some in self._turned.items():
            yield from rows_of([laid_upright(char, quarters) for char in some.within(box)])


class _Heights:
    """Characters by their height on the page, so that those of a cell are found quickly."""

    def __init__(self, chars: Iterable[Char]) -> None:
        self.chars = sorted(chars, key=height_of)
        self._middles = [height_of(char) for char in self.chars]

    def within(self, box: Box) -> list[Char]:
        first, last = bisect_left(self._middles, box[1]), bisect_right(self._middles, box[3])
        return [char for char in self.chars[first:last] if is_within(char, [box])]
