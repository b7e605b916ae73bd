"""Characters that a reader does not see but a model does."""

import re
from collections.abc import Iterator, Sequence

from extract.checks.context import Context, Finding
from extract.checks.issues import issue
from schemas import Issue, Severity

_TAGS = "\U000e0000-\U000e007f"
_DIRECTIONS = "\u202a-\u202e\u2066-\u2069"
_ZERO_WIDTH = "\u200b-\u200f\u2060-\u2064\ufeff\u00ad"
_HIDDEN = re.compile(f"[{_TAGS}{_DIRECTIONS}{_ZERO_WIDTH}]+")
_HARMLESS = re.compile(f"[{_ZERO_WIDTH}]{{1,3}}")


MOST_SPANS = 100
"""So many places are listed; the count in the message is always the full one."""


def hidden_text(context: Context) -> Iterator[Finding]:
    """`hidden_text` where there are invisible characters.

    Tag characters, direction overrides and long runs of zero-width characters can carry a message and are a
    warning; the stray zero-width blanks of a web editor are a note.
    """
    report = context.report
    runs = list(_HIDDEN.finditer(report.source.text, report.start, report.end))
    strays = [run for run in runs if _HARMLESS.fullmatch(run.group())]
    carriers = [run for run in runs if not _HARMLESS.fullmatch(run.group())]
    for found, severity in ((carriers, Severity.WARNING), (strays, Severity.NOTE)):
        if found:
            yield Finding(None, _hidden(found, severity))


def _hidden(runs: Sequence[re.Match[str]], severity: Severity) -> Issue:
    characters = {c for run in runs[:MOST_SPANS] for c in run.group()[:MOST_SPANS]}
    names = "、".join(f"U+{ord(c):04X}" for c in sorted(characters)[:4])
    return issue(
        "hidden_text",
        f"原文有{len(runs)}处看不见的字符（{names}）。",
        f"There are invisible characters in {len(runs)} places ({names}).",
        [run.span() for run in runs[:MOST_SPANS]],
        severity=severity,
    )
