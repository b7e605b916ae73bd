"""DOCX: paragraphs, headings and tables in the order of the document; hidden runs and deletions set apart."""

import re
import zipfile
from collections.abc import Iterator
from importlib import import_module
from io import BytesIO
from typing import Any

from docx.opc.exceptions import PackageNotFoundError
from docx.opc.part import PartFactory
from docx.oxml.ns import qn
from docx.package import Package
from docx.parts.document import DocumentPart
from lxml import etree

from extract.documents.readers.archive import opened, read_member
from extract.documents.readers.bounds import Bounds
from extract.documents.readers.building import Builder, Decoded, Left
from extract.documents.readers.formats import Format, format_of
from extract.documents.readers.symbols import NAMELESS
from extract.documents.readers.tables import is_data
from extract.documents.readers.word_numbering import Numbering, is_typed, set_before
from extract.documents.readers.word_runs import (
    ALTERNATE,
    DELETED,
    SKIPPED,
    TBL,
    Box,
    P,
    Runs,
    text_of,
    version_of,
)
from extract.documents.readers.word_styles import Styles
from extract.errors import (
    DamagedFileError,
    EncryptedFileError,
    InputError,
    OldFormatError,
    UnsafeArchiveError,
)
from extract.messages import Message

_TR, _TC = (qn(f"w:{tag}") for tag in ("tr", "tc"))
_DTD = re.compile(rb"<!(?:DOCTYPE|ENTITY)|<\x00?!\x00?(?:D\x00?O\x00?C|E\x00?N\x00?T)")
_CHUNK, _RELATION = qn("w:altChunk"), qn("r:id")
_STRICT = b"http://purl.oclc.org/ooxml/"
_MAIN_PARTS = (
    "application/vnd.ms-word.document.macroEnabled.main+xml",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
    "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
)
"""Of documents with macros and of templates; python-docx knows that of documents without."""

_MOST_SPANNED = 60
_MOST_CELLS = 200_000
_DEEPEST = 200


def read(data: bytes, bounds: Bounds, extend: Any) -> Decoded:  # noqa: ARG001 - one call for all readers
    """Read a DOCX.

    Args:
        data: its bytes.
        bounds: what it may take.
        extend: not needed; a DOCX has no pages.

    Raises:
        InputError: the leaf says why it cannot be read.
    """
    _look_over(data, bounds)
    try:
        part = Package.open(BytesIO(data)).main_document_part
    except (PackageNotFoundError, KeyError, ValueError, etree.XMLSyntaxError, zipfile.BadZipFile) as error:
        raise DamagedFileError(
            Message("its parts do not fit together (%(kind)s)", kind=type(error).__name__)
        ) from error
    if not isinstance(part, DocumentPart):
        raise DamagedFileError(Message("its main part is not a document"))
    return _Reading(part.document, bounds).decoded()


def _look_over(data: bytes, bounds: Bounds) -> None:
    """Refuse what must not get as far as a parser."""
    with opened(data, bounds) as archive:
        for info in archive.infolist():
            try:
                content = (
                    read_member(archive, info, bounds) if info.filename.endswith((".xml", ".rels")) else b""
                )
            except EncryptedFileError:
                raise
            except InputError as error:
                raise DamagedFileError(
                    Message("its part %(part)s: %(error)s", part=repr(info.filename[:60]), error=error)
                ) from error
            if info.filename == "_rels/.rels" and _STRICT in content:
                raise OldFormatError(
                    Message("a document saved as Strict Open XML"),
                    hint=Message("Open it in Word or WPS and save it as an ordinary .docx."),
                )
            if _DTD.search(content):
                raise UnsafeArchiveError(Message("its XML declares entities, which DOCX does not allow"))


PartFactory.part_type_for.update(dict.fromkeys(_MAIN_PARTS, DocumentPart))


