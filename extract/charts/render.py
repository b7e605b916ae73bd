"""Charts as PNG, SVG or one HTML file with hover. Nothing is loaded from anywhere."""

import json
from functools import cache

import vl_convert
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from extract.charts.marks import Spec
from extract.errors import ChartError
from extract.messages import Message

VERSION = "6.4"
NOWHERE: list[str] = []
"""The addresses that a chart may load from."""
SHARPNESS = 2.0
EXPOSE = "window.vegaEmbed = vegaEmbed;"
PROBE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40">'
    '<text y="30" font-size="30" font-family="sans-serif">{}</text></svg>'
)
TITLE = "chart"


def svg(spec: Spec) -> str:
    """A chart as SVG; its text is text, shown in whatever Chinese font the reader has."""
    return vl_convert.vegalite_to_svg(spec, vl_version=VERSION, allowed_base_urls=NOWHERE)


def png(spec: Spec) -> bytes:
    """A chart as PNG, twice as fine as a screen.

    Raises:
        ChartError: this machine has no font with Chinese characters.
    """
    if not has_chinese_font():
        raise ChartError(
            Message("No Chinese font is installed, so a PNG would show boxes."),
            hint=Message(
                "Install one (Debian: apt-get install fonts-wqy-zenhei), or use --format svg or html."
            ),
        )
    return vl_convert.vegalite_to_png(spec, vl_version=VERSION, scale=SHARPNESS, allowed_base_urls=NOWHERE)


def html(spec: Spec, lang: str) -> str:
    """A chart as one HTML file, with everything that it needs inside."""
    page = Environment(
        loader=PackageLoader("extract.charts", "templates"), autoescape=True, undefined=StrictUndefined
    )
    title = spec.get("title")
    return page.get_template("chart.html").render(
        lang="zh-CN" if lang == "zh" else "en",
        title=title["text"] if isinstance(title, dict) else title or TITLE,
        library=Markup(_library()),  # noqa: S704 - Vega's own text, none of a report
        spec=Markup(in_script(spec)),  # noqa: S704 - escaped for its place
    )


def in_script(value: object) -> str:
    """JSON that can stand in a script: nothing in it ends the script or begins a comment."""
    text = json.dumps(value, ensure_ascii=False)
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


@cache
def has_chinese_font() -> bool:
    """Whether two different characters come out differently; boxes would be the same."""
    one, other = (vl_convert.svg_to_png(PROBE.format(character)) for character in "政府")
    return one != other


@cache
def _library() -> str:
    return vl_convert.javascript_bundle(EXPOSE, vl_version=VERSION)
