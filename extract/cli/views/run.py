"""How a run shows itself: a bar while it works, a table or a JSON object at the end."""

import sys
import time
from collections import Counter
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.text import Text

from extract.cli.terminal import (
    complain,
    console,
    heading,
    note,
    safe,
    say,
    side,
    told,
    told_apart,
    write_lines,
)
from extract.cli.views.left_out import left_out_lines
from extract.cli.views.summaries import counted, print_summaries
from extract.errors import ExtractError
from extract.file_names import without_surrogates
from extract.messages import Message, count, listed
from extract.results.manifest import SourceEntry
from extract.runs.run import Plan, RunState
from extract.runs.workers import Failure, failure_of
from extract.tables.write import json_lines

BAR_AFTER_SECONDS = 1.0
NAMED = 10
"""So many sources that are gone are named; all of them with --json."""


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
        TextColumn(heading("reading")),
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
    print_moved(state)
    for done in state.done:
        if done.entry.error:
            complain(*done.entry.error.sentences())
    for damaged in state.damaged:
        complain(str(damaged), damaged.hint)
    if state.interrupted:
        complain(
            count(
                "interrupted after %(done)s of %(num)s source.",
                "interrupted after %(done)s of %(num)s sources.",
                len(plan.sources),
                done=len(state.done),
            ),
            Message("Run the same command again to resume."),
        )


def print_moved(state: RunState) -> None:
    """On stderr, what became of results whose sources no longer give them, or are gone themselves."""
    for source, moved in state.set_aside:
        note(
            Message(
                "%(source)s no longer gives the report %(name)s; its earlier result is now %(moved)s.",
                source=source,
                name=moved.stem,
                moved=moved,
            )
        )
    if not state.gone:
        return
    names = named(state.gone)
    if state.pruned:
        note(
            count(
                "%(num)s source is gone, and its results were removed: %(names)s.",
                "%(num)s sources are gone, and their results were removed: %(names)s.",
                len(state.gone),
                names=names,
            )
        )
    else:
        note(
            count(
                "%(num)s source is gone since an earlier run: %(names)s. Its results are still here; --prune removes "
                "them.",
                "%(num)s sources are gone since an earlier run: %(names)s. Their results are still here; --prune "
                "removes them.",
                len(state.gone),
                names=names,
            )
        )
    for path in state.altered:
        note(Message("%(path)s was changed after the run, so it was not removed.", path=path))


def named(names: Sequence[str]) -> str:
    """The first of some names, and how many there are besides."""
    shown = ", ".join(names[:NAMED])
    more = len(names) - NAMED
    return Message("%(names)s and %(more)s more", names=shown, more=more) if more > 0 else shown


def print_summary(plan: Plan, state: RunState, missing: int) -> None:
    """The table of a run on standard output, and what stands beside it: of what was there already, only how many."""
    out = console()
    worked = [done for done in state.done if not done.unchanged]
    summaries = {one.id: one for done in worked for one in done.summaries}
    if summaries:
        print_summaries(out, tuple(summaries.values()))
    for done in worked:
        if done.entry.status == "done":
            for line in _leftover_lines(done.entry):
                out.print(Text(safe(line)))
    for summary in summaries.values():
        for line in left_out_lines(summary):
            out.print(Text(safe(line)))
    for line in _copy_lines(state, frozenset(summaries)):
        out.print(Text(safe(line)))
    if furniture := sum(_has_furniture(done.entry) for done in worked):
        sentence = count(
            "Left out of %(num)s source: menus and page furniture; extract ingest shows it.",
            "Left out of %(num)s sources: menus and page furniture; extract ingest shows it.",
            furniture,
        )
        out.print(Text(told(sentence)))
    if state.done and not worked:
        out.print(Text(safe(say("Nothing new. See all results with: extract show %(out)s", out=plan.out))))
    for line in told_apart(_closing_line(plan, state, missing)):
        out.print(Text(safe(line)))


def _has_furniture(entry: SourceEntry) -> bool:
    return entry.status == "done" and any(leftover.kind == "boilerplate" for leftover in entry.leftovers)


