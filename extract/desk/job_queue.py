"""The queue of jobs: which one a desk takes, how long it keeps it, how it gives it back, and who may cancel it.

A desk holds a job by a lease. One whose lease has run out is begun again by whichever desk of its folder is there, so
that nothing has to be noticed when a process dies; and a desk that lost its lease writes nothing more about the job.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, and_, or_, select, update

from extract.desk.lease_columns import ended
from extract.desk.model import JobState, Person, Role
from extract.desk.naming import place_of
from extract.desk.problems import kept, problem
from extract.desk.rows import Row
from extract.desk.store import DESK_FOLDER, Store
from extract.desk.tables import JobEntry
from extract.errors import ForbiddenError, JobEndedError, NotFoundError
from extract.leases import FREE, lease_for
from extract.messages import Message

LEASE_SECONDS: Final = 30.0
BEAT_SECONDS: Final = 5.0
LONGEST_LEASE: Final = 2 * LEASE_SECONDS
"""A lease that ends later was given before the clock was put back."""
MOST_ATTEMPTS: Final = 3
LONGEST_PAUSE: Final = 60.0
MOST_PAUSES: Final = 65
"""With pauses that grow from a second to a minute, a job waits for about an hour."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A job that is begun.

    Attributes:
        id: of the job.
        files: by their kept names.
        engine: what is to read them.
        holder: who holds it.
        attempts: how often it was begun, this time among them.
        pauses: how often it had to wait.
    """

    id: str
    files: tuple[str, ...]
    engine: str
    holder: str
    attempts: int = 1
    pauses: int = 0

    @property
    def last_pause(self) -> bool:
        """Whether it has waited as often as it may."""
        return self.pauses >= MOST_PAUSES


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job has come.

    Attributes:
        done: how many documents are worked through.
        reports: ids of the results.
        problems: what could not be used.
    """

    done: int
    reports: Sequence[str] = ()
    problems: Sequence[str] = ()

    def columns(self) -> dict[str, Any]:
        """As `JobEntry` has it."""
        return {
            "done": self.done,
            "reports": json.dumps(list(self.reports)),
            "problems": json.dumps(kept(list(self.problems)), ensure_ascii=False),
        }


def pause_after(pauses: int) -> float:
    """How many seconds a job waits that has waited so often."""
    return min(LONGEST_PAUSE, 2.0 ** min(pauses, 10))


def take_next(store: Store, folder: Path, holder: str, now: float) -> Taken | None:
    """Begin the oldest job of a folder that waits, or whose desk has died; None where there is none.

    A job whose desk died as often as it may ends here as failed.

    Args:
        store: the store.
        folder: whose jobs.
        holder: for whom.
        now: seconds since 1970.
    """
    mine = and_(JobEntry.folder == place_of(folder), _is_due(now))
    with store.reading() as connection:  # most turns find nothing, and need not write
        if connection.scalar(select(JobEntry.id).where(mine).limit(1)) is None:
            return None
    with store.writing() as connection:
        oldest = select(JobEntry.__table__).where(mine).order_by(JobEntry.created_at, JobEntry.id)
        for row in connection.execute(oldest.with_for_update(skip_locked=True)):
            if _killed_too_often(row):
                _give_up(connection, row, now)
                continue
            lease = lease_for(holder, now, LEASE_SECONDS)
            _write(
                connection, JobEntry.id == row.id,
                state=JobState.RUNNING.value, started_at=now, done=0, attempts=row.attempts + 1,
                held_by=lease.holder, held_until=lease.until,
            )  # fmt: skip
            files = tuple(json.loads(row.files))
            return Taken(row.id, files, row.engine, holder, row.attempts + 1, row.pauses)
    return None


def _is_due(now: float) -> ColumnElement[bool]:
    """Where a job waits and may be begun, or is held by a lease that has run out."""
    return or_(
        and_(
            JobEntry.state == JobState.QUEUED.value,
            or_(JobEntry.not_before <= now, JobEntry.not_before > now + LONGEST_PAUSE),
        ),
        and_(JobEntry.state == JobState.RUNNING.value, ended(JobEntry.held_until, now, LONGEST_LEASE)),
    )


def _killed_too_often(row: Row) -> bool:
    """A job that ended in good order has its attempt taken off; what is left are those that killed their desk."""
    return bool(row.state == JobState.RUNNING.value and row.attempts >= MOST_ATTEMPTS)


def _give_up(connection: Connection, row: Row, now: float) -> None:
    why = problem(
        Message("The desk ended %(times)s times while it read this upload.", times=row.attempts),
        Message("Upload its files one by one to find the one that causes it."),
    )
    _write(
        connection, JobEntry.id == row.id,
        state=JobState.FAILED.value, finished_at=now, problems=json.dumps(kept([why]), ensure_ascii=False),
        **_let_go(),
    )  # fmt: skip


def renew(store: Store, taken: Taken, now: float) -> bool:
    """Hold a job for longer. One whose lease has run out is held on, if nobody else has taken it since.

    Returns:
        Whether it is still held: false where another desk has it, or where it was cancelled.
    """
    lease = lease_for(taken.holder, now, LEASE_SECONDS)
    with store.writing() as connection:
        return _write(connection, _running(taken), held_until=lease.until)


