"""How the cache stores: as JSON text, and as nothing else.

diskcache stores with pickle what it cannot store plainly, and loads what it finds: whoever can write to the
folder could run code here (CVE-2025-69872). The disk below writes JSON only and refuses to load anything else.
"""

import json
import sqlite3
from pathlib import Path
from typing import Any

import diskcache
import orjson
from diskcache.core import MODE_PICKLE, MODE_RAW

from extract.errors import CacheError, CacheFullError
from extract.messages import Message

FORMAT = 1
FORMAT_KEY = "format"
DATABASE = "cache.db"
BUSY = 60.0
"""Seconds to wait for another process that is writing."""
FULL = ("full", "disk i/o error")
PAGES_BETWEEN_CHECKPOINTS = 8_000
"""Of 4 KiB. A checkpoint waits for the disk, and with it waits every answer; they are as safe in the log."""


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
            raise PlantedError("a key that is not text")
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
            raise PlantedError("a value that is not text")
        return json.loads(value)


class Rows(diskcache.Cache):  # type: ignore[misc]
    """The rows of a folder; a folder that cannot be opened leaves no connection open."""

    def __init__(self, folder: Path, **settings: Any) -> None:
        try:
            super().__init__(str(folder), **settings)
        except BaseException:
            if hasattr(self, "_local"):  # where its connection is, once it has one
                self.close()
            raise


def opened_rows(folder: Path) -> Rows:
    """The rows of a folder, which nothing but this program ever evicts."""
    return Rows(
        folder,
        timeout=BUSY,
        disk=PlainDisk,
        eviction_policy="none",
        size_limit=2**62,
        cull_limit=0,
        statistics=0,
        tag_index=0,
        sqlite_wal_autocheckpoint=PAGES_BETWEEN_CHECKPOINTS,
    )


def _json(value: Any) -> str:
    """JSON text; orjson's, ten times as quick, but for half characters, which it refuses."""
    try:
        return orjson.dumps(value).decode()
    except TypeError:
        return json.dumps(value)


def refuse_foreign(folder: Path) -> None:
    """Before diskcache touches a folder: is it ours, and of this version? Opening would already change it."""
    database = sqlite3.connect(f"{(folder / DATABASE).resolve().as_uri()}?mode=ro", uri=True)
    try:
        tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if tables <= {"Settings", "sqlite_sequence"}:  # another process is making it right now
            return
        if not {"Cache", "Settings"} <= tables:
            raise CacheError(
                Message("%(folder)s holds another program's %(database)s.", folder=folder, database=DATABASE)
            )
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
        raise other_version(folder, version)


def other_version(folder: Path, version: object) -> CacheError:
    """That another version of this program wrote into a folder."""
    which = (
        Message("version %(number)s", number=version)
        if isinstance(version, int)
        else Message("an unknown version")
    )
    return CacheError(
        Message(
            "%(folder)s is a cache of %(which)s; this program writes version %(format)s.",
            folder=folder,
            which=which,
            format=FORMAT,
        ),
        hint=Message("Name another folder with --cache, or use the version of this program that wrote it."),
    )


def of_disk(folder: Path, error: Exception) -> CacheError:
    """A failure of disk or database as ours, with what to do."""
    text = str(error).lower()
    if isinstance(error, diskcache.Timeout) or "locked" in text:
        return CacheFullError(
            Message(
                "Other processes have been writing to %(folder)s for more than %(seconds)s seconds.",
                folder=folder,
                seconds=f"{BUSY:.0f}",
            ),
            hint=Message("Let them finish, then run again. Answers already saved are not paid for again."),
        )
    if any(word in text for word in FULL) or getattr(error, "errno", None) in (5, 28, 122):
        return CacheFullError(
            Message("No more answers can be saved in %(folder)s: %(error)s.", folder=folder, error=error)
        )
    if "not a database" in text or "malformed" in text:
        return CacheError(Message("%(folder)s is damaged: %(error)s.", folder=folder, error=error))
    return CacheError(Message("%(folder)s cannot be used as a cache: %(error)s.", folder=folder, error=error))
