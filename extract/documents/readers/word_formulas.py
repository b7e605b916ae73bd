r"""Formulas of a DOCX as a person reads them out: fractions with a stroke, powers raised.

They come as Office Math (`m:f`, `m:sSup`…), or as the older field EQ (`EQ \f(3,5)`), which also puts numbers in
rings and words below how they are pronounced.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

from extract.documents.readers.building import Left, Unseen
from extract.documents.readers.raised import Fraction, Part, Raised, meant

MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_VAL = f"{MATH}val"
MATH_RUN = f"{MATH}r"
MATH_TEXT = f"{MATH}t"

Parts = Iterator[Part]
Inner = Callable[[Any], Parts]
"""Reads what is no structure of a formula: its runs, and what tracked changes put around them."""

_SIMPLE = re.compile(r"[^\s+\-−×÷=<>/(（]+")
_A_NUMBER = re.compile(r"[\d.,，]*\d|[%％]|")
_TEN = "10"
_CROSSED = ("strikeH", "strikeV", "strikeBLTR", "strikeTLBR")
_OFF = frozenset({"0", "false", "off"})


def formula(element: Any, inner: Inner) -> Parts:
    """The words of a formula or of a part of one.

    Args:
        element: of Office Math.
        inner: reads its runs.
    """
    name = element.tag.removeprefix(MATH)
    if name.endswith("Pr"):
        return
    if name in _STRUCTURES:
        yield from _STRUCTURES[name](element, inner)
        return
    for child in element:
        if isinstance(child.tag, str):
            yield from _part(child, inner)


def _part(child: Any, inner: Inner) -> Parts:
    if child.tag.startswith(MATH) and child.tag != MATH_RUN:
        yield from formula(child, inner)
    else:
        yield from inner(child)


def _child(element: Any, name: str, inner: Inner) -> list[Part]:
    found = element.find(f"{MATH}{name}")
    return [] if found is None else list(formula(found, inner))


def _property(element: Any, name: str) -> str | None:
    """A property of a structure: `chr` of `m:nary` stands in `m:naryPr`."""
    found = element.find(f"{element.tag}Pr/{MATH}{name}")
    return None if found is None else str(found.get(_VAL, "1"))


def _words(parts: list[Part]) -> str:
    """What is seen of some parts, in one line."""
    return "".join(map(_word, parts)).strip()


def _word(part: Part) -> str:
    if isinstance(part, Raised):
        return f"^{part.text}"
    return part if isinstance(part, str) else part.text if isinstance(part, Fraction) else ""


def _aside(*parts: list[Part]) -> Parts:
    """What of the parts is not seen, or left out."""
    yield from (one for pieces in parts for one in pieces if isinstance(one, Unseen | Left))


def _grouped(words: str) -> str:
    return words if _SIMPLE.fullmatch(words) or not words else f"({words})"


def _fraction(element: Any, inner: Inner) -> Parts:
    above, below = _child(element, "num", inner), _child(element, "den", inner)
    yield from _aside(above, below)
    yield Fraction(_over(_words(above), _words(below)))


def _over(above: str, below: str) -> str:
    return f"{_grouped(above)}/{_grouped(below)}" if above and below else above + below


def _power(element: Any, inner: Inner) -> Parts:
    base, above = _child(element, "e", inner), _child(element, "sup", inner)
    yield from base
    yield from _aside(above)
    words = _words(base)
    if words != _TEN and _A_NUMBER.fullmatch(words):  # 86.3 with a 2 above it is no square
        yield Raised(_words(above))
    else:
        yield _raised_to(_words(above))


def _raised_to(exponent: str) -> str:
    if not exponent:
        return ""
    shown = meant("x", exponent, "")
    return shown if shown and shown != exponent else f"^{_grouped(exponent)}"


def _both(element: Any, inner: Inner) -> Parts:
    yield from _child(element, "e", inner)
    yield from _child(element, "sub", inner)
    above = _child(element, "sup", inner)
    yield from _aside(above)
    yield _raised_to(_words(above))


def _root(element: Any, inner: Inner) -> Parts:
    degree, radicand = _child(element, "deg", inner), _child(element, "e", inner)
    yield from _aside(degree, radicand)
    yield f"{_words(degree)}√{_grouped(_words(radicand))}"


def _sum(element: Any, inner: Inner) -> Parts:
    yield _property(element, "chr") or "∫"
    for name in ("sub", "sup", "e"):
        yield from _child(element, name, inner)


def _brackets(element: Any, inner: Inner) -> Parts:
    begins, parts, ends = (_property(element, name) for name in ("begChr", "sepChr", "endChr"))
    yield "(" if begins is None else begins
    for n, one in enumerate(element.findall(f"{MATH}e")):
        if n:
            yield parts or "|"
        yield from formula(one, inner)
    yield ")" if ends is None else ends


def _boxed(element: Any, inner: Inner) -> Parts:
    words = _child(element, "e", inner)
    if any((_property(element, name) or "0").lower() not in _OFF for name in _CROSSED):
        yield from _aside(words)
        yield Left(_words(words), "struck")
    else:
        yield from words


def _phantom(element: Any, inner: Inner) -> Parts:
    words = _child(element, "e", inner)
    if (_property(element, "show") or "1").lower() in _OFF:
        yield from _aside(words)
        yield Unseen(_words(words), "vanish")
    else:
        yield from words


_STRUCTURES: dict[str, Callable[[Any, Inner], Parts]] = {
    "f": _fraction,
    "sSup": _power,
    "sSubSup": _both,
    "rad": _root,
    "nary": _sum,
    "d": _brackets,
    "borderBox": _boxed,
    "phant": _phantom,
}


# The field EQ ---------------------------------------------------------------------------------------------

_EQ = re.compile(r"\s*EQ\b", re.IGNORECASE)
_FORMATS = re.compile(r'\\\*\s*(?:"[^"]*"|[^\s\\]+)')
_SWITCH = re.compile(r"\\([a-zA-Z]+)\s*(-?\d+)?\s*")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_UNTIL = re.compile(r"[^\\(),;]+")
_RINGS = frozenset("○◯〇")
_MOST_IN_RING = 20
_DEEPEST = 20


def field(code: str) -> list[Part] | None:
    """The words of a field EQ; None for a field of another kind.

    Args:
        code: of the field, with its name.
    """
    named = _EQ.match(code)
    return _Equation(_FORMATS.sub("", code[named.end() :])).read() if named else None


class _Equation:
    r"""One field at work: `\f(3,5)`, `\s\up 8(2)`, `\o\ac(○,3)`."""

    def __init__(self, code: str) -> None:
        self._code = code.strip()
        self._at = 0

    def read(self) -> list[Part]:
        pieces: list[Part] = []
        while self._at < len(self._code):
            pieces += self._sequence(0)
            self._at += 1  # over a bracket that closes nothing
        return pieces

    def _sequence(self, depth: int) -> list[Part]:
        """Everything up to a comma or a closing bracket."""
        pieces: list[Part] = []
        while self._at < len(self._code) and (depth == 0 or self._code[self._at] not in ",;)"):
            if switch := _SWITCH.match(self._code, self._at):
                pieces += self._switched(switch, depth)
            elif escaped := _ESCAPED.match(self._code, self._at):
                self._at = escaped.end()
                pieces.append(escaped[1])
            else:
                plain = _UNTIL.match(self._code, self._at)
                end = plain.end() if plain else self._at + 1
                pieces.append(self._code[self._at : end])
                self._at = end
        return pieces

    def _switched(self, switch: re.Match[str], depth: int) -> list[Part]:
        """What one switch with its options and arguments says."""
        name, options = switch[1].lower(), set[str]()
        self._at = switch.end()
        while option := _SWITCH.match(self._code, self._at):
            options.add(option[1].lower())
            self._at = option.end()
        arguments = self._arguments(depth) if self._code[self._at : self._at + 1] == "(" else []
        words = [_words(one) for one in arguments]
        if name == "f" and len(words) == 2:
            return [Fraction(_over(*words))]
        if name == "r" and words:
            return [f"{''.join(words[:-1])}√{_grouped(words[-1])}"]
        if name == "s" and "up" in options:
            return [Raised("".join(words))]
        if name == "o" and words:
            return _overlaid(arguments)
        return [piece for argument in arguments for piece in argument]

    def _arguments(self, depth: int) -> list[list[Part]]:
        if depth >= _DEEPEST:
            self._at = len(self._code)
            return []
        arguments: list[list[Part]] = []
        while self._at < len(self._code) and self._code[self._at] != ")":
            self._at += 1  # over the bracket or comma before it
            arguments.append(self._sequence(depth + 1))
        self._at += 1
        return arguments


def _overlaid(arguments: list[list[Part]]) -> list[Part]:
    """Signs printed over each other: a number in a ring, or a word below how it is pronounced."""
    words = [_words(one) for one in arguments]
    number = words[-1]
    if words[0] in _RINGS:
        inside = number.isascii() and number.isdigit() and 0 < int(number) <= _MOST_IN_RING
        return [chr(ord("①") + int(number) - 1) if inside else number]
    above = [one.text for argument in arguments for one in argument if isinstance(one, Raised)]
    base = [one for argument in arguments for one in argument if isinstance(one, str | Fraction)]
    return [*base, *(Left(text, "ruby") for text in above)]
