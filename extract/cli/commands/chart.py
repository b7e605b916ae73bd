"""`extract chart`: the tables drawn."""

# ruff: noqa: FBT002, PLR0913, PLR0917 - to typer an option is an argument with a default

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from extract.cli.table_output import STDOUT, AsReadOption, CatalogueOption, LangOption, StoreOption
from extract.messages import Message, count

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from extract.charts.sizes import Drawing
    from extract.tables.project_rows import ProjectTrackingRow
    from extract.tables.research import Research
    from extract.tables.rows import PanelRow

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
        typer.Option(
            "--indicator", metavar="NAME", help="gdp_growth, GDP增速, or another name of it; may be repeated."
        ),
    ] = None,
    region: Annotated[
        list[str] | None, typer.Option("--region", help="云州市, or 云州 for short; may be repeated.")
    ] = None,
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
    width: Annotated[
        int | None, typer.Option("--width", min=240, max=8000, help="Of the whole picture, in pixels.")
    ] = None,
    height: Annotated[
        int | None, typer.Option("--height", min=160, max=8000, help="Of the whole picture, in pixels.")
    ] = None,
    lang: LangOption = "zh",
    catalogue: CatalogueOption = None,
    store: StoreOption = None,
    as_read: AsReadOption = False,
) -> int:
    """Draw targets, actuals and livelihood projects.

    What people corrected at the review desk is drawn, with a star; --as-read leaves it out.

    画图：目标与实际、各地并列、民生实事进展；PNG、SVG 或可离线打开的 HTML；人工更正的数字标 *，--as-read 则按引擎所读。
    """
    from extract.charts import render
    from extract.charts.sizes import sized
    from extract.cli.reviewed_results import regional_results
    from extract.cli.table_output import put
    from extract.indicators.catalogue import load_catalogue
    from extract.tables.research import Research

    target = None if output is None or str(output) == STDOUT else output
    chosen = chart_format or (_format_of(target) if target else ChartFormat.HTML)
    results = regional_results(out, store, as_read=as_read)
    research = Research(lambda: results, load_catalogue(catalogue))
    drawing = _drawing(kind, research, indicator or [], region or [], year, claim, lang)
    spec = sized(drawing, width, height)
    match chosen:
        case ChartFormat.PNG:
            data = render.png(spec)
        case ChartFormat.SVG:
            data = render.svg(spec).encode()
        case ChartFormat.HTML:
            data = render.html(spec, lang).encode()
    put([data], target, binary=chosen is ChartFormat.PNG)
    return results.conclude()


def _format_of(path: Path) -> ChartFormat:
    """What a file's name says that it is; HTML where it says nothing."""
    from extract.errors import UsageError

    suffix = path.suffix.lower().removeprefix(".")
    if suffix not in {"", "htm", *ChartFormat}:
        raise UsageError(
            Message("Charts cannot be written as .%(suffix)s.", suffix=suffix),
            hint=Message(
                "Name the output .%(formats)s, or choose a --format.", formats=", .".join(ChartFormat)
            ),
        )
    return ChartFormat(suffix) if suffix in set(ChartFormat) else ChartFormat.HTML


def _told(drawn: "Sequence[PanelRow | ProjectTrackingRow]", among: "Iterable[str | None]") -> None:
    """Say whose chart it is where no region was asked for and there are several."""
    from extract.cli.terminal import note

    others = len({region for region in among if region}) - 1
    if others > 0:
        region = drawn[0].region
        note(
            count(
                "This chart shows %(region)s; there is %(num)s other region to name with --region.",
                "This chart shows %(region)s; there are %(num)s other regions to name with --region.",
                others,
                region=region,
            )
        )


def _drawing(
    kind: Kind,
    research: "Research",
    indicators: list[str],
    wanted: list[str],
    year: int | None,
    claim: Literal["target", "actual", "both"],
    lang: Literal["en", "zh"],
) -> "Drawing":
    """What draws the chart in a size."""
    from extract.charts import choosing, livelihood, regions, trend
    from extract.errors import UsageError

    match kind:
        case Kind.TRACKING:
            drawn, names = choosing.for_trend(research.panel, wanted, indicators, lang)
            if not wanted:
                _told(drawn, (row.region for row in research.panel))
            return lambda size: trend.trend(drawn, names, lang, size=size)
        case Kind.REGIONS:
            indicator = indicators[0] if indicators else FIRST_INDICATOR
            rows, name = choosing.for_regions(research.panel, indicator, year, claim, lang, wanted)
            return lambda size: regions.regions(rows, name, lang, size=size)
        case Kind.LIVELIHOOD:
            if len(wanted) > 1:
                raise UsageError(Message("This chart shows one region."), hint=Message("Give --region once."))
            followed = choosing.for_livelihood(research.projects, wanted[0] if wanted else None, year)
            if not wanted:
                _told(followed, (row.region for row in research.projects))
            return lambda size: livelihood.livelihood(followed, lang, size=size)
