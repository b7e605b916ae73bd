"""The source beside an item: a window of the text with its evidence, numbers and doubts marked."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from extract.desk.model import Item, Kind, ReportText
from extract.desk.pages.language import Language
from extract.desk.pages.marked import Heading, Mark, Paragraph, paragraphs
from extract.desk.pages.words import word
from schemas import Severity
from schemas.result import LedgerRow, SectionRow

STEP: Final = 3_000
"""Code points by which a window grows."""
LONGEST_LINE: Final = 1_000
LINE_ENDS: Final = ("\n", "。")
LONGEST_STRUCK: Final = 24
"""A number with its unit and its blanks is not longer."""


@dataclass(frozen=True, slots=True)
class Source:
    """A window of the text.

    Attributes:
        paragraphs: what is shown.
        start, end: of the window.
        earlier, later: spans that can be loaded before and after it; None at the ends of the report.
    """

    paragraphs: tuple[Paragraph, ...]
    start: int
    end: int
    earlier: tuple[int, int] | None
    later: tuple[int, int] | None


def source_view(
    report: ReportText, span: tuple[int, int], marks: Iterable[Mark], language: Language
) -> Source | None:
    """A window of a report as it is shown; None where its text is not at hand.

    Args:
        report: the whole report.
        span: of the window, in the source.
        marks: what lies on the text beside its numbers.
        language: of the labels.
    """
    if report.text is None:
        return None
    start, end = max(span[0], report.start), min(span[1], report.end)
    numbers = [number_mark(row, language) for row in report.ledger if row.end > start and row.start < end]
    shown = paragraphs(report.text[start:end], start, [*marks, *numbers], headings(report.sections))
    earlier = (max(report.start, _line_start(report.text, start - STEP)), start)
    later = (end, min(report.end, _line_end(report.text, end + STEP)))
    return Source(
        shown,
        start,
        end,
        earlier if earlier[0] < earlier[1] and report.text[slice(*earlier)].strip() else None,
        later if later[0] < later[1] and report.text[slice(*later)].strip() else None,
    )


def number_mark(row: LedgerRow, language: Language) -> Mark:
    """A number of the ledger, underlined."""
    reason = f" · {word(language, 'ledger', row.reason)}" if row.reason else ""
    label = f"{word(language, 'ledger', row.state)}{reason}"
    return Mark(row.start, row.end, f"n {row.state}", label=label)


def headings(sections: Iterable[SectionRow]) -> list[Heading]:
    """The heading tree as places in the text; a section without a title is none."""
    return [
        Heading(row.start, max(row.level, 1), row.title, f"s{number}")
        for number, row in enumerate(sections)
        if row.title
    ]


def item_marks(item: Item) -> list[Mark]:
    """What an item puts on the text: its evidence, its figures, and what is in doubt: numbers are struck out, a
    longer stretch is only underlined, so that it can still be read.
    """
    row, record = item.row, item.current or item.record
    evidence = record.evidence if record else row
    marks = [Mark(evidence.start, evidence.end, "ev", anchor="evidence")]
    spans = [(figure.start, figure.end) for figure in record.figures] if record else []
    marks += [Mark(start, end, "fig") for start, end in spans]
    if row.kind is Kind.NUMBER and item.number is not None:
        marks.append(Mark(item.number.start, item.number.end, "doubt"))
    doubtful = {
        (span.start, span.end)
        for issue in item.issues
        if issue.severity is not Severity.NOTE
        for span in issue.spans
        if not spans or any(span.start < end and start < span.end for start, end in spans)
    }
    return marks + [
        Mark(start, end, "doubt" if end - start <= LONGEST_STRUCK else "doubted")
        for start, end in sorted(doubtful)
    ]


def _line_start(text: str, place: int) -> int:
    """The beginning of the line, or of a sentence of it where the line is endless."""
    if place <= 0:
        return 0
    ends = (text.rfind(sign, max(0, place - LONGEST_LINE), place) for sign in LINE_ENDS)
    return next((end + 1 for end in ends if end >= 0), place)


def _line_end(text: str, place: int) -> int:
    """The end of the line, or of a sentence of it where the line is endless."""
    if place >= len(text):
        return len(text)
    ends = (text.find(sign, place, place + LONGEST_LINE) for sign in LINE_ENDS)
    return next((end + 1 for end in ends if end >= 0), min(place + LONGEST_LINE, len(text)))
