"""The words of a row of characters of a PDF page: gaps, signs of symbol fonts, raised marks, stacked fractions."""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from extract.documents.readers.building import Left
from extract.documents.readers.pdf_chars import Char
from extract.documents.readers.raised import Fraction, Part, Raised, parted, settled
from extract.documents.readers.symbols import shown, sign, table_of
from extract.simplified import simplify

UNNAMED = "\ufffd"
_RADICALS = re.compile(
    "[\u2e80-\u2fdf\uf900-\ufaff]"
)  # what fonts show for common characters, and PDFs then name
_UNMAPPED = re.compile(r"\(cid:(\d+)\)")
_SYMBOLS = re.compile("[\uf020-\uf0ff\x80-\xff]")  # may be numbers of a symbol font
_SMALL = 0.8  # of the size of its row is what a raised sign has at most,
_HIGH = 0.15  # and so far it stands above the line of the row, in sizes of the row
_RUBY = 0.65  # of the size of the words below
_PINYIN = re.compile(r"[a-zA-Züāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ\s'’ˉˊˇˋ˙ㄅ-ㄯ]+")
_RULE = 1.5  # points; a thicker stroke parts no fraction
_WIDEST_RULE = 8  # sizes of the characters
_NEAR = 1.3  # sizes that the middle of a part of a fraction is from its stroke
_MOST_RULES = 500  # a drawing, no fractions


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a row, and the marks of notes that were left out of them."""

    text: str
    marks: tuple[str, ...] = ()


def rows_of(chars: Sequence[Char]) -> list[list[Char]]:
    """Characters by row, from left to right: those whose middles are at about the same height.

    Small ones belong to the row that they stand in, raised or lowered as they may be.
    """
    if not chars:
        return []
    most = _SMALL * median(char["size"] for char in chars)
    rows = _by_height(char for char in chars if char["size"] > most)
    small = [char for char in chars if char["size"] <= most]
    if small:
        middles = [height_of(row[len(row) // 2]) for row in rows]
        apart = [char for char in small if not _taken(char, rows, middles)]
        rows = sorted([*rows, *_by_height(apart)], key=lambda row: height_of(row[0]))
    return [sorted(row, key=lambda char: char["x0"]) for row in rows]


def height_of(char: Char) -> float:
    """How far below the top of the page the middle of a character is."""
    return float(char["top"] + char["bottom"]) / 2


def _by_height(chars: Iterable[Char]) -> list[list[Char]]:
    rows: list[list[Char]] = []
    middle = 0.0
    for char in sorted(chars, key=height_of):
        here = height_of(char)
        if rows and here - middle <= 0.5 * max(char["size"], rows[-1][0]["size"]):
            rows[-1].append(char)
        else:
            rows.append([char])
            middle = here
    return rows


def _taken(char: Char, rows: Sequence[list[Char]], middles: Sequence[float]) -> bool:
    """Whether a small character went into one of the rows of larger ones, in which it stands."""
    here = height_of(char)
    at = bisect_left(middles, here)
    for n in sorted(range(max(0, at - 1), min(len(rows), at + 1)), key=lambda n: abs(middles[n] - here)):
        row = rows[n]
        large = row[len(row) // 2]
        if large["top"] <= here <= large["bottom"]:
            row.append(char)
            return True
    return False


def named(text: str) -> str:
    """Characters as they are meant; those that the font does not name, which come as (cid:12), as `UNNAMED`."""
    text = _UNMAPPED.sub(UNNAMED, text)
    return _RADICALS.sub(_letter, text)


def _letter(radical: re.Match[str]) -> str:
    """The letter that a radical or compatibility form stands for; those of the supplement are not in NFKC."""
    letter = unicodedata.normalize("NFKC", radical[0])
    return letter if letter != radical[0] else simplify(letter)


def words_of(row: Sequence[Char]) -> Words:
    """The words of a row; a gap becomes a blank, and a character printed twice over itself stands once."""
    pieces = list(settled(_parts(row)))
    text = "".join(piece for piece in pieces if isinstance(piece, str))
    return Words(text, tuple(piece.text for piece in pieces if isinstance(piece, Left)))


def _parts(row: Sequence[Char]) -> Iterator[Part]:
    raised = _raised(row)
    before: Char | None = None
    blank = False
    for char in row:
        if before is not None:
            again = char["text"] == before["text"] and abs(char["x0"] - before["x0"]) < 0.3 * char["size"]
            if again:
                continue
            if char["x0"] - before["x1"] > 0.6 * char["size"] and not blank:
                yield " "
        yield from _part(char, raised=id(char) in raised)
        blank = char["text"].endswith(" ")
        before = char


def _raised(row: Sequence[Char]) -> set[int]:
    """The identities of the characters of a row that are small and stand higher than the others.

    They are set higher, or by the rise of their text, which shows where the same font stands in the row unraised.
    """
    seen = [char for char in row if char["text"].strip()]
    size = median(char["size"] for char in seen) if seen else 0.0
    small = [char for char in seen if char["size"] <= _SMALL * size]
    full = [char for char in seen if char["size"] > _SMALL * size]
    if not small or not full:
        return set()
    line = median(char["bottom"] - _depth(char) for char in full)
    depths = {char["fontname"]: _depth(char) / char["size"] for char in full}
    raised = set()
    for char in small:
        depth = _depth(char)
        rise = depths.get(char["fontname"], depth / char["size"]) * char["size"] - depth
        if max(line - (char["bottom"] - depth), rise) >= _HIGH * size:
            raised.add(id(char))
    return raised


def _depth(char: Char) -> float:
    """How far the box of a character reaches below its line; less where its text is raised."""
    return float(char["matrix"][5] - char["y0"])


def _part(char: Char, *, raised: bool) -> Iterator[Part]:
    if char.get("fraction"):
        yield Fraction(char["text"])
        return
    text = char["text"]
    if not _is_plain(text):
        text = named(_of_symbol_font(text, char["fontname"]))
        if not raised:
            yield from parted(text)
            return
    yield Raised(text) if raised else text


def _of_symbol_font(text: str, font: str) -> str:
    if (number := _UNMAPPED.fullmatch(text)) and table_of(font) is not None:
        return sign(font, int(number[1]))
    return shown(text, font) if _SYMBOLS.search(text) else text


def _is_plain(text: str) -> bool:
    """Whether a character is an ordinary one, as nearly all are."""
    return len(text) == 1 and ("\u4e00" <= text <= "\u9fff" or text.isascii())


def is_ruby(row: Sequence[Char], below: Sequence[Char]) -> bool:
    """Whether a row says how the words in the row below it are pronounced: small Latin letters right above them."""
    size = median(char["size"] for char in below)
    return (
        all(char["size"] <= _RUBY * size for char in row)
        and _PINYIN.fullmatch("".join(char["text"] for char in row)) is not None
        and 0 <= height_of(below[0]) - height_of(row[0]) <= 1.2 * size
    )


def with_fractions(chars: Sequence[Char], page: Any) -> Sequence[Char]:
    """The characters of a page with each stacked fraction in its row: digits above and below a short stroke."""
    widest = _WIDEST_RULE * max((char["size"] for char in chars), default=0.0)
    rules = [
        shape
        for shape in (*page.lines, *page.rects)
        if shape["bottom"] - shape["top"] <= _RULE < shape["x1"] - shape["x0"] < widest
    ]
    if not rules or len(rules) > _MOST_RULES:
        return chars
    by_height = sorted(chars, key=height_of)
    middles = [height_of(char) for char in by_height]
    gone: set[int] = set()
    fractions: list[Char] = []
    for rule in rules:
        y = (rule["top"] + rule["bottom"]) / 2
        reach = widest / _WIDEST_RULE * _NEAR
        near = by_height[bisect_left(middles, y - reach) : bisect_right(middles, y + reach)]
        if found := _fraction(near, rule["x0"], rule["x1"], y):
            fraction, parts = found
            fractions.append(fraction)
            gone.update(map(id, parts))
    return [*(char for char in chars if id(char) not in gone), *fractions] if fractions else chars


def _fraction(chars: Sequence[Char], left: float, right: float, y: float) -> tuple[Char, list[Char]] | None:
    """The fraction around a stroke, as one character, and those that it is made of."""
    near = [
        char
        for char in chars
        if char["text"].strip()
        and left - 2 * char["size"] < char["x1"]
        and char["x0"] < right + 2 * char["size"]
        and abs(height_of(char) - y) < _NEAR * char["size"]
    ]
    beside = [
        char
        for char in near
        if (char["x1"] <= left + 1 or char["x0"] >= right - 1) and char["top"] < y < char["bottom"]
    ]
    inside = [char for char in near if left - 1 <= (char["x0"] + char["x1"]) / 2 <= right + 1]
    above = _digits(char for char in inside if height_of(char) < y)
    below = _digits(char for char in inside if height_of(char) > y)
    if not beside or not above or not below or right - left > _WIDEST_RULE * beside[0]["size"]:
        return None
    return {**beside[0], "text": f"{above}/{below}", "x0": left, "x1": right, "fraction": True}, inside


def _digits(chars: Iterable[Char]) -> str:
    """The number that some characters are; empty where they are none."""
    text = "".join(char["text"] for char in sorted(chars, key=lambda char: char["x0"]))
    return text if text.isascii() and text.isdigit() else ""
