"""What a desk does beside answering: it works on uploads, and takes in what runs at the command line write."""

import json
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from time import time
from typing import Self

from extract.desk import jobs
from extract.desk.ingest import Synced, Taking, sync
from extract.desk.model import JobState
from extract.desk.naming import names_in_store
from extract.desk.settings import LLM, DeskSettings
from extract.desk.store import DESK_FOLDER, Store
from extract.errors import ExtractError, ResultsFolderError, UsageError
from extract.messages import Message
from extract.results.files import MANIFEST_NAME
from extract.results.store import lock_of
from extract.runs.asked import CHUNKS_FAILED, STOPPED, AskedReports
from extract.runs.asking import Purse, opened_asking
from extract.runs.run import Plan, RunState, SourceDone, run_sources
from extract.runs.sources import Source

TURN_SECONDS = 0.5
PATIENCE_SECONDS = 3600.0
AGAIN = "Upload it again: only what is missing is asked."
LOG = logging.getLogger("extract.desk")

Stamp = tuple[int, int] | None


class Worker:
    """Works in a thread of its own; everything that it has begun it goes on with after a restart.

    Args:
        store: the store.
        settings: of the desk.
    """

    def __init__(self, store: Store, settings: DeskSettings) -> None:
        self.store = store
        self.settings = settings
        self.stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="desk-worker", daemon=True)
        self._seen: Stamp = None
        self._begun = False
        self._turn = threading.Lock()

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End after the report at hand; the rest of the job waits for the next start."""
        self.stopping.set()
        if self._thread.is_alive():
            self._thread.join()

    def sync(self) -> Synced:
        """Take in what the folder of results holds now.

        Raises:
            The errors of `extract.desk.ingest.sync`.
        """
        with self._turn:
            self._seen = _stamp(self.settings.folder)
            most = self.settings.allowance.result_mb * 1_000_000
            return sync(self.store, Taking(self.settings.folder, time(), self.settings.max_bytes, most))

    def _run(self) -> None:
        with only_one(self.settings.folder) as one:
            while not self.stopping.wait(TURN_SECONDS):
                try:
                    self.turn(works=one.holds())
                except Exception:  # the desk goes on serving; the next turn tries again
                    LOG.exception("a turn of the worker failed")

    def turn(self, *, works: bool = True) -> None:
        """One turn: take in what has changed, and do one job.

        Args:
            works: whether jobs are done here; another desk may do them.
        """
        if _stamp(self.settings.folder) != self._seen:
            self.sync()
        if not works:
            return
        if not self._begun:
            jobs.requeue_interrupted(self.store)
            self._begun = True
        if taken := jobs.take_next(self.store, time()):
            self._work(taken)

    def _work(self, taken: jobs.Taken) -> None:
        """Run a job, and write down what it came to."""
        job_id, files = taken.id, taken.files
        done: list[SourceDone] = []

        def on_done(one: SourceDone) -> None:
            done.append(one)
            with self.store.writing() as connection:
                jobs.change(connection, job_id, done=len(done))
            if self.stopping.is_set():
                raise KeyboardInterrupt  # what Ctrl-C is to a run at the command line

        plan = Plan(
            sources=tuple(Source(name, jobs.upload_path(self.settings.folder, name)) for name in files),
            out=self.settings.folder,
            engine=taken.engine,
            jobs=min(self.settings.processes, len(files)),
            max_bytes=self.settings.max_bytes,
            allowance=self.settings.allowance,
            command=("extract", "desk"),
        )
        try:
            with self._asking(taken.engine) as asking:
                state = run_sources(replace(plan, asking=asking), on_done)
                stopped = asking.stopped if asking else None
            if state.interrupted:
                self._finish(job_id, JobState.QUEUED, done, [])
                return
            self.sync()
        except ResultsFolderError as error:
            self._wait_or_fail(job_id, done, error)
        except ExtractError as error:
            self._finish(job_id, JobState.FAILED, done, [f"{error}\n{error.hint}".strip()])
        except Exception as error:
            self._finish(
                job_id,
                JobState.FAILED,
                done,
                [f"This program met a fault of its own ({type(error).__name__})."],
            )
            raise
        else:
            problems = _problems(state, stopped)
            failed = bool(stopped) or (bool(problems) and not any(one.entry.reports for one in done))
            self._finish(job_id, JobState.FAILED if failed else JobState.DONE, done, problems)

    @contextmanager
    def _asking(self, engine: str) -> Iterator[AskedReports | None]:
        """What asks the model, where one reads.

        Raises:
            UsageError: the desk has no model any more, or what it says of it cannot be used.
        """
        if engine != LLM:
            yield None
            return
        model = self.settings.model
        if model is None:
            raise UsageError(
                Message("This upload is for a language model, but the desk was started without one."),
                hint=Message(
                    "Start the desk with --engine llm, or upload the reports again and choose the rules "
                    "engine."
                ),
            )
        with opened_asking(model.settings, model.key, self.settings.folder, Purse(model.limits)) as asking:
            yield asking

    def _wait_or_fail(self, job_id: str, done: list[SourceDone], error: ResultsFolderError) -> None:
        """Another run may be writing into the folder: wait for it, but not for ever."""
        waited = time() - jobs.job(self.store, job_id).created_at.timestamp()
        state = JobState.QUEUED if waited < PATIENCE_SECONDS else JobState.FAILED
        self._finish(job_id, state, done, [f"{error}\n{error.hint}".strip()])

    def _finish(self, job_id: str, state: JobState, done: list[SourceDone], problems: list[str]) -> None:
        saved = (saved.id for one in done for saved in one.entry.reports)
        reports = names_in_store(self.store, self.settings.folder, saved)
        with self.store.writing() as connection:
            jobs.change(
                connection,
                job_id,
                state=state.value,
                finished_at=None if state is JobState.QUEUED else time(),
                reports=json.dumps(reports),
                problems=json.dumps(problems),
                done=0 if state is JobState.QUEUED else len(done),
            )


def _problems(state: RunState, stopped: ExtractError | None) -> list[str]:
    """What went wrong with each file, without the path that it is kept under; what to do on a line of its own.

    What stopped the whole run is said once, before the others.
    """
    said = [f"{stopped}\n{stopped.hint}".strip()] if stopped else []
    for one in state.done:
        name = one.entry.path.rpartition("/")[2]
        if (error := one.entry.error) and not (stopped and error.code == STOPPED):
            hint = AGAIN if error.code == CHUNKS_FAILED else error.hint
            said.append(f"{error.message.replace(one.entry.path, name)}\n{hint}".strip())
    return said


def _stamp(folder: Path) -> Stamp:
    """What changes whenever a run has written into the folder."""
    try:
        found = (folder / MANIFEST_NAME).stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size


class only_one:  # noqa: N801 - reads as what it is: with only_one(folder)
    """Whether this desk is the one that works on the uploads of a folder; others only serve."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / DESK_FOLDER
        self._lock = lock_of(self.folder)

    def __enter__(self) -> Self:
        self.folder.mkdir(parents=True, exist_ok=True)
        return self

    def holds(self) -> bool:
        """Whether it is this one; asked again each time, for the one that was may have ended since."""
        if not self._lock.is_locked:
            with suppress(OSError):  # another one holds it, or it cannot be had here
                self._lock.acquire(blocking=False)
        return self._lock.is_locked

    def __exit__(self, *_: object) -> None:
        self._lock.release()
