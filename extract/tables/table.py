"""What a table is to all that write it: a name, titles, columns, and the cells of a row."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from operator import attrgetter, itemgetter
from typing import Generic, TypeVar, cast

from extract.tables.columns import Column, columns

Row = TypeVar("Row")
Cells = tuple[object, ...]
"""One cell for each column: text, int, Decimal, float, bool, None, or a tuple of text or structs."""


@dataclass(frozen=True, slots=True)
class Table(Generic[Row]):
    """A table whose rows are `Row`.

    Attributes:
        name: how commands and files call it.
        zh, en: its titles.
        columns: what its cells mean, in their order.
        cells: the cells of one row.
    """

    name: str
    zh: str
    en: str
    columns: tuple[Column, ...]
    cells: Callable[[Row], Cells]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns, in their order."""
        return tuple(column.name for column in self.columns)

    @property
    def of_cells(self) -> "Table[Cells]":
        """The same table for rows that are nothing but their cells."""
        return Table(self.name, self.zh, self.en, self.columns, tuple)

    def headers(self, *, chinese: bool) -> tuple[str, ...]:
        """What stands above the columns."""
        return tuple(column.zh for column in self.columns) if chinese else self.names

    def title(self, *, chinese: bool) -> str:
        """What the table is called."""
        return self.zh if chinese else self.en


def table_of(row_type: type[Row], name: str, zh: str, en: str) -> Table[Row]:
    """The table whose rows have described fields."""
    described = columns(cast("type", row_type))  # a class is always hashable
    return Table(name, zh, en, described, attrgetter(*(column.name for column in described)))


def table_of_mappings(
    described: tuple[Column, ...], name: str, zh: str, en: str
) -> Table[Mapping[str, object]]:
    """The table whose rows are mappings with these columns as keys."""
    return Table(name, zh, en, described, itemgetter(*(column.name for column in described)))
