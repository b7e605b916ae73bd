"""The numbers that Word puts before paragraphs by itself: 一、 （二） 3. stand in no run of the document."""

import re
from collections.abc import Iterator
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
_FIRST: dict[str | None, str] = {
    "decimalEnclosedCircle": "①",
    "decimalEnclosedCircleChinese": "①",
    "decimalEnclosedParen": "⑴",
    "decimalEnclosedFullstop": "⒈",
}
"""The first of twenty signs of a kind."""
_LETTERS: dict[str | None, str] = {"lowerLetter": "a", "upperLetter": "A"}
_MOST_LETTERS = 26
_ROMAN = "I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX"
_IN_ROW: dict[str | None, list[str]] = {
    "upperRoman": _ROMAN.split(),
    "lowerRoman": _ROMAN.lower().split(),
    "ideographTraditional": [*"甲乙丙丁戊己庚辛壬癸"],
    "chineseLegalSimplified": [*"壹贰叁肆伍陆柒捌玖拾"],
}
_MOST_CIRCLED = 20
_TYPED = re.compile(
    r"(?P<digits>\d{1,2}(?:\.\d{1,2})*\s*[.．、)）](?!\d))"
    r"|(?P<bracketed>[（(]\s*\d{1,2}\s*[)）])"
    r"|(?P<chapter>[一二三四五六七八九十]{1,3}\s*[、.．])"
    r"|(?P<clause>[（(]\s*[一二三四五六七八九十]{1,3}\s*[)）])"
    r"|(?P<part>第[一二三四五六七八九十\d]{1,3}[章节部编条])"
    r"|(?P<ring>[①-⑳])"
)
"""Numbers before paragraphs as people type them, by their kind."""
_QUANTITY = re.compile(r"\d+\.\d+\s*[%％‰万亿元个公家人倍吨米户所]")  # 1.5亿元 begins with no 1.
_BETWEEN = re.compile(r"[.．、()（）\s]+")
_NUMBER_ENDS = frozenset("0123456789.．,")
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
        self._restarts: dict[str, list[tuple[int, int]]] = {}
        self._starts: dict[tuple[str, int], int] = {}
        self._levels: dict[tuple[str, int], Any] = {}
        self._counts: dict[str, list[int]] = {}
        relations = document.part.rels.values()
        part = next(
            (r.target_part for r in relations if r.reltype.endswith("/numbering") and not r.is_external), None
        )
        element = getattr(part, "element", None)
        if element is None:
            return
        kinds = element.findall(qn("w:abstractNum"))
        named = {_value(one, "styleLink"): one.get(qn("w:abstractNumId"), "") for one in kinds}
        meant = {
            one.get(qn("w:abstractNumId")): named.get(_value(one, "numStyleLink") or "") for one in kinds
        }
        for one in element.findall(qn("w:num")):
            number, kind = one.get(qn("w:numId"), ""), _value(one, "abstractNumId")
            if kind is not None:
                self._lists[number] = meant.get(kind) or kind
                self._restarts[number] = list(_restarts(one))
        for one in kinds:
            for level in one.findall(qn("w:lvl")):
                depth = level.get(qn("w:ilvl"), "")
                if depth.isdigit() and int(depth) < _LEVELS:
                    self._levels[one.get(qn("w:abstractNumId"), ""), int(depth)] = level

    def next(self, paragraph: Any, styles: "Styles") -> str:
        """The number before a paragraph; empty where it has none, or only a bullet."""
        place = self._place(paragraph, styles)
        if place is None:
            return ""
        identity, depth, number = place
        level = self._levels[identity, depth]
        counts = self._counts.setdefault(identity, [0] * _LEVELS)
        for other, start in self._restarts.pop(number, ()):
            self._starts[identity, other] = start
            counts[other:] = [0] * (_LEVELS - other)
        counts[depth] = counts[depth] + 1 if counts[depth] else self._start((identity, depth))
        counts[depth + 1 :] = [0] * (_LEVELS - depth - 1)
        if _value(level, "numFmt") in {"bullet", "none"}:
            return ""
        text = _value(level, "lvlText") or ""
        if _PLACE.search(text) is None:
            return ""
        legal = level.find(qn("w:isLgl")) is not None

        def shown(match: re.Match[str]) -> str:
            return self._shown(identity, int(match[1]) - 1, counts, legal=legal)

        return _PLACE.sub(shown, text)

    def _place(self, paragraph: Any, styles: "Styles") -> tuple[str, int, str] | None:
        """The list, the level and the `w:num` of a numbered paragraph."""
        own = paragraph.find(qn("w:pPr"))
        style = None if own is None else own.find(qn("w:pStyle"))
        holders = [
            own,
            *(
                one.find(qn("w:pPr"))
                for one in styles.chain(None if style is None else style.get(qn("w:val")))
            ),
        ]
        depth: str | None = None
        for holder in holders:
            number = None if holder is None else holder.find(qn("w:numPr"))
            if number is None:
                continue
            depth = depth or _value(number, "ilvl")
            if (numbered := _value(number, "numId")) is None:  # of the style that this one is based on
                continue
            place = self._lists.get(numbered, ""), _whole(depth, 0)
            return (*place, numbered) if place in self._levels else None
        return None

    def _start(self, place: tuple[str, int]) -> int:
        return self._starts.get(place) or _whole(_value(self._levels[place], "start"), 1)

    def _shown(self, identity: str, depth: int, counts: list[int], *, legal: bool) -> str:
        level = self._levels.get((identity, depth))
        form = "decimal" if level is None or legal else _value(level, "numFmt") or "decimal"
        count = counts[depth] or 1
        if form in _CHINESE:
            return chinese(count)
        if (first := _FIRST.get(form)) and count <= _MOST_CIRCLED:
            return chr(ord(first) + count - 1)
        if form in _LETTERS and count <= _MOST_LETTERS:
            return chr(ord(_LETTERS[form]) + count - 1)
        if form in _IN_ROW and count <= len(_IN_ROW[form]):
            return _IN_ROW[form][count - 1]
        return str(count)


