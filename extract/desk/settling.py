"""A record as people left it. Pure; what the store holds of it is brought up to each run by `carrying`."""

from extract.desk.contents import SHOWN
from extract.desk.corrections import periods_followed
from extract.desk.model import Standing
from extract.desk.rows import Row, record_of
from schemas import Record, State

STATES = {
    Standing.APPROVED: State.APPROVED,
    Standing.CORRECTED: State.CORRECTED,
    Standing.REJECTED: State.REJECTED,
    Standing.CHECK_AGAIN: State.FLAGGED,
    Standing.DISAGREED: State.FLAGGED,
    Standing.SECOND_REVIEW: State.FLAGGED,
}
"""Of a record, by the standing of its item; where the item has another one, nobody spoke of it."""


def settled(engine: Record, row: Row) -> Record:
    """A record after review: what was approved may have been corrected before, and what is to be checked again keeps
    the correction that it had.

    Args:
        engine: the record as the engine gives it now.
        row: the standing of its item, and what people left in its place.
    """
    left = record_of(row.current)
    now = engine if left is None else periods_followed(engine, left)
    return now.model_copy(update={"id": engine.id, "state": STATES.get(Standing(row.standing), engine.state)})


def added_record(row: Row) -> Record | None:
    """A record that a person added, flagged where it has to be checked again; None where the item has none.

    Args:
        row: the item, with the place of its sentence as the latest run has it.
    """
    left = record_of(row.current)
    if left is None:
        return None
    if Standing(row.standing) is Standing.CHECK_AGAIN:
        left = left.model_copy(update={"state": State.FLAGGED})
    return _moved(left, row.start - left.evidence.start) if left.evidence.quote[:SHOWN] == row.quote else left


def _moved(record: Record, by: int) -> Record:
    """A record with all its spans moved; as it is where they would begin before the text."""
    where = record.evidence
    if not by or min([where.start, *(figure.start for figure in record.figures)]) + by < 0:
        return record
    figures = tuple(
        figure.model_copy(update={"start": figure.start + by, "end": figure.end + by})
        for figure in record.figures
    )
    evidence = where.model_copy(update={"start": where.start + by, "end": where.end + by})
    return record.model_copy(update={"evidence": evidence, "figures": figures})
