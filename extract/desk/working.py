"""The work on one job: its files are read, its results saved, and what it came to is written down.

The store may be away for a while, the disk may be full, the job may be cancelled, the desk may stop: each of them is an
outcome, and none of them ends the thread that works.
"""

import errno
import logging
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from filelock import Timeout

from extract.desk import job_queue, jobs
from extract.desk.ingest import Refused
from extract.desk.job_queue import BEAT_SECONDS, LONGEST_PAUSE, Progress, Taken, pause_after
from extract.desk.model import JobState
from extract.desk.naming import names_in_store
from extract.desk.problems import problem, problem_of
from extract.desk.settings import LLM, DeskSettings
from extract.desk.store import Store
from extract.errors import ExtractError, RunCancelledError, StoreFullError, UsageError
from extract.leases import Heartbeat
from extract.messages import Message
from extract.results.files import SUFFIX
from extract.runs.asked import CHUNKS_FAILED, STOPPED, AskedReports
from extract.runs.asking import Purse, opened_asking
from extract.runs.run import Plan, RunState, SourceDone, run_sources
from extract.runs.sources import Source

INTERNAL = "internal"
AGAIN = Message("Upload it again: only what is missing is asked.")
TRIED_AGAIN = Message("The desk tries again by itself. You can also cancel the upload.")
FREE_SPACE = Message("Free some disk space, then upload it again. What was read is kept.")
REPORT_IT = Message("Please report it, with the log of the desk.")
PASSING = frozenset(
    {errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.ENFILE, errno.EMFILE, errno.EAGAIN, errno.ENOMEM}
)
"""What a system refuses today and may allow in a while: the disk is full or failing, or something else is used up."""
FULL = frozenset({errno.ENOSPC, errno.EDQUOT})
LOG = logging.getLogger("extract.desk")

Write = Callable[[], bool]


