"""A run: every source read, worked through, saved and remembered; what is already there is left as it is."""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from extract import __version__
from extract.documents.readers.bounds import Allowance
from extract.errors import InputError
from extract.file_names import REPLACED, name_in_0_1_0, path_of, shown, without_surrogates
from extract.messages import to_json
from extract.results.files import read_result
from extract.results.manifest import (
    LeftoverEntry,
    RunEntry,
    RunManifest,
    SavedReport,
    SourceEntry,
    SourceError,
    Status,
    read_manifest,
    write_manifest,
)
from extract.results.store import Store, opened
from extract.results.summary import Summary, summarise
from extract.runs.apart import worked_through
from extract.runs.asked import STOPPED, AskedReports
from extract.runs.compare import Comparison
from extract.runs.pages import contents
from extract.runs.recipe import recipe
from extract.runs.sources import Content, Looked, Source
from extract.runs.spool import Spool
from extract.runs.workers import Done, Failure, Job, engine_named, failure_of, nothing, process_jobs

SAVE_EVERY_SECONDS = 2.0
SAVING_SHARE = 10
"""The manifest of many sources takes long to save: it is saved again after so many times as long at the earliest."""

Change = Literal["new", "changed", "again", "unchanged"]


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run is asked to do.

    Attributes:
        sources: what to read, in order.
        out: the folder of results.
        engine: its name.
        jobs: how many processes.
        max_bytes: a larger source is refused.
        fresh: work through sources whose result is already there, too.
        command: the command line, for the manifest.
        stdin: what standard input held.
        looked: where the sources were looked for.
        prune: remove the results of sources that are gone from there.
        asking: what works through the sources in place of processes, where a model is asked.
        allowance: what one source may take.
    """

    sources: tuple[Source, ...]
    out: Path
    engine: str
    jobs: int
    max_bytes: int
    fresh: bool = False
    command: tuple[str, ...] = ()
    stdin: bytes = b""
    looked: Looked = field(default_factory=Looked)
    prune: bool = False
    asking: AskedReports | None = None
    allowance: Allowance = field(default_factory=Allowance)


@dataclass(frozen=True, slots=True)
class SourceDone:
    """One source of a run.

    Attributes:
        entry: as the manifest has it.
        summaries: one per report.
        change: what it is to the folder of results: `new`, `changed` since its last run, read `again` though it is
            the same, or `unchanged`.
    """

    entry: SourceEntry
    summaries: tuple[Summary, ...]
    change: Change = "new"

    @property
    def unchanged(self) -> bool:
        """Whether its results were already there."""
        return self.change == "unchanged"


@dataclass(slots=True)
class RunState:
    """What a run has come to so far.

    Attributes:
        done: one per source that was worked through, in the order of the sources.
        set_aside: results that their sources no longer give, with their new places.
        damaged: why results of earlier runs could not be compared with the others of their region.
        gone: sources of earlier runs that are no longer there, by name.
        pruned: whether their results were removed.
        altered: results of theirs that somebody changed after the run; they stay.
        interrupted: whether the run was broken off.
    """

    done: list[SourceDone] = field(default_factory=list)
    set_aside: list[tuple[str, Path]] = field(default_factory=list)
    damaged: list[InputError] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    pruned: bool = False
    altered: list[Path] = field(default_factory=list)
    interrupted: bool = False

    @property
    def summaries(self) -> tuple[Summary, ...]:
        """One per report; sources that are copies of each other share theirs."""
        return tuple({one.id: one for done in self.done for one in done.summaries}.values())

    @property
    def failed(self) -> bool:
        """Whether a source, a part of a report or an earlier result gave less than it should have."""
        return bool(self.damaged) or any(
            done.entry.status != "done" or any(one.failed_chunks for one in done.summaries)
            for done in self.done
        )


def utc_now() -> str:
    """The time as the manifest writes it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def run_sources(
    plan: Plan, on_done: Callable[[SourceDone], None], now: Callable[[], str] = utc_now
) -> RunState:
    """Do a run.

    Args:
        plan: what to do.
        on_done: called after each source, for the progress bar.
        now: the clock of the manifest.

    Returns:
        What the run came to; after an interrupt, what it came to until then. Sources that cannot be used are
        entries with an error, never exceptions.

    Raises:
        ResultsFolderError: the folder of results cannot be used.
    """
    with opened(plan.out):
        return _Run(plan, on_done, now).go()


