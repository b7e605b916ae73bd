"""One report from two sources: recognised by its wording, whatever became of its digits, blanks and signs.

Two reports that one government lays before its assembly in one year are compared by the clauses that their
records quote. Reports of different years, or of different places, share a clause in twenty at most; copies
share nearly all, even where one of them is a part.
"""

import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from zlib import crc32

from extract.simplified import simplify

_CLAUSE = re.compile(r"[^，。；、！？：,;!?:\n]+")
_NOT_WORDING = re.compile(r"[^\u4e00-\u9fff]+")
_LEAST_CLAUSE = 6  # characters; shorter clauses are everybody's
SAME_SHARE = 0.6
"""Of the shorter report's clauses so many stand in the other where the two are copies."""


def wording_of(texts: Iterable[str]) -> Sequence[int]:
    """The clauses of some texts, each as a number, rising: Chinese characters alone, traditional or not."""
    found = {
        clause for text in set(texts) for clause in _CLAUSE.findall(text)
    }  # many records quote one sentence
    clauses = (_NOT_WORDING.sub("", simplify(clause)) for clause in found)
    return array("I", sorted({crc32(clause.encode()) for clause in clauses if len(clause) >= _LEAST_CLAUSE}))


def stretches(quotes: Iterable[tuple[int, str]]) -> Iterator[str]:
    """What quotes hold of their text, each place once: many records quote one sentence, or parts that overlap.

    Args:
        quotes: each with the place in the text where it begins.
    """
    parts: list[str] = []
    read = -1
    for start, quote in sorted(quotes):
        if start > read:
            yield "".join(parts)
            parts, read = [], start
        parts.append(quote[read - start :])
        read = max(read, start + len(quote))
    yield "".join(parts)


def share(one: Sequence[int], other: Sequence[int]) -> float:
    """How much of the shorter wording stands in the other: 0 to 1."""
    shorter = min(len(one), len(other))
    return len(set(one) & set(other)) / shorter if shorter else 0.0


@dataclass(slots=True)
class Copies:
    """Which reports are copies of each other; add all of them, then ask."""

    _firsts: dict[tuple[str, int | None], list[tuple[str, Sequence[int]]]] = field(default_factory=dict)
    _groups: dict[str, list[str]] = field(default_factory=dict)

    def add(self, report_id: str, region: str, year: int | None, wording: Sequence[int]) -> None:
        """Add a report; it joins the first one of its region and year that it is a copy of."""
        firsts = self._firsts.setdefault((region, year), [])
        for first, known in firsts:
            if first == report_id or share(known, wording) >= SAME_SHARE:
                group = self._groups[first]
                break
        else:
            firsts.append((report_id, wording))
            group = []
        if report_id not in group:
            group.append(report_id)
        self._groups[report_id] = group

    def of(self, report_id: str) -> tuple[str, ...]:
        """The other copies of a report, in the order in which they were added."""
        return tuple(other for other in self._groups.get(report_id, ()) if other != report_id)