class JobAtWork:
    """One job, from its beginning to what it came to.

    Args:
        store: the store.
        settings: of the desk.
        taken: the job, held by a lease.
        stopping: set when the desk stops.
        sync: takes in what the folder of results holds.
        refused: results that it could not take in, by file.
        clock: seconds since 1970.
    """

    def __init__(
        self,
        store: Store,
        settings: DeskSettings,
        taken: Taken,
        stopping: threading.Event,
        *,
        sync: Callable[[], object],
        refused: Mapping[Path, Refused],
        clock: Callable[[], float],
    ) -> None:
        self._store = store
        self._settings = settings
        self._taken = taken
        self._stopping = stopping
        self._sync = sync
        self._refused = refused
        self._clock = clock
        self._done: list[SourceDone] = []
        self._asked: AskedReports | None = None
        self._heart = Heartbeat(
            lambda: job_queue.renew(store, taken, clock()), BEAT_SECONDS, self._ask_no_more
        )

    def do(self) -> None:
        """Do it. What goes wrong is written down with the job; a fault of our own is raised after that."""
        with self._heart:
            try:
                self._read_all()
            except ExtractError as error:
                self._failed(error)
            except OSError as error:
                if error.errno not in PASSING:
                    self._fault(error)
                    raise
                self._put_off(_refused(error), full=error.errno in FULL)
            except Exception as error:
                self._fault(error)
                raise

    def _read_all(self) -> None:
        files = self._taken.files
        plan = Plan(
            sources=tuple(Source(name, jobs.upload_path(self._settings.folder, name)) for name in files),
            out=self._settings.folder,
            engine=self._taken.engine,
            jobs=min(self._settings.processes, len(files)),
            max_bytes=self._settings.max_bytes,
            allowance=self._settings.allowance,
            command=("extract", "desk"),
        )
        with self._asking() as asking:
            self._asked = asking
            state = run_sources(replace(plan, asking=asking), self._on_done)
            stopped = asking.stopped if asking else None
        if self._heart.lost:
            self._lost()
        elif state.interrupted:
            if not self._save(lambda: job_queue.give_back(self._store, self._taken, self._progress())):
                self._lost()
        else:
            self._sync()
            not_taken_in = self._not_taken_in()
            problems = [*_problems(state, stopped), *not_taken_in]
            saved = sum(len(one.entry.reports) for one in self._done)
            failed = bool(stopped) or (bool(problems) and saved == len(not_taken_in))
            self._end(JobState.FAILED if failed else JobState.DONE, problems)

    def _on_done(self, one: SourceDone) -> None:
        """Tell how far the job is, and stop where it is to be stopped. A store that is away is told the next time."""
        self._done.append(one)
        try:
            held = job_queue.report(self._store, self._taken, len(self._done))
        except StoreFullError as error:
            LOG.warning("the progress of upload %s could not be saved: %s", self._taken.id, error)
        else:
            if not held:
                self._heart.lose()
        if self._heart.lost or self._stopping.is_set():
            raise KeyboardInterrupt  # what Ctrl-C is to a run at the command line

    def _not_taken_in(self) -> list[str]:
        """Why results of the job are not in the store."""
        saved = (one for done in self._done for one in done.entry.reports)
        paths = (self._settings.folder / f"{one.id}{SUFFIX}" for one in saved)
        return [problem(self._refused[path].problem) for path in paths if path in self._refused]

    def _ask_no_more(self) -> None:
        """A job that was cancelled pays for no further answer."""
        if self._asked:
            self._asked.stop(RunCancelledError(Message("The upload was cancelled.")))

    @contextmanager
    def _asking(self) -> Iterator[AskedReports | None]:
        """What asks the model, where one reads.

        Raises:
            UsageError: the desk has no model any more, or what it says of it cannot be used.
        """
        if self._taken.engine != LLM:
            yield None
            return
        model = self._settings.model
        if model is None:
            raise UsageError(
                Message("This upload is for a language model, but the desk was started without one."),
                hint=Message(
                    "Start the desk with --engine llm, or upload the reports again and choose the rules "
                    "engine."
                ),
            )
        with opened_asking(model.settings, model.key, self._settings.folder, Purse(model.limits)) as asking:
            yield asking

    def _failed(self, error: ExtractError) -> None:
        """The run gave up: where that may pass the job waits, otherwise it ends."""
        cause = error.__cause__
        if isinstance(error, StoreFullError) or isinstance(cause, Timeout):
            self._put_off(error)
        elif isinstance(cause, OSError) and cause.errno in PASSING:
            self._put_off(error, full=cause.errno in FULL)
        else:
            LOG.warning("upload %s failed: %s", self._taken.id, error)
            self._end(JobState.FAILED, [problem_of(error)])

    def _put_off(self, error: ExtractError, *, full: bool = False) -> None:
        """Wait for the disk, the store or another run: longer each time, and not for ever.

        On a full disk answers of a model may be lost, and asking again would be paid again; so nothing waits there.
        """
        LOG.warning("upload %s is put off: %s", self._taken.id, error)
        hint = FREE_SPACE if full else error.hint
        if self._taken.last_pause or (full and self._taken.engine == LLM):
            self._end(JobState.FAILED, [problem(str(error), hint)])
            return
        why = [problem(str(error), _both(hint, TRIED_AGAIN))]
        if not self._save(
            lambda: job_queue.put_off(self._store, self._taken, self._progress(why), self._clock())
        ):
            self._lost()

    def _fault(self, error: Exception) -> None:
        kind = type(error).__name__
        said = problem(Message("This program met a fault of its own (%(kind)s).", kind=kind), REPORT_IT)
        self._end(JobState.FAILED, [said])

    def _end(self, state: JobState, problems: list[str]) -> None:
        if not self._save(
            lambda: job_queue.finish(self._store, self._taken, state, self._progress(problems), self._clock())
        ):
            self._lost()

    def _lost(self) -> None:
        """Cancelled: what was read until then is taken in. Or another desk has it: then nothing is written here."""
        with suppress(ExtractError):  # the next turn takes it in
            self._sync()
        with suppress(StoreFullError):
            job_queue.keep_of_cancelled(self._store, self._taken, self._progress())

    def _progress(self, problems: list[str] | None = None) -> Progress:
        saved = (saved.id for one in self._done for saved in one.entry.reports)
        reports = names_in_store(self._store, self._settings.folder, saved)
        return Progress(len(self._done), reports, problems or [])

    def _save(self, write: Write) -> bool:
        """Write to the store, and where it cannot be written to try again until it can, or the desk stops.

        Returns:
            What `write` says; false where it came to nothing.
        """
        tries = 0
        while True:
            try:
                return write()
            except StoreFullError as error:
                LOG.warning("what became of upload %s could not be saved yet: %s", self._taken.id, error)
            if self._stopping.wait(min(LONGEST_PAUSE, pause_after(tries) / 2)):
                return True  # the lease runs out, and the next desk begins the job again
            tries += 1


def _both(first: str, second: str) -> str:
    return Message("%(first)s %(second)s", first=first, second=second) if first else second


def _refused(error: OSError) -> ExtractError:
    return ExtractError(
        Message("The system refuses: %(reason)s.", reason=error.strerror or type(error).__name__)
    )


def _problems(state: RunState, stopped: ExtractError | None) -> list[str]:
    """What went wrong with each file, and what to do; what stopped the whole run is said once, before the others.

    Of a fault of this program the file alone is named: what the fault says may hold anything.
    """
    said = [problem_of(stopped)] if stopped else []
    for one in state.done:
        error = one.entry.error
        if error is None or (stopped and error.code == STOPPED):
            continue
        message, hint = error.sentences()
        if error.code == INTERNAL:
            LOG.error("%s", error.message)
            message, hint = (
                Message("%(name)s caused an error in this program.", name=one.entry.path),
                REPORT_IT,
            )
        said.append(problem(message, AGAIN if error.code == CHUNKS_FAILED else hint))
    return said
