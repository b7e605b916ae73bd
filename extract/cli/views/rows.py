"""Rows as a table for people."""

from collections.abc import Iterable, Mapping, Sequence

from rich.text import Text

from extract.cli.terminal import console, plain_table, print_table, safe

RIGHT = frozenset({"start", "end", "value", "upper", "fact"})


def print_rows(rows: Iterable[Mapping[str, object]], columns: Sequence[str]) -> None:
    """Print some columns of rows on standard output, aligned."""
    table = plain_table(*columns, right=RIGHT)
    for row in rows:
        table.add_row(*(_cell(row.get(column)) for column in columns))
    print_table(console(), table)


def _cell(value: object) -> Text:
    if value is None:
        return Text("")
    if isinstance(value, list):
        return Text(safe(", ".join(str(item) for item in value)))
    return Text(safe(str(value)).replace("\n", "⏎"))
