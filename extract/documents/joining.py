"""One report over several files, or out of order: put together into one text, with an account of every piece.

    report-1.html report-2.html   pages of one series: the first breaks off, the next one goes on
    A01.txt A04.txt               pages of a newspaper: 下转第四版 in one, 上接第一版 in the other

The joined text is the whole texts in reading order; what stands between the pieces of the report (navigation,
the head that every page repeats) are holes, so that nothing is lost and nothing of it is read.
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from extract.documents.cleaning import BLANK, INVISIBLE
from extract.documents.debris import is_debris
from extract.documents.folding import fold
from extract.documents.headings import Series, is_appendix, numbered
from extract.documents.hints import Hints
from extract.documents.model import Hole, Piece, SourceText
from extract.documents.newspaper import (
    BETWEEN,
    backwards,
    hole_between,
    interruptions,
    jumps_in,
    jumps_out,
)
from extract.documents.splitting import is_title, lays_before, split

JOINED = "joined"
"""The format of a text that was put together."""

FURNITURE = "分页网页的页眉、页脚和导航 / head, foot and navigation of a page in a series"
_SEPARATOR = "\n"

_BLANKS = re.compile(rf"[{BLANK}{INVISIBLE}]+")
_LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+")
_STOPS = frozenset("。！？；：”）")
_SHORT = 60  # characters of a line that pages may share
_LEAST_CLAUSE = 8  # characters of a line that a page break cut out of a sentence
_LEAST = 60  # characters that a page has to add to a report
_NUMBER = re.compile(r"(?P<stem>.*?)(?:[-_ .（(第pP]+|(?<!\d))(?P<number>\d{1,3})[）)页]*")


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str


def series(names: Sequence[str]) -> list[tuple[int, ...]]:
    """The files that by their names may be pages of one series.

    Args:
        names: paths, with forward slashes.

    Returns:
        Indices into `names`, each series in the order of its numbers: `r-1.html` and `r-2.html`; `r.html` and
        `r_1.html`, too. Numbers have to follow each other, from 0, 1 or 2 on. Years and dates are no numbers of
        pages.
    """
    plain = {_key(name, PurePosixPath(name).stem): at for at, name in enumerate(names)}
    numbered_names: dict[tuple[str, str, str], dict[int, int]] = {}
    for at, name in enumerate(names):
        match = _NUMBER.fullmatch(PurePosixPath(name).stem)
        if match and match["stem"]:
            numbered_names.setdefault(_key(name, match["stem"]), {})[int(match["number"])] = at
    found: list[tuple[int, ...]] = []
    for key, pages in numbered_names.items():
        first = min(pages)
        run: list[int] = []
        while first + len(run) in pages:
            run.append(pages[first + len(run)])
        if key in plain and first in {1, 2} and plain[key] not in run:
            run.insert(0, plain[key])
        if len(run) > 1 and first <= 2:
            found.append(tuple(run))
    return found


def _key(name: str, stem: str) -> tuple[str, str, str]:
    path = PurePosixPath(name)
    return str(path.parent), stem.rstrip("-_ .（("), path.suffix.lower()


def goes_on_in(before: SourceText, after: SourceText) -> bool:
    """Whether a report that breaks off at the end of one file goes on in another, which has no head of its own.

    Args:
        before: holds the beginning, and as many pages as were joined already.
        after: the file in question.
    """
    parts, _ = split(before.readable)
    if not parts or lays_before(after.readable):
        return False
    report = before.readable[parts[-1].start : parts[-1].end]
    out, into = jumps_out(before.readable[parts[-1].start :]), jumps_in(after.readable)
    if out and into:
        return out[-1].page != into[0].page  # what goes on from there comes after the page that it sends to
    lines, shared = _lines(after.readable), _shared(before, after)
    body = _body(lines, shared)
    if body is None or _is_over(report):
        return False
    first, beyond = body
    if any(is_title(line.text) and line.text not in shared for line in lines[:first]):
        return False
    if sum(len(line.text) for line in lines[first:beyond]) < _LEAST:
        return False
    return _counts_on(report, lines[first].text) or not _own_title(lines, first, shared)


def join(sources: Sequence[SourceText]) -> SourceText:
    """Put the pages of one report together.

    Args:
        sources: in reading order; the first has the head of the report.

    Returns:
        A text of all of them, named after the first; hints and holes at their new places.
    """
    texts: list[str] = []
    pieces: list[Piece] = []
    holes: list[Hole] = []
    hints: list[tuple[Hints, int]] = []
    seams: list[tuple[int, int, str]] = []
    margins = [_margins(sources, number) for number in range(len(sources))]
    at = 0
    for number, source in enumerate(sources):
        pieces.append(Piece(source.name, 0, len(source.text), at))
        holes += [replace(hole, start=hole.start + at, end=hole.end + at) for hole in source.holes]
        hints.append((source.hints, at))
        texts.append(source.text)
        following = at + len(source.text) + len(_SEPARATOR)
        if number + 1 < len(sources):
            reason = BETWEEN if jumps_out(source.readable) else FURNITURE
            seams.append((at + margins[number][1], following + margins[number + 1][0], reason))
        at = following
    text = _SEPARATOR.join(texts)
    holes += [hole_between(text, *seam) for seam in seams]
    digest = hashlib.sha256("".join(source.sha256 for source in sources).encode()).hexdigest()
    return SourceText(
        name=sources[0].name,
        text=text,
        sha256=digest,
        encoding=sources[0].encoding,
        format=JOINED,
        hints=_hints(hints),
        holes=_merged(holes),
        pieces=tuple(pieces),
    )


def in_reading_order(source: SourceText) -> SourceText:
    """A source as it is to be read: what interrupts a newspaper's report is a hole, and a continuation that
    stands before its beginning changes places with it.
    """
    turned = backwards(source.text)
    if turned is None or not lays_before(source.text[turned[1] : turned[2]]):
        holes = interruptions(source.text)
        return replace(source, holes=_merged([*source.holes, *holes])) if holes else source
    continuation, beginning, broken_off = turned
    if source.hints != Hints():
        return source  # a document with pages and headings stays in its own order
    order = (
        (0, continuation),
        (beginning, broken_off),
        (continuation, beginning),
        (broken_off, len(source.text)),
    )
    pieces: list[Piece] = []
    at = 0
    for start, end in order:
        if start < end:
            pieces.append(Piece(source.name, start, end, at))
            at += end - start
    text = "".join(source.text[piece.start : piece.end] for piece in pieces)
    return replace(source, text=text, format=JOINED, pieces=tuple(pieces), holes=interruptions(text))


def _hints(parts: Sequence[tuple[Hints, int]]) -> Hints:
    """The hints of several texts at their places in the joined one."""
    out = Hints()
    for hints, at in parts:
        out = replace(
            out,
            title=out.title or hints.title,
            headings=(
                *out.headings,
                *(replace(h, start=h.start + at, end=h.end + at) for h in hints.headings),
            ),
            pages=(*out.pages, *(replace(p, start=p.start + at, end=p.end + at) for p in hints.pages)),
            tables=(
                *out.tables,
                *(
                    replace(
                        t,
                        start=t.start + at,
                        end=t.end + at,
                        rows=tuple((first + at, last + at) for first, last in t.rows),
                    )
                    for t in hints.tables
                ),
            ),
            hidden=(*out.hidden, *(replace(h, at=h.at + at) for h in hints.hidden)),
            dropped=(*out.dropped, *(replace(d, at=d.at + at) for d in hints.dropped)),
            by_script=(*out.by_script, *((start + at, end + at) for start, end in hints.by_script)),
        )
    return out


def _margins(sources: Sequence[SourceText], number: int) -> tuple[int, int]:
    """Where the report begins in a page, and where it ends."""
    source = sources[number]
    lines = _lines(source.readable)
    out, into = jumps_out(source.readable), jumps_in(source.readable)
    first, beyond = _body(lines, _shared(*sources)) or (0, len(lines))
    start = into[0].end if into and number > 0 else lines[first].start if lines else 0
    end = out[-1].start if out else lines[beyond - 1].end if lines else 0
    return start, end


def _lines(text: str) -> list[_Line]:
    folded = fold(text)
    return [
        _Line(match.start(), match.end(), squeezed)
        for match in _LINE.finditer(folded)
        if (squeezed := _BLANKS.sub("", match[0]))
    ]


def _shared(*sources: SourceText) -> frozenset[str]:
    """The short lines that several pages have: furniture, and the title that each repeats."""
    seen: dict[str, int] = {}
    for source in sources:
        for text in {line.text for line in _lines(source.text) if len(line.text) <= _SHORT}:
            seen[text] = seen.get(text, 0) + 1
    return frozenset(text for text, times in seen.items() if times > 1)


def _body(lines: Sequence[_Line], shared: frozenset[str]) -> tuple[int, int] | None:
    """The lines of a page between its furniture: first, and the one beyond the last."""
    inner = [n for n, line in enumerate(lines) if _is_of_report(line.text, shared)]
    return (inner[0], inner[-1] + 1) if inner else None


def _is_of_report(line: str, shared: frozenset[str]) -> bool:
    if line in shared or is_debris(line):
        return False
    number = numbered(line)
    if (number is not None and number.series in {Series.PART, Series.CHAPTER, Series.CLAUSE}) or is_appendix(
        line
    ):
        return True
    return (len(line) >= _LEAST_CLAUSE or line[-1] in _STOPS) and any(sign in line for sign in "，。；！？：")


_APPEAL = re.compile(r"让我们|谢谢大家|谢谢各位")


def _is_over(report: str) -> bool:
    """Whether the last words of a report are its last appeal."""
    tail = report.rstrip()[-240:]
    return tail[-1:] in {"。", "！", "!"} and _APPEAL.search(tail) is not None


def _counts_on(report: str, line: str) -> bool:
    """Whether a line is the next of the headings that a report counts."""
    number = numbered(line)
    if number is None or number.series not in {Series.CHAPTER, Series.CLAUSE}:
        return False
    values = [
        known.value
        for one in _lines(report)
        if (known := numbered(one.text)) is not None and known.series is number.series
    ]
    return bool(values) and number.value == values[-1] + 1


def _own_title(lines: Sequence[_Line], first: int, shared: frozenset[str]) -> bool:
    """Whether a page begins with the title of an article of its own."""
    return any(
        len(line.text) >= 8
        and line.text not in shared
        and not is_debris(line.text)
        and line.text[-1] not in _STOPS
        for line in lines[max(0, first - 3) : first]
    )


def _merged(holes: Sequence[Hole]) -> tuple[Hole, ...]:
    """Holes in order, none inside another."""
    out: list[Hole] = []
    for hole in sorted(holes, key=lambda one: (one.start, -one.end)):
        if out and hole.start < out[-1].end:
            if hole.end > out[-1].end:
                out.append(replace(hole, start=out[-1].end))
        else:
            out.append(hole)
    return tuple(out)


def continuations(sources: Sequence[SourceText]) -> dict[int, int]:
    """Which source goes on with which other one, by the marks of a newspaper.

    Args:
        sources: in the order in which they were named.

    Returns:
        Index of a source whose report breaks off with 下转 → index of the one that goes on with 上接; the nearest
        one behind it, else the nearest before. Each goes on with one at most.
    """
    going_on = [n for n, one in enumerate(sources) if _only_goes_on(one)]
    found: dict[int, int] = {}
    for n, one in enumerate(sources):
        if n in going_on or not _breaks_off(one):
            continue
        free = [m for m in going_on if m not in found.values() and goes_on_in(one, sources[m])]
        if free:
            found[n] = min(free, key=lambda m: (m < n, abs(m - n)))
    return found


def _breaks_off(source: SourceText) -> bool:
    out, into = jumps_out(source.readable), jumps_in(source.readable)
    return bool(out) and not any(one.start > out[-1].start for one in into)


def _only_goes_on(source: SourceText) -> bool:
    return bool(jumps_in(source.readable)) and not lays_before(source.readable)
