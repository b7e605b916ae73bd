"""`extract tracking`: what was planned for a year beside what the next report says was reached."""

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

EXAMPLE = "Example: extract tracking out --output tracking.xlsx --lang zh"


def command(
    out: Annotated[
        Path, typer.Argument(metavar="OUT", help="A folder of results with reports of successive years.")
    ],
    file_format: FormatOption = None,
    output: OutputOption = None,
    bom: BomOption = False,
    lang: LangOption = "en",
    livelihood: Annotated[
        bool, typer.Option("--livelihood", help="Livelihood projects instead of indicators.")
    ] = False,
    points: Annotated[
        float, typer.Option("--points", min=0, help="What 左右 allows of a percentage, in points.")
    ] = 0.5,
    share: Annotated[
        float, typer.Option("--share", min=0, help="What 左右 allows of an amount, in percent of it.")
    ] = 3.0,
    catalogue: CatalogueOption = None,
    state: FinalOption = None,
    store: StoreOption = None,
    as_read: AsReadOption = False,
) -> int:
    """Write targets beside what the next report says.

    What people decided at the review desk is in it; --as-read leaves it out.

    把上年报告的目标与次年报告的完成值并列，给出差额，并按表述判断是否完成；含人工复核的结果，--as-read 则不含。
    """
    from decimal import Decimal
    from itertools import chain

    from extract.cli.reviewed_results import regional_results
    from extract.cli.table_output import put_table
    from extract.cli.terminal import note, side
    from extract.indicators.catalogue import load_catalogue
    from extract.results.decided import FINAL
    from extract.tables.livelihood_tracking import project_tracking_rows
    from extract.tables.panel import panel_rows
    from extract.tables.research import PROJECTS, TRACKING
    from extract.tables.states import in_states
    from extract.tables.tracking import Tolerances, tracking_rows
    from extract.tables.tracking_unlisted import unlisted_rows

    results = regional_results(out, store, as_read=as_read)
    indicators = load_catalogue(catalogue)
    if livelihood:
        projects = project_tracking_rows(results)
        followed = in_states(projects, FINAL) if state else projects
        put_table(PROJECTS, followed, file_format=file_format, output=output, bom=bom, lang=lang)
    else:
        tolerances = Tolerances(Decimal(str(points)), Decimal(str(share)))
        rows = chain(
            tracking_rows(panel_rows(results, indicators), indicators, tolerances),
            unlisted_rows(results, indicators, tolerances),
        )
        paired = in_states(rows, FINAL) if state else rows
        put_table(TRACKING, paired, file_format=file_format, output=output, bom=bom, lang=lang)
    code = results.conclude()
    why = results.without_successor()
    if why:
        note(side(why))
    return code
