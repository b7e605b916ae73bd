"""One indicator, regions side by side: a range is a bar, 以上 an arrow; what has no number says so in words."""

from collections.abc import Sequence

import altair as alt

from extract.charts.boxes import width_of
from extract.charts.labels import scale_of, short
from extract.charts.marks import (
    ANY_SIZE,
    Link,
    Point,
    Size,
    Spec,
    chart,
    claim_color,
    finished,
    hedge_shape,
    leading,
    point,
    star_note,
    tooltip,
    value_scale,
)
from extract.charts.theme import LYING, PALE, WORDS, Lang
from extract.errors import ChartError
from extract.messages import Message
from extract.tables.rows import ClaimType, PanelRow

WIDTH, STEP, LEAST_STEP, ROOM = 420, 26, 15, 0.08
BESIDE = " | "
MARK, DOT = 170, 60
MARGIN, LABEL_WIDTH, FONT_SIZE = 14, 84, 11
CLAIMS: tuple[ClaimType, ...] = ("target", "actual")
WORDLESS = {
    "zh": {"not_found": "报告未提", "unread": "报告提到，未能读出", "failed": "未能读取"},
    "en": {"not_found": "not in the report", "unread": "mentioned, not read", "failed": "could not be read"},
}
SAYING = 24


def regions(
    rows: Sequence[PanelRow], name: str, lang: Lang, link: Link | None = None, *, size: Size = ANY_SIZE
) -> Spec:
    """A chart of one indicator.

    Args:
        rows: targets of one year, or actuals, or the targets of a year beside the actuals of the year before,
            one or two for each region; regions stand in the order of their first rows' values.
        name: of the indicator.
        lang: of titles and labels.
        link: where marks lead.
        size: of the plot.

    Returns:
        The specification of a Vega-Lite chart.

    Raises:
        ChartError: no row can be drawn, or the rows do not fit into the height.
    """
    stated = [row for row in rows if row.value is not None]
    if not stated:
        raise ChartError(Message("No region states a number for this chart."))
    scale = scale_of((row.value for row in stated if row.value is not None), stated[0].unit)
    points = [point(row, scale, lang, link) for row in stated]
    words = WORDS[lang]
    targets = [one for one in points if one["claim"] == words["target"]]
    actuals = [one for one in points if one["claim"] == words["actual"]]
    order = _order(rows)
    y = alt.Y(
        "region:N",
        title=None,
        scale=alt.Scale(domain=order),
        axis=alt.Axis(grid=True, domain=False, ticks=False),
    )
    x = alt.X("value:Q", title=scale.unit or None, scale=value_scale(points, ROOM))
    color, over, href = claim_color(lang), tooltip(lang), leading(link)
    width = size.width or WIDTH
    step = STEP if size.height is None else size.height / len(order)
    if step < LEAST_STEP:
        raise ChartError(
            Message("%(number)s regions do not fit into this height.", number=len(order)),
            hint=Message("Raise --height, or name fewer regions with --region."),
        )
    first = width + MARGIN
    sayings = {claim: _sayings(rows, claim, lang) for claim in CLAIMS}
    labels = {"target": _together(targets, "label"), "actual": _together(actuals, "label")}
    second = first + _room(
        [*(one["label"] for one in labels["target"]), *(one["saying"] for one in sayings["target"])]
    )
    layers = [
        chart(one for one in points if one["upper"] is not None)
        .mark_bar(size=11, opacity=0.45, cornerRadius=2)
        .encode(x=x, x2="upper:Q", y=y, color=color, tooltip=over, **href),
        chart(one for one in actuals if one["upper"] is None)
        .mark_point(size=DOT, filled=True, opacity=1, shape="circle")
        .encode(x=x, y=y, color=color, tooltip=over, **href),
        chart(one for one in targets if one["upper"] is None)
        .mark_point(size=MARK, strokeWidth=2.2, opacity=1)
        .encode(x=x, y=y, shape=hedge_shape(LYING, lang), color=color, tooltip=over, **href),
        chart(labels["target"])
        .mark_text(align="left", fontSize=FONT_SIZE)
        .encode(x=alt.value(first), y=y, text="label:N", color=color),
        chart(labels["actual"])
        .mark_text(align="left", fontSize=FONT_SIZE)
        .encode(x=alt.value(second), y=y, text="label:N", color=color),
        *(
            chart(sayings[claim])
            .mark_text(align="left", fontSize=FONT_SIZE, color=PALE)
            .encode(x=alt.value(column), y=y, text="saying:N")
            for claim, column in zip(CLAIMS, (first, second), strict=True)
        ),
    ]
    drawn = alt.layer(
        *layers, width=width, height=alt.Step(step), title=alt.Title(name, subtitle=_subtitle(rows, lang))
    )
    return finished(drawn)


def _order(rows: Sequence[PanelRow]) -> list[str]:
    """Regions by the value of their first row, the largest first; those without a number come last."""
    first: dict[str, PanelRow] = {}
    for row in rows:
        first.setdefault(row.region or "?", row)
    stated = [region for region, row in first.items() if row.value is not None]
    stated.sort(key=lambda region: (-_size(first[region]), region))
    return stated + sorted(region for region, row in first.items() if row.value is None)


def _size(row: PanelRow) -> float:
    """Where a row stands among others: a range by its middle."""
    assert row.value is not None
    return float(row.value if row.upper is None else (row.value + row.upper) / 2)


def _room(texts: Sequence[str]) -> int:
    """How wide the column of what is said of targets is: sentences in it must not run into the next."""
    if not texts:
        return 0
    widest = max(width_of(text, FONT_SIZE) for text in texts)
    return max(LABEL_WIDTH, FONT_SIZE + int(widest) + 1)


def _together(points: Sequence[Point], text: str) -> list[Point]:
    """One label a region: what several reports of it say differently stands side by side."""
    found: dict[str, Point] = {}
    for one in points:
        other = found.get(one["region"])
        if other is None:
            found[one["region"]] = one
        elif one[text] not in str(other[text]).split(BESIDE):
            found[one["region"]] = other | {text: f"{other[text]}{BESIDE}{one[text]}"}
    return list(found.values())


def _sayings(rows: Sequence[PanelRow], claim: ClaimType, lang: Lang) -> list[Point]:
    """What stands for the target or actual of a region that has no number."""
    numbered = {row.region for row in rows if row.claim_type == claim and row.value is not None}
    return _together(
        [
            {
                "region": row.region or "?",
                "saying": WORDLESS[lang].get(row.status) or short(row.wording or "", SAYING),
            }
            for row in rows
            if row.claim_type == claim and row.value is None and row.region not in numbered
        ],
        "saying",
    )


def _subtitle(rows: Sequence[PanelRow], lang: Lang) -> str:
    """`2026年目标，2025年实际`."""
    words = WORDS[lang]
    claims = dict.fromkeys((row.year, row.claim_type) for row in rows if row.value is not None)
    parts = [
        (f"{year}年{words[claim]}" if lang == "zh" else f"{words[claim]} of {year}")
        for year, claim in claims
        if year
    ]
    note = star_note((row for row in rows if row.value is not None), lang)
    return ("，" if lang == "zh" else ", ").join([*parts, note] if note else parts)
