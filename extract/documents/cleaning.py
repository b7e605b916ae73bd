"""Clean text with a way back: widths folded, blanks and debris dropped, page breaks inside sentences healed.

    source → fold (one to one) → lines without debris → blanks dropped → lines joined → CleanText

Nothing is ever inserted: each clean character is a source character or its folded form, so the offset map is
a list of kept ranges. A break that stays is the newline that stood there; a blank before a heading in one
endless line becomes a newline.
"""

import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from extract.documents.breaks import goes_on, opens_block, wrap_width
from extract.documents.debris import debris_within, is_debris, why_debris
from extract.documents.folding import WIDE, fold
from extract.documents.model import CleanText

# Characters without width or meaning; lone surrogates and tag characters among them.
INVISIBLE = (
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e01ef"
)
BLANK = " \t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"

_LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+")
_NEWLINE = re.compile(r"[\n\r\x0b\x0c\x85\u2028\u2029]")
_GAP = re.compile(rf"[{BLANK}{INVISIBLE}]+")
_BLANK = re.compile(rf"[{BLANK}]")
_WIDE = re.compile(rf"[{WIDE}]")
_LATIN = re.compile(r"[A-Za-z][a-z]")
_NUMBER_LINE = re.compile(r"\d{1,3}")
_HEADING_AHEAD = re.compile(r"[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）")
_SENTENCE_END = frozenset("。！？：；”")
# After a number: a sign, or one or two letters (5 G, 35 kV); longer words are Latin text.
_LONGEST_NUMBER = 40
"""So far is looked back for the beginning of a number; it bounds the work on endless rows of digits."""
_GROUPED = re.compile(rf"(?<![\d.])\d{{1,3}}(?:[{BLANK}]\d{{3}}){{1,6}}(?!\d|[{BLANK}]\d)")
"""1 386.4亿元: thousands that a blank sets apart."""
_SPELT = re.compile(rf"(?<![\d.])\d(?:[{BLANK}]\d){{1,15}}(?![\d.])(?=[{BLANK}]?[%％‰{WIDE}])")
"""4 2 6 亿元: each digit set apart, as some pages have them."""
_UNIT = re.compile(r"[%‰℃°]|[A-Za-z]{1,2}(?![A-Za-z])")


@dataclass(frozen=True, slots=True)
class _Line:
    """One line, cleaned: its text and the ranges of `folded` that it is made of."""

    text: str
    ranges: tuple[tuple[int, int], ...]
    start: int
    end: int
    indented: bool


def clean(text: str, start: int = 0, end: int | None = None) -> CleanText:
    """Clean text[start:end].

    Args:
        text: the whole source.
        start: where the part begins.
        end: where it ends; None for the end of the source.

    Returns:
        The clean text; its offsets are indices into the whole source.
    """
    body = text[start:end]
    folded = fold(body)
    cut: list[tuple[int, int]] = []
    lines = _without_page_numbers(list(_lines(folded, cut)), cut)
    width = wrap_width([len(line.text) for line in lines])
    out: list[str] = []
    offsets = array("I")
    paragraph = ""
    before: _Line | None = None
    for line in lines:
        if before is not None:
            joined = _joined(paragraph, before, line, width)
            between = ("" if not _LATIN.fullmatch(paragraph[-1] + line.text[0]) else " ") if joined else "\n"
            if between:
                out.append(between)
                offsets.append(start + _break_between(folded, before, line))
            paragraph = _ends_of(paragraph + line.text) if joined else _ends_of(line.text)
        else:
            paragraph = _ends_of(line.text)
        out.append(line.text)
        for first, last in line.ranges:
            offsets.extend(range(start + first, start + last))
        before = line
    return CleanText(
        text="".join(out),
        offsets=offsets,
        cut=tuple((start + first, start + last) for first, last in sorted(cut)),
    )


