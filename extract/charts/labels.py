"""Values as charts show them: short, with their hedges, sums of money in 亿."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from schemas.record import plain

UNITS = {
    "元": (8, "亿元"),
    "美元": (8, "亿美元"),
    "人": (4, "万人"),
    "吨": (4, "万吨"),
    "斤": (8, "亿斤"),
    "户": (4, "万户"),
}
"""What large values are counted in: the power of ten, and the unit with it."""
HEDGES = {
    "zh": {
        "about": "{}左右",
        "at_least": "{}以上",
        "more_than": "超{}",
        "at_most": "{}以内",
        "less_than": "低于{}",
        "nearly": "近{}",
    },
    "en": {
        "about": "about {}",
        "at_least": "≥ {}",
        "more_than": "> {}",
        "at_most": "≤ {}",
        "less_than": "< {}",
        "nearly": "nearly {}",
    },
}


@dataclass(frozen=True, slots=True)
class Scale:
    """How values of one indicator are shown.

    Attributes:
        power: of ten, that values are divided by.
        unit: what they are counted in then.
    """

    power: int
    unit: str

    def shown(self, value: Decimal) -> Decimal:
        """A value in the unit of the scale."""
        return value.scaleb(-self.power)


def scale_of(values: Iterable[Decimal], unit: str | None) -> Scale:
    """The scale that keeps the values short: 亿元 where most are at least 1 亿元."""
    power, large = UNITS.get(unit or "", (0, unit or ""))
    sizes = sorted(abs(value) for value in values)
    if power and sizes and sizes[len(sizes) // 2] >= Decimal(10) ** power:
        return Scale(power, large)
    return Scale(0, unit or "")


def amount(value: Decimal, upper: Decimal | None, modifier: str | None, scale: Scale, lang: str) -> str:
    """`5%左右`, `4.5–5%`, `600亿元以上`; in English `about 5%`, `≥ 600亿元`."""
    number = _grouped(scale.shown(value))
    if upper is not None:
        number = f"{number}–{_grouped(scale.shown(upper))}"
    return HEDGES[lang].get(modifier or "", "{}").format(f"{number}{scale.unit}")


def _grouped(value: Decimal) -> str:
    whole, point, fraction = plain(value).partition(".")
    sign = "-" if whole.startswith("-") else ""
    return f"{sign}{int(whole.lstrip('-')):,}{point}{fraction}"


def short(text: str, length: int) -> str:
    """A text cut to a length, with a sign that it was cut."""
    text = " ".join(text.split())
    return text if len(text) <= length else f"{text[: length - 1]}…"
