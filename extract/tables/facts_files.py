"""Reads a facts table that somebody wants checked: JSON lines, CSV or XLSX."""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from extract.checks.stated import GivenFact
from extract.errors import FactsFileError
from extract.messages import Message
from extract.regular_files import hint_about, read_regular
from extract.tables.fact_rows import COLUMNS, RowError, columns_of, fact_of, is_nothing, usable
from extract.tables.headers import WITHIN, Header, header_of, is_header, wide_columns
from extract.tables.xlsx_rows import require_distinct, xlsx_grid

MAX_BYTES = 50_000_000
"""The largest table that is read, as it lies on the disk and as it unpacks."""

MAX_ROWS = 200_000

JSON = frozenset({".jsonl", ".ndjson", ".json"})

_REMARK = re.compile(
    r"(?:注释?|备注|说明|数据来源|资料来源|来源|notes?|sources?)\s*\d*\s*[:：.、]", re.IGNORECASE
)

Row = Mapping[str, object]


class GivenRow(NamedTuple):
    """A fact, and where in somebody's table it stands.

    Attributes:
        fact: what it states.
        row: number of its row, as a spreadsheet shows it; of its line in JSON.
        region: whose it is, as it is written there, or None.
        report_year: of the report that it is said to be from, or None.
        column: header of its column where each indicator has one, or None.
    """

    fact: GivenFact
    row: int
    region: str | None = None
    report_year: str | None = None
    column: str | None = None


class GivenTable(NamedTuple):
    """A table that somebody wants checked.

    Attributes:
        rows: its facts.
        sheet: the name of its sheet; None for what is no workbook.
        header: number of the row of its header; None in JSON.
    """

    rows: tuple[GivenRow, ...]
    sheet: str | None = None
    header: int | None = None


def read_facts(path: Path) -> list[GivenFact]:
    """The facts of a table; as `read_table`."""
    return [one.fact for one in read_table(path).rows]


def read_table(path: Path) -> GivenTable:
    """Read a table of facts.

    Args:
        path: a `.jsonl`, `.csv`, `.tsv` or `.xlsx` file with the columns of `COLUMNS`; `value` or `text` is required,
            or a column for each indicator beside one for the region. Titles, blank rows and a line with the unit may
            stand above the header. A number may be plain (`537030000000`) or as printed (`5,370.3`, `5370.3亿元`, `7%`).

    Returns:
        One fact a number, in the order of the rows; what the table has no column for is ABSENT.

    Raises:
        FactsFileError: the file is missing, too large, of no known kind, or lacks a column, or a row cannot
            be understood; the message names the columns or the line.
    """
    data, suffix = _bytes(path), path.suffix.lower()
    if suffix in JSON:
        return GivenTable(tuple(_from_json(path, _text(path, data))))
    if suffix == ".xlsx":
        title, grid = xlsx_grid(path, data, is_header, max_bytes=MAX_BYTES, max_rows=MAX_ROWS)
        return _from_grid(path, ((n, n, cells) for n, cells in grid), title)
    if suffix in {".csv", ".tsv", ".txt"}:
        return _from_grid(path, _csv_grid(path, data), None)
    raise FactsFileError(
        Message(
            "%(path)s: tables of the kind %(suffix)s are not read",
            path=path,
            suffix=suffix or Message("without a suffix"),
        ),
        hint=Message("Give a .jsonl, .csv or .xlsx file."),
    )


def _from_json(path: Path, text: str) -> Iterator[GivenRow]:
    for n, (line, row) in enumerate(_json_rows(path, text)):
        _bounded(path, n)
        _require_columns(path, line, row)
        yield GivenRow(
            _fact(path, line, n, row),
            line,
            region=_told(row.get("region")),
            report_year=_told(row.get("report_year")),
        )


