"""PDF with a text layer: lines put back into paragraphs, tables into sentences, running heads left out."""

import logging
import re
from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect

from extract.documents.readers.bounds import Bounds
from extract.documents.readers.building import Builder, Decoded, Piece, Turn, Unseen
from extract.documents.readers.pdf_chars import is_within, upright
from extract.documents.readers.pdf_columns import ONE_COLUMN, Layout, Place
from extract.documents.readers.pdf_heads import running_heads
from extract.documents.readers.pdf_lines import (
    HiddenWords,
    Line,
    joined,
    lines_of,
    with_margins,
)
from extract.documents.readers.pdf_tables import PageTable, tables_of
from extract.documents.readers.pdf_turned import turned_part
from extract.documents.readers.pdf_unseen import mark_unseen
from extract.documents.readers.pdf_words import UNNAMED
from extract.documents.readers.raised import NOTE_MARK
from extract.errors import DamagedFileError, EncryptedFileError, PictureOnlyError, TooLargeError
from extract.messages import Message, count

_NAMELESS = re.compile(f"[{UNNAMED}\ue000-\uf8ff]")
_MOST_NAMELESS = 0.2
_LEAST_PICTURE_PAGE = 5  # fewer characters on a page with a picture are a stamp or a page number
_ENCRYPTED = (PDFPasswordIncorrect, PDFEncryptionError)


def read(data: bytes, bounds: Bounds, extend: Callable[[], None]) -> Decoded:
    """Read a PDF.

    Args:
        data: its bytes.
        bounds: what it may take.
        extend: called after each page.

    Raises:
        EncryptedFileError: it needs a password.
        PictureOnlyError: it has no text layer, or one that names no characters.
        DamagedFileError, TooLargeError: it cannot be read to its end, or is too long.
    """
    data = data[max(0, data.find(b"%PDF-", 0, 1024)) :]
    mark_unseen()
    try:
        with pdfplumber.open(BytesIO(data)) as pdf:
            return _read(pdf, bounds, extend)
    except Exception as error:
        if any(isinstance(cause, _ENCRYPTED) for cause in _causes(error)):
            raise EncryptedFileError(Message("needs a password")) from error
        raise


def _causes(error: BaseException) -> list[BaseException]:
    """An error, and those that pdfplumber wraps in it."""
    inner = [
        one for one in (*error.args, error.__cause__, error.__context__) if isinstance(one, BaseException)
    ]
    return [error, *inner]


def _read(pdf: Any, bounds: Bounds, extend: Callable[[], None]) -> Decoded:
    losses = _Losses()
    pages: list[_Page] = []
    broken: list[int] = []
    characters = 0
    total = len(pdf.pages)
    if total > bounds.pages:
        raise TooLargeError(
            Message(
                "it has %(total)s pages, more than the %(most)s allowed",
                total=f"{total:,}",
                most=f"{bounds.pages:,}",
            )
        )
    for page in pdf.pages:
        try:
            pages.append(_Page(page, losses, pages[-1].layout if pages else ONE_COLUMN))
        except (MemoryError, RecursionError):
            raise
        except Exception:  # noqa: BLE001 - pdfminer raises anything over a damaged page
            broken.append(page.page_number)
        else:
            characters += sum(len(line.text) for line in pages[-1].lines)
            if characters > bounds.characters:
                raise TooLargeError(
                    Message("its text is longer than %(number)s characters", number=f"{bounds.characters:,}")
                )
        page.close()
        extend()
    if not pages:
        raise DamagedFileError(Message("none of its pages can be read"))
    _refuse_without_text(pages)
    for page, lines in zip(pages, with_margins([page.lines for page in pages]), strict=True):
        page.lines = lines
    title = pdf.metadata.get("Title")
    return _built(pages, broken, bounds).decoded(title=title if isinstance(title, str) else "")


