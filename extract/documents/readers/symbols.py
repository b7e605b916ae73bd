"""The signs of symbol fonts, which stand in documents as numbers of that font: ≥ is 179 of Symbol.

Symbol is laid out as Adobe's symbol encoding; of the fonts of bullets and ticks only common signs are listed.
"""

import re
from functools import cache

_PRIVATE = 0xF000
_PRIVATE_END = 0xF0FF
_SIGN = re.compile("[\uf000-\uf0ff]")
NAMELESS = "\ufffd"
"""What stands for a sign that is not known."""


def _row(first: int, signs: str) -> dict[int, str]:
    """Signs with rising numbers; a blank is a number without a sign."""
    return {first + n: sign for n, sign in enumerate(signs) if sign != " "}


_SYMBOL = {
    0x20: " ",
    0xA0: "€",
    0xF0: "",
    **_row(0x21, "!∀#∃%&∋()∗+,−./0123456789:;<=>?"),
    **_row(0x40, "≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_"),
    **_row(0x60, "‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"),
    **_row(0xA1, "ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…"),
    **_row(0xBF, "↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑"),
    **_row(0xF1, "〉∫"),
}
_WINGDINGS = {
    0x20: " ",
    **_row(0x6C, "●❍■□◻❑❒⬧⧫◆❖"),
    **_row(0x80, "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿"),
    **_row(0x9E, "·•▪○"),
    0xA7: "▪",
    0xA8: "□",
    **_row(0xAB, "★✶"),
    **_row(0xD8, "➢"),
    **_row(0xDF, "←→↑↓"),
    0xE8: "➔",
    **_row(0xEF, "⇦⇨⇧⇩"),
    **_row(0xFB, "✗✓☒☑"),
}
_WINGDINGS_2 = {
    **_row(0x4F, "✗✓☒☑"),
    **_row(0x69, "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿"),
    **_row(0x97, "●"),
    0xA2: "■",
}
_WINGDINGS_3 = {**_row(0x66, "←→↑↓"), 0x7D: "▶"}
_WEBDINGS = {0x61: "✔", 0x72: "✗", 0x63: "□", 0x67: "■", 0x6E: "●"}
_FONTS = {
    "symbol": _SYMBOL,
    "symbolmt": _SYMBOL,
    "standardsymbolsps": _SYMBOL,
    "standardsymbolsl": _SYMBOL,
    "opensymbol": {
        _PRIVATE + code: sign for code, sign in _SYMBOL.items()
    },  # its other characters are Unicode's
    "wingdings": _WINGDINGS,
    "wingdings2": _WINGDINGS_2,
    "wingdings3": _WINGDINGS_3,
    "webdings": _WEBDINGS,
}


_ORDINARY = re.compile(
    r"[\u4e00-\u9fff]|Times|Arial|Calibri|Cambria|Courier|Verdana|Tahoma|SimSun|SimHei|FangSong|KaiTi|DengXian|YaHei"
)
"""In the names of fonts of ordinary letters; Word moves their characters to the numbers of symbol fonts, too."""


def _is_ordinary(font: str) -> bool:
    return _ORDINARY.search(font) is not None


@cache
def table_of(font: str) -> dict[int, str] | None:
    """The signs of a font by their number; None for a font of ordinary letters.

    Args:
        font: its name, as documents give it: `Wingdings 2`, `ABCDEF+SymbolMT`, `Symbol,Bold`.
    """
    name = font.rpartition("+")[2].partition(",")[0]
    return _FONTS.get("".join(filter(str.isalnum, name)).lower())


def sign(font: str, code: int) -> str:
    """The sign of a font under a number; `NAMELESS` where it is not known.

    Args:
        font: its name.
        code: the number, of the font or of a character that stands for it (U+F0B3 is 179).
    """
    private = _PRIVATE <= code <= _PRIVATE_END
    table = table_of(font)
    if table is not None and (private or code <= 0xFF):
        return table.get(code, table.get(code - _PRIVATE, NAMELESS) if private else NAMELESS)
    if private and _is_ordinary(font) and chr(code - _PRIVATE).isprintable():
        return chr(code - _PRIVATE)
    if private or 0xE000 <= code <= 0xF8FF or not 0x20 <= code <= 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        return NAMELESS
    return chr(code)


def shown(text: str, font: str) -> str:
    """A text that is set in a font: its characters, or the signs that the font shows for them."""
    table = table_of(font)
    if table is None:
        return _SIGN.sub(NAMELESS, text)
    return "".join(_shown(char, table) for char in text)


def _shown(char: str, table: dict[int, str]) -> str:
    code = ord(char)
    if _PRIVATE <= code <= _PRIVATE_END:
        return table.get(code, table.get(code - _PRIVATE, NAMELESS))
    return table.get(code, char) if code <= 0xFF else char
