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
from extract.checks.issues import issue
from extract.checks.messages import say
from extract.checks.pairing import named_for_another, pairing_differs
from extract.checks.places import Place
from extract.checks.promises import commitment_differs, status_differs
from extract.checks.turning import foreign_word, turned
from extract.claims.model import Exclusion
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
        name = read.record.indicator
        of_the_text = _first(turned(read.stated, read.place), foreign_word(read.stated, read.place))
        if of_the_text is not None:
            yield Finding(read.n, say(of_the_text, name, read.place))
        if read.place.claim is None:
            yield Finding(read.n, _no_fact(read))
            continue
        unsure = read.place.claim.confidence == "unsure"
        for difference in _differences(context, read):
            if of_the_text is not None and difference.code == of_the_text.code:
                continue
            if unsure:
                said = say(difference, name, read.place, code="witness_disagrees", severity=Severity.NOTE)
            else:
                said = say(difference, name, read.place, severity=_severity(difference, read))
            yield Finding(read.n, said)


def promises_against_witness(context: Context) -> Iterator[Finding]:
    """`commitment_differs` and `status_differs`: what a record says once for all of its figures.

    Figures of another period than the rules read are told for that, and say nothing here.
    """
    by_record: dict[int, list[ReadFigure]] = {}
    for read in context.figures:
        if period_differs(read.stated, read.place) is None:
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


def _differences(context: Context, read: ReadFigure) -> Iterator[Difference]:
    mispaired = pairing_differs(read.stated, read.place, context.places.siblings(read.place))
    if mispaired is None:
        mispaired = named_for_another(read.record.indicator, read.place, _around(context, read))
    if mispaired is not None:
        yield mispaired
    denied = period_denied(read.stated, read.place)
    if denied is not None:
        yield denied
    yield from differences(read.stated, read.place, MEANING_COMPARISONS)


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
