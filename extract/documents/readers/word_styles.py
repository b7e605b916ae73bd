"""What the styles of a DOCX say about a paragraph or run: heading or not, seen or not, struck out, raised."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from docx.oxml.ns import qn

_VAL = qn("w:val")
_OFF = frozenset({"0", "false", "off", "none"})
_HEADING = re.compile(r"(?:heading|标题)\s*([1-9])", re.IGNORECASE)
_TINY = 4  # half-points: two points
_LONGEST_CHAIN = 20
_WHITE = re.compile(r"[Ff][A-Fa-f0-9]{5}")
_NO_FILL = frozenset({None, "auto", "FFFFFF", "ffffff"})
_DEEPEST_LEVEL = 9
_WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_VML = "{urn:schemas-microsoft-com:vml}"
_FILLS = ("solidFill", "gradFill", "blipFill", "pattFill")
_VML_WHITE = frozenset({"white", "#fff", "#ffffff", "#FFFFFF", "window"})
_NOTE_STYLES = frozenset({"footnote reference", "endnote reference"})
_SMALLER = 0.85  # of the paragraph's largest size; raised signs are smaller
_USUAL_SIZE = 21  # half-points, where nothing says so
_RAISED = 0.25  # of its own size is how far a sign of full size is raised at least
_FONTS = ("ascii", "hAnsi", "eastAsia", "cs")


_LOOKS = frozenset(qn(f"w:{name}") for name in "strike dstrike vertAlign position".split())
_FONT = qn("w:rFonts")


@dataclass(frozen=True, slots=True)
class Look:
    """How a run looks.

    Attributes:
        hidden: how it is hidden, as a key of `HIDDEN`; empty where it is seen.
        struck: whether it is struck out.
        raised: whether it stands small and high, as the mark of a note or a power.
        font: of its Latin letters; empty where nothing says so.
    """

    hidden: str = ""
    struck: bool = False
    raised: bool = False
    font: str = ""


class Styles:
    """The styles of one document.

    Args:
        document: as python-docx opens it.
    """

    def __init__(self, document: Any) -> None:
        self._by_id: dict[str, Any] = {}
        self._inherited: dict[tuple[str | None, str | None], tuple[Any, ...]] = {}
        self._defaults: Any = None
        self._paragraph_default = ""
        try:
            element = document.styles.element
        except (KeyError, AttributeError):
            return
        for style in element.findall(_w("style")):
            identity = style.get(_w("styleId"), "")
            self._by_id[identity] = style
            if style.get(_w("default")) == "1" and style.get(_w("type")) == "paragraph":
                self._paragraph_default = identity
        self._defaults = element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")

    def heading(self, paragraph: Any) -> tuple[int, str]:
        """Level and style of a heading; 0 where the paragraph is none."""
        own = paragraph.find(_w("pPr"))
        level = _value(own, "outlineLvl")
        name = ""
        for style in self.chain(_value(own, "pStyle") or self._paragraph_default):
            title = _value(style, "name") or ""
            name = name or title
            if level is None:
                level = _value(style.find(_w("pPr")), "outlineLvl")
            if level is None and (match := _HEADING.fullmatch(title)):
                level = str(int(match[1]) - 1)
        if level is None or not level.isdigit() or int(level) >= _DEEPEST_LEVEL:
            return 0, ""
        return int(level) + 1, name or f"outline level {int(level) + 1}"

    @staticmethod
    def of_paragraph(paragraph: Any) -> str | None:
        """The style that a paragraph names."""
        return _value(paragraph.find(_w("pPr")), "pStyle")

    def look(self, run: Any, paragraph: Any, style: str | None) -> Look:
        """How a run looks.

        Args:
            run: of WordprocessingML or Office Math.
            paragraph: in which it stands.
            style: of the paragraph; see `of_paragraph`.
        """
        own = run.find(_w("rPr"))
        names = _value(own, "rStyle"), style
        properties = [*(() if own is None else (own,)), *self._inherit(*names)]
        said = {one.tag for holder in properties for one in holder}
        if said.isdisjoint(_LOOKS) and names[0] is None:
            return Look(_way_hidden(properties, paragraph), font=_font(properties) if _FONT in said else "")
        return Look(
            _way_hidden(properties, paragraph),
            _on(properties, "strike") or _on(properties, "dstrike"),
            self._is_raised(properties, names, paragraph),
            _font(properties),
        )

    def _is_raised(self, properties: list[Any], names: tuple[str | None, str | None], paragraph: Any) -> bool:
        style = names[0]
        aligned = _first(properties, "vertAlign")
        if aligned is not None and aligned != "baseline":
            return aligned == "superscript"
        if style is not None and any(
            (_value(one, "name") or "").lower() in _NOTE_STYLES for one in self.chain(style)
        ):
            return True
        position = _half_points(_first(properties, "position"))
        if position <= 0:
            return False
        size = _half_points(_first(properties, "sz")) or _USUAL_SIZE
        sizes = (_half_points(one.get(_VAL)) for one in paragraph.iter(_w("sz")))
        around = self._inherit(None, names[1])
        largest = max(size, _half_points(_first(around, "sz")), *sizes)
        return size <= _SMALLER * largest or position >= _RAISED * size

    def chain(self, identity: str | None) -> Iterator[Any]:
        """A style and those that it is based on."""
        for _ in range(_LONGEST_CHAIN):
            style = self._by_id.get(identity or "")
            if style is None:
                return
            yield style
            identity = _value(style, "basedOn")

    def _inherit(self, run_style: str | None, paragraph_style: str | None) -> tuple[Any, ...]:
        names = run_style, paragraph_style
        if names not in self._inherited:
            self._inherited[names] = tuple(self._properties(*names))
        return self._inherited[names]

    def _properties(self, run_style: str | None, paragraph_style: str | None) -> Iterator[Any]:
        """The run properties that two styles bring, nearest first."""
        for identity in (run_style, paragraph_style or self._paragraph_default):
            for style in self.chain(identity):
                if (properties := style.find(_w("rPr"))) is not None:
                    yield properties
        if self._defaults is not None:
            yield self._defaults


def _way_hidden(properties: list[Any], paragraph: Any) -> str:
    if _on(properties, "vanish") or _on(properties, "specVanish"):
        return "vanish"
    size = _first(properties, "sz")
    if size is not None and size.isdigit() and int(size) <= _TINY:
        return "tiny"
    color = _first(properties, "color")
    if color is not None and _near_white(color) and not _filled(properties, paragraph):
        return "white"
    return ""


def _font(properties: list[Any]) -> str:
    for one in properties:
        fonts = one.find(_w("rFonts"))
        if fonts is not None and (found := next(filter(None, (fonts.get(_w(name)) for name in _FONTS)), "")):
            return str(found)
    return ""


def _half_points(text: str | None) -> int:
    """A size or position; 0 where it is none."""
    return int(text) if text and text.lstrip("-").isascii() and text.lstrip("-").isdigit() else 0


@cache
def _w(name: str) -> str:
    """The tag or attribute of WordprocessingML of that name."""
    return str(qn(f"w:{name}"))


def _value(element: Any, name: str) -> str | None:
    found = None if element is None else element.find(_w(name))
    value = None if found is None else found.get(_VAL)
    return None if value is None else str(value)


def _first(properties: Sequence[Any], name: str) -> str | None:
    return next((value for one in properties if (value := _value(one, name)) is not None), None)


def _on(properties: list[Any], name: str) -> bool:
    for one in properties:
        found = one.find(_w(name))
        if found is not None:
            return str(found.get(_VAL, "1")).lower() not in _OFF
    return False


def _near_white(color: str) -> bool:
    return _WHITE.fullmatch(color) is not None and all(
        int(color[at : at + 2], 16) >= 0xF5 for at in (0, 2, 4)
    )


def _filled(properties: list[Any], paragraph: Any) -> bool:
    """Whether something dark may lie behind a run: a highlight, a shading of run, paragraph, cell or table, a box."""
    if any(one.find(_w("highlight")) is not None for one in properties) or _in_filled_box(paragraph):
        return True
    around = [paragraph, *paragraph.iterancestors(_w("tc"), _w("tr"), _w("tbl"))]
    holders = [*properties, *(child for up in around for child in up if child.tag.endswith("Pr"))]
    shades = (shade for holder in holders for shade in holder.iter(_w("shd")))
    return any(shade.get(_w("fill")) not in _NO_FILL for shade in shades)


def _in_filled_box(paragraph: Any) -> bool:
    """Whether a paragraph stands in a drawn box that has a colour, a pattern or a picture of its own."""
    for up in paragraph.iterancestors(f"{_WPS}wsp"):
        shape = up.find(f"{_WPS}spPr")
        return shape is not None and any(shape.find(f"{_DRAWING}{fill}") is not None for fill in _FILLS)
    for up in paragraph.iterancestors(f"{_VML}shape", f"{_VML}rect", f"{_VML}roundrect"):
        return up.get("filled", "t") in {"t", "true"} and up.get("fillcolor", "white") not in _VML_WHITE
    return False