def debris_lines(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """The lines of text[start:end] that cleaning leaves out as debris: span in the text, and what each is."""
    folded = fold(text[start:end])
    for match in _LINE.finditer(folded):
        line = _cleaned_line(folded, match.start(), match.end())
        if line is not None and (why := why_debris(line.text.replace(" ", ""))):
            yield start + match.start(), start + match.end(), why


def _ends_of(paragraph: str) -> str:
    """Both ends of a long paragraph: all that a decision on the next line looks at."""
    return paragraph if len(paragraph) <= 400 else paragraph[:100] + paragraph[-100:]


def _joined(paragraph: str, before: _Line, line: _Line, width: int | None) -> bool:
    full = width is not None and len(before.text) >= width - 3
    if full and not line.indented and not opens_block(line.text):
        return True
    return goes_on(paragraph, line.text)


def _break_between(folded: str, before: _Line, line: _Line) -> int:
    match = _NEWLINE.search(folded, before.end, line.start)
    assert match is not None, "two lines have a newline between them"
    return match.start()


def _lines(folded: str, cut: list[tuple[int, int]]) -> Iterator[_Line]:
    """The lines that stay; what is debris is added to `cut`."""
    for match in _LINE.finditer(folded):
        line = _cleaned_line(folded, match.start(), match.end(), cut)
        if line is None:
            continue
        if is_debris(line.text.replace(" ", "")):
            cut.append(match.span())
        else:
            yield line


def _cleaned_line(
    folded: str, start: int, end: int, cut: list[tuple[int, int]] | None = None
) -> _Line | None:
    """One line without its outer blanks, its debris and the blanks that mean nothing; debris is added to `cut`."""
    parts: list[str] = []
    ranges: list[tuple[int, int]] = []
    position = start
    for first, last, kept in _cuts(folded, start, end):
        if first > position:
            parts.append(folded[position:first])
            ranges.append((position, first))
        if cut is not None and kept is None and not _GAP.fullmatch(folded, first, last):
            cut.append((first, last))
        if kept and parts:
            parts.append(kept[0])
            ranges.append((kept[1], kept[1] + 1))
        position = max(position, last)
    if end > position:
        parts.append(folded[position:end])
        ranges.append((position, end))
    if not parts:
        return None
    indented = _BLANK.match(folded, start, end) is not None
    return _Line("".join(parts), tuple(ranges), start, end, indented)


def _cuts(folded: str, start: int, end: int) -> Iterator[tuple[int, int, tuple[str, int] | None]]:
    """What leaves a line, in order: spans, each with the blank or newline that stays in its place, if any."""
    debris = [(start + first, start + last, None) for first, last in debris_within(folded[start:end])]
    gaps = [
        (*match.span(), _kept(folded, *match.span(), start, end))
        for match in _GAP.finditer(folded, start, end)
    ]
    if not debris:
        yield from gaps
        return
    inside = [gap for gap in gaps if not any(first <= gap[0] < last for first, last, _ in debris)]
    yield from sorted([*debris, *inside], key=lambda cut: cut[:2])


def _kept(folded: str, first: int, last: int, start: int, end: int) -> tuple[str, int] | None:
    """What stays of a run of blanks and invisible signs: a blank in Latin text, a break before a heading."""
    blank = _BLANK.search(folded, first, last)
    if blank is None or first == start or last == end:
        return None
    left, right = folded[first - 1], folded[last]
    if left in _SENTENCE_END and _HEADING_AHEAD.match(folded, last, end):
        return "\n", blank.start()
    wide = _WIDE.match(left) or _WIDE.match(right)
    unit = left.isdigit() and _UNIT.match(folded, last, end) is not None
    digits = left.isdigit() and right.isdigit() and _is_one_number(folded, first, start, end)
    fraction = left.isdigit() and right == "." and folded[last + 1 : last + 2].isdigit()
    name = right.isdigit() and left.isalpha() and _is_short_name(folded, first)
    return None if wide or unit or fraction or digits or name else (" ", blank.start())


def _is_one_number(folded: str, gap: int, start: int, end: int) -> bool:
    """Whether the digits on both sides of a blank are those of one number."""
    first, start = gap, max(start, gap - _LONGEST_NUMBER)
    while first > start and (folded[first - 1].isdigit() or _BLANK.match(folded[first - 1])):
        first -= 1
    while _BLANK.match(folded, first):
        first += 1
    return any(
        (found := pattern.match(folded, first, end)) is not None and found.end() > gap
        for pattern in (_GROUPED, _SPELT)
    )


def _is_short_name(folded: str, end: int) -> bool:
    """Whether the Latin word before `end` is one letter or PM, as in G 60 and PM 2.5."""
    before = folded[max(0, end - 3) : end]
    return before.endswith("PM") or not before[-2:-1].isascii() or not before[-2:-1].isalpha()


def _without_page_numbers(lines: list[_Line], cut: list[tuple[int, int]]) -> list[_Line]:
    """Drop lines that hold only a number, when these count up by one through the text; they are added to `cut`."""
    numbers = [
        (index, int(line.text)) for index, line in enumerate(lines) if _NUMBER_LINE.fullmatch(line.text)
    ]
    if len(numbers) < 2:
        return lines
    pages = {
        index
        for (index, value), (next_index, next_value) in pairwise(numbers)
        if next_value == value + 1
        for index in (index, next_index)
    }
    cut += ((lines[index].start, lines[index].end) for index in pages)
    return [line for index, line in enumerate(lines) if index not in pages]
