"""A report for people: header, records under their headings, open numbers, counts."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from rich.console import Console
from rich.text import Text

from extract.cli.terminal import plural, safe
from extract.cli.views.figures import AMOUNT_STYLE, amount
from extract.cli.views.quotes import marked_quote
from extract.cli.views.wrapping import aligned, wrapped
from schemas import Record, State, record_types
from schemas.record import Figure
from schemas.result import LedgerRow, Result

MARGIN = "    "
INDICATOR = 1
WIDEST_INDICATOR = 30
READABLE_WIDTH = 120
TYPE_STYLES = ("green", "blue", "magenta", "cyan")
FLAG = "⚑"
COMMITMENTS = {"ensure": "确保", "strive": "力争", "expect": "预期"}
REVIEWED = {
    State.APPROVED: ("✓", "approved", "经人批准"),
    State.CORRECTED: ("✎", "corrected", "经人更正"),
}
STATUSES = {"planned": "计划", "under_way": "在建", "completed": "完成"}


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
        report.region or "region unknown",
        str(report.report_year or "year unknown"),
        f"delivered {report.delivered_on}" if report.delivered_on else "",
        f"reviews {report.review_period}" if report.review_period else "",
        f"plans {report.plan_period}" if report.plan_period else "",
        report.source,
    )
    out.print(Text(safe(" · ".join(fact for fact in facts if fact)), style="dim"))
    for text in result.completeness.notes:
        out.print(Text(f"{FLAG} {safe(text)}", style="yellow"))
    for issue in result.issues:
        if issue.code == "hidden_text":
            out.print(Text(f"{FLAG} {issue.code}  {safe(issue.message)}", style="yellow"))


def _print_heading(out: Console, section: str, above: list[str]) -> list[str]:
    """Print the part of a heading path that is new; returns the whole path."""
    path = section.split(" / ")
    same = 0
    while same < min(len(path), len(above)) and path[same] == above[same]:
        same += 1
    for depth in range(same, len(path)):
        out.print()
        out.print(
            Text(safe(path[depth]) or "（无标题）", style="bold" if depth else "bold reverse"), soft_wrap=True
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
        out.print(Text(f"  （第{page}页）", style="dim"))
    for record in records:
        for row in _rows(record):
            for line in aligned(row, widths):
                out.print(Text(MARGIN) + line, soft_wrap=True)
    for record in records:
        if record.state in REVIEWED:
            sign, en, zh = REVIEWED[record.state]
            out.print(Text(f"{MARGIN}{sign} {en}  {zh}", style="green"), soft_wrap=True)
        for issue in record.issues:
            style = {"error": "red", "warning": "yellow"}.get(issue.severity.value, "dim")
            line = Text(f"    {FLAG} {issue.code}  {safe(issue.message)}", style=style)
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
            Text(figure.kind),
            Text(amount(figure), style=AMOUNT_STYLE),
        )
        head = (Text(""), Text(""))
    if not record.figures:
        yield (*head, Text("–"), Text(record.period or "?"), Text(""), Text(""))


def _label(record: Record) -> str:
    tone = COMMITMENTS.get(record.commitment or "") or STATUSES.get(record.status or "")
    return safe(record.label_zh or record.type) + (f" {tone}" if tone else "")


def _surface(figure: Figure) -> str:
    return safe("".join(figure.text.split()))


def _print_unclaimed(out: Console, rows: Sequence[LedgerRow]) -> None:
    if not rows:
        return
    out.print()
    out.print(Text("Numbers that no record claims", style="bold reverse"))
    for row in rows:
        line = (
            f"  {FLAG} {safe(''.join(row.text.split()))}  at {row.start}–{row.end}  {safe(row.reason or '')}"
        )
        out.print(Text(line.rstrip(), style="yellow"), soft_wrap=True)


def _print_counts(out: Console, result: Result, shown: int) -> None:
    records, ledger = result.records, Counter(row.state for row in result.ledger)
    reasons = Counter(row.reason or "other" for row in result.ledger if row.state == "excluded")
    by_type = Counter(record.type for record in records)
    flagged = sum(record.state is State.FLAGGED for record in records)
    types = ", ".join(
        f"{plural(by_type[name], kind.label_en)} {kind.label_zh}"
        for name, kind in record_types().items()
        if by_type[name]
    )
    excluded = ", ".join(f"{count} {reason}" for reason, count in reasons.most_common())
    out.print()
    out.print(Text("─" * min(out.width, READABLE_WIDTH), style="dim"))
    some = f" ({shown} shown)" if shown != len(records) else ""
    out.print(
        Text(f"{plural(len(records), 'record')}{some}: {types or 'nothing found'}; {flagged} flagged"),
        soft_wrap=True,
    )
    out.print(
        Text(
            f"{plural(len(result.ledger), 'number')}: {ledger['claimed']} in records, {ledger['excluded']} excluded"
            f"{f' ({excluded})' if excluded else ''}, {ledger['unclaimed']} unclaimed"
        ),
        soft_wrap=True,
    )
