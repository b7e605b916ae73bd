"""The table of some reports, of a run or of a folder."""

from collections import Counter
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from extract.cli.terminal import heading, language, plain_table, print_table, safe, say, side, told
from extract.messages import ENGLISH, Message, count, in_both, listed
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
    kinds = tuple(kind_name(name) for name in types)
    counts = (*kinds, heading("figures"), heading("numbers"), heading("flagged"), heading("unclaimed"))
    table = plain_table(heading("report"), heading("region"), heading("year"), *counts, right=counts)
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
    notes = [side(text) for text in one.notes]
    if one.failed_chunks:
        failed = count("%(num)s part could not be read", "%(num)s parts could not be read", one.failed_chunks)
        notes.insert(0, told(failed))
    if not sum(one.records.values()):
        notes.append(say("nothing found"))
    return notes


def kind_name(name: str) -> str:
    """What records of a type are called; in Chinese, too, where nobody knows what the reader speaks."""
    kind = record_types()[name]
    return (_plural(kind.label_en, 2) if language() == ENGLISH and kind.label_en else kind.label_zh) or name


def _plural(noun: str, number: int) -> str:
    return noun if number == 1 else f"{noun}s"


def counted(records: Counter[str]) -> Message:
    """`3 records (2 achievements, 1 goal)`."""
    total = count("%(num)s record", "%(num)s records", records.total())
    kinds = [
        Message(
            "%(num)s %(kind)s",
            num=f"{records[name]:,}",
            kind=in_both(_plural(kind.label_en or name, records[name]), kind.label_zh or name),
        )
        for name, kind in record_types().items()
        if records[name]
    ]
    return Message("%(records)s (%(kinds)s)", records=total, kinds=listed(kinds)) if kinds else total
