"""What a reader does not see but a model does, and what looks like another character than it is.

Hidden text never stands in the text that engines read: of documents it is set apart when they are read, of
plain text the cleaning leaves it out. Here it is told.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import chain

from extract.checks.context import Context, Finding
from extract.checks.issues import issue
from extract.checks.lookalikes import lookalikes
from extract.documents.hints import HIDDEN, Hidden
from schemas import Issue, Severity

_TAGS = "\U000e0000-\U000e007f"
_DIRECTIONS = "\u202a-\u202e\u2066-\u2069"
_ZERO_WIDTH = "\u200b-\u200f\u2060-\u2064\ufeff\u00ad"
_HIDDEN = re.compile(f"[{_TAGS}{_DIRECTIONS}{_ZERO_WIDTH}]+")
_HARMLESS = re.compile(f"[{_ZERO_WIDTH}]{{1,3}}")
_STRAY = re.compile(r"(?:<U\+(?:200[B-F]|206[0-4]|FEFF|00AD|FE0[0-9A-F]|E01[0-9A-E][0-9A-F])>){1,3}")
"""A stray blank of a web editor, as `Hidden.text` names it."""

MOST_SPANS = 100
"""So many places are listed; the count in the message is always the full one."""

_QUOTED = 40

Spans = list[tuple[int, int]]


def hidden_text(context: Context) -> Iterator[Finding]:
    """`hidden_text` where there is text that is not seen, or characters that look like others.

    Tag characters, direction overrides, long runs of zero-width characters and hidden words can carry a message
    and are a warning, for the report and for every record around them; the stray zero-width blanks of a web
    editor and what is hidden in the menus of a page are a note.
    """
    suspicious: Spans = []
    for one in chain(
        _characters(context), _hidden_parts(context), _shown_by_script(context), _lookalikes(context)
    ):
        yield Finding(None, one)
        if one.severity is not Severity.NOTE:
            suspicious += [(span.start, span.end) for span in one.spans]
    yield from _on_records(context, suspicious)


def _characters(context: Context) -> Iterator[Issue]:
    """Invisible characters in the text itself, as plain text may hold them."""
    report = context.report
    runs = list(_HIDDEN.finditer(report.source.text, report.start, report.end))
    strays = [run for run in runs if _HARMLESS.fullmatch(run.group())]
    carriers = [run for run in runs if not _HARMLESS.fullmatch(run.group())]
    for found, severity in ((carriers, Severity.WARNING), (strays, Severity.NOTE)):
        if found:
            yield _invisible(found, severity)


def _invisible(runs: Sequence[re.Match[str]], severity: Severity) -> Issue:
    characters = {c for run in runs[:MOST_SPANS] for c in run.group()[:MOST_SPANS]}
    names = "、".join(f"U+{ord(c):04X}" for c in sorted(characters)[:4])
    return issue(
        "hidden_text",
        f"原文有{len(runs)}处看不见的字符（{names}）。",
        f"There are invisible characters in {len(runs)} places ({names}).",
        [run.span() for run in runs[:MOST_SPANS]],
        severity=severity,
    )


def _hidden_parts(context: Context) -> Iterator[Issue]:
    """What the document hid: one issue for each way."""
    report = context.report
    groups: dict[tuple[str, bool], list[Hidden]] = {}
    for one in report.source.hints.hidden:
        outside = one.apart or not report.start <= one.at <= report.end
        harmless = outside or _STRAY.fullmatch(one.text) is not None
        groups.setdefault((one.way, harmless), []).append(one)
    for (way, harmless), found in groups.items():
        zh, en = HIDDEN[way]
        begins = " ".join(found[0].text.split())[:_QUOTED]
        where = "（正文之外）" if harmless and found[0].apart else ""
        yield issue(
            "hidden_text",
            f"文档有{len(found)}处{zh}{where}，未读入正文，如“{begins}”。",
            f"There is {en} in {len(found)} places; it was not read. It begins: {begins!r}.",
            [(one.at, one.at) for one in found[:MOST_SPANS]],
            severity=Severity.NOTE if harmless else Severity.WARNING,
        )


def _shown_by_script(context: Context) -> Iterator[Issue]:
    """What a page hides until its script has run, and what was read because it is all that the page says."""
    report = context.report
    spans = [
        (start, end)
        for start, end in report.source.hints.by_script
        if start < report.end and end > report.start
    ]
    if spans:
        yield issue(
            "hidden_text",
            "网页的正文在脚本运行之前是隐藏的；页面上没有别的报告，因此读入了这部分文字。",
            "The page hides its article until a script shows it; there is no other report on it, so it was read.",
            spans[:MOST_SPANS],
            severity=Severity.NOTE,
        )


def _lookalikes(context: Context) -> Iterator[Issue]:
    """Characters of another script in the place of a letter or digit."""
    report = context.report
    found = list(lookalikes(report.source.text, report.start, report.end))
    if not found:
        return
    names = "、".join(dict.fromkeys(f"“{one.word}”中的{one.char} U+{ord(one.char):04X}" for one in found[:4]))
    names_en = ", ".join(
        dict.fromkeys(f"{one.char} U+{ord(one.char):04X} in {one.word!r}" for one in found[:4])
    )
    yield issue(
        "hidden_text",
        f"原文有{len(found)}处形似而实非的字符：{names}。",
        f"There are characters that only look like others in {len(found)} places: {names_en}.",
        [(one.at, one.at + 1) for one in found[:MOST_SPANS]],
    )


def _on_records(context: Context, suspicious: Spans) -> Iterator[Finding]:
    """The same for each record in whose evidence one of the places lies."""
    if not suspicious:
        return
    spans = sorted(suspicious)
    starts = [start for start, _ in spans]
    for n, item in enumerate(context.grounded):
        evidence = item.record.evidence
        near = spans[bisect_left(starts, evidence.start) : bisect_right(starts, evidence.end)]
        inside = [span for span in near if span[1] <= evidence.end]
        if inside:
            yield Finding(
                n,
                issue(
                    "hidden_text",
                    "所引原文处有隐藏或形似的字符，请对照原件核对。",
                    "At the quoted place there is hidden text or a character that only looks like another; "
                    "compare the original.",
                    inside[:MOST_SPANS],
                ),
            )
