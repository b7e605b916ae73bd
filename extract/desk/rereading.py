"""What the rules read in one number of a report, for forms and for what is entered in them. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from extract.claims.judgements import kind_and_direction
from extract.claims.model import Claim
from extract.desk.contents import sentence_around
from extract.documents import read_text
from extract.documents.model import Report
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
    claim = _whole(text, row.start)[0].get((row.start, row.end)) if text else None
    if claim is not None:
        return Sense(claim.kind, claim.direction, claim.modifier, claim)
    mention = (mention_at(text, row.start, row.end) if text else None) or _alone(row)
    kind, direction = kind_and_direction(mention, "", mention.direction, reached=False)
    return Sense(kind, direction, mention.modifier)


def mention_at(text: str, start: int, end: int) -> Mention | None:
    """The number that stands at a span of the source and nowhere else; None where none does.

    Its sentence tells, and is read at once; of a number that a line break cuts the cleaned report tells.
    """
    first, last = sentence_around(text, start, end)
    for one in find_mentions(text[first:last]):
        if (first + one.start, first + one.end) == (start, end):
            return one
    return _whole(text, start)[1].get((start, end))


Known = tuple[Mapping[Span, Claim], Mapping[Span, Mention]]


def _whole(text: str, place: int) -> Known:
    """The claims and numbers of the report that a place lies in, by their spans in the source."""
    return next((known for start, end, known in _reports(text) if start <= place < end), ({}, {}))


@lru_cache(maxsize=READ_REPORTS)
def _reports(text: str) -> tuple[tuple[int, int, Known], ...]:
    """Where each report of a source stands, and what is known of it."""
    try:
        reports = read_text(text, "").reports
    except InputError:
        return ()
    return tuple((report.start, report.end, _known(report)) for report in reports)


def _known(report: Report) -> Known:
    witness, place = bear_witness(report), report.clean.source_span
    return (
        {place(one.mention.start, one.mention.end): one for one in witness.reading.claims},
        {place(one.start, one.end): one for one in witness.mentions},
    )


def _alone(row: LedgerRow) -> Mention:
    modifier = "range" if row.upper is not None else "exact"
    return Mention(row.start, row.end, row.text, row.value, row.upper, row.unit, row.kind, None, modifier)
