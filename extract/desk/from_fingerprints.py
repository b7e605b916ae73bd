"""The step from stores that tied decisions to a hash of the whole record, to those that name what they rest on."""

import json
import zlib
from collections.abc import Mapping
from itertools import groupby
from typing import Any, Final

from sqlalchemy import Connection, text

from extract.desk import grounds
from extract.desk.sameness import context_of, plain_of
from extract.desk.tables import GUARDS, EventEntry

UNGUARD: Final = {
    "sqlite": ("DROP TRIGGER IF EXISTS events_never_update", "DROP TRIGGER IF EXISTS events_never_delete"),
    "postgresql": (
        "DROP TRIGGER IF EXISTS events_never_change ON events",
        "ALTER TABLE items ALTER COLUMN grounds TYPE TEXT",
        "ALTER TABLE events ALTER COLUMN grounds TYPE TEXT",
    ),
}
Raw = Mapping[str, Any]


def name_grounds(connection: Connection) -> None:
    """Replace every hash by what it was made of, as far as the store still tells.

    The content that an event was made on is that of its item, where the hash is the same; otherwise the record that
    the first event with that hash began from. An event of which neither is known stays as one on other content, as it
    was before.
    """
    for table in ("items", "events"):
        connection.execute(text(f"ALTER TABLE {table} RENAME COLUMN fingerprint TO grounds"))
    for statement in UNGUARD[connection.dialect.name]:
        connection.execute(text(statement))
    for report_id in list(connection.scalars(text("SELECT id FROM reports ORDER BY id"))):
        _of_report(connection, report_id)
    for guard in GUARDS:
        guard(EventEntry.__table__, connection)


def _of_report(connection: Connection, report_id: str) -> None:
    asked = {"report": report_id}
    kept = connection.scalar(text("SELECT text FROM reports WHERE id = :report"), asked)
    source = zlib.decompress(kept).decode("utf-8", "surrogatepass") if kept else None
    rows = connection.execute(
        text("SELECT key, kind, identity, grounds, payload FROM items WHERE report_id = :report"), asked
    ).all()
    items = {
        row.key: (row.grounds, _of_item(row.kind, row.identity, json.loads(row.payload), source))
        for row in rows
    }
    _write(
        connection,
        "UPDATE items SET grounds = :new WHERE key = :id",
        {key: new for key, (_, new) in items.items()},
    )
    made = connection.execute(
        text("SELECT id, item, grounds, before FROM events WHERE report_id = :report ORDER BY item, id"),
        asked,
    ).all()
    named: dict[Any, str] = {}
    for item, events in groupby(made, key=lambda event: event.item):
        known: dict[str, str] = {}
        for event in events:
            if event.grounds not in known:
                known[event.grounds] = _of_event(event.grounds, event.before, *items.get(item, ("", "")))
            named[event.id] = known[event.grounds]
    _write(connection, "UPDATE events SET grounds = :new WHERE id = :id", named)


def _write(connection: Connection, statement: str, new: Mapping[Any, str]) -> None:
    if new:
        connection.execute(text(statement), [{"id": one, "new": value} for one, value in new.items()])


def _of_item(kind: str, identity: str, payload: Raw, source: str | None) -> str:
    if kind == "number":
        return grounds.of_number(payload, source)
    if kind == "chunk":
        return grounds.of_part(plain_of(identity), payload, source)
    if kind == "report_issue":
        return grounds.of_issue(payload, source)
    return grounds.of_record(payload, source)


def _of_event(fingerprint: str, before: str | None, of_item: str, now: str) -> str:
    """The grounds of an event; `of_item` is the hash that its item has, `now` what that is made of."""
    if of_item and _held(fingerprint, of_item):
        return now
    return grounds.of_record(json.loads(before), None) if before else grounds.unknown(fingerprint)


def _held(decided: str, now: str) -> bool:
    """Whether a hash of that time stood for the content of another one."""
    one, other = context_of(decided), context_of(now)
    return one == other if one and other else plain_of(decided) == plain_of(now)
