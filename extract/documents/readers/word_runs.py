"""The words of one paragraph of a DOCX, run by run: what is seen, hidden, struck out, deleted, raised."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn

from extract.documents.readers.building import Left, Piece, Unseen
from extract.documents.readers.raised import Part, Raised, parted, settled
from extract.documents.readers.symbols import NAMELESS, shown, sign
from extract.documents.readers.word_formulas import MATH, MATH_RUN, MATH_TEXT, field, formula
from extract.documents.readers.word_styles import Look, Styles
from extract.errors import DamagedFileError
from extract.messages import Message

P, TBL, TXBX = (qn(f"w:{tag}") for tag in ("p", "tbl", "txbxContent"))
DELETED = frozenset({qn("w:del"), qn("w:moveFrom")})
_R, _T, _BR, _SYM, _RUBY = (qn(f"w:{tag}") for tag in ("r", "t", "br", "sym", "ruby"))
_INSTRUCTION, _FIELD, _SIMPLE_FIELD = (qn(f"w:{tag}") for tag in ("instrText", "fldChar", "fldSimple"))
_SIGNS = {qn("w:tab"): "\t", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-", qn("w:ptab"): "\t"}
_NOTES = frozenset({qn("w:footnoteReference"), qn("w:endnoteReference")})
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
ALTERNATE, FALLBACK = f"{_MC}AlternateContent", f"{_MC}Fallback"
SKIPPED = frozenset(
    {qn(f"w:{tag}Pr") for tag in ("p", "r", "tbl", "tc", "tr", "sdt", "sect", "ruby")} | {qn("w:delText")}
)
_PICTURES = {
    "{http://schemas.openxmlformats.org/drawingml/2006/main}blip": "picture",
    "{urn:schemas-microsoft-com:vml}imagedata": "picture",
    "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart": "embedded",
    "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds": "embedded",
}
"""What is shown and not read: elements, and the reason as a key of `DROPPED`."""
_NOTE_FIELD = re.compile(r"\s*NOTEREF\b", re.IGNORECASE)
"""A field that shows the mark of a note once more, whether raised or not."""
_DRAWN = frozenset({qn("w:drawing"), qn("w:pict"), qn("w:object")})
_DEEPEST = 200


@dataclass(frozen=True, slots=True)
class Box:
    """The place of a text box in a paragraph, and what it holds."""

    content: Any


class Runs:
    """Reads paragraphs of one document.

    Args:
        styles: of the document.
    """

    def __init__(self, styles: Styles) -> None:
        self._styles = styles

    def read(self, paragraph: Any) -> list[Piece | Box]:
        """The pieces of a paragraph, and the text boxes in it where they are anchored."""
        return list(settled(_Paragraph(paragraph, self._styles).parts(paragraph, 0)))


class _Paragraph:
    """One paragraph at work."""

    def __init__(self, paragraph: Any, styles: Styles) -> None:
        self._paragraph = paragraph
        self._styles = styles
        self._style = styles.of_paragraph(paragraph)
        self._code: list[str] | None = None  # of the field that is open
        self._in_note_mark = False

    def parts(self, element: Any, depth: int) -> Iterator[Part | Box]:
        """The words of an element."""
        if depth > _DEEPEST:
            raise DamagedFileError(Message("it is nested too deeply"))
        for child in element:
            yield from self._part(child, depth)

    def _part(self, child: Any, depth: int) -> Iterator[Part | Box]:
        tag = child.tag
        if not isinstance(tag, str) or tag in SKIPPED:
            return
        if tag in {_R, MATH_RUN}:
            yield from self._run(child, depth)
        elif tag in DELETED:
            yield Left(text_of(child, deleted=True), "deleted")
        elif tag.startswith(MATH):
            yield from formula(child, lambda inner: self._in_formula(inner, depth + 1))
        elif tag == TXBX:
            yield Box(child)
        elif tag == ALTERNATE:
            if (version := version_of(child)) is not None:
                yield from self.parts(version, depth + 1)
        elif tag == _RUBY:
            yield from self._ruby(child, depth)
        elif tag == _SIMPLE_FIELD:
            yield from field(child.get(qn("w:instr"), "")) or self.parts(child, depth + 1)
        else:
            yield from self.parts(child, depth + 1)

    def _in_formula(self, child: Any, depth: int) -> Iterator[Part]:
        yield from (part for part in self._part(child, depth) if not isinstance(part, Box))

    def _run(self, run: Any, depth: int) -> Iterator[Part | Box]:
        look = self._styles.look(run, self._paragraph, self._style)
        is_mark = self._in_note_mark or any(
            child.tag in _NOTES for child in run
        )  # words beside it are a mark of one's own
        said: list[str] = []
        for child in run:
            tag = child.tag
            if tag in {_T, MATH_TEXT}:
                said.append(shown(child.text or "", look.font))
            elif tag in _SIGNS:
                said.append(_SIGNS[tag])
            elif tag == _BR:
                said.append("\n")
            elif tag == _SYM:
                said.append(_sign(child))
            elif tag == _INSTRUCTION:
                if self._code is not None:
                    self._code.append(child.text or "")
            elif isinstance(tag, str) and tag not in SKIPPED:
                yield from _as_seen("".join(said), look, is_mark=is_mark)
                said = []
                yield from self._inside(child, depth)
        yield from _as_seen("".join(said), look, is_mark=is_mark)

    def _inside(self, child: Any, depth: int) -> Iterator[Part | Box]:
        """What a run holds besides plain words: fields, drawings, words with their pronunciation."""
        if child.tag == _FIELD:
            yield from self._field(child.get(qn("w:fldCharType")))
            return
        parts = list(self._part(child, depth + 1))
        yield from parts
        if child.tag in _DRAWN and not any(isinstance(one, Box) for one in parts):
            yield from _pictures(child)

    def _field(self, mark: str | None) -> Iterator[Part | Box]:
        """A field begins, shows its result, or ends; one that is a formula has no result."""
        code, self._code = self._code, None
        if mark == "begin":
            self._code = []
        elif mark == "separate":
            self._in_note_mark = bool(code and _NOTE_FIELD.match("".join(code)))
        elif mark == "end":
            self._in_note_mark = False
        if mark == "end" and code:
            yield from field("".join(code)) or ()

    def _ruby(self, ruby: Any, depth: int) -> Iterator[Part | Box]:
        for child in ruby:
            if child.tag == qn("w:rt"):
                yield Left(text_of(child), "ruby")
            elif child.tag == qn("w:rubyBase"):
                yield from self.parts(child, depth + 1)


def _as_seen(text: str, look: Look, *, is_mark: bool) -> Iterator[Part | Box]:
    if not text:
        return
    if look.hidden:
        yield Unseen(text, look.hidden)
    elif look.struck:
        yield Left(text, "struck")
    elif look.raised or is_mark:
        yield Raised(text)
    else:
        yield from parted(text)


def _sign(element: Any) -> str:
    code = element.get(qn("w:char"), "")
    try:
        return sign(element.get(qn("w:font"), ""), int(code, 16))
    except ValueError:
        return NAMELESS


def _pictures(drawing: Any) -> Iterator[Part | Box]:
    """What a drawing shows that is not read, by its description."""
    for tag, reason in _PICTURES.items():
        if next(drawing.iter(tag), None) is not None:
            described = (
                one.get("descr") or one.get("alt") for one in drawing.iter() if isinstance(one.tag, str)
            )
            yield Left(next(filter(None, described), "图片 / picture"), reason)
            return


def version_of(alternate: Any) -> Any | None:
    """The one of several versions of the same content that is read: the newest that holds words."""
    versions = [one for one in alternate if isinstance(one.tag, str)]
    return next((one for one in versions if _has_words(one)), versions[0] if versions else None)


def _has_words(element: Any) -> bool:
    return any((one.text or "").strip() for one in element.iter(_T, MATH_TEXT)) or any(
        True for _ in element.iter(_SYM)
    )


def text_of(element: Any, *, deleted: bool = False) -> str:
    """All words below an element in no particular form; those that were deleted only on demand."""
    tags = (_T, MATH_TEXT, qn("w:delText")) if deleted else (_T, MATH_TEXT)
    again = {
        text
        for fallback in element.iter(FALLBACK)
        if any(_has_words(one) for one in fallback.itersiblings(preceding=True))
        for text in fallback.iter(*tags)
    }
    return "".join(text.text or "" for text in element.iter(*tags) if text not in again)
