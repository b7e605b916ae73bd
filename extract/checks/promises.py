"""Whether a record says of its aim or its project what the rules read: how firmly it is promised, how far it is."""

from collections.abc import Sequence

from extract.checks.comparison import TIMES, Difference
from extract.checks.places import Place
from extract.claims import judgements
from extract.claims.model import Claim
from schemas import Record

PROJECT = "livelihood_project"


def commitment_differs(record: Record, places: Sequence[Place]) -> Difference | None:
    """Another commitment than the rules read at every number of the record.

    Where they read none, a word that stands earlier in the sentence bears it out: readers carry 确保 further.

    Args:
        record: what is said.
        places: its numbers; those that the rules exclude say nothing.
    """
    said, read = record.commitment, [place.claim.commitment for place in places if place.claim]
    if not read or said in read:
        return None
    if said is not None and not any(read):
        words = "".join(place.clause_before("。；") for place in places)
        if said in judgements.commitments(words):
            return None
    return Difference("commitment_differs", said or "", next(filter(None, read), ""))


def status_differs(record: Record, places: Sequence[Place]) -> Difference | None:
    """Another status than the rules read at every number of the record; a livelihood project must have one.

    What they take for completed is under way where the sentence speaks of what is left to do.

    Args:
        record: what is said.
        places: its numbers; those that the rules exclude say nothing.
    """
    said = record.status
    read = [(place, _statuses(place.claim)) for place in places if place.claim]
    if not read or (said is None and record.type != PROJECT):
        return None
    for place, possible in read:
        if not possible or said in possible:
            return None
        if said == "under_way" and possible == ("completed",) and judgements.unfinished(place.context[1]):
            return None
    return Difference("status_differs", said or "", read[0][1][0])


def _statuses(claim: Claim) -> tuple[str, ...]:
    """What may be said by the rules' reading; of what they take for no project only whether it is done."""
    if claim.status is not None:
        return (claim.status,)
    times = TIMES.keys() & {claim.record_type, *claim.also}
    if len(times) != 1:
        return ()
    return ("planned",) if "goal" in times else ("completed", "under_way")
