r"""Formulas in TeX as plain text: `57.9\%` is 57.9%, `1 . 3 \times 10^{4}` is 1.3×10⁴, `\frac{3}{5}` is 3/5.

Programs that turn pages into Markdown set numbers so. Only what a report may hold is known: signs, powers,
fractions and words; a command that is not known stays as it is written, so that nothing is lost.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Final

from extract.documents.readers.raised import Fraction, Raised, power_and_mark

Part = str | Raised | Fraction

LONGEST: Final = 400
"""So long is a formula at most, in characters; what is longer is text."""

_DEEPEST = 40
_SIGN = re.compile(r"\\[A-Za-z]+\*?|\\.|[^\\]|\\\Z", re.DOTALL)
_TEN = re.compile(r"(?:^|[×·*])10$")
_GREEK = re.compile(r"\\(?:var)?([a-z]+)")
_SIGNS = {
    r"\times": "×",
    r"\cdot": "·",
    r"\div": "÷",
    r"\pm": "±",
    r"\geq": "≥",
    r"\ge": "≥",
    r"\geqslant": "≥",
    r"\leq": "≤",
    r"\le": "≤",
    r"\leqslant": "≤",
    r"\gt": ">",
    r"\lt": "<",
    r"\neq": "≠",
    r"\ne": "≠",
    r"\approx": "≈",
    r"\sim": "~",
    r"\circ": "°",
    r"\degree": "°",
    r"\celsius": "℃",
    r"\permil": "‰",
    r"\textperthousand": "‰",
    r"\perthousand": "‰",
    r"\ldots": "…",
    r"\cdots": "…",
    r"\dots": "…",
    r"\to": "→",
    r"\rightarrow": "→",
    r"\uparrow": "↑",
    r"\downarrow": "↓",
    r"\infty": "∞",
    r"\sum": "∑",
    r"\textyen": "¥",
    r"\yen": "¥",
    r"\prime": "′",
    r"\textasciitilde": "~",
    r"\\": " ",
    "&": " ",
    "~": "",
}
_SILENT = frozenset(
    r"\mathrm \mathbf \mathit \mathsf \mathtt \mathcal \mathbb \boldsymbol \bm \text \textbf \textit \textrm \textsf \textup"
    r" \mbox \hbox \rm \bf \it \sf \tt \operatorname \displaystyle \textstyle \left \right \big \Big \bigg \Bigg \bigl"
    r" \bigr \quad \qquad \underline \overline \limits \nolimits \boxed \unit \SI \num \hfill \noindent".split()
)
_LEFT_WITH_ARGUMENT = frozenset(
    r"\begin \end \hspace \vspace \color \phantom \hphantom \label \tag \mspace".split()
)
_FRACTIONS = frozenset(r"\frac \dfrac \tfrac \cfrac \nicefrac \sfrac".split())


def read_formula(tex: str) -> list[Part]:
    """What a formula says.

    Args:
        tex: what stands between its marks.

    Returns:
        Its words, with raised signs and fractions by themselves; a formula that is nested too deeply as it is.
    """
    signs = [sign for sign in _SIGN.findall(tex) if not sign.isspace()]
    try:
        return list(joined(_Reader(signs).sequence(0)))
    except RecursionError:
        return [tex]


class _Reader:
    """Goes through the signs of a formula once."""

    def __init__(self, signs: Sequence[str]) -> None:
        self._signs = signs
        self._at = 0

    def sequence(self, depth: int) -> Iterator[Part]:
        """All up to the bracket that closes what is open."""
        if depth > _DEEPEST:
            raise RecursionError
        while self._at < len(self._signs):
            sign = self._signs[self._at]
            self._at += 1
            if sign == "}":
                if depth:
                    return
                continue
            yield from self._meaning(sign, depth)

    def _meaning(self, sign: str, depth: int) -> Iterator[Part]:
        if sign == "{":
            yield from self.sequence(depth + 1)
        elif sign == "^":
            yield self._raised(depth)
        elif sign in _FRACTIONS:
            above, below = self._argument(depth), self._argument(depth)
            yield Fraction(f"{grouped(above)}/{grouped(below)}")
        elif sign in _LEFT_WITH_ARGUMENT:
            self._argument(depth)
        elif sign == r"\textcircled":
            yield _circled(self._argument(depth))
        elif sign == r"\sqrt":
            yield "√"
        elif sign in _SIGNS:
            yield _SIGNS[sign]
        elif sign not in _SILENT and sign != "_":
            yield _plain(sign)

    def _raised(self, depth: int) -> Part:
        sign = self._argument(depth)
        return sign if sign in {"°", "′"} else Raised(sign)

    def _argument(self, depth: int) -> str:
        """The words of what follows: a group, or one sign."""
        if depth > _DEEPEST:
            raise RecursionError
        if self._at >= len(self._signs) or self._signs[self._at] == "}":
            return ""
        sign = self._signs[self._at]
        self._at += 1
        if sign in _SILENT:
            return self._argument(depth + 1)
        return "".join(
            part if isinstance(part, str) else part.text for part in self._meaning(sign, depth + 1)
        )


def _circled(text: str) -> str:
    return chr(0x245F + int(text)) if text.isascii() and text.isdigit() and 0 < int(text) <= 20 else text


def _plain(sign: str) -> str:
    """A sign, or a command that stands for one."""
    if len(sign) == 2 and sign[0] == "\\" and not sign[1].isalpha():
        return "" if sign[1] in ",;:!> ()[]" else sign[1]
    if match := _GREEK.fullmatch(sign):
        try:
            return unicodedata.lookup(f"GREEK SMALL LETTER {match[1]}")
        except KeyError:
            return sign
    return sign


def grouped(text: str) -> str:
    """A part of a fraction; in brackets where it is more than a number or a word."""
    return f"({text})" if any(sign in text for sign in "+-−×·/") else text


def joined(parts: Iterator[Part]) -> Iterator[Part]:
    """The parts of a formula with its words together; a power of ten is one, whatever stands before the formula."""
    words = ""
    for part in parts:
        if isinstance(part, str):
            words += part
            continue
        if isinstance(part, Raised) and _TEN.search(words):
            power, mark = power_and_mark("×10", part.text)
            words += power
            if not mark:
                continue
            part = Raised(mark)  # noqa: PLW2901 - what is left of it
        if words:
            yield words
            words = ""
        yield part
    if words:
        yield words
