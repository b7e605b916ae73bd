"""The records table: one row per goal, achievement or livelihood project."""

from collections.abc import Iterable, Iterator

from typing_extensions import TypedDict  # pydantic asks for this one on Python 3.11

from schemas.result import Result

JOINT = "；"


class RecordRow(TypedDict):
    """One record; several figures or issues are joined in one cell."""

    report_id: str
    source: str
    record_id: str
    record_type: str
    indicator: str
    category: str | None
    period: str | None
    commitment: str | None
    status: str | None
    section: str
    figures: str
    issues: str
    state: str
    start: int
    end: int
    quote: str


COLUMNS = tuple(RecordRow.__annotations__)


def record_rows(results: Iterable[Result]) -> Iterator[RecordRow]:
    """The records of results, within a report in the order of the text."""
    for result in results:
        yield from sorted(_rows(result), key=lambda row: (row["start"], row["end"]))


def _rows(result: Result) -> Iterator[RecordRow]:
    for record in result.records:
        yield RecordRow(
            report_id=result.report.id,
            source=result.report.source,
            record_id=record.id,
            record_type=record.type,
            indicator=record.indicator,
            category=record.category,
            period=record.period,
            commitment=record.commitment,
            status=record.status,
            section=record.evidence.section,
            figures=JOINT.join(figure.text for figure in record.figures),
            issues=JOINT.join(issue.code for issue in record.issues),
            state=record.state.value,
            start=record.evidence.start,
            end=record.evidence.end,
            quote=record.evidence.quote,
        )
