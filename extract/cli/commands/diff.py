"""`extract diff`: one report from two sources, and every place where they differ."""

# ruff: noqa: FBT002 - to typer an option is an argument with a default

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from extract.messages import Message

EXAMPLE = "Example: extract diff report.txt portal.html --numbers"


class DiffFormat(StrEnum):
    """How differences are printed."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"


def command(
    a: Annotated[str, typer.Argument(metavar="A", help="A report from one source, or - for stdin.")],
    b: Annotated[str, typer.Argument(metavar="B", help="The same report from another source.")],
    diff_format: Annotated[
        DiffFormat, typer.Option("--format", help="text, json, or html (a page that stands alone).")
    ] = DiffFormat.TEXT,
    numbers: Annotated[
        bool, typer.Option("--numbers", help="Only differences that change a number.")
    ] = False,
) -> int:
    """List where two copies of a report differ, and which numbers.

    比较同一份报告的两个来源：列出全部差异，改变数字的差异另作标记。

    Where a file holds several reports, each is compared with its copy in the other. Line breaks, blanks and
    widths are no differences. Differences are no failure: the exit code stays 0.
    """
    import os

    from extract.cli.terminal import note, read_input, write_lines
    from extract.cli.views import diff as view
    from extract.config import load_settings
    from extract.documents import read_source
    from extract.errors import NoReportError
    from extract.runs.pairs import compare

    settings = load_settings(Path.cwd(), os.environ)
    sides = []
    for name in (a, b):
        reading = read_source(read_input(name, settings.max_bytes), name, max_bytes=settings.max_bytes)
        if not reading.reports:
            raise NoReportError(Message("No government work report was found in %(name)s.", name=name))
        sides.append(reading.reports)
    pairs = compare(*sides)
    if not any(pair.same for pair in pairs):
        note(
            Message(
                "%(a)s and %(b)s are not copies of one report; the two most similar reports are compared.",
                a=a,
                b=b,
            )
        )
    if diff_format is DiffFormat.JSON:
        write_lines([view.as_json(pairs, numbers=numbers)])
    elif diff_format is DiffFormat.HTML:
        write_lines([view.as_page(pairs, numbers=numbers)])
    else:
        view.print_pairs(pairs, numbers=numbers)
    return 0
