"""What people made of the engine's output: results with decisions applied, and who decided. Writes nothing."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, select

from extract.desk.deciding import decided_on
from extract.desk.naming import place_of
from extract.desk.reports import read_report
from extract.desk.store import Store
from extract.desk.tables import ReportEntry
from extract.results.decided import Review, decided_result
from schemas.result import Result


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
        asked = asked.where(ReportEntry.folder == place_of(folder))
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
