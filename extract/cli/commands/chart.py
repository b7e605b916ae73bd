"""`extract chart`: the tables drawn."""

# ruff: noqa: PLR0913, PLR0917 - to typer an option is an argument with a default

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from extract.cli.table_output import STDOUT, CatalogueOption, LangOption

if TYPE_CHECKING:
    from extract.charts.marks import Spec
    from extract.tables.research import Research

FIRST_INDICATOR = "gdp_growth"
EXAMPLE = "Example: extract chart tracking out --region 云州市 --output yunzhou.png"


class Kind(StrEnum):
    """Which chart."""

    TRACKING = "tracking"
    REGIONS = "regions"
    LIVELIHOOD = "livelihood"


class ChartFormat(StrEnum):
    """How it is written."""

    PNG = "png"
    SVG = "svg"
    HTML = "html"


def command(
    kind: Annotated[
        Kind,
        typer.Argument(
            help="tracking: targets and actuals of a region over the years; regions: one indicator, regions "
            "side by side; livelihood: how far promised projects got."
        ),
    ],
    out: Annotated[Path, typer.Argument(metavar="OUT", help="A folder of results.")],
    indicator: Annotated[
        list[str] | None,
        typer.Option("--indicator", metavar="ID", help="Of the catalogue, as gdp_growth; may be repeated."),
    ] = None,
    region: Annotated[str | None, typer.Option("--region", help="Full name, as 云州市.")] = None,
    year: Annotated[int | None, typer.Option("--year", help="Of the target; the latest by default.")] = None,
    claim: Annotated[
        Literal["target", "actual", "both"],
        typer.Option(
            "--claim", help="regions: targets, actuals, or targets and the actuals of the year before."
        ),
    ] = "both",
    chart_format: Annotated[
        ChartFormat | None, typer.Option("--format", help="By the name of the file, else html.")
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="PATH", help="A file; - is standard output, the default."),
    ] = None,
    lang: LangOption = "zh",
    catalogue: CatalogueOption = None,
) -> int:
    """Draw targets, actuals and livelihood projects.

    画图：目标与实际、各地并列、民生实事进展；PNG、SVG 或可离线打开的 HTML。
    """
    from extract.charts import render
    from extract.cli.research import RegionalResults
    from extract.cli.table_output import put
    from extract.indicators.catalogue import load_catalogue
    from extract.tables.research import Research

    results = RegionalResults(out)
    research = Research(lambda: results, load_catalogue(catalogue))
    spec = _spec(kind, research, indicator or [], region, year, claim, lang)
    target = None if output is None or str(output) == STDOUT else output
    suffix = target.suffix.lower().removeprefix(".") if target else ""
    chosen = chart_format or (ChartFormat(suffix) if suffix in set(ChartFormat) else ChartFormat.HTML)
    match chosen:
        case ChartFormat.PNG:
            data = render.png(spec)
        case ChartFormat.SVG:
            data = render.svg(spec).encode()
        case ChartFormat.HTML:
            data = render.html(spec, lang).encode()
    put([data], target, binary=chosen is ChartFormat.PNG)
    return results.conclude()


def _spec(
    kind: Kind,
    research: "Research",
    indicators: list[str],
    region: str | None,
    year: int | None,
    claim: Literal["target", "actual", "both"],
    lang: Literal["en", "zh"],
) -> "Spec":
    from extract.charts import choosing, livelihood, regions, trend

    match kind:
        case Kind.TRACKING:
            return trend.trend(*choosing.for_trend(research.panel, region, indicators, lang), lang)
        case Kind.REGIONS:
            wanted = indicators[0] if indicators else FIRST_INDICATOR
            return regions.regions(*choosing.for_regions(research.panel, wanted, year, claim, lang), lang)
        case Kind.LIVELIHOOD:
            return livelihood.livelihood(choosing.for_livelihood(research.projects, region, year), lang)
