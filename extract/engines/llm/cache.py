"""Finished answers on disk, found by the content of their question; shared by all processes of this machine.

Two kinds of rows:

    answer/<key>  a finished good answer with what it cost; never a failure, never thrown away by itself
    asked/<key>   a question without an answer yet: what was spent on it so far, and who is asking now

The second is written in the moment a request leaves, so that two processes do not pay for the same question, and
it counts even when the process is killed before the answer comes.

diskcache stores with pickle what it cannot store plainly, and loads what it finds: whoever can write to the
folder could run code here (CVE-2025-69872). The disk below writes JSON only and refuses to load anything else.
"""

import json
import os
import socket
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import diskcache
import orjson
from diskcache.core import MODE_PICKLE, MODE_RAW

from extract.engines.llm.exchange import Reply, Usage
from extract.engines.llm.parameters import Changes
from extract.errors import CacheError, CacheFullError

NOTHING = Usage()
FORMAT = 1
FORMAT_KEY = "format"
ANSWER, ASKED, MODE, CHANGED = "answer/", "asked/", "mode/", "changes/"
DATABASE = "cache.db"
BUSY = 60.0
"""Seconds to wait for another process that is writing."""
PAGES_BETWEEN_CHECKPOINTS = 8_000
"""Of 4 KiB. A checkpoint waits for the disk, and with it waits every answer; they are as safe in the log."""
FULL = ("full", "disk i/o error")


class PlantedError(ValueError):
    """A row that this program cannot have written."""


class PlainDisk(diskcache.Disk):  # type: ignore[misc]
    """Text keys, values as JSON text; whatever else is found is refused, above all pickles."""

    def put(self, key: Any) -> tuple[str, bool]:
        """A key as it is stored."""
        return str(key), True

    def get(self, key: Any, raw: bool) -> str:  # noqa: FBT001 - the signature is diskcache's
        """The key of a row."""
        if not raw or not isinstance(key, str):
            raise PlantedError("a key that is no text")
        return key

    def store(self, value: Any, read: bool, key: Any = None) -> tuple[int, int, None, str]:  # noqa: FBT001
        """A value as it is stored: in the database itself, so that it is there as a whole or not at all."""
        assert not read, key
        return 0, MODE_RAW, None, _json(value)

    def fetch(self, mode: int, filename: str | None, value: Any, read: bool) -> Any:  # noqa: FBT001
        """The value of a row."""
        if mode == MODE_PICKLE:
            raise PlantedError("a pickle")
        if mode != MODE_RAW or filename is not None or read or not isinstance(value, str):
            raise PlantedError("a value that is no text")
        return json.loads(value)


