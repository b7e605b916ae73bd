"""Sources worked through one after the other, or by several processes; the outcomes come in order either way.

Only plain data crosses between processes: bytes and names go out, rendered results come back.
"""

import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from traceback import extract_tb
from typing import TypeVar

from extract.checks.between import Digest, digest
from extract.documents.model import Leftover
from extract.documents.readers.bounds import Allowance
from extract.engines.base import Engine
from extract.errors import ExtractError, UsageError, WorkerLostError
from extract.messages import Message
from extract.pipeline import Pages, process_source
from extract.results.files import Rendered, rendered
from extract.results.summary import Summary, summarise
from extract.runs.pages import content_digest

RULES, LLM = "rules", "llm"
ENGINES = (RULES, LLM)
AHEAD = 2
MOST_PROCESSES = 61
"""Windows waits for no more at once; elsewhere more would not help either."""


@dataclass(frozen=True, slots=True)
class Job:
    """One source to work through; `more` holds the other files of a report that stands in several."""

    name: str
    data: bytes
    engine: str
    max_bytes: int
    more: Pages = ()
    allowance: Allowance = field(default_factory=Allowance)

    @property
    def sha256(self) -> str:
        """Of the bytes of the source; where several files hold it, of all of them."""
        return content_digest(self.data, self.more)


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a source gave nothing, or not all that it should have."""

    code: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Done:
    """What one source came to; results, summaries and digests go together, one each per report."""

    results: tuple[Rendered, ...]
    summaries: tuple[Summary, ...]
    digests: tuple[Digest, ...]
    leftovers: tuple[Leftover, ...]
    failure: Failure | None


Work = Callable[[Job], Done]
Task = TypeVar("Task")
Made = TypeVar("Made")


def nothing(failure: Failure) -> Done:
    """What a source came to that could not be worked through."""
    return Done((), (), (), (), failure)


@cache
def refuse_unknown_engine(name: str) -> None:
    """Name the engines that there are, where one is named that there is not.

    Raises:
        UsageError: there is no engine of that name.
    """
    if name not in ENGINES:
        raise UsageError(
            Message("There is no engine %(name)s.", name=name),
            hint=Message(
                "The engines are: %(engines)s. Any model is asked with --engine llm, --model and --base-url.",
                engines=", ".join(ENGINES),
            ),
        )


def engine_named(name: str) -> Engine:
    """The engine of that name.

    Raises:
        UsageError: there is none.
    """
    refuse_unknown_engine(name)
    assert name == RULES, "the llm engine asks, which is not the work of a process of its own"
    from extract.engines.rules import RulesEngine

    return RulesEngine()


def failure_of(error: ExtractError) -> Failure:
    """An error as plain data; its code is the name of its class: `NoReportError` is `no_report`."""
    name = type(error).__name__.removesuffix("Error")
    code = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name).lstrip("_")
    return Failure(code, str(error), error.hint)


def process_job(job: Job) -> Done:
    """Work through one source. A fault in the program costs this source alone, and is said.

    Raises:
        MemoryError: there is not enough.
    """
    try:
        return _worked_through(job)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - the other sources go on, and this one is reported as failed
        where = extract_tb(error.__traceback__)[-1]
        fault = f"{type(error).__name__}: {error}, {Path(where.filename).name} line {where.lineno}"
        message = Message("%(name)s caused an error in this program (%(fault)s).", name=job.name, fault=fault)
        return nothing(
            Failure(
                "internal", message, Message("Please report this line, with the file if you may share it.")
            )
        )


def _worked_through(job: Job) -> Done:
    outcome = process_source(
        job.data, job.name, engine_named(job.engine), more=job.more, max_bytes=job.max_bytes
    )
    return Done(
        tuple(rendered(result, outcome.text) for result in outcome.results),
        tuple(summarise(result) for result in outcome.results),
        tuple(digest(result) for result in outcome.results),
        outcome.leftovers,
        failure_of(outcome.failures[0]) if outcome.failures else None,
    )


def process_jobs(jobs: Iterable[Job], processes: int, work: Work = process_job) -> Iterator[tuple[Job, Done]]:
    """Work through jobs; each comes back with what it came to, in the order given.

    Args:
        jobs: taken only a few ahead, so that memory does not grow with their number.
        processes: how many work at the same time; with 1 no process is started.
        work: what is done with each; a function of a module, so that it can be named to other processes.
    """
    if processes == 1:
        yield from ((job, work(job)) for job in jobs)
        return
    jobs = iter(jobs)
    while lost := (yield from _until_a_worker_dies(jobs, processes, work)):
        for job in lost:  # one of them may kill its worker again, the others are innocent
            yield job, _alone(job, work)


def mapped(tasks: Iterable[Task], processes: int, work: Callable[[Task], Made]) -> Iterator[Made]:
    """What becomes of tasks that several processes do, in the order given.

    Args:
        tasks: plain data, taken only a few ahead.
        processes: how many work at the same time; with 1 no process is started.
        work: what is done with each; a function of a module, so that it can be named to other processes.

    Raises:
        WorkerLostError: a process ended before its task did.
    """
    if processes == 1:
        yield from map(work, tasks)
        return
    pairs = _until_a_worker_dies(iter(tasks), processes, work)
    try:
        while True:
            yield next(pairs)[1]
    except StopIteration as end:
        if end.value:
            raise WorkerLostError(
                Message("A process ended before its work was done; there may not be enough memory.")
            ) from None


def _until_a_worker_dies(
    jobs: Iterator[Task], processes: int, work: Callable[[Task], Made]
) -> Generator[tuple[Task, Made], None, tuple[Task, ...]]:
    """Work through jobs; returns those that were under way when a worker died, or none at the end."""
    with _pool(processes) as pool:
        waiting: deque[tuple[Task, Future[Made] | None]] = deque()
        try:
            for job in jobs:
                waiting.append((job, None))
                waiting[-1] = (job, _submit(pool, work, job))
                if len(waiting) >= processes * AHEAD:
                    yield _first(waiting)
                    waiting.popleft()
            while waiting:
                yield _first(waiting)
                waiting.popleft()
        except BrokenProcessPool:
            return tuple(job for job, _ in waiting)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return ()


def _first(waiting: "deque[tuple[Task, Future[Made] | None]]") -> tuple[Task, Made]:
    job, future = waiting[0]
    if future is None:
        raise BrokenProcessPool
    return job, future.result()


def _alone(job: Job, work: Work) -> Done:
    try:
        with _pool(1) as pool:
            return _submit(pool, work, job).result()
    except BrokenProcessPool:
        message = Message(
            "The process reading %(name)s ended unexpectedly; there may not be enough memory.", name=job.name
        )
        return nothing(
            Failure("worker_died", message, Message("Run this file again by itself with --jobs 1."))
        )


def _submit(pool: ProcessPoolExecutor, work: Callable[[Task], Made], job: Task) -> "Future[Made]":
    with _interrupts_held():  # submitting starts workers
        return pool.submit(work, job)


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Let a Ctrl-C wait until the end of the block; processes started in it never hear of one."""
    if sys.platform == "win32" or not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _pool(processes: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(
        min(processes, MOST_PROCESSES),
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_begin,
    )


def _begin() -> None:
    """What each process of a pool does first: it leaves a Ctrl-C to its parent, and ends with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, name="parent", daemon=True).start()


def _end_with_parent() -> None:
    """End as soon as the parent has ended; one that was killed tells nobody that there is no work any more."""
    parent = multiprocessing.parent_process()
    assert parent is not None, "the processes of a pool have one"
    parent.join()
    os._exit(1)
