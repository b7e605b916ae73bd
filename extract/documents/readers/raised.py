"""What a raised sign beside the text says: a power stays, written so; the mark of a note is none of the text.

So 86.3 with a raised 2 before 亿元 is 86.3亿元, m with a raised 2 is m², and 2.1×10 with a raised 5 is 2.1×10⁵.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from extract.documents.readers.building import Left, Piece

NOTE_MARK = "note_mark"
"""The reason, as a key of `DROPPED`."""

_SUPERSCRIPTS = str.maketrans("0123456789-−–+", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻⁻⁺")
_WRITTEN_SO = re.compile("⁽?[⁻⁺]?[⁰¹²³⁴-⁹]+⁾?")
POWER = re.compile("[⁰¹²³⁴-⁹]")
"""A digit that is written raised."""
_PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺⁽⁾", "0123456789-+()")

_EXPONENT = re.compile(r"[-−–+]?\d{1,2}")
_TEN = re.compile(r"(?:[×xX*✕⨯·∙⋅]|^|[（(：:/])\s*10$")
_LENGTH = re.compile(r"(?:^|[^A-Za-z])[kcdhmnNμµ]?m$|[㎞㎝㎜]$|(?<![方里])米$")
_VARIABLE = re.compile(r"(?:^|[^A-Za-z0-9])[a-zR]$")
_LATIN = re.compile(r"[A-Za-z]$")
_LONGEST_MARK = 12
_FAR = 12
"""So many characters on either side say what a raised sign is."""
_AND = "又"
_MARK = re.compile(
    r"(?:[（(【〔［\[]\s*)?(?:注\s*[:：]?)?\s*(?:\d{1,3}|[①-⒛⓪❶-❿⓵-⓾㉑-㉟ⅰ-ⅻ]+|[*＊※†‡§#★☆△▲◆◇]+|[a-zA-Z](?=\W))?"
    r"(?:\s*[,，、\-–—~]\s*(?:\d{1,3}|[①-⑳]|[*＊]+))*\s*(?:[)）】〕］\]])?"
)
_MARKS = re.compile(
    r"(?:[（(【〔［\[]\s*(?:注\s*)?(?:\d{1,3}|[①-⑳]|[*＊†‡§#]+|[a-zA-Z])\s*[)）】〕］\]]\s*){2,}"
)
_LETTER = re.compile(r"[a-np-z]")
_MAY_BEAR_A_LETTER = re.compile(r"[\d%％‰\u4e00-\u9fff]$")
_POWER_AND_MARK = re.compile(r"([-−–+]?\d{1,2})\s*([\[【〔［(（*＊①-⑳].*)", re.DOTALL)
_NUMBER_GOES_ON = re.compile(r"\s*[/⁄∕]\s*\d")
_CLAIMS_A_NUMBER = re.compile(r"[达到至为超过是约近增长降升]$")
_COUNTS = re.compile(r"[.．]\d|[万亿千百十]|[%％‰个元吨亩人户家]")
_DEGREE = frozenset("oO0○。º")


@dataclass(frozen=True, slots=True)
class Raised:
    """A run of text that is set small and high beside the others."""

    text: str


@dataclass(frozen=True, slots=True)
class Fraction:
    """A fraction that is set one number above the other, here with a stroke between them."""

    text: str


Part = Piece | Raised | Fraction
Other = TypeVar("Other")


def settled(parts: Iterable[Part | Other]) -> Iterator[Piece | Other]:
    """The pieces of a paragraph, with what each raised one says.

    Args:
        parts: of one paragraph, in order; a mark may come in several raised ones. What is not known here stays.

    Yields:
        The same; a raised one as a power, as it is, or as what is left out, and a fraction as 3/5, or as 又3/5
        behind the whole number that it belongs to.
    """
    every = list(parts)
    before = ""
    at = 0
    while at < len(every):
        part = every[at]
        if isinstance(part, Raised):
            end = _end_of_raised(every, at)
            text = "".join(one.text for one in every[at:end] if isinstance(one, Raised))
            yield from (one for one in every[at:end] if not isinstance(one, Raised | Fraction))
            power, mark = power_and_mark(before, text)
            if power and mark:
                yield power
                before, text = before + power, mark
            shown = meant(before, text, _words_after(every, end))
            part = Left(text, NOTE_MARK) if shown is None else shown
            at = end
        else:
            at += 1
        if isinstance(part, Fraction):
            part = f"{_AND if before[-1:].isdigit() else ''}{part.text}"
        yield part
        if isinstance(part, str):
            before = (before + part)[-_FAR:]


def _end_of_raised(parts: Sequence[object], at: int) -> int:
    """Behind the last of some raised parts between which no words stand."""
    end = at + 1
    for n in range(at + 1, len(parts)):
        if isinstance(parts[n], Raised):
            end = n + 1
        elif isinstance(parts[n], str | Fraction) and parts[n] != "":
            break
    return end


def _words_after(parts: Sequence[object], at: int) -> str:
    words = ""
    for part in parts[at:]:
        words += part if isinstance(part, str) else part.text if isinstance(part, Fraction) else ""
        if len(words) >= _FAR:
            break
    return words


def meant(before: str, raised: str, after: str) -> str | None:
    """What a raised sign says.

    Args:
        before: the words before it in the paragraph.
        raised: the sign.
        after: the words after it.

    Returns:
        How it stands in the text; None where it is the mark of a note.
    """
    sign = raised.strip()
    if not sign:
        return raised
    before = before.rstrip()
    if sign in _DEGREE and after[:1] == "C" and before[-1:].isdigit():
        return "°"
    power, mark = power_and_mark(before, sign)
    if power and not mark:
        return power
    if sign.isdigit() and _NUMBER_GOES_ON.match(after):
        return raised
    if sign.isdigit() and _CLAIMS_A_NUMBER.search(before) and _COUNTS.match(after):
        return raised
    return None if len(sign) <= _LONGEST_MARK and _is_mark(sign, before) else raised


def _is_mark(sign: str, before: str) -> bool:
    if _LETTER.fullmatch(sign):
        return bool(_MAY_BEAR_A_LETTER.search(before)) and not _TEN.search(before)
    return bool(_MARK.fullmatch(sign) or _MARKS.fullmatch(sign))


def power_and_mark(before: str, raised: str) -> tuple[str, str]:
    """What a raised sign is after a power of what stands before it: 4[2] behind a ten is the power ⁴ and the mark [2].

    Returns:
        The power, empty where it is none, and what else is raised.
    """
    sign, before = raised.strip(), before.rstrip()
    if _EXPONENT.fullmatch(sign) and _is_power(sign, before):
        return sign.translate(_SUPERSCRIPTS), ""
    match = _POWER_AND_MARK.fullmatch(sign)
    if match and _is_power(match[1], before) and _is_mark(match[2], before):
        return match[1].translate(_SUPERSCRIPTS), match[2]
    return "", raised


def _is_power(sign: str, before: str) -> bool:
    """Whether a raised number is the power of what stands before it: of ten, a length, a letter."""
    if _TEN.search(before):
        return True
    if sign.isdigit():
        return (sign in {"2", "3"} and bool(_LENGTH.search(before))) or bool(_VARIABLE.search(before))
    return bool(_LATIN.search(before))


def parted(text: str) -> Iterator[str | Raised]:
    """A text and the digits in it that are written with raised characters: 86.3²亿元."""
    at = 0
    for match in _WRITTEN_SO.finditer(text):
        if match.start() > at:
            yield text[at : match.start()]
        yield Raised(match[0].translate(_PLAIN))
        at = match.end()
    if at < len(text):
        yield text[at:]
