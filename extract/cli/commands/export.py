"""`extract export`: results as one table."""

# ruff: noqa: FBT002, PLR0913, PLR0917 - to typer an option is an argument with a default

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extract.cli.table_output import (
    AsReadOption,
    BomOption,
    FormatOption,
    LangOption,
    OutputOption,
    StoreOption,
)
from extract.messages import Message

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from extract.tables.table import Table

EXAMPLE = "Example: extract export out --table facts --output facts.xlsx --lang zh"


class TableName(StrEnum):
    """Which table."""

    FACTS = "facts"
    RECORDS = "records"


class StateName(StrEnum):
    """States of a record, and the set of those to hand on."""

    FINAL = "final"
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
            help="Only records in this state; may be repeated. final is the set to hand on: what the checks verified and "
            "nobody rejected, and what people approved, corrected or added. approved (with what was corrected), "
            "corrected and rejected are what people decided at the desk.",
        ),
    ] = None,
    store: StoreOption = None,
    as_read: AsReadOption = False,
    merge_copies: Annotated[
        bool, typer.Option("--merge-copies", help="Of the copies of one report write only the best.")
    ] = False,
    output: OutputOption = None,
    lang: LangOption = "en",
) -> int:
    """Write facts or records as one table.

    Every record is in it, each with its state; --state final gives the set to hand on. What people decided at the review
    desk is applied, with who decided and what the engine had said; --as-read leaves it out. The results themselves stay
    as the engine wrote them.

    把结果导出为一张表：每个数字一行，或每条记录一行，各带状态。
    --state final 导出交付用的结果：核查无误且无人驳回的，以及经人批准、更正或补录的；
    --as-read 只导出引擎所读。
    """
    from extract.cli.result_folder import ResultFolder
    from extract.cli.reviewed_results import decisions_for, store_named
    from extract.cli.table_output import put_table
    from extract.desk.place import is_reviewed
    from extract.errors import UsageError
    from extract.results.decided import wanted_states
    from extract.tables.facts import FACTS, facts
    from extract.tables.records import RECORDS, record_rows
    from extract.tables.review import reviewed_by, with_review_columns, with_reviews

    states = [one.value for one in state or ()]
    reviewed = not as_read and is_reviewed(out, store_named(store))
    decisions = decisions_for(out, store, as_read=as_read)
    folder = ResultFolder(out, merge_copies=merge_copies, decisions=decisions)
    results = folder.lean_results()
    if BY_PEOPLE & set(states) and not reviewed:
        if as_read:
            raise UsageError(
                Message("--as-read leaves out the review decisions that --state asks for."),
                hint=Message("Leave one of the two out."),
            )
        raise UsageError(
            Message("There are no review decisions for %(out)s.", out=out),
            hint=Message(
                "Review at the desk (extract desk %(out)s), or name its store with --store.", out=out
            ),
        )
    table_of: Table[Mapping[str, object]] = FACTS if table is TableName.FACTS else RECORDS
    rows: Iterator[Mapping[str, object]] = iter(
        facts(results) if table is TableName.FACTS else record_rows(results)
    )
    if reviewed or StateName.FINAL in states:
        table_of, rows = with_review_columns(table_of), with_reviews(rows, reviewed_by(decisions))
    if states:
        these = wanted_states(states)
        rows = (row for row in rows if row["state"] in these)
    put_table(table_of, rows, file_format=file_format, output=output, bom=bom, lang=lang)
    return folder.exit_code
