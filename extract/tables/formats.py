"""The kinds of files that a table is written as."""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from itertools import chain
from pathlib import Path
from typing import TypeVar

from extract.errors import UsageError
from extract.messages import Message
from extract.tables.table import Table

Row = TypeVar("Row")


class FileFormat(StrEnum):
    """How a table is written."""

    JSONL = "jsonl"
    CSV = "csv"
    XLSX = "xlsx"
    PARQUET = "parquet"
    DTA = "dta"

    @property
    def is_text(self) -> bool:
        """Whether a terminal can show it."""
        return self in {FileFormat.JSONL, FileFormat.CSV}


_OF_LINES = frozenset({"", "json", "ndjson", "txt"})
"""Names that JSON lines may have, too."""


def format_of(path: Path) -> FileFormat:
    """What a file's name says that it is; JSON lines where it says nothing.

    Raises:
        UsageError: it says something that no table is written as.
    """
    suffix = path.suffix.lower().removeprefix(".")
    if suffix in set(FileFormat):
        return FileFormat(suffix)
    if suffix in _OF_LINES:
        return FileFormat.JSONL
    raise UsageError(
        Message("Tables cannot be written as .%(suffix)s.", suffix=suffix),
        hint=Message("Name the output .%(formats)s, or choose a --format.", formats=", .".join(FileFormat)),
    )


def rendered(
    table: Table[Row],
    rows: Iterable[Row],
    file_format: FileFormat,
    *,
    bom: bool = False,
    chinese: bool = False,
) -> Iterator[bytes]:
    """A table as the bytes of a file, in pieces.

    Args:
        table: what the rows are.
        rows: read once; those of `jsonl`, `csv`, `xlsx` and `parquet` are never held together.
        file_format: which kind of file.
        bom: CSV begins with a byte-order mark.
        chinese: Chinese headers; JSON lines keep their keys, and Stata has Chinese labels of variables.

    Raises:
        TableFormatError: the file cannot hold the rows.
    """
    return whole(table, prepared(table, rows, file_format), file_format, bom=bom, chinese=chinese)


def prepared(table: Table[Row], rows: Iterable[Row], file_format: FileFormat) -> Iterator[bytes]:
    """Rows made ready for a kind of file, in pieces; several processes may do so with parts of a table."""
    match file_format:
        case FileFormat.JSONL:
            from extract.tables.write import json_lines

            return json_lines(dict(zip(table.names, table.cells(row), strict=True)) for row in rows)
        case FileFormat.CSV:
            from extract.tables.write import csv_lines

            return csv_lines(map(table.cells, rows))
        case FileFormat.XLSX:
            from extract.tables.frames import packed
            from extract.tables.workbook import sheet_frames

            return map(packed, sheet_frames(table, rows))
        case FileFormat.PARQUET | FileFormat.DTA:
            from extract.tables.frames import frames, packed

            return map(packed, frames(table, rows))


def whole(
    table: Table[Row],
    pieces: Iterable[bytes],
    file_format: FileFormat,
    *,
    bom: bool = False,
    chinese: bool = False,
) -> Iterator[bytes]:
    """The file of pieces that `prepared` gave; arguments and errors as in `rendered`."""
    match file_format:
        case FileFormat.JSONL:
            return iter(pieces)
        case FileFormat.CSV:
            from extract.tables.write import csv_header

            return chain([csv_header(table.headers(chinese=chinese), bom=bom)], pieces)
        case FileFormat.XLSX:
            from extract.tables.frames import unpacked
            from extract.tables.workbook import workbook

            return workbook(table, unpacked(pieces), chinese=chinese)
        case FileFormat.PARQUET:
            from extract.tables.frames import parquet, unpacked

            return parquet(table, unpacked(pieces), chinese=chinese)
        case FileFormat.DTA:
            from extract.tables.frames import stata, unpacked

            return stata(table, unpacked(pieces), chinese=chinese)
