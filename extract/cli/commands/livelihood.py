"""`extract livelihood`: the livelihood projects (民生实事) of every report."""

# ruff: noqa: FBT002 - to typer an option is an argument with a default

from pathlib import Path
from typing import Annotated

import typer

from extract.cli.table_output import BomOption, FormatOption, LangOption, OutputOption

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
) -> int:
    """Write livelihood projects as one table.

    把民生实事写成一张表：序号、项目、数量、受益对象、地点、时限和状态。
    """
    from extract.cli.research import RegionalResults
    from extract.cli.table_output import put_table
    from extract.tables.livelihood import livelihood_rows
    from extract.tables.research import LIVELIHOOD

    results = RegionalResults(out)
    rows = (row for row in livelihood_rows(results) if row.listed or not listed)
    put_table(LIVELIHOOD, rows, file_format=file_format, output=output, bom=bom, lang=lang)
    return results.conclude()
