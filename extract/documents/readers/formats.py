"""What kind of document some bytes are: told by the bytes, and by the file's name only where they do not say."""

import re
from enum import StrEnum
from pathlib import PurePosixPath

from extract.documents.decode import MARKS


class Format(StrEnum):
    """The kinds of documents that are read, and those that are only recognised."""

    TEXT = "text"
    MARKDOWN = "markdown"
    HTML = "html"
    MHTML = "mhtml"
    DOCX = "docx"
    PDF = "pdf"
    ZIP = "zip"
    OLD_WORD = "old_word"
    ODT = "odt"
    RTF = "rtf"
    ENCRYPTED_OFFICE = "encrypted_office"
    SPREADSHEET = "spreadsheet"
    SLIDES = "slides"
    OFD = "ofd"
    WORD_XML = "word_xml"
    UOF = "uof"
    EBOOK = "ebook"
    PAGES = "pages"
    XPS = "xps"
    MESSAGE = "message"
    DRAWING = "drawing"
    HANGUL = "hangul"


_LOOKED_AT = 4_096
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIPS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_ZIP_ENTRY, _ZIP_END = b"PK\x01\x02", b"PK\x05\x06"
_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body|meta|title)[\s>]", re.IGNORECASE)
_BEFORE_HTML = (("<?xml", ">"), ("<!--", "-->"))
"""What may stand before a page: where it begins and ends."""
_TAG = re.compile(
    r"<(?:p|div|span|br|table|td|a|h[1-6]|body|html|script|font|center|article|section)\b[^<>]*>",
    re.IGNORECASE,
)
_MHTML = re.compile(
    rb"(?:[A-Za-z-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,20}?(?:MIME-Version:|Content-Type:[ \t]*multipart/related)",
    re.IGNORECASE,
)
_ENDING_TAG = re.compile(r"</(?:p|div|span|td|section)>|<br\s*/?>", re.IGNORECASE)
_LEAST_ENDING_TAGS = 5  # of a page that was copied without its head; a text may speak of a tag or two
_HTML_SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".shtml"})
_MARKDOWN_SUFFIXES = frozenset({".md", ".markdown"})

_DIRECTORY_ENTRY = 128
"""Bytes of an entry in the directory of an OLE file, and the boundary on which each begins."""
_LONG_NAME = 8  # characters; shorter names may stand in any bytes by accident

# Names of streams in the old containers of Microsoft and WPS, and of members in the new ones.
_OLE_STREAMS = (
    ("EncryptedPackage", Format.ENCRYPTED_OFFICE),
    ("WordDocument", Format.OLD_WORD),
    ("Workbook", Format.SPREADSHEET),
    ("Book", Format.SPREADSHEET),
    ("PowerPoint Document", Format.SLIDES),
    ("HwpSummaryInformation", Format.HANGUL),
    ("VisioDocument", Format.DRAWING),
    ("__properties_version1.0", Format.MESSAGE),
)
_WORD_BEGINS = b"\xec\xa5"
_WORD_AT, _FLAGS_AT, _ENCRYPTED_FLAG = 512, 522, 0x0100
"""Where the stream of a Word document mostly begins, and what in it says that it needs a password ([MS-DOC] 2.5.1)."""
_ZIP_MEMBERS = (
    (b"word/", Format.DOCX),
    (b"xl/", Format.SPREADSHEET),
    (b"ppt/", Format.SLIDES),
    (b"visio/", Format.DRAWING),
)
_OTHER_MEMBERS = (
    (b"META-INF/container.xml", Format.EBOOK),
    (b"Index/Document.iwa", Format.PAGES),
    (b"FixedDocSeq.fdseq", Format.XPS),
    (b"FixedDocumentSequence.fdseq", Format.XPS),
    (b"uof.xml", Format.UOF),
    (b"OFD.xml", Format.OFD),
)
_MIMETYPE_AT = 30
_MIMETYPE = b"mimetypeapplication/"
_MIMETYPES = (
    (b"vnd.oasis.opendocument.text", Format.ODT),
    (b"vnd.oasis.opendocument.spreadsheet", Format.SPREADSHEET),
    (b"vnd.oasis.opendocument.presentation", Format.SLIDES),
    (b"vnd.oasis.opendocument.graphics", Format.DRAWING),
    (b"epub+zip", Format.EBOOK),
)
_XML = (
    ('progid="Word.Document"', Format.WORD_XML),
    ("<w:wordDocument", Format.WORD_XML),
    ('progid="Excel.Sheet"', Format.SPREADSHEET),
    ("<uof:UOF", Format.UOF),
    ("<uof:uof", Format.UOF),
)
"""What the opening of an office document says that is one XML file."""
_KINDLE_AT = slice(60, 68)


