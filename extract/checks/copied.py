"""Reads the number that a model copied, however much it copied with it."""

from collections.abc import Sequence
from typing import NamedTuple

from extract.checks.comparison import same_digits
from extract.numbers import find_mentions
from extract.numbers.mention import Mention


def whole_mention_text(text: str, mentions: Sequence[Mention], texts: Sequence[str]) -> str:
    """The text of the whole mention that a copied number stands for, without blanks.

    A model copies `超3000亿元` or `7%左右`, blanks included, or leaves the unit out; the number in it is what
    must be a whole mention.

    Args:
        text: what was copied.
        mentions: that it may stand for.
        texts: theirs, without blanks.
    """
    copied = without_blanks(text)
    if copied in texts:
        return copied
    number = _only_number(copied)
    if number is None:
        return copied
    if number.unit is None:
        for mention, whole in zip(mentions, texts, strict=True):
            if _same_number(mention, number) and whole.startswith(number.text):
                return whole
    return number.text


def _same_number(mention: Mention, number: Mention) -> bool:
    return (mention.value, mention.upper) == (number.value, number.upper)


class Misreading(NamedTuple):
    """A number of the text that a copied one was probably meant to be.

    Attributes:
        code: `scale_differs`, `unit_differs` or `digits_differ`.
        mention: the number of the text.
    """

    code: str
    mention: Mention


def misreading(text: str, mentions: Sequence[Mention]) -> Misreading | None:
    """The mention that is nearest to a copied number which is none of them; None where nothing is near.

    Nearest are the same digits in another power of ten, then the same value in another unit, then a number of
    the same shape (43.8% for 48.3%).
    """
    copied = _only_number(without_blanks(text))
    if copied is not None and copied.value is not None:
        for mention in mentions:
            if mention.value is not None and same_digits(copied.value, mention.value):
                return Misreading("scale_differs", mention)
        for mention in mentions:
            if _same_number(mention, copied):
                return Misreading("unit_differs", mention)
    alike = _shape(text)
    shaped = [mention for mention in mentions if alike and _shape(mention.text) == alike]
    return Misreading("digits_differ", shaped[0]) if shaped else None


def _only_number(text: str) -> Mention | None:
    numbers = [mention for mention in find_mentions(text) if mention.value is not None]
    return numbers[0] if len(numbers) == 1 else None


def _shape(text: str) -> str:
    """The number with every digit made alike."""
    return "".join("0" if c.isdigit() else c for c in text if not c.isspace())


def without_blanks(text: str) -> str:
    """The text without any blank, as copied numbers are compared."""
    return "".join(text.split())


def shortened(text: str) -> str:
    """At most forty characters of what a model copied, for a message."""
    return text if len(text) <= 40 else f"{text[:39]}…"
