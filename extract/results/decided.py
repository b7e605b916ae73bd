"""What people decided on a report, and the report as it is after that. Pure; `extract.desk.deciding` looks it up."""

import json
from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Final

from typing_extensions import TypedDict

from schemas import Record, State, record_types
from schemas.result import ChunkRow, ForeignRecord, LedgerRow, Result

FINAL: Final = frozenset({State.VERIFIED.value, State.APPROVED.value, State.CORRECTED.value})
"""The states of the set to hand on: what the checks verified and nobody rejected, and what people approved, corrected
or added (an added record is approved)."""
FINAL_SET: Final = "final"
"""The word for these states."""
NOT_A_FACT: Final = "not_a_fact"
"""Why a number is excluded that a person took for no fact."""
ENGINE: Final = "engine"
PERSON: Final = "reviewer"
"""Who a record is from."""

Place = tuple[int, int]


class Review(TypedDict):
    """Where a row of an export comes from; empty but for `origin` where nobody decided."""

    origin: str
    reviewer: str | None
    reviewed_at: str | None
    verdict: str | None
    why: str | None
    changed: str | None


@dataclass(frozen=True, slots=True)
class Decided:
    """What people decided on one report. Plain data, so that it can cross processes.

    Attributes:
        records: the records that somebody spoke of, as they stand now, as JSON: by id, and by number among records
            of one id.
        added: records that people added, as JSON.
        reviews: who decided, by record id.
        claimed: open numbers from which a record was added, by place: the id of that record.
        no_facts: places of open numbers that are no fact.
        nothing_there: places of parts that were not read, and in which a person found nothing.
    """

    records: Mapping[tuple[str, int], bytes] = field(default_factory=dict)
    added: tuple[bytes, ...] = ()
    reviews: Mapping[str, Review] = field(default_factory=dict)
    claimed: Mapping[Place, str] = field(default_factory=dict)
    no_facts: frozenset[Place] = frozenset()
    nothing_there: frozenset[Place] = frozenset()

    def reviewer(self, record_id: str) -> str | None:
        """Who decided on a record last; None where nobody did."""
        review = self.reviews.get(record_id)
        return review["reviewer"] if review else None

    def edited(self, record_id: str) -> bool:
        """Whether a record says what a person said in place of the engine: it was corrected, or added."""
        review = self.reviews.get(record_id)
        return review is not None and (review["changed"] is not None or review["origin"] == PERSON)


Decisions = Mapping[str, Decided]
"""What people decided on the results of a folder, by the id of the report; reports of which nobody spoke are not in it."""
AS_READ: Final[Decisions] = {}
"""No decision: the engine's own reading."""


def wanted_states(states: Collection[str]) -> frozenset[str]:
    """The states that an export gives: what was approved is approved as it stood or as it was corrected; `final` is
    the set to hand on.
    """
    found = frozenset(states)
    if State.APPROVED.value in found:
        found |= {State.CORRECTED.value}
    return found - {FINAL_SET} | FINAL if FINAL_SET in found else found


def decided_result(result: Result, decisions: Decisions) -> Result:
    """A result as it is after people decided: corrected, rejected (their state says so) and added records, and a
    ledger in which the numbers that people settled are not open.
    """
    decided = decisions.get(result.report.id)
    if decided is None:
        return result
    seen: Counter[str] = Counter()
    records: list[Record] = []
    for record in result.records:
        said = decided.records.get((record.id, seen[record.id]))
        seen[record.id] += 1
        records.append(record if said is None else _typed(said))
    records += map(_typed, decided.added)
    return result.model_copy(
        update={
            "records": tuple(records),
            "ledger": tuple(_number(row, decided) for row in result.ledger),
            "chunks": tuple(_part(chunk, decided) for chunk in result.chunks),
        }
    )


def without_rejected(result: Result) -> Result:
    """A result without the records that a person rejected."""
    kept = tuple(record for record in result.records if record.state is not State.REJECTED)
    return result if len(kept) == len(result.records) else result.model_copy(update={"records": kept})


def _typed(data: bytes) -> Record:
    fields = json.loads(data)
    return record_types().get(fields.get("type", ""), ForeignRecord).model_validate(fields)


def _number(row: LedgerRow, decided: Decided) -> LedgerRow:
    place = (row.start, row.end)
    if row.state != "unclaimed":
        return row
    if record_id := decided.claimed.get(place):
        return row.model_copy(update={"state": "claimed", "record_id": record_id})
    if place in decided.no_facts:
        return row.model_copy(update={"state": "excluded", "reason": NOT_A_FACT})
    return row


def _part(chunk: ChunkRow, decided: Decided) -> ChunkRow:
    if (chunk.start, chunk.end) in decided.nothing_there:
        return chunk.model_copy(update={"status": "done", "error": None})
    return chunk
