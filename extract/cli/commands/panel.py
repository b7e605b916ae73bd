"""`extract panel`: one row per region, year, indicator, and target or actual."""

# ruff: noqa: FBT002, PLR0913, PLR0917 - to typer an option is an argument with a default

from pathlib import Path
from typing import Annotated

import typer

from extract.cli.table_output import (
    AsReadOption,
    BomOption,
    CatalogueOption,
    FinalOption,
    FormatOption,
    LangOption,
    OutputOption,
    StoreOption,
)

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
    state: FinalOption = None,
    store: StoreOption = None,
    as_read: AsReadOption = False,
) -> int:
    """Write the panel: region, year, indicator, target or actual.

    What people decided at the review desk is in it: `state` and `reviewer` say so; --as-read leaves it out.

    把各报告的指标写成面板：地区 × 年份 × 指标 × 目标或完成值；含人工复核的结果，--as-read 则不含。
    """
    from extract.cli.research import available_processors
    from extract.cli.reviewed_results import regional_results
    from extract.cli.table_output import chosen_format, put_pieces
    from extract.results.decided import FINAL
    from extract.runs.panel import Order
    from extract.tables.research import PANEL

    results = regional_results(out, store, as_read=as_read)
    chosen = chosen_format(file_format, output)
    order = Order(catalogue, missing=not stated, file_format=chosen, states=FINAL if state else None)
    pieces = results.panel(order, jobs or available_processors())
    put_pieces(PANEL, pieces, file_format=chosen, output=output, bom=bom, lang=lang)
    return results.conclude()
