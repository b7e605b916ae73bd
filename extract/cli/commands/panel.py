"""`extract panel`: one row per region, year, indicator, and target or actual."""

# ruff: noqa: FBT002, PLR0917 - to typer an option is an argument with a default

from pathlib import Path
from typing import Annotated

import typer

from extract.cli.table_output import BomOption, CatalogueOption, FormatOption, LangOption, OutputOption

EXAMPLE = "Example: extract panel out --output panel.xlsx --lang zh"


def command(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="A folder of results.")],
    file_format: FormatOption = None,
    output: OutputOption = None,
    bom: BomOption = False,
    lang: LangOption = "en",
    stated: Annotated[
        bool, typer.Option("--stated", help="Leave out rows for what a report does not state.")
    ] = False,
    catalogue: CatalogueOption = None,
    jobs: Annotated[
        int | None,
        typer.Option(
            "--jobs", min=1, help="Work with N processes; all processors for a large folder by default."
        ),
    ] = None,
) -> int:
    """Write the panel: region, year, indicator, target or actual.

    把各报告的指标写成面板：地区 × 年份 × 指标 × 目标或完成值。
    """
    from extract.cli.research import RegionalResults, available_processors
    from extract.cli.table_output import chosen_format, put_pieces
    from extract.runs.panel import Order
    from extract.tables.research import PANEL

    results = RegionalResults(out)
    chosen = chosen_format(file_format, output)
    order = Order(catalogue, missing=not stated, file_format=chosen)
    pieces = results.panel(order, jobs or available_processors())
    put_pieces(PANEL, pieces, file_format=chosen, output=output, bom=bom, lang=lang)
    return results.conclude()
