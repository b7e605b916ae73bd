"""A look at a cache without trust in it."""

import json
import sqlite3
from contextlib import closing
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from diskcache.core import MODE_PICKLE

from extract.engines.llm.cache_disk import DATABASE, FORMAT, FORMAT_KEY, opened_rows
from extract.engines.llm.cache_rows import ANSWER, ASKED, CHANGED, MODE, is_answer
from extract.engines.llm.cache_trust import distrust, is_trusted
from extract.errors import CacheError
from extract.messages import Message


def verify(folder: Path, trusted: str = "") -> list[str]:
    """Look at a cache without trusting it: nothing in it is loaded but as JSON.

    Args:
        folder: of the cache.
        trusted: the folder that is taken as it is, whoever owns it.

    Returns:
        One sentence per finding; none when all is well.

    Raises:
        CacheError: there is no cache.
    """
    if not (folder / DATABASE).is_file():
        raise CacheError(
            Message("There is no cache in %(folder)s.", folder=folder),
            hint=Message("Name the folder with --cache."),
        )
    found: list[str] = [] if is_trusted(folder, trusted) else distrust(folder)
    try:
        database = sqlite3.connect(f"{(folder / DATABASE).resolve().as_uri()}?mode=ro", uri=True)
        try:
            state = database.execute("PRAGMA integrity_check").fetchone()[0]
            if state != "ok":
                found.append(f"The database is damaged: {state}.")
            found += (
                f"The database holds the {kind} {name!r}, which this program never makes."
                for kind, name, *_ in sorted(_schema(database) - _own_schema())
            )
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


def _schema(database: sqlite3.Connection) -> frozenset[tuple[str, str, str, str]]:
    """Tables, indexes, views and triggers of a database: kind, name, table, and how each was made."""
    return frozenset(
        (kind, name, table, " ".join((made or "").split()))
        for kind, name, table, made in database.execute("SELECT type, name, tbl_name, sql FROM sqlite_master")
    )


@cache
def _own_schema() -> frozenset[tuple[str, str, str, str]]:
    """What a cache holds that diskcache has just made; it has triggers of its own, which count rows."""
    with TemporaryDirectory() as folder:
        opened_rows(Path(folder)).close()
        with closing(sqlite3.connect(Path(folder, DATABASE))) as database:
            return _schema(database)


def _fault(key: Any, value: Any) -> str | None:
    """What is wrong with a row, or None."""
    if not isinstance(key, str) or not (key == FORMAT_KEY or key.startswith((ANSWER, ASKED, MODE, CHANGED))):
        return "has a key that this program never writes"
    try:
        content = json.loads(value)
    except (ValueError, TypeError, RecursionError):
        return "cannot be read"
    if key.startswith(ANSWER) and not is_answer(content):
        return "is not a complete answer"
    return None
