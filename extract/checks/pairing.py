"""Whether a number was given to the wrong one of several neighbours (分别, or simply the next clause)."""

from collections.abc import Sequence

from extract.checks.comparison import Difference, same_value, unit_key
from extract.checks.places import Place
from extract.checks.similarity import similarity
from extract.checks.stated import ABSENT, Stated

UNLIKE, ALIKE = 0.4, 0.8
"""Below the one two indicators are plainly different, from the other on plainly the same."""


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
    like_here = similarity(said, claim.indicator)
    if same_value(stated.value, place.mention.value):
        if like_here >= UNLIKE or claim.confidence == "unsure":
            return None
        for other in siblings:
            if _comparable(place, other) and other.claim and similarity(said, other.claim.indicator) >= ALIKE:
                return Difference("pairing_differs", said, claim.indicator)
        return None
    for other in siblings:
        if (
            _comparable(place, other)
            and other.claim is not None
            and same_value(stated.value, other.mention.value)
            and similarity(said, other.claim.indicator) < like_here
        ):
            return Difference("pairing_differs", other.claim.indicator, claim.indicator)
    return None


def _comparable(one: Place, other: Place) -> bool:
    return other is not one and unit_key(one.mention.unit) == unit_key(other.mention.unit)