def is_typed(number: str, words: str) -> bool:
    """Whether a paragraph begins with a number of its own, so that the automatic one before it would be a second.

    Args:
        number: the automatic number: `1.`, `（二）`.
        words: the paragraph: 1.新建…; a number of another kind stays beside it, as in 一、 1.新建….
    """
    words, own = words.lstrip(), number.strip()
    if words.startswith(own):
        return not (own[-1:] + words[len(own) : len(own) + 1]).isdigit() and not _QUANTITY.match(words)
    bare = own.rstrip(".．、)） ")
    if bare and words.startswith(bare) and words[len(bare) : len(bare) + 1].isspace():
        return True
    automatic, typed = _TYPED.match(own), _TYPED.match(words)
    if typed is None or automatic is None:
        return False
    same = _BETWEEN.sub("", typed[0]) == _BETWEEN.sub("", own)
    return same or typed.lastgroup == automatic.lastgroup


def set_before(number: str, words: str) -> str:
    """An automatic number as it stands before a paragraph: apart from a number with which that begins.

    Word puts a tab between the two; without it `2.` and `17个` would be 2.17个.
    """
    return f"{number} " if number[-1:] in _NUMBER_ENDS and words.lstrip()[:1].isdigit() else number


def _restarts(num: Any) -> Iterator[tuple[int, int]]:
    """The levels at which a list begins to count anew, and the number with which it does."""
    for one in num.findall(qn("w:lvlOverride")):
        level, start = _whole(one.get(qn("w:ilvl")), _LEVELS), _value(one, "startOverride")
        if start is not None and level < _LEVELS:
            yield level, _whole(start, 1)


def _whole(text: str | None, otherwise: int) -> int:
    return min(int(text), _MOST) if text and text.isascii() and text.isdigit() else otherwise


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
