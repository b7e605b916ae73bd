"""What a raised sign beside the text says: a power stays, written so; the mark of a note is none of the text.

So 86.3 with a raised 2 before 亿元 is 86.3亿元, m with a raised 2 is m², and 2.1×10 with a raised 5 is 2.1×10⁵.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from extract.documents.readers.building import Left, Piece

NOTE_MARK = "note_mark"
"""The reason, as a key of `DROPPED`."""

_SUPERSCRIPTS = str.maketrans("0123456789-−–+", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻⁻⁺")
_WRITTEN_SO = re.compile(r"(?<=[0-9%％\]）)])[⁰¹²³⁴-⁹]{1,3}(?=[^⁰¹²³⁴-⁹]|$)")
_PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")

_EXPONENT = re.compile(r"[-−–+]?\d{1,2}")
_TEN = re.compile(r"(?:[×xX*✕⨯·∙⋅]|^|[（(：:/])\s*10$")
_LENGTH = re.compile(r"(?:^|[^A-Za-z])[kcdhmnNμµ]?m$|(?<![方里])米$")
_VARIABLE = re.compile(r"(?:^|[^A-Za-z0-9])[a-zR]$")
_LATIN = re.compile(r"[A-Za-z]$")
_LONGEST_MARK = 12
_MARK = re.compile(
    r"(?:[（(【〔［\[]\s*)?(?:注\s*[:：]?)?\s*(?:\d{1,3}|[①-⑳⓪❶-❿⓵-⓾㉑-㉟]+|[*＊※†‡§#]+|[a-zA-Z](?=\W))?"
    r"(?:\s*[,，、\-–—~]\s*(?:\d{1,3}|[①-⑳]|[*＊]+))*\s*(?:[)）】〕］\]])?"
)
_NUMBER_GOES_ON = re.compile(r"\s*[/⁄∕]\s*\d")
_CLAIMS_A_NUMBER = re.compile(r"[达到至为超过是约近增长降升]$")
_COUNTS = re.compile(r"[.．]?\d|[万亿千百十]|[%％‰个元吨亩人户家]")
_DEGREE = frozenset("oO0○。º")


@dataclass(frozen=True, slots=True)
class Raised:
    """A run of text that is set small and high beside the others."""

    text: str


def settled(pieces: Iterable[Piece | Raised]) -> Iterator[Piece]:
    """The pieces of a paragraph with what each raised one says.

    Args:
        pieces: of one paragraph, in order; a mark may come in several raised ones.

    Yields:
        The same; a raised one as a power or as it is, or as what is left out.
    """
    before = ""
    held: list[Piece | Raised] = []
    for piece in pieces:
        if isinstance(piece, str) and piece and held:
            for one in _settled(held, before, piece):
                yield one
                before = _tail(before, one)
            held = []
        if isinstance(piece, Raised) or held:
            held.append(piece)
        else:
            yield piece
            before = _tail(before, piece)
    yield from _settled(held, before, "")


def _tail(before: str, piece: Piece) -> str:
    return (before + piece)[-_LONGEST_MARK:] if isinstance(piece, str) else before


def _settled(held: Iterable[Piece | Raised], before: str, after: str) -> Iterator[Piece]:
    held = list(held)
    text = "".join(one.text for one in held if isinstance(one, Raised))
    if text:
        shown = meant(before, text, after)
        yield Left(text, NOTE_MARK) if shown is None else shown
    yield from (one for one in held if not isinstance(one, Raised))


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
    if _EXPONENT.fullmatch(sign) and _is_power(sign, before):
        return sign.translate(_SUPERSCRIPTS)
    if sign.isdigit() and _NUMBER_GOES_ON.match(after):
        return raised
    if sign.isdigit() and _CLAIMS_A_NUMBER.search(before) and _COUNTS.match(after):
        return raised
    return None if len(sign) <= _LONGEST_MARK and _MARK.fullmatch(sign) else raised


def _is_power(sign: str, before: str) -> bool:
    """Whether a raised number is the power of what stands before it: of ten, a length, a letter."""
    if _TEN.search(before):
        return True
    if sign.isdigit():
        return (sign in {"2", "3"} and bool(_LENGTH.search(before))) or bool(_VARIABLE.search(before))
    return bool(_LATIN.search(before))


def without_marks(text: str) -> Iterator[Piece]:
    """A text in which marks of notes are written with raised characters: 86.3²亿元."""
    at = 0
    for match in _WRITTEN_SO.finditer(text):
        if meant(text[: match.start()], match[0].translate(_PLAIN), text[match.end() :]) is None:
            yield text[at : match.start()]
            yield Left(match[0], NOTE_MARK)
            at = match.end()
    yield text[at:]
