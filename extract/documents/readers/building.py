"""The decoded text of a document, put together paragraph by paragraph with its hints."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from extract.documents.hints import (
    LONGEST_SHOWN,
    Dropped,
    HeadingHint,
    Hidden,
    Hints,
    PageHint,
    TableHint,
)
from extract.documents.numbers_left import numbers_left
from extract.documents.readers.tables import row_sentences
from extract.errors import TooLargeError
from extract.messages import Message

MOST_LISTED = 2_000
"""So many hidden and dropped parts are listed one by one; those beyond are counted in the last one."""

_TAG_BASE = 0xE0000
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0000-\U000e01ef]+"
)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
_BREAKS = re.compile("[\n\r\x0b\x0c\x85\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class Unseen:
    """A run of text inside a paragraph that a reader does not see, and how it was hidden."""

    text: str
    way: str
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """The place inside a paragraph where a page begins."""

    number: int


@dataclass(frozen=True, slots=True)
class Left:
    """A run of text inside a paragraph that is seen and left out, and why: a key of `DROPPED`."""

    text: str
    reason: str


Piece = str | Unseen | Turn | Left


@dataclass(frozen=True, slots=True)
class Decoded:
    """What a reader makes of a document.

    Attributes:
        text: what a person who opens the document reads, a paragraph a line.
        encoding: of the document's bytes; `utf-8` where the format settles it.
        hints: see there.
    """

    text: str
    encoding: str = "utf-8"
    hints: Hints = field(default_factory=Hints)


class Builder:
    """Puts paragraphs, tables and what is not shown one after the other.

    Args:
        most_characters: a longer text is refused.
    """

    def __init__(self, most_characters: int) -> None:
        self._most = most_characters
        self._parts: list[str] = []
        self._length = 0
        self._headings: list[HeadingHint] = []
        self._pages: list[PageHint] = []
        self._tables: list[TableHint] = []
        self._hidden: list[Hidden] = []
        self._dropped: list[Dropped] = []
        self._by_script: list[tuple[int, int]] = []
        self._last_dropped: dict[str, int] = {}
        self._page: tuple[int, int] | None = None

    def paragraph(self, pieces: Iterable[Piece], *, level: int = 0, style: str = "") -> None:
        """Add a paragraph.

        Args:
            pieces: its words, those unseen among them; line breaks inside stay line breaks.
            level: of a heading, 1 for the outermost; 0 for a paragraph.
            style: what the document calls the heading.

        Raises:
            TooLargeError: the text becomes longer than allowed.
        """
        start = self._length
        for piece in pieces:
            if isinstance(piece, str):
                self._add(piece)
            else:
                self._note(piece)
        if self._length == start:
            return
        if level:
            self._headings.append(HeadingHint(start, self._length, level, style))
        self._append("\n")

    def seen(self, pieces: Iterable[Piece]) -> str:
        """The words of some pieces that are added later, as those of a table's cell; the others are noted here."""
        words: list[str] = []
        for piece in pieces:
            if isinstance(piece, str):
                words.append(piece)
            else:
                self._note(piece)
        return "".join(words)

    def table(self, rows: Sequence[Sequence[str]]) -> None:
        """Add a table, a sentence a row; one that holds no words adds nothing."""
        spans: list[tuple[int, int]] = []
        for sentence in row_sentences(rows):
            start = self._length
            self.paragraph([sentence])
            if self._length > start:
                spans.append((start, self._length - 1))
        if spans:
            self._tables.append(TableHint(spans[0][0], spans[-1][1], tuple(spans)))

    def include(self, decoded: Decoded) -> None:
        """Add what another reader made of a document inside this one; its tables come as their sentences."""
        levels = {one.start: one for one in decoded.hints.headings}
        at = 0
        for line in decoded.text.split("\n"):
            heading = levels.get(at)
            self.paragraph(
                [line], level=heading.level if heading else 0, style=heading.style if heading else ""
            )
            at += len(line) + 1
        for hidden in decoded.hints.hidden:
            self._keep_hidden(replace(hidden, at=self._length))
        for dropped in decoded.hints.dropped:
            self._keep_dropped(replace(dropped, at=self._length))

    def page(self, number: int) -> None:
        """Begin a page."""
        self._end_page()
        self._page = (number, self._length)

    def hide(self, text: str, way: str, *, apart: bool = False) -> None:
        """Note text that is not shown; `way` is a key of `HIDDEN`."""
        text = _told(text)
        if not text.strip():
            return
        numbers = numbers_left(text, "boilerplate" if apart else way)
        self._keep_hidden(Hidden(self._length, text[:LONGEST_SHOWN], len(text), way, apart, numbers))

    def drop(self, text: str, reason: str, page: int | None = None) -> None:
        """Note text that is left out; `reason` is a key of `DROPPED`."""
        text = _CONTROLS.sub("", text).strip()
        if not text:
            return
        numbers = numbers_left(text, reason)
        self._keep_dropped(Dropped(self._length, text[:LONGEST_SHOWN], len(text), reason, page, numbers))

    @property
    def length(self) -> int:
        """How long the text is so far."""
        return self._length

    def shown_by_script(self, start: int) -> None:
        """Note that what was added since `start` is hidden by the page until a script shows it."""
        if start == self._length:
            return
        if self._by_script and self._by_script[-1][1] == start:
            start = self._by_script.pop()[0]
        self._by_script.append((start, self._length))

    def decoded(self, *, encoding: str = "utf-8", title: str = "") -> Decoded:
        """All of it."""
        self._end_page()
        hints = Hints(
            title=" ".join(_CONTROLS.sub("", _UNSEEN.sub("", title)).split())[:LONGEST_SHOWN],
            headings=tuple(self._headings),
            pages=tuple(self._pages),
            tables=tuple(self._tables),
            hidden=tuple(self._hidden),
            dropped=tuple(self._dropped),
            by_script=tuple(self._by_script),
        )
        return Decoded("".join(self._parts), encoding, hints)

    def _keep_hidden(self, one: Hidden) -> None:
        if len(self._hidden) < MOST_LISTED:
            self._hidden.append(one)
            return
        last = self._hidden[-1]
        self._hidden[-1] = replace(last, length=last.length + one.length, numbers=last.numbers + one.numbers)

    def _keep_dropped(self, one: Dropped) -> None:
        """List it, or add it to the last of its reason: of no reason are the counts lost."""
        at = self._last_dropped.get(one.reason)
        if at is None or len(self._dropped) < MOST_LISTED:
            self._last_dropped[one.reason] = len(self._dropped)
            self._dropped.append(one)
            return
        last = self._dropped[at]
        self._dropped[at] = replace(last, length=last.length + one.length, numbers=last.numbers + one.numbers)

    def _note(self, piece: Unseen | Turn | Left) -> None:
        match piece:
            case Unseen(text, way, apart):
                self.hide(text, way, apart=apart)
            case Turn(number):
                self.page(number)
            case Left(text, reason):
                self.drop(text, reason)

    def _add(self, text: str) -> None:
        text = _BREAKS.sub("\n", text)
        at = 0
        for match in _UNSEEN.finditer(text):
            self._append(_CONTROLS.sub("", text[at : match.start()]))
            self.hide(match[0], "characters")
            at = match.end()
        self._append(_CONTROLS.sub("", text[at:]))

    def _append(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)
        if self._length > self._most:
            raise TooLargeError(
                Message("its text is longer than %(number)s characters", number=f"{self._most:,}")
            )

    def _end_page(self) -> None:
        if self._page is not None:
            number, start = self._page
            self._pages.append(PageHint(start, self._length, number))
            self._page = None


def _told(text: str) -> str:
    """Hidden text as it can be shown: tag characters as the letters they stand for, others by their number."""
    plain = _CONTROLS.sub("", text)
    return _UNSEEN.sub(lambda match: "".join(map(_name, match[0])), plain)


def _name(char: str) -> str:
    code = ord(char)
    if _TAG_BASE + 0x20 <= code < _TAG_BASE + 0x7F:
        return chr(code - _TAG_BASE)
    return f"<U+{code:04X}>"
