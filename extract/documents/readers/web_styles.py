"""Whether the words of an element are seen: as far as its attributes and the page's own style sheets say.

Not a browser: rules of one class, name or id (`.note`, `#box`, `p.note`), in the order of the page, and the
`style` attribute above them.
"""

import re
from collections.abc import Iterator, Mapping
from copy import copy
from dataclasses import dataclass, replace
from typing import Any

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
_SIMPLE = re.compile(r"([a-zA-Z][a-zA-Z0-9]*)?(?:([.#])([\w\-\u0080-\uffff]+))?")
_DECLARATION = re.compile(r"\s*([a-z-]+)\s*:\s*([^;]+?)\s*(?:!\s*important\s*)?(?:;|\Z)", re.IGNORECASE)
_LENGTH = re.compile(r"(-?\d*\.?\d+)\s*(px|pt|em|rem|%|vw|vh)?")
_RGB = re.compile(r"rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})(?:[\s,/]+(\d*\.?\d+)(%?))?\s*\)")
_NORMAL = 16.0
_TINY = 2.0
_FAR = -500.0
_NEAR_WHITE = 245
_MOST_RULES = 20_000
_NAMED = {
    "white": (255, 255, 255),
    "snow": (255, 250, 250),
    "ivory": (255, 255, 240),
    "whitesmoke": (245, 245, 245),
    "ghostwhite": (248, 248, 255),
    "black": (0, 0, 0),
}
_SAYING = ("style", "class", "id", "hidden", "type", "color", "bgcolor", "background", "role")
"""The attributes that an element's look depends on."""

_STRUCK = {"text-decoration": "line-through"}
_USUAL = {"s": _STRUCK, "strike": _STRUCK, "del": _STRUCK}
"""What a browser declares for elements of a name, unless the page says otherwise."""

_LEFT = {
    "del": "struck",
    "rt": "ruby",
    "rp": "ruby",
    "rtc": "ruby",
    "page_number": "page_number",
    "page-number": "page_number",
    "watermark": "watermark",
}
"""Elements whose words are no text of the document, whatever the page declares, and why: a key of `DROPPED`.
The last two are written by programs that turn scans into text.
"""

_ROLES = {
    "doc-footnote": "footnote",
    "doc-endnote": "footnote",
    "doc-endnotes": "footnote",
    "doc-noteref": "note_mark",
    "doc-backlink": "note_mark",
}
_MARKED = frozenset({*_LEFT, "sup", "sub", "rb"})
_IN_LINE = frozenset("a b em font i small span strong u".split())
_MOST_RAISED = 30.0  # pixels; what is moved farther is no raised sign

_UNITS = {"px": 1.0, None: 1.0, "pt": 4 / 3, "rem": _NORMAL, "vw": 10.0, "vh": 8.0}

Color = tuple[int, int, int]
Declarations = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Look:
    """How words look at one place of the page.

    Attributes:
        way: how they are hidden for good, with all that stands in them; a key of `HIDDEN`, or empty.
        unseen: whether they are invisible until something below says otherwise.
        size: of the font in pixels.
        color: of the font; None where nothing says.
        ground: behind it; None where it is the paper's white, or cannot be told.
        covered: whether a picture or a gradient lies behind, so that no colour can be called unseen.
        left: why words here are seen but are no text of the document; a key of `DROPPED`, or empty.
        raised: whether they are set high beside the others.
    """

    way: str = ""
    unseen: bool = False
    size: float = _NORMAL
    color: Color | None = None
    ground: Color | None = None
    covered: bool = False
    left: str = ""
    raised: bool = False

    @property
    def hidden(self) -> str:
        """How words here are hidden, as a key of `HIDDEN`; empty where they are seen."""
        if self.way:
            return self.way
        if self.unseen:
            return "not_displayed"
        if self.size < _TINY:
            return "tiny"
        if self.color is None or self.covered:
            return ""
        ground = self.ground or (255, 255, 255)
        same = all(abs(a - b) <= 255 - _NEAR_WHITE for a, b in zip(self.color, ground, strict=True))
        return "white" if same else ""


