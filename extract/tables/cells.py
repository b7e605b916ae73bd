"""One cell as each kind of file has it."""

import json
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

import msgspec
import orjson

from schemas.record import plain

FORMULA_STARTS = frozenset("=+-@\t\r\n＝＋－＠")  # full-width ones count, too
PLAIN_NUMBER = re.compile(r"-\d+(?:\.\d+)?")
JOINT = "; "


def inert(cell: object) -> object:
    """A cell that no spreadsheet takes for a formula; numbers stay numbers.

    The apostrophe is part of the text, so that the cell stays inert when the table is saved as another kind of file.
    """
    if isinstance(cell, str) and cell[:1] in FORMULA_STARTS and not PLAIN_NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell


def json_cell(cell: object) -> object:
    """What JSON has no word for: a decimal is text without exponent.

    Raises:
        TypeError: it is nothing that a table holds.
    """
    if isinstance(cell, Decimal):
        return plain(cell)
    if isinstance(cell, msgspec.Struct):
        return msgspec.structs.asdict(cell)
    raise TypeError(f"{type(cell).__name__} is no cell of a table")


def flat(cell: object) -> object:
    """A cell in one piece: several texts are joined, several numbers are a JSON array."""
    if isinstance(cell, tuple):
        return _joined(cell)
    return cell


def written(cell: object) -> object:
    """A cell as text files have it; None is nothing at all."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, Decimal):
        return plain(cell)
    return flat(cell)


def number(cell: object) -> float | None:
    """A decimal, or its text, as the nearest double, which has 15 digits; None for none."""
    return None if cell is None else float(cell if isinstance(cell, Decimal) else str(cell))


def numbers(cells: Iterable[object]) -> list[float | None]:
    """The cells of a column as doubles."""
    return [number(cell) for cell in cells]


def _joined(parts: Sequence[object]) -> str | None:
    if not parts:
        return None
    if all(isinstance(part, str) for part in parts):
        return JOINT.join(map(str, parts))
    try:
        return orjson.dumps(parts, default=json_cell).decode()
    except TypeError:  # a lone surrogate, which only an escape can carry
        return json.dumps(parts, default=json_cell)
