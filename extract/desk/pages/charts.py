"""The geometry of the charts. Templates draw it as SVG with attributes alone; no script, no inline style."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from extract.desk.model import OPEN, Standing

GROUPS: Final[Mapping[str, frozenset[Standing]]] = {
    "open": OPEN,
    "approved": frozenset({Standing.APPROVED, Standing.ACKNOWLEDGED}),
    "corrected": frozenset({Standing.CORRECTED, Standing.ADDED}),
    "rejected": frozenset({Standing.REJECTED, Standing.NOT_A_FACT}),
    "other": frozenset({Standing.GONE}),
    "verified": frozenset({Standing.VERIFIED}),
}
"""Colour → standings, in the order in which they are drawn: what wants a person first."""
RING: Final = 100
"""Length of the whole ring; the circle carries `pathLength` of the same."""
BAR: Final = 1000
DAYS_WIDTH: Final = 720
DAYS_HEIGHT: Final = 150
DAYS_FOOT: Final = 22
SCALE_WIDTH: Final = 600
KAPPA_BANDS: Final = ((-0.2, 0.0), (0.0, 0.2), (0.2, 0.4), (0.4, 0.6), (0.6, 0.8), (0.8, 1.0))
"""Bands of Landis and Koch: poor, slight, fair, moderate, substantial, almost perfect."""


@dataclass(frozen=True, slots=True)
class Part:
    """One stretch of a bar or ring.

    Attributes:
        group: names its colour.
        start, length: in the units of the drawing.
        count: what it stands for.
    """

    group: str
    start: float
    length: float
    count: int


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar, or a ring, of several parts."""

    parts: tuple[Part, ...]
    total: int

    def count(self, group: str) -> int:
        """How many a group has."""
        return next((part.count for part in self.parts if part.group == group), 0)

    @property
    def decided(self) -> int:
        """How many a person has settled."""
        return sum(self.count(group) for group in ("approved", "corrected", "rejected"))


@dataclass(frozen=True, slots=True)
class Column:
    """One day of the chart of decisions."""

    day: date
    count: int
    x: float
    y: float
    width: float
    height: float
    named: bool


@dataclass(frozen=True, slots=True)
class Days:
    """The chart of decisions by day: columns and the value of the line at the top."""

    columns: tuple[Column, ...]
    highest: int
    width: int = DAYS_WIDTH
    height: int = DAYS_HEIGHT
    foot: int = DAYS_FOOT


@dataclass(frozen=True, slots=True)
class Scale:
    """Cohen's kappa on its scale: where each band begins, and the mark."""

    bands: tuple[tuple[float, float], ...]
    mark: float
    zero: float
    width: int = SCALE_WIDTH


def bar(counts: Mapping[str, int], whole: int | None = None, length: int = BAR) -> Bar:
    """A bar whose parts are in proportion.

    Args:
        counts: group → count, in the order of drawing.
        whole: what the full length stands for; the sum where it is not given.
        length: of the full bar.
    """
    total = sum(counts.values())
    scale = length / (whole or total or 1)
    parts, at = [], 0.0
    for group, count in counts.items():
        if count:
            parts.append(Part(group, round(at, 3), round(count * scale, 3), count))
            at += count * scale
    return Bar(tuple(parts), total)


def grouped(counts: Mapping[Standing, int]) -> dict[str, int]:
    """Counts by standing put together by colour."""
    return {
        group: sum(counts.get(standing, 0) for standing in standings) for group, standings in GROUPS.items()
    }


def standing_bar(counts: Mapping[Standing, int]) -> Bar:
    """A bar of what people had to look at: records that nobody doubted are left out."""
    return bar({group: count for group, count in grouped(counts).items() if group != "verified"})


def ring(counts: Mapping[Standing, int]) -> Bar:
    """A ring of all items, those that nobody doubted too."""
    return bar(grouped(counts), length=RING)


def days(counts: Sequence[tuple[date, int]]) -> Days:
    """Columns of decisions by day, oldest first."""
    highest = max((count for _, count in counts), default=0)
    step = DAYS_WIDTH / max(len(counts), 1)
    room = DAYS_HEIGHT - DAYS_FOOT - 18
    every = max(1, -(-len(counts) // 8))
    columns = []
    for number, (day, count) in enumerate(counts):
        height = count / (highest or 1) * room
        columns.append(
            Column(
                day,
                count,
                x=round(number * step + step * 0.15, 2),
                y=round(DAYS_HEIGHT - DAYS_FOOT - height, 2),
                width=round(min(step * 0.7, 44), 2),
                height=round(height, 2),
                named=(len(counts) - 1 - number) % every == 0,
            )
        )
    return Days(tuple(columns), highest)


def kappa_scale(kappa: float) -> Scale:
    """Where kappa lies between -0.2 and 1; what is below is drawn at the left end."""
    low, high = KAPPA_BANDS[0][0], KAPPA_BANDS[-1][1]

    def place(value: float) -> float:
        inside = min(max(value, low), high)
        return round((inside - low) / (high - low) * SCALE_WIDTH, 2)

    bands = tuple((place(start), place(end) - place(start)) for start, end in KAPPA_BANDS)
    return Scale(bands, place(kappa), place(0.0))


def widest(bars: Iterable[Mapping[str, int]]) -> int:
    """The largest sum of several bars, which the full length stands for."""
    return max((sum(one.values()) for one in bars), default=0)
