"""What of the source is in no report, told on the report: nothing of a source vanishes unsaid."""

from collections.abc import Iterator, Sequence

from extract.checks.context import Context, Finding
from extract.checks.issues import issue
from extract.documents.left_out import LEFT_OUT, UNREAD
from extract.documents.model import LeftOut
from schemas import Severity

MOST_SPANS = 100
"""So many places are listed; the counts in the message are always the full ones."""

_TOLD_ELSEWHERE = "hidden"
_QUIET = frozenset({"code", "hidden"})
"""The code of a page often holds the words of the page once more."""


def text_left_out(context: Context) -> Iterator[Finding]:
    """`text_left_out` where words of the source are in no report.

    A warning where they hold numbers, or a whole page was not read; a note where they hold none, as menus and page
    numbers do. What is hidden is told as `hidden_text`.
    """
    parts = [one for one in context.report.left_out if one.reason != _TOLD_ELSEWHERE]
    if not parts:
        return
    telling = [one for one in parts if is_telling(one)]
    groups: dict[str, list[LeftOut]] = {}
    for one in telling or parts:
        groups.setdefault(one.reason, []).append(one)
    told = [_told(reason, found) for reason, found in groups.items()]
    yield Finding(
        None,
        issue(
            "text_left_out",
            f"原件中有文字未读入正文：{'；'.join(zh for zh, _ in told)}。",
            f"Text of the source was left out: {'; '.join(en for _, en in told)}.",
            [(one.at, one.at) for one in (telling or parts)[:MOST_SPANS]],
            severity=Severity.WARNING if telling else Severity.NOTE,
        ),
    )


def is_telling(part: LeftOut) -> bool:
    """Whether somebody should look at a part that was left out."""
    return part.reason in UNREAD or (part.numbers > 0 and part.reason not in _QUIET)


def _told(reason: str, parts: Sequence[LeftOut]) -> tuple[str, str]:
    """One reason with its counts, in Chinese and English."""
    zh, _, en = LEFT_OUT[reason].partition(" / ")
    if reason in UNREAD:
        return f"{zh}{len(parts)}页", f"{en}: {_counted(len(parts), 'page')}"
    characters, numbers = sum(one.length for one in parts), sum(one.numbers for one in parts)
    return (
        f"{zh}{len(parts)}处（{characters}字，{numbers}个数字）",
        f"{en}: {_counted(len(parts), 'place')} ({_counted(characters, 'character')}, {_counted(numbers, 'number')})",
    )


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
