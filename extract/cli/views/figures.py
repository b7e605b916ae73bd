"""A figure's direction, hedge and amount in one cell."""

from decimal import Decimal, InvalidOperation

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
    """Direction, hedge and value after scale: `↑`, `≥ 537,030,000,000 元`.

    The value is left out where it would only repeat the text: `158家`, `7.9%`.
    """
    signs = (ARROWS.get(figure.direction or "", ""), SIGNS.get(figure.modifier, ""))
    number = "" if _as_printed(figure) else _value(figure)
    return " ".join(part for part in (*signs, number) if part)


def _as_printed(figure: Figure) -> bool:
    text = "".join(figure.text.split()).removesuffix(figure.unit or "")
    try:
        return figure.upper is None and Decimal(text) == figure.value
    except InvalidOperation:
        return False


def _value(figure: Figure) -> str:
    upper = f"–{grouped(figure.upper)}" if figure.upper is not None else ""
    return f"{grouped(figure.value)}{upper} {figure.unit or ''}".rstrip()


def grouped(value: Decimal) -> str:
    """A decimal with its thousands set apart."""
    whole, point, fraction = plain(value).partition(".")
    return (
        f"{int(whole):,}{point}{fraction}" if whole.lstrip("-").isdigit() and whole != "-0" else plain(value)
    )
