"""The tables of the store. Times are seconds since 1970 in UTC; whole documents are JSON or compressed JSON."""

from typing import Final

from sqlalchemy import Boolean, Double, ForeignKey, Index, Integer, LargeBinary, String, Text
from sqlalchemy import UniqueConstraint as Unique
from sqlalchemy import event as listening
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.schema import DDL, ExecutableDDLElement

COUNTED: Final = (
    ("kind", "codes", "record_type", "report_id", "reviewer"),
    ("report_id", "kind", "codes", "record_type", "reviewer"),
    ("reviewer", "kind", "codes", "record_type", "report_id"),
)
"""What the counts of the queue group by; indexes in these orders give the groups without sorting."""
IN_TEXT: Final = ("report_id", "start", "key")
FILTERED: Final = ("standing", "kind", "codes", "record_type", "reviewer")
"""What the queue is filtered by, at the end of each order: so one pass over an index finds any page."""


class Base(DeclarativeBase):
    """All tables of the desk."""


class MetaEntry(Base):
    """What the store says of itself: its version, and what an administrator set."""

    __tablename__ = "meta"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str] = mapped_column(Text)


class ReportEntry(Base):
    """One report as it was last taken in."""

    __tablename__ = "reports"

    id: Mapped[str] = mapped_column(String(200), primary_key=True)
    folder: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text)
    region: Mapped[str | None] = mapped_column(String(100))
    report_year: Mapped[int | None] = mapped_column(Integer)
    engine: Mapped[str] = mapped_column(Text)
    complete: Mapped[bool] = mapped_column(Boolean)
    notes: Mapped[str] = mapped_column(Text)
    digest: Mapped[str] = mapped_column(String(64))
    """Of the result file; an unchanged one is not taken in again."""
    result: Mapped[bytes] = mapped_column(LargeBinary)
    text: Mapped[bytes | None] = mapped_column(LargeBinary)
    taken_in_at: Mapped[float] = mapped_column(Double)
    present: Mapped[bool] = mapped_column(Boolean, default=True)


class ItemEntry(Base):
    """One thing that people decide on. What it holds besides content follows from `events` alone."""

    __tablename__ = "items"

    key: Mapped[str] = mapped_column(String(32), primary_key=True)
    report_id: Mapped[str] = mapped_column(String(200), ForeignKey("reports.id"))
    kind: Mapped[str] = mapped_column(String(16))
    identity: Mapped[str] = mapped_column(String(40))
    """What makes it the same item in a later run; not unique, see `ordinal`."""
    ordinal: Mapped[int] = mapped_column(Integer)
    grounds: Mapped[str] = mapped_column(Text)
    """What a decision on it rests on, by name: it stands as long as these hold."""
    record_type: Mapped[str | None] = mapped_column(String(80))
    indicator: Mapped[str | None] = mapped_column(Text)
    period: Mapped[str | None] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    quote: Mapped[str] = mapped_column(Text)
    codes: Mapped[str] = mapped_column(Text)
    """Between blanks, with one at each end, so that one is found as ` code `."""
    severity: Mapped[int] = mapped_column(Integer)
    stakes: Mapped[int] = mapped_column(Integer)
    by_severity: Mapped[int] = mapped_column(Integer)
    by_stakes: Mapped[int] = mapped_column(Integer)
    """The orders of the queue as rising numbers, so that an index serves them."""
    start: Mapped[int] = mapped_column(Integer)
    end: Mapped[int] = mapped_column(Integer)
    spans: Mapped[str] = mapped_column(Text)
    payload: Mapped[str] = mapped_column(Text)
    issues: Mapped[str] = mapped_column(Text)
    flagged: Mapped[bool] = mapped_column(Boolean)
    present: Mapped[bool] = mapped_column(Boolean, default=True)
    needs_two: Mapped[bool] = mapped_column(Boolean, default=False)

    standing: Mapped[str] = mapped_column(String(16))
    current: Mapped[str | None] = mapped_column(Text)
    reviewer: Mapped[str | None] = mapped_column(String(80))
    version: Mapped[int] = mapped_column(Integer, default=1)
    updated_at: Mapped[float] = mapped_column(Double)
    by_change: Mapped[float] = mapped_column(Double)
    """The time of the last change, negative, so that the latest comes first."""
    claimed_by: Mapped[str | None] = mapped_column(String(80))
    claimed_until: Mapped[float] = mapped_column(Double, default=0.0)

    __table_args__ = (
        *(
            Index(f"items_{order}", order, *IN_TEXT, *FILTERED)
            for order in ("by_severity", "by_stakes", "by_change")
        ),
        Index("items_by_code", "codes"),
        Index("items_for_two", "needs_two", "version"),
        Index("items_by_report", *IN_TEXT, *FILTERED),
        *(Index(f"items_counted_{n}", "standing", *names) for n, names in enumerate(COUNTED)),
    )


