"""No text of a chart lies over another: boxes computed from the rendered SVG, as wide as fonts draw them."""

import re
from collections.abc import Iterator
from itertools import combinations
from xml.etree import ElementTree as ET

import pytest

from extract.charts.boxes import Box
from extract.charts.livelihood import livelihood
from extract.charts.marks import ANY_SIZE, Size, Spec
from extract.charts.regions import regions
from extract.charts.render import svg
from extract.charts.sizes import measured, sized
from extract.charts.trend import trend
from extract.errors import ChartError

from .rows import promised, stated

_MOVE = re.compile(r"translate\(([-\d.]+)[ ,]([-\d.]+)\)")
_WIDTHS = {"1": 0.56, ".": 0.3, ",": 0.3, "%": 0.9, " ": 0.3, "–": 0.56, "-": 0.35, "|": 0.3}
"""Of common fonts with Chinese characters, in parts of the font's size; other letters and digits take 0.56."""
LONG = ("双江拉祜族佤族布朗族傣族自治县", "积石山保安族东乡族撒拉族自治县", "云州市", "临江市")


def texts(spec: Spec) -> list[tuple[str, Box]]:
    """Every text of a chart with its box."""
    return list(_texts(ET.fromstring(svg(spec)), 0.0, 0.0))  # noqa: S314 - our own picture


def _texts(node: ET.Element, x: float, y: float) -> Iterator[tuple[str, Box]]:
    moved = _MOVE.search(node.get("transform", ""))
    if moved:
        x, y = x + float(moved[1]), y + float(moved[2])
    if node.tag.endswith("text") and float(node.get("opacity", 1)) > 0:
        size = float(node.get("font-size", "11px").removesuffix("px"))
        lines = [one.text or "" for one in node] or [node.text or ""]
        for n, line in enumerate(lines):
            words = line.strip("\u200b")
            width = sum(size if one > "\u2e80" else size * _WIDTHS.get(one, 0.56) for one in words)
            left = x - {"middle": 0.5, "end": 1.0}.get(node.get("text-anchor", ""), 0.0) * width
            base = y + n * size * 1.2
            if words:
                yield words, Box(left, base - 0.8 * size, left + width, base + 0.2 * size)
        return
    for child in node:
        yield from _texts(child, x, y)


def collisions(spec: Spec) -> list[tuple[str, str]]:
    """Pairs of texts that lie over each other."""
    return [(one, two) for (one, a), (two, b) in combinations(texts(spec), 2) if a.meets(b)]


def years(value: str, actual: str, **more: str) -> list:
    """Targets and actuals of twelve years in two regions."""
    return [
        row
        for region in LONG[:2]
        for year in range(2014, 2026)
        for row in (
            stated(region, year, "target", value, **more),
            stated(region, year, "actual", actual),
        )
    ]


HOSTILE = {
    "equal values": years("6.5", "6.5"),
    "nearly equal values": years("6.5", "6.51"),
    "ranges": years("4.5", "5", upper="6.5", modifier="range"),
    "ranges around their actuals": years("4.5", "4.6", upper="4.7", modifier="range"),
    "floors": years("6", "6.2", modifier="at_least"),
    "ceilings": years("6", "5.8", modifier="at_most"),
    "long numbers": years("123456.789", "123456.788", modifier="about"),
    "losses": years("0.1", "-0.1", modifier="about"),
    "reports that contradict each other": [
        *years("6.5", "6.5"),
        *years("6.6", "6.4", modifier="about"),
        *years("6.5", "6.45"),
    ],
    "a value that is far off": [*years("6", "6.1"), stated(LONG[0], 2020, "actual", "60")],
}


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("rows", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("size", [ANY_SIZE, Size(420, 120), Size(1600, 500)], ids=["own", "small", "large"])
def test_no_label_of_a_trend_lies_over_another(rows, lang, size):
    """Whatever the values and the size; in its own size every label is there."""
    name = {"gdp_growth": "规模以上工业增加值增长率" if lang == "zh" else "Growth of industrial value added"}
    spec = trend(rows, name, lang, size=size)
    assert not collisions(spec)


def test_every_label_of_two_series_is_shown():
    """In the size that a chart takes by itself none is left out."""
    rows = HOSTILE["equal values"]
    shown = [words for words, _ in texts(trend(rows, {"gdp_growth": "甲"}, "zh")) if words.startswith("6.5%")]
    assert len(shown) == len(rows)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_label_of_many_regions_lies_over_another(lang):
    """Long names, ranges, several sayings of one region, and regions without a number."""
    rows = [
        row
        for n in range(40)
        for region in [f"{LONG[n % 4][:-1]}{n}县"]
        for row in (
            stated(region, 2026, "target", "6", modifier="about", **({"upper": "6.5"} if n % 3 == 0 else {})),
            stated(region, 2026, "target", "7" if n % 5 == 0 else "6", modifier="at_least"),
            stated(region, 2025, "actual", None if n % 4 == 0 else "6"),
        )
    ]
    rows += [
        stated(
            "无数市",
            2026,
            "target",
            None,
            status="non_numeric",
            wording="与经济增长同步并与居民收入增长相协调、稳中有进",
        ),
        stated("未读市", 2026, "target", None, status="unread"),
    ]
    for size in (ANY_SIZE, Size(300, 42 * 15)):
        assert not collisions(regions(rows, "规模以上工业增加值增长率", lang, size=size))
    with pytest.raises(ChartError, match="do not fit"):
        regions(rows, "甲", lang, size=Size(300, 200))


def test_no_label_of_livelihood_projects_lies_over_another():
    """Long names, and projects of one name."""
    rows = [
        promised("改造提升老旧小区供水管网和养老服务中心并加装电梯以及充电设施", "1200", reported, status)
        for reported, status in (("1300", "completed"), ("600", "partly"), (None, "not_reported")) * 5
    ]
    assert not collisions(livelihood(rows, "zh"))


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (900, None), (None, 500)])
def test_a_chart_has_the_size_that_is_asked_for(width, height):
    """Of the whole picture, to a few pixels."""
    drawings = (
        lambda size: trend(years("6", "6.1"), {"gdp_growth": "甲"}, "zh", size=size),
        lambda size: regions(
            [*years("6", "6.1")[:2], stated("云州市", 2014, "target", "5")], "甲", "zh", size=size
        ),
    )
    for draw in drawings:
        wide, high = measured(sized(draw, width, height))
        assert width is None or abs(wide - width) <= 6
        assert height is None or abs(high - height) <= 6


def test_a_size_without_room_is_wrong_use():
    """With what to do about it."""
    with pytest.raises(ChartError, match="do not fit into this width") as caught:
        sized(lambda size: trend(years("6", "6.1"), {"gdp_growth": "甲"}, "zh", size=size), 240, None)
    assert "--width" in caught.value.hint