def _leftover_lines(entry: SourceEntry) -> Iterator[str]:
    """How a source was put together, and which articles and other parts of it belong to no report."""
    if entry.joined:
        yield say(
            "%(source)s: one report over %(number)s files, with %(names)s",
            source=entry.path,
            number=len(entry.joined) + 1,
            names=", ".join(entry.joined),
        )
    for leftover in entry.leftovers:
        values = {"source": entry.path, "title": leftover.title, "reason": side(leftover.reason)}
        if leftover.kind == "article":
            yield say("%(source)s: left out, no part of the report: %(title)s (%(reason)s)", **values)
    for leftover in entry.leftovers:
        values = {"source": entry.path, "title": leftover.title, "reason": side(leftover.reason)}
        if leftover.kind == "between":
            yield say("%(source)s: not read: %(title)s (%(reason)s)", **values)


def _copy_lines(state: RunState, news: Container[str]) -> Iterator[str]:
    """Which reports are one report from several sources; each group once, where one of it is new."""
    paths = {saved.id: done.entry.path for done in state.done for saved in done.entry.reports}
    seen: set[str] = set()
    for done in state.done:
        for saved in done.entry.reports:
            group = (saved.id, *saved.same_as)
            if len(group) > 1 and saved.id not in seen and any(one in news for one in group):
                seen.update(group)
                values = {"id": saved.id, "others": ", ".join(saved.same_as), "a": done.entry.path}
                places = (paths[one] for one in saved.same_as if one in paths)
                other = next((place for place in places if place != done.entry.path), None)
                yield (
                    say(
                        "%(id)s: the same report as %(others)s; compare: extract diff %(a)s %(b)s",
                        b=other,
                        **values,
                    )
                    if other
                    else say("%(id)s: the same report as %(others)s", **values)
                )


def _closing_line(plan: Plan, state: RunState, missing: int) -> Message:
    statuses = Counter(done.entry.status for done in state.done)
    changes = Counter(done.change for done in state.done if done.entry.status == "done")
    again = state.gone or any(done.change != "new" for done in state.done)
    summaries = state.summaries
    records = Counter(name for one in summaries for name, n in one.records.items() for _ in range(n))
    failed = statuses["failed"] + missing
    parts = [
        Message(
            "%(reports)s from %(sources)s",
            reports=count("%(num)s report", "%(num)s reports", len(summaries)),
            sources=count("%(num)s source", "%(num)s sources", statuses["done"]),
        ),
        counted(records),
        Message("%(num)s new", num=changes["new"]) if again and changes["new"] else "",
        Message("%(num)s changed", num=changes["changed"]) if changes["changed"] else "",
        Message("%(num)s read again", num=changes["again"]) if changes["again"] else "",
        Message("%(num)s unchanged", num=changes["unchanged"]) if changes["unchanged"] else "",
        Message("%(num)s gone", num=len(state.gone)) if state.gone else "",
        count("%(num)s record flagged", "%(num)s records flagged", sum(one.flagged for one in summaries)),
        count("%(num)s source without a report", "%(num)s sources without a report", statuses["no_report"])
        if statuses["no_report"]
        else "",
        Message("%(num)s failed", num=failed) if failed else "",
    ]
    return Message("%(facts)s → %(out)s", facts=listed([part for part in parts if part]), out=plan.out)


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
            "change": done.change,
            "reports": [one.id for one in done.summaries],
            "error": done.entry.error.model_dump(include={"code", "message", "hint"})
            if done.entry.error
            else None,
            "leftovers": [leftover.model_dump() for leftover in done.entry.leftovers],
            "same_as": {one.id: one.same_as for one in done.entry.reports if one.same_as},
        }
        for done in state.done
    ]
    summaries = state.summaries
    content = {
        "out": without_surrogates(str(plan.out)),
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
        "gone": state.gone,
        "pruned": state.pruned,
        **(spent or {}),
    }
    write_lines(json_lines([content]))
    sys.stdout.flush()