class _Losses(logging.Handler):
    """Counts what pdfminer only whispers: streams that broke off while they were unpacked."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.count = 0
        logger = logging.getLogger("pdfminer")
        logger.handlers[:] = [self]
        logger.propagate = False

    def emit(self, record: logging.LogRecord) -> None:
        self.count += "Data-loss" in record.getMessage()


class _Page:
    """What one page holds."""

    def __init__(self, page: Any, losses: "_Losses", above: Layout) -> None:
        before = losses.count
        self.number: int = page.page_number
        page, chars = upright(page)
        self.pictures = len(page.images)
        self.tables: list[PageTable] = tables_of(page, chars)
        boxes = [table.box for table in self.tables]
        found = lines_of(chars, page, boxes, above)
        self.lines: list[Line] = found.lines
        self.hidden = found.hidden
        self.layout = found.layout
        self.ruby = found.ruby
        self.struck = "".join(char["text"] for char in chars.struck)
        self.watermarks = ["".join(char["text"] for char in chars.slanted)]
        for quarters, some in chars.turned.items():
            apart = [char for char in some if not is_within(char, boxes)]
            if not apart:
                continue
            turned = turned_part(page, quarters, apart, beside=chars.seen, layout=self.layout)
            self.tables += turned.tables
            self.lines += turned.lines
            self.watermarks.append(turned.margin)
        self.damaged = losses.count > before

    def place(self, part: "Line | PageTable | HiddenWords") -> Place:
        """Where a part of it is read."""
        if isinstance(part, PageTable) and part.place is None:
            return self.layout.place((part.box[0] + part.box[2]) / 2, part.box[1])
        return part.place or (0, 0, 0.0)

    @property
    def marks(self) -> Iterator[str]:
        """The marks of notes that were left out of its words."""
        yield from (mark for line in self.lines for mark in line.marks)
        yield from (mark for table in self.tables for mark in table.marks)

    @property
    def text(self) -> str:
        """All its words in no order."""
        cells = (cell for table in self.tables for row in table.rows for cell in dict.fromkeys(row))
        return "".join((*(line.text for line in self.lines), *cells))

    @property
    def name(self) -> str:
        """As people call it."""
        return f"第{self.number}页 / page {self.number}"


def _refuse_without_text(pages: Sequence[_Page]) -> None:
    text = "".join(page.text for page in pages)
    if len(_NAMELESS.findall(text)) > _MOST_NAMELESS * max(1, len(text)):
        raise PictureOnlyError(Message("its text cannot be read because its fonts do not map to characters"))
    if len("".join(text.split())) >= _LEAST_PICTURE_PAGE * len(pages):
        return
    if any(page.pictures for page in pages):
        raise PictureOnlyError(
            count(
                "a scanned PDF: its page is a picture without text",
                "a scanned PDF: its %(num)s pages are pictures without text",
                len(pages),
            )
        )
    if not text.strip():
        raise PictureOnlyError(Message("there is no text in it"))


def _built(pages: Sequence[_Page], broken: Sequence[int], bounds: Bounds) -> Builder:
    builder = Builder(bounds.characters)
    heads = running_heads([page.lines for page in pages])
    for number in broken:
        builder.drop(f"第{number}页 / page {number}", "unreadable_page", number)
    paragraph: list[Piece] = []
    before: Line | None = None
    above: PageTable | None = None
    for page, dropped in zip(pages, heads, strict=True):
        kept = [line for n, line in enumerate(page.lines) if n not in dropped]
        parts: list[Line | PageTable | HiddenWords] = [*kept, *page.tables, *page.hidden]
        turn: list[Turn] = [Turn(page.number)]
        first = True
        for item in sorted(parts, key=page.place):
            if isinstance(item, HiddenWords):
                paragraph += [*turn, Unseen(item.text, item.way)]
                turn = []
                continue
            goes_on = isinstance(item, Line) and before is not None and joined(before, item, new_page=first)
            if not goes_on:
                builder.paragraph(paragraph)
                paragraph = []
            paragraph += turn
            turn = []
            if isinstance(item, PageTable):
                above = item.after(above) if first and above else item
                builder.paragraph(paragraph)
                builder.table(above.rows)
                paragraph, before = [], None
            else:
                above = None
                paragraph.append(item.after(before) if goes_on and before else item.shown)
                before = item
            first = False
        paragraph += turn
        _note(
            builder,
            page,
            [(page.lines[n].text, reason) for n, reason in dropped.items()],
            empty=not (kept or page.tables),
        )
    builder.paragraph(paragraph)
    return builder


def _note(builder: Builder, page: _Page, dropped: Sequence[tuple[str, str]], *, empty: bool) -> None:
    """What of a page is not in the text."""
    for text, reason in dropped:
        builder.drop(text, reason, page.number)
    for text in page.watermarks:
        builder.drop(text, "watermark", page.number)
    builder.drop(page.struck, "struck", page.number)
    for text in page.ruby:
        builder.drop(text, "ruby", page.number)
    for mark in page.marks:
        builder.drop(mark, NOTE_MARK, page.number)
    if nameless := page.text.count(UNNAMED):
        builder.drop(f"{nameless} 个字符 / characters", "unnamed", page.number)
    if page.damaged:
        builder.drop(page.name, "damaged_page", page.number)
    elif empty:
        builder.drop(page.name, "picture_page" if page.pictures else "empty_page", page.number)
