"""Where labels stand: boxes of text that meet neither each other nor the marks of others."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

_CJK = "\u2e80"
_NARROW = 0.62
"""The widest that a digit or letter is drawn on the average, in parts of the font's size; a character takes all of it."""
_LINE = 1.25
_GAP = 2.0


class Box(NamedTuple):
    """A rectangle in pixels; down is more."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        """Whether two boxes share any room."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )


class Wanted(NamedTuple):
    """A label that looks for its place.

    Attributes:
        text: what it says.
        x, y: of its mark.
        offsets: from the mark to the middle of the label, the best first; negative is above.
    """

    text: str
    x: float
    y: float
    offsets: Sequence[float]


def width_of(text: str, size: float) -> float:
    """How wide a text is drawn at most, in pixels."""
    return sum(size if character > _CJK else size * _NARROW for character in text)


def box_of(text: str, x: float, y: float, size: float) -> Box:
    """The box of a text that is centred at a place."""
    half, high = width_of(text, size) / 2 + _GAP, size * _LINE / 2
    return Box(x - half, y - high, x + half, y + high)


def _nearest_first(places: Iterable[float], middle: float) -> list[float]:
    return sorted(places, key=lambda place: abs(place - middle))


def placed(
    labels: Sequence[Wanted], marks: Iterable[Box], size: float, *, width: float, height: float
) -> list[float | None]:
    """The middle of each label, from the top; None where there is no room for one.

    The offsets that are wanted go first, as long as no mark is in the way; then whatever is free, the nearest first.

    Args:
        labels: the more important first.
        marks: what labels should keep off.
        size: of their font.
        width: of the panel.
        height: of the panel.
    """

    def inside(box: Box) -> bool:
        return box.left >= -_GAP and box.right <= width + _GAP and box.top >= 0 and box.bottom <= height

    taken: list[Box] = []
    obstacles = list(marks)
    found: list[float | None] = []
    step = size * _LINE / 2
    everywhere = [step + n * step / 2 for n in range(max(1, int((height - 2 * step) / (step / 2)) + 1))]
    for one in labels:
        near = [one.y + offset for offset in one.offsets]
        wider = _nearest_first(everywhere, one.y)
        spots = [(at, True) for at in (*near, *wider)] + [(at, False) for at in wider]
        chosen = None
        for at, clear in spots:
            box = box_of(one.text, one.x, at, size)
            if not inside(box) or any(box.meets(other) for other in taken):
                continue
            if clear and any(box.meets(other) for other in obstacles):
                continue
            chosen = at
            taken.append(box)
            break
        found.append(chosen)
    return found
