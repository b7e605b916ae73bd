"""Rows as polars data frames, and from there as Parquet and Stata files.

Decimals become doubles, which analysts compute with: a double keeps all decimals of up to 15 digits as printed.
JSON lines and CSV hold the decimals themselves.
"""

import io
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from textwrap import shorten
from typing import Any, TypeVar

import polars as pl
from polars.io.plugins import register_io_source

from extract.errors import TableFormatError
from extract.messages import Message
from extract.tables.cells import flat, numbers
from extract.tables.table import Cells, Table

BATCH = 10_000
PIECE = 1 << 20
TYPES: dict[str, type[pl.DataType]] = {
    "str": pl.String,
    "int": pl.Int64,
    "Decimal": pl.Float64,
    "float": pl.Float64,
    "bool": pl.Boolean,
}
STATA_LABEL = 80
"""The longest label of a variable, in characters."""
STATA_VERSION = 15
"""The file format of Stata 14 and later, the first with Unicode."""

Row = TypeVar("Row")
Change = Callable[[Iterable[object]], Sequence[object]]
"""What becomes of the cells of a column."""


def schema(table: Table[Row], types: Mapping[str, type[pl.DataType]] = TYPES) -> pl.Schema:
    """The types of a table's columns; what holds several things is text."""
    return pl.Schema({column.name: types.get(column.base, pl.String)() for column in table.columns})


def frame(table: Table[Row], rows: Iterable[Row]) -> pl.DataFrame:
    """All rows as one data frame with the schema of the table."""
    batches = list(frames(table, rows))
    return pl.concat(batches, rechunk=True) if batches else schema(table).to_frame()


def frames(
    table: Table[Row],
    rows: Iterable[Row],
    types: Mapping[str, type[pl.DataType]] = TYPES,
    change: Callable[[str], Change | None] | None = None,
) -> Iterator[pl.DataFrame]:
    """The rows as data frames of some thousands each.

    Args:
        table: what the rows are.
        rows: read once and never held together.
        types: by the types of the columns.
        change: what becomes of columns, by their types; None where they stay. Doubles and text by default.
    """
    kinds = schema(table, types)
    changes = [(change or _change)(column.base) for column in table.columns]
    cells: Iterator[Cells] = map(table.cells, rows)
    while batch := list(islice(cells, BATCH)):
        columns: dict[str, Any] = {
            name: each(column) if each else column
            for name, each, column in zip(kinds, changes, zip(*batch, strict=True), strict=True)
        }
        yield pl.DataFrame(columns, schema=kinds)


def packed(data: pl.DataFrame) -> bytes:
    """A data frame as an Arrow stream of its own, as it goes from one process to another."""
    buffer = io.BytesIO()
    data.write_ipc_stream(buffer, compat_level=pl.CompatLevel.oldest())
    return buffer.getvalue()


def unpacked(pieces: Iterable[bytes]) -> Iterator[pl.DataFrame]:
    """The data frames again, one at a time."""
    return map(pl.read_ipc_stream, pieces)


def meanings(table: Table[Row]) -> pl.DataFrame:
    """What the columns of a table are called and mean."""
    rows = [(one.name, one.zh, one.base, one.meaning_en, one.meaning_zh) for one in table.columns]
    return pl.DataFrame(rows, schema=["column", "zh", "type", "meaning", "含义"], orient="row")


def parquet(table: Table[Row], data: Iterable[pl.DataFrame], *, chinese: bool) -> Iterator[bytes]:
    """A Parquet file, in pieces; the data frames are read once and never held together."""
    lazy = register_io_source(lambda *_: iter(data), schema=schema(table))
    if chinese:
        lazy = lazy.rename(dict(zip(table.names, table.headers(chinese=True), strict=True)))

    def write(path: Path) -> None:
        lazy.sink_parquet(path, maintain_order=True)

    return _file(write)


def stata(table: Table[Row], data: Iterable[pl.DataFrame], *, chinese: bool) -> Iterator[bytes]:
    """A Stata file, in pieces; its variables have English names, and labels in either language.

    Raises:
        TableFormatError: a number is larger than Stata can hold.
    """
    from pyreadstat import write_dta

    batches = [schema(table).to_frame(), *data]
    whole = pl.concat(batches).cast(
        {column.name: pl.Int32 for column in table.columns if column.base == "int"}
    )
    labels: list[str | None] = [
        shorten(column.zh if chinese else column.meaning_en, STATA_LABEL, placeholder=" …")
        for column in table.columns
    ]

    def write(path: Path) -> None:
        try:
            write_dta(
                whole,
                str(path),
                file_label=table.title(chinese=chinese),
                column_labels=labels,
                version=STATA_VERSION,
            )
        except Exception as error:
            raise TableFormatError(
                Message("Stata cannot hold this table (%(error)s).", error=error)
            ) from error

    return _file(write)


def _change(base: str) -> Change | None:
    if base == "Decimal":
        return numbers
    return None if base in TYPES else lambda cells: [flat(cell) for cell in cells]


def _file(write: Callable[[Path], None]) -> Iterator[bytes]:
    """What is written at a path, in pieces."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "table")
        write(path)
        with path.open("rb") as file:
            while piece := file.read(PIECE):
                yield piece
