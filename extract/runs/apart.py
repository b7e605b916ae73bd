"""Sources whose cost somebody else decides: read, witnessed and checked by a process of its own, within bounds.

    small text → worked through here; its size is its bound
    the rest   → a process of its own: so much time, so much memory, so large a result (`Allowance`)

The cost of a character is constant (`benchmarks/bounds.py`), so a small text costs little, whatever stands in it. The
process is started at the first source that needs it and serves all that follow.
"""

import atexit
import pickle
from dataclasses import replace

from extract.documents.readers.bounds import Bounds
from extract.documents.readers.formats import Format, format_of
from extract.documents.readers.isolation import BoundedProcess
from extract.errors import InputError, SlowFileError, TooLargeError
from extract.messages import Message
from extract.runs.workers import RULES, Done, Failure, Job, failure_of, nothing, process_job

WORKER = "extract.runs.apart_worker"
SMALL_BYTES = 200_000
"""Of text: twice what the largest reports have that are known here; it takes 15 seconds and 600 MB at the very most."""
_WAIT = 10
"""The clock may take so many times what the processor may."""
_HINTS: dict[type[InputError], Message] = {
    SlowFileError: Message("Raise max_seconds in extract.toml, or split the file."),
    TooLargeError: Message("Raise max_memory in extract.toml, or split the file."),
}


def worked_through(job: Job) -> Done:
    """Work through one source, here or apart. What a bound of it stops is a failure that names the bound."""
    if not _needs_bounds(job):
        try:
            return process_job(job)
        except MemoryError:
            error: InputError = TooLargeError(Message("reading it takes more memory than is available"))
            return nothing(_failure(job, error))
    try:
        return _apart(job)
    except InputError as stopped:
        return nothing(_failure(job, stopped))


def weighed(job: Job) -> Failure | None:
    """Why a source cannot be worked through within its bounds, for those who read it here afterwards.

    The rules work through it in its place, which costs what reading and checking cost.
    """
    if not _needs_bounds(job):
        return None
    try:
        _apart(replace(job, engine=RULES))
    except InputError as stopped:
        return _failure(job, stopped)
    return None


def _needs_bounds(job: Job) -> bool:
    if job.allowance.always_apart or len(job.data) > SMALL_BYTES or job.more:
        return True
    return format_of(job.data, job.name) not in {Format.TEXT, Format.MARKDOWN}


def _apart(job: Job) -> Done:
    """What another process makes of a source.

    Raises:
        InputError: it passes a bound; the message does not name the source.
    """
    allowance = job.allowance
    bounds = Bounds(
        bytes=job.max_bytes,
        seconds=allowance.seconds,
        seconds_per_page=0,
        memory_bytes=allowance.memory_mb * 1_000_000,
        wall_seconds=allowance.seconds * _WAIT,
    )
    done = pickle.loads(PROCESS.ask({}, pickle.dumps(job), bounds))  # noqa: S301 - our own process made it
    assert isinstance(done, Done)
    return done


def _failure(job: Job, error: InputError) -> Failure:
    hint = error.hint if error.hint != type(error).hint else _HINTS.get(type(error), error.hint)
    return failure_of(type(error)(Message("%(name)s: %(error)s", name=job.name, error=error), hint=hint))


PROCESS = BoundedProcess(WORKER)
"""The one of this process."""

atexit.register(PROCESS.close)
