"""Headings that a document sets as such, in the clean text of a report."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from extract.documents.hints import HeadingHint
from extract.documents.model import CleanText

_LONGEST = 80
_DEEPEST = 3


@dataclass(frozen=True, slots=True)
class StyledHeading:
    """One of them.

    Attributes:
        start, end: its clean span.
        level: 1 for the outermost that the report uses, 3 for the deepest that sections have.
    """

    start: int
    end: int
    level: int


def styled_headings(hints: Sequence[HeadingHint], cleaned: CleanText) -> tuple[StyledHeading, ...]:
    """The headings of the hints that stand in a report.

    Levels are counted anew: the outermost style that occurs more than once is level 1, for the title of a
    document is often set in the style above that of its chapters.

    Args:
        hints: spans in the source.
        cleaned: the clean text of the report.
    """
    found = []
    for hint in hints:
        start, end = bisect_left(cleaned.offsets, hint.start), bisect_left(cleaned.offsets, hint.end)
        if start < end <= start + _LONGEST and "\n" not in cleaned.text[start:end]:
            found.append((start, end, hint.level))
    used = [level for _, _, level in found]
    repeated = sorted({level for level in used if used.count(level) > 1})
    ranks = {level: min(_DEEPEST, rank) for rank, level in enumerate(repeated, 1)}
    return tuple(StyledHeading(start, end, ranks[level]) for start, end, level in found if level in ranks)
