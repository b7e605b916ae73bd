"""Whether a number was given to the wrong one of several neighbours (分别, or simply the next clause)."""

from collections.abc import Sequence

from extract.checks.comparison import Difference, same_value, unit_key
from extract.checks.places import Place
from extract.checks.similarity import core, similarity
from extract.checks.stated import ABSENT, Stated

UNLIKE, ALIKE = 0.4, 0.8
"""Below the one two indicators are plainly different, from the other on they may well be the same."""

HELD = 0.6
"""So much of a longer name must be in the shorter one, if holding it is to make them the same."""


def pairing_differs(stated: Stated, place: Place, siblings: Sequence[Place]) -> Difference | None:
    """The number is right but belongs to a neighbour's indicator, or is a neighbour's number.

    Args:
        stated: what is said.
        place: the number it was held against.
        siblings: the other numbers of the same sentence.
    """
    claim, said = place.claim, stated.indicator
    if claim is None or said is ABSENT or not said:
        return None
    if same_value(stated.value, place.mention.value):
        rival = _rival(said, place, siblings) if claim.confidence != "unsure" else None
        return None if rival is None else Difference("pairing_differs", said, claim.indicator)
    for other in siblings:
        if (
            _comparable(place, other)
            and other.claim is not None
            and same_value(stated.value, other.mention.value)
            and similarity(said, other.claim.indicator) < similarity(said, claim.indicator)
        ):
            return Difference("pairing_differs", other.claim.indicator, claim.indicator)
    return None


def _rival(said: str, place: Place, siblings: Sequence[Place]) -> Place | None:
    """The neighbour whose indicator is the one that is said, where that of the place itself is not."""
    assert place.claim is not None
    here = similarity(said, place.claim.indicator)
    for other in siblings:
        if other.claim is None or not _comparable(place, other):
            continue
        there = similarity(said, other.claim.indicator)
        if (there == 1.0 and here < 1.0) or (
            there >= ALIKE and here < UNLIKE and _holds_enough(said, other.claim.indicator)
        ):
            return other
    return None


def _holds_enough(one: str, other: str) -> bool:
    shorter, longer = sorted((len(core(one)), len(core(other))))
    return shorter >= HELD * longer


def _comparable(one: Place, other: Place) -> bool:
    return other is not one and unit_key(one.mention.unit) == unit_key(other.mention.unit)
