"""`extract report`: one HTML page about a run, to send to a colleague."""

# ruff: noqa: FBT002 - to typer an option is an argument with a default

from pathlib import Path
from typing import Annotated

import typer

from extract.cli.table_output import STDOUT, AsReadOption, CatalogueOption, LangOption, StoreOption

EXAMPLE = "Example: extract report out --output report.html"


def command(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="A folder of results.")],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="PATH", help="A file; - is standard output, the default."),
    ] = None,
    lang: LangOption = "zh",
    catalogue: CatalogueOption = None,
    store: StoreOption = None,
    as_read: AsReadOption = False,
) -> int:
    """Make one HTML page about a run.

    It says what was read, how complete it is, what is flagged; with headline figures and charts. What people decided at
    the review desk is in it, and what they corrected is marked; --as-read leaves it out.

    生成一页 HTML：读了什么、是否完整、哪些待核及原因、主要指标和图；每个数字都连到标出的原句，不需要网络。
    含人工复核的结果，--as-read 则不含。
    """
    from extract.cli.reviewed_results import regional_results
    from extract.cli.table_output import put
    from extract.indicators.catalogue import load_catalogue
    from extract.page.build import Builder
    from extract.page.render import render
    from extract.results.manifest import read_manifest
    from extract.tables.research import Research

    results = regional_results(out, store, as_read=as_read)
    research = Research(lambda: results, load_catalogue(catalogue))
    builder = Builder()
    for result in results.folder.results():
        builder.add(result)
    page = builder.page(research, read_manifest(out), results.folder.skipped, results.oddities)
    target = None if output is None or str(output) == STDOUT else output
    put([render(page, lang).encode()], target, binary=False)
    return results.conclude()
