"""Jobs end, whatever happens meanwhile: the store is away, the disk is full, the desk is killed. Nothing is lost."""

import errno
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from extract.desk import job_queue, jobs, working
from extract.desk.ingest import Taking, sync
from extract.desk.job_queue import LEASE_SECONDS, LONGEST_PAUSE, MOST_ATTEMPTS, MOST_PAUSES, Taken
from extract.desk.jobs import Upload
from extract.desk.model import JobState
from extract.desk.reports import report_list
from extract.desk.settings import DeskSettings
from extract.desk.store import Store, default_url, open_store
from extract.desk.worker import Worker
from extract.errors import ResultsFolderError, StoreFullError
from tests.desk.conftest import ANN, NOW, Clock
from tests.desk.postgresql import Server, programs, restartable
from tests.desk.test_jobs import Turns

ROOT = Path(__file__).parents[2]
NAMES = ("r0", "r1", "r2")


@pytest.fixture
def uploads(small_report: str) -> list[Upload]:
    """Three reports."""
    return [Upload(f"{name}.txt", small_report.replace("临江", f"临{name}江").encode()) for name in NAMES]


def until_it_ends(worker: Worker, clock: Clock, store: Store, job_id: str) -> int:
    """Turn after turn, as the thread of the worker does; how many it took."""
    for turns in range(1, 12):
        with suppress(StoreFullError):
            worker.turn()
        with suppress(StoreFullError):
            if jobs.job(store, job_id).state.ended:
                return turns
        clock.now += LONGEST_PAUSE
    raise AssertionError(jobs.job(store, job_id))


def all_is_there(store: Store, job_id: str) -> bool:
    """The job is done, and its reports are in the store."""
    job = jobs.job(store, job_id)
    there = {row.id for row in report_list(store)}
    return (job.state, job.done, job.reports) == (JobState.DONE, 3, NAMES) and set(NAMES) <= there


