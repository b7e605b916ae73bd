"""The numbers that Word puts before paragraphs by itself: 一、 （二） 3. stand in no run of the document."""

import re
from typing import TYPE_CHECKING, Any

from docx.oxml.ns import qn

if TYPE_CHECKING:
    from extract.documents.readers.word_styles import Styles

_DIGITS = "零一二三四五六七八九"
_CHINESE = frozenset(
    {
        "chineseCounting",
        "chineseCountingThousand",
        "ideographDigital",
        "japaneseCounting",
        "japaneseDigitalTenThousand",
        "taiwaneseCounting",
        "taiwaneseCountingThousand",
    }
)
_PLACE = re.compile(r"%([1-9])")
_LEVELS = 9
_MOST = 10_000


class Numbering:
    """Counts the numbered paragraphs of one document.

    Args:
        document: as python-docx opens it.
    """

    def __init__(self, document: Any) -> None:
        self._lists: dict[str, str] = {}
        self._levels: dict[tuple[str, int], Any] = {}
        self._counts: dict[str, list[int]] = {}
        relations = document.part.rels.values()
        part = next(
            (r.target_part for r in relations if r.reltype.endswith("/numbering") and not r.is_external), None
        )
        element = getattr(part, "element", None)
        if element is None:
            return
        for one in element.findall(qn("w:num")):
            abstract = one.find(qn("w:abstractNumId"))
            if abstract is not None:
                self._lists[one.get(qn("w:numId"), "")] = abstract.get(qn("w:val"), "")
        for one in element.findall(qn("w:abstractNum")):
            for level in one.findall(qn("w:lvl")):
                depth = level.get(qn("w:ilvl"), "")
                if depth.isdigit() and int(depth) < _LEVELS:
                    self._levels[one.get(qn("w:abstractNumId"), ""), int(depth)] = level

    def next(self, paragraph: Any, styles: "Styles") -> str:
        """The number before a paragraph; empty where it has none, or only a bullet."""
        place = self._place(paragraph, styles)
        if place is None:
            return ""
        identity, depth = place
        level = self._levels[place]
        counts = self._counts.setdefault(identity, [0] * _LEVELS)
        counts[depth] = counts[depth] + 1 if counts[depth] else self._start(place)
        counts[depth + 1 :] = [0] * (_LEVELS - depth - 1)
        if _value(level, "numFmt") in {"bullet", "none"}:
            return ""
        text = _value(level, "lvlText") or ""
        if _PLACE.search(text) is None:
            return ""
        return _PLACE.sub(lambda match: self._shown(identity, int(match[1]) - 1, counts), text)

    def _place(self, paragraph: Any, styles: "Styles") -> tuple[str, int] | None:
        own = paragraph.find(qn("w:pPr"))
        style = None if own is None else own.find(qn("w:pStyle"))
        holders = [
            own,
            *(
                one.find(qn("w:pPr"))
                for one in styles.chain(None if style is None else style.get(qn("w:val")))
            ),
        ]
        for holder in holders:
            number = None if holder is None else holder.find(qn("w:numPr"))
            if number is None:
                continue
            identity = self._lists.get(_value(number, "numId") or "")
            depth = _value(number, "ilvl") or "0"
            place = (identity or "", int(depth) if depth.isdigit() else 0)
            return place if place in self._levels else None
        return None

    def _start(self, place: tuple[str, int]) -> int:
        start = _value(self._levels[place], "start") or "1"
        return min(int(start), _MOST) if start.isdigit() else 1

    def _shown(self, identity: str, depth: int, counts: list[int]) -> str:
        level = self._levels.get((identity, depth))
        form = "decimal" if level is None else _value(level, "numFmt") or "decimal"
        count = counts[depth] or 1
        return chinese(count) if form in _CHINESE else str(count)


def _value(element: Any, name: str) -> str | None:
    found = element.find(qn(f"w:{name}"))
    value = None if found is None else found.get(qn("w:val"))
    return None if value is None else str(value)


def chinese(count: int) -> str:
    """A number below 100 as headings write it: 一, 十, 十二, 二十; others in digits."""
    if not 0 < count < 100:
        return str(count)
    tens, ones = divmod(count, 10)
    return ("" if tens < 2 else _DIGITS[tens]) + ("十" if tens else "") + (_DIGITS[ones] if ones else "")
