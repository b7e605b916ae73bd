"""The store of the desk: SQLite beside the results, or PostgreSQL for a team."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, insert, make_url, select
from sqlalchemy import event as listening
from sqlalchemy.dialects.sqlite.base import SQLiteCompiler
from sqlalchemy.exc import ArgumentError, DataError, DBAPIError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from extract.desk.place import DESK_FOLDER, STORE_NAME, default_url
from extract.desk.tables import Base, MetaEntry, sqlite_guards
from extract.desk.upgrades import STORE_VERSION, VERSION, steps_from, upgrade
from extract.errors import StoreError, StoreFullError, UnstorableError
from extract.messages import Message
from extract.private_files import make_file, make_folder, tighten

__all__ = ["DESK_FOLDER", "STORE_NAME", "Store", "default_url", "open_store"]

WAIT_SECONDS = 30
CONNECTIONS, MORE_CONNECTIONS = 20, 60
"""More than the threads that serve; fewer than the hundred that PostgreSQL takes by itself."""
WRITES = "writes"
MAPPED_BYTES = 512 * 1024 * 1024
"""So much of the file is read without copying; all connections share it."""


@dataclass(frozen=True, slots=True)
class Store:
    """An open store.

    Attributes:
        engine: of SQLAlchemy.
        turn: who writes to SQLite in this process; waiting here is fair, waiting in SQLite is not.
        loose: its files that other accounts can read and that could not be closed to them.
    """

    engine: Engine
    turn: threading.Lock = field(default_factory=threading.Lock)
    loose: tuple[Path, ...] = ()

    @property
    def is_sqlite(self) -> bool:
        """Whether it is a file."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one moment of the store (SQLite) or committed rows (PostgreSQL)."""
        with _said_clearly(), self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction: all of it is saved at the end of the block, or nothing.

        Raises:
            StoreFullError: the disk or the server does not take it; nothing was saved.
        """
        with (
            self.turn if self.is_sqlite else nullcontext(),
            _said_clearly(),
            self.engine.connect().execution_options(**{WRITES: True}) as connection,
            connection.begin(),
        ):
            yield connection

    def count_rows(self) -> None:
        """Let PostgreSQL look at what it holds now rather than later; SQLite is told which index to use.

        Only after VACUUM does it count by an index alone, which takes a third of the time.
        """
        if not self.is_sqlite:
            with _said_clearly(), self.engine.connect() as connection:
                connection.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql("VACUUM (ANALYZE)")

    def close(self) -> None:
        """Let go of all connections."""
        self.engine.dispose()


def open_store(url: str) -> Store:
    """Open a store, and make it where it is not there yet.

    Args:
        url: `sqlite:///path`, or `postgresql://user:password@host/database`.

    Raises:
        StoreError: it cannot be reached, or a newer version of this program made it. One of an earlier version is
            upgraded; of SQLite a copy as it was stays beside it (`copy_path`).
    """
    parsed = _parsed(url)
    loose: tuple[Path, ...] = ()
    if parsed.get_backend_name() == "sqlite" and _is_file(parsed.database):
        try:
            loose = _kept_private(Path(str(parsed.database)))
        except OSError as error:
            raise StoreError(
                Message(
                    "%(database)s cannot be opened: %(error)s.",
                    database=parsed.database,
                    error=error.strerror or error,
                ),
                hint=NOT_OURS_HINT if isinstance(error, PermissionError) else None,
            ) from error
    engine = create_engine(
        parsed,
        pool_size=CONNECTIONS,
        max_overflow=MORE_CONNECTIONS,
        pool_pre_ping=parsed.get_backend_name() != "sqlite",
        hide_parameters=True,
    )
    if engine.dialect.name == "sqlite":
        _set_up_sqlite(engine)
    store = Store(engine, loose=loose)
    try:
        _make(store)
    except (SQLAlchemyError, StoreFullError, sqlite3.Error) as error:
        store.close()
        raise StoreError(
            Message("%(store)s cannot be used: %(error)s.", store=_shown(parsed), error=_first_line(error))
        ) from error
    except StoreError:
        store.close()
        raise
    return store


NOT_OURS_HINT = Message(
    "The store belongs to another account. Read the results without decisions with --as-read, or run as that account."
)


def _is_file(database: str | None) -> bool:
    """Whether a database of SQLite is a file named by its path, and not by an URI or in memory."""
    return bool(database) and database != ":memory:" and not str(database).startswith("file:")


def _kept_private(database: Path) -> tuple[Path, ...]:
    """See that a SQLite store is there and for its owner alone: passwords and texts stand in it.

    SQLite gives its other files (-wal, -shm) the mode of the database.

    Returns:
        Those of its files that others can read and that are not ours to change.

    Raises:
        OSError: it cannot be made or read, or is a link to nothing.
    """
    folder = database.parent
    make_folder(folder)
    make_file(database)
    copies = f"{database.stem}.version-*{database.suffix}"
    files = [*folder.glob(f"{database.name}*"), *folder.glob(copies)]
    own = [folder] if folder.name == DESK_FOLDER else []  # another folder may hold what others are to read
    return tuple(path for path in (*own, *sorted(files)) if path.exists() and not tighten(path))


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url)
        if parsed.drivername in {"postgresql", "postgres"}:
            parsed = parsed.set(drivername="postgresql+psycopg")
        parsed.get_dialect()
    except (ArgumentError, NoSuchModuleError, ValueError) as error:
        raise StoreError(
            Message("--store is not the address of a store."),
            hint=Message("Write sqlite:///desk.sqlite or postgresql://user:password@host/database"),
        ) from error
    if parsed.get_backend_name() not in {"sqlite", "postgresql"}:
        raise StoreError(
            Message("Stores of the kind %(kind)s are not supported.", kind=parsed.get_backend_name()),
            hint=Message("Use SQLite or PostgreSQL."),
        )
    return parsed


def _shown(url: URL) -> str:
    return url.render_as_string(hide_password=True)


class _HintingCompiler(SQLiteCompiler):
    """Passes on which index a query is to use; SQLAlchemy does so for other databases only."""

    def get_from_hint_text(self, table: object, text: str | None) -> str | None:
        """The hint as it was given."""
        del table
        return text


def _set_up_sqlite(engine: Engine) -> None:
    """Readers never wait for a writer, a writer waits for its turn, and what is acknowledged is on the disk."""
    engine.dialect.statement_compiler = _HintingCompiler

    @listening.listens_for(engine, "connect")
    def prepare(connection: Any, _record: object) -> None:  # of sqlite3, which SQLAlchemy does not type
        connection.isolation_level = None  # transactions begin below, not where sqlite3 thinks fit
        connection.execute(f"PRAGMA busy_timeout = {WAIT_SECONDS * 1000}")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute(f"PRAGMA mmap_size = {MAPPED_BYTES}")

    @listening.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        immediate = connection.get_execution_options().get(WRITES)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")


def _make(store: Store) -> None:
    with store.writing() as connection:
        if not store.is_sqlite:  # two desks may start at once
            connection.exec_driver_sql("SELECT pg_advisory_xact_lock(7301)")
        if store.is_sqlite:
            _refuse_triggers(connection)
        Base.metadata.create_all(connection)
        found = connection.scalar(select(MetaEntry.value).where(MetaEntry.name == VERSION))
        if found is None:
            connection.execute(insert(MetaEntry).values(name=VERSION, value=str(STORE_VERSION)))
        elif versions := steps_from(found):
            if store.is_sqlite:
                _copy(store, found)
            upgrade(connection, versions)


def _refuse_triggers(connection: Connection) -> None:
    """Refuse a store in which somebody has set triggers: they would change decisions as they are saved.

    Raises:
        StoreError: there is one that is not this program's.
    """
    ours = {" ".join(str(guard).replace("IF NOT EXISTS ", "").split()) for guard in sqlite_guards()}
    for name, made in connection.exec_driver_sql(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
    ):
        if " ".join(str(made).split()) not in ours:
            raise StoreError(
                Message(
                    "The store holds the trigger %(name)s, which this program never makes.", name=repr(name)
                ),
                hint=Message(
                    "Somebody else wrote to the store. Find out who, and remove the trigger or go back to a backup."
                ),
            )


def copy_path(store: Path, version: str) -> Path:
    """Where the copy of a SQLite store of an earlier version is kept, beside it."""
    return store.with_name(f"{store.stem}.version-{version}{store.suffix}")


def _copy(store: Store, version: str) -> None:
    """Keep a SQLite store as it is before it is upgraded; the copy is whole or not there."""
    if not store.engine.url.database:
        return
    kept = copy_path(Path(store.engine.url.database), version)
    making = kept.with_name(f"{kept.name}.part")
    making.unlink(missing_ok=True)
    make_file(making)
    with (
        closing(sqlite3.connect(store.engine.url.database)) as original,
        closing(sqlite3.connect(making)) as copy,
    ):
        original.backup(copy)
    making.replace(kept)


@contextmanager
def _said_clearly() -> Iterator[None]:
    """Faults of the disk or the server as errors of ours."""
    try:
        yield
    except DBAPIError as error:
        if _is_of_the_data(error):
            raise UnstorableError(
                Message("A text or number cannot be stored: %(error)s.", error=_first_line(error))
            ) from error
        if error.connection_invalidated or type(error).__name__ in {"OperationalError", "InterfaceError"}:
            raise StoreFullError(
                Message("The store cannot be used: %(error)s.", error=_first_line(error))
            ) from error
        raise
    except PoolTimeoutError as error:
        raise StoreFullError(
            Message("The store is too busy."), hint=Message("Nothing was saved. Try again in a moment.")
        ) from error
    except OSError as error:
        raise StoreFullError(
            Message("The store cannot be used: %(error)s.", error=error.strerror or error)
        ) from error
    except (UnicodeEncodeError, OverflowError) as error:  # of sqlite3 and psycopg, before they ask the store
        raise UnstorableError(
            Message("A text or number cannot be stored: %(error)s.", error=error)
        ) from error


TOO_LONG_FOR_AN_INDEX = "54000"
"""PostgreSQL's `program_limit_exceeded`, which psycopg counts among the troubles of the server."""


def _is_of_the_data(error: DBAPIError) -> bool:
    """Whether the store refused what it was given, and is well itself."""
    return isinstance(error, DataError) or getattr(error.orig, "sqlstate", None) == TOO_LONG_FOR_AN_INDEX


def _first_line(error: Exception) -> str:
    cause = getattr(error, "orig", None) or error
    return str(cause).strip().split("\n")[0].rstrip(".")
