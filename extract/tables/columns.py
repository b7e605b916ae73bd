"""What a table says about its own columns: names in two languages, type and meaning, kept beside the fields."""

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar, cast, get_type_hints

_KEY = "column"
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Attributes:
        name: its name in every file.
        zh: its Chinese name.
        type: the type of its values, e.g. `str`, `int | None`, `Decimal | None`.
        meaning_zh, meaning_en: what its values say, with units where they have any.
    """

    name: str
    zh: str
    type: str
    meaning_zh: str
    meaning_en: str

    @property
    def base(self) -> str:
        """The type of the cells that are not empty."""
        return self.type.removesuffix(" | None")


def column(zh: str, meaning_zh: str, meaning_en: str, **default: Any) -> Any:
    """A dataclass field that knows what its column means; `default` as `dataclasses.field` takes it."""
    return field(metadata={_KEY: (zh, meaning_zh, meaning_en)}, **default)


@cache
def columns(row_type: type) -> tuple[Column, ...]:
    """The columns of a table whose rows are dataclasses, in the order of the fields."""
    hints = get_type_hints(row_type)
    return tuple(
        Column(one.name, one.metadata[_KEY][0], _type_name(hints[one.name]), *one.metadata[_KEY][1:])
        for one in fields(row_type)
    )


def changed(row: Row, **values: Any) -> Row:
    """The same row with other values; `dataclasses.replace` takes three times as long for one of forty fields."""
    names, cells_of = _fields(cast("type", type(row)))  # a class is always hashable
    cells = list(cells_of(row))
    for name, value in values.items():
        cells[names[name]] = value
    return type(row)(*cells)


@cache
def _fields(row_type: type) -> tuple[dict[str, int], Callable[[Any], tuple[Any, ...]]]:
    """Where each field stands, and what gives the values of all."""
    names = [one.name for one in fields(row_type)]
    return {name: n for n, name in enumerate(names)}, attrgetter(*names)


def _type_name(hint: Any) -> str:
    """`int | None` as people write it; a choice of words is a `str`."""
    name = str(hint)
    if isinstance(hint, type) and name.startswith("<"):
        name = hint.__name__
    if "Literal" in name:
        return "str | None" if "None" in name else "str"
    return name.replace("decimal.", "").replace("extract.tables.rows.", "")
