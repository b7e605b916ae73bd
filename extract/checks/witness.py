"""Checks of a record against the claims of the rules, the independent witness.

Where the rules are sure of their own reading, a difference has its own code. Where they are unsure, or take
the number for no fact at all, it is `witness_disagrees`. What the words of the text alone show has its own code
in any case.
"""

from collections.abc import Iterator, Sequence

from extract.checks.comparison import (
    MEANING_COMPARISONS,
    Difference,
    differences,
    period_denied,
    period_differs,
)
from extract.checks.context import Context, Finding, ReadFigure
from extract.checks.elsewhere import of_elsewhere
from extract.checks.issues import issue
from extract.checks.messages import say
from extract.checks.pairing import named_for_another, pairing_differs
from extract.checks.places import Place
from extract.checks.promises import commitment_differs, status_differs
from extract.checks.turning import turned
from extract.claims.model import Doubt, Exclusion
from schemas import Issue, Severity

NEVER_FACTS = frozenset({Exclusion.DATE, Exclusion.NAME, Exclusion.SLOGAN})
"""Numbers that measure nothing; other exclusions are a matter of judgement."""


def records_against_witness(context: Context) -> Iterator[Finding]:
    """`pairing_differs`, `period_differs`, `type_differs`, `indicator_not_in_context`, `indicator_differs`,
    or `witness_disagrees`.
    """
    for read in context.figures:
        if read.agrees:
            continue
        place, name = read.place, read.record.indicator
        unsure = place.claim is None or place.claim.confidence == "unsure"
        of_the_text = _first(turned(read.stated, place), of_elsewhere(read.stated, place))
        mispaired = None if unsure else _mispaired(context, read)
        named = mispaired or of_the_text
        if named is not None:
            yield Finding(read.n, say(named, name, place))
        if place.claim is None:
            yield Finding(read.n, _no_fact(read))
            continue
        for difference in _differences(read, named=named is not None):
            if unsure:
                said = say(difference, name, place, code="witness_disagrees", severity=Severity.NOTE)
            else:
                said = say(difference, name, place, severity=_severity(difference, read))
            yield Finding(read.n, said)


def promises_against_witness(context: Context) -> Iterator[Finding]:
    """`commitment_differs` and `status_differs`: what a record says once for all of its figures.

    Figures of another period than the rules read are told for that, and say nothing here; nor do those of sections
    that are neither review nor plan.
    """
    by_record: dict[int, list[ReadFigure]] = {}
    for read in context.figures:
        claim = read.place.claim
        placed = claim is not None and Doubt.UNKNOWN_SECTION not in claim.doubts
        if placed and period_differs(read.stated, read.place) is None:
            by_record.setdefault(read.n, []).append(read)
    for n, reads in by_record.items():
        record, places = reads[0].record, [read.place for read in reads]
        for difference in (commitment_differs(record, places), status_differs(record, places)):
            if difference is not None:
                yield Finding(n, say(difference, record.indicator, places[0]))


def _first(*found: Difference | None) -> Difference | None:
    return next((one for one in found if one is not None), None)


def _severity(difference: Difference, read: ReadFigure) -> Severity | None:
    """A period that is denied is an error; another year may be a matter of reading."""
    denied = difference.code == "period_differs" and read.figure.period is None
    return Severity.ERROR if denied else None


def _mispaired(context: Context, read: ReadFigure) -> Difference | None:
    """The name is the subject of another number, of the same sentence or of those that it may be taken from."""
    neighbours = pairing_differs(read.stated, read.place, context.places.siblings(read.place))
    return neighbours or named_for_another(read.record.indicator, read.place, _around(context, read))


def _differences(read: ReadFigure, *, named: bool) -> Iterator[Difference]:
    """All but those of the name where one was told already."""
    denied = period_denied(read.stated, read.place)
    if denied is not None:
        yield denied
    for difference in differences(read.stated, read.place, MEANING_COMPARISONS):
        if not (named and difference.code == "indicator_not_in_context"):
            yield difference


def _around(context: Context, read: ReadFigure) -> Sequence[Place]:
    """The other numbers from whose sentences a name may have been taken: the cited ones and the one before."""
    sentence = read.place.sentence
    near = {sentence.index - 1} if sentence else set()
    near.update(context.grounded[read.n].sentences)
    return [place for n in sorted(near) for place in context.places_in(n)]


def _no_fact(read: ReadFigure) -> Issue:
    """The record uses a number that the rules exclude."""
    place = read.place
    reason = place.exclusion
    why = REASONS[reason] if reason else ("未读的数字", "a number that they did not read")
    return issue(
        "witness_disagrees",
        f"记录“{read.record.indicator}”用了“{place.text}”，规则认为它是{why[0]}，不是事实数字。",
        f"The record {read.record.indicator} uses {place.text}, which the rules take for {why[1]}.",
        [(place.start, place.end)],
        severity=None if reason in NEVER_FACTS else Severity.NOTE,
    )


REASONS = {
    Exclusion.DATE: ("日期", "a date"),
    Exclusion.NAME: ("名称", "a name"),
    Exclusion.ORDINAL: ("序号", "an ordinal"),
    Exclusion.SLOGAN: ("口号", "a slogan"),
    Exclusion.THRESHOLD: ("界限", "a threshold"),
    Exclusion.HEADING: ("标题编号", "a heading"),
    Exclusion.DURATION: ("时长", "a duration"),
}
"""Why a number is no fact, for the reviewer."""
