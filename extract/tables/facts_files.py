"""Reads a facts table that somebody wants checked: JSON lines, CSV or XLSX."""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from extract.checks.stated import GivenFact
from extract.errors import FactsFileError
from extract.tables.fact_rows import COLUMNS, RowError, columns_of, fact_of, is_nothing, usable
from extract.tables.xlsx_rows import require_distinct, xlsx_rows

MAX_BYTES = 50_000_000
"""The largest table that is read, as it lies on the disk and as it unpacks."""

MAX_ROWS = 200_000

JSON = frozenset({".jsonl", ".ndjson", ".json"})

Row = Mapping[str, object]


def read_facts(path: Path) -> list[GivenFact]:
    """Read a facts table.

    Args:
        path: a `.jsonl`, `.csv`, `.tsv` or `.xlsx` file with the columns of `COLUMNS`; `value` or `text` is
            required. A number may be plain (`537030000000`) or as printed (`5,370.3`, `5370.3亿元`, `7%`).

    Returns:
        One fact a row, in the order of the rows; what the table has no column for is ABSENT.

    Raises:
        FactsFileError: the file is missing, too large, of no known kind, or lacks a column, or a row cannot
            be understood; the message names the columns or the line.
    """
    facts: list[GivenFact] = []
    written_by_hand = path.suffix.lower() not in JSON  # in JSON nobody leaves a row blank by chance
    for line, row in _rows(path, _bytes(path)):
        if len(facts) >= MAX_ROWS:
            raise FactsFileError(f"{path}: more than {MAX_ROWS} rows", hint="Split the table.")
        if written_by_hand and all(is_nothing(cell) for cell in row.values()):
            continue
        _require_columns(path, line, row)
        try:
            facts.append(fact_of(len(facts), row))
        except RowError as error:
            raise FactsFileError(f"{path}, line {line}: {error}") from error
    return facts


def _rows(path: Path, data: bytes) -> Iterable[tuple[int, Row]]:
    """Line numbers and rows, by the kind of file."""
    suffix = path.suffix.lower()
    if suffix == ".xlsx":
        return xlsx_rows(path, data, _fits, max_bytes=MAX_BYTES, max_rows=MAX_ROWS)
    if suffix in JSON:
        return _json_rows(path, _text(path, data))
    if suffix in {".csv", ".tsv", ".txt"}:
        return _csv_rows(path, _text(path, data))
    raise FactsFileError(
        f"{path}: {suffix or 'a name without suffix'} is no kind of facts table",
        hint="Give a .jsonl, .csv or .xlsx file.",
    )


def _bytes(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise FactsFileError(f"{path}: there is no such file", hint="Check the path of the facts table.")
        if path.stat().st_size > MAX_BYTES:
            raise FactsFileError(f"{path}: larger than {MAX_BYTES} bytes", hint="Split the table.")
        data = path.read_bytes()
    except (OSError, ValueError) as error:  # ValueError: a NUL in the path
        raise FactsFileError(
            f"{path}: cannot be read ({error})", hint="Check the file's permissions."
        ) from error
    if not data.strip():
        raise FactsFileError(f"{path}: the table is empty")
    return data


def _text(path: Path, data: bytes) -> str:
    """The text of a table; Excel writes UTF-8 with a mark, GB18030, or UTF-16 with a mark."""
    encodings = ("utf-16",) if data.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FactsFileError(f"{path}: neither UTF-8 nor GB18030", hint="Save the table as UTF-8.")


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
        raise FactsFileError(f"{path}, line {line}: no valid JSON ({error})") from error
    return parsed


def _object(path: Path, line: int, item: object) -> Row:
    if not isinstance(item, dict):
        raise FactsFileError(f"{path}, line {line}: a JSON object is expected, one a line")
    return item


def _csv_rows(path: Path, text: str) -> Iterator[tuple[int, Row]]:
    text = text.replace("\r\n", "\n").replace("\r", "\n")  # old Macintoshes end lines with CR alone
    first, _, rest = text.partition("\n")
    skipped = 0
    if first.strip().lower().startswith("sep="):  # Excel's own remark on the delimiter
        text, skipped = rest, 1
        first = rest.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(first))
    try:
        header = next(reader, [])
        require_distinct(path, 1 + skipped, header)
        _require_columns(path, 1 + skipped, dict.fromkeys(header))
        for cells in reader:
            line = reader.line_num + skipped
            if any(cell.strip() for cell in cells[len(header) :]):
                raise FactsFileError(
                    f"{path}, line {line}: {len(cells)} cells under {len(header)} columns",
                    hint="Quote cells that hold the delimiter, such as 1,234.",
                )
            yield line, dict(zip(header, cells + [""] * (len(header) - len(cells)), strict=False))
    except csv.Error as error:
        raise FactsFileError(f"{path}, line {reader.line_num + skipped}: {error}") from error


def _delimiter(first: str) -> str:
    """The mark that divides the first line into the most known columns."""

    def known(mark: str) -> int:
        try:
            return len(columns_of(next(csv.reader([first], delimiter=mark), [])))
        except csv.Error:  # the line is refused when the table is read, with its number
            return 0

    return max(",;\t", key=known)


def _fits(header: Sequence[str]) -> bool:
    return usable(columns_of(header))


def _require_columns(path: Path, line: int, row: Row) -> None:
    if not usable(columns_of(row)):
        found = ", ".join(str(header)[:40] for header in list(row)[:20]) or "none"
        others = ", ".join(column for column in COLUMNS if column not in {"value", "text"})
        raise FactsFileError(
            f"{path}, line {line}: no column for the number; found: {found}; "
            f"expected `value` or `text`, and any of {others}"
        )
