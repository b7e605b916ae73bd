"""What people decided on the results of a folder, for everything that is made of results.

    store → decisions of the folder → `extract.results` applies them → tables, charts, pages

Only the store is asked, and once; a report of which nobody spoke costs nothing.
"""

import zlib
from collections.abc import Iterable
from pathlib import Path
from time import time

from sqlalchemy import Connection, select

from extract.desk.ingest import Taking, sync
from extract.desk.model import DECIDED, Kind, Standing
from extract.desk.naming import folder_at, name_in_folder, place_of
from extract.desk.place import default_url
from extract.desk.reviews import differences, last_events, review_of
from extract.desk.rows import Row, record_of
from extract.desk.settling import added_record, settled
from extract.desk.store import Store, open_store
from extract.desk.tables import EventEntry, ItemEntry, ReportEntry
from extract.regular_files import read_regular
from extract.results.decided import ENGINE, PERSON, Decided, Decisions, Place, Review
from extract.results.files import SUFFIX
from schemas.result import ChunkRow, LedgerRow

RECORDS = frozenset({Kind.RECORD.value, Kind.CONTRADICTION.value})
BY_THE_ENGINE = (Standing.VERIFIED.value, Standing.FLAGGED.value)


def decisions_on(folder: Path, store: str | None) -> Decisions:
    """What people decided on the results of a folder.

    Where results have changed since the desk saw them, decisions are first held against what they say now.

    Args:
        folder: of results.
        store: its address; None for the one in the folder, which has to be there.

    Raises:
        StoreError, StoreFullError: the store cannot be used.
        ResultsFolderError: a newer version of this program wrote into the folder.
    """
    opened = open_store(store or default_url(folder))
    try:
        if _behind(opened, folder):
            sync(opened, Taking(folder, time()))
        return decisions_in(opened, folder)
    finally:
        opened.close()


def decisions_in(store: Store, folder: Path) -> Decisions:
    """What people decided on the results of a folder, as the store has them."""
    place = place_of(folder)
    spoken = (
        select(ItemEntry.report_id)
        .join(ReportEntry, ReportEntry.id == ItemEntry.report_id)
        .where(ReportEntry.present, ReportEntry.folder == place)
        .where(ItemEntry.present, ItemEntry.standing.not_in(BY_THE_ENGINE))
        .distinct()
    )
    with store.reading() as connection:
        return {
            name_in_folder(report_id, place): decided_on(connection, report_id)
            for report_id in connection.scalars(spoken).all()
        }


def decided_on(connection: Connection, report_id: str) -> Decided:
    """What people decided on one report of the store."""
    rows = connection.execute(
        select(
            ItemEntry.key, ItemEntry.kind, ItemEntry.ordinal, ItemEntry.standing, ItemEntry.current,
            ItemEntry.payload, ItemEntry.quote, ItemEntry.start,
        )
        .where(ItemEntry.report_id == report_id, ItemEntry.present)
        .where(ItemEntry.standing.not_in(BY_THE_ENGINE))
        .order_by(ItemEntry.start, ItemEntry.key)
    ).all()  # fmt: skip
    return _decided(rows, last_events(connection, report_id) if rows else {})


def _decided(rows: Iterable[Row], last: dict[str, Row]) -> Decided:
    """The decisions on one report."""
    records: dict[tuple[str, int], bytes] = {}
    added: list[bytes] = []
    reviews: dict[str, Review] = {}
    claimed: dict[Place, str] = {}
    no_facts: set[Place] = set()
    nothing_there: set[Place] = set()
    for row in rows:
        standing = Standing(row.standing)
        if row.kind in RECORDS:
            engine = record_of(row.payload)
            assert engine is not None, "an item of a record has the record"
            now = settled(engine, row)
            records[engine.id, row.ordinal] = now.model_dump_json().encode()
            if standing in DECIDED or row.current is not None:
                reviews[engine.id] = review_of(ENGINE, last.get(row.key), differences(engine, now))
        elif (record := added_record(row)) is not None:
            added.append(record.model_dump_json().encode())
            reviews[record.id] = review_of(PERSON, last.get(row.key), {})
            if row.kind == Kind.NUMBER:
                claimed[_place_of_number(row)] = record.id
        elif standing is Standing.NOT_A_FACT and row.kind == Kind.NUMBER:
            no_facts.add(_place_of_number(row))
        elif standing is Standing.NOT_A_FACT and row.kind == Kind.CHUNK:
            part = ChunkRow.model_validate_json(row.payload)
            nothing_there.add((part.start, part.end))
    return Decided(records, tuple(added), reviews, claimed, frozenset(no_facts), frozenset(nothing_there))


def _place_of_number(row: Row) -> Place:
    number = LedgerRow.model_validate_json(row.payload)
    return number.start, number.end


def _behind(store: Store, folder: Path) -> bool:
    """Whether a report of which somebody spoke is another in the folder than in the store."""
    place = place_of(folder)
    with store.reading() as connection:
        spoken = connection.execute(
            select(ReportEntry.id, ReportEntry.folder, ReportEntry.present).where(
                ReportEntry.id.in_(select(EventEntry.report_id).distinct())
            )
        ).all()
        return any(_changed(connection, row, folder, place) for row in spoken)


def _changed(connection: Connection, row: Row, folder: Path, place: str) -> bool:
    path = folder / f"{name_in_folder(row.id, place)}{SUFFIX}"
    if row.folder != place:  # a report that has moved here is taken in here; another folder's stays there
        return path.exists() and not (folder_at(row.folder) / path.name).exists()
    if not row.present:
        return path.exists()
    try:
        data = read_regular(path)
    except OSError:
        return True
    taken = connection.scalar(select(ReportEntry.result).where(ReportEntry.id == row.id))
    return taken is None or zlib.decompress(taken) != data
