"""The characters of a PDF page by what they are: text that is seen, hidden text, watermark, text that is turned."""

import copy
import math
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from statistics import median
from typing import Any

from pdfplumber.page import Page

from extract.documents.readers.pdf_columns import Box
from extract.documents.readers.pdf_unseen import UNSEEN

Char = dict[str, Any]
"""A character as pdfplumber gives it."""

_TINY = 2.0  # points
_WHITE = 0.96
_PALE = 0.6  # of white; a watermark may be as dark as this
_TILTED = 8.0  # degrees; a page lies no more askew on a scanner
_LARGER = 1.5  # times the usual size
_COVERED = 0.25  # of a character's box that another one shares
_LEAST_COVERING = 0.3  # of the characters of a watermark lie over others,
_COVERING_PALE = 4  # or so many of a pale one, which goes on where the page is empty
_THIN = 1.5  # points
_LOWEST_STRIKE, _HIGHEST_STRIKE = 0.12, 0.5  # sizes above the foot of a character that a line through it runs
_UNTURNED = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_BUCKET = 20.0  # points


@dataclass(slots=True)
class Chars:
    """The characters of a page.

    Attributes:
        seen: the text that stands upright.
        hidden: what is not seen, and how it is hidden, a key of `HIDDEN`.
        slanted: what runs across the page, or lies over its text: a watermark.
        struck: what is crossed out by a line.
        turned: the text that is turned, by the quarters that it is turned against the clock: 1, 2, 3.
    """

    seen: list[Char] = field(default_factory=list)
    hidden: list[tuple[str, Char]] = field(default_factory=list)
    slanted: list[Char] = field(default_factory=list)
    struck: list[Char] = field(default_factory=list)
    turned: dict[int, list[Char]] = field(default_factory=dict)


def chars_of(page: Any) -> Chars:
    """The characters of a page, as pdfplumber opens it."""
    found = Chars()
    chars: list[Char] = page.chars
    if all(char.get("tag") == UNSEEN for char in chars):  # the words that were recognised in a scanned page
        chars = [{**char, "tag": None} for char in chars]
    for char in chars:
        quarters = _quarters(char["matrix"])
        if quarters is None:
            found.slanted.append(char)
        elif way := way_hidden(char, page):
            found.hidden.append((way, char))
        elif quarters:
            found.turned.setdefault(quarters, []).append(char)
        else:
            found.seen.append(char)
    _take(
        found,
        found.slanted,
        _overlying([*found.seen, *(one for some in found.turned.values() for one in some)]),
    )
    _take(found, found.struck, _struck(found.seen, page))
    return found


def _take(found: Chars, to: list[Char], apart: Sequence[Char]) -> None:
    """Move some characters from the text to what is no text."""
    if apart:
        marks = {id(char) for char in apart}
        found.seen = [char for char in found.seen if id(char) not in marks]
        turned = {n: [char for char in some if id(char) not in marks] for n, some in found.turned.items()}
        found.turned = {n: some for n, some in turned.items() if some}
        to.extend(apart)


def upright(page: Any) -> tuple[Any, Chars]:
    """A page as it is read, and its characters: one whose text is turned by its own matrix is turned back."""
    chars = chars_of(page)
    if chars.turned:
        counts = {quarters: _count(some) for quarters, some in chars.turned.items()}
        most = max(counts, key=lambda quarters: counts[quarters])
        if counts[most] > _count(chars.seen):
            page = turned_back(page, most)
            chars = chars_of(page)
    return page, chars


def turned_back(page: Any, quarters: int) -> Any:
    """The page, turned with the clock so that text that is turned by some quarters against it stands upright."""
    sheet = copy.copy(page.page_obj)
    rotation = (page.rotation + 90 * quarters) % 360
    sheet.attrs = {**sheet.attrs, "Rotate": rotation}
    sheet.rotate = rotation
    return Page(page.pdf, sheet, page.page_number)


def laid_upright(char: Char, quarters: int) -> Char:
    """A turned character with a place and size as if its line ran from left to right, to compare with its like."""
    x0, x1, top, bottom = char["x0"], char["x1"], char["top"], char["bottom"]
    boxes = {1: (-bottom, -top, x0, x1), 2: (-x1, -x0, -bottom, -top), 3: (top, bottom, -x1, -x0)}
    x0, x1, top, bottom = boxes[quarters]
    place = {"x0": x0, "x1": x1, "top": top, "bottom": bottom, "size": bottom - top}
    return {**char, **place, "matrix": _UNTURNED, "y0": 0.0}


def _count(chars: Iterable[Char]) -> int:
    return sum(not char["text"].isspace() for char in chars)


def _quarters(matrix: Sequence[float]) -> int | None:
    """By how many quarters a character is turned against the clock; None where it is slanted."""
    along, up = matrix[0], matrix[1]
    if not up and along > 0:
        return 0
    angle = math.degrees(math.atan2(up, along))
    quarters = round(angle / 90)
    return quarters % 4 if abs(angle - 90 * quarters) <= _TILTED else None