class _Reading:
    """One document at work."""

    def __init__(self, document: Any, bounds: Bounds) -> None:
        self._document = document
        self._bounds = bounds
        self._builder = Builder(bounds.characters)
        self._styles = Styles(document)
        self._runs = Runs(self._styles)
        self._numbering = Numbering(document)
        self._cells = _MOST_CELLS

    def decoded(self) -> Decoded:
        self._blocks(self._document.element.body, 0)
        self._aside()
        return self._builder.decoded(title=self._document.core_properties.title or "")

    def _blocks(self, element: Any, depth: int) -> None:
        if depth > _DEEPEST:
            raise DamagedFileError(Message("it is nested too deeply"))
        for child in element:
            if child.tag == P:
                self._paragraph(child, depth)
            elif child.tag == TBL:
                self._table(child, depth)
            elif child.tag in DELETED:
                self._builder.drop(text_of(child, deleted=True), "deleted")
            elif child.tag == _CHUNK:
                self._chunk(child)
            elif child.tag == ALTERNATE:
                if (version := version_of(child)) is not None:
                    self._blocks(version, depth + 1)
            elif isinstance(child.tag, str) and child.tag not in SKIPPED:
                self._blocks(child, depth + 1)

    def _chunk(self, chunk: Any) -> None:
        """A web page inside the document, as programs write that turn pages into documents."""
        relation = self._document.part.rels.get(chunk.get(_RELATION))
        if relation is None or relation.is_external:
            return
        part = relation.target_part
        form = format_of(part.blob, str(part.partname))
        if form not in {Format.HTML, Format.MHTML}:
            self._builder.drop(str(part.partname), "embedded")
            return
        reader = import_module(f"{__package__}.{'web_page' if form is Format.HTML else 'web_archive'}")
        self._builder.include(reader.read(part.blob, self._bounds, lambda: None))

    def _paragraph(self, paragraph: Any, depth: int) -> None:
        parts = self._runs.read(paragraph)
        pieces = [part for part in parts if not isinstance(part, Box)]
        level, style = self._styles.heading(paragraph)
        words = "".join(piece for piece in pieces if isinstance(piece, str))
        if words.strip() and (number := self._numbering.next(paragraph, self._styles)):
            typed = is_typed(number, words)
            pieces.insert(0, Left(number, "numbering") if typed else set_before(number, words))
        self._note_nameless(words)
        self._builder.paragraph(pieces, level=level, style=style)
        for part in parts:
            if isinstance(part, Box):
                self._blocks(part.content, depth + 1)

    def _note_nameless(self, words: str) -> None:
        if nameless := words.count(NAMELESS):
            self._builder.drop(f"{nameless} 个字符 / characters", "unnamed")

    def _table(self, table: Any, depth: int) -> None:
        rows = self._rows(table)
        if is_data([[text_of(cell) for cell in row] for row in rows]):
            self._builder.table([[self._cell(cell) for cell in row] for row in rows])
            return
        seen: set[int] = set()
        for row in rows:
            for cell in row:
                if id(cell) not in seen:
                    seen.add(id(cell))
                    self._blocks(cell, depth + 1)

    def _rows(self, table: Any) -> list[list[Any]]:
        """The cells of a table; one that spans several places stands in each of them."""
        rows: list[list[Any]] = []
        for row in _nearest(table, _TR):
            cells: list[Any] = []
            for cell in _nearest(row, _TC):
                properties = cell.find(qn("w:tcPr"))
                merged = None if properties is None else properties.find(qn("w:vMerge"))
                at = len(cells)
                goes_on = merged is not None and merged.get(qn("w:val")) in {None, "continue"}
                above = rows[-1][at] if goes_on and rows and at < len(rows[-1]) else cell
                cells += [above] * _spanned(properties)
                self._cells -= 1
                if self._cells < 0:
                    raise DamagedFileError(
                        Message("a table has more than %(number)s cells", number=f"{_MOST_CELLS:,}")
                    )
            rows.append(cells)
        return rows

    def _cell(self, cell: Any, depth: int = 0) -> str:
        """The words of a cell that are seen, those of tables and boxes in it among them; the others are noted."""
        if depth > _DEEPEST:
            raise DamagedFileError(Message("it is nested too deeply"))
        words: list[str] = []
        for child in cell:
            if child.tag == P:
                words += [*self._words_of_cell(child, depth), "\n"]
            elif child.tag in DELETED:
                self._builder.drop(text_of(child, deleted=True), "deleted")
            elif child.tag == ALTERNATE:
                version = version_of(child)
                words.append("" if version is None else self._cell(version, depth + 1))
            elif isinstance(child.tag, str) and child.tag not in SKIPPED:
                words.append(self._cell(child, depth + 1))
        return "".join(words)

    def _words_of_cell(self, paragraph: Any, depth: int) -> Iterator[str]:
        for part in self._runs.read(paragraph):
            if isinstance(part, Box):
                yield self._cell(part.content, depth + 1).rstrip("\n")
            else:
                seen = self._builder.seen([part])
                self._note_nameless(seen)
                yield seen

    def _aside(self) -> None:
        """What is not part of the running text: heads and feet of pages, notes, comments."""
        seen: set[str] = set()
        for section in self._document.sections:
            for part in (
                section.header,
                section.footer,
                section.first_page_header,
                section.first_page_footer,
            ):
                text = "" if part.is_linked_to_previous else text_of(part._element)  # noqa: SLF001
                if text and text not in seen:
                    seen.add(text)
                    self._builder.drop(text, "header_footer")
        for relation in self._document.part.rels.values():
            kind = relation.reltype.rpartition("/")[2]
            if kind in {"footnotes", "endnotes", "comments"} and not relation.is_external:
                element = etree.fromstring(relation.target_part.blob, _parser())
                for note in element:
                    self._builder.drop(text_of(note), "comment" if kind == "comments" else "footnote")


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)


def _nearest(element: Any, tag: str) -> Iterator[Any]:
    """The rows of a table, or the cells of a row, through the wrappers around them."""
    for child in element:
        if child.tag == tag:
            yield child
        elif isinstance(child.tag, str) and child.tag not in SKIPPED and child.tag not in DELETED:
            yield from (one for one in child.iter(tag) if TBL not in {up.tag for up in _between(one, child)})


def _between(element: Any, top: Any) -> Iterator[Any]:
    for up in element.iterancestors():
        yield up
        if up is top:
            return


def _spanned(properties: Any) -> int:
    span = None if properties is None else properties.find(qn("w:gridSpan"))
    text = "1" if span is None else span.get(qn("w:val"), "1")
    return min(max(1, int(text)), _MOST_SPANNED) if text.isdigit() else 1
