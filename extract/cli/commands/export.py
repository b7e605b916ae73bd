"""`extract export`: results as one table."""

# ruff: noqa: FBT002, PLR0917 - to typer an option is an argument with a default

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

EXAMPLE = "Example: extract export out --table facts --format csv --bom --output facts.csv"


class TableName(StrEnum):
    """Which table."""

    FACTS = "facts"
    RECORDS = "records"


class FileFormat(StrEnum):
    """How it is written."""

    JSONL = "jsonl"
    CSV = "csv"


class StateName(StrEnum):
    """States of a record."""

    VERIFIED = "verified"
    FLAGGED = "flagged"
    APPROVED = "approved"
    CORRECTED = "corrected"
    REJECTED = "rejected"


BY_PEOPLE = frozenset({StateName.APPROVED, StateName.CORRECTED, StateName.REJECTED})


def command(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="A folder of results.")],
    table: Annotated[
        TableName, typer.Option("--table", help="One row a figure, or one a record.")
    ] = TableName.FACTS,
    file_format: Annotated[
        FileFormat, typer.Option("--format", help="JSON lines, or CSV.")
    ] = FileFormat.JSONL,
    bom: Annotated[bool, typer.Option("--bom", help="Begin CSV with a byte-order mark, for Excel.")] = False,
    state: Annotated[
        list[StateName] | None,
        typer.Option(
            "--state",
            help="Only records in this state; may be repeated. approved (with what was corrected), corrected and "
            "rejected are what people decided at the desk.",
        ),
    ] = None,
    store: Annotated[
        str | None,
        typer.Option("--store", metavar="URL", help="The store of the desk, where it is not in OUT."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", help="A file instead of standard output.")
    ] = None,
) -> int:
    """Write facts or records as one table.

    What people decided at the desk comes with `--state approved`: corrections applied, who decided, and what the
    engine had said; the results themselves stay as the engine wrote them.

    把结果导出为一张表：每个数字一行，或每条记录一行；--state approved 导出复核通过（含更正）的结果。
    """
    from extract.cli.result_folder import ResultFolder
    from extract.cli.terminal import write_lines
    from extract.errors import ResultsFolderError, UsageError
    from extract.results.files import write_atomically
    from extract.tables import facts as facts_table
    from extract.tables import records as records_table
    from extract.tables.write import csv_lines, json_lines

    folder = ResultFolder(out)
    rows: Iterator[Mapping[str, object]]
    exit_code = 0
    if state and BY_PEOPLE & set(state):
        from extract.cli.reviewed_rows import rows_after_review

        rows, columns, exit_code = rows_after_review(out, store, table.value, [one.value for one in state])
    elif table is TableName.FACTS:
        rows, columns = iter(facts_table.facts(folder.results())), facts_table.COLUMNS
    else:
        rows, columns = iter(records_table.record_rows(folder.results())), records_table.COLUMNS
    if state and not BY_PEOPLE & set(state):
        rows = (row for row in rows if row["state"] in set(state))
    lines = csv_lines(rows, columns, bom=bom) if file_format is FileFormat.CSV else json_lines(rows)
    if output is None:
        write_lines(lines)
    else:
        try:
            write_atomically(output, lines)
        except ResultsFolderError as error:
            raise UsageError(str(error), hint="Name another file with --output.") from error
    return max(folder.exit_code, exit_code)