def format_of(data: bytes, name: str) -> Format:
    """The kind of a document.

    Args:
        data: its bytes.
        name: its path; the suffix tells Markdown, and HTML that does not begin as such.

    Returns:
        `TEXT` for all that is nothing else, binary files that are not known here included.
    """
    if b"%PDF-" in data[:1024]:
        return Format.PDF
    if data.startswith(_ZIPS):
        return _zipped(data)
    if data.startswith(_OLE):
        return _contained(data)
    if data[_KINDLE_AT] == b"BOOKMOBI":
        return Format.EBOOK
    if data.startswith(b"{\\rtf"):
        return Format.RTF
    return _textual(data, PurePosixPath(name.replace("\\", "/")).suffix.lower())


def _contained(data: bytes) -> Format:
    """What an OLE file holds, by the names in its directory; where that is damaged, by names anywhere."""
    if data[_WORD_AT : _WORD_AT + 2] == _WORD_BEGINS:
        encrypted = int.from_bytes(data[_FLAGS_AT : _FLAGS_AT + 2], "little") & _ENCRYPTED_FLAG
        return Format.ENCRYPTED_OFFICE if encrypted else Format.OLD_WORD
    streams = [(stream.encode("utf-16-le"), kind) for stream, kind in _OLE_STREAMS]
    for stream, kind in streams:
        if _is_entry(data, stream + b"\0\0"):
            return kind
    long = (one for one in streams if len(one[0]) >= 2 * _LONG_NAME)
    return next((kind for stream, kind in long if stream in data), Format.OLD_WORD)


def says_word(data: bytes) -> bool:
    """Whether an OLE file says of itself that it holds a Word document."""
    return data[_WORD_AT : _WORD_AT + 2] == _WORD_BEGINS or "WordDocument".encode("utf-16-le") in data


def _is_entry(data: bytes, name: bytes) -> bool:
    """Whether an entry of the directory has a name, which ends in a zero."""
    at = data.find(name)
    while at >= 0:
        if at % _DIRECTORY_ENTRY == 0 and int.from_bytes(data[at + 64 : at + 66], "little") == len(name):
            return True
        at = data.find(name, at + 1)
    return False


def _zipped(data: bytes) -> Format:
    """A ZIP archive, or one of the documents that are such."""
    names = _directory(data)
    if b"[Content_Types].xml" in names:
        at = {kind: names.find(member) for member, kind in _ZIP_MEMBERS}
        found = {kind: place for kind, place in at.items() if place >= 0}
        if found:
            return min(found, key=lambda kind: found[kind])
    for mimetype, kind in _MIMETYPES:
        if data.startswith(_MIMETYPE + mimetype, _MIMETYPE_AT):
            return kind
    return next((kind for member, kind in _OTHER_MEMBERS if member in names), Format.ZIP)


def _directory(data: bytes) -> bytes:
    """The part of an archive that lists its files; all of it where that cannot be found.

    Documents in an archive that does not pack them bring their own lists, which are not those of the archive.
    """
    end = data.rfind(_ZIP_END)
    if end < 0 or end + 20 > len(data):
        return data
    start = int.from_bytes(data[end + 16 : end + 20], "little")
    return data[start:end] if data.startswith(_ZIP_ENTRY, start) and start < end else data


def _textual(data: bytes, suffix: str) -> Format:
    opening = _opening(data)
    if opening.lstrip().startswith("<?xml"):
        for mark, kind in _XML:
            if mark in opening:
                return kind
    begins = _without_prologue(opening)
    if _HTML.match(begins):
        return Format.HTML
    if _TAG.match(begins) and len(_ENDING_TAG.findall(begins)) >= _LEAST_ENDING_TAGS:
        return Format.HTML
    if _MHTML.match(data[:_LOOKED_AT]) and b"text/html" in data:
        return Format.MHTML
    if suffix in _HTML_SUFFIXES and _TAG.search(opening):
        return Format.HTML
    if suffix in _MARKDOWN_SUFFIXES:
        return Format.MARKDOWN
    return Format.TEXT


def _without_prologue(opening: str) -> str:
    """The opening of a file without the XML declaration and the comments that it begins with."""
    at, moved = 0, True
    while moved:
        moved = False
        at = len(opening) - len(opening[at:].lstrip())
        for begins, ends in _BEFORE_HTML:
            if opening.startswith(begins, at) and (end := opening.find(ends, at + len(begins))) >= 0:
                at, moved = end + len(ends), True
                break
    return opening[at:]


def _opening(data: bytes) -> str:
    """The first characters, as far as ASCII tells them."""
    for mark, codec, _ in MARKS:
        if data.startswith(mark):
            return data[len(mark) : 4 * _LOOKED_AT].decode(codec, "ignore")
    return data[: 4 * _LOOKED_AT].decode("latin-1")