def report(store: Store, taken: Taken, done: int) -> bool:
    """Write down how many documents are worked through.

    Returns:
        Whether the job is still held.
    """
    with store.writing() as connection:
        return _write(connection, _running(taken), done=done)


def finish(store: Store, taken: Taken, state: JobState, progress: Progress, now: float) -> bool:
    """End a job.

    Returns:
        Whether it was still held; otherwise nothing is changed.
    """
    with store.writing() as connection:
        return _write(
            connection,
            _running(taken),
            state=state.value,
            finished_at=now,
            **progress.columns(),
            **_let_go(),
        )


def give_back(store: Store, taken: Taken, progress: Progress) -> bool:
    """Queue a job again whose desk stops in good order; that is held against nobody.

    Returns:
        Whether it was still held; otherwise nothing is changed.
    """
    return _requeue(store, taken, progress)


def put_off(store: Store, taken: Taken, progress: Progress, now: float) -> bool:
    """Queue a job again that the disk or another run keeps from being done; each time it waits for longer.

    Returns:
        Whether it was still held; otherwise nothing is changed.
    """
    pauses = taken.pauses + 1
    return _requeue(store, taken, progress, pauses=pauses, not_before=now + pause_after(taken.pauses))


def _requeue(store: Store, taken: Taken, progress: Progress, **columns: Any) -> bool:
    columns |= progress.columns() | {"done": 0}
    with store.writing() as connection:
        return _write(
            connection,
            _running(taken),
            state=JobState.QUEUED.value,
            attempts=taken.attempts - 1,
            **columns,
            **_let_go(),
        )


def keep_of_cancelled(store: Store, taken: Taken, progress: Progress) -> bool:
    """Write down what was read of a job before it was cancelled.

    Returns:
        Whether it was cancelled, and not lost to another desk.
    """
    mine = and_(JobEntry.id == taken.id, JobEntry.held_by == taken.holder)
    with store.writing() as connection:
        return _write(
            connection,
            and_(mine, JobEntry.state == JobState.CANCELLED.value),
            **progress.columns(),
            **_let_go(),
        )


def cancel(store: Store, job_id: str, person: Person, now: float, folder: Path | None = None) -> None:
    """End a job that waits or runs. What is read of it stays; the desk stops at its next report.

    Args:
        store: the store.
        job_id: of the job.
        person: who sent it in, or an administrator.
        now: seconds since 1970.
        folder: whose jobs may be cancelled; None for all.

    Raises:
        NotFoundError: there is no such job.
        ForbiddenError: somebody else sent it in.
        JobEndedError: it is done or has failed.
    """
    with store.writing() as connection:
        row = connection.execute(
            select(JobEntry.state, JobEntry.created_by, JobEntry.folder)
            .where(JobEntry.id == job_id)
            .with_for_update()
        ).first()
        if row is None or (folder is not None and row.folder != place_of(folder)):
            raise no_job(job_id)
        if not may_cancel(person, row.created_by):
            raise ForbiddenError(
                Message("Only %(name)s and administrators may cancel this upload.", name=row.created_by)
            )
        state = JobState(row.state)
        if state is JobState.CANCELLED:
            return
        if state.ended:
            raise JobEndedError(Message("This upload has already ended."))
        _write(connection, JobEntry.id == job_id, state=JobState.CANCELLED.value, finished_at=now)


def may_cancel(person: Person, sender: str) -> bool:
    """Whether somebody may cancel what a person sent in."""
    return person.role.covers(Role.ADMINISTRATOR) or (
        person.role.covers(Role.REVIEWER) and person.name == sender
    )


def no_job(job_id: str) -> NotFoundError:
    """What is said of a job that is not there."""
    return NotFoundError(Message("There is no job %(job)s.", job=job_id[:40]))


def adopt(store: Store, folder: Path) -> int:
    """Make the jobs those of a folder that were sent in before it was moved, or before jobs belonged to folders.

    They are known by their files, which lie in the folder under hashes of their content.

    Returns:
        How many.
    """
    place, count = place_of(folder), 0
    with store.reading() as connection:
        asked = select(JobEntry.id, JobEntry.folder, JobEntry.files).where(JobEntry.folder != place)
        strangers = connection.execute(asked).all()
    for row in strangers:
        if row.folder and Path(row.folder).is_dir():
            continue
        if all((folder / DESK_FOLDER / name).is_file() for name in json.loads(row.files)):
            with store.writing() as connection:
                same = and_(JobEntry.id == row.id, JobEntry.folder == row.folder)
                count += _write(connection, same, folder=place)
    return count


def _running(taken: Taken) -> ColumnElement[bool]:
    """Where a job is still held by who has taken it."""
    return and_(
        JobEntry.id == taken.id, JobEntry.held_by == taken.holder, JobEntry.state == JobState.RUNNING.value
    )


def _let_go() -> dict[str, Any]:
    return {"held_by": FREE.holder, "held_until": FREE.until}


def _write(connection: Connection, where: ColumnElement[bool], **columns: Any) -> bool:
    """Write columns; whether a job was there for it."""
    return bool(connection.execute(update(JobEntry).where(where).values(**columns)).rowcount)
