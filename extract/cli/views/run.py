"""How a run shows itself: a bar while it works, a table or a JSON object at the end."""

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.text import Text

from extract.cli.terminal import complain, console, note, plural, safe, write_lines
from extract.cli.views.left_out import left_out_lines
from extract.cli.views.summaries import counted, print_summaries
from extract.errors import ExtractError
from extract.results.manifest import SourceEntry
from extract.runs.run import Plan, RunState
from extract.runs.workers import Failure, failure_of
from extract.tables.write import json_lines

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


def print_problems(plan: Plan, state: RunState, missing: Sequence[ExtractError]) -> None:
    """On stderr, a sentence for everything that went wrong, and what to do about it."""
    for error in missing:
        complain(str(error), error.hint)
    for source, moved in state.set_aside:
        note(f"{source} no longer gives {moved.stem}; its earlier result is now {moved}.")
    for done in state.done:
        if done.entry.error:
            complain(done.entry.error.message, done.entry.error.hint)
    for damaged in state.damaged:
        complain(str(damaged), damaged.hint)
    if state.interrupted:
        complain(
            f"interrupted after {len(state.done)} of {plural(len(plan.sources), 'source')}.",
            "Run the same command again to resume.",
        )


def print_summary(plan: Plan, state: RunState, missing: int) -> None:
    """The table of a run on standard output, and what stands beside it."""
    out = console()
    summaries = state.summaries
    if summaries:
        print_summaries(out, summaries)
    for done in state.done:
        if done.entry.status == "done":
            for line in _leftover_lines(done.entry):
                out.print(Text(safe(line)))
    for summary in summaries:
        for line in left_out_lines(summary):
            out.print(Text(safe(line)))
    for line in _copy_lines(state):
        out.print(Text(safe(line)))
    out.print(Text(_closing_line(plan, state, missing)))


def _leftover_lines(entry: SourceEntry) -> Iterator[str]:
    """How a source was put together, and what of it was no report: articles by title, the rest by number."""
    if entry.joined:
        yield f"{entry.path}: one report over {len(entry.joined) + 1} files 合并: with {', '.join(entry.joined)}"
    for leftover in entry.leftovers:
        if leftover.kind == "article":
            yield f"{entry.path}: no report: {leftover.title} ({leftover.reason})"
    for leftover in entry.leftovers:
        if leftover.kind == "between":
            yield f"{entry.path}: not read: {leftover.title} ({leftover.reason})"
    if rest := sum(leftover.kind == "boilerplate" for leftover in entry.leftovers):
        yield f"{entry.path}: no report: {plural(rest, 'part')} of boilerplate"


def _copy_lines(state: RunState) -> Iterator[str]:
    """Which reports are one report from several sources; each group once."""
    paths = {saved.id: done.entry.path for done in state.done for saved in done.entry.reports}
    told: set[str] = set()
    for done in state.done:
        for saved in done.entry.reports:
            if saved.same_as and saved.id not in told:
                told.update((saved.id, *saved.same_as))
                others = ", ".join(saved.same_as)
                hint = next((paths[other] for other in saved.same_as if other in paths), None)
                see = f"; compare: extract diff {done.entry.path} {hint}" if hint else ""
                yield f"{saved.id}: the same report as {others} 同一份报告{see}"


def _closing_line(plan: Plan, state: RunState, missing: int) -> str:
    statuses = Counter(done.entry.status for done in state.done)
    summaries = state.summaries
    flagged = sum(one.flagged for one in summaries)
    unchanged = sum(done.unchanged for done in state.done)
    parts = [
        f"{plural(len(summaries), 'report')} from {plural(statuses['done'], 'source')}",
        counted(Counter(name for one in summaries for name, n in one.records.items() for _ in range(n))),
        f"{unchanged} unchanged" if unchanged else "",
        f"{plural(flagged, 'record')} flagged",
        f"{plural(statuses['no_report'], 'source')} without a report" if statuses["no_report"] else "",
        f"{statuses['failed'] + missing} failed" if statuses["failed"] + missing else "",
    ]
    return f"{', '.join(part for part in parts if part)} → {safe(str(plan.out))}"


def print_json(
    plan: Plan,
    state: RunState,
    missing: Sequence[Failure],
    code: int,
    spent: Mapping[str, Any] | None = None,
) -> None:
    """The same for programs: one JSON object; `spent` is what asking a model took."""
    sources: list[dict[str, Any]] = [
        {
            "path": done.entry.path,
            "status": done.entry.status,
            "joined": done.entry.joined,
            "unchanged": done.unchanged,
            "reports": [one.id for one in done.summaries],
            "error": done.entry.error.model_dump() if done.entry.error else None,
            "leftovers": [leftover.model_dump() for leftover in done.entry.leftovers],
            "same_as": {one.id: one.same_as for one in done.entry.reports if one.same_as},
        }
        for done in state.done
    ]
    summaries = state.summaries
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
        "reports": [
            {**asdict(one), "left_out": [row.model_dump() for row in one.left_out]} for one in summaries
        ],
        "sources": sources,
        "missing": [asdict(failure) for failure in missing],
        "damaged": [asdict(failure_of(error)) for error in state.damaged],
        **(spent or {}),
    }
    write_lines(json_lines([content]))
    sys.stdout.flush()
