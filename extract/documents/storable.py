"""Characters that no store takes: NUL, which PostgreSQL refuses, and lone surrogates, which no UTF-8 can hold.

Each gives way to SUBSTITUTE, which stands for "a character that was invalid" and which cleaning leaves out as it
leaves out every control. One character stands for one, so that spans still point into the text as decoded.
"""

import re
from collections.abc import Iterator

from extract.documents.model import LeftOut

SUBSTITUTE = "\x1a"
REASON = "unstorable"
MOST_LISTED = 2_000
"""So many places are listed one by one; those beyond are counted in the last one."""

_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
_SUBSTITUTES = re.compile(f"{SUBSTITUTE}+")


def storable(text: str) -> str:
    """A text that every store takes, character for character as long."""
    return _UNSTORABLE.sub(SUBSTITUTE, text)


def is_storable(text: str) -> bool:
    """Whether every store takes a text."""
    return _UNSTORABLE.search(text) is None


def substituted(text: str, start: int, end: int) -> Iterator[LeftOut]:
    """Where characters of text[start:end] gave way, for the account of what was left out."""
    places = [match.span() for match in _SUBSTITUTES.finditer(text, start, end)]
    for first, last in places[: MOST_LISTED - 1]:
        yield LeftOut(REASON, first, last - first, 0)
    if beyond := places[MOST_LISTED - 1 :]:
        yield LeftOut(REASON, beyond[0][0], sum(last - first for first, last in beyond), 0)
