"""What somebody says about one number: an engine's record, or a row of a facts table."""

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Final, Literal


class Absent(Enum):
    """The sort of `ABSENT`."""

    ABSENT = "absent"


ABSENT: Final = Absent.ABSENT
"""Nothing is said. Not the same as None, by which a table says that there is none."""

Missing = Literal[Absent.ABSENT]
Text = str | Missing | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """One number with its meaning, as somebody gives it; what is ABSENT is not compared.

    Attributes:
        value: after scale; a percent as printed; a rank as its ordinal.
        upper: the upper end of a range; None says that it is no range.
        unit: base unit without scale.
        kind, direction, modifier, period, record_type, indicator: as in the Fact contract.
    """

    value: Decimal
    upper: Decimal | Missing | None = ABSENT
    unit: Text = ABSENT
    kind: Text = ABSENT
    direction: Text = ABSENT
    modifier: Text = ABSENT
    period: Text = ABSENT
    record_type: Text = ABSENT
    indicator: Text = ABSENT


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenFact(Stated):
    """One row of a facts table that somebody wants checked.

    Attributes:
        n: 0-based number of the row.
        start, end: source span of the number, or None where the table has none.
        text: the number as it is said to stand in the text.
        quote: the sentence that it is said to stand in.
    """

    n: int
    start: int | None = None
    end: int | None = None
    text: str | None = None
    quote: str | None = None
