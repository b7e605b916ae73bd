"""What people made of the engine's output: results with decisions applied, and who decided. Writes nothing."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, select

from extract.desk.deciding import decided_on
from extract.desk.reports import read_report
from extract.desk.store import Store
from extract.desk.tables import ReportEntry
from extract.results.decided import ENGINE, FINAL, Review, decided_result
from extract.tables.columns import Column
from schemas import State
from schemas.result import Result

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
    decided = decided_on(connection, report_id)
    return Reviewed(decided_result(result, {result.report.id: decided}), decided.reviews)


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


FINAL_SET = "final"
"""The word for the states of the set to hand on."""


def wanted(states: Collection[str]) -> frozenset[str]:
    """The states that an export gives: what was approved is approved as it stood or as it was corrected; `final` is
    the set to hand on.
    """
    found = frozenset(states)
    if State.APPROVED.value in found:
        found |= {State.CORRECTED.value}
    return found - {FINAL_SET} | FINAL if FINAL_SET in found else found
