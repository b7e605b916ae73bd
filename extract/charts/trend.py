"""Target against actual over the years, one small chart for each indicator of a region."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import inf

import altair as alt

from extract.charts.labels import scale_of
from extract.charts.marks import (
    Link,
    Point,
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
    value_scale,
)
from extract.charts.theme import UPRIGHT, WORDS, Lang
from extract.errors import ChartError
from extract.tables.rows import PanelRow

WIDTH, YEAR_WIDTH, HEIGHT, COLUMNS, GAP = 320, 58, 190, 2, 34
MARK, DOT, LABEL_SIZE, ROOM = 190, 70, 10.5, 0.24
ABOVE, BELOW = -1, 1
MARGIN, ARROW = 17, 26
"""Between a mark and its label, where no arrow is in between and where one is."""


def trend(rows: Sequence[PanelRow], names: Mapping[str, str], lang: Lang, link: Link | None = None) -> Spec:
    """A chart of one region.

    Args:
        rows: targets and actuals of the region; those that are annual and have a number are drawn.
        names: of the indicators, by id, in the order in which they are drawn.
        lang: of titles and labels.
        link: where marks lead.

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
        raise ChartError("No annual target or actual with a number was found for this chart.")
    years = [str(year) for year in range(min(_years(drawn)), max(_years(drawn)) + 1)]
    panels = [
        _panel([row for row in drawn if row.indicator_id == indicator], names[indicator], years, lang, link)
        for indicator in names
        if any(row.indicator_id == indicator for row in drawn)
    ]
    region = drawn[0].region or "?"
    title = f"{region}：目标与实际" if lang == "zh" else f"{region}: targets and actuals"
    return side_by_side(panels, title, note=star_note(drawn, lang), columns=COLUMNS, spacing=GAP)


def _years(rows: Sequence[PanelRow]) -> list[int]:
    return [row.year for row in rows if row.year is not None]


def _panel(
    rows: Sequence[PanelRow], name: str, years: Sequence[str], lang: Lang, link: Link | None
) -> alt.LayerChart | alt.FacetChart:
    scale = scale_of((row.value for row in rows if row.value is not None), rows[0].unit)
    targets = [point(row, scale, lang, link) for row in rows if row.claim_type == "target"]
    actuals = [point(row, scale, lang, link) for row in rows if row.claim_type == "actual"]
    x = alt.X("year:O", title=None, scale=alt.Scale(domain=years), axis=alt.Axis(labelAngle=0))
    y = alt.Y("value:Q", title=None, scale=value_scale([*targets, *actuals], ROOM))
    floor, top = value_domain([*targets, *actuals], ROOM)
    per_pixel = (top - floor) / HEIGHT
    color, over, href = claim_color(lang), tooltip(lang), leading(link)
    layers = [
        chart(_with_gaps(actuals, years))
        .mark_line(strokeWidth=2, opacity=0.45)
        .encode(x=x, y=y, color=color),
        chart(one for one in targets if one["upper"] is not None)
        .mark_bar(size=20, opacity=0.45, cornerRadius=2)
        .encode(x=x, y=y, y2="upper:Q", color=color, tooltip=over, **href),
        chart(one for one in targets if one["upper"] is None)
        .mark_point(size=MARK, strokeWidth=2.2, opacity=1)
        .encode(x=x, y=y, shape=hedge_shape(UPRIGHT, lang), color=color, tooltip=over, **href),
        chart(actuals)
        .mark_point(size=DOT, filled=True, opacity=1, shape="circle")
        .encode(x=x, y=y, color=color, tooltip=over, **href),
        *(
            chart(labelled)
            .mark_text(dy=dy, fontSize=LABEL_SIZE)
            .encode(x=x, y=y, text="label:N", color=color)
            for dy, labelled in _labels(targets, actuals, lang, floor, per_pixel).items()
        ),
    ]
    unit = f"（{scale.unit}）" if lang == "zh" else f" ({scale.unit})"
    return alt.layer(
        *layers,
        width=max(WIDTH, YEAR_WIDTH * len(years)),
        height=HEIGHT,
        title=alt.Title(
            f"{name}{unit if scale.unit else ''}", fontSize=13, offset=4, fontWeight="normal", frame="group"
        ),
    )


def _with_gaps(actuals: Sequence[Point], years: Sequence[str]) -> list[Point]:
    """A year without an actual breaks the line."""
    stated = {one["year"] for one in actuals}
    missing = [year for year in years if year not in stated] if actuals else []
    return [*actuals, *({"year": year, "value": None, "claim": actuals[0]["claim"]} for year in missing)]


def _labels(
    targets: Sequence[Point], actuals: Sequence[Point], lang: Lang, bottom: float, per_pixel: float
) -> dict[int, list[Point]]:
    """Labels by their distance from the marks: of target and actual the higher has its own above, and so has what
    stands so low that a label below would lie on the axis.

    Args:
        targets: their marks.
        actuals: theirs.
        lang: of their hedges.
        bottom: the value at which the axis lies.
        per_pixel: how much of the scale a pixel is.
    """
    found: dict[int, list[Point]] = defaultdict(list)
    floor, ceiling = WORDS[lang]["floor"], WORDS[lang]["ceiling"]

    def low(one: Point, other: float, distance: int) -> bool:
        """Whether there is no room below, and some above, where the other mark of the year stands."""
        value: float = one["value"]
        below, between = (value - bottom) / per_pixel, (other - value) / per_pixel
        return below < distance + LABEL_SIZE and between > 2 * MARGIN

    for one in targets:
        other = max((two["value"] for two in actuals if two["year"] == one["year"]), default=-inf)
        distance = ARROW if one["hedge"] == ceiling else MARGIN
        above = one["value"] >= other or low(one, other, distance)
        arrow = one["hedge"] == (floor if above else ceiling)
        edge = one["upper"] if above and one["upper"] is not None else one["value"]
        found[(ABOVE if above else BELOW) * (ARROW if arrow else MARGIN)].append(one | {"value": edge})
    for one in actuals:
        other = max((two["value"] for two in targets if two["year"] == one["year"]), default=-inf)
        above = one["value"] > other or low(one, other, MARGIN)
        found[(ABOVE if above else BELOW) * MARGIN].append(one)
    return found
