"""How a store of an earlier version becomes one of this version; nobody's verdict is lost with a new program."""

from collections.abc import Mapping
from typing import Final

from sqlalchemy import Connection, text, update

from extract.desk.tables import MetaEntry

STORE_VERSION: Final = 2
VERSION: Final = "version"
"""What the version is called where the store speaks of itself."""

_STEPS: Final[Mapping[int, tuple[str, ...]]] = {
    1: (  # engine and documents of a job stood beside the version
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
    ),
}
"""By the version of a store: what makes it one of the next, in words that SQLite and PostgreSQL both know."""


def upgrade(connection: Connection, found: str) -> bool:
    """Make a store one of this version.

    Args:
        connection: to the store; it writes.
        found: the version that it says it has.

    Returns:
        False where no way leads from that version to this one; then nothing is changed.
    """
    if not found.isdecimal() or int(found) not in {*_STEPS, STORE_VERSION}:
        return False
    for version in range(int(found), STORE_VERSION):
        for statement in _STEPS[version]:
            connection.execute(text(statement))
    connection.execute(update(MetaEntry).where(MetaEntry.name == VERSION).values(value=str(STORE_VERSION)))
    return True
