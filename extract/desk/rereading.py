"""What the rules read in one number of a report, for the form of a record that is added. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from extract.claims.judgements import kind_and_direction
from extract.claims.model import Claim
from extract.desk.contents import sentence_around
from extract.documents import read_text
from extract.errors import InputError
from extract.numbers import find_mentions
from extract.numbers.mention import Mention
from extract.pipeline import bear_witness
from schemas.result import LedgerRow

READ_REPORTS = 4
"""Whoever adds records adds several of one report."""
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Sense:
    """What a number means by rule.

    Attributes:
        kind, direction, modifier: as of a figure.
        claim: the whole claim; None where the rules make none of the number.
    """

    kind: str
    direction: str | None
    modifier: str
    claim: Claim | None = None


def sense(row: LedgerRow, text: str | None) -> Sense:
    """What the rules read in a number.

    Args:
        row: the number.
        text: the source; without it no more is known than the row tells.
    """
    claim = _claims(text, row.start).get((row.start, row.end)) if text else None
    if claim is not None:
        return Sense(claim.kind, claim.direction, claim.modifier, claim)
    mention = (_mention(text, row) if text else None) or _alone(row)
    kind, direction = kind_and_direction(mention, "", mention.direction, reached=False)
    return Sense(kind, direction, mention.modifier)


@lru_cache(maxsize=READ_REPORTS)
def _reports(text: str) -> tuple[tuple[int, int, Mapping[Span, Claim]], ...]:
    """Where each report of a source stands, and its claims by their places in the source."""
    try:
        reports = read_text(text, "").reports
    except InputError:
        return ()
    return tuple(
        (
            report.start,
            report.end,
            {
                report.clean.source_span(claim.mention.start, claim.mention.end): claim
                for claim in bear_witness(report).reading.claims
            },
        )
        for report in reports
    )


def _claims(text: str, place: int) -> Mapping[Span, Claim]:
    return next((claims for start, end, claims in _reports(text) if start <= place < end), {})


def _mention(text: str, row: LedgerRow) -> Mention | None:
    """The number as its sentence alone has it: words beside it tell direction and hedge."""
    first, last = sentence_around(text, row.start, row.end)
    spans = {(first + one.start, first + one.end): one for one in find_mentions(text[first:last])}
    return spans.get((row.start, row.end))


def _alone(row: LedgerRow) -> Mention:
    modifier = "range" if row.upper is not None else "exact"
    return Mention(row.start, row.end, row.text, row.value, row.upper, row.unit, row.kind, None, modifier)