@pytest.mark.parametrize("n", [1, 2, 3, 4, 5, 7, 10, 14])
def test_the_nth_write_that_fails_costs_no_job(
    any_store: Store, settings: DeskSettings, uploads: list[Upload], n: int
) -> None:
    """Of those that take it, tell how far it is, take its results in, end it."""
    clock = Clock()
    job = jobs.submit(any_store, settings, uploads, ANN, NOW)
    worker, seen = Worker(any_store, settings, clock), 0
    worker.stopping = Turns(*[lambda: None] * 5)

    def fail(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        nonlocal seen
        if statement.lstrip().upper().startswith(("INSERT", "UPDATE", "BEGIN IMMEDIATE")):
            seen += 1
            if seen in {n, n + 1}:
                raise OperationalError(statement, None, OSError(errno.ENOSPC, "No space left on device"))

    event.listen(any_store.engine, "before_cursor_execute", fail)
    try:
        until_it_ends(worker, clock, any_store, job.id)
    finally:
        event.remove(any_store.engine, "before_cursor_execute", fail)
    assert seen > n
    assert all_is_there(any_store, job.id)


def test_progress_that_cannot_be_saved_stops_no_reading(
    store: Store, settings: DeskSettings, uploads: list[Upload], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The store is away just then; all is read in one go."""
    runs = count_runs(monkeypatch)
    job = jobs.submit(store, settings, uploads, ANN, NOW)

    def away(*_: object) -> bool:
        raise StoreFullError("away")

    monkeypatch.setattr("extract.desk.job_queue.report", away)
    Worker(store, settings, Clock()).turn()
    assert len(runs) == 1 and all_is_there(store, job.id)


@pytest.fixture
def stoppable() -> Iterator[Server]:
    """A PostgreSQL server of this test's own."""
    found = programs()
    if found is None:
        pytest.skip("PostgreSQL is not installed; `make services` does it as root on Debian")
    with restartable(found) as made:
        yield made


@pytest.mark.parametrize("after", [1, 3])
def test_a_job_ends_though_postgresql_is_away_in_the_middle(
    stoppable: Server,
    settings: DeskSettings,
    uploads: list[Upload],
    monkeypatch: pytest.MonkeyPatch,
    after: int,
) -> None:
    """It stops at once and comes back after the job has tried to end; nothing is lost."""
    clock, say = Clock(), job_queue.report
    with closing(open_store(stoppable.url)) as store:
        sync(store, Taking(settings.folder, NOW))
        job = jobs.submit(store, settings, uploads, ANN, NOW)
        away: list[str] = []

        def gone(store: Store, taken: Taken, done: int) -> bool:
            if done == after and not away:
                stoppable.stop()
                away.append("stopped")
            return say(store, taken, done)

        def nothing() -> None:
            assert away == ["stopped"]  # it waits for the server, and tries again

        def back() -> None:
            stoppable.start()
            away.append("started")

        monkeypatch.setattr("extract.desk.job_queue.report", gone)
        worker = Worker(store, settings, clock)
        worker.stopping = Turns(nothing, nothing, back)
        until_it_ends(worker, clock, store, job.id)
        assert away == ["stopped", "started"]
        assert all_is_there(store, job.id)


def test_a_store_without_space_makes_a_job_wait_and_not_spin(
    store: Store, settings: DeskSettings, uploads: list[Upload], monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite itself says "database or disk is full"; with space again the job is done, and its reading was not."""
    clock, runs = Clock(), count_runs(monkeypatch)
    job = jobs.submit(store, settings, uploads, ANN, NOW)
    store.engine.dispose()

    @event.listens_for(store.engine, "connect")
    def no_space(connection, _record) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")

    worker = Worker(store, settings, clock)
    worker._seen = (0, 0)
    for _ in range(20):
        with suppress(StoreFullError):
            worker.turn()
    waiting = jobs.job(store, job.id)
    assert (len(runs), waiting.state) == (1, JobState.QUEUED)
    assert "full" in waiting.problems[0] and "tries again by itself" in waiting.problems[0]
    event.remove(store.engine, "connect", no_space)
    store.engine.dispose()
    until_it_ends(worker, clock, store, job.id)
    assert all_is_there(store, job.id)


def count_runs(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What is begun from now on."""
    run, seen = working.run_sources, []

    def counted(*arguments: object) -> object:
        seen.append(arguments)
        return run(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(working, "run_sources", counted)
    return seen


def full_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """No file of ours is written any more; SQLite does not ask Python."""

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("os.fsync", full)


def test_a_disk_that_stays_full_ends_the_job_with_what_to_do(
    store: Store, settings: DeskSettings, uploads: list[Upload], monkeypatch: pytest.MonkeyPatch
) -> None:
    """After as many pauses as it may have; until then each turn of the worker does nothing but look."""
    clock, runs = Clock(), count_runs(monkeypatch)
    job = jobs.submit(store, settings, uploads, ANN, NOW)
    full_disk(monkeypatch)
    worker = Worker(store, settings, clock)
    for _ in range(50):
        worker.turn()
    assert len(runs) == 1
    for _ in range(MOST_PAUSES + 5):
        clock.now += LONGEST_PAUSE
        worker.turn()
    failed = jobs.job(store, job.id)
    assert (len(runs), failed.state) == (MOST_PAUSES + 1, JobState.FAILED)
    wrong, hint = failed.problems[0].split("\n")
    assert "No space left on device" in wrong
    assert hint == "Free some disk space, then upload it again. What was read is kept."


def test_an_upload_for_a_model_does_not_wait_for_a_full_disk(
    store: Store, settings: DeskSettings, uploads: list[Upload]
) -> None:
    """Answers that the disk does not take would be paid again."""
    job = jobs.submit(store, settings, uploads, ANN, NOW)
    taken = job_queue.take_next(store, settings.folder, "desk", NOW)
    assert taken
    asks = replace(taken, engine="llm")
    at_work = working.JobAtWork(
        store, settings, asks, threading.Event(), sync=lambda: None, refused={}, clock=Clock()
    )
    error = ResultsFolderError("full")
    error.__cause__ = OSError(errno.ENOSPC, "full")
    at_work._failed(error)
    assert jobs.job(store, job.id).state is JobState.FAILED


def test_what_does_not_pass_fails_at_once(
    store: Store, settings: DeskSettings, uploads: list[Upload], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A folder that may not be written to is not looked at for an hour."""
    job = jobs.submit(store, settings, uploads, ANN, NOW)

    def refused(*_: object) -> None:
        raise OSError(errno.EACCES, os.strerror(errno.EACCES))

    monkeypatch.setattr("os.fsync", refused)
    Worker(store, settings, Clock()).turn()
    failed = jobs.job(store, job.id)
    assert failed.state is JobState.FAILED and "Permission denied" in failed.problems[0]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of two megabytes."""
    folder = tmp_path / "small"
    folder.mkdir()
    mounting = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)]
    try:
        subprocess.run(mounting, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("a file system can be mounted by root on Linux alone")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


def test_a_desk_on_a_full_disk_ends_its_jobs_when_there_is_space_again(
    small_disk: Path, uploads: list[Upload]
) -> None:
    """Store and results on one real file system, without a byte left."""
    clock, ballast = Clock(), small_disk / "ballast"
    settings = DeskSettings(small_disk / "out", default_url(small_disk / "out"), processes=1)
    with closing(open_store(settings.store_url)) as store:
        job = jobs.submit(store, settings, uploads, ANN, NOW)
        fill(ballast)
        worker = Worker(store, settings, clock)
        tried: list[str] = []

        def look() -> None:
            tried.append("waits")

        worker.stopping = Turns(look, look, ballast.unlink)
        with suppress(StoreFullError):
            worker.turn()
        assert not jobs.job(store, job.id).state.ended
        ballast.unlink(missing_ok=True)
        until_it_ends(worker, clock, store, job.id)
        assert all_is_there(store, job.id)


def fill(ballast: Path) -> None:
    """Leave no byte."""
    with ballast.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(b"\0" * 512)


KILLED = """
import os, signal, sys
from pathlib import Path
from extract.desk import job_queue
from extract.desk.settings import DeskSettings
from extract.desk.store import open_store
from extract.desk.worker import Worker
folder, url, at, now = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), float(sys.argv[4])
say = job_queue.report
def dies(store, taken, done):
    if done == at:
        os.kill(os.getpid(), signal.SIGKILL)
    return say(store, taken, done)
job_queue.report = dies
Worker(open_store(url), DeskSettings(folder, url, processes=1), lambda: now).turn()
"""


def killed(store: Store, settings: DeskSettings, at: int, now: float) -> None:
    """A desk that dies by kill -9 when it has read so many reports."""
    url = store.engine.url.render_as_string(hide_password=False)
    program = [sys.executable, "-c", KILLED, str(settings.folder), url, str(at), str(now)]
    assert subprocess.run(program, check=False, cwd=ROOT).returncode == -signal.SIGKILL


def test_after_kill_9_the_job_is_begun_again_when_its_lease_has_run_out(
    any_store: Store, settings: DeskSettings, uploads: list[Upload], monkeypatch: pytest.MonkeyPatch
) -> None:
    """By a desk that was there all the time, too; what is read is not read again."""
    job = jobs.submit(any_store, settings, uploads, ANN, NOW)
    clock = Clock()
    worker = Worker(any_store, settings, clock)
    killed(any_store, settings, 2, NOW)
    worker.turn()
    assert jobs.job(any_store, job.id).state is JobState.RUNNING
    clock.now += LEASE_SECONDS
    worker.turn()
    assert all_is_there(any_store, job.id)


def test_a_report_that_kills_the_desk_three_times_fails_and_the_next_upload_is_read(
    store: Store, settings: DeskSettings, uploads: list[Upload]
) -> None:
    """The reason stands with it."""
    bad = jobs.submit(store, settings, uploads[:1], ANN, NOW)
    good = jobs.submit(store, settings, uploads[1:], ANN, NOW + 1)
    clock = Clock(NOW + 2)
    for _ in range(MOST_ATTEMPTS):
        killed(store, settings, 1, clock.now)
        clock.now += LEASE_SECONDS
    Worker(store, settings, clock).turn()
    assert jobs.job(store, bad.id).state is JobState.FAILED
    assert "ended 3 times" in jobs.job(store, bad.id).problems[0]
    assert jobs.job(store, good.id).state is JobState.DONE


@pytest.mark.parametrize("fault", [StoreFullError("away"), RuntimeError("odd"), OSError(5, "disk")])
def test_no_failure_ends_the_thread_of_the_worker(
    store: Store,
    settings: DeskSettings,
    uploads: list[Upload],
    monkeypatch: pytest.MonkeyPatch,
    fault: Exception,
) -> None:
    """The pauses between its turns grow meanwhile."""
    job = jobs.submit(store, settings, uploads, ANN, NOW)
    take, left = job_queue.take_next, [fault] * 4

    def fails(*arguments: object) -> object:
        if left:
            raise left.pop()
        return take(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr("extract.desk.job_queue.take_next", fails)
    worker, waits = Worker(store, settings, Clock()), Waits(5)
    worker.stopping = waits
    worker._run()
    assert waits.seconds == [0.5, 1.0, 2.0, 4.0, 8.0, 0.5]
    assert all_is_there(store, job.id)


class Waits(threading.Event):
    """Stands in for waiting: so many times, then the end."""

    def __init__(self, times: int) -> None:
        super().__init__()
        self.times = times
        self.seconds: list[float | None] = []

    def wait(self, timeout: float | None = None) -> bool:
        """No time passes."""
        self.seconds.append(timeout)
        return len(self.seconds) > self.times


def test_results_that_could_not_be_taken_in_are_taken_in_later(
    store: Store, settings: DeskSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Though the folder has not changed since. A fault there keeps no upload waiting."""
    job = jobs.submit(store, settings, [Upload("odd.txt", b"not a report")], ANN, NOW)
    take_in: Callable[..., object] = sync
    left = [RuntimeError("odd"), RuntimeError("odd")]

    def fails(*arguments: object) -> object:
        if left:
            raise left.pop()
        return take_in(*arguments)

    monkeypatch.setattr("extract.desk.worker.sync", fails)
    worker = Worker(store, settings, Clock())
    with pytest.raises(RuntimeError):
        worker.turn()
    assert jobs.job(store, job.id).state is JobState.FAILED
    assert worker._seen is None
    worker.turn()
    assert worker._seen is not None
