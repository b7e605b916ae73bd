"""The report page: the whole text, every number in the colour of its ledger row, the records beside it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Final

from fastapi import APIRouter, Request
from fastapi.responses import Response

from extract.desk import reports
from extract.desk.access import TheDesk, Who
from extract.desk.admission import Admitting
from extract.desk.filters import ANY_STATE, Filter, Sort
from extract.desk.labels import report_labels
from extract.desk.model import DECIDED, OPEN, Kind, Placed, ReportIssue, ReportRow, ReportText
from extract.desk.pages.charts import Bar, standing_bar
from extract.desk.pages.language import Language
from extract.desk.pages.marked import Mark, Paragraph, paragraphs
from extract.desk.pages.person import shell_for
from extract.desk.pages.shell import show
from extract.desk.pages.source_view import headings, number_mark
from extract.desk.pages.words import type_word, word
from schemas import record_types
from schemas.result import LedgerRow

router = APIRouter(route_class=Admitting)
TYPE_COLOURS: Final = 4


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the table of contents."""

    level: int
    title: str
    anchor: str


@dataclass(frozen=True, slots=True)
class RecordLine:
    """A record beside the text."""

    item: Placed
    numbers: tuple[str, ...]
    section: str


@dataclass(frozen=True, slots=True)
class LegendEntry:
    """What a colour means, and how many numbers have it."""

    style: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class ReportPage:
    """All that the page of a report shows.

    Attributes:
        row: the report with its counts.
        bar: the same, drawn.
        query: of the filter with which its items open: all of this report, in the order of the text.
        tree: its headings.
        paragraphs: its text; empty where it is not at hand.
        records: its items, in the order of the text.
        legend: what the colours mean.
        issues: of the report as a whole.
    """

    template: ClassVar[str] = "report.html"
    row: ReportRow
    bar: Bar
    query: str
    tree: tuple[Entry, ...]
    paragraphs: tuple[Paragraph, ...]
    records: tuple[RecordLine, ...]
    legend: tuple[LegendEntry, ...]
    issues: tuple[ReportIssue, ...]


@dataclass(frozen=True, slots=True)
class ReportsPage:
    """All reports, each with its progress and what it is called here."""

    template: ClassVar[str] = "reports.html"
    reports: tuple[tuple[ReportRow, Bar, str], ...]


@router.get("/reports")
def every_report(request: Request, desk: TheDesk, person: Who) -> Response:
    """All reports with their progress."""
    found = reports.report_list(desk.store)
    labels = report_labels((row.id, row.title, row.region, row.report_year) for row in found)
    page = ReportsPage(tuple((row, standing_bar(row.counts), labels[row.id]) for row in found))
    return show(shell_for(request, desk, person), page)


@router.get("/reports/{report_id}")
def report(report_id: str, request: Request, desk: TheDesk, person: Who) -> Response:
    """The page of a report."""
    shell = shell_for(request, desk, person)
    return show(shell, report_page(reports.report(desk.store, report_id), shell.language))


def report_page(found: ReportText, language: Language) -> ReportPage:
    """The page of a report, from its text and the places in it."""
    owners = {span: item for item in found.items for span in item.spans}
    styles = [_style(row, owners.get((row.start, row.end))) for row in found.ledger]
    text = found.text[found.start : found.end] if found.text is not None else ""
    marks = [
        _mark(row, style, owners.get((row.start, row.end)), language)
        for row, style in zip(found.ledger, styles, strict=True)
    ]
    return ReportPage(
        row=found.row,
        bar=standing_bar(found.row.counts),
        query=Filter(state=(ANY_STATE,), report=(found.row.id,), sort=Sort.TEXT).query(),
        tree=tuple(Entry(one.level, one.title, one.anchor) for one in headings(found.sections)),
        paragraphs=paragraphs(text, found.start, marks, headings(found.sections)),
        records=_records(found),
        legend=_legend(Counter(part for style in styles for part in style.split()), language),
        issues=found.issues,
    )


def _style(row: LedgerRow, item: Placed | None) -> str:
    """The classes of a number: its ledger state, its record's type, where its item stands."""
    style: str = row.state
    if row.state == "claimed" and item is not None:
        style += f" t{type_colour(item.record_type)}"
    if item is not None and item.standing in OPEN and item.kind is not Kind.NUMBER:
        style += " flagged"
    if item is not None and item.standing in DECIDED:
        style += " decided"
    return style


def type_colour(record_type: str | None) -> int:
    """The number of the colour of a record type."""
    names = list(record_types())
    return names.index(record_type) % TYPE_COLOURS if record_type in names else TYPE_COLOURS - 1


def _mark(row: LedgerRow, style: str, item: Placed | None, language: Language) -> Mark:
    plain = number_mark(row, language)
    if item is None:
        return Mark(row.start, row.end, f"n {style}", anchor=f"n{row.start}", label=plain.label)
    return Mark(row.start, row.end, f"n {style}", f"n{row.start}", f"#i-{item.key}")


def _records(found: ReportText) -> tuple[RecordLine, ...]:
    texts = {(row.start, row.end): "".join(row.text.split()) for row in found.ledger}
    starts = [(row.start, row.title) for row in found.sections if row.title]
    lines = []
    for item in found.items:
        section = next((title for start, title in reversed(starts) if start <= item.start), "")
        numbers = tuple(texts[span] for span in item.spans if span in texts)
        lines.append(RecordLine(item, numbers, section))
    return tuple(lines)


def _legend(counts: Mapping[str, int], language: Language) -> tuple[LegendEntry, ...]:
    types = [
        (f"claimed t{type_colour(name)}", type_word(language, name), counts.get(f"t{type_colour(name)}", 0))
        for name in record_types()
    ]
    states = [
        (name, word(language, "ledger", name), counts.get(name, 0)) for name in ("excluded", "unclaimed")
    ]
    people = [
        ("flagged", language.say("needs review"), counts.get("flagged", 0)),
        ("decided", language.say("decided"), counts.get("decided", 0)),
    ]
    return tuple(LegendEntry(*one) for one in [*types, *states, *people])
