"""Pages that stand alone: one HTML file, no script, nothing loaded from anywhere."""

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from extract.cli.terminal import safe

TEMPLATES = Path(__file__).with_name("templates")


@cache
def _templates() -> Environment:
    templates = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters["visible"] = safe
    return templates


def page(template: str, **content: Any) -> bytes:
    """A page from its template.

    Args:
        template: its file name.
        content: what it shows; text is escaped there, and `visible` shows characters that hide or steer.
    """
    return _templates().get_template(template).render(**content).encode("utf-8", "replace")
