"""The headings of a clean report: where each stands, where its own words end, and how deep it is.

A heading is known by its number or its form. In one endless line its end is not marked; it is where the text
starts over with the heading's own first words (二、2020年工作2020年是…), or where a word that ends headings meets
a word that begins sentences. Where neither is found the heading keeps its first clause as a title, and the sentence
stays whole: a title cut too long or too short is tolerable, a sentence cut apart is not.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from extract.documents.headings import NUMERAL, Series, is_appendix, numbered

_STOP = re.compile(r"[。！？；]")
_CLAUSE_END = re.compile(r"[，。！？；：]")
_INLINE = re.compile(rf"(?<=[。！？])(?:{NUMERAL}、|（{NUMERAL}）)")
_ENDS_HEADING = re.compile(
    r"(?:回顾|任务|安排|工作|目标|重点|要求|举措|建设|政府|效能|部署|打算|成就|治理)"
    r"(?=今年|\d{4}年|过去|这一年|一年来|五年来|坚持|各位代表|我们|面对|当前|站在|做好|围绕|综合|按照|全面贯彻|“)"
)
_DASH_ITEM = re.compile(r"——(?=.)")
_RUN_IN = re.compile(r"(?P<title>[^。！？；：\n]{4,28})。(?=.{20})", re.DOTALL)
_NO_TITLE = re.compile(r"各位代表|如下|今年|去年|当前|[一五]年来|同时|此外|\d")
_COUNTED = re.compile(r"\d")
_NOT_COUNTED = re.compile(r"\d{4}年|“[^”]*”|[A-Za-z]+\d+(?:\.\d+)?|\d+[A-Z]|\d+\.0")
_TITLE_LINE = re.compile(r"[^，。；：！？、]{4,26}")
_LONGEST_HEADING = 70
_LONGEST_RUN_IN = 45


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading.

    Attributes:
        start: where it begins in the clean text.
        end: where its own words end; equal to `start` where they cannot be told from the sentence.
        level: 1 for 一、, 2 for （一）, 3 below.
        title: its words without number and stop.
        series: the kind of its number; None for run-in headings and title lines.
        alone: whether it fills its paragraph or is set off, and holds no count that could be a fact.
        opens_part: whether it is an appendix or a part above the chapters.
    """

    start: int
    end: int
    level: int
    title: str
    series: Series | None
    alone: bool
    opens_part: bool = False


_LEVELS = {
    Series.PART: 1,
    Series.CHAPTER: 1,
    Series.CLAUSE: 2,
    Series.POINT: 3,
    Series.SUBPOINT: 3,
    Series.ITEM: 3,
}


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """The spans of the paragraphs of a clean text."""
    start = 0
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if end > start:
            yield start, end
        start = end + 1


def outline(text: str) -> list[Heading]:
    """All headings of a clean report, in reading order, levels consistent with the series in use."""
    found: list[Heading] = []
    chapter = clause = 0
    for start, end in paragraphs(text):
        for first, last in _pieces(text, start, end, chapter, clause):
            heading = _heading(text, first, last)
            if heading is None:
                continue
            number = numbered(text[first : first + 8])
            if number is not None and number.series is Series.CHAPTER:
                chapter, clause = number.value, 0
            elif number is not None and number.series is Series.CLAUSE:
                clause = number.value
            found.append(heading)
    return _levelled(found)


def _pieces(text: str, start: int, end: int, chapter: int, clause: int) -> Iterator[tuple[int, int]]:
    """A paragraph, cut before each heading that stands inside it and continues the count."""
    if end - start < 200:
        yield start, end
        return
    first = start
    opening = numbered(text[start : start + 8])
    if opening is not None and opening.series is Series.CHAPTER:
        chapter, clause = opening.value, 0
    elif opening is not None and opening.series is Series.CLAUSE:
        clause = opening.value
    for match in _INLINE.finditer(text, start + 1, end):
        number = numbered(match[0])
        if number is None:
            continue
        if number.series is Series.CHAPTER and number.value == chapter + 1:
            chapter, clause = number.value, 0
        elif number.series is Series.CLAUSE and number.value == clause + 1:
            clause = number.value
        else:
            continue
        yield first, match.start()
        first = match.start()
    yield first, end


def _heading(text: str, start: int, end: int) -> Heading | None:
    line = text[start : min(end, start + 200)]
    whole = end - start <= 200
    if whole and is_appendix(line):
        return Heading(start, end, 1, line.strip("：:"), Series.PART, alone=True, opens_part=True)
    number = numbered(line)
    if number is not None:
        return _numbered_heading(line, start, number.series, number.length, whole=whole)
    if match := _DASH_ITEM.match(line):
        return Heading(start, start, 3, _first_clause(line[match.end() :]), None, alone=False)
    if whole and _TITLE_LINE.fullmatch(line):
        return Heading(start, end, 3, line, None, alone=not _counts(line))
    match = _RUN_IN.match(line)
    if match and match["title"].count("，") <= 2 and not _NO_TITLE.match(match["title"]) and not _counts(match["title"]):
        return Heading(start, start + match.end(), 3, match["title"], None, alone=False)
    return None


def _numbered_heading(line: str, start: int, series: Series, length: int, *, whole: bool) -> Heading:
    words = line[length:]
    extent = _extent(words, series, whole=whole)
    title = (words[:extent] if extent else _first_clause(words)).strip("。；：:，")
    outer = series in {Series.PART, Series.CHAPTER, Series.CLAUSE}
    fills = whole and extent == len(words)
    alone = bool(extent) and (outer or fills) and not _counts(title)
    return Heading(start, start + length + extent if extent else start, _LEVELS[series], title, series, alone, series is Series.PART)


def _extent(words: str, series: Series, *, whole: bool) -> int:
    """How many characters of `words` are the heading; 0 where its end cannot be told."""
    stop = _STOP.search(words)
    if whole and len(words) <= _LONGEST_HEADING and (stop is None or stop.end() == len(words)):
        return len(words)
    if series in {Series.PART, Series.CHAPTER}:
        restart = _restart(words)
        if restart:
            return restart
    if stop is not None and stop.start() <= _LONGEST_RUN_IN and stop[0] == "。":
        return stop.end()
    return _restart(words)


def _restart(words: str) -> int:
    """Where the text after a heading begins, when heading and text stand in one line; 0 if that cannot be seen."""
    again = words.find(words[:4], 4, 44)
    if again > 0:
        return again
    match = _ENDS_HEADING.search(words, 3, 40)
    return match.end() if match else 0


def _first_clause(words: str) -> str:
    match = _CLAUSE_END.search(words)
    return words[: min(match.start() if match else len(words), 30)]


def _counts(title: str) -> bool:
    """Whether a heading holds a number that may be a fact; years and names are none."""
    return _COUNTED.search(_NOT_COUNTED.sub("", title)) is not None


def _levelled(found: list[Heading]) -> list[Heading]:
    """Levels by the series in use: without chapters the clauses are chapters; under a part all stand one deeper."""
    series = {heading.series for heading in found}
    raised = 1 if Series.CHAPTER not in series and Series.CLAUSE in series else 0
    depth = 0
    out: list[Heading] = []
    for heading in found:
        if heading.opens_part:
            depth = 1
            out.append(heading)
            continue
        level = heading.level - (raised if heading.series is Series.CLAUSE else 0)
        out.append(replace(heading, level=min(3, level + depth)))
    return out
