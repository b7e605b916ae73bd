"""The headings of a clean report: where each stands, where its own words end, and how deep it is.

A heading is known by its number or its form. In one endless line its end is not marked; it is where the
text starts over with the heading's own first words (二、2024年工作2024年是…), or where a word that ends
headings meets a word that begins sentences. Where neither is found the heading keeps its first clause as a
title, and the sentence stays whole: a title cut too long or too short is tolerable, a sentence cut apart is
not.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extract.documents.headings import NUMERAL, Series, is_appendix, numbered
from extract.documents.styled import StyledHeading

_STOP = re.compile(r"[。！？；]")
_CLAUSE_END = re.compile(r"[，。！？；：]")
_INLINE = re.compile(rf"(?<=[。！？])(?:{NUMERAL}、|（{NUMERAL}）)")
_ENDS_HEADING = re.compile(
    r"(?:回顾|任务|安排|工作|目标|重点|要求|举措|建设|政府|效能|部署|打算|成就|治理)"
    r"(?=今年|\d{4}年|过去|未来五年|今后五年|这一年|[一五]年来|坚持|各位代表|我们|面对|当前|站在|做好|围绕|综合|按照|全面贯彻)"
)
_RUN_IN = re.compile(r"(?P<title>[^。！？；：\n]{4,28})。(?=.{20})", re.DOTALL)
_NO_RUN_IN = re.compile(r"各位代表|今年|去年|当前|[一五]年来|同时|此外|\d|主要做|重点抓")
_TITLE_LINE = re.compile(r"[^，。；：！？、]{4,26}")
# Years, quoted names and names with digits are no counts.
_NO_COUNT = re.compile(r"\d{4}年|“[^”]*”|[A-Za-z]+\d+(?:\.\d+)?|\d+[A-Z]")
_COUNT = re.compile(r"\d")
_LONGEST_HEADING = 70
_LONGEST_RUN_IN = 45
_LONGEST_TITLE = 30
_LONGEST_HEAD_LINE = 80
_HEAD = 1500
_LEVELS = {Series.PART: 1, Series.CHAPTER: 1, Series.CLAUSE: 2}
_DEEPEST = 3


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading.

    Attributes:
        start: where it begins in the clean text.
        end: where its own words end; equal to `start` where they cannot be told from the sentence.
        level: 1 for 一、, 2 for （一）, 3 below; 0 for a line of the report's head.
        title: its words without number and stop.
        series: the kind of its number; None for run-in headings and title lines.
        set_off: whether it fills its paragraph, or is set off by its number (一、, （一）).
    """

    start: int
    end: int
    level: int
    title: str
    series: Series | None
    set_off: bool

    @property
    def alone(self) -> bool:
        """Whether it is no more than a heading: set off, and without a count that could be a fact."""
        return self.set_off and (self.level == 0 or not _counts(self.title))


def paragraphs(text: str, start: int = 0) -> Iterator[tuple[int, int]]:
    """The spans of the paragraphs of a clean text."""
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if end > start:
            yield start, end
        start = end + 1


def outline(text: str, styled: Sequence[StyledHeading] = ()) -> list[Heading]:
    """All headings of a clean report, in reading order, levels consistent with the series in use.

    Args:
        text: its clean text.
        styled: headings that the document itself sets as such; their level counts where they bear no number.
    """
    set_as = {one.start: one for one in styled}
    body = max(0, text.find("各位代表", 0, _HEAD))
    found: list[Heading] = []
    counter = _Counter()
    for start, end in paragraphs(text):
        if end <= body and end - start <= _LONGEST_HEAD_LINE:
            found.append(Heading(start, end, 0, text[start:end], None, set_off=True))
            continue
        for first, last in _pieces(text, start, end, counter):
            heading = _styled(text, set_as[first]) if first in set_as else _heading(text, first, last)
            if heading is not None:
                found.append(heading)
    return _levelled(found)


@dataclass(slots=True)
class _Counter:
    """How far the chapters and clauses have been counted."""

    chapter: int = 0
    clause: int = 0

    def take(self, words: str, *, inline: bool) -> bool:
        """Count a numbered heading; an inline one only when it is the next of its series."""
        number = numbered(words)
        if number is None or number.series not in {Series.CHAPTER, Series.CLAUSE}:
            return False
        chapter = number.series is Series.CHAPTER
        if inline and number.value != (self.chapter if chapter else self.clause) + 1:
            return False
        if chapter:
            self.chapter, self.clause = number.value, 0
        else:
            self.clause = number.value
        return True


