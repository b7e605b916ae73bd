"""What a desk does beside answering: it works on uploads, and takes in what runs at the command line write."""

import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from secrets import token_hex
from time import time
from typing import Self

from extract.desk import job_queue
from extract.desk.ingest import Refused, Synced, Taking, sync
from extract.desk.settings import DeskSettings
from extract.desk.store import DESK_FOLDER, Store
from extract.desk.working import JobAtWork
from extract.errors import ExtractError
from extract.private_files import make_folder
from extract.results.files import MANIFEST_NAME
from extract.results.store import lock_of

TURN_SECONDS = 0.5
LONGEST_TURN_SECONDS = 10.0
LOG = logging.getLogger("extract.desk")

Stamp = tuple[int, int] | None


class Worker:
    """Works in a thread of its own; everything that it has begun it goes on with after a restart.

    Args:
        store: the store.
        settings: of the desk.
        clock: seconds since 1970.
    """

    def __init__(self, store: Store, settings: DeskSettings, clock: Callable[[], float] = time) -> None:
        self.store = store
        self.settings = settings
        self.clock = clock
        self.holder = token_hex(8)
        self.stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="desk-worker", daemon=True)
        self._seen: Stamp = None
        self._refused: dict[Path, Refused] = {}
        self._adopted = False
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
            stamp = _stamp(self.settings.folder)
            most = self.settings.allowance.result_mb * 1_000_000
            taking = Taking(self.settings.folder, self.clock(), self.settings.max_bytes, most)
            synced = sync(self.store, taking, self._refused)
            self._seen = stamp  # only now: where the store was away, the next turn tries again
            return synced

    def _run(self) -> None:
        failures = 0
        with only_one(self.settings.folder) as one:
            while not self.stopping.wait(min(LONGEST_TURN_SECONDS, TURN_SECONDS * 2.0 ** min(failures, 10))):
                try:
                    self.turn(works=one.holds())
                except ExtractError as error:  # a later turn tries again
                    failures += 1
                    LOG.warning("a turn of the worker failed: %s", error)
                except Exception:  # the desk goes on serving
                    failures += 1
                    LOG.exception("a turn of the worker failed")
                else:
                    failures = 0

    def turn(self, *, works: bool = True) -> None:
        """One turn: take in what has changed, and do one job.

        Args:
            works: whether jobs are done here; another desk may do them.

        Raises:
            Whatever keeps the folder from being taken in; the job is done nevertheless.
        """
        failure: Exception | None = None
        if _stamp(self.settings.folder) != self._seen:
            try:
                self.sync()
            except Exception as error:  # noqa: BLE001 - it is raised below
                failure = error
        if works:
            self._work()
        if failure:
            raise failure

    def _work(self) -> None:
        """Do the next job of the folder."""
        if not self._adopted:
            job_queue.adopt(self.store, self.settings.folder)
            self._adopted = True
        taken = job_queue.take_next(self.store, self.settings.folder, self.holder, self.clock())
        if taken:
            JobAtWork(
                self.store,
                self.settings,
                taken,
                self.stopping,
                sync=self.sync,
                refused=self._refused,
                clock=self.clock,
            ).do()


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
        return self

    def holds(self) -> bool:
        """Whether it is this one; asked again each time, for the one that was may have ended since."""
        if not self._lock.is_locked:
            with suppress(OSError):  # another one holds it, or it cannot be had here
                make_folder(self.folder)
                self._lock.acquire(blocking=False)
        return self._lock.is_locked

    def __exit__(self, *_: object) -> None:
        self._lock.release()
