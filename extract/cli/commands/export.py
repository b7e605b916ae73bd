"""`extract export`: results as one table."""

# ruff: noqa: FBT002, PLR0913, PLR0917 - to typer an option is an argument with a default

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extract.cli.table_output import BomOption, FormatOption, LangOption, OutputOption

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

EXAMPLE = "Example: extract export out --table facts --output facts.xlsx --lang zh"


class TableName(StrEnum):
    """Which table."""

    FACTS = "facts"
    RECORDS = "records"


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
    file_format: FormatOption = None,
    bom: BomOption = False,
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
    merge_copies: Annotated[
        bool, typer.Option("--merge-copies", help="Of the copies of one report write only the best.")
    ] = False,
    output: OutputOption = None,
    lang: LangOption = "en",
) -> int:
    """Write facts or records as one table.

    What people decided at the desk comes with `--state approved`: corrections applied, who decided, and what the
    engine had said; the results themselves stay as the engine wrote them.

    把结果导出为一张表：每个数字一行，或每条记录一行；--state approved 导出复核通过（含更正）的结果。
    """
    from extract.cli.result_folder import ResultFolder
    from extract.cli.table_output import put_table
    from extract.tables.facts import FACTS, facts
    from extract.tables.records import RECORDS, record_rows

    folder = ResultFolder(out, merge_copies=merge_copies)
    results = folder.lean_results()
    rows: Iterator[Mapping[str, object]]
    exit_code = 0
    if state and BY_PEOPLE & set(state):
        from extract.cli.reviewed_rows import rows_after_review

        kind, rows, exit_code = rows_after_review(out, store, table.value, [one.value for one in state])
    elif table is TableName.FACTS:
        kind, rows = FACTS, facts(results)
    else:
        kind, rows = RECORDS, record_rows(results)
    if state and not BY_PEOPLE & set(state):
        rows = (row for row in rows if row["state"] in set(state))
    put_table(kind, rows, file_format=file_format, output=output, bom=bom, lang=lang)
    return max(folder.exit_code, exit_code)
