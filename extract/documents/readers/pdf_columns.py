"""The columns of a PDF page, and the order in which its parts are read.

Columns are told by the strips between them, which hardly any line crosses though the lines on both sides are
full. Lines that cross them (a headline, the foot of the page) part what stands above them from what stands
below: each such band is read column by column.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

Box = tuple[float, float, float, float]
"""Left, top, right, bottom; points from the upper left corner of the page."""

Place = tuple[int, int, float]
"""Where something is read: its band from the top, its column (0 where it stands across all), its height."""

Row = Sequence[dict[str, Any]]
"""Characters of one height from left to right, as pdfplumber gives them."""

_MOST_ACROSS = 0.15  # of the rows may cross a strip,
_MAY_CROSS = 2  # and a headline and a foot in any case
_LEAST_STRIP = 0.8  # of the size of the characters
_LEAST_ROWS = 5
_LEAST_WIDTH = 8  # characters; a narrower column is one of a table
_FULL = 0.8  # of its width is what a full line of a column takes
_LEAST_FULL = 0.4  # of its lines are full
_HEADLINE = 1.25  # times the usual size


@dataclass(frozen=True, slots=True)
class Layout:
    """How a page is read.

    Attributes:
        strips: left and right edge of each strip between two columns; none on most pages.
        bands: for each band its top, and whether it stands across the columns.
    """

    strips: tuple[tuple[float, float], ...] = ()
    bands: tuple[tuple[float, bool], ...] = ()

    def place(self, x: float, top: float) -> Place:
        """Where something is read that stands at a place of the page."""
        if not self.strips:
            return 0, 0, top
        band = max(0, sum(begins <= top for begins, _ in self.bands) - 1)
        if self.bands[band][1]:
            return band, 0, top
        return band, 1 + sum((left + right) / 2 < x for left, right in self.strips), top


ONE_COLUMN = Layout()


def layout_of(rows: Sequence[Row], tables: Sequence[Box], before: Layout = ONE_COLUMN) -> Layout:
    """The layout of a page.

    Args:
        rows: its characters, those of tables and all that is not seen left out.
        tables: the tables.
        before: the layout of the page before; a page that is not full may have the same columns.
    """
    rows = [seen for row in rows if (seen := [char for char in row if char["text"].strip()])]
    if not rows:
        return ONE_COLUMN
    size = median(char["size"] for row in rows for char in row)
    strips = tuple(_strips(rows, size))
    if not strips and _keep(rows, before.strips, size):
        strips = before.strips
    if not strips:
        return ONE_COLUMN
    across = [
        *((min(char["top"] for char in row), _is_across(row, strips, size)) for row in rows),
        *(
            (box[1], True)
            for box in tables
            if any(box[0] < left and right < box[2] for left, right in strips)
        ),
    ]
    bands: list[tuple[float, bool]] = []
    for top, is_across in sorted(across):
        if not bands or bands[-1][1] != is_across:
            bands.append((top, is_across))
    return Layout(strips, tuple(bands))


def _strips(rows: Sequence[Row], size: float) -> Iterator[tuple[float, float]]:
    """The strips that part columns, from left to right."""
    left = int(min(row[0]["x0"] for row in rows))
    right = int(max(row[-1]["x1"] for row in rows)) + 1
    crossing = [0] * (right - left + 1)
    most = _most_across(rows)
    for row in rows:
        for at in {at for char in row for at in range(int(char["x0"]), int(char["x1"]) + 1)}:
            crossing[min(max(at, left), right) - left] += 1
    filled = [at + left for at, rows_here in enumerate(crossing) if rows_here > most]
    found = [(before + 1, at) for before, at in pairwise(filled) if at - before > _LEAST_STRIP * size]
    if not found:
        return
    edges = [filled[0], *(edge for strip in found for edge in strip), filled[-1] + 1]
    columns = zip(edges[::2], edges[1::2], strict=True)
    if all(_is_prose(rows, begins, ends, size) for begins, ends in columns):
        yield from found


def _keep(rows: Sequence[Row], strips: Sequence[tuple[float, float]], size: float) -> bool:
    """Whether rows keep to the columns between some strips; a foot and a headline may cross them."""
    crossing = sum(_is_across(row, strips, size) for row in rows)
    return bool(strips) and crossing <= _most_across(rows)


def _most_across(rows: Sequence[Row]) -> float:
    return max(_MAY_CROSS, _MOST_ACROSS * len(rows))


def _is_prose(rows: Sequence[Row], left: float, right: float, size: float) -> bool:
    """Whether lines of prose stand between two edges, most of them full."""
    if right - left < _LEAST_WIDTH * size:
        return False
    parts = ([char for char in row if left - 1 <= char["x0"] and char["x1"] <= right + 1] for row in rows)
    widths = [part[-1]["x1"] - part[0]["x0"] for part in parts if part]
    full = sum(width >= _FULL * (right - left) for width in widths)
    return len(widths) >= _LEAST_ROWS and full >= _LEAST_FULL * len(widths)


def _is_across(row: Row, strips: Sequence[tuple[float, float]], size: float) -> bool:
    """Whether a row crosses a strip; a headline does even where it is set so wide that it parts there."""
    large = median(char["size"] for char in row) > _HEADLINE * size
    return any(
        any(char["x0"] < right - 1 and char["x1"] > left + 1 for char in row)
        or (large and row[0]["x1"] < left and row[-1]["x0"] > right)
        for left, right in strips
    )
