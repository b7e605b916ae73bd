"""Sources read, and put together where several hold one report: the text of each report."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from extract.documents import read_pages
from extract.documents.joining import continuations
from extract.documents.model import Reading, Report, SourceText
from extract.errors import InputError
from extract.pipeline import Pages
from extract.runs.pages import contents
from extract.runs.sources import Content, Source
from schemas.result import PieceRow


@dataclass(slots=True)
class Unit:
    """One source on its way: a file, or several that hold one report."""

    content: Content
    reading: Reading | None
    error: InputError | None = None

    @property
    def pages(self) -> Pages:
        """Names and bytes of its files."""
        return ((self.content.name, self.content.data or b""), *self.content.more)


@dataclass(frozen=True, slots=True)
class Text:
    """The text of one report, ready to be written."""

    report: Report
    source: str
    text: str
    pieces: tuple[PieceRow, ...]


def units_of(
    sources: Sequence[Source], max_bytes: int, stdin: bytes, on_done: Callable[[str], None]
) -> list[Unit]:
    """Every source, read; pages of one newspaper article are one unit.

    Args:
        sources: in order.
        max_bytes: a larger source is refused.
        stdin: what standard input held.
        on_done: called with the name of each source that was read.
    """
    units = []
    for content in contents(sources, max_bytes, stdin):
        units.append(_unit(content, max_bytes))
        on_done(content.name)
    return _put_together(units, max_bytes)


def _unit(content: Content, max_bytes: int) -> Unit:
    if content.data is None:
        return Unit(content, None, content.error)
    try:
        return Unit(content, read_pages(((content.name, content.data), *content.more), max_bytes=max_bytes))
    except InputError as error:
        return Unit(content, None, error)


def _put_together(units: list[Unit], max_bytes: int) -> list[Unit]:
    """Join the pages of a newspaper, of which one says where the other goes on; page after page."""
    while True:
        readable = [unit for unit in units if unit.reading]
        pairs = continuations([unit.reading.source for unit in readable if unit.reading])
        if not pairs:
            return units
        taken = {id(readable[after]) for after in pairs.values()}
        joined = {
            id(readable[before]): _unit(
                replace(
                    readable[before].content, more=(*readable[before].content.more, *readable[after].pages)
                ),
                max_bytes,
            )
            for before, after in pairs.items()
        }
        units = [joined.get(id(unit), unit) for unit in units if id(unit) not in taken]


def texts_of(unit: Unit) -> Iterator[Text]:
    """The text of each report of a unit."""
    for report in unit.reading.reports if unit.reading else ():
        text, pieces = _kept(report)
        yield Text(report, unit.content.name, text, pieces)


def _kept(report: Report) -> tuple[str, tuple[PieceRow, ...]]:
    """The text of a report without its holes, and where each run of it comes from."""
    spans: list[tuple[int, int]] = []
    at = report.start
    for hole in report.source.holes:
        if hole.end > report.start and hole.start < report.end:
            spans.append((at, max(at, hole.start)))
            at = max(at, hole.end)
    spans.append((at, report.end))
    parts: list[str] = []
    rows: list[PieceRow] = []
    length = 0
    for start, end in spans:
        for source, first, last, text in _pieces(report.source, start, end):
            rows.append(PieceRow(source=source, start=first, end=last, at=length))
            parts.append(text)
            length += len(text)
    return "".join(parts).rstrip("\n") + "\n", tuple(rows)


def _pieces(source: SourceText, start: int, end: int) -> Iterator[tuple[str, int, int, str]]:
    """A span of a source as runs of the files that it was put together from."""
    if not source.pieces:
        if start < end:
            yield source.name, start, end, source.text[start:end]
        return
    for piece in source.pieces:
        first, last = max(start, piece.at), min(end, piece.at + piece.end - piece.start)
        if first < last:
            shift = piece.start - piece.at
            yield piece.source, first + shift, last + shift, source.text[first:last]
