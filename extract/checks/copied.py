"""Reads the number that a model copied, however much it copied with it."""

from collections.abc import Sequence

from extract.numbers import find_mentions
from extract.numbers.mention import Mention


def whole_mention_text(text: str, mentions: Sequence[Mention]) -> str:
    """The text of the whole mention that a copied number stands for, without blanks.

    A model copies `超3000亿元` or `7%左右`, blanks included, or leaves the unit out; the number in it is what
    must be a whole mention.
    """
    copied = without_blanks(text)
    if any(without_blanks(mention.text) == copied for mention in mentions):
        return copied
    inside = [mention for mention in find_mentions(copied) if mention.value is not None]
    if len(inside) != 1:
        return copied
    number = inside[0]
    if number.unit is None:
        for mention in mentions:
            whole = without_blanks(mention.text)
            if _same_number(mention, number) and whole.startswith(number.text):
                return whole
    return number.text


def _same_number(mention: Mention, number: Mention) -> bool:
    return (mention.value, mention.upper) == (number.value, number.upper)


def shape(text: str) -> str:
    """The number with every digit made alike, so that `43.8%` and `48.3%` have one shape."""
    return "".join("0" if c.isdigit() else c for c in text if not c.isspace())


def without_blanks(text: str) -> str:
    """The text without any blank, as copied numbers are compared."""
    return "".join(text.split())
