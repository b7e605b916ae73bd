"""Rows of the store as the desk's own data."""

import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from pydantic import TypeAdapter

from extract.desk.grounds import holds
from extract.desk.model import Event, ItemRow, Kind, Standing, Verdict
from extract.desk.tables import ItemEntry
from extract.leases import Lease
from schemas import Issue, Record, record_types
from schemas.result import ForeignRecord

LISTED = (
    ItemEntry.key, ItemEntry.kind, ItemEntry.standing, ItemEntry.report_id, ItemEntry.record_type,
    ItemEntry.indicator, ItemEntry.period, ItemEntry.text, ItemEntry.quote, ItemEntry.codes,
    ItemEntry.severity, ItemEntry.stakes, ItemEntry.start, ItemEntry.end, ItemEntry.version,
    ItemEntry.reviewer, ItemEntry.updated_at, ItemEntry.claimed_by, ItemEntry.claimed_until,
)  # fmt: skip
"""What the queue reads of an item."""

Row = Any  # a row of SQLAlchemy, whose columns the type checker does not see


def moment(seconds: float | None) -> datetime | None:
    """A time of the store as one that knows its zone."""
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


def item_row(row: Row, region: str | None, year: int | None, now: float) -> ItemRow:
    """A row with the columns `LISTED`, and what its report says of itself."""
    claimed = Lease(row.claimed_by, row.claimed_until).runs(now)
    return ItemRow(
        key=row.key,
        kind=Kind(row.kind),
        standing=Standing(row.standing),
        report_id=row.report_id,
        region=region,
        report_year=year,
        record_type=row.record_type,
        indicator=row.indicator,
        period=row.period,
        text=row.text,
        quote=row.quote,
        codes=tuple(row.codes.split()),
        severity=row.severity,
        stakes=row.stakes,
        start=row.start,
        end=row.end,
        version=row.version,
        reviewer=row.reviewer,
        updated_at=moment(row.updated_at),
        claimed_by=row.claimed_by if claimed else None,
        claimed_until=moment(row.claimed_until) if claimed else None,
    )


def joined_codes(codes: Iterable[str]) -> str:
    """Codes as a column: each between blanks."""
    return "".join(f" {code}" for code in codes) + " " if codes else ""


def record_of(data: str | None) -> Record | None:
    """A record from its JSON, as its own type; None stays None."""
    if data is None:
        return None
    fields = json.loads(data)
    return record_types().get(fields.get("type", ""), ForeignRecord).model_validate(fields)


@lru_cache(maxsize=1)
def _issues() -> TypeAdapter[tuple[Issue, ...]]:
    return TypeAdapter(tuple[Issue, ...])


def issues_of(data: str) -> tuple[Issue, ...]:
    """Issues from their JSON."""
    return _issues().validate_json(data)


def events(rows: Iterable[Row], grounds: str) -> tuple[Event, ...]:
    """Events as people see them.

    Args:
        rows: of one item, oldest first.
        grounds: of its content now.
    """
    listed: Sequence[Row] = list(rows)
    undone = {row.undoes for row in listed if row.undoes is not None}
    return tuple(
        Event(
            id=row.id,
            item=row.item,
            verdict=Verdict(row.verdict),
            reviewer=row.reviewer,
            at=datetime.fromtimestamp(row.at, UTC),
            why=row.why,
            before=record_of(row.before),
            after=record_of(row.after),
            undoes=row.undoes,
            undone=row.id in undone,
            batch=row.batch,
            stale=not holds(row.grounds, grounds),
        )
        for row in listed
    )


def changed_at(now: float) -> dict[str, float]:
    """The columns that say when an item changed."""
    return {"updated_at": now, "by_change": -now}