def _json(value: Any) -> str:
    """JSON text; orjson's, ten times as quick, but for half characters, which it refuses."""
    try:
        return orjson.dumps(value).decode()
    except TypeError:
        return json.dumps(value)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question without an answer yet.

    Attributes:
        spent: on it so far, by this and by earlier runs.
        too_long: its answer broke off at the token limit.
        elsewhere: another process is asking it now.
    """

    spent: Usage = NOTHING
    too_long: bool = False
    elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class Stored:
    """One finished answer.

    Attributes:
        key: of its question.
        text, usage: as in `Reply`.
        model: that gave it.
        purpose: as in `Request`.
    """

    key: str
    text: str
    usage: Usage
    model: str
    purpose: str


@dataclass(frozen=True, slots=True)
class Stats:
    """What a cache holds.

    Attributes:
        answers: finished ones, by model.
        usage: of all of them.
        unfinished: questions that were sent but have no answer.
        in_vain: what these have cost.
        bytes: on the disk.
    """

    answers: dict[str, int]
    usage: Usage
    unfinished: int
    in_vain: Usage
    bytes: int


class AnswerCache:
    """The answers in one folder.

    Args:
        folder: is made where it is missing.
        clock: seconds since 1970.

    Raises:
        CacheError: the folder holds something else, another version, or cannot be written.
        CacheFullError: the disk is full.
    """

    def __init__(self, folder: Path, *, clock: Callable[[], float] = time.time) -> None:
        self.folder = folder
        self._clock = clock
        self._me = [socket.gethostname(), os.getpid()]
        with self._spoken():
            fresh = not (folder / DATABASE).exists()
            if not fresh:
                _refuse_foreign(folder)
            self._rows = diskcache.Cache(
                str(folder),
                timeout=BUSY,
                disk=PlainDisk,
                eviction_policy="none",
                size_limit=2**62,
                cull_limit=0,
                statistics=0,
                tag_index=0,
                sqlite_wal_autocheckpoint=PAGES_BETWEEN_CHECKPOINTS,
            )
            self._rows.add(FORMAT_KEY, FORMAT)
            if (found := self._rows.get(FORMAT_KEY)) != FORMAT:
                raise _other_version(folder, found)

    def close(self) -> None:
        """Close the database."""
        self._rows.close()

    # Answers ---------------------------------------------------------------------------------------------

    def get(self, key: str) -> Reply | None:
        """The finished answer to a question, or None."""
        with self._spoken():
            row = self._rows.get(ANSWER + key)
        if row is None:
            return None
        stored = _stored(key, row, self.folder)
        return Reply(stored.text, stored.usage, from_cache=True)

    def put(self, key: str, text: str, usage: Usage, *, model: str, purpose: str) -> None:
        """Keep a finished good answer; what was noted about asking for it goes.

        Raises:
            CacheFullError: it could not be kept.
        """
        row = {"text": text, "usage": _numbers(usage), "model": model, "purpose": purpose}
        with self._spoken(), self._rows.transact(retry=True):
            self._rows.set(ANSWER + key, row)
            self._rows.delete(ASKED + key)

    def answers(self) -> Iterator[Stored]:
        """All finished answers, in the order of their keys."""
        with self._spoken():
            names = [name for name in self._rows.iterkeys() if isinstance(name, str)]
            for name in sorted(names):
                if name.startswith(ANSWER) and (row := self._rows.get(name)) is not None:
                    yield _stored(name.removeprefix(ANSWER), row, self.folder)

    # Questions under way ---------------------------------------------------------------------------------

    def asked(self, key: str) -> Asked:
        """What is known about a question without an answer."""
        with self._spoken():
            row = self._rows.get(ASKED + key)
            return replace(_asked(row), elsewhere=row is not None and self._held_elsewhere(row))

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
            before = _asked(row)
            spent = before.spent + replace(vain, requests=1)
            holder = [*self._me, self._clock() + seconds]
            self._rows.set(ASKED + key, _asked_row(replace(before, spent=spent), holder))
            return spent

    def failed(self, key: str, vain: Usage, *, too_long: bool) -> Usage:
        """Note that a question got no answer, and let go of it.

        Args:
            key: of the question.
            vain: as in `sent`.
            too_long: its answer broke off at the token limit.

        Returns:
            All that was spent on it.
        """
        with self._spoken(), self._rows.transact(retry=True):
            spent = _asked(self._rows.get(ASKED + key)).spent + replace(vain, requests=0)
            self._rows.set(ASKED + key, _asked_row(Asked(spent, too_long), None))
            return spent

    def _held_elsewhere(self, row: dict[str, Any]) -> bool:
        holder = row.get("holder")
        if not isinstance(holder, list) or len(holder) != 3 or holder[:2] == self._me:
            return False
        host, process, until = holder
        return bool(until > self._clock()) and (host != self._me[0] or _alive(process))

    # Endpoints -------------------------------------------------------------------------------------------

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

    # Looking after ---------------------------------------------------------------------------------------

    def stats(self) -> Stats:
        """What the cache holds."""
        models: dict[str, int] = {}
        usage = Usage()
        for answer in self.answers():
            models[answer.model] = models.get(answer.model, 0) + 1
            usage += answer.usage
        with self._spoken():
            names = [name for name in self._rows.iterkeys() if name.startswith(ASKED)]
            in_vain = sum((_asked(self._rows.get(name)).spent for name in names), Usage())
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
                f"{self.folder} holds {error}, which this program never writes; it was not loaded.",
                hint="Somebody else wrote there. `extract cache export` cannot save it: remove the folder.",
            ) from error
        except ValueError as error:
            raise CacheError(f"{self.folder} holds a row that cannot be read: {error}.") from error
        except (sqlite3.Error, OSError, diskcache.Timeout) as error:
            raise _of_disk(self.folder, error) from error


def verify(folder: Path) -> list[str]:
    """Look at a cache without trusting it: nothing in it is loaded but as JSON.

    Returns:
        One sentence per finding; none when all is well.

    Raises:
        CacheError: there is no cache.
    """
    if not (folder / DATABASE).is_file():
        raise CacheError(f"{folder} holds no cache.", hint="Name the folder with --cache.")
    found: list[str] = []
    try:
        database = sqlite3.connect(f"{(folder / DATABASE).resolve().as_uri()}?mode=ro", uri=True)
        try:
            state = database.execute("PRAGMA integrity_check").fetchone()[0]
            if state != "ok":
                found.append(f"The database is damaged: {state}.")
            versions = set()
            for number, key, raw, mode, name, value in database.execute(
                "SELECT rowid, key, raw, mode, filename, value FROM Cache ORDER BY rowid"
            ):
                if not raw or mode == MODE_PICKLE:
                    found.append(f"Row {number} is a pickle; it was not loaded and never will be.")
                elif name is not None:
                    found.append(f"Row {number} points to a file, which this program never writes.")
                elif (fault := _fault(key, value)) is not None:
                    found.append(f"Row {number} {fault}.")
                elif key == FORMAT_KEY:
                    versions.add(json.loads(value))
            if versions != {FORMAT}:
                found.append(f"The format is {sorted(map(str, versions)) or 'missing'}, not {FORMAT}.")
        finally:
            database.close()
    except sqlite3.Error as error:
        found.append(f"The database cannot be read: {error}.")
    return found


def _refuse_foreign(folder: Path) -> None:
    """Before diskcache touches a folder: is it ours, and of this version? Opening would already change it."""
    database = sqlite3.connect(f"{(folder / DATABASE).resolve().as_uri()}?mode=ro", uri=True)
    try:
        tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if tables <= {"Settings", "sqlite_sequence"}:  # another process is making it right now
            return
        if not {"Cache", "Settings"} <= tables:
            raise CacheError(f"{folder} holds another program's {DATABASE}.")
        row = database.execute(
            "SELECT value, mode FROM Cache WHERE key = ? AND raw = 1", (FORMAT_KEY,)
        ).fetchone()
        rows = database.execute("SELECT COUNT(*) FROM Cache").fetchone()[0]
    finally:
        database.close()
    if row is None and not rows:
        return
    version = json.loads(row[0]) if row is not None and row[1] == MODE_RAW else None
    if version != FORMAT:
        raise _other_version(folder, version)


def _other_version(folder: Path, version: object) -> CacheError:
    which = f"version {version}" if isinstance(version, int) else "an unknown version"
    return CacheError(
        f"{folder} is a cache of {which}; this program writes version {FORMAT}.",
        hint="Name another folder with --cache, or use the version of this program that wrote it.",
    )


def _of_disk(folder: Path, error: Exception) -> CacheError:
    text = str(error).lower()
    if isinstance(error, diskcache.Timeout) or "locked" in text:
        return CacheFullError(
            f"{folder} is being written by other processes for more than {BUSY:.0f} seconds.",
            hint="Let them finish, then run again: the answers kept so far cost nothing.",
        )
    if any(word in text for word in FULL) or getattr(error, "errno", None) in (5, 28, 122):
        return CacheFullError(f"{folder} takes no more answers: {error}.")
    if "not a database" in text or "malformed" in text:
        return CacheError(f"{folder} is damaged: {error}.")
    return CacheError(f"{folder} cannot be used as a cache: {error}.")


def _fault(key: Any, value: Any) -> str | None:
    """What is wrong with a row, or None."""
    if not isinstance(key, str) or not (key == FORMAT_KEY or key.startswith((ANSWER, ASKED, MODE, CHANGED))):
        return "has a key that this program never writes"
    try:
        content = json.loads(value)
    except (ValueError, TypeError, RecursionError):
        return "cannot be read"
    if key.startswith(ANSWER) and not _is_answer(content):
        return "is no finished answer"
    return None


def _is_answer(row: Any) -> bool:
    if not isinstance(row, dict) or not all(
        isinstance(row.get(n), str) for n in ("text", "model", "purpose")
    ):
        return False
    usage = row.get("usage")
    return isinstance(usage, list) and len(usage) == 4 and all(isinstance(number, int) for number in usage)


def _stored(key: str, row: Any, folder: Path) -> Stored:
    if not _is_answer(row):
        raise CacheError(f"{folder} holds a row that is no finished answer ({key[:12]}).")
    return Stored(key, row["text"], Usage(*row["usage"]), row["model"], row["purpose"])


def _asked(row: Any) -> Asked:
    return Asked(Usage(*row["spent"]), bool(row["too_long"])) if isinstance(row, dict) else Asked()


def _asked_row(asked: Asked, holder: list[Any] | None) -> dict[str, Any]:
    return {"spent": _numbers(asked.spent), "too_long": asked.too_long, "holder": holder}


def _numbers(usage: Usage) -> list[int]:
    return [usage.requests, usage.prompt_tokens, usage.completion_tokens, usage.cached_tokens]


def _alive(process: Any) -> bool:
    """Whether a process of this machine still runs."""
    try:
        os.kill(process, 0)
    except (ProcessLookupError, TypeError, OverflowError):
        return False
    except PermissionError:
        return True
    return True
