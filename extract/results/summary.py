"""One line about one result: what was found, what is open, what is missing."""

from collections import Counter
from dataclasses import dataclass

from schemas.record import State
from schemas.result import LeftOutRow, Result


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts of one report.

    Attributes:
        id, source, title, region, report_year: which report.
        records: how many of each type.
        figures: numbers that records claim.
        numbers: all numbers of the report: claimed, excluded and unclaimed.
        flagged: records that a person should look at.
        failed_chunks: parts of the report that the engine could not read.
        left_out: what of the source is in no report, by reason.
        complete, notes: whether the whole report was there, and what is missing.
    """

    id: str
    source: str
    title: str
    region: str | None
    report_year: int | None
    records: dict[str, int]
    figures: int
    numbers: int
    excluded: int
    unclaimed: int
    flagged: int
    failed_chunks: int
    complete: bool
    notes: tuple[str, ...]
    left_out: tuple[LeftOutRow, ...] = ()


def summarise(result: Result) -> Summary:
    """The counts of a result."""
    ledger = Counter(row.state for row in result.ledger)
    return Summary(
        id=result.report.id,
        source=result.report.source,
        title=result.report.title,
        region=result.report.region,
        report_year=result.report.report_year,
        records=dict(sorted(Counter(record.type for record in result.records).items())),
        figures=sum(len(record.figures) for record in result.records),
        numbers=len(result.ledger),
        excluded=ledger["excluded"],
        unclaimed=ledger["unclaimed"],
        flagged=flagged(result),
        failed_chunks=sum(chunk.status == "failed" for chunk in result.chunks),
        complete=result.completeness.complete,
        notes=result.completeness.notes,
        left_out=result.left_out,
    )


def flagged(result: Result) -> int:
    """How many records a person should look at."""
    return sum(record.state is State.FLAGGED for record in result.records)
