"""Rows as a table for people."""

from collections.abc import Iterable, Mapping, Sequence

from rich.table import Table
from rich.text import Text

from extract.cli.terminal import console, safe

RIGHT = frozenset({"start", "end", "value", "upper", "fact"})


def print_rows(rows: Iterable[Mapping[str, object]], columns: Sequence[str]) -> None:
    """Print some columns of rows on standard output, aligned."""
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for column in columns:
        table.add_column(column, justify="right" if column in RIGHT else "left", overflow="fold")
    for row in rows:
        table.add_row(*(_cell(row.get(column)) for column in columns))
    console().print(table)


def _cell(value: object) -> Text:
    if value is None:
        return Text("")
    if isinstance(value, list):
        return Text(safe(", ".join(str(item) for item in value)))
    return Text(safe(str(value)).replace("\n", "⏎"))
