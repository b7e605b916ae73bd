"""Whether an actual meets its target, by the words of both."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from extract.indicators.catalogue import Sense
from extract.tables.rows import Outcome

POINTS: Final = Decimal("0.5")
"""What 左右 allows of a percentage, in percentage points, unless the user says otherwise."""
SHARE: Final = Decimal(3)
"""What 左右 allows of an amount, in percent of the target."""

SMALL_RATE: Final = Decimal(5)
"""Of a percentage below this one, 左右 allows no more than a tenth: 2%左右 is not 1.5%."""
Aim = Sense | Literal["near", "ceiling"]
"""Which way is better; prices are to stay `near` their target, or under it as under a `ceiling`, and less is no gain."""

_STEP: Final = Decimal("1e-9")
_FAR: Final = Decimal("1e30")


@dataclass(frozen=True, slots=True)
class Stated:
    """A number as its report words it.

    Attributes:
        value, upper, modifier: as in `PanelRow`.
    """

    value: Decimal
    upper: Decimal | None
    modifier: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """How an actual stands to its target.

    Attributes:
        outcome: see `TrackingRow.outcome`.
        difference: actual minus the nearer end of the target; zero inside a range.
        better: whether the difference is for the better; None where there is none.
    """

    outcome: Outcome
    difference: Decimal
    better: bool | None


def tolerance_of(
    target: Stated, unit: str | None, *, points: Decimal = POINTS, share: Decimal = SHARE
) -> Decimal | None:
    """What 左右 allows on either side of a target; None where the target is not worded so."""
    if target.modifier not in ("about", "nearly"):
        return None
    size = abs(target.value)
    if unit != "%":
        return size * share / 100
    return min(points, size / 10) if size < SMALL_RATE else points


def judge(target: Stated, actual: Stated, sense: Aim, tolerance: Decimal | None) -> Judgement:
    """Hold an actual against its target.

    A target with 以上 or 以内 is met on that side of its number, whatever is better; one without a hedge, with
    左右 or with two ends is exceeded by what is better and missed by what is worse. An actual that is itself a
    bound (突破6000亿元) is judged by all that it may be: where that leaves it open, it is not comparable.

    Args:
        target: what was planned.
        actual: what was reached, in the same unit.
        sense: which way is better, if any.
        tolerance: as `tolerance_of` gives it.
    """
    outcomes = {_outcome(target, value, sense, tolerance) for value in _possible(actual)}
    if outcomes == {"met", "exceeded"}:
        outcomes = {"met"}
    difference = _difference(target, actual)
    return Judgement(
        outcomes.pop() if len(outcomes) == 1 else "not_comparable",
        difference,
        _better(difference, sense),
    )


def _better(difference: Decimal, sense: Aim) -> bool | None:
    if not difference or (difference < 0 and sense in ("near", "ceiling")):
        return None
    return (difference > 0) == (sense == "higher")


def _possible(actual: Stated) -> tuple[Decimal, ...]:
    """The ends of what an actual may be."""
    value = actual.value
    if actual.upper is not None:
        return value, actual.upper
    return {
        "at_least": (value, _FAR),
        "more_than": (value + _STEP, _FAR),
        "at_most": (value, -_FAR),
        "less_than": (value - _STEP, -_FAR),
        "nearly": (value - _STEP,),
    }.get(actual.modifier, (value,))


def _outcome(target: Stated, value: Decimal, sense: Aim, tolerance: Decimal | None) -> Outcome:
    low, high = target.value, target.value if target.upper is None else target.upper
    if target.modifier in ("at_least", "more_than"):
        return "met" if value > low or (value == low and target.modifier == "at_least") else "missed"
    if target.modifier in ("at_most", "less_than"):
        return "met" if value < high or (value == high and target.modifier == "at_most") else "missed"
    slack = tolerance or Decimal(0)
    if low - slack <= value <= high + slack:
        return "met"
    if sense in ("near", "ceiling"):
        return "met" if sense == "ceiling" and value < low else "missed"
    return "exceeded" if (value > high) == (sense == "higher") else "missed"


def _difference(target: Stated, actual: Stated) -> Decimal:
    low, high = target.value, target.value if target.upper is None else target.upper
    if actual.value < low:
        return actual.value - low
    return max(actual.value - high, Decimal(0))
