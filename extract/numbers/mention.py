"""A number as it stands in the text."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Mention:
    """One number of a text, read by rule.

    Attributes:
        start, end: half-open code-point span of the surface. The surface is the digits with scale and unit
            (`5370.3亿元`, `7%`, `第三位`, `10亿~50亿元`, `6600多亿元`); hedges outside (`近`, `以上`) are not
            in it.
        text: that surface, as it stands.
        value: the number after scale; a percent as printed; a rank as its ordinal; the lower end of a range.
            None for a date and for a name (G60, 5G, “12410”).
        upper: the upper end of a range, else None.
        unit: base unit without scale (`元`, `%`, `个百分点`, `家`, `位` for ranks), or None.
        kind: `number`, `percent`, `percentage_point`, `money`, `quantity`, `ordinal` (a rank or a place in an
            order), `date`, `name`, `enumeration` (一是, （一）, 第一，).
        direction: `increase` or `decrease` where a word next to the number says so, else None.
        modifier: `exact`, `about`, `at_least`, `more_than`, `at_most`, `less_than`, `nearly`, `range`.
    """

    start: int
    end: int
    text: str
    value: Decimal | None
    upper: Decimal | None
    unit: str | None
    kind: str
    direction: str | None
    modifier: str
