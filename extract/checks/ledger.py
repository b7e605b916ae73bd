"""The ledger: every number of a report, and what became of it."""

from collections.abc import Mapping, Sequence

from extract.checks.trusted import trusted
from extract.claims.model import ClaimReading
from extract.documents.model import Report
from extract.engines.base import Witness
from extract.numbers.mention import Mention
from schemas import Record
from schemas.result import LedgerRow, LedgerState


def ledger(report: Report, witness: Witness, records: Sequence[Record]) -> tuple[LedgerRow, ...]:
    """Account for every mention exactly once.

    Args:
        report: the report; its clean text leads back to the source.
        witness: the mentions and what the rules made of them.
        records: the records that claim numbers by the source spans of their figures.

    Returns:
        One row a mention, in reading order: `claimed` by the first record that has it, else `excluded` with
        the reason, else `unclaimed` with what the rules take it for. Spans point into the source.
    """
    owners = {
        (figure.start, figure.end): record.id for record in reversed(records) for figure in record.figures
    }
    reasons = _reasons(witness.reading)
    readings = {claim.mention.start: claim.indicator for claim in witness.reading.claims}
    return tuple(_row(report, mention, owners, reasons, readings) for mention in witness.mentions)


def _row(
    report: Report,
    mention: Mention,
    owners: Mapping[tuple[int, int], str],
    reasons: Mapping[int, str],
    readings: Mapping[int, str],
) -> LedgerRow:
    span = report.clean.source_span(mention.start, mention.end)
    owner = owners.get(span)
    reason = reasons.get(mention.start)
    state: LedgerState
    if owner is not None:
        state, reason = "claimed", None
    elif reason is not None:
        state = "excluded"
    else:
        state, reason = "unclaimed", readings.get(mention.start)
    return trusted(
        LedgerRow,
        start=span[0],
        end=span[1],
        text=report.source.text[span[0] : span[1]],
        value=mention.value,
        upper=mention.upper,
        unit=mention.unit,
        kind=mention.kind,
        state=state,
        record_id=owner,
        reason=reason,
    )


def _reasons(reading: ClaimReading) -> dict[int, str]:
    """Why each excluded mention is no fact, by its start in the clean text."""
    return {item.mention.start: item.reason.value for item in reading.excluded}
