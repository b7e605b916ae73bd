"""All checks on one report."""

from collections.abc import Sequence
from dataclasses import dataclass

from extract.checks.consistency import conflicts_in_report
from extract.checks.context import Check, Context
from extract.checks.figures import claimed_twice, figures_against_mentions, unsure_readings
from extract.checks.grounding import Grounded
from extract.checks.hidden import hidden_text
from extract.checks.ledger import ledger
from extract.checks.left_out import text_left_out
from extract.checks.suspicious import suspicious_text
from extract.checks.unclaimed import unclaimed_numbers
from extract.checks.unread import headline_rows, headlines_of, target_unread
from extract.checks.witness import promises_against_witness, records_against_witness
from extract.documents.model import Report
from extract.engines.base import Witness
from schemas import Issue, Record, Severity, State
from schemas.result import HeadlineRow, LedgerRow

CHECKS: tuple[Check, ...] = (
    figures_against_mentions,
    claimed_twice,
    unsure_readings,
    records_against_witness,
    promises_against_witness,
    hidden_text,
    suspicious_text,
    text_left_out,
    conflicts_in_report,
    unclaimed_numbers,
    target_unread,
)
"""Every check. A new one is a function from `Context` to findings, and its name here."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A report after its checks.

    Attributes:
        records: in the order given, each with its issues and state.
        ledger: every number of the report, accounted for.
        issues: those that belong to no single record.
        headlines: the sentences of targets and of results.
    """

    records: tuple[Record, ...]
    ledger: tuple[LedgerRow, ...]
    issues: tuple[Issue, ...]
    headlines: tuple[HeadlineRow, ...]


def check(report: Report, witness: Witness, grounded: Sequence[Grounded]) -> Checked:
    """Hold the records of a report against its text, the witness and each other.

    Args:
        report: the report.
        witness: its mentions and claims.
        grounded: its records, as `ground` gives them.

    Returns:
        The records with issues and state, the ledger, and the issues of the report itself.
    """
    rows = ledger(report, witness, [item.record for item in grounded])
    context = Context(report, witness, tuple(grounded), rows, tuple(headlines_of(report, witness)))
    found: dict[int | None, list[Issue]] = {}
    for run in CHECKS:
        for finding in run(context):
            found.setdefault(finding.record, []).append(finding.issue)
    records = tuple(_settled(item.record, found.get(n, [])) for n, item in enumerate(grounded))
    return Checked(records, rows, tuple(found.get(None, ())), headline_rows(context))


def _settled(record: Record, issues: list[Issue]) -> Record:
    """The record with these issues added, and the state that follows from all of them."""
    every = (*record.issues, *issues)
    flagged = any(one.severity is not Severity.NOTE for one in every)
    if not every:
        return record
    state = State.FLAGGED if flagged else State.VERIFIED
    return record.model_copy(update={"issues": every, "state": state})
