"""Reads the rows of a workbook, with bounds on what it may unpack to."""

import io
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from extract.errors import FactsFileError

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.cell.read_only import EmptyCell, ReadOnlyCell

MAX_PARTS = 1_000
MAX_COLUMNS = 200
MAX_RATIO = 200
"""How many times a workbook may grow on unpacking; real ones stay under 30."""


def xlsx_rows(
    path: Path, data: bytes, *, max_bytes: int, max_rows: int
) -> Iterator[tuple[int, Mapping[str, object]]]:
    """Row numbers and rows of the sheet named `facts`, else of the first one.

    Args:
        path: for messages.
        data: the file.
        max_bytes: bound on the unpacked size.
        max_rows: rows after these are given only so far that the caller sees there are more.

    Raises:
        FactsFileError: no workbook, a damaged one, or one beyond the bounds.
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
        names = {name.casefold(): name for name in book.sheetnames}
        sheet = book[names.get("facts", book.sheetnames[0])]
        sheet.reset_dimensions()  # the size that a sheet declares may be a lie
        header: list[str] | None = None
        for n, cells in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS, max_row=max_rows + 2), 1):
            if header is None:
                if any(cell.value is not None for cell in cells):
                    header = ["" if cell.value is None else str(cell.value) for cell in cells]
                continue
            yield n, {name: _value(cell) for name, cell in zip(header, cells, strict=False) if name}
    except damaged as error:
        raise FactsFileError(
            f"{path}: no workbook that can be read ({type(error).__name__}: {error})",
            hint="Save it again as .xlsx, or as .csv.",
        ) from error


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
