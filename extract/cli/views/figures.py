"""A figure in a few cells: its amount after scale, its kind and direction."""

from decimal import Decimal

from schemas.record import Figure, plain

AMOUNT_STYLE = "dim"
SIGNS = {
    "about": "≈",
    "at_least": "≥",
    "more_than": ">",
    "at_most": "≤",
    "less_than": "<",
    "nearly": "→",
}
ARROWS = {"increase": "↑", "decrease": "↓"}


def amount(figure: Figure) -> str:
    """The value after scale with its hedge as a sign: `≥ 537,030,000,000 元`."""
    sign = SIGNS.get(figure.modifier, "")
    upper = f"–{grouped(figure.upper)}" if figure.upper is not None else ""
    parts = (sign, grouped(figure.value) + upper, figure.unit or "")
    return " ".join(part for part in parts if part)


def grouped(value: Decimal) -> str:
    """A decimal with its thousands set apart."""
    whole, point, fraction = plain(value).partition(".")
    return (
        f"{int(whole):,}{point}{fraction}" if whole.lstrip("-").isdigit() and whole != "-0" else plain(value)
    )


def kind_and_direction(figure: Figure) -> str:
    """`level`, `change ↑`."""
    arrow = ARROWS.get(figure.direction or "", "")
    return f"{figure.kind} {arrow}".rstrip()
