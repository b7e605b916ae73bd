"""What all charts share: colours, signs for hedges, fonts, words."""

from typing import Any, Literal

Lang = Literal["zh", "en"]

TARGET, ACTUAL = "#b45309", "#1d5fa8"
INK, PALE, GRID, PAPER = "#1f2937", "#6b7280", "#e5e7eb", "#ffffff"
FONTS = (
    "'Noto Sans CJK SC','Source Han Sans SC','PingFang SC','Microsoft YaHei','WenQuanYi Zen Hei',"
    "'Droid Sans Fallback',sans-serif"
)

PLAIN_MINUS = "replace(datum.label, '−', '-')"
"""Many Chinese fonts lack the sign that Vega puts before negative numbers."""

HEDGES = ("exact", "about", "floor", "ceiling", "range")
"""What a chart tells apart: as it is, 左右, 以上, 以内, from … to …"""
HEDGE_OF = {
    "exact": "exact",
    "about": "about",
    "nearly": "about",
    "at_least": "floor",
    "more_than": "floor",
    "at_most": "ceiling",
    "less_than": "ceiling",
    "range": "range",
}
UPRIGHT = {  # the value grows upwards
    "exact": "M-0.9,0H0.9",
    "about": "M-1,0.2C-0.6,-0.5,-0.4,-0.5,0,0C0.4,0.5,0.6,0.5,1,-0.2",
    "floor": "M-0.9,0H0.9M0,0V-1.7M-0.5,-1.15L0,-1.7L0.5,-1.15",
    "ceiling": "M-0.9,0H0.9M0,0V1.7M-0.5,1.15L0,1.7L0.5,1.15",
    "range": "M-0.7,-0.9H0.7V0.9H-0.7Z",
}
LYING = {  # the value grows to the right
    "exact": "M0,-0.9V0.9",
    "about": "M-0.2,-1C0.5,-0.6,0.5,-0.4,0,0C-0.5,0.4,-0.5,0.6,0.2,1",
    "floor": "M0,-0.9V0.9M0,0H1.7M1.15,-0.5L1.7,0L1.15,0.5",
    "ceiling": "M0,-0.9V0.9M0,0H-1.7M-1.15,-0.5L-1.7,0L-1.15,0.5",
    "range": "M-0.9,-0.7V0.7H0.9V-0.7Z",
}
WORDS: dict[Lang, dict[str, str]] = {
    "zh": {
        "target": "目标",
        "actual": "实际",
        "exact": "等于",
        "about": "左右、近",
        "floor": "以上、超过",
        "ceiling": "以内、低于",
        "range": "区间",
        "year": "年份",
        "region": "地区",
        "hedges": "目标的说法",
        "claim": "类型",
        "label": "数值",
        "wording": "表述",
        "report": "报告",
        "edited": "* 经人工更正或补录",
    },
    "en": {
        "target": "target",
        "actual": "actual",
        "exact": "as stated",
        "about": "about",
        "floor": "at least",
        "ceiling": "at most",
        "range": "range",
        "year": "year",
        "region": "region",
        "hedges": "how the target is put",
        "claim": "claim",
        "label": "value",
        "wording": "wording",
        "report": "report",
        "edited": "* corrected or added by a reviewer",
    },
}


def config() -> dict[str, Any]:
    """The look of every chart."""
    title = {
        "anchor": "start",
        "frame": "bounds",
        "fontWeight": 600,
        "fontSize": 16,
        "color": INK,
        "offset": 12,
    }
    axis = {
        "labelColor": INK,
        "titleColor": PALE,
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "gridColor": GRID,
        "domainColor": PALE,
        "tickColor": PALE,
        "labelLimit": 360,
    }
    legend = {
        "labelColor": INK,
        "titleColor": PALE,
        "labelFontSize": 12,
        "titleFontSize": 12,
        "titleFontWeight": "normal",
        "titleOrient": "left",
        "orient": "bottom",
        "symbolOpacity": 1,
        "labelLimit": 0,
        "labelOffset": 6,
        "layout": {"bottom": {"direction": "vertical", "anchor": "start", "margin": 8}},
    }
    return {
        "font": FONTS,
        "background": PAPER,
        "view": {"stroke": None},
        "title": title | {"subtitleColor": PALE, "subtitleFontSize": 12},
        "axis": axis,
        "axisQuantitative": {"labelExpr": PLAIN_MINUS},
        "legend": legend,
    }
