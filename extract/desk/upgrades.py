"""How a store of an earlier version becomes one of this version; nobody's verdict is lost with a new program."""

from collections.abc import Callable, Mapping
from typing import Final

from sqlalchemy import Connection, text, update

from extract.desk.from_fingerprints import name_grounds
from extract.desk.tables import MetaEntry
from extract.errors import StoreError
from extract.messages import Message

STORE_VERSION: Final = 4
VERSION: Final = "version"
"""What the version is called where the store speaks of itself."""


def jobs_in_columns(connection: Connection) -> None:
    """Engine and documents of a job stood beside the version."""
    for statement in (
        "ALTER TABLE jobs ADD COLUMN engine VARCHAR(40) NOT NULL DEFAULT 'rules'",
        "ALTER TABLE jobs ADD COLUMN documents INTEGER NOT NULL DEFAULT 0",
        """
        UPDATE jobs SET
            engine = COALESCE((SELECT value FROM meta WHERE name = 'engine of job ' || jobs.id), engine),
            documents = CAST(
                COALESCE((SELECT value FROM meta WHERE name = 'documents of job ' || jobs.id), '0') AS INTEGER
            )
        """,
        "DELETE FROM meta WHERE name LIKE '% of job %'",
    ):
        connection.execute(text(statement))


def jobs_on_lease(connection: Connection) -> None:
    """Jobs belonged to nobody and were held by nobody; one that was running is begun again."""
    for column in (
        "folder TEXT NOT NULL DEFAULT ''",
        "held_by VARCHAR(32)",
        "held_until DOUBLE PRECISION NOT NULL DEFAULT 0",
        "attempts INTEGER NOT NULL DEFAULT 0",
        "pauses INTEGER NOT NULL DEFAULT 0",
        "not_before DOUBLE PRECISION NOT NULL DEFAULT 0",
    ):
        connection.execute(text(f"ALTER TABLE jobs ADD COLUMN {column}"))


STEPS: Final[Mapping[int, Callable[[Connection], None]]] = {
    1: jobs_in_columns,
    2: name_grounds,
    3: jobs_on_lease,
}
"""By the version of a store: what makes it one of the next. A step that was released never changes what it does."""


def steps_from(found: str) -> tuple[int, ...]:
    """The versions that a store has to leave behind, one by one; empty where it is one of this version.

    Args:
        found: the version that it says it has.

    Raises:
        StoreError: no way leads from that version to this one.
    """
    if found.isdecimal() and int(found) > STORE_VERSION:
        raise StoreError(
            Message(
                "The store was made by a newer version of this program (store %(found)s; this one "
                "knows %(known)s).",
                found=found,
                known=STORE_VERSION,
            ),
            hint=Message("Install that version or a later one, or name another store with --store."),
        )
    if not found.isdecimal() or int(found) not in {*STEPS, STORE_VERSION}:
        raise StoreError(
            Message("The store has the version %(found)s, which is unknown.", found=repr(found[:20])),
            hint=Message("Name another store with --store."),
        )
    return tuple(range(int(found), STORE_VERSION))


def upgrade(connection: Connection, versions: tuple[int, ...]) -> None:
    """Make a store one of this version, within the transaction of the connection.

    Args:
        connection: to the store; it writes.
        versions: that it has to leave behind.
    """
    for version in versions:
        STEPS[version](connection)
        connection.execute(update(MetaEntry).where(MetaEntry.name == VERSION).values(value=str(version + 1)))
