"""Rows as JSON lines or as CSV."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence

import orjson

from extract.tables.cells import inert, json_cell, written

BOM = "\ufeff"


def json_lines(rows: Iterable[Mapping[str, object]]) -> Iterator[bytes]:
    """One JSON object a line, UTF-8; decimals are text."""
    for row in rows:
        try:
            yield orjson.dumps(row, default=json_cell, option=orjson.OPT_APPEND_NEWLINE)
        except TypeError:  # a lone surrogate, which only an escape can carry
            yield json.dumps(row, default=json_cell).encode("ascii") + b"\n"


def csv_lines(rows: Iterable[Sequence[object]], headers: Sequence[str], *, bom: bool) -> Iterator[bytes]:
    """CSV as RFC 4180 has it: a header, commas, CRLF, quotes where needed, UTF-8.

    Args:
        rows: the cells of each row.
        headers: what stands above them.
        bom: begin with a byte-order mark, without which Excel takes the file for another encoding.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")

    def drained() -> bytes:
        text = buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
        return text.encode("utf-8", "replace")

    writer.writerow(headers)
    yield (BOM.encode() if bom else b"") + drained()
    for row in rows:
        writer.writerow([inert(written(cell)) for cell in row])
        yield drained()