def _from_grid(path: Path, grid: Iterable[tuple[int, int, list[object]]], sheet: str | None) -> GivenTable:
    """A table from its rows: each with its number as a spreadsheet shows it, its line, and its cells."""
    rows = iter(grid)
    above: list[tuple[int, int, list[object]]] = []
    for one in rows:
        above.append(one)
        if is_header(one[2]) or one[0] >= WITHIN:
            break
    filled = [one for one in above if not all(map(is_nothing, one[2]))]
    if not filled:
        raise FactsFileError(Message("%(path)s: the table is empty", path=path))
    number, line, cells = next((one for one in filled if is_header(one[2])), filled[0])
    header = header_of(cells, (one[2] for one in filled if one[0] < number))
    require_distinct(path, line, header.names)
    if not header.wide:
        _require_columns(path, line, dict.fromkeys(header.names))
    rows = chain((one for one in above if one[0] > number), rows)
    return GivenTable(tuple(_given(path, header, rows)), sheet, number)


def _given(path: Path, header: Header, rows: Iterable[tuple[int, int, list[object]]]) -> Iterator[GivenRow]:
    names, count, last = header.names, 0, dict[int, object]()
    for number, line, cells in rows:
        if all(map(is_nothing, cells)) or _is_remark(cells):
            continue
        if any(not is_nothing(cell) for cell in cells[len(names) :]):
            raise FactsFileError(
                Message(
                    "%(path)s, line %(line)s: %(number)s cells, but %(columns)s columns",
                    path=path,
                    line=line,
                    number=len(cells),
                    columns=len(names),
                ),
                hint=Message("Put cells that contain the delimiter, such as 1,234, in quotation marks."),
            )
        cells.extend([""] * (len(names) - len(cells)))
        for place in (
            header.region,
            header.report_year,
        ):  # a region that is merged over its rows stands in the first
            if place is not None:
                last[place] = last.get(place) if is_nothing(cells[place]) else cells[place]
        region, report_year = (
            None if at is None else _told(last[at]) for at in (header.region, header.report_year)
        )
        row = {name: cell for name, cell in zip(names, cells, strict=False) if name}
        if header.unit:
            row["unit"] = header.unit
        if not header.wide:
            _bounded(path, count)
            yield GivenRow(_fact(path, line, count, row), number, region, report_year)
            count += 1
        for wide in header.wide:
            if not is_nothing(cells[wide.column]):
                _bounded(path, count)
                stated = {**_without(row, wide.cells), **wide.cells, "value": cells[wide.column]}
                yield GivenRow(
                    _fact(path, line, count, stated), number, region, report_year, names[wide.column]
                )
                count += 1


def _without(row: Row, columns: Iterable[str]) -> Row:
    """A row without what the header of a number says better: 2024年GDP增速 is of 2024 in a row of 2025."""
    known = columns_of(row)
    said = {known[column] for column in columns if column in known}
    return {name: cell for name, cell in row.items() if name not in said}


def _fact(path: Path, line: int, n: int, row: Row) -> GivenFact:
    try:
        return fact_of(n, row)
    except RowError as error:
        raise FactsFileError(
            Message("%(path)s, line %(line)s: %(error)s", path=path, line=line, error=error)
        ) from error


def _bounded(path: Path, count: int) -> None:
    if count >= MAX_ROWS:
        raise FactsFileError(
            Message("%(path)s: more than %(number)s rows", path=path, number=MAX_ROWS),
            hint=Message("Split the table."),
        )


def _told(cell: object) -> str | None:
    """A region or a year as it is written."""
    if is_nothing(cell):
        return None
    if isinstance(cell, date):
        return str(cell.year)
    return f"{cell:f}" if isinstance(cell, Decimal) else str(cell).strip()


def _is_remark(cells: Sequence[object]) -> bool:
    """Whether a row is a remark below a table: 注：…, 数据来源：…"""
    filled = [cell for cell in cells if not is_nothing(cell)]
    return len(filled) == 1 and isinstance(filled[0], str) and _REMARK.match(filled[0].strip()) is not None


def _bytes(path: Path) -> bytes:
    try:
        if not path.exists() or path.is_dir():
            raise FactsFileError(
                Message("%(path)s: there is no such file", path=path),
                hint=Message("Check the path of the facts table."),
            )
        if path.stat().st_size > MAX_BYTES:
            raise FactsFileError(
                Message("%(path)s: larger than %(number)s bytes", path=path, number=MAX_BYTES),
                hint=Message("Split the table."),
            )
        data = read_regular(path, MAX_BYTES)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        raise FactsFileError(
            Message("%(path)s: cannot be read (%(error)s)", path=path, error=_reason(error)),
            hint=hint_about(error, Message("Check the file's permissions.")),
        ) from error
    if not data.strip():
        raise FactsFileError(Message("%(path)s: the table is empty", path=path))
    return data


