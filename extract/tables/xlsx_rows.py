"""Reads the rows of a workbook, with bounds on what it may unpack to."""

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from extract.errors import FactsFileError

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.cell.read_only import EmptyCell, ReadOnlyCell
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

MAX_PARTS = 1_000
MAX_COLUMNS = 200
HEADER_WITHIN = 100
"""Rows in which the header has to stand."""
MAX_RATIO = 200
"""How many times a workbook may grow on unpacking; real ones stay under 30."""


def xlsx_rows(
    path: Path, data: bytes, fits: Callable[[Sequence[str]], bool], *, max_bytes: int, max_rows: int
) -> Iterator[tuple[int, Mapping[str, object]]]:
    """Row numbers and rows of the sheet named `facts`, else of the first whose header fits, else of the first.

    Args:
        path: for messages.
        data: the file.
        fits: whether a header is that of a facts table.
        max_bytes: bound on the unpacked size.
        max_rows: rows after these are given only so far that the caller sees there are more.

    Raises:
        FactsFileError: no workbook, a damaged one, an empty one, or one beyond the bounds; two columns of one
            name.
    """
    _refuse_bombs(path, data, max_bytes)
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    damaged = (
        InvalidFileException, zipfile.BadZipFile, zlib.error, KeyError, ValueError, TypeError, AttributeError,
        IndexError, OSError, SyntaxError, EOFError, RuntimeError,
    )  # fmt: skip
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheets = [sheet for sheet in book.worksheets if _header(sheet) is not None]
        if not sheets:
            raise FactsFileError(f"{path}: the table is empty")
        named = [sheet for sheet in sheets if sheet.title.casefold() == "facts"]
        fitting = [sheet for sheet in sheets if fits(_names(sheet))]
        sheet = (named + fitting + sheets)[0]
        names, first = _names(sheet), _header(sheet)
        assert first is not None
        require_distinct(path, first[0], names)
        for n, cells in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS, max_row=max_rows + 2), 1):
            if n > first[0]:
                yield n, {name: _value(cell) for name, cell in zip(names, cells, strict=False) if name}
    except damaged as error:
        raise FactsFileError(
            f"{path}: no workbook that can be read ({type(error).__name__}: {error})",
            hint="Save it again as .xlsx, or as .csv.",
        ) from error


def _header(sheet: "ReadOnlyWorksheet") -> tuple[int, Sequence[object]] | None:
    """Number and values of the first row that holds anything, within reach; None for an empty sheet."""
    sheet.reset_dimensions()  # the size that a sheet declares may be a lie
    rows = sheet.iter_rows(max_col=MAX_COLUMNS, max_row=HEADER_WITHIN, values_only=True)  # type: ignore[misc]  # the stubs borrow it
    return next(((n, row) for n, row in enumerate(rows, 1) if any(v is not None for v in row)), None)


def _names(sheet: "ReadOnlyWorksheet") -> list[str]:
    found = _header(sheet)
    return ["" if value is None else str(value) for value in found[1]] if found else []


def require_distinct(path: Path, line: int, header: Sequence[str]) -> None:
    """Refuse a table in which one name heads two columns: which of them counts, nobody can say.

    Raises:
        FactsFileError: naming it.
    """
    names = [name.strip().casefold() for name in header if name.strip()]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise FactsFileError(
            f"{path}, line {line}: two columns are named {twice!r}", hint="Rename or remove one of them."
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


def _refuse_bombs(path: Path, data: bytes, max_bytes: int) -> None:
    """Look at the archive's directory, and for entity declarations, before anything is unpacked or parsed."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            unpacked = sum(part.file_size for part in parts)
            if len(parts) > MAX_PARTS or unpacked > min(max_bytes, MAX_RATIO * len(data)):
                raise FactsFileError(
                    f"{path}: unpacks to {unpacked} bytes in {len(parts)} parts, too much for a facts table",
                    hint="Save it as .csv.",
                )
            for part in parts:
                if part.filename.endswith((".xml", ".rels")) and b"<!" in archive.read(part)[:4096]:
                    raise FactsFileError(f"{path}: its {part.filename} declares a document type; refused")
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, NotImplementedError) as error:
        raise FactsFileError(
            f"{path}: no workbook ({error})", hint="Save it again as .xlsx, or as .csv."
        ) from error
