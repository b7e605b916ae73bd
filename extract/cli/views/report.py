"""A report for people: header, records under their headings, open numbers, counts."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from rich.console import Console
from rich.text import Text

from extract.cli.terminal import heading, language, safe, say, side, told_apart
from extract.cli.views.figures import AMOUNT_STYLE, amount
from extract.cli.views.quotes import marked_quote
from extract.cli.views.summaries import counted
from extract.cli.views.words import CODES, code_name
from extract.cli.views.wrapping import aligned, wrapped
from extract.messages import CHINESE, ENGLISH, Message, count, listed
from schemas import Issue, Record, State, record_types
from schemas.record import Figure
from schemas.result import LedgerRow, Result

MARGIN = "    "
INDICATOR = 1
WIDEST_INDICATOR = 30
READABLE_WIDTH = 120
TYPE_STYLES = ("green", "blue", "magenta", "cyan")
FLAG = "⚑"
REVIEWED = {
    State.APPROVED: ("✓", "approved", "经人批准"),
    State.CORRECTED: ("✎", "corrected", "经人更正"),
}
TONES = {
    "ensure": ("ensure", "确保"),
    "strive": ("strive", "力争"),
    "expect": ("expect", "预期"),
    "planned": ("planned", "计划"),
    "under_way": ("under way", "在建"),
    "completed": ("completed", "完成"),
}
"""How firmly a goal is promised, and how far a project is: English, Chinese."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which records to show.

    Attributes:
        record_type: only this one; None for all.
        flagged: only those that a person should look at.
    """

    record_type: str | None
    flagged: bool

    def takes(self, record: Record) -> bool:
        """Whether to show a record."""
        right_type = self.record_type in (None, record.type)
        return right_type and (record.state is State.FLAGGED or not self.flagged)


def print_report(out: Console, result: Result, only: Filter) -> None:
    """Print one report.

    Args:
        out: where to; its width and colours are used.
        result: what to show; nothing else is read.
        only: which records. Unclaimed numbers are left out where one type alone is asked for.
    """
    _print_header(out, result)
    records = sorted(
        (record for record in result.records if only.takes(record)),
        key=lambda record: (record.evidence.start, record.evidence.end),
    )
    widths = _widths(records)
    unclaimed = [row for row in result.ledger if row.state == "unclaimed"]
    above: list[str] = []
    for section, inside in groupby(records, key=lambda record: record.evidence.section):
        above = _print_heading(out, section, above)
        for _, together in groupby(inside, key=lambda record: (record.evidence.start, record.evidence.end)):
            _print_sentence(out, list(together), unclaimed, widths)
    if only.record_type is None:
        _print_unclaimed(out, unclaimed)
    _print_counts(out, result, len(records))


def _print_header(out: Console, result: Result) -> None:
    report = result.report
    out.print(Text(safe(report.title), style="bold"))
    facts = (
        report.region or heading("region unknown"),
        str(report.report_year or heading("year unknown")),
        heading(Message("delivered %(date)s", date=report.delivered_on)) if report.delivered_on else "",
        heading(Message("reviews %(period)s", period=report.review_period)) if report.review_period else "",
        heading(Message("plans %(period)s", period=report.plan_period)) if report.plan_period else "",
        report.source,
    )
    out.print(Text(safe(" · ".join(fact for fact in facts if fact)), style="dim"))
    for text in result.completeness.notes:
        out.print(Text(f"{FLAG} {safe(side(text))}", style="yellow"))
    for issue in result.issues:
        if issue.code == "hidden_text":
            out.print(Text(f"{FLAG} {issue.code}  {safe(_said(issue))}", style="yellow"))


def _print_heading(out: Console, section: str, above: list[str]) -> list[str]:
    """Print the part of a heading path that is new; returns the whole path."""
    path = section.split(" / ")
    same = 0
    while same < min(len(path), len(above)) and path[same] == above[same]:
        same += 1
    for depth in range(same, len(path)):
        out.print()
        out.print(
            Text(safe(path[depth]) or heading("(no heading)"), style="bold" if depth else "bold reverse"),
            soft_wrap=True,
        )
    if same == len(path) and path != above:  # back up the tree
        out.print()
        out.print(Text(safe(path[-1]), style="bold"), soft_wrap=True)
    return path


def _widths(records: Sequence[Record]) -> tuple[int, ...]:
    """Widths of the columns in cells, the same for all sentences of a report, so that the eye can run down.

    The last column has none. Signs whose width is up to the terminal (≥, ↑) stand there, where they shift nothing.
    """
    rows = [row for record in records for row in _rows(record)]
    widths = [max(cell.cell_len for cell in column) for column in zip(*rows, strict=True)] or [0, 0, 0]
    widths[INDICATOR] = min(widths[INDICATOR], WIDEST_INDICATOR)
    return tuple(widths[:-1])


def _print_sentence(
    out: Console, records: list[Record], unclaimed: Sequence[LedgerRow], widths: Sequence[int]
) -> None:
    out.print()
    quote = marked_quote(records, unclaimed, plain=not out.is_terminal)
    lines = wrapped(quote, min(out.width, READABLE_WIDTH) - 2) if out.is_terminal else [quote]
    for line in lines:
        out.print(Text("  ") + line, soft_wrap=True)
    if page := records[0].evidence.page:
        where = heading(Message("(page %(page)s)", page=page))
        out.print(Text(f"  {where}", style="dim"))
    for record in records:
        for row in _rows(record):
            for line in aligned(row, widths):
                out.print(Text(MARGIN) + line, soft_wrap=True)
    for record in records:
        if record.state in REVIEWED:
            sign, en, zh = REVIEWED[record.state]
            said = {ENGLISH: en, CHINESE: zh}.get(language(), f"{en}  {zh}")
            out.print(Text(f"{MARGIN}{sign} {said}", style="green"), soft_wrap=True)
        for issue in record.issues:
            style = {"error": "red", "warning": "yellow"}.get(issue.severity.value, "dim")
            line = Text(f"    {FLAG} {issue.code}  {safe(_said(issue))}", style=style)
            out.print(line, soft_wrap=not out.is_terminal)


def _rows(record: Record) -> Iterator[tuple[Text, ...]]:
    """One row for each figure; what belongs to the whole record stands in the first."""
    names = list(record_types())
    style = TYPE_STYLES[names.index(record.type) % len(TYPE_STYLES)] if record.type in names else ""
    head = (Text(_label(record), style=style), Text(safe(record.indicator)))
    for figure in record.figures:
        yield (
            *head,
            Text(_surface(figure), style="bold"),
            Text(figure.period or record.period or "?"),
            Text(code_name(figure.kind)),
            Text(amount(figure), style=AMOUNT_STYLE),
        )
        head = (Text(""), Text(""))
    if not record.figures:
        yield (*head, Text("–"), Text(record.period or "?"), Text(""), Text(""))


def _label(record: Record) -> str:
    english, chinese = TONES.get(record.commitment or "") or TONES.get(record.status or "") or ("", "")
    tone = english if language() == ENGLISH else chinese
    name = (record.label_en if language() == ENGLISH else record.label_zh) or record.type
    return safe(name) + (f" {tone}" if tone else "")


def _said(issue: Issue) -> str:
    """An issue in the user's language; its Chinese where that is not known, for so it is in the result."""
    return issue.message_en if language() == ENGLISH and issue.message_en else issue.message


