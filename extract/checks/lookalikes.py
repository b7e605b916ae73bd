"""Letters and digits of another script in the middle of Latin words and numbers: GDР with a Cyrillic Р, 1O0."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

# Cyrillic and Greek letters that look like Latin ones; α, β, μ and the like stand for themselves.
_ALIKE = "АВЕЅІЈКМНОРСТУХаеорсухіјѕӏԁԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧον"
_MIXED = re.compile(rf"[{_ALIKE}]+(?=[A-Za-z0-9])|(?<=[A-Za-z0-9])[{_ALIKE}]+")
# A letter for a digit: 1O0, 3l5, 9О%; 5G, O2O and CO2 are no numbers.
_LETTER = re.compile(r"(?<=[0-9.,])[OoОоΟοlI|](?=[0-9.]|[%％‰万亿元个])")
_LATIN_NAME = re.compile(r"[A-Za-z]")
# Digits of other scripts and of mathematics; full-width ones are everyday printing.
_ANY_DIGIT = re.compile(
    r"[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u09e6-\u09ef\u0e50-\u0e59\U0001d7ce-\U0001d7ff]"
)
_SCREEN = re.compile(r"[\u0370-\u03ff\u0400-\u052f\u0660-\u0e59\U0001d400-\U0001d7ff]|[0-9.,][OoOlI|]")
_AROUND = 6
_END = re.compile(r"[\s\u3000-\u303f\uff00-\uff0f\uff1a-\uff20]")


@dataclass(frozen=True, slots=True)
class Lookalike:
    """One such character.

    Attributes:
        at: its place in the text.
        char: the character.
        word: it and what stands around it.
    """

    at: int
    char: str
    word: str


def lookalikes(text: str, start: int, end: int) -> Iterator[Lookalike]:
    """The characters of text[start:end] that pass for others, in reading order."""
    if _SCREEN.search(text, start, end) is None:
        return
    places: set[int] = set()
    for pattern in (_MIXED, _ANY_DIGIT):
        for match in pattern.finditer(text, start, end):
            places.update(range(match.start(), match.end()))
    for match in _LETTER.finditer(text, start, end):
        if not _in_name(text, match.start(), start):
            places.add(match.start())
    for at in sorted(places):
        yield Lookalike(at, text[at], _word(text, at, start, end))


def _in_name(text: str, at: int, start: int) -> bool:
    """Whether a letter ends a name such as B2I, so that it is not in a number."""
    while at > start and text[at - 1] in "0123456789.,":
        at -= 1
    return at > start and _LATIN_NAME.match(text[at - 1]) is not None


def _word(text: str, at: int, start: int, end: int) -> str:
    first, last = at, at + 1
    while first > max(start, at - _AROUND) and not _END.match(text[first - 1]):
        first -= 1
    while last < min(end, at + _AROUND) and not _END.match(text[last]):
        last += 1
    return "".join(char for char in text[first:last] if unicodedata.category(char) not in {"Cf", "Cc", "Cs"})
