"""Who decided on a record, when and why, and what the engine had said."""

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, select

from extract.desk.model import Verdict
from extract.desk.rows import Row, moment
from extract.desk.standing import SAID
from extract.desk.tables import EventEntry
from extract.results.decided import Review
from schemas import Record


def last_events(connection: Connection, report_id: str) -> dict[str, Row]:
    """The last decision of each item that nobody took back."""
    rows = connection.execute(
        select(
            EventEntry.id, EventEntry.item, EventEntry.verdict, EventEntry.reviewer, EventEntry.at,
            EventEntry.why, EventEntry.undoes,
        )
        .where(EventEntry.report_id == report_id)
        .order_by(EventEntry.id)
    ).all()  # fmt: skip
    undone = {row.undoes for row in rows}
    return {row.item: row for row in rows if Verdict(row.verdict) in SAID and row.id not in undone}


def review_of(origin: str, event: Row | None, changed: Mapping[str, Any]) -> Review:
    """Who decided, when and why.

    Args:
        origin: who the record is from.
        event: the decision; None where it is not known.
        changed: what the engine had said, as `differences` gives it.
    """
    at = moment(event.at) if event else None
    return Review(
        origin=origin,
        reviewer=event.reviewer if event else None,
        reviewed_at=at.isoformat(timespec="seconds") if at else None,
        verdict=event.verdict if event else None,
        why=(event.why or None) if event else None,
        changed=json.dumps(changed, ensure_ascii=False) if changed else None,
    )


def differences(before: Record, after: Record) -> dict[str, Any]:
    """What the engine said where a person says otherwise: values by field, of figures by place and field."""
    old, new = before.model_dump(mode="json"), after.model_dump(mode="json")
    found = {
        name: old[name]
        for name in old
        if name not in {"state", "issues", "figures", "evidence"} and old[name] != new.get(name)
    }
    if old["evidence"] != new["evidence"]:
        found["quote"] = old["evidence"]["quote"]
    for place, figure in enumerate(old["figures"]):
        other = new["figures"][place] if place < len(new["figures"]) else {}
        found |= {
            f"figures.{place}.{name}": value for name, value in figure.items() if other.get(name) != value
        }
    return found
