"""Tables of contents: the headings of a report, listed before it, are no headings and no text of it.

An entry is told by what it lists: its words begin a line again further down. Entries that follow the word 目录,
or several that end in the numbers of their pages, are such a table.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise

from extract.documents.cleaning import BLANK, INVISIBLE
from extract.documents.folding import fold
from extract.documents.model import Hole, SourceText

CONTENTS = "目录，不是正文 / a table of contents, no text of the report"
"""Why it is not read."""

_BLANKS = re.compile(rf"[{BLANK}{INVISIBLE}]+")
_LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+")
_HEADED = re.compile(r"目[录錄次]")
_MAY_BE = re.compile(rf"目[{BLANK}{INVISIBLE}]*[录錄次]")
_MAY_BE_PAGED = re.compile(r"[0-9０-９][ \t\u3000\xa0]{0,9}$", re.MULTILINE)
"""What stands in every text with a table; looking for it costs next to nothing."""
_LEADER = re.compile(r"[.…·]{3,}\d{1,3}")
_PAGE = re.compile(r"(?<!\d)[.…·\-—]*(?P<page>\d{1,3})$")
_STOPS = frozenset("。；！？，：")
_SHORTEST, _LONGEST = 4, 80  # characters of the words of an entry
_LEAST_HEADED, _LEAST = 2, 3  # entries with and without the word above them
_TOLD_BY = 12  # characters that an entry shares with its heading at least
_REACH = 300_000  # characters in which the heading must stand
_MOST_LINES = 50_000  # of a source are looked at; a hundred reports have fewer


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that is not blank: its span in the text, its words, and where they end in all words together."""

    start: int
    end: int
    text: str
    beyond: int


def without_contents(source: SourceText) -> SourceText:
    """A source whose tables of contents are holes."""
    text = source.readable
    if not _MAY_BE.search(text) and not _may_be_paged(text):
        return source
    found = list(_tables(_lines(text)))
    if not found:
        return source
    holes = (Hole(lines[0].start, lines[-1].end, CONTENTS) for lines in found)
    inside = [
        one for one in holes if not any(one.start < old.end and old.start < one.end for old in source.holes)
    ]
    return replace(source, holes=tuple(sorted((*source.holes, *inside), key=lambda one: one.start)))


def _may_be_paged(text: str) -> bool:
    """Whether anywhere the lines that end in digits are as near to each other as entries are."""
    ends = [match.start() for match in _MAY_BE_PAGED.finditer(text)]
    return any(beyond - at < _LEAST * _LONGEST for at, beyond in zip(ends, ends[_LEAST - 1 :], strict=False))


def _lines(text: str) -> list[_Line]:
    lines: list[_Line] = []
    beyond = 1
    for match in islice(_LINE.finditer(fold(text)), _MOST_LINES):
        if words := _BLANKS.sub("", match[0]):
            beyond += len(words) + 1
            lines.append(_Line(match.start(), match.end(), words, beyond))
    return lines


def _tables(lines: Sequence[_Line]) -> Iterator[Sequence[_Line]]:
    """The lines of each table, the word above it among them."""
    whole = "\n" + "".join(f"{line.text}\n" for line in lines)
    at = 0
    while at < len(lines):
        headed = _HEADED.fullmatch(lines[at].text) is not None
        first = end = at + headed
        if headed or _PAGE.search(lines[at].text):
            end = _end(lines, first, whole, headed=headed)
        entries = lines[first:end]
        if len(entries) >= (_LEAST_HEADED if headed else _LEAST) and (headed or _rises(entries)):
            yield lines[at:end]
        at = max(end, at + 1)


def _end(lines: Sequence[_Line], first: int, whole: str, *, headed: bool) -> int:
    """The line beyond the last entry; below the word 目录 a line between two entries is the rest of the first."""
    at = end = first
    while at < len(lines) and at <= end + headed:
        at += 1
        if _is_entry(lines[at - 1], whole, paged=not headed):
            end = at
    return end


def _is_entry(line: _Line, whole: str, *, paged: bool) -> bool:
    if _LEADER.search(line.text) and _PAGE.search(line.text):
        return True
    words = _PAGE.sub("", line.text)
    unpaged = words == line.text
    if not _SHORTEST <= len(words) <= _LONGEST or (unpaged and (paged or words[-1] in _STOPS)):
        return False
    return whole.find(f"\n{words[:_TOLD_BY]}", line.beyond - 1, line.beyond + _REACH) >= 0


def _rises(entries: Sequence[_Line]) -> bool:
    """Whether the numbers of the pages rise."""
    pages = [int(match["page"]) for line in entries if (match := _PAGE.search(line.text))]
    return all(page <= following for page, following in pairwise(pages))
