"""Finished answers on disk, found by the content of their question; shared by all processes of this machine.

Two kinds of rows:

    answer/<key>  a finished good answer with what it cost; never a failure, never thrown away by itself
    asked/<key>   a question without an answer yet: what was spent on it so far, and who is asking now

The second is written in the moment a request leaves, so that two processes do not pay for the same question, and
it counts even when the process is killed before the answer comes.
"""

import os
import socket
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import diskcache

from extract.engines.llm.cache_disk import (
    DATABASE,
    FORMAT,
    FORMAT_KEY,
    PlantedError,
    of_disk,
    opened_rows,
    other_version,
    refuse_foreign,
)
from extract.engines.llm.cache_rows import (
    ANSWER,
    ASKED,
    CHANGED,
    MODE,
    Asked,
    Stats,
    Stored,
    asked_of,
    asked_row,
    estimates,
    numbers,
    stored,
)
from extract.engines.llm.cache_trust import prepare
from extract.engines.llm.exchange import Reply, Usage
from extract.engines.llm.parameters import Changes
from extract.errors import CacheError
from extract.messages import Message


class AnswerCache:
    """The answers in one folder.

    Args:
        folder: is made where it is missing.
        clock: seconds since 1970.
        trusted: the folder that is taken as it is, whoever owns it; see `extract.engines.llm.cache_trust`.

    Raises:
        CacheError: the folder holds something else, another version, or cannot be written; or somebody else owns it
            or can write to it.
        CacheFullError: the disk is full.
    """

    def __init__(self, folder: Path, *, clock: Callable[[], float] = time.time, trusted: str = "") -> None:
        self.folder = folder
        self._clock = clock
        self._me = [socket.gethostname(), os.getpid()]
        with self._spoken():
            prepare(folder, trusted)
            refuse_foreign(folder)
            self._rows = opened_rows(folder)
            try:
                self._mark_version()
            except BaseException:
                self._rows.close()
                raise

    def _mark_version(self) -> None:
        """Write down which version made the folder, or refuse another one's."""
        self._rows.add(FORMAT_KEY, FORMAT)
        if (found := self._rows.get(FORMAT_KEY)) != FORMAT:
            raise other_version(self.folder, found)

    def close(self) -> None:
        """Close the database."""
        self._rows.close()

    def get(self, key: str) -> Reply | None:
        """The finished answer to a question, or None."""
        with self._spoken():
            row = self._rows.get(ANSWER + key)
        if row is None:
            return None
        found = stored(key, row, self.folder)
        return Reply(found.text, found.usage, from_cache=True)

    def put(self, key: str, text: str, usage: Usage, *, model: str, purpose: str) -> None:
        """Keep a finished good answer; what was noted about asking for it goes.

        Raises:
            CacheFullError: it could not be kept.
        """
        row = {"text": text, "usage": numbers(usage), "model": model, "purpose": purpose, **estimates(usage)}
        with self._spoken(), self._rows.transact(retry=True):
            self._rows.set(ANSWER + key, row)
            self._rows.delete(ASKED + key)

    def answers(self) -> Iterator[Stored]:
        """All finished answers, in the order of their keys."""
        with self._spoken():
            names = [name for name in self._rows.iterkeys() if isinstance(name, str)]
            for name in sorted(names):
                if name.startswith(ANSWER) and (row := self._rows.get(name)) is not None:
                    yield stored(name.removeprefix(ANSWER), row, self.folder)

    def asked(self, key: str) -> Asked:
        """What is known about a question without an answer."""
        with self._spoken():
            row = self._rows.get(ASKED + key)
            return replace(asked_of(row), elsewhere=row is not None and self._held_elsewhere(row))

    def leave(self, key: str, vain: Usage, seconds: float) -> Usage | None:
        """Take a question on, so that no other process sends it too, and count the request that leaves now,
        whatever becomes of it and of us.

        Args:
            key: of the question.
            vain: the tokens that attempts took since the last count, beyond their requests.
            seconds: for so long at most it is ours; less when this process ends.

        Returns:
            All that was spent on the question, this request included; None when another process is asking it
            now, and nothing must be sent.
        """
        with self._spoken(), self._rows.transact(retry=True):
            row = self._rows.get(ASKED + key)
            if row is not None and self._held_elsewhere(row):
                return None
            before = asked_of(row)
            spent = before.spent + replace(vain, requests=1)
            holder = [*self._me, self._clock() + seconds]
            self._rows.set(ASKED + key, asked_row(replace(before, spent=spent), holder))
            return spent

    def failed(self, key: str, vain: Usage, *, too_long: bool, held_back: str | None = None) -> Usage:
        """Note that a question got no answer, and let go of it.

        Args:
            key: of the question.
            vain: as in `sent`.
            too_long: its answer broke off at the token limit.
            held_back: what the provider's filter said of the question itself.

        Returns:
            All that was spent on it.
        """
        with self._spoken(), self._rows.transact(retry=True):
            spent = asked_of(self._rows.get(ASKED + key)).spent + replace(vain, requests=0)
            self._rows.set(ASKED + key, asked_row(Asked(spent, too_long, held_back), None))
            return spent

    def _held_elsewhere(self, row: dict[str, Any]) -> bool:
        holder = row.get("holder")
        if not isinstance(holder, list) or len(holder) != 3 or holder[:2] == self._me:
            return False
        host, process, until = holder
        return bool(until > self._clock()) and (host != self._me[0] or _alive(process))

    def mode(self, endpoint: str, model: str) -> str | None:
        """The mode that worked with this endpoint and model, or None."""
        with self._spoken():
            found = self._rows.get(f"{MODE}{endpoint} {model}")
        return found if isinstance(found, str) else None

    def remember_mode(self, endpoint: str, model: str, mode: str | None) -> None:
        """Keep the mode that works, or with None forget it."""
        name = f"{MODE}{endpoint} {model}"
        with self._spoken():
            if mode is None:
                self._rows.delete(name)
            else:
                self._rows.set(name, mode)

    def changes(self, endpoint: str, model: str) -> Changes:
        """The parameters that this endpoint and model do not take as we name them."""
        with self._spoken():
            found = self._rows.get(f"{CHANGED}{endpoint} {model}")
        return {str(name): new and str(new) for name, new in found.items()} if isinstance(found, dict) else {}

    def remember_changes(self, endpoint: str, model: str, changes: Changes) -> None:
        """Keep what an endpoint does not take."""
        with self._spoken():
            self._rows.set(f"{CHANGED}{endpoint} {model}", dict(changes))

    def stats(self) -> Stats:
        """What the cache holds."""
        models: dict[str, int] = {}
        usage = Usage()
        for answer in self.answers():
            models[answer.model] = models.get(answer.model, 0) + 1
            usage += answer.usage
        with self._spoken():
            names = [name for name in self._rows.iterkeys() if name.startswith(ASKED)]
            in_vain = sum((asked_of(self._rows.get(name)).spent for name in names), Usage())
            size = sum(path.stat().st_size for path in self.folder.glob(DATABASE + "*"))
        return Stats(dict(sorted(models.items())), usage, len(names), in_vain, size)

    def clear(self, model: str | None = None) -> int:
        """Throw away all answers, or those of one model.

        Returns:
            How many answers went.
        """
        keys = [answer.key for answer in self.answers() if model in (None, answer.model)]
        with self._spoken(), self._rows.transact(retry=True):
            for key in keys:
                self._rows.delete(ANSWER + key)
            if model is None:
                for name in [name for name in self._rows.iterkeys() if name != FORMAT_KEY]:
                    self._rows.delete(name)
        return len(keys)

    @contextmanager
    def _spoken(self) -> Iterator[None]:
        """Failures of disk and database as ours, each with what to do."""
        try:
            yield
        except PlantedError as error:
            raise CacheError(
                Message(
                    "%(folder)s holds %(error)s, which this program never writes; it was not loaded.",
                    folder=self.folder,
                    error=error,
                ),
                hint=Message("Another program wrote to it, and it cannot be repaired: remove the folder."),
            ) from error
        except ValueError as error:
            raise CacheError(
                Message(
                    "%(folder)s holds a row that cannot be read: %(error)s.", folder=self.folder, error=error
                )
            ) from error
        except (sqlite3.Error, OSError, diskcache.Timeout) as error:
            raise of_disk(self.folder, error) from error


def _alive(process: Any) -> bool:
    """Whether a process of this machine still runs."""
    import psutil

    try:
        return isinstance(process, int) and bool(psutil.pid_exists(process))
    except OverflowError:
        return False