def _pieces(text: str, start: int, end: int, counter: _Counter) -> Iterator[tuple[int, int]]:
    """A paragraph, cut before each heading inside it that continues the count."""
    counter.take(text[start : start + 8], inline=False)
    for match in _INLINE.finditer(text, start + 1, end):
        if counter.take(text[match.start() : match.start() + 8], inline=True):
            yield start, match.start()
            start = match.start()
    yield start, end


def _heading(text: str, start: int, end: int) -> Heading | None:
    line = text[start : min(end, start + 120)]
    whole = len(line) == end - start
    if whole and is_appendix(line):
        return Heading(start, end, 1, line.strip("：:"), Series.PART, set_off=True)
    number = numbered(line)
    if number is not None:
        return _numbered(line, start, number.series, number.length, whole=whole)
    if line.startswith("——") and len(line) > 2:
        return Heading(start, start, _DEEPEST, _first_clause(line[2:]), None, set_off=False)
    if whole and _TITLE_LINE.fullmatch(line):
        return Heading(start, end, _DEEPEST, line, None, set_off=True)
    match = _RUN_IN.match(line)
    if (
        match is None
        or match["title"].count("，") > 2
        or _NO_RUN_IN.match(match["title"])
        or _counts(match["title"])
    ):
        return None
    return Heading(start, start + match.end(), _DEEPEST, match["title"], None, set_off=False)


def _styled(text: str, styled: StyledHeading) -> Heading | None:
    """A heading as the document sets it; where it bears a number, the number says how deep it is."""
    words = text[styled.start : styled.end]
    if numbered(words) is not None or is_appendix(words):
        return _heading(text, styled.start, styled.end)
    return Heading(styled.start, styled.end, styled.level, words.strip("。；：，"), None, set_off=True)


def _numbered(line: str, start: int, series: Series, length: int, *, whole: bool) -> Heading:
    words = line[length:]
    extent = _extent(words, series, whole=whole)
    title = (words[:extent] if extent else _first_clause(words)).strip("。；：，")
    set_off = extent > 0 and (series in _LEVELS or (whole and extent == len(words)))
    end = start + length + extent if extent else start
    return Heading(start, end, _LEVELS.get(series, _DEEPEST), title, series, set_off)


def _extent(words: str, series: Series, *, whole: bool) -> int:
    """How many characters of `words` are the heading; 0 where its end cannot be told."""
    stop = _STOP.search(words)
    if whole and len(words) <= _LONGEST_HEADING and (stop is None or stop.end() == len(words)):
        return len(words)
    if series in {Series.PART, Series.CHAPTER}:
        restart = _restart(words)
        if restart:
            return restart
    if stop is not None and stop[0] == "。" and stop.start() <= _LONGEST_RUN_IN:
        return stop.end()
    return _restart(words)


def _restart(words: str) -> int:
    """Where the text begins when it stands in one line with its heading; 0 if that cannot be seen."""
    again = words.find(words[:4], 4, 44)
    if again > 0:
        return again
    match = _ENDS_HEADING.search(words, 3, 44)
    return match.end() if match else 0


def _first_clause(words: str) -> str:
    match = _CLAUSE_END.search(words)
    return words[: min(match.start() if match else len(words), _LONGEST_TITLE)]


def _counts(title: str) -> bool:
    """Whether a heading holds a number that may be a fact; years and names are none."""
    return _COUNT.search(_NO_COUNT.sub("", title)) is not None


def _levelled(found: list[Heading]) -> list[Heading]:
    """Levels by the series in use: clauses without chapters are chapters; under a part all stand deeper."""
    series = {heading.series for heading in found}
    raised = Series.CHAPTER not in series
    depth = 0
    out: list[Heading] = []
    for heading in found:
        if heading.level == 0 or heading.series is Series.PART:
            depth = 1 if heading.series is Series.PART else 0
            out.append(heading)
            continue
        level = heading.level - (raised and heading.series is Series.CLAUSE) + depth
        out.append(replace(heading, level=min(_DEEPEST, level)))
    return out
