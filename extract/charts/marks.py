"""What a row of the panel is on a chart: one point of data, and the scales that all charts share."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

import altair as alt

from extract.charts.labels import Scale, amount, short
from extract.charts.theme import ACTUAL, HEDGE_OF, HEDGES, TARGET, WORDS, Lang, config
from extract.tables.project_rows import ProjectTrackingRow
from extract.tables.rows import PanelRow


class Size(NamedTuple):
    """Of a plot, without axes, titles and legends, in pixels; None for what its labels need."""

    width: int | None = None
    height: int | None = None


ANY_SIZE = Size()

Drawn = alt.LayerChart | alt.FacetChart
Spec = dict[str, Any]
"""A Vega-Lite chart."""
Point = dict[str, Any]
"""One row of a chart's data."""
Link = Callable[[PanelRow], str]
"""Where a click on the mark of a row leads."""
QUOTE = 160
STAR = "*"
FIELDS = ("region", "year", "claim", "label", "wording", "report")


def chart(points: Iterable[Point]) -> alt.Chart:
    """A chart of some data, without marks as yet."""
    return alt.Chart(alt.InlineData(values=list(points)))


def side_by_side(charts: Sequence[Drawn], title: str, *, note: str = "", columns: int, spacing: int) -> Spec:
    """The specification of several charts with one legend. Put together here: Altair copies all data many times."""
    parts = [finished(one) for one in charts]
    own = {"$schema", "config", "datasets"}
    return {
        "$schema": parts[0]["$schema"],
        "title": {"text": title, "subtitle": note} if note else title,
        "columns": columns,
        "spacing": spacing,
        "concat": [{key: value for key, value in part.items() if key not in own} for part in parts],
        "datasets": {name: values for part in parts for name, values in part.get("datasets", {}).items()},
        "resolve": {"scale": {"color": "shared", "shape": "shared"}},
        "config": config(),
    }


def finished(drawn: Drawn) -> Spec:
    """The specification of a chart, with the look that all have."""
    spec: Spec = drawn.to_dict(validate=False)  # each part was validated when it was made
    return spec | {"config": config()}


def point(row: PanelRow, scale: Scale, lang: Lang, link: Link | None) -> Point:
    """A row with a number, as data of a chart."""
    assert row.value is not None
    words = WORDS[lang]
    return {
        "region": row.region or "?",
        "year": str(row.year),
        "value": float(scale.shown(row.value)),
        "upper": None if row.upper is None else float(scale.shown(row.upper)),
        "claim": words[row.claim_type],
        "hedge": words[HEDGE_OF.get(row.modifier or "exact", "exact")],
        "label": starred(amount(row.value, row.upper, row.modifier, scale, lang), edited=row.edited),
        "wording": short(row.wording or row.quote or "", QUOTE),
        "report": row.report_id,
        "href": link(row) if link else None,
    }


def starred(label: str, *, edited: bool) -> str:
    """A label with a star where a person corrected or added what it stands for."""
    return f"{label}{STAR}" if edited else label


def star_note(rows: Iterable[PanelRow | ProjectTrackingRow], lang: Lang) -> str:
    """What the star on a chart means; empty where there is none."""
    return WORDS[lang]["edited"] if any(row.edited for row in rows) else ""


def value_domain(points: Iterable[Point], room: float) -> tuple[float, float]:
    """Both ends of a scale for all values, with room around them, which crosses zero only where they do.

    Args:
        points: with a value, and perhaps an upper one.
        room: on either side, as a part of what the values span.
    """
    values = [value for one in points for value in (one["value"], one["upper"]) if value is not None]
    low, high = min(values), max(values)
    margin = ((high - low) or abs(high) / 2 or 1) * room
    floor = max(low - margin, 0) if low >= 0 else low - margin
    return floor, high + margin


def value_scale(points: Iterable[Point], room: float) -> alt.Scale:
    """A scale over `value_domain`."""
    return alt.Scale(domain=list(value_domain(points, room)), zero=False, nice=True)


def claim_color(lang: Lang) -> alt.Color:
    """Targets in one colour, actuals in another."""
    words = WORDS[lang]
    scale = alt.Scale(domain=[words["target"], words["actual"]], range=[TARGET, ACTUAL])
    return alt.Color("claim:N", title=None, scale=scale)


def hedge_shape(shapes: dict[str, str], lang: Lang) -> alt.Shape:
    """A sign for each hedge."""
    words = WORDS[lang]
    scale = alt.Scale(domain=[words[hedge] for hedge in HEDGES], range=[shapes[hedge] for hedge in HEDGES])
    legend = alt.Legend(title=words["hedges"], symbolStrokeWidth=2, symbolStrokeColor=TARGET)
    return alt.Shape("hedge:N", scale=scale, legend=legend)


def leading(link: Link | None) -> dict[str, Any]:
    """The channel that makes marks lead somewhere; none in a chart that stands by itself."""
    return {"href": alt.Href("href:N")} if link else {}


def tooltip(lang: Lang) -> list[alt.Tooltip]:
    """What is shown where the pointer rests."""
    return [alt.Tooltip(f"{field}:N", title=WORDS[lang][field]) for field in FIELDS]