class StyleSheet:
    """The rules of a page that speak of one class, id or name.

    Args:
        page: its root element.
    """

    def __init__(self, page: Any) -> None:
        self._rules: dict[tuple[str, str, str], dict[str, str]] = {}
        self._shown: tuple[Any, ...] = ()
        self._looks: dict[tuple[Look, str, tuple[tuple[str, str], ...]], Look] = {}
        for style in page.iter("style"):
            for selectors, declarations in _rules(style.text or ""):
                if len(self._rules) >= _MOST_RULES:
                    return
                for selector in selectors.split(","):
                    match = _SIMPLE.fullmatch(selector.strip())
                    if match and match[0]:
                        key = ((match[1] or "").lower(), match[2] or "", match[3] or "")
                        self._rules.setdefault(key, {}).update(declarations)

    def showing(self, element: Any) -> "StyleSheet":
        """The same, but for one element that is taken for shown, whatever it declares."""
        other = copy(self)
        other._shown = (*self._shown, element)  # noqa: SLF001 - of its own class
        return other

    def look(self, element: Any, around: Look) -> Look:
        """How the words of an element look, given how those around it do."""
        if not isinstance(element.tag, str) or (self._shown and any(element is one for one in self._shown)):
            return around
        # A page sets thousands of runs in the same words, and reading them again each time would take most of it.
        said = (
            around,
            element.tag,
            tuple((name, element.get(name, "")) for name in _SAYING if name in element.attrib),
        )
        look = self._looks.get(said)
        if look is None:
            look = self._looks[said] = self._looked(element, around)
        return look

    def _looked(self, element: Any, around: Look) -> Look:
        declared = self._declared(element)
        if not declared and element.tag not in _MARKED and "role" not in element.attrib:
            return around
        look = replace(
            around,
            way=around.way or _way(declared),
            unseen={"hidden": True, "collapse": True, "visible": False}.get(
                declared.get("visibility", "").lower(), around.unseen
            ),
            size=_size(declared.get("font-size", ""), around.size),
            left=_left(element.tag, element.get("role", ""), declared, around),
            raised=_raised(element.tag, declared, around),
        )
        color, alpha = _color(declared.get("color", ""))
        if color is not None:
            look = replace(look, color=color, way=look.way or ("transparent" if alpha == 0 else ""))
        return _grounded(look, declared)

    def _declared(self, element: Any) -> dict[str, str]:
        tag = element.tag if isinstance(element.tag, str) else ""
        declared: dict[str, str] = dict(_USUAL.get(tag, ()))
        if element.get("hidden") is not None or (
            tag == "input" and element.get("type", "").lower() == "hidden"
        ):
            declared["display"] = "none"
        if tag == "font" and (color := element.get("color")):
            declared["color"] = color
        if ground := element.get("bgcolor"):
            declared["background-color"] = ground
        if element.get("background"):
            declared["background-image"] = "url()"
        for key in self._keys(element, tag):
            declared |= self._rules.get(key, {})
        return declared | dict(_declarations(element.get("style", "")))

    def _keys(self, element: Any, tag: str) -> Iterator[tuple[str, str, str]]:
        if not self._rules:
            return
        yield tag, "", ""
        for name in element.get("class", "").split():
            yield "", ".", name
            yield tag, ".", name
        if identity := element.get("id"):
            yield "", "#", identity
            yield tag, "#", identity


