"""Checks of a record against the claims of the rules, the independent witness.

Where the rules are sure of their own reading, a difference has its own code. Where they are unsure, or take
the number for no fact at all, it is `witness_disagrees`.
"""

from collections.abc import Iterator

from extract.checks.comparison import MEANING_COMPARISONS, Difference, differences
from extract.checks.context import Context, Finding, ReadFigure
from extract.checks.issues import issue
from extract.checks.messages import say
from extract.checks.pairing import pairing_differs
from extract.claims.model import Exclusion
from schemas import Issue, Severity

NEVER_FACTS = frozenset({Exclusion.DATE, Exclusion.NAME, Exclusion.SLOGAN})
"""Numbers that measure nothing; other exclusions are a matter of judgement."""


def records_against_witness(context: Context) -> Iterator[Finding]:
    """`pairing_differs`, `period_differs`, `type_differs`, `indicator_not_in_context`,
    or `witness_disagrees`.
    """
    for read in context.figures:
        if read.agrees:
            continue
        if read.place.claim is None:
            yield Finding(read.n, _no_fact(read))
            continue
        unsure = read.place.claim.confidence == "unsure"
        for difference in _differences(context, read):
            if unsure:
                said = say(
                    difference,
                    read.record.indicator,
                    read.place,
                    code="witness_disagrees",
                    severity=Severity.NOTE,
                )
            else:
                said = say(difference, read.record.indicator, read.place)
            yield Finding(read.n, said)


def _differences(context: Context, read: ReadFigure) -> Iterator[Difference]:
    mispaired = pairing_differs(read.stated, read.place, context.places.siblings(read.place))
    if mispaired is not None:
        yield mispaired
    yield from differences(read.stated, read.place, MEANING_COMPARISONS)


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