def _reason(error: Exception) -> object:
    return error.strerror or error if isinstance(error, OSError) else error


def _text(path: Path, data: bytes) -> str:
    """The text of a table; Excel writes UTF-8 with a mark, GB18030, or UTF-16 with a mark."""
    encodings = ("utf-16",) if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FactsFileError(
        Message("%(path)s: neither UTF-8 nor GB18030", path=path), hint=Message("Save the table as UTF-8.")
    )


def _json_rows(path: Path, text: str) -> Iterator[tuple[int, Row]]:
    """One object a line; a single array of objects will do as well."""
    if text.lstrip().startswith("["):
        items = _json(path, 1, text)
        assert isinstance(items, list)
        for n, item in enumerate(items, 1):
            yield n, _object(path, n, item)
        return
    for n, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield n, _object(path, n, _json(path, n, line))


def _json(path: Path, line: int, text: str) -> object:
    try:
        # Decimal keeps every digit, and a number of a thousand digits is refused later, with its line.
        parsed: object = json.loads(text, parse_float=Decimal, parse_int=Decimal)
    except (ValueError, ArithmeticError, RecursionError) as error:
        raise FactsFileError(
            Message("%(path)s, line %(line)s: not valid JSON (%(error)s)", path=path, line=line, error=error)
        ) from error
    return parsed


def _object(path: Path, line: int, item: object) -> Row:
    if not isinstance(item, dict):
        raise FactsFileError(
            Message("%(path)s, line %(line)s: each line must be a JSON object", path=path, line=line)
        )
    return item


def csv_rows(path: Path) -> tuple[list[list[str]], str]:
    """The rows of a CSV file as they stand, without Excel's remark on the delimiter, and the delimiter.

    Raises:
        FactsFileError: as `read_table`.
    """
    text, _ = _plain_text(path, _bytes(path))
    delimiter = _delimiter(text)
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)), delimiter


def _csv_grid(path: Path, data: bytes) -> Iterator[tuple[int, int, list[object]]]:
    text, skipped = _plain_text(path, data)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        for n, cells in enumerate(reader, 1):
            yield n, reader.line_num + skipped, list(cells)
    except csv.Error as error:
        raise FactsFileError(
            Message(
                "%(path)s, line %(line)s: %(error)s",
                path=path,
                line=max(reader.line_num, 1) + skipped,
                error=error,
            )
        ) from error


def _plain_text(path: Path, data: bytes) -> tuple[str, int]:
    """The text of a CSV file without Excel's own remark on the delimiter, and how many lines were left out."""
    text = (
        _text(path, data).replace("\r\n", "\n").replace("\r", "\n")
    )  # old Macintoshes end lines with CR alone
    first, _, rest = text.partition("\n")
    return (rest, 1) if first.strip().lower().startswith("sep=") else (text, 0)


def _delimiter(text: str) -> str:
    """The mark that divides one of the first lines into the most known columns, else into the most cells."""
    lines = text.split("\n", WITHIN)[:WITHIN]

    def known(mark: str) -> tuple[int, int]:
        try:
            rows = [next(csv.reader([line], delimiter=mark), []) for line in lines]
        except csv.Error:  # the line is refused when the table is read, with its number
            return 0, 0
        heads = [row for row in rows if is_header(row)]
        return max((len(columns_of(row)) + len(wide_columns(row)) for row in heads), default=0), max(
            map(len, rows)
        )

    return max(",;\t", key=known)


def _require_columns(path: Path, line: int, row: Row) -> None:
    if not usable(columns_of(row)):
        found = ", ".join(str(header)[:40] for header in list(row)[:20]) or "none"
        others = ", ".join(column for column in COLUMNS if column not in {"value", "text"})
        raise FactsFileError(
            Message(
                "%(path)s, line %(line)s: no column for the number; found: %(found)s; expected "
                "`value` or `text`, and any of %(others)s",
                path=path,
                line=line,
                found=found,
                others=others,
            )
        )