class EventEntry(Base):
    """A decision as it was made. Rows are added and never changed; the store itself refuses both."""

    __tablename__ = "events"

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    item: Mapped[str] = mapped_column(String(32), index=True)
    report_id: Mapped[str] = mapped_column(String(200))
    verdict: Mapped[str] = mapped_column(String(16))
    reviewer: Mapped[str] = mapped_column(String(80))
    at: Mapped[float] = mapped_column(Double, index=True)
    why: Mapped[str] = mapped_column(Text)
    before: Mapped[str | None] = mapped_column(Text)
    after: Mapped[str | None] = mapped_column(Text)
    grounds: Mapped[str] = mapped_column(Text)
    """Of the item when it was decided."""
    version: Mapped[int] = mapped_column(Integer)
    undoes: Mapped[int | None] = mapped_column(Integer)
    batch: Mapped[str | None] = mapped_column(String(40), index=True)
    idempotency_key: Mapped[str | None] = mapped_column(String(120))
    request: Mapped[str | None] = mapped_column(String(64))
    """A hash of what was asked, so that the same key with another wish is seen."""

    __table_args__ = (Unique("reviewer", "idempotency_key"), {"sqlite_autoincrement": True})


class UserEntry(Base):
    """A person who may log in."""

    __tablename__ = "users"

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    password: Mapped[str] = mapped_column(Text)
    role: Mapped[str] = mapped_column(String(16))
    active: Mapped[bool] = mapped_column(Boolean, default=True)
    created_at: Mapped[float] = mapped_column(Double)


class SessionEntry(Base):
    """A login. The token itself is in the browser alone; here is its keyed hash."""

    __tablename__ = "sessions"

    token: Mapped[str] = mapped_column(String(64), primary_key=True)
    user: Mapped[str] = mapped_column(String(80), index=True)
    expires_at: Mapped[float] = mapped_column(Double)


class TokenEntry(Base):
    """A token for the API, kept as a keyed hash as well."""

    __tablename__ = "tokens"

    token: Mapped[str] = mapped_column(String(64), primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    user: Mapped[str] = mapped_column(String(80), index=True)
    role: Mapped[str] = mapped_column(String(16))
    created_at: Mapped[float] = mapped_column(Double)
    expires_at: Mapped[float | None] = mapped_column(Double)

    __table_args__ = (Unique("user", "name"),)


class PreferencesEntry(Base):
    """How a person likes the desk: language, theme, keys."""

    __tablename__ = "preferences"

    user: Mapped[str] = mapped_column(String(80), primary_key=True)
    value: Mapped[str] = mapped_column(Text)


class JobEntry(Base):
    """Reports that somebody sent in, and how far the work on them is."""

    __tablename__ = "jobs"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    state: Mapped[str] = mapped_column(String(16), index=True)
    created_by: Mapped[str] = mapped_column(String(80))
    created_at: Mapped[float] = mapped_column(Double)
    started_at: Mapped[float | None] = mapped_column(Double)
    finished_at: Mapped[float | None] = mapped_column(Double)
    files: Mapped[str] = mapped_column(Text)
    engine: Mapped[str] = mapped_column(String(40))
    documents: Mapped[int] = mapped_column(Integer)
    """How many there are in the files, those in archives one by one; 0 where nobody counted."""
    folder: Mapped[str] = mapped_column(Text, default="")
    """Of the results that it belongs to; empty where an earlier version took it in."""
    held_by: Mapped[str | None] = mapped_column(String(32))
    """Which desk works on it, with a lease until `held_until`."""
    held_until: Mapped[float] = mapped_column(Double, default=0.0)
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    """How often it was begun; those that ended in good order are taken off again."""
    pauses: Mapped[int] = mapped_column(Integer, default=0)
    """How often it had to wait for the disk or for another run, without having been done since."""
    not_before: Mapped[float] = mapped_column(Double, default=0.0)
    """When it is tried again."""
    done: Mapped[int] = mapped_column(Integer, default=0)
    reports: Mapped[str] = mapped_column(Text, default="[]")
    problems: Mapped[str] = mapped_column(Text, default="[]")


def _sqlite_statement(word: str) -> str:
    return (
        f"CREATE TRIGGER IF NOT EXISTS events_never_{word.lower()} BEFORE {word} ON events "
        "BEGIN SELECT RAISE(ABORT, 'events are never changed'); END"
    )


def sqlite_guards() -> tuple[str, ...]:
    """How the triggers are made that a store in SQLite has; any other is somebody else's."""
    return _sqlite_statement("UPDATE"), _sqlite_statement("DELETE")


def _sqlite_guard(word: str) -> ExecutableDDLElement:
    return DDL(_sqlite_statement(word)).execute_if(dialect="sqlite")  # type: ignore[no-untyped-call]


def _postgresql_guard(statement: str) -> ExecutableDDLElement:
    return DDL(statement).execute_if(dialect="postgresql")  # type: ignore[no-untyped-call]


GUARDS = (
    _sqlite_guard("UPDATE"),
    _sqlite_guard("DELETE"),
    _postgresql_guard(
        "CREATE OR REPLACE FUNCTION events_never_change() RETURNS trigger AS "
        "$$ BEGIN RAISE EXCEPTION 'events are never changed'; END $$ LANGUAGE plpgsql"
    ),
    _postgresql_guard(
        "CREATE TRIGGER events_never_change BEFORE UPDATE OR DELETE ON events "
        "FOR EACH ROW EXECUTE FUNCTION events_never_change()"
    ),
)
for _guard in GUARDS:
    listening.listen(EventEntry.__table__, "after_create", _guard)
