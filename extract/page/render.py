"""The page as one HTML file: no script, no asset from anywhere, every text escaped."""

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from extract.charts.theme import Lang
from extract.page.model import Page, Text

OUTCOMES = {
    "exceeded": Text("超额完成", "exceeded"),
    "met": Text("完成", "met"),
    "missed": Text("未完成", "missed"),
    "not_comparable": Text("无法比较", "not comparable"),
    "no_actual": Text("次年报告未见", "not in the next report"),
    "unread": Text("报告提到，未能读出", "mentioned, not read"),
    "failed": Text("次年报告未能读取", "next report not read"),
}


def render(page: Page, lang: Lang) -> str:
    """The page as HTML.

    Args:
        page: what it shows.
        lang: which language is shown first; the reader can change it without any script.
    """
    environment = Environment(
        loader=PackageLoader("extract.page", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["drawn"] = Markup  # SVG of our own charts, whose texts are escaped
    return environment.get_template("page.html").render(page=page, lang=lang, outcomes=OUTCOMES)