def _overlying(seen: Sequence[Char]) -> list[Char]:
    """Characters of a watermark that stands upright: larger or paler than the text, and printed over it."""
    if not seen:
        return []
    dark = [char["size"] for char in seen if not _is_lighter(char["non_stroking_color"], _PALE)]
    usual = median(dark or [char["size"] for char in seen])
    groups: dict[tuple[Any, ...], list[Char]] = defaultdict(list)
    for char in seen:
        color = char["non_stroking_color"]
        if char["size"] > _LARGER * usual or _is_lighter(color, _PALE):
            groups[char["fontname"], round(char["size"]), color].append(char)
    if not groups or len(groups) > len(seen) / 2:
        return []
    apart = {id(char) for some in groups.values() for char in some}
    text = _by_place(char for char in seen if id(char) not in apart)
    over: list[Char] = []
    for (_, _, color), some in groups.items():
        marks = [char for char in some if char["text"].strip()]
        covering = sum(_lies_over(char, text) for char in marks)
        if covering > _LEAST_COVERING * len(marks) or (
            covering >= _COVERING_PALE and _is_lighter(color, _PALE)
        ):
            over += some
    return over


def _by_place(chars: Iterable[Char]) -> dict[tuple[int, int], list[Char]]:
    places: dict[tuple[int, int], list[Char]] = defaultdict(list)
    for char in chars:
        if char["text"].strip():
            for place in _places(char):
                places[place].append(char)
    return places


def _places(char: Char) -> list[tuple[int, int]]:
    across = range(int(char["x0"] // _BUCKET), int(char["x1"] // _BUCKET) + 1)
    down = range(int(char["top"] // _BUCKET), int(char["bottom"] // _BUCKET) + 1)
    return [(x, y) for x in across[:20] for y in down[:20]]


def _lies_over(char: Char, text: dict[tuple[int, int], list[Char]]) -> bool:
    return any(_shares(char, other) for place in _places(char) for other in text.get(place, ()))


def _shares(one: Char, other: Char) -> bool:
    """Whether a fair part of the smaller of two characters lies in the box of the other."""
    width = min(one["x1"], other["x1"]) - max(one["x0"], other["x0"])
    height = min(one["bottom"], other["bottom"]) - max(one["top"], other["top"])
    if width <= 0 or height <= 0:
        return False
    smaller = min((char["x1"] - char["x0"]) * (char["bottom"] - char["top"]) for char in (one, other))
    return bool(width * height > _COVERED * smaller)


def _struck(seen: Sequence[Char], page: Any) -> list[Char]:
    """Characters that a thin line crosses out: well above their foot, where no underline runs."""
    rules = [
        ((shape["top"] + shape["bottom"]) / 2, shape["x0"], shape["x1"])
        for shape in (*page.lines, *page.rects)
        if shape["bottom"] - shape["top"] <= _THIN < shape["x1"] - shape["x0"]
    ]
    if not rules:
        return []
    rules.sort()
    heights = [rule[0] for rule in rules]
    struck = []
    for char in seen:
        foot = char["bottom"] - (char["matrix"][5] - char["y0"])
        size = char["size"]
        middle = (char["x0"] + char["x1"]) / 2
        first = bisect_left(heights, foot - _HIGHEST_STRIKE * size)
        last = bisect_right(heights, foot - _LOWEST_STRIKE * size)
        if any(left <= middle <= right for _, left, right in rules[first:last]):
            struck.append(char)
    return struck


def way_hidden(char: Char, page: Any) -> str:
    """How a character is hidden, as a key of `HIDDEN`; empty where it is seen."""
    if char["size"] < _TINY and char["text"].strip():
        return "tiny"
    if char.get("tag") == UNSEEN:
        return "transparent"
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    left, top, right, bottom = page.bbox
    if not (left <= x <= right and top <= y <= bottom):
        return "off_page"
    if _is_lighter(char["non_stroking_color"], _WHITE) and not any(
        _covers(one, x, y) for one in (*page.rects, *page.curves, *page.images)
    ):
        return "white"
    return ""


def _is_lighter(color: Any, least: float) -> bool:
    """Whether a colour is as near to white as that."""
    values = color if isinstance(color, tuple) else (color,)
    if not all(isinstance(value, (int, float)) for value in values):
        return False
    return _lightness(values) >= least


@lru_cache(maxsize=256)
def _lightness(values: tuple[float, ...]) -> float:
    """From 0 for a full colour to 1 for white, of a grey, of red, green and blue, or of four inks."""
    if len(values) == 4:
        return 1 - max(values)
    return min(values) if len(values) in {1, 3} else 0.0


def _covers(shape: Any, x: float, y: float) -> bool:
    """Whether a picture or a coloured shape lies at a place."""
    if not (shape["x0"] <= x <= shape["x1"] and shape["top"] <= y <= shape["bottom"]):
        return False
    return "fill" not in shape or (
        bool(shape["fill"]) and not _is_lighter(shape.get("non_stroking_color"), _WHITE)
    )


def is_within(char: Char, boxes: Iterable[Box]) -> bool:
    """Whether the middle of a character lies in one of the boxes."""
    x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
    return any(left <= x <= right and top <= y <= bottom for left, top, right, bottom in boxes)
