"""What charts draw, as their specifications say it."""

import json

import pytest

from extract.charts.livelihood import livelihood
from extract.charts.regions import regions
from extract.charts.trend import trend
from extract.errors import ChartError

from .rows import promised, stated

NAMES = {"gdp_growth": "地区生产总值增长率"}
HISTORY = [
    stated("云州市", 2022, "target", "6", modifier="about"),
    stated("云州市", 2022, "actual", "3.5"),
    stated("云州市", 2023, "target", "6", upper="6.5", modifier="range"),
    stated("云州市", 2024, "target", "5.5", modifier="at_least"),
    stated("云州市", 2024, "actual", "6.3"),
]
NEIGHBOURS = [
    stated("云州市", 2026, "target", "5", modifier="about"),
    stated("临江市", 2026, "target", "4.5", upper="5.5", modifier="range"),
    stated("望海市", 2026, "target", "7", modifier="at_least"),
    stated("泰原市", 2026, "target", None, status="non_numeric", wording="与全省同步"),
    stated("兴城市", 2026, "target", None),
    stated("云州市", 2025, "actual", "4.8"),
]


def layers(spec: dict) -> list[dict]:
    """The layers of a chart, with those of charts within it."""
    found = list(spec.get("layer", ()))
    for part in (*spec.get("concat", ()), *found):
        found += layers(part)
    return found


def data(spec: dict, layer: dict) -> list[dict]:
    """What a layer draws."""
    values = layer.get("data", spec.get("data", {}))
    return values["values"] if "values" in values else spec["datasets"][values["name"]]


def drawn(spec: dict, mark: str) -> list[dict]:
    """The data of all layers with a mark."""
    return [
        one
        for layer in layers(spec)
        if layer.get("mark", {}).get("type") == mark
        for one in data(spec, layer)
    ]


def test_a_range_is_a_bar_from_end_to_end():
    (bar,) = drawn(trend(HISTORY, NAMES, "zh"), "bar")
    assert (bar["year"], bar["value"], bar["upper"], bar["label"]) == ("2023", 6, 6.5, "6–6.5%")
    (bar,) = drawn(regions(NEIGHBOURS, "GDP", "en"), "bar")
    assert (bar["region"], bar["value"], bar["upper"]) == ("临江市", 4.5, 5.5)


def test_every_other_number_is_a_sign_of_its_hedge():
    """以上 is an arrow: its sign goes on beyond the value."""
    points = drawn(trend(HISTORY, NAMES, "zh"), "point")
    assert {(one["year"], one["claim"], one["hedge"]) for one in points} == {
        ("2022", "目标", "左右、近"),
        ("2022", "实际", "等于"),
        ("2024", "目标", "以上、超过"),
        ("2024", "实际", "等于"),
    }


def test_a_year_without_an_actual_breaks_the_line():
    line = drawn(trend(HISTORY, NAMES, "zh"), "line")
    assert sorted((one["year"], one["value"]) for one in line if one["value"] is None) == [("2023", None)]
    assert len(line) == 3


def test_regions_stand_by_their_targets_those_without_a_number_last():
    spec = regions(NEIGHBOURS, "GDP", "zh")
    domain = next(one["encoding"]["y"]["scale"]["domain"] for one in layers(spec) if "y" in one["encoding"])
    assert domain == ["望海市", "临江市", "云州市", "兴城市", "泰原市"]
    assert "2026年目标，2025年实际" in json.dumps(spec, ensure_ascii=False)


def test_what_is_said_instead_of_a_number_is_told_from_what_is_not_said():
    texts = {
        one["region"]: one["saying"]
        for one in drawn(regions(NEIGHBOURS, "GDP", "zh"), "text")
        if "saying" in one
    }
    assert texts == {"泰原市": "与全省同步", "兴城市": "报告未提"}


def test_marks_lead_somewhere_only_where_they_are_told_to():
    assert "href" not in json.dumps([one["encoding"] for one in layers(regions(NEIGHBOURS, "GDP", "zh"))])
    linked = regions(NEIGHBOURS, "GDP", "zh", lambda row: f"#{row.region}")
    assert {one["href"] for one in drawn(linked, "bar")} == {"#临江市"}


def test_progress_is_what_was_reported_of_what_was_promised():
    """A project without a quantity has no bar, and says what is known."""
    spec = livelihood(
        [
            promised("新建学校", "9", "8", "partly"),
            promised("新建学校", "4", "5", "completed", promised_modifier="at_least"),
            promised("县域医共体", None, None, "not_reported", unit=None),
        ],
        "zh",
    )
    bars = drawn(spec, "bar")
    assert [round(one["share"], 1) for one in bars] == [88.9, 125]
    assert [one["amounts"] for one in bars] == ["8所 / 9所", "5所 / 4所以上"]
    assert len({one["name"] for one in bars}) == 2
    assert {one["status"] for one in drawn(spec, "point")} == {"次年报告未见"}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_nothing_to_draw_is_said(lang):
    for draw in (
        lambda: trend([], NAMES, lang),
        lambda: regions([], "GDP", lang),
        lambda: livelihood([], lang),
    ):
        with pytest.raises(ChartError):
            draw()


def test_a_label_that_would_lie_on_the_axis_stands_above_its_mark():
    """Prices rose by 0.1%, far below their target, and the axis is at zero."""
    low = [stated("云州市", 2024, "target", "2"), stated("云州市", 2024, "actual", "0.1")]
    spec = trend(low, NAMES, "zh")
    places = {
        one["label"]: one["at"] - one["value"]
        for layer in layers(spec)
        if layer.get("mark", {}).get("type") == "text"
        for one in data(spec, layer)
    }
    assert places["0.1%"] > 0


def test_an_actual_that_is_not_stated_is_said_to_be_so():
    rows = [stated("云州市", 2026, "target", "5"), stated("云州市", 2025, "actual", None)]
    spec = regions(rows, "甲", "zh")
    drawn = [one for layer in layers(spec) for one in data(spec, layer)]
    assert [one["saying"] for one in drawn if "saying" in one] == ["报告未提"]


def test_a_sentence_instead_of_a_target_leaves_the_actual_beside_it_readable():
    """固定资产投资增长由负转正 ran over the -3.2% of the year before."""
    rows = [
        stated("云州市", 2026, "target", None, status="non_numeric", wording="固定资产投资增长由负转正"),
        stated("云州市", 2025, "actual", "-3.2"),
    ]
    spec = regions(rows, "甲", "zh")
    at = {
        layer["encoding"]["text"]["field"]: layer["encoding"]["x"]["value"]
        for layer in layers(spec)
        if "text" in layer["encoding"] and data(spec, layer)
    }
    assert at["label"] - at["saying"] > 12 * 11
