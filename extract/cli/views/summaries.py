"""The table of some reports, of a run or of a folder."""

from collections import Counter
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from extract.cli.terminal import plain_table, plural, print_table, safe
from extract.results.summary import Summary
from schemas import record_types


def print_summaries(out: Console, summaries: Sequence[Summary]) -> None:
    """The table of some reports, and below it what a reader must not take for completeness."""
    print_table(out, summary_table(summaries))
    for one in summaries:
        for text in _notes(one):
            out.print(Text(f"⚑ {safe(one.id)}: {safe(text)}", style="yellow"))


def summary_table(summaries: Sequence[Summary]) -> Table:
    """One row a report; only columns of numbers are set to the right."""
    types = record_types()
    kinds = tuple(record_type.label_zh or name for name, record_type in types.items())
    counts = (*kinds, "figures", "numbers", "flagged", "unclaimed")
    table = plain_table("report", "region", "year", *counts, right=counts)
    for one in summaries:
        table.add_row(
            Text(safe(one.id)),
            Text(safe(one.region or "?")),
            str(one.report_year or "?"),
            *(str(one.records.get(name, 0)) for name in types),
            str(one.figures),
            str(one.numbers),
            Text(str(one.flagged), style="yellow" if one.flagged else ""),
            Text(str(one.unclaimed), style="yellow" if one.unclaimed else ""),
        )
    return table


def _notes(one: Summary) -> list[str]:
    notes = list(one.notes)
    if one.failed_chunks:
        notes.insert(0, f"{plural(one.failed_chunks, 'part')} failed")
    if not sum(one.records.values()):
        notes.append("nothing found")
    return notes


def counted(records: Counter[str]) -> str:
    """`3 records (2 achievements 成绩, 1 goals 目标)`."""
    kinds = ", ".join(
        f"{plural(records[name], kind.label_en)} {kind.label_zh}"
        for name, kind in record_types().items()
        if records[name]
    )
    return f"{plural(records.total(), 'record')}{f' ({kinds})' if kinds else ''}"
