"""Rows as an Excel workbook: typed cells, filters, a frozen header, each row linked to the sentence that it is from.

The workbook has three sheets: the table, the sentences that its links lead to, and what the columns mean.
"""

import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import TypeVar

import polars as pl
from rustpy_xlsxwriter import Format, write_worksheets

from extract.errors import TableFormatError
from extract.messages import Message
from extract.tables.arrow import as_arrow
from extract.tables.cells import FORMULA_STARTS, flat, inert, numbers
from extract.tables.frames import TYPES, Change, frames, schema
from extract.tables.table import Table

MOST_ROWS = 1_048_575
"""What a sheet holds below its header."""
MOST_CHARACTERS = 32_767
MOST_LINKS = 65_530
"""What Excel follows on one sheet; later rows have none."""
PIECE = 1 << 20
HEADER_COLOR = "#DCE6F1"
NUMBER_FORMAT = "[<1000000]General;#,##0"
"""No exponent for sums of money, no `6.` for 6. The section for negative numbers has to come first, or they lose
their sign when the sheet is saved as text.
"""
SHEET_TYPES = TYPES | {"bool": pl.Int64}
WIDTHS = {"str": 16.0, "int": 9.0, "Decimal": 18.0, "bool": 9.0, "float": 9.0}
QUOTE_WIDTH = 100.0
QUOTE, REPORT, REPORT_ID = "quote", "report", "report_id"
SHEETS = {False: ("quotes", "columns"), True: ("原文", "说明")}
LINK = {False: " link", True: "链接"}
QUOTE_HEADERS = {False: ("report_id", "quote"), True: ("报告编号", "原文")}
MEANING_HEADERS = {
    False: ("column", "中文", "type", "meaning", "含义"),
    True: ("列名", "中文", "类型", "meaning", "含义"),
}

Row = TypeVar("Row")
SheetRow = Mapping[str, object]


def sheet_frames(table: Table[Row], rows: Iterable[Row]) -> Iterator[pl.DataFrame]:
    """The rows with cells that a sheet can hold; arguments as in `extract.tables.frames.frames`."""
    return frames(table, rows, SHEET_TYPES, _change)


def workbook(table: Table[Row], data: Iterable[pl.DataFrame], *, chinese: bool) -> Iterator[bytes]:
    """A workbook with the rows, their sentences, and what the columns mean.

    Args:
        table: what the rows are.
        data: its rows as `sheet_frames` gives them, read once and never held together.
        chinese: Chinese headers and sheet names instead of English ones.

    Yields:
        The file, in pieces.

    Raises:
        TableFormatError: there are more rows than a sheet can hold.
    """
    sheets = _Sheets(table, chinese=chinese)
    with tempfile.TemporaryFile() as file, as_arrow(sheets.rows(data)) as rows:
        write_worksheets(
            [
                (sheets.name, rows),
                (sheets.quotes_name, sheets.quote_rows()),
                (sheets.meanings_name, sheets.meaning_rows()),
            ],
            file,
            freeze_panes={"general": {"row": 1, "col": 0}},
            autofilter={"general": True},
            header_format={"general": Format().set_bold().set_background_color(HEADER_COLOR)},
            column_widths=sheets.widths(),
            column_formats=sheets.formats(),
            url_columns={sheets.name: sheets.links()},
        )
        file.seek(0)
        while piece := file.read(PIECE):
            yield piece


