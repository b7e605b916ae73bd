"""Sentences: they end at 。！？ and at paragraph ends, never inside quotation marks or brackets, never at a ；.

Headings that are set off are sentences of their own.
"""

import re
from collections.abc import Iterator, Sequence

from extract.documents.model import Section, Sentence
from extract.documents.outline import Heading, paragraphs

_SIGN = re.compile(r"[。！？“”（）《》‘’【】]")
_OPENERS = {"“": "”", "（": "）", "《": "》", "【": "】", "‘": "’"}
_CLOSERS = frozenset(_OPENERS.values())
_STOPS = frozenset("。！？")
_REACH = 240  # a quotation that is not closed within this many characters is taken as not opened


def sentences_of(text: str, sections: Sequence[Section], headings: Sequence[Heading]) -> tuple[Sentence, ...]:
    """Divide a clean report into sentences.

    Args:
        text: its clean text.
        sections: its sections in reading order.
        headings: its headings in reading order.
    """
    out: list[Sentence] = []
    cuts = {cut: True for heading in headings for cut in (heading.start, heading.end)}
    alone = {(heading.start, heading.end) for heading in headings if heading.alone}
    borders = sorted(cuts)
    innermost = _Innermost(sections)
    at = 0
    for first, last in paragraphs(text):
        start = first
        while at < len(borders) and borders[at] <= first:
            at += 1
        pieces: list[tuple[int, int]] = []
        while at < len(borders) and borders[at] < last:
            pieces.append((start, borders[at]))
            start = borders[at]
            at += 1
        pieces.append((start, last))
        for piece in pieces:
            spans = [piece] if piece in alone else _sentences(text, *piece)
            for begin, end in spans:
                section = innermost.at(begin)
                out.append(Sentence(len(out), begin, end, section, (begin, end) in alone))
    return tuple(out)


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences of one paragraph."""
    begin = start
    waiting: list[str] = []
    position = start
    while match := _SIGN.search(text, position, end):
        sign, position = match[0], match.end()
        if sign in _OPENERS:
            if text.find(_OPENERS[sign], position, min(end, position + _REACH)) >= 0:
                waiting.append(_OPENERS[sign])
        elif sign in _CLOSERS:
            if sign in waiting:
                del waiting[waiting.index(sign) :]
            if not waiting and text[position - 2] in _STOPS and position - 2 > begin and text[position:position + 1] not in "，；、。：":
                yield begin, position
                begin = position
        elif not waiting:
            while position < end and text[position] in _STOPS:
                position += 1
            yield begin, position
            begin = position
    if begin < end:
        yield begin, end


class _Innermost:
    """The innermost section at rising positions."""

    def __init__(self, sections: Sequence[Section]) -> None:
        self._sections = sections
        self._next = 1
        self._open = [0]

    def at(self, position: int) -> int:
        sections = self._sections
        while self._next < len(sections) and sections[self._next].start <= position:
            self._open.append(self._next)
            self._next += 1
        while len(self._open) > 1 and sections[self._open[-1]].end <= position:
            self._open.pop()
        return self._open[-1]
