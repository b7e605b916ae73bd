"""How a run shows itself: a bar while it works, a table or a JSON object at the end."""

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from extract.cli.terminal import console, safe, write_lines
from extract.results.summary import Summary
from extract.runs.run import Plan, RunState
from extract.runs.workers import Failure
from extract.tables.write import json_lines
from schemas import record_types

BAR_AFTER_SECONDS = 1.0


@contextmanager
def progress(total: int, *, shown: bool) -> Iterator[Callable[[str], None]]:
    """A bar on stderr, only on a terminal, and only for work that takes longer than a second.

    Yields:
        What to call with the name of each finished source.
    """
    stderr = Console(stderr=True)
    if not (shown and stderr.is_terminal):
        yield lambda _name: None
        return
    bar = Progress(
        TextColumn("reading"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[name]}", markup=False),
        console=stderr,
        transient=True,
    )
    task = bar.add_task("", total=total, name="")
    began = time.monotonic()

    def advance(name: str) -> None:
        if not bar.live.is_started and time.monotonic() - began > BAR_AFTER_SECONDS:
            bar.start()
        bar.update(task, advance=1, name=safe(name))

    try:
        yield advance
    finally:
        if bar.live.is_started:
            bar.stop()


def print_summary(plan: Plan, state: RunState, missing: int) -> None:
    """The table of a run on standard output, and what stands beside it."""
    out = console()
    summaries = [summary for done in state.done for summary in done.summaries]
    if summaries:
        out.print(summary_table(summaries))
    for done in state.done:
        for leftover in done.entry.leftovers:
            if done.entry.status == "done" and leftover.kind == "article":
                what = f"{done.entry.path}: no report: {leftover.title} ({leftover.reason})"
                out.print(Text(safe(what)))
    out.print(Text(_closing_line(plan, state, missing)))


def summary_table(summaries: Sequence[Summary]) -> Table:
    """One row a report; only columns of numbers are set to the right."""
    types = record_types()
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    table.add_column("report", overflow="fold")
    table.add_column("region")
    table.add_column("year")
    for record_type in types.values():
        table.add_column(f"{record_type.label_en}s", justify="right")
    for name in ("figures", "numbers", "flagged", "unclaimed"):
        table.add_column(name, justify="right")
    table.add_column("note", overflow="fold")
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
            Text(safe("; ".join(_notes(one)))),
        )
    return table


def _notes(one: Summary) -> list[str]:
    """What a reader must not take for completeness."""
    notes = list(one.notes)
    if one.failed_chunks:
        notes.insert(0, f"{one.failed_chunks} parts failed")
    if not sum(one.records.values()):
        notes.append("nothing found")
    return notes


def _closing_line(plan: Plan, state: RunState, missing: int) -> str:
    reports = sum(len(done.summaries) for done in state.done)
    statuses = Counter(done.entry.status for done in state.done)
    flagged = sum(one.flagged for done in state.done for one in done.summaries)
    unchanged = sum(done.unchanged for done in state.done)
    parts = [
        f"{reports} reports from {statuses['done']} sources",
        f"{unchanged} unchanged" if unchanged else "",
        f"{flagged} records flagged",
        f"{statuses['no_report']} sources without a report" if statuses["no_report"] else "",
        f"{statuses['failed'] + missing} failed" if statuses["failed"] + missing else "",
    ]
    return f"{', '.join(part for part in parts if part)} → {safe(str(plan.out))}"


def print_json(plan: Plan, state: RunState, missing: Sequence[Failure], code: int) -> None:
    """The same for programs: one JSON object."""
    sources: list[dict[str, Any]] = [
        {
            "path": done.entry.path,
            "status": done.entry.status,
            "unchanged": done.unchanged,
            "reports": [one.id for one in done.summaries],
            "error": done.entry.error.model_dump() if done.entry.error else None,
            "leftovers": [leftover.model_dump() for leftover in done.entry.leftovers],
        }
        for done in state.done
    ]
    summaries = [summary for done in state.done for summary in done.summaries]
    content = {
        "out": str(plan.out),
        "engine": plan.engine,
        "exit_code": code,
        "interrupted": state.interrupted,
        "totals": {
            "sources": len(state.done) + len(missing),
            "reports": len(summaries),
            "nothing_found": sum(not sum(one.records.values()) for one in summaries),
            "no_report": sum(done.entry.status == "no_report" for done in state.done),
            "failed": sum(done.entry.status == "failed" for done in state.done) + len(missing),
            "failed_chunks": sum(one.failed_chunks for one in summaries),
            "flagged": sum(one.flagged for one in summaries),
            "unclaimed": sum(one.unclaimed for one in summaries),
        },
        "reports": [asdict(one) for one in summaries],
        "sources": sources,
        "missing": [asdict(failure) for failure in missing],
    }
    write_lines(json_lines([content]))
    sys.stdout.flush()
