"""Tables of a PDF page that are drawn with lines."""

from dataclasses import dataclass, replace
from typing import Any

from extract.documents.readers.pdf_columns import Box
from extract.documents.readers.pdf_lines import named
from extract.documents.readers.tables import is_data, is_header

_LEAST_LINES = 4  # a frame has four sides
_MOST_SHAPES = 3_000  # a drawing, no table


@dataclass(frozen=True, slots=True)
class PageTable:
    """One table.

    Attributes:
        rows: the words of each cell; a cell that spans several places stands in each of them.
        box: where it stands.
    """

    rows: tuple[tuple[str, ...], ...]
    box: Box

    def after(self, before: "PageTable") -> "PageTable":
        """The table as it goes on after one at the foot of the page before: under the same headings."""
        heading, own = before.rows[0], self.rows[0]
        if len(heading) != len(own) or not is_header(heading) or is_header(own):
            return self
        return replace(self, rows=(heading, *self.rows))


def tables_of(page: Any) -> list[PageTable]:
    """The tables of a page, as pdfplumber opens it; frames around prose are none."""
    shapes = len(page.lines) + len(page.rects)
    if not _LEAST_LINES <= shapes <= _MOST_SHAPES:
        return []
    found = []
    for table in page.find_tables():
        rows = _rows(table, page)
        if is_data(rows):
            left, top, right, bottom = table.bbox
            found.append(PageTable(rows, (left, top, right, bottom)))
    return found


def _rows(table: Any, page: Any) -> tuple[tuple[str, ...], ...]:
    """The words of each place of the grid, from the cell that covers it."""
    columns = [(column.bbox[0] + column.bbox[2]) / 2 for column in table.columns]
    heights = [(row.bbox[1] + row.bbox[3]) / 2 for row in table.rows]
    words: dict[Box, str] = {}

    def at(x: float, y: float) -> str:
        box = next(
            (cell for cell in table.cells if cell[0] <= x <= cell[2] and cell[1] <= y <= cell[3]), None
        )
        if box is None:
            return ""
        if box not in words:
            words[box] = named(page.crop(box, strict=False).extract_text() or "")
        return words[box]

    rows = []
    for row, y in zip(table.rows, heights, strict=True):
        # The lowest cell of a row may be the one that others span: take the height of its own cells.
        own = [cell for cell in row.cells if cell is not None]
        y = (own[0][1] + min(cell[3] for cell in own)) / 2 if own else y  # noqa: PLW2901
        rows.append(tuple(at(x, y) for x in columns))
    return tuple(rows)
