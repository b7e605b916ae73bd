"""What of a source is in no report: counted in characters and numbers, each part under the report that it stands in.

Readers tell what they leave out of a document (`Hints.dropped`), splitting what is page furniture, cleaning which
lines it cuts. Other articles of a source are told by themselves.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from extract.documents.hints import DROPPED
from extract.documents.model import LeftOut, Leftover, Report, SourceText
from extract.documents.numbers_left import numbers_left
from extract.documents.storable import substituted

LEFT_OUT: Final = MappingProxyType(
    {
        **DROPPED,
        "furniture": "网页或刊物的附属文字 / text of the page around the report",
        "between": "夹在报告中间、不属于报告的文字 / text between two parts of the report that is none of it",
        "debris": "正文中的网页或版面残留 / what web pages and printers leave between the sentences",
        "hidden": "看不见的文字 / text that is not seen",
        "unstorable": "任何数据库都无法保存的字符 / characters that no database can keep",
    }
)
"""Why a part of a source is in no report: code → Chinese / English."""

UNREAD: Final = frozenset({"picture_page", "damaged_page", "unreadable_page"})
"""Reasons that say that a whole page was not read: nobody knows what numbers it holds."""

_KINDS = {"boilerplate": "furniture", "between": "between"}


def told(
    source: SourceText, reports: Sequence[Report], leftovers: Sequence[Leftover]
) -> tuple[tuple[Report, ...], tuple[Leftover, ...]]:
    """The reports of a source with what was left out of it, and the leftovers with their numbers.

    Args:
        source: the text.
        reports: of it, in the order of the text.
        leftovers: what is no report.
    """
    counted = tuple(
        replace(
            one, numbers=numbers_left(source.text[one.start : one.end], _KINDS.get(one.kind, "furniture"))
        )
        for one in leftovers
    )
    starts = [report.start for report in reports]
    shares: list[list[LeftOut]] = [[] for _ in reports]
    if reports:
        for part in (*_of_document(source), *_of_leftovers(counted)):
            shares[max(0, bisect_right(starts, part.at) - 1)].append(part)
    return tuple(
        replace(report, left_out=(*share, *_of_cleaning(report)))
        for report, share in zip(reports, shares, strict=True)
    ), counted


def _of_document(source: SourceText) -> Iterator[LeftOut]:
    for one in source.hints.dropped:
        yield LeftOut(one.reason, one.at, one.length, one.numbers)
    for hidden in source.hints.hidden:
        yield LeftOut("hidden", hidden.at, hidden.length, hidden.numbers)


def _of_leftovers(leftovers: Sequence[Leftover]) -> Iterator[LeftOut]:
    for one in leftovers:
        if one.kind in _KINDS:
            yield LeftOut(_KINDS[one.kind], one.start, one.end - one.start, one.numbers)


def _of_cleaning(report: Report) -> Iterator[LeftOut]:
    for start, end in report.clean.cut:
        text = report.source.text[start:end]
        reason = "page_number" if text.strip().isdecimal() else "debris"
        yield LeftOut(reason, start, end - start, numbers_left(text, reason))
    yield from substituted(report.source.text, report.start, report.end)
