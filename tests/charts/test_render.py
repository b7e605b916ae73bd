"""Charts as files: Chinese text, nothing from outside, nothing that runs."""

import json
import re
import struct

import pytest

from extract.charts import render
from extract.charts.regions import regions
from extract.errors import ChartError

from .rows import stated

EVIL = "</script><script>alert(1)</script><img src=x onerror=alert(1)>"
ROWS = [
    stated("云州市", 2026, "target", "5"),
    stated("临江市", 2026, "target", "4.5", upper="5", modifier="range"),
]


@pytest.fixture(scope="module")
def page() -> str:
    """A chart of a region with an evil name, as HTML."""
    rows = [*ROWS, stated(EVIL, 2026, "target", "6", wording=EVIL, report_id=EVIL)]
    return render.html(regions(rows, EVIL, "zh"), "zh")


def without_library(page: str) -> str:
    """What we wrote of a page, and what the chart brought in."""
    before, _, rest = page.partition("<script>")
    return before + rest.partition("</script>")[2]


def test_svg_keeps_text_as_text():
    drawn = render.svg(regions(ROWS, "地区生产总值增长率", "zh"))
    assert ">云州市</text>" in drawn
    assert ">4.5–5%</text>" in drawn
    assert "Noto Sans CJK SC" in drawn


def test_svg_escapes_what_a_report_says():
    drawn = render.svg(regions([*ROWS, stated(EVIL, 2026, "target", "6", wording=EVIL)], EVIL, "zh"))
    assert "<script" not in drawn
    assert "<img" not in drawn


def test_png_is_twice_as_fine_as_the_screen_and_needs_a_chinese_font():
    if not render.has_chinese_font():
        pytest.skip("no Chinese font is installed; make services installs one")
    drawn = render.png(regions(ROWS, "地区生产总值增长率", "zh"))
    assert drawn.startswith(b"\x89PNG")
    assert struct.unpack(">I", drawn[16:20])[0] > 1000


def test_without_a_chinese_font_a_png_is_refused_with_a_way_out(monkeypatch):
    """Boxes instead of characters would be of no use to anybody."""
    monkeypatch.setattr(render, "has_chinese_font", lambda: False)
    with pytest.raises(ChartError, match="boxes") as caught:
        render.png(regions(ROWS, "GDP", "en"))
    assert "svg" in caught.value.hint


def test_html_has_everything_inside_and_may_load_nothing(page):
    """Hover included."""
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)[1]
    assert policy.startswith("default-src 'none'")
    assert "http" not in policy
    assert not re.search(r"<(?:link|script|img)[^>]+(?:src|href)=", without_library(page))
    assert "vegaEmbed(" in page


def test_html_cannot_be_left_by_what_a_report_says(page):
    assert page.count("<script") == page.count("</script>") == 2
    assert "<img" not in without_library(page)
    assert "\\u003c/script>" in page


def test_json_in_a_script_comes_back_as_it_was():
    text = "</script><!--\u2028\u2029&"
    escaped = render.in_script({"a": text})
    assert "<" not in escaped
    assert json.loads(escaped) == {"a": text}
