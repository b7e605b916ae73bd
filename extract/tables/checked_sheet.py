"""Somebody's sheet as it was, with a verdict, the reason and the report's number beside each row."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from extract.tables.cells import inert
from extract.tables.facts_files import GivenTable, csv_rows

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

TITLES: Final = {
    "zh": ("核对结果", "说明", "报告中的数值", "报告"),
    "en": ("verdict", "reason", "report says", "report"),
}
WORDS: Final = {
    "zh": {"verified": "一致", "flagged": "不一致", "no_report": "没有报告"},
    "en": {"verified": "verified", "flagged": "flagged", "no_report": "no report"},
}
_FILLS: Final = {"verified": "E6F4EA", "flagged": "FCE8D5", "no_report": "ECEFF1"}
_WIDTHS: Final = (12, 44, 18, 24)
_BOM: Final = "\ufeff"
_NUMBER_STARTS: Final = frozenset("0123456789.")


class Note(NamedTuple):
    """What stands beside a row.

    Attributes:
        word: `verified`, `flagged` or `no_report`.
        cells: verdict, reason, the report's number, and with a folder the report.
    """

    word: str
    cells: tuple[str, ...]


Notes = Mapping[int, Note]
"""By the number of the row, as a spreadsheet shows it."""


def workbook_with(data: bytes, table: GivenTable, notes: Notes, lang: str) -> bytes:
    """A workbook with the notes behind the last column of its sheet.

    Args:
        data: the workbook.
        table: what was read from it.
        notes: for its rows.
        lang: of the column names.
    """
    import openpyxl
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
    from openpyxl.styles import Alignment, PatternFill
    from openpyxl.utils import get_column_letter

    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet: Worksheet = book[table.sheet or book.sheetnames[0]]
    header = table.header or 1
    first = _last_column(sheet) + 1
    for n, title in enumerate(_titles(notes, lang)):
        cell = sheet.cell(header, first + n, title)
        model = sheet.cell(header, first - 1)
        if model.has_style:
            for look in ("font", "fill", "border", "alignment"):
                setattr(cell, look, copy(getattr(model, look)))
        letter = get_column_letter(first + n)
        sheet.column_dimensions[letter].width = _WIDTHS[n]
    for row, note in notes.items():
        for n, text in enumerate(note.cells):
            cell = sheet.cell(row, first + n, str(inert(ILLEGAL_CHARACTERS_RE.sub("", text))))
            cell.data_type = "s"
            cell.alignment = Alignment(wrap_text=n == 1, vertical="top")
        sheet.cell(row, first).fill = PatternFill("solid", fgColor=_FILLS[note.word])
    if sheet.auto_filter.ref:
        start = sheet.auto_filter.ref.partition(":")[0]
        sheet.auto_filter.ref = (
            f"{start}:{get_column_letter(first + len(_titles(notes, lang)) - 1)}{sheet.max_row}"
        )
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def csv_with(path: Path, table: GivenTable, notes: Notes, lang: str) -> bytes:
    """A CSV file with the notes behind its last column, in UTF-8 with a mark, as Excel wants it.

    Args:
        path: of the table.
        table: what was read from it.
        notes: for its rows.
        lang: of the column names.
    """
    rows, delimiter = csv_rows(path)
    width = max((n for row in rows for n, cell in enumerate(row, 1) if cell.strip()), default=0)
    rows = [row[:width] for row in rows]
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    for number, cells in enumerate(rows, 1):
        writer.writerow([*map(_harmless, cells), *_beside(number, len(cells), width, table, notes, lang)])
    return (_BOM + out.getvalue()).encode()


def _titles(notes: Notes, lang: str) -> tuple[str, ...]:
    return TITLES[lang][: max((len(note.cells) for note in notes.values()), default=3)]


def _beside(
    number: int, size: int, width: int, table: GivenTable, notes: Notes, lang: str
) -> Iterator[object]:
    added: Sequence[str] = ()
    if number == table.header:
        added = _titles(notes, lang)
    elif number in notes:
        added = notes[number].cells
    if added:
        yield from [""] * (width - size)
        yield from map(inert, added)


def _harmless(cell: str) -> object:
    """A cell of the user's own: signed numbers (+5.2%, -0.3个百分点) stay what they are."""
    return cell if cell[:1] in "+-" and cell[1:2] in _NUMBER_STARTS and "(" not in cell else inert(cell)


def _last_column(sheet: "Worksheet") -> int:
    """The last column in which anything stands."""
    return max(
        (cell.column for row in sheet.iter_rows() for cell in row if cell.value is not None and cell.column),
        default=0,
    )
