"""A quoted sentence with its numbers marked."""

import re
from collections.abc import Iterable, Sequence

from rich.text import Text

from extract.cli.terminal import safe
from schemas import Record, State
from schemas.result import LedgerRow

BREAK = re.compile(r"\s*\n\s*")
CLAIMED = "bold underline"
FLAGGED = "bold underline yellow"
UNCLAIMED = "bold reverse yellow"
BRACKETS = ("⟨", "⟩")
"""What marks a number where there are neither colours nor underlines."""


def marked_quote(records: Sequence[Record], unclaimed: Iterable[LedgerRow], *, plain: bool) -> Text:
    """The sentence that some records share.

    Args:
        records: they have the same evidence.
        unclaimed: numbers of the report that nobody claims; those of this sentence are marked as well.
        plain: mark by brackets instead of style.
    """
    evidence = records[0].evidence
    marks: dict[tuple[int, int], str] = {}
    for row in unclaimed:
        if evidence.start <= row.start and row.end <= evidence.end:
            marks[row.start, row.end] = UNCLAIMED
    for record in records:
        for figure in record.figures:
            marks[figure.start, figure.end] = FLAGGED if record.state is State.FLAGGED else CLAIMED
    text, at = Text(), 0
    for (start, end), style in sorted(marks.items()):
        first, last = start - evidence.start, end - evidence.start
        if first < at or last > len(evidence.quote):
            continue
        text.append(_one_line(evidence.quote[at:first]))
        number = _one_line(evidence.quote[first:last])
        text.append(f"{BRACKETS[0]}{number}{BRACKETS[1]}" if plain else number, style=style)
        at = last
    text.append(_one_line(evidence.quote[at:]))
    return text


def _one_line(text: str) -> str:
    """Page breaks of the source are shown, but do not tear the sentence apart."""
    return safe(BREAK.sub("⏎", text))