class _Sheets:
    """The rows of the three sheets. Those of the table come first: they say which sentences there are."""

    def __init__(self, table: Table[Row], *, chinese: bool) -> None:
        self.name = table.title(chinese=chinese)
        self.quotes_name, self.meanings_name = SHEETS[chinese]
        self._columns = table.columns
        self._headers = table.headers(chinese=chinese)
        self._empty = schema(table, SHEET_TYPES).to_frame()
        self._quote_headers, self._meaning_headers = QUOTE_HEADERS[chinese], MEANING_HEADERS[chinese]
        self._link = LINK[chinese]
        self._quoted = tuple(_quoted(table.names))
        self._quotes: dict[tuple[str, str], int] = {}
        self._linked = 0

    def rows(self, data: Iterable[pl.DataFrame]) -> Iterator[pl.DataFrame]:
        """The table, with a link beside each quote."""
        count = 0
        for part in chain([self._empty], data):  # a table without rows has its header
            count += part.height
            if count > MOST_ROWS:
                raise TableFormatError(
                    Message(
                        "A sheet holds at most %(most)s rows, and %(name)s has more.",
                        most=f"{MOST_ROWS:,}",
                        name=self.name,
                    )
                )
            renamed = part.rename(dict(zip(part.columns, self._headers, strict=True)))
            yield renamed.with_columns(self._links(part))

    def _links(self, part: pl.DataFrame) -> list[pl.Series]:
        """The columns of links of some rows: where their quotes stand, until there are as many as Excel follows."""
        rows: list[list[str | None]] = []
        if self._linked < MOST_LINKS:
            pairs = [
                part.select(part.columns[report], part.columns[quote]).rows()
                for quote, report in self._quoted
            ]
            rows = [[self._target(*pair) for pair in row] for row in zip(*pairs, strict=True)]
        columns = zip(*rows, strict=True) if rows else [[None] * part.height] * len(self._quoted)
        return [
            pl.Series(name, column, pl.String) for name, column in zip(self.links(), columns, strict=True)
        ]

    def _target(self, report_id: str, quote: str | None) -> str | None:
        if quote is None or self._linked >= MOST_LINKS:
            return None
        self._linked += 1
        place = self._quotes.setdefault((report_id, quote), len(self._quotes) + 2)  # below the header
        return f"internal:'{self.quotes_name}'!B{place}"

    def quote_rows(self) -> Iterator[SheetRow]:
        """Each sentence that is linked to, once."""
        if not self._quotes:
            yield dict.fromkeys(self._quote_headers)
        for key in self._quotes:
            yield dict(zip(self._quote_headers, key, strict=True))

    def meaning_rows(self) -> Iterator[SheetRow]:
        """Each column of the table."""
        for one in self._columns:
            meaning = (one.name, one.zh, one.base, one.meaning_en, one.meaning_zh)
            yield dict(zip(self._meaning_headers, meaning, strict=True))

    def links(self) -> dict[str, str]:
        """The columns of links, and those whose text they show."""
        return {self._headers[quote] + self._link: self._headers[report] for quote, report in self._quoted}

    def widths(self) -> dict[str, dict[str, float] | list[float]]:
        """How wide the columns are, in characters."""
        own = {
            header: WIDTHS.get(column.base, WIDTHS["str"])
            for header, column in zip(self._headers, self._columns, strict=True)
        }
        return {
            self.name: own | dict.fromkeys(self.links(), WIDTHS["str"]),
            self.quotes_name: dict(zip(self._quote_headers, (24.0, QUOTE_WIDTH), strict=True)),
            self.meanings_name: dict(zip(self._meaning_headers, (20.0, 16.0, 10.0, 70.0, 70.0), strict=True)),
        }

    def formats(self) -> dict[str, dict[str, Format] | list[Format]]:
        """How numbers and long sentences are shown."""
        amount = Format().set_num_format(NUMBER_FORMAT)
        return {
            self.name: {
                header: amount
                for header, column in zip(self._headers, self._columns, strict=True)
                if column.base == "Decimal"
            },
            self.quotes_name: {self._quote_headers[1]: Format().set_text_wrap()},
        }


def _quoted(names: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where the quotes stand in a row, and the reports that they are from."""
    for n, name in enumerate(names):
        if name.endswith(QUOTE):
            report = name.removesuffix(QUOTE) + REPORT
            yield n, names.index(report if report in names else REPORT_ID)


def _texts(cells: Iterable[object]) -> Sequence[object]:
    """Cells that are inert, and no longer than a cell can be; most are alike, and hardly any has to be changed."""
    column = list(cells)
    changed = {cell: text for cell in set(column) if (text := _text(cell)) is not cell}
    return [changed.get(cell, cell) for cell in column] if changed else column


def _text(cell: object) -> object:
    if isinstance(cell, str) and cell[:1] not in FORMULA_STARTS and len(cell) <= MOST_CHARACTERS:
        return cell
    text = flat(cell)
    if not isinstance(text, str):
        return text
    text = str(inert(text))
    return text if len(text) <= MOST_CHARACTERS else f"{text[: MOST_CHARACTERS - 1]}…"


def _flags(cells: Iterable[object]) -> list[int | None]:
    """1 or 0: LibreOffice saves TRUE and FALSE as formulas."""
    return [None if cell is None else int(bool(cell)) for cell in cells]


_CHANGES: Mapping[str, Change | None] = {"Decimal": numbers, "bool": _flags, "int": None, "float": None}


def _change(base: str) -> Change | None:
    """What becomes of columns, by their types."""
    return _CHANGES.get(base, _texts)
