"""Rows as JSON lines or as CSV."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

import orjson

from extract.tables.cells import FORMULA_STARTS, inert, json_cell, written

BOM = "\ufeff"


def json_lines(rows: Iterable[Mapping[str, object]]) -> Iterator[bytes]:
    """One JSON object a line, UTF-8; decimals are text."""
    for row in rows:
        try:
            yield orjson.dumps(row, default=json_cell, option=orjson.OPT_APPEND_NEWLINE)
        except TypeError:  # a lone surrogate, which only an escape can carry
            yield json.dumps(row, default=json_cell).encode("ascii") + b"\n"


def csv_header(headers: Sequence[str], *, bom: bool) -> bytes:
    """The first line of a CSV file.

    Args:
        headers: what stands above the columns.
        bom: begin with a byte-order mark, without which Excel takes the file for another encoding.
    """
    return (BOM.encode() if bom else b"") + b"".join(csv_lines([headers]))


def csv_lines(rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    """CSV as RFC 4180 has it: commas, CRLF, quotes where needed, UTF-8."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    for row in rows:
        writer.writerow([_csv_cell(cell) for cell in row])
        text = buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
        yield text.encode("utf-8", "replace")


def _csv_cell(cell: object) -> object:
    """A cell as text, inert. It is asked for millions of times."""
    kind = cell.__class__
    if cell is None or kind is int or (kind is str and str(cell)[:1] not in FORMULA_STARTS):
        return cell
    return inert(written(cell))
