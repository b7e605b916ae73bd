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


_LOOKED_AT = 4_096
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIPS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|title)[\s>]",
    re.IGNORECASE | re.DOTALL,
)
_TAG = re.compile(
    r"<(?:p|div|span|br|table|td|a|h[1-6]|body|html|script|font|center|article|section)\b[^<>]*>",
    re.IGNORECASE,
)
_MHTML = re.compile(
    rb"(?:[A-Za-z-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){0,20}?(?:MIME-Version:|Content-Type:[ \t]*multipart/related)",
    re.IGNORECASE,
)
_HTML_SUFFIXES = frozenset({".html", ".htm", ".xhtml", ".shtml"})
_MARKDOWN_SUFFIXES = frozenset({".md", ".markdown"})

# Names of streams in the old containers of Microsoft and WPS, and of members in the new ones.
_OLE_STREAMS = (
    ("EncryptedPackage", Format.ENCRYPTED_OFFICE),
    ("WordDocument", Format.OLD_WORD),
    ("Workbook", Format.SPREADSHEET),
    ("PowerPoint Document", Format.SLIDES),
)
_ZIP_MEMBERS = (
    (b"word/", Format.DOCX),
    (b"xl/", Format.SPREADSHEET),
    (b"ppt/", Format.SLIDES),
)


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
        streams = ((stream.encode("utf-16-le"), kind) for stream, kind in _OLE_STREAMS)
        return next((kind for stream, kind in streams if stream in data), Format.OLD_WORD)
    if data.startswith(b"{\\rtf"):
        return Format.RTF
    return _textual(data, PurePosixPath(name.replace("\\", "/")).suffix.lower())


def _zipped(data: bytes) -> Format:
    """A ZIP archive, or one of the documents that are such."""
    if b"[Content_Types].xml" in data:
        at = {kind: data.find(member) for member, kind in _ZIP_MEMBERS}
        found = {kind: place for kind, place in at.items() if place >= 0}
        if found:
            return min(found, key=lambda kind: found[kind])
    if data[30:100].startswith(b"mimetypeapplication/vnd.oasis.opendocument.text"):
        return Format.ODT
    if b"OFD.xml" in data and b"Doc_0" in data:
        return Format.OFD
    return Format.ZIP


def _textual(data: bytes, suffix: str) -> Format:
    opening = _opening(data)
    if _HTML.match(opening):
        return Format.HTML
    if _MHTML.match(data[:_LOOKED_AT]) and b"text/html" in data:
        return Format.MHTML
    if suffix in _HTML_SUFFIXES and _TAG.search(opening):
        return Format.HTML
    if suffix in _MARKDOWN_SUFFIXES:
        return Format.MARKDOWN
    return Format.TEXT


def _opening(data: bytes) -> str:
    """The first characters, as far as ASCII tells them."""
    for mark, codec, _ in MARKS:
        if data.startswith(mark):
            return data[len(mark) : 4 * _LOOKED_AT].decode(codec, "ignore")
    return data[: 4 * _LOOKED_AT].decode("latin-1")
