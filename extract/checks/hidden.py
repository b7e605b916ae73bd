"""Characters that a reader does not see but a model does."""

import re
from collections.abc import Iterator

from extract.checks.context import Context, Finding
from extract.checks.issues import issue
from schemas import Severity

_TAGS = "\U000e0000-\U000e007f"
_DIRECTIONS = "\u202a-\u202e\u2066-\u2069"
_ZERO_WIDTH = "\u200b-\u200f\u2060-\u2064\ufeff\u00ad"
_HIDDEN = re.compile(f"[{_TAGS}{_DIRECTIONS}{_ZERO_WIDTH}]+")
_HARMLESS = re.compile(f"[{_ZERO_WIDTH}]{{1,3}}")


def hidden_text(context: Context) -> Iterator[Finding]:
    """`hidden_text` for each run of invisible characters.

    Tag characters, direction overrides and long runs of zero-width characters can carry a message and are a
    warning; the stray zero-width blank of a web editor is a note.
    """
    report = context.report
    for run in _HIDDEN.finditer(report.source.text, report.start, report.end):
        names = "、".join(sorted({f"U+{ord(c):04X}" for c in run.group()})[:4])
        stray = _HARMLESS.fullmatch(run.group()) is not None
        finding = issue(
            "hidden_text",
            f"原文此处有{len(run.group())}个看不见的字符（{names}）。",
            f"There are {len(run.group())} invisible characters here ({names}).",
            [run.span()],
            severity=Severity.NOTE if stray else None,
        )
        yield Finding(None, finding)
