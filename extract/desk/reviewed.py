"""What people made of the engine's output: results with decisions applied, and who decided. Writes nothing."""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, select
from typing_extensions import TypedDict

from extract.desk.model import DECIDED, Kind, Standing, Verdict
from extract.desk.reports import read_report
from extract.desk.rows import Row, record_of
from extract.desk.standing import SAID
from extract.desk.store import Store
from extract.desk.tables import EventEntry, ItemEntry, ReportEntry
from extract.tables.columns import Column
from schemas import Record, State
from schemas.result import Result

ENGINE, PERSON = "engine", "reviewer"


class Review(TypedDict):
    """Where a row of an export comes from; empty but for `origin` where nobody decided."""

    origin: str
    reviewer: str | None
    reviewed_at: str | None
    verdict: str | None
    why: str | None
    changed: str | None


COLUMNS = (
    Column(
        "origin",
        "出处",
        "str",
        "engine 引擎读出；reviewer 由人补录。",
        "engine, or reviewer for a record that a person added.",
    ),
    Column("reviewer", "复核人", "str | None", "最后作出决定的人。", "Who decided last."),
    Column("reviewed_at", "复核时间", "str | None", "ISO 8601。", "When, as ISO 8601."),
    Column("verdict", "结论", "str | None", "复核的结论。", "What was decided."),
    Column("why", "理由", "str | None", "复核人写下的理由。", "Why, in the reviewer's words."),
    Column(
        "changed",
        "更正前",
        "str | None",
        "被更正的字段原来的值 (JSON)。",
        "What the engine had said where it was corrected, as JSON.",
    ),
)


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A result after review.

    Attributes:
        result: with corrections applied, rejected records marked, added ones at the end. Records that wait for a
            second look or have to be checked again are flagged.
        reviews: by record id.
    """

    result: Result
    reviews: Mapping[str, Review]


def reviewed(store: Store, folder: Path | None = None) -> Iterator[Reviewed]:
    """Every report of the store after review, in the order of the report ids.

    Args:
        store: brought up to the results before.
        folder: only reports that were taken in from there, as they are called there; None for all, as they are
            called in the store.
    """
    asked = select(ReportEntry.id).where(ReportEntry.present).order_by(ReportEntry.id)
    if folder is not None:
        asked = asked.where(ReportEntry.folder == str(folder.resolve()))
    with store.reading() as connection:
        ids = sorted(connection.scalars(asked))
    for report_id in ids:
        with store.reading() as connection:
            one = _reviewed(connection, report_id)
        if folder is None and one.result.report.id != report_id:
            report = one.result.report.model_copy(update={"id": report_id})
            one = Reviewed(one.result.model_copy(update={"report": report}), one.reviews)
        yield one


def _reviewed(connection: Connection, report_id: str) -> Reviewed:
    result = read_report(connection, report_id).result
    rows = connection.execute(
        select(
            ItemEntry.key,
            ItemEntry.kind,
            ItemEntry.identity,
            ItemEntry.ordinal,
            ItemEntry.standing,
            ItemEntry.current,
        )
        .where(ItemEntry.report_id == report_id, ItemEntry.present)
        .order_by(ItemEntry.start, ItemEntry.key)
    ).all()
    last = _last_events(connection, report_id)
    of_records = {
        (row.identity, row.ordinal): row for row in rows if row.kind in {Kind.RECORD, Kind.CONTRADICTION}
    }
    reviews: dict[str, Review] = {}
    records: list[Record] = []
    seen: Counter[str] = Counter()
    for record in result.records:
        row = of_records.get((record.id, seen[record.id]))
        seen[record.id] += 1
        settled = record if row is None else _settled(record, row)
        records.append(settled)
        if row is not None and (Standing(row.standing) in DECIDED or row.current is not None):
            reviews[record.id] = _review(ENGINE, last.get(row.key), differences(record, settled))
    for row in rows:
        if (
            row.kind not in {Kind.RECORD, Kind.CONTRADICTION}
            and (added := record_of(row.current)) is not None
        ):
            again = row.standing == Standing.CHECK_AGAIN
            records.append(added.model_copy(update={"state": State.FLAGGED}) if again else added)
            reviews[added.id] = _review(PERSON, last.get(row.key), {})
    return Reviewed(result.model_copy(update={"records": tuple(records)}), reviews)


def _settled(record: Record, row: Row) -> Record:
    """A record as the desk shows it: what was approved may have been corrected before."""
    standing = Standing(row.standing)
    if standing in {Standing.CORRECTED, Standing.APPROVED, Standing.CHECK_AGAIN}:
        state = State.FLAGGED if standing is Standing.CHECK_AGAIN else State(standing.value)
        return (record_of(row.current) or record).model_copy(update={"id": record.id, "state": state})
    state = {
        Standing.REJECTED: State.REJECTED,
        Standing.DISAGREED: State.FLAGGED,
        Standing.SECOND_REVIEW: State.FLAGGED,
    }.get(standing, record.state)
    return record.model_copy(update={"state": state})


def _last_events(connection: Connection, report_id: str) -> dict[str, Row]:
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


def _review(origin: str, event: Row | None, changed: Mapping[str, Any]) -> Review:
    from extract.desk.rows import moment

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


NOT_REVIEWED = Review(origin=ENGINE, reviewer=None, reviewed_at=None, verdict=None, why=None, changed=None)
_R = TypeVar("_R", bound=Mapping[str, object])


def with_reviews(
    rows: Iterable[_R], reviews: Mapping[tuple[str, str], Review]
) -> Iterator[dict[str, object]]:
    """Rows of a table with the columns of `Review` at their end.

    Args:
        rows: with `report_id` and `record_id`.
        reviews: by both; may grow while the rows are read.
    """
    for row in rows:
        review = reviews.get((str(row["report_id"]), str(row["record_id"])), NOT_REVIEWED)
        yield {**row, **review}


def wanted(states: Collection[str]) -> frozenset[str]:
    """The states that an export gives: what was approved is approved as it stood or as it was corrected."""
    found = frozenset(states)
    return found | {State.CORRECTED.value} if State.APPROVED.value in found else found
