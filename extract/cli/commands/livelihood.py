"""`extract livelihood`: the livelihood projects (民生实事) of every report."""

# ruff: noqa: FBT002, PLR0913, PLR0917 - to typer an option is an argument with a default

from pathlib import Path
from typing import Annotated

import typer

from extract.cli.table_output import (
    AsReadOption,
    BomOption,
    FinalOption,
    FormatOption,
    LangOption,
    OutputOption,
    StoreOption,
)

EXAMPLE = "Example: extract livelihood out --output livelihood.xlsx --lang zh"


def command(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="A folder of results.")],
    file_format: FormatOption = None,
    output: OutputOption = None,
    bom: BomOption = False,
    lang: LangOption = "en",
    listed: Annotated[
        bool, typer.Option("--listed", help="Only what stands in a report's list of projects.")
    ] = False,
    state: FinalOption = None,
    store: StoreOption = None,
    as_read: AsReadOption = False,
) -> int:
    """Write livelihood projects as one table.

    What people decided at the review desk is in it; --as-read leaves it out.

    把民生实事写成一张表：序号、项目、数量、受益对象、地点、时限和状态；含人工复核的结果，--as-read 则不含。
    """
    from extract.cli.reviewed_results import regional_results
    from extract.cli.table_output import put_table
    from extract.results.decided import FINAL
    from extract.tables.livelihood import livelihood_rows
    from extract.tables.research import LIVELIHOOD
    from extract.tables.states import in_states

    results = regional_results(out, store, as_read=as_read)
    rows = (row for row in livelihood_rows(results) if row.listed or not listed)
    kept = in_states(rows, FINAL) if state else rows
    put_table(LIVELIHOOD, kept, file_format=file_format, output=output, bom=bom, lang=lang)
    return results.conclude()
