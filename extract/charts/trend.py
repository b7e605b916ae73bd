"""Target against actual over the years, one small chart for each indicator of a region."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from math import inf
from typing import NamedTuple

import altair as alt

from extract.charts.boxes import Box, Wanted, placed, width_of
from extract.charts.labels import Scale, scale_of
from extract.charts.marks import (
    ANY_SIZE,
    Drawn,
    Link,
    Point,
    Size,
    Spec,
    chart,
    claim_color,
    hedge_shape,
    leading,
    point,
    side_by_side,
    star_note,
    tooltip,
    value_domain,
)
from extract.charts.theme import UPRIGHT, WORDS, Lang
from extract.errors import ChartError
from extract.messages import Message
from extract.tables.rows import PanelRow

WIDTH, YEAR_WIDTH, HEIGHT, COLUMNS, GAP = 320, 58, 190, 2, 34
MOST_COLUMNS = 3
"""So many regions stand side by side."""
MARK, DOT, LABEL_SIZE, TITLE_SIZE, ROOM = 190, 70, 10.5, 13, 0.3
ABOVE, BELOW = -1, 1
MARGIN, ARROW = 15, 26
"""Between a mark and its label, where no arrow is in between and where one is."""
BAR, REACH, BETWEEN = 20, 6, 8


class Panel(NamedTuple):
    """One small chart.

    Attributes:
        rows: of one region and indicator.
        title: above it.
        scale: in which its values are shown.
        domain: both ends of its axis, the same for all regions.
    """

    rows: Sequence[PanelRow]
    title: str
    scale: Scale
    domain: tuple[float, float]


def trend(
    rows: Sequence[PanelRow],
    names: Mapping[str, str],
    lang: Lang,
    link: Link | None = None,
    *,
    size: Size = ANY_SIZE,
) -> Spec:
    """A chart of one region, or of several side by side.

    Args:
        rows: targets and actuals of the regions; those that are annual and have a number are drawn.
        names: of the indicators, by id, in the order in which they are drawn.
        lang: of titles and labels.
        link: where marks lead.
        size: of each small chart; by default what its labels need.

    Returns:
        The specification of a Vega-Lite chart.

    Raises:
        ChartError: no row can be drawn.
    """
    drawn = [
        row
        for row in rows
        if row.horizon == "annual"
        and row.value is not None
        and row.year is not None
        and row.indicator_id in names
    ]
    if not drawn:
        raise ChartError(Message("No annual target or actual with a number was found for this chart."))
    years = [str(year) for year in range(min(_years(drawn)), max(_years(drawn)) + 1)]
    regions = list(dict.fromkeys(row.region or "?" for row in drawn))
    panels: list[Panel] = []
    for indicator in names:
        own = [row for row in drawn if row.indicator_id == indicator]
        if not own:
            continue
        scale = scale_of((row.value for row in own if row.value is not None), own[0].unit)
        domain = value_domain([point(row, scale, lang, None) for row in own], ROOM)
        for region in regions:
            here = [row for row in own if (row.region or "?") == region]
            if here or len(regions) > 1:
                title = _panel_title(names[indicator], scale.unit, region if len(regions) > 1 else "", lang)
                panels.append(Panel(here, title, scale, domain))
    columns = len(regions) if 1 < len(regions) <= MOST_COLUMNS else COLUMNS
    width = size.width or max(WIDTH, *(_least_width(one, len(years), lang) for one in panels))
    height = size.height or HEIGHT
    charts = [_drawn(one, years, lang, link, width, height) for one in panels]
    whose = _whose(regions, lang)
    title = f"{whose}：目标与实际" if lang == "zh" else f"{whose}: targets and actuals"
    note = star_note(drawn, lang)
    return side_by_side(charts, title, note=note, columns=min(columns, len(charts)), spacing=GAP)


def _years(rows: Sequence[PanelRow]) -> list[int]:
    return [row.year for row in rows if row.year is not None]


def _whose(regions: Sequence[str], lang: Lang) -> str:
    if len(regions) <= MOST_COLUMNS:
        return ("、" if lang == "zh" else ", ").join(regions)
    return f"{regions[0]}等{len(regions)}个地区" if lang == "zh" else f"{len(regions)} regions"


def _panel_title(name: str, unit: str, region: str, lang: Lang) -> str:
    bracket = (f"（{unit}）" if lang == "zh" else f" ({unit})") if unit else ""
    return f"{region}  {name}{bracket}" if region else f"{name}{bracket}"


def _least_width(panel: Panel, years: int, lang: Lang) -> int:
    """So wide that the labels of one year do not reach those of the next."""
    texts = [point(row, panel.scale, lang, None)["label"] for row in panel.rows]
    widest = max((width_of(text, LABEL_SIZE) for text in texts), default=0)
    return int(max(max(YEAR_WIDTH, widest + BETWEEN) * years, width_of(panel.title, TITLE_SIZE) + GAP / 2))


def _drawn(
    panel: Panel, years: Sequence[str], lang: Lang, link: Link | None, width: int, height: int
) -> Drawn:
    rows, scale = panel.rows, panel.scale
    targets = [point(row, scale, lang, link) for row in rows if row.claim_type == "target"]
    actuals = [point(row, scale, lang, link) for row in rows if row.claim_type == "actual"]
    x = alt.X(
        "year:O", title=None, scale=alt.Scale(domain=years), axis=alt.Axis(labelAngle=0, labelOverlap=True)
    )
    y_scale = alt.Scale(domain=list(panel.domain), zero=False, nice=False)
    y = alt.Y("value:Q", title=None, scale=y_scale, axis=alt.Axis(tickCount=5))
    color, over, href = claim_color(lang), tooltip(lang), leading(link)
    labels = _labels(targets, actuals, years, lang, panel.domain, width=width, height=height)
    layers = [
        chart(_with_gaps(actuals, years))
        .mark_line(strokeWidth=2, opacity=0.45)
        .encode(x=x, y=y, color=color),
        chart(one for one in targets if one["upper"] is not None)
        .mark_bar(size=BAR, opacity=0.45, cornerRadius=2)
        .encode(x=x, y=y, y2="upper:Q", color=color, tooltip=over, **href),
        chart(one for one in targets if one["upper"] is None)
        .mark_point(size=MARK, strokeWidth=2.2, opacity=1)
        .encode(x=x, y=y, shape=hedge_shape(UPRIGHT, lang), color=color, tooltip=over, **href),
        chart(actuals)
        .mark_point(size=DOT, filled=True, opacity=1, shape="circle")
        .encode(x=x, y=y, color=color, tooltip=over, **href),
        chart(labels)
        .mark_text(fontSize=LABEL_SIZE, baseline="middle")
        .encode(x=x, y=alt.Y("at:Q", title=None, scale=y_scale), text="label:N", color=color),
    ]
    return alt.layer(
        *layers,
        width=width,
        height=height,
        title=alt.Title(
            panel.title, fontSize=TITLE_SIZE, offset=6, fontWeight="normal", frame="group", limit=width
        ),
    )


def _with_gaps(actuals: Sequence[Point], years: Sequence[str]) -> list[Point]:
    """A year without an actual breaks the line."""
    stated = {one["year"] for one in actuals}
    missing = [year for year in years if year not in stated] if actuals else []
    return [*actuals, *({"year": year, "value": None, "claim": actuals[0]["claim"]} for year in missing)]


def _labels(
    targets: Sequence[Point],
    actuals: Sequence[Point],
    years: Sequence[str],
    lang: Lang,
    domain: tuple[float, float],
    *,
    width: int,
    height: int,
) -> list[Point]:
    """Labels with the value at which each stands (`at`): of target and actual the higher has its own above.

    Args:
        targets: their marks.
        actuals: theirs.
        years: that the panel shows.
        lang: of their hedges.
        domain: both ends of the scale.
        width: of the panel.
        height: of the panel.
    """
    floor, top = domain
    per_pixel = (top - floor) / height
    step = width / len(years)

    def across(one: Point) -> float:
        return (years.index(one["year"]) + 0.5) * step

    def down(value: float) -> float:
        return (top - value) / per_pixel

    points = list({(one["claim"], one["year"], one["label"]): one for one in (*actuals, *targets)}.values())
    marks = [box for one in points for box in _mark_boxes(one, across(one), down, lang)]
    wanted = []
    for one in points:
        others = [two for two in points if two["year"] == one["year"] and two["claim"] != one["claim"]]
        other = max((two["value"] for two in others), default=-inf)
        above = one["value"] >= other if one in targets else one["value"] > other
        extent = down(one["value"]) - down(one["upper"]) if one["upper"] is not None else 0.0
        arrow = {WORDS[lang]["floor"]: ABOVE, WORDS[lang]["ceiling"]: BELOW}.get(one["hedge"])
        up = -(extent + (ARROW if arrow == ABOVE and one in targets else MARGIN))
        lower = ARROW if arrow == BELOW and one in targets else MARGIN
        wanted.append(
            Wanted(one["label"], across(one), down(one["value"]), (up, lower) if above else (lower, up))
        )
    spots = placed(wanted, marks, LABEL_SIZE, width=width, height=height)
    return [
        one | {"at": top - at * per_pixel} for one, at in zip(points, spots, strict=True) if at is not None
    ]


def _mark_boxes(one: Point, x: float, down: Callable[[float], float], lang: Lang) -> Iterator[Box]:
    """What a mark covers, its arrow included."""
    y = down(one["value"])
    yield Box(x - BAR / 2, y - REACH, x + BAR / 2, y + REACH)
    if one["upper"] is not None:
        yield Box(x - BAR / 2, down(one["upper"]), x + BAR / 2, y)
    elif one["hedge"] == WORDS[lang]["floor"]:
        yield Box(x - REACH, y - ARROW + LABEL_SIZE, x + REACH, y)
    elif one["hedge"] == WORDS[lang]["ceiling"]:
        yield Box(x - REACH, y, x + REACH, y + ARROW - LABEL_SIZE)
