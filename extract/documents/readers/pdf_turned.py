"""The part of a PDF page that is turned while the rest is not: a wide table set along a tall page, or words in its margin."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from extract.documents.readers.pdf_chars import Char, chars_of, turned_back
from extract.documents.readers.pdf_columns import Layout, Place
from extract.documents.readers.pdf_heads import PAGE_NUMBER
from extract.documents.readers.pdf_lines import Line, lines_of
from extract.documents.readers.pdf_tables import PageTable, tables_of

_SHORT = 12  # characters; a lone line that is shorter is no sentence
_STEP = 0.001  # points between the places of two lines


@dataclass(slots=True)
class Turned:
    """The lines and tables of a turned part, with their places on the page; or what stands in its margin."""

    lines: list[Line] = field(default_factory=list)
    tables: list[PageTable] = field(default_factory=list)
    margin: str = ""


def turned_part(
    page: Any, quarters: int, chars: Sequence[Char], *, beside: Sequence[Char], layout: Layout
) -> Turned:
    """What is turned on a page.

    Args:
        page: as pdfplumber opens it.
        quarters: by how many the part is turned against the clock.
        chars: its characters.
        beside: the characters that stand upright.
        layout: of those.
    """
    turned = turned_back(page, quarters)
    upright = chars_of(turned)
    tables = tables_of(turned, upright)
    found = lines_of(upright, turned, [table.box for table in tables])
    if not tables and _is_margin(found.lines, chars, beside):
        return Turned(margin="".join(line.text for line in found.lines))
    left, right = min(char["x0"] for char in chars), max(char["x1"] for char in chars)
    top = min(char["top"] for char in chars)
    band, column, _ = layout.place((left + right) / 2, top)
    parts: list[Line | PageTable] = [*found.lines, *tables]
    parts.sort(key=lambda part: _place(part, found.layout))
    out = Turned()
    for n, part in enumerate(parts):
        place = (band, column, top + n * _STEP)
        if isinstance(part, Line):
            out.lines.append(replace(part, place=place, turned=quarters))
        else:
            out.tables.append(replace(part, place=place))
    return out


def _place(part: Line | PageTable, layout: Layout) -> Place:
    if isinstance(part, Line):
        return part.place
    return layout.place((part.box[0] + part.box[2]) / 2, part.box[1])


def _is_margin(lines: Sequence[Line], chars: Sequence[Char], beside: Sequence[Char]) -> bool:
    """Whether a turned part is one line that is short, or stands beside the text."""
    if len(lines) != 1 or not beside or PAGE_NUMBER.fullmatch(lines[0].text):
        return not lines
    if len(lines[0].text) < _SHORT:
        return True
    left, right = min(char["x0"] for char in beside), max(char["x1"] for char in beside)
    return all(char["x1"] <= left or char["x0"] >= right for char in chars)
