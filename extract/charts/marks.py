"""What a row of the panel is on a chart: one point of data, and the scales that all charts share."""

from collections.abc import Iterable
from typing import Any

import altair as alt

from extract.charts.labels import Scale, amount, short
from extract.charts.theme import ACTUAL, HEDGE_OF, HEDGES, TARGET, WORDS, Lang, config
from extract.tables.rows import PanelRow

Spec = dict[str, Any]
"""A Vega-Lite chart."""
Point = dict[str, Any]
"""One row of a chart's data."""
QUOTE = 160
FIELDS = ("region", "year", "claim", "label", "wording", "report")


def chart(points: Iterable[Point]) -> alt.Chart:
    """A chart of some data, without marks as yet."""
    return alt.Chart(alt.InlineData(values=list(points)))


def finished(drawn: alt.LayerChart | alt.FacetChart | alt.ConcatChart) -> Spec:
    """The specification of a chart, with the look that all have."""
    spec: Spec = drawn.to_dict()
    return spec | {"config": config()}


def point(row: PanelRow, scale: Scale, lang: Lang) -> Point:
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
        "label": amount(row.value, row.upper, row.modifier, scale, lang),
        "wording": short(row.wording or row.quote or "", QUOTE),
        "report": row.report_id,
    }


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


def tooltip(lang: Lang) -> list[alt.Tooltip]:
    """What is shown where the pointer rests."""
    return [alt.Tooltip(f"{field}:N", title=WORDS[lang][field]) for field in FIELDS]