def _rules(css: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Selectors and declarations; rules inside @media and the like are left out: they may not apply."""
    for selectors, declarations in _RULE.findall(_outermost(_COMMENT.sub(" ", css))):
        yield selectors, dict(_declarations(declarations))


def _outermost(css: str) -> str:
    """A style sheet without its rules within rules."""
    parts: list[str] = []
    depth = start = 0
    begun = 0
    for match in re.finditer(r"[{}]", css):
        if match[0] == "{":
            depth += 1
            if depth == 2:
                begun = max(begun, css.rfind("}", 0, match.start()) + 1)
        elif depth:
            depth -= 1
            if depth == 0:
                rule = css[start : match.end()]
                if rule.count("{") == 1:
                    parts.append(rule)
                start = match.end()
    return "".join(parts)


def _declarations(text: str) -> Iterator[tuple[str, str]]:
    for name, value in _DECLARATION.findall(text):
        yield name.lower(), value.lower()


def _way(declared: Declarations) -> str:
    """How a box hides all that it holds."""
    if declared.get("display") == "none":
        return "not_displayed"
    if declared.get("opacity", "1").strip("0.%") == "" and declared.get("opacity", "1")[:1] in {"0", "."}:
        return "transparent"
    clipped = declared.get("overflow", declared.get("overflow-y", "")) in {"hidden", "clip"}
    flat = any(
        _pixels(declared.get(name, ""), _NORMAL) == 0
        for name in ("height", "max-height", "width", "max-width")
    )
    if clipped and flat:
        return "not_displayed"
    if (_pixels(declared.get("text-indent", ""), _NORMAL) or 0) <= _FAR:
        return "off_page"
    if declared.get("position") in {"absolute", "fixed"}:
        away = any(
            (_pixels(declared.get(side, ""), _NORMAL) or 0) <= _FAR
            for side in ("left", "top", "right", "bottom")
        )
        dot = clipped and (_pixels(declared.get("width", ""), _NORMAL) or 9) <= 1
        if away or dot:
            return "off_page"
    return ""


def _left(tag: str, role: str, declared: Declarations, around: Look) -> str:
    """Why the words of an element are no text of the document."""
    if tag == "rb" and around.left == "ruby":  # HTML lets a gloss end where the next word begins
        return ""
    if around.left:
        return around.left
    if why := _LEFT.get(tag) or _ROLES.get(role):
        return why
    lines = declared.get("text-decoration-line", declared.get("text-decoration", ""))
    return "struck" if "line-through" in lines else ""


def _raised(tag: str, declared: Declarations, around: Look) -> bool:
    """Whether the words of an element are set high; pages that set `sup` to the line move it up by other means."""
    if tag in {"sup", "sub"}:
        return tag == "sup"
    if tag not in _IN_LINE:
        return around.raised
    align = declared.get("vertical-align", "")
    if align == "super" or declared.get("font-variant-position") == "super":
        return True
    if 0 < (_pixels(align, around.size) or 0) <= _MOST_RAISED:
        return True
    if declared.get("position") == "relative":
        up = -(_pixels(declared.get("top", ""), _NORMAL) or 0) or _pixels(declared.get("bottom", ""), _NORMAL)
        return around.raised or 0 < (up or 0) <= _MOST_RAISED
    return around.raised and align not in {"baseline", "sub"}


def _pixels(text: str, parent: float) -> float | None:
    match = _LENGTH.fullmatch(text.strip())
    if match is None:
        return None
    number = float(match[1])
    if match[2] == "em":
        return number * parent
    if match[2] == "%":
        return number / 100 * parent
    return number * _UNITS[match[2]]


def _size(text: str, parent: float) -> float:
    named = {
        "xx-small": 9.0,
        "x-small": 10.0,
        "small": 13.0,
        "medium": _NORMAL,
        "large": 18.0,
        "smaller": parent * 0.8,
    }
    if text in named:
        return named[text]
    size = _pixels(text, parent)
    return parent if size is None or size < 0 else size


def _color(text: str) -> tuple[Color | None, float]:
    """A colour and how solid it is."""
    text = text.strip().lower()
    if text == "transparent":
        return (255, 255, 255), 0.0
    if text in _NAMED:
        return _NAMED[text], 1.0
    if match := _RGB.fullmatch(text):
        alpha = 1.0 if match[4] is None else float(match[4]) / (100 if match[5] else 1)
        return (int(match[1]), int(match[2]), int(match[3])), alpha
    digits = text.removeprefix("#")
    if re.fullmatch(r"[0-9a-f]{3}|[0-9a-f]{6}", digits):
        wide = digits if len(digits) == 6 else "".join(char * 2 for char in digits)
        return (int(wide[:2], 16), int(wide[2:4], 16), int(wide[4:], 16)), 1.0
    return (
        None
        if not re.fullmatch(r"[a-z]+", text) or text in {"inherit", "initial", "unset", "currentcolor"}
        else (1, 2, 3)
    ), 1.0


def _grounded(look: Look, declared: Declarations) -> Look:
    """With what the element puts behind its words."""
    behind = " ".join(declared.get(name, "") for name in ("background-image", "background"))
    if "url(" in behind or "gradient" in behind:
        return replace(look, covered=True)
    for name in ("background-color", "background"):
        value = declared.get(name, "")
        first = value if value.startswith("rgb") else value.partition(" ")[0]
        color, alpha = _color(first) if first not in {"", "none", "transparent"} else (None, 1.0)
        if color is not None and alpha > 0:
            return replace(look, ground=color, covered=False)
    return look
