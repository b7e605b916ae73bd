"""Sentences: they end at 。！？ and at paragraph ends, never inside quotation marks or brackets.

A ； divides clauses, not sentences. Headings that are set off are sentences of their own.
"""

import re
from collections.abc import Iterator, Sequence

from extract.documents.model import Section, Sentence
from extract.documents.outline import Heading, paragraphs

_SIGN = re.compile(r"[。！？“”（）《》‘’【】]")
_PAIRS = {"“": "”", "（": "）", "《": "》", "【": "】", "‘": "’"}
_CLOSERS = frozenset(_PAIRS.values())
_STOPS = frozenset("。！？")
_QUOTES = frozenset("”’")  # a stop before one of these ends the sentence around it; in brackets it does not
_GOES_ON = frozenset("，；、。：！？”’）》】的等")
_REACH = 240  # a quotation that is not closed within this many characters is taken as not opened


def sentences_of(text: str, sections: Sequence[Section], headings: Sequence[Heading]) -> tuple[Sentence, ...]:
    """Divide a clean report into sentences.

    Args:
        text: its clean text.
        sections: its sections in reading order.
        headings: its headings in reading order.
    """
    cuts = sorted({cut for heading in headings for cut in (heading.start, heading.end)})
    alone = {heading.start: heading.end for heading in headings if heading.alone}
    out: list[Sentence] = []
    innermost = _Innermost(sections)
    for begin, end in _pieces(text, cuts):
        heading = alone.get(begin) == end
        for first, last in [(begin, end)] if heading else _divided(text, begin, end):
            out.append(Sentence(len(out), first, last, innermost.at(first), heading))
    return tuple(out)


def _pieces(text: str, cuts: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The paragraphs, cut at the ends of headings."""
    at = 0
    for start, end in paragraphs(text):
        begin = start
        while at < len(cuts) and cuts[at] < end:
            if cuts[at] > begin:
                yield begin, cuts[at]
                begin = cuts[at]
            at += 1
        yield begin, end


def _divided(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences of one piece of a paragraph."""
    begin = position = start
    waiting: list[str] = []
    while match := _SIGN.search(text, position, end):
        sign, position = match[0], match.end()
        if sign in _PAIRS:
            if text.find(_PAIRS[sign], position, min(end, position + _REACH)) >= 0:
                waiting.append(_PAIRS[sign])
            continue
        if sign in _CLOSERS:
            if sign in waiting:
                del waiting[waiting.index(sign) :]
            after_stop = position - 2 >= begin and text[position - 2] in _STOPS
            if not after_stop or not (sign in _QUOTES or text[begin] in _PAIRS):
                continue
        if waiting or (position < end and text[position] in _GOES_ON):
            continue
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
