"""Documents of any kind to decoded text.

    bytes → format → text: decoded here
                   → Markdown, HTML, DOCX, PDF: read by a process of its own, within bounds
                   → .doc, .wps, RTF, ODT: made into DOCX by LibreOffice, where there is one

`read_document` does all of it. Nothing heavy is imported in this process.
"""

import hashlib

from extract.documents.decode import decode
from extract.documents.model import SourceText
from extract.documents.readers.bounds import Bounds
from extract.documents.readers.formats import Format, format_of
from extract.documents.readers.unread import meant_by_name, unread
from extract.documents.storable import storable
from extract.errors import (
    BinaryFileError,
    EmptyTextError,
    InputError,
    TooLargeError,
    UndecodableTextError,
)
from extract.file_names import with_slashes
from extract.messages import Message

__all__ = ["Bounds", "Format", "format_of", "read_document"]


def read_document(data: bytes, name: str, *, bounds: Bounds | None = None) -> SourceText:
    """Read one document.

    Args:
        data: its bytes.
        name: its path as given by the user; its suffix tells only what the bytes do not.
        bounds: what reading it may take.

    Returns:
        Its text, and what it says about the text; the digest is of the bytes.

    Raises:
        InputError: the leaf says why it cannot be read; the message begins with the name.
    """
    bounds = bounds or Bounds()
    if len(data) > bounds.bytes:
        raise TooLargeError(
            Message(
                "%(name)s: %(number)s bytes, more than the %(most)s allowed",
                name=name,
                number=f"{len(data):,}",
                most=f"{bounds.bytes:,}",
            )
        )
    form = format_of(data, name)
    try:
        if refused := unread(data, name, form):
            raise refused
        if form is Format.TEXT:
            return _decoded(data, name, bounds)
        return _read(data, name, form, bounds)
    except InputError as error:
        if str(error).startswith(name):
            raise
        raise type(error)(Message("%(name)s: %(error)s", name=name, error=error), hint=error.hint) from error


def _decoded(data: bytes, name: str, bounds: Bounds) -> SourceText:
    try:
        return decode(data, name, bounds.bytes)
    except (BinaryFileError, UndecodableTextError) as error:
        if (meant := meant_by_name(name)) is None:
            raise
        raise meant from error


def _read(data: bytes, name: str, form: Format, bounds: Bounds) -> SourceText:
    from extract.documents.readers import office
    from extract.documents.readers.archive import opened
    from extract.documents.readers.isolation import PROCESS

    content = data
    if form in office.KINDS:
        if form is Format.ODT:  # LibreOffice unpacks whatever there is
            opened(data, bounds).close()
        content = office.to_docx(data, form, office.converter())
        form = Format.DOCX
    decoded = PROCESS.read(content, form.value, bounds)
    if not decoded.text.strip():
        raise EmptyTextError(Message("there is no text in it"))
    return SourceText(
        name=with_slashes(name),
        text=storable(decoded.text),
        sha256=hashlib.sha256(data).hexdigest(),
        encoding=decoded.encoding,
        format="html" if form is Format.MHTML else form.value,
        hints=decoded.hints,
    )
