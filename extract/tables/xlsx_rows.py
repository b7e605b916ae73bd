"""Reads the rows of a workbook, with bounds on what it may unpack to."""

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from extract.errors import FactsFileError
from extract.messages import Message
from extract.tables.headers import WITHIN

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.cell.read_only import EmptyCell, ReadOnlyCell
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

MAX_PARTS = 1_000
MAX_COLUMNS = 200
MAX_RATIO = 200
"""How many times a workbook may grow on unpacking; real ones stay under 30."""


class Grid(NamedTuple):
    """A sheet.

    Attributes:
        title: its name.
        rows: numbers of its rows, as the spreadsheet shows them, and their cells.
    """

    title: str
    rows: Iterator[tuple[int, list[object]]]


def xlsx_grid(
    path: Path, data: bytes, fits: Callable[[Sequence[object]], bool], *, max_bytes: int, max_rows: int
) -> Grid:
    """The sheet named `facts`, else the first that has a fitting header, else the first that holds anything.

    Args:
        path: for messages.
        data: the file.
        fits: whether a row is the header of a facts table.
        max_bytes: bound on the unpacked size.
        max_rows: rows after these are given only so far that the caller sees there are more.

    Raises:
        FactsFileError: no workbook, a damaged one, an empty one, or one beyond the bounds; also while rows are read.
    """
    refuse_bombs(path, data, max_bytes)
    import openpyxl

    with _damage_told(path):
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        heads = [(sheet, _head(sheet)) for sheet in book.worksheets]
        sheets = [sheet for sheet, rows in heads if rows]
        if not sheets:
            raise FactsFileError(Message("%(path)s: the table is empty", path=path))
        named = [sheet for sheet in sheets if sheet.title.casefold() == "facts"]
        fitting = [sheet for sheet, rows in heads if any(map(fits, rows))]
        sheet = (named + fitting + sheets)[0]
        return Grid(sheet.title, _rows(path, sheet, max_rows))


def _rows(path: Path, sheet: "ReadOnlyWorksheet", max_rows: int) -> Iterator[tuple[int, list[object]]]:
    with _damage_told(path):
        rows = sheet.iter_rows(max_col=MAX_COLUMNS, max_row=max_rows + WITHIN + 2)  # type: ignore[misc]  # the stubs borrow it
        for n, cells in enumerate(rows, 1):
            yield n, [_value(cell) for cell in cells]


@contextmanager
def _damage_told(path: Path) -> Iterator[None]:
    """What a damaged workbook makes of openpyxl, as an error with a hint."""
    from openpyxl.utils.exceptions import InvalidFileException

    damaged = (
        InvalidFileException, zipfile.BadZipFile, zlib.error, KeyError, ValueError, TypeError, AttributeError,
        IndexError, OSError, SyntaxError, EOFError, RuntimeError,
    )  # fmt: skip
    try:
        yield
    except damaged as error:
        raise FactsFileError(
            Message(
                "%(path)s: not a workbook that can be read (%(kind)s: %(error)s)",
                path=path,
                kind=type(error).__name__,
                error=error,
            ),
            hint=Message("Save it again as .xlsx, or as .csv."),
        ) from error


def _head(sheet: "ReadOnlyWorksheet") -> list[Sequence[object]]:
    """The rows within reach of a header that hold anything."""
    sheet.reset_dimensions()  # the size that a sheet declares may be a lie
    rows = sheet.iter_rows(max_col=MAX_COLUMNS, max_row=WITHIN, values_only=True)  # type: ignore[misc]  # the stubs borrow it
    return [row for row in rows if any(value is not None for value in row)]


def require_distinct(path: Path, line: int, header: Sequence[str]) -> None:
    """Refuse a table in which one name heads two columns: which of them counts, nobody can say.

    Raises:
        FactsFileError: naming it.
    """
    names = [name.strip().casefold() for name in header if name.strip()]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise FactsFileError(
            Message(
                "%(path)s, line %(line)s: two columns are named %(twice)s",
                path=path,
                line=line,
                twice=repr(twice),
            ),
            hint=Message("Rename or remove one of them."),
        )


def _value(cell: "Cell | MergedCell | ReadOnlyCell | EmptyCell") -> object:
    """The typed value; a number shown as a percentage becomes the percentage that is shown."""
    value = cell.value
    if isinstance(value, int | float) and not isinstance(value, bool):
        number = Decimal(str(value))
        if "%" in (cell.number_format or ""):
            return f"{(number * 100).normalize():f}%"
        return number
    return value


def refuse_bombs(path: Path, data: bytes, max_bytes: int) -> None:
    """Look at the archive's directory, and for entity declarations, before anything is unpacked or parsed."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            unpacked = sum(part.file_size for part in parts)
            if len(parts) > MAX_PARTS or unpacked > min(max_bytes, MAX_RATIO * len(data)):
                raise FactsFileError(
                    Message(
                        "%(path)s: unpacks to %(unpacked)s bytes in %(number)s parts, too much for a facts table",
                        path=path,
                        unpacked=unpacked,
                        number=len(parts),
                    ),
                    hint=Message("Save it as .csv."),
                )
            for part in parts:
                if part.filename.endswith((".xml", ".rels")) and b"<!" in archive.read(part)[:4096]:
                    raise FactsFileError(
                        Message(
                            "%(path)s: its %(filename)s declares a document type; refused",
                            path=path,
                            filename=part.filename,
                        )
                    )
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, NotImplementedError) as error:
        raise FactsFileError(
            Message("%(path)s: not a workbook (%(error)s)", path=path, error=error),
            hint=Message("Save it again as .xlsx, or as .csv."),
        ) from error
