"""How far two reviewers agree beyond chance: Cohen's kappa. Pure."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from extract.desk.model import Verdict
from extract.desk.standing import Past

OTHERWISE = "otherwise"
"""A second correction or record that is another one than the first."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of all items that two people judged without seeing each other's decision.

    Attributes:
        items: how many.
        same: how many were decided alike.
        kappa: Cohen's kappa, from -1 to 1; None where chance alone would already agree fully, or there are none.
    """

    items: int
    same: int
    kappa: float | None


def agreement(pairs: Iterable[tuple[str, str]]) -> Agreement:
    """The agreement of pairs of labels, first reviewer's and second reviewer's."""
    labels = list(pairs)
    items, alike = len(labels), sum(first == second for first, second in labels)
    if not items:
        return Agreement(0, 0, None)
    firsts, seconds = Counter(first for first, _ in labels), Counter(second for _, second in labels)
    by_chance = sum(firsts[label] * seconds[label] for label in firsts) / items**2
    observed = alike / items
    kappa = None if by_chance == 1 else (observed - by_chance) / (1 - by_chance)
    return Agreement(items, alike, kappa)


def labelled(first: Past, second: Past) -> tuple[str, str]:
    """A pair of decisions as labels: two corrections that differ are two labels."""
    differ = first.verdict is second.verdict and first.verdict in {Verdict.CORRECT, Verdict.ADD}
    if differ and first.after != second.after:
        return first.verdict.value, f"{second.verdict.value} {OTHERWISE}"
    return first.verdict.value, second.verdict.value
