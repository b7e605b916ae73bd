"""How far livelihood projects (民生实事) of one year got, as the next report says."""

from collections.abc import Sequence
from decimal import Decimal

import altair as alt

from extract.charts.labels import Scale, amount, short
from extract.charts.marks import ANY_SIZE, Point, Size, Spec, chart, finished, star_note, starred
from extract.charts.theme import INK, PALE, Lang
from extract.errors import ChartError
from extract.messages import Message
from extract.tables.project_rows import ProjectTrackingRow

WIDTH, STEP, LEAST_STEP, MARGIN = 420, 26, 15, 14
NAME = 26
MOST = 150
STATUSES = {
    "completed": ("完成", "completed", "#2f855a"),
    "partly": ("部分完成", "partly done", "#c05621"),
    "under_way": ("在建", "under way", "#2b6cb0"),
    "reported": ("已报告，数量不可比", "reported, no quantity to compare", "#718096"),
    "not_reported": ("次年报告未见", "not in the next report", "#a0aec0"),
    "failed": ("未能读取", "could not be read", "#9b2c2c"),
}
HUNDRED = Decimal(100)


def livelihood(rows: Sequence[ProjectTrackingRow], lang: Lang, *, size: Size = ANY_SIZE) -> Spec:
    """A chart of one region and year: what was reported as a share of what was promised.

    Args:
        rows: the promises, in the order in which they are drawn.
        lang: of titles and labels.
        size: of the plot.

    Returns:
        The specification of a Vega-Lite chart.

    Raises:
        ChartError: there is no promise, or the promises do not fit into the height.
    """
    if not rows:
        raise ChartError(
            Message("The next report does not mention any livelihood project of the one before.")
        )
    width = size.width or WIDTH
    step = STEP if size.height is None else size.height / len(rows)
    if step < LEAST_STEP:
        raise ChartError(
            Message("%(number)s projects do not fit into this height.", number=len(rows)),
            hint=Message("Raise --height."),
        )
    points = [_point(n, row, lang) for n, row in enumerate(rows)]
    names = [one["name"] for one in points]
    present = [status for status in STATUSES if any(row.status == status for row in rows)]
    labels = [STATUSES[status][lang == "en"] for status in present]
    color = alt.Color(
        "status:N",
        title=None,
        scale=alt.Scale(domain=labels, range=[STATUSES[status][2] for status in present]),
    )
    y = alt.Y("name:N", title=None, sort=names, axis=alt.Axis(domain=False, ticks=False, labelLimit=360))
    x = alt.X(
        "share:Q",
        title="完成数量占承诺数量 %" if lang == "zh" else "reported as % of promised",
        scale=alt.Scale(domain=[0, MOST], clamp=True),
        axis=alt.Axis(values=[0, 25, 50, 75, 100, 125, 150]),
    )
    titles = {
        "full": ("项目", "project"),
        "status": ("状态", "status"),
        "amounts": ("完成／承诺", "reported / promised"),
        "promise": ("承诺", "promise"),
        "reported": ("次年报告", "next report"),
    }
    over = [alt.Tooltip(f"{field}:N", title=title[lang == "en"]) for field, title in titles.items()]
    note = star_note(rows, lang)
    without = chart(one for one in points if one["share"] is None)
    drawn = alt.layer(
        chart(one for one in points if one["share"] is not None)
        .mark_bar(size=14, cornerRadius=2)
        .encode(x=x, y=y, color=color, tooltip=over),
        chart([{"share": 100}]).mark_rule(color=INK, strokeDash=[3, 3], opacity=0.6).encode(x=x),
        without.mark_point(size=70, filled=True, opacity=1, shape="diamond").encode(
            x=alt.value(5), y=y, color=color, tooltip=over
        ),
        without.mark_text(align="left", dx=12, fontSize=11, color=PALE).encode(
            x=alt.value(5), y=y, text="status:N"
        ),
        chart(points)
        .mark_text(align="left", fontSize=11, color=INK)
        .encode(x=alt.value(width + MARGIN), y=y, text="amounts:N"),
        width=width,
        height=alt.Step(step),
        title=alt.Title(_title(rows[0], lang), subtitle=note) if note else _title(rows[0], lang),
    )
    return finished(drawn)


def _title(row: ProjectTrackingRow, lang: Lang) -> str:
    region = row.region or "?"
    return (
        f"{region}{row.year}年民生实事进展"
        if lang == "zh"
        else f"{region}: livelihood projects of {row.year}"
    )


def _point(n: int, row: ProjectTrackingRow, lang: Lang) -> Point:
    share = None
    if row.promised and row.reported is not None and row.status in {"completed", "partly", "under_way"}:
        share = float(row.reported / row.promised * HUNDRED)
    number = f"{row.item}. " if row.item is not None else ""
    return {
        "name": f"{number}{short(row.project, NAME)}" + "\u200b" * n,  # projects of one name stay apart
        "full": row.project,
        "status": STATUSES[row.status][lang == "en"],
        "share": share,
        "amounts": starred(_amounts(row, lang), edited=row.edited),
        "promise": short(row.promised_quote, 160),
        "reported": short(row.reported_quote or "", 160),
    }


def _amounts(row: ProjectTrackingRow, lang: Lang) -> str:
    scale = Scale(0, row.unit or "")
    promised = (
        None if row.promised is None else amount(row.promised, None, row.promised_modifier, scale, lang)
    )
    reported = (
        None if row.reported is None else amount(row.reported, None, row.reported_modifier, scale, lang)
    )
    if promised and reported:
        return f"{reported} / {promised}"
    return promised or reported or ""
