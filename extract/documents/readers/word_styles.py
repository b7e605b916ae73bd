"""What the styles of a DOCX say about a paragraph or run: heading or not, seen or not."""

import re
from collections.abc import Iterator
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


class Styles:
    """The styles of one document.

    Args:
        document: as python-docx opens it.
    """

    def __init__(self, document: Any) -> None:
        self._by_id: dict[str, Any] = {}
        self._defaults: Any = None
        self._paragraph_default = ""
        try:
            element = document.styles.element
        except (KeyError, AttributeError):
            return
        for style in element.findall(qn("w:style")):
            identity = style.get(qn("w:styleId"), "")
            self._by_id[identity] = style
            if style.get(qn("w:default")) == "1" and style.get(qn("w:type")) == "paragraph":
                self._paragraph_default = identity
        self._defaults = element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")

    def heading(self, paragraph: Any) -> tuple[int, str]:
        """Level and style of a heading; 0 where the paragraph is none."""
        own = paragraph.find(qn("w:pPr"))
        level = _value(own, "outlineLvl")
        name = ""
        for style in self.chain(_value(own, "pStyle") or self._paragraph_default):
            title = _value(style, "name") or ""
            name = name or title
            if level is None:
                level = _value(style.find(qn("w:pPr")), "outlineLvl")
            if level is None and (match := _HEADING.fullmatch(title)):
                level = str(int(match[1]) - 1)
        if level is None or not level.isdigit() or int(level) >= _DEEPEST_LEVEL:
            return 0, ""
        return int(level) + 1, name or f"outline level {int(level) + 1}"

    def way_hidden(self, run: Any, paragraph: Any) -> str:
        """How a run is hidden, as a key of `HIDDEN`; empty where it is seen."""
        properties = list(self._properties(run, paragraph))
        if _on(properties, "vanish") or _on(properties, "specVanish"):
            return "vanish"
        size = _first(properties, "sz")
        if size is not None and size.isdigit() and int(size) <= _TINY:
            return "tiny"
        color = _first(properties, "color")
        if color is not None and _near_white(color) and not _filled(properties, paragraph):
            return "white"
        return ""

    def chain(self, identity: str | None) -> Iterator[Any]:
        """A style and those that it is based on."""
        for _ in range(_LONGEST_CHAIN):
            style = self._by_id.get(identity or "")
            if style is None:
                return
            yield style
            identity = _value(style, "basedOn")

    def _properties(self, run: Any, paragraph: Any) -> Iterator[Any]:
        """The run properties that apply, nearest first."""
        own = run.find(qn("w:rPr"))
        if own is not None:
            yield own
        named = (
            _value(own, "rStyle"),
            _value(paragraph.find(qn("w:pPr")), "pStyle") or self._paragraph_default,
        )
        for identity in named:
            for style in self.chain(identity):
                if (properties := style.find(qn("w:rPr"))) is not None:
                    yield properties
        if self._defaults is not None:
            yield self._defaults


def _value(element: Any, name: str) -> str | None:
    found = None if element is None else element.find(qn(f"w:{name}"))
    value = None if found is None else found.get(_VAL)
    return None if value is None else str(value)


def _first(properties: list[Any], name: str) -> str | None:
    return next((value for one in properties if (value := _value(one, name)) is not None), None)


def _on(properties: list[Any], name: str) -> bool:
    for one in properties:
        found = one.find(qn(f"w:{name}"))
        if found is not None:
            return str(found.get(_VAL, "1")).lower() not in _OFF
    return False


def _near_white(color: str) -> bool:
    return _WHITE.fullmatch(color) is not None and all(
        int(color[at : at + 2], 16) >= 0xF5 for at in (0, 2, 4)
    )


def _filled(properties: list[Any], paragraph: Any) -> bool:
    """Whether something dark may lie behind a run: a highlight, a shading of run, paragraph, cell or table, a box."""
    if any(one.find(qn("w:highlight")) is not None for one in properties) or _in_filled_box(paragraph):
        return True
    around = [paragraph, *paragraph.iterancestors(qn("w:tc"), qn("w:tr"), qn("w:tbl"))]
    holders = [*properties, *(child for up in around for child in up if child.tag.endswith("Pr"))]
    shades = (shade for holder in holders for shade in holder.iter(qn("w:shd")))
    return any(shade.get(qn("w:fill")) not in _NO_FILL for shade in shades)


def _in_filled_box(paragraph: Any) -> bool:
    """Whether a paragraph stands in a drawn box that has a colour, a pattern or a picture of its own."""
    for up in paragraph.iterancestors(f"{_WPS}wsp"):
        shape = up.find(f"{_WPS}spPr")
        return shape is not None and any(shape.find(f"{_DRAWING}{fill}") is not None for fill in _FILLS)
    for up in paragraph.iterancestors(f"{_VML}shape", f"{_VML}rect", f"{_VML}roundrect"):
        return up.get("filled", "t") in {"t", "true"} and up.get("fillcolor", "white") not in _VML_WHITE
    return False
