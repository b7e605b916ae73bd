"""Two files to compare: which report of one is which of the other."""

from dataclasses import dataclass

from extract.checks.copies import SAME_SHARE, share, wording_of
from extract.checks.differences import Difference, differences, text_of
from extract.documents.model import Report
from extract.pipeline import bear_witness


@dataclass(frozen=True, slots=True)
class Pair:
    """Two reports that were compared.

    Attributes:
        a, b: the reports.
        share: how much of the wording of the shorter one stands in the other, 0 to 1.
        differences: in reading order.
    """

    a: Report
    b: Report
    share: float
    differences: tuple[Difference, ...]

    @property
    def same(self) -> bool:
        """Whether the two are copies of one report."""
        return self.share >= SAME_SHARE

    @property
    def numbers(self) -> tuple[Difference, ...]:
        """The differences that change a number."""
        return tuple(one for one in self.differences if one.numbers)


def compare(ones: tuple[Report, ...], others: tuple[Report, ...]) -> tuple[Pair, ...]:
    """Compare the reports of two files.

    Args:
        ones: of the first file; at least one.
        others: of the second; at least one.

    Returns:
        Each report of the first file that has a copy in the second, with that copy. Where there is none at
        all, the two reports that are most alike.
    """
    left = [(report, wording_of([report.clean.text])) for report in ones]
    right = [(report, wording_of([report.clean.text])) for report in others]
    ranked = sorted(
        (
            (share(mine, theirs), n, m)
            for n, (_, mine) in enumerate(left)
            for m, (_, theirs) in enumerate(right)
        ),
        key=lambda one: (-one[0], one[1], one[2]),
    )
    copies = [one for one in ranked if one[0] >= SAME_SHARE] or ranked[:1]
    taken: dict[int, tuple[int, float]] = {}
    for alike, n, m in copies:
        if n not in taken and all(m != other for other, _ in taken.values()):
            taken[n] = (m, alike)
    return tuple(_pair(left[n][0], right[m][0], alike) for n, (m, alike) in sorted(taken.items()))


def _pair(one: Report, other: Report, alike: float) -> Pair:
    a, b = (text_of(report, bear_witness(report).mentions) for report in (one, other))
    return Pair(one, other, alike, tuple(differences(a, b)))
