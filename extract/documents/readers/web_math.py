"""Formulas of a web page (MathML) as plain text: fractions with a stroke, powers raised."""

import re
from collections.abc import Iterator
from typing import Any

from extract.documents.readers.raised import Fraction, Raised
from extract.documents.readers.tex import LONGEST, Part, grouped, joined, read_formula

_NOT_SAID = frozenset({"annotation", "annotation-xml", "mphantom", "mspace", "maligngroup", "malignmark"})
_UNSEEN_SIGNS = dict.fromkeys(range(0x2061, 0x2065))
_DRAWN = re.compile(rf"\\\(([^\n]{{1,{LONGEST}}}?)\\\)|\\\[([^\n]{{1,{LONGEST}}}?)\\\]")
_DEEPEST = 60
_RENDERED = ("katex", "MathJax", "mjx")


def formula_parts(element: Any) -> list[Part]:
    """What a formula says.

    Args:
        element: a `math` element; some programs write TeX into it.

    Returns:
        Its words, with raised signs and fractions by themselves.
    """
    if len(element) == 0:
        return formula_in_tex(element.text or "")
    return list(joined(_parts(element, 0)))


def formula_in_tex(text: str) -> list[Part]:
    """What a formula in TeX says; what is too long for one as it is."""
    return read_formula(text) if len(text) <= LONGEST else [text]


def with_formulas_read(text: str) -> Iterator[Part]:
    r"""The words of a page and what the formulas among them say that a script draws: `\(\frac{3}{5}\)`."""
    at = 0
    for match in _DRAWN.finditer(text):
        yield text[at : match.start()]
        yield from read_formula(match[1] or match[2])
        at = match.end()
    yield text[at:]


def is_formula_twice(element: Any) -> bool:
    """Whether an element draws a formula that stands beside it as MathML, as the scripts of pages put it."""
    if element.get("aria-hidden") != "true":
        return False
    around = element.getparent()
    if around is None:
        return False
    drawn = around.tag == "mjx-container" or around.get("class", "").startswith(_RENDERED)
    return drawn and any(other is not element and _holds_formula(other) for other in around)


def without_prefix(tag: str) -> str:
    """The name of an element, as some pages write it with a prefix: `mml:math`."""
    return tag.rpartition(":")[2]


def _says(element: Any) -> bool:
    """Whether it holds more than a stroke or an accent."""
    return any(char.isalnum() for text in element.itertext() for char in text)


def _holds_formula(element: Any) -> bool:
    return isinstance(element.tag, str) and (element.tag == "math" or element.find(".//math") is not None)


def _parts(element: Any, depth: int) -> Iterator[Part]:
    if not isinstance(element.tag, str):
        return
    tag = without_prefix(element.tag)
    if tag in _NOT_SAID:
        return
    children = [child for child in element if isinstance(child.tag, str)]
    if depth > _DEEPEST or not children:
        yield _plain("".join(element.itertext()))
    elif tag == "mfrac" and len(children) == 2:
        above, below = (_words(child, depth) for child in children)
        yield Fraction(f"{grouped(above)}/{grouped(below)}")
    elif tag in {"msup", "msubsup"} and len(children) >= 2:
        for child in children[:-1]:
            yield from _parts(child, depth + 1)
        yield Raised(_words(children[-1], depth))
    elif tag == "semantics" or (tag in {"munder", "mover"} and not _says(children[-1])):
        yield from _parts(children[0], depth + 1)
    else:
        yield "√" if tag == "msqrt" else ""
        yield _plain(element.text or "")
        for child in children:
            yield from _parts(child, depth + 1)
            yield _plain(child.tail or "")


def _words(element: Any, depth: int) -> str:
    return "".join(part if isinstance(part, str) else part.text for part in _parts(element, depth + 1))


def _plain(text: str) -> str:
    return "".join(text.split()).translate(_UNSEEN_SIGNS)