def _surface(figure: Figure) -> str:
    return safe("".join(figure.text.split()))


def _print_unclaimed(out: Console, rows: Sequence[LedgerRow]) -> None:
    if not rows:
        return
    out.print()
    out.print(Text(say("Numbers that no record claims"), style="bold reverse"))
    for row in rows:
        place = heading(Message("at %(start)s–%(end)s", start=row.start, end=row.end))
        line = f"  {FLAG} {safe(''.join(row.text.split()))}  {place}  {safe(row.reason or '')}"
        out.print(Text(line.rstrip(), style="yellow"), soft_wrap=True)


def _print_counts(out: Console, result: Result, shown: int) -> None:
    records, ledger = result.records, Counter(row.state for row in result.ledger)
    reasons = Counter(row.reason or "other" for row in result.ledger if row.state == "excluded")
    flagged = sum(record.state is State.FLAGGED for record in records)
    counts = [
        counted(Counter(record.type for record in records)),
        Message("%(num)s shown", num=shown) if shown != len(records) else "",
        Message("%(num)s flagged", num=flagged),
    ]
    excluded: str = Message("%(num)s excluded", num=ledger["excluded"])
    if reasons:
        named = listed(
            [
                Message("%(num)s %(reason)s", num=n, reason=CODES.get(why, why))
                for why, n in reasons.most_common()
            ]
        )
        excluded = Message("%(excluded)s (%(reasons)s)", excluded=excluded, reasons=named)
    numbers = Message(
        "%(numbers)s: %(parts)s",
        numbers=count("%(num)s number", "%(num)s numbers", len(result.ledger)),
        parts=listed(
            [
                Message("%(num)s in records", num=ledger["claimed"]),
                excluded,
                Message("%(num)s unclaimed", num=ledger["unclaimed"]),
            ]
        ),
    )
    out.print()
    out.print(Text("─" * min(out.width, READABLE_WIDTH), style="dim"))
    for message in (listed([part for part in counts if part]), numbers):
        for line in told_apart(message):
            out.print(Text(safe(line)), soft_wrap=True)
