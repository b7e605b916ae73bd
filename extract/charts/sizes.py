"""A chart in the size that is asked for: what stands around its plots is measured, the plots take the rest."""

import re
from collections.abc import Callable

from extract.charts import render
from extract.charts.marks import ANY_SIZE, Size, Spec
from extract.errors import ChartError
from extract.messages import Message

LEAST = 100
"""No plot is narrower or lower, in pixels."""
_SIZE = re.compile(
    r'<svg[^>]*? width="([\d.]+)" height="([\d.]+)"|<svg[^>]*? viewBox="0 0 ([\d.]+) ([\d.]+)"'
)

Drawing = Callable[[Size], Spec]
"""Draws a chart with plots of a size."""


def sized(draw: Drawing, width: int | None, height: int | None) -> Spec:
    """A chart whose picture has a width and a height.

    Args:
        draw: draws it.
        width: of the whole picture in pixels; None for what its labels need.
        height: of the whole picture in pixels; None for what its rows need.

    Raises:
        ChartError: there is no room for the plots.
    """
    spec = draw(ANY_SIZE)
    if width is None and height is None:
        return spec
    columns, rows = _grid(spec)
    wide, high = measured(spec)
    across, down = _plot(spec)
    size = Size(
        None if width is None else _fitting(across + (width - wide) / columns, "width"),
        None if height is None else _fitting(down + (height - high) / rows, "height"),
    )
    return draw(size)


def measured(spec: Spec) -> tuple[float, float]:
    """Width and height of the picture of a chart, in pixels."""
    found = _SIZE.search(render.svg(spec))
    assert found is not None, "an SVG says how large it is"
    width, height = (found[n] or found[n + 2] for n in (1, 2))
    return float(width), float(height)


def _grid(spec: Spec) -> tuple[int, int]:
    """How many plots stand side by side, and one above the other."""
    plots = len(spec.get("concat", [0]))
    columns = min(spec.get("columns", 1), plots)
    return columns, -(-plots // columns)


def _plot(spec: Spec) -> tuple[float, float]:
    """Width and height of a plot; where it has a row for each name, all of them together."""
    one = spec["concat"][0] if "concat" in spec else spec
    height = one["height"]
    if isinstance(height, dict):
        names = {
            str(value)
            for layer in one["layer"]
            for channel in [layer["encoding"].get("y", {})]
            for value in channel.get("sort") or channel.get("scale", {}).get("domain") or ()
        }
        height = height["step"] * len(names)
    return float(one["width"]), float(height)


def _fitting(pixels: float, what: str) -> int:
    if pixels < LEAST:
        raise ChartError(
            Message("The charts do not fit into this %(what)s.", what=what),
            hint=Message("Raise --%(what)s, or draw fewer charts with --indicator and --region.", what=what),
        )
    return int(pixels)