class _Run:
    """One run at work; the folder is already locked."""

    def __init__(self, plan: Plan, on_done: Callable[[SourceDone], None], now: Callable[[], str]) -> None:
        old = read_manifest(plan.out)
        self.plan = plan
        self.on_done = on_done
        self.now = now
        self.recipe = plan.asking.recipe() if plan.asking else recipe(engine_named(plan.engine))
        self.entries = {entry.path: entry for entry in (old.sources if old else ())}
        self.store = Store(plan.out, self.entries)
        self.spool = Spool()
        self.state = RunState()
        self.order: dict[str, int] = {}
        self.earlier: set[str] = set()
        self.about = RunEntry(
            command=tuple(map(without_surrogates, plan.command)),
            engine=plan.engine,
            package_version=__version__,
            started_at=now(),
        )
        self.usage = old.usage if old else {}
        self.compared = bool(old and old.compared)
        self.touched: set[str] | None = set() if self.compared else None
        self.saved_at = time.monotonic()
        self.save_after = SAVE_EVERY_SECONDS

    def go(self) -> RunState:
        try:
            for job, done in self._process(self._jobs()):
                self._finish(job.name, job.sha256, done, tuple(page for page, _ in job.more))
            self._see_what_is_gone()
            self._compare()
        except KeyboardInterrupt:
            self.state.interrupted = True
        finally:
            self.spool.close()
            self._save_manifest(finished=True)
        self.state.done.sort(key=lambda done: self.order[done.entry.path])
        return self.state

    def _process(self, jobs: Iterator[Job]) -> Iterator[tuple[Job, Done]]:
        if self.plan.asking:
            return self.plan.asking.process(jobs)
        return process_jobs(jobs, self.plan.jobs, worked_through)

    def _jobs(self) -> Iterator[Job]:
        """The documents that need work; the others are finished here."""
        for content in contents(self.plan.sources, self.plan.max_bytes, self.plan.stdin):
            yield from self._job(content)

    def _job(self, content: Content) -> Iterator[Job]:
        """A document that needs work; another is finished here."""
        name, data = content.name, content.data
        self.order.setdefault(name, len(self.order))
        if data is None:
            assert content.error is not None, "what gives no bytes says why"
            self._finish(name, None, nothing(failure_of(content.error)))
            return
        job = Job(name, data, self.plan.engine, self.plan.max_bytes, content.more, self.plan.allowance)
        self._adopt(name, job.sha256)
        for page, _ in content.more:  # what it gave by itself in an earlier run is part of the whole now
            if old := self.entries.pop(page, None):
                self._touch(*old.reports)
                self._set_aside(page, {one.id for one in old.reports})
        entry = self.entries.get(name)
        if entry and not self.plan.fresh and self._unchanged(entry, job.sha256):
            self._report(SourceDone(entry, summaries=self._summaries(entry), change="unchanged"))
        else:
            yield job

    def _adopt(self, name: str, sha256: str) -> None:
        """Give a source its own entry that version 0.1.0 wrote under a name in which other bytes were lost."""
        old = name_in_0_1_0(name)
        entry = self.entries.get(old)
        if old != name and name not in self.entries and entry and entry.sha256 == sha256:
            self.entries[name] = self.entries.pop(old).model_copy(update={"path": name})

    def _unchanged(self, entry: SourceEntry, sha256: str) -> bool:
        same = entry.status == "done" and entry.sha256 == sha256 and entry.recipe == self.recipe
        return same and all(self.store.intact(saved) for saved in entry.reports)

    def _summaries(self, entry: SourceEntry) -> tuple[Summary, ...]:
        return tuple(summarise(read_result(self.store.path(saved.id))) for saved in entry.reports)

    def _finish(self, name: str, sha256: str | None, done: Done, joined: tuple[str, ...] = ()) -> None:
        """Save what a source came to. One that failed keeps the results that it had, and so does one that a
        limit or a fault of the endpoint stopped half-way: what is whole is worth more than what is new.
        """
        old = self.entries.get(name)
        if old and old.status == "done" and old.reports and done.failure and done.failure.code == STOPPED:
            done = replace(done, results=(), summaries=(), digests=())
        saved = tuple(self.store.save(result) for result in done.results)
        self._touch(*saved)
        for one, digest_of_one in zip(saved, done.digests, strict=True):
            self.spool.put(one.id, replace(digest_of_one, report_id=one.id))
        summaries = tuple(
            replace(summary, id=one.id) for summary, one in zip(done.summaries, saved, strict=True)
        )
        had = old.reports if old else ()
        if saved or _status(done.failure) == "no_report":
            self._touch(*had)
            self._set_aside(name, {one.id for one in had} - {one.id for one in saved})
            had = saved
        entry = SourceEntry(
            path=name,
            sha256=sha256,
            joined=joined,
            status=_status(done.failure),
            recipe=self.recipe,
            reports=had,
            error=_source_error(done.failure),
            leftovers=tuple(
                LeftoverEntry(
                    kind=one.kind,
                    title=one.title,
                    reason=one.reason,
                    start=one.start,
                    end=one.end,
                    numbers=one.numbers,
                )
                for one in done.leftovers
            ),
        )
        self.entries[name] = entry
        change: Change = "new" if old is None else "changed" if old.sha256 != sha256 else "again"
        self._report(SourceDone(entry, summaries, change))
        if time.monotonic() - self.saved_at >= self.save_after:
            self._save_manifest(finished=False)

    def _set_aside(self, name: str, gone: set[str]) -> None:
        """Set aside the results that a source gives no longer, but for those that a copy of it still gives."""
        if not gone:
            return
        held = {one.id for path, entry in self.entries.items() if path != name for one in entry.reports}
        for report_id in sorted(gone - held):
            if moved := self.store.set_aside(report_id):
                self.state.set_aside.append((name, moved))

    def _see_what_is_gone(self) -> None:
        """Find the sources of earlier runs that are no longer where this run looked; remove their results if asked."""
        self.earlier = {old for name in self.order if (old := name_in_0_1_0(name)) != name}
        self.state.gone = [name for name in sorted(self.entries) if self._is_gone(name)]
        self.state.pruned = self.plan.prune and bool(self.state.gone)
        if self.plan.prune:
            held = Counter(one.id for entry in self.entries.values() for one in entry.reports)
            for name in self.state.gone:
                self._prune(name, held)

    def _is_gone(self, name: str) -> bool:
        if name in self.order:
            return False
        if REPLACED in name and not Path(name).exists():
            return (
                name in self.earlier
            )  # all files that version 0.1.0 called so have entries of their own now
        path = Path(path_of(name))
        archive = next((shown(one) for one in path.parents if one.is_file()), None)
        if archive is None:
            return self.plan.looked.covers(name) and not path.exists()
        if self.plan.asking and self.plan.asking.stopped:
            return False  # perhaps half of it was read
        return any(
            one.startswith(f"{archive}/") for one in self.order
        )  # it was read, and holds this no longer

    def _prune(self, name: str, held: Counter[str]) -> None:
        """Remove what a source gave, but for what another source gives, too, and what somebody changed.

        `held` counts by how many sources each report is given.
        """
        entry = self.entries.pop(name)
        self._touch(*entry.reports)
        held.subtract(one.id for one in entry.reports)
        kept = tuple(one for one in entry.reports if held[one.id] <= 0 and not self.store.remove(one))
        if kept:
            held.update(one.id for one in kept)
            self.entries[name] = entry.model_copy(update={"reports": kept})
            self.state.altered += [self.store.path(one.id) for one in kept]

    def _touch(self, *reports: SavedReport) -> None:
        """Remember that the reports of a region have to be compared again."""
        if reports:
            self.compared = False
        if self.touched is not None:
            self.touched.update(saved.region for saved in reports if saved.region)

    def _compare(self) -> None:
        if self.compared:
            return
        comparison = Comparison(self.store, self.entries, self.spool, self.state.damaged)
        flags: dict[str, int] = {}
        done = [(one.entry.path, one.summaries, one.change) for one in self.state.done]
        self.state.done.clear()  # or every entry that changes would be in memory twice
        try:
            flags = comparison.run(self.touched)
            self.compared = not self.state.damaged
        finally:
            for path, summaries, change in done:
                now = tuple(replace(one, flagged=flags.get(one.id, one.flagged)) for one in summaries)
                self.state.done.append(SourceDone(self.entries[path], now, change))

    def _report(self, done: SourceDone) -> None:
        self.state.done.append(done)
        self.on_done(done)

    def _save_manifest(self, *, finished: bool) -> None:
        about = self.about.model_copy(
            update={
                "finished_at": self.now() if finished else None,
                "interrupted": self.state.interrupted,
            }
        )
        all_runs = self.usage
        if asking := self.plan.asking:
            about = about.model_copy(update=asking.spent())
            all_runs = asking.spent_by_all_runs()
        began = time.monotonic()
        write_manifest(
            self.plan.out,
            RunManifest(
                run=about, compared=self.compared, usage=all_runs, sources=tuple(self.entries.values())
            ),
        )
        self.saved_at = time.monotonic()
        self.save_after = max(SAVE_EVERY_SECONDS, SAVING_SHARE * (self.saved_at - began))


def _status(failure: Failure | None) -> Status:
    if failure is None:
        return "done"
    return "no_report" if failure.code == "no_report" else "failed"


def _source_error(failure: Failure | None) -> SourceError | None:
    if failure is None:
        return None
    return SourceError(
        code=failure.code,
        message=failure.message,
        hint=failure.hint,
        message_parts=to_json(failure.message),
        hint_parts=to_json(failure.hint),
    )
