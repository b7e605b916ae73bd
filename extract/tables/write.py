"""Rows as JSON lines or as CSV."""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

import orjson

BOM = "\ufeff"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
PLAIN_NUMBER = re.compile(r"-\d+(?:\.\d+)?")


def json_lines(rows: Iterable[Mapping[str, object]]) -> Iterator[bytes]:
    """One JSON object a line, UTF-8."""
    for row in rows:
        try:
            yield orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE)
        except TypeError:  # a lone surrogate, which only an escape can carry
            yield json.dumps(row).encode("ascii") + b"\n"


def csv_lines(rows: Iterable[Mapping[str, object]], columns: Sequence[str], *, bom: bool) -> Iterator[bytes]:
    """CSV as RFC 4180 has it: a header, commas, CRLF, quotes where needed, UTF-8.

    Args:
        rows: the content.
        columns: the header, in order.
        bom: begin with a byte-order mark, without which Excel takes the file for another encoding.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")

    def drained() -> bytes:
        text = buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
        return text.encode("utf-8", "replace")

    writer.writerow(columns)
    yield (BOM.encode() if bom else b"") + drained()
    for row in rows:
        writer.writerow([inert(row[column]) for column in columns])
        yield drained()


def inert(cell: object) -> object:
    """A cell that no spreadsheet takes for a formula; numbers stay numbers."""
    if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) and not PLAIN_NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell
