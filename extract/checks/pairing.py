"""Whether a number was given to the wrong one of several neighbours (分别, or simply the next clause)."""

import re
from collections.abc import Iterable, Sequence

from extract.checks.comparison import Difference, same_value, unit_key
from extract.checks.places import Place
from extract.checks.similarity import SAME, core, names_one_of, similarity
from extract.checks.stated import ABSENT, Stated

UNLIKE, ALIKE = 0.4, 0.8
"""Below the one two indicators are plainly different, from the other on they may well be the same."""

HELD = 0.6
"""So much of a longer name must be in the shorter one, if holding it is to make them the same."""

MOSTLY = 0.75
"""A name that holds a neighbour's, and hardly more, but not the one of its own number is the neighbour's:
光电产业产值 beside 纺织产业产值."""

_COMPARED = re.compile("[比较]|高于|低于|快于|慢于|超")
"""Before what the number is compared with: 工业增加值比全省, 工业增加值快于全国."""


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
        return named_for_another(said, place, siblings)
    for other in siblings:
        if (
            _comparable(place, other)
            and other.claim is not None
            and same_value(stated.value, other.mention.value)
            and similarity(said, other.claim.indicator) < similarity(said, claim.indicator)
        ):
            return Difference("pairing_differs", other.claim.indicator, claim.indicator)
    return None


def named_for_another(said: str, place: Place, others: Iterable[Place]) -> Difference | None:
    """The name that is said is the subject of another number, whatever its unit, and not of this one.

    Silent where the rules are unsure of their own name for the number.

    Args:
        said: the name.
        place: the number.
        others: numbers whose subjects may have been taken for that of this one.
    """
    claim = place.claim
    if claim is None or claim.confidence == "unsure":
        return None
    here = similarity(said, claim.indicator)
    alone = _COMPARED.split(claim.indicator)[0]
    if here == 1.0 or names_one_of(said, claim.indicator) or (alone and similarity(said, alone) == 1.0):
        return None
    for other in others:
        if other is place or other.claim is None or other.claim.indicator == claim.indicator:
            continue
        there = similarity(said, other.claim.indicator)
        held = _held(said, other.claim.indicator)
        unlike = there >= ALIKE and here < UNLIKE and held >= HELD
        holds = there >= SAME > here and held >= MOSTLY
        if there == 1.0 or unlike or holds:
            return Difference("pairing_differs", said, claim.indicator)
    return None


def _held(one: str, other: str) -> float:
    """How much of the longer name the shorter one can hold."""
    shorter, longer = sorted((len(core(one)), len(core(other))))
    return shorter / longer if longer else 1.0


def _comparable(one: Place, other: Place) -> bool:
    return other is not one and unit_key(one.mention.unit) == unit_key(other.mention.unit)
