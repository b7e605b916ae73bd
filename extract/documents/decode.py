"""Bytes to text, without guessing: encodings are tried strictly, in a fixed order, and the result is judged.

    mark (UTF-8, UTF-16, UTF-32) → UTF-8 → GB18030 → refused, with the byte at which UTF-8 fails

GB18030 accepts nearly any run of bytes, so what it yields must also look like Chinese text. Byte-order marks
are no part of the text: offsets count from the first character after one.
"""

import codecs
import hashlib
import re
from functools import cache

from extract.documents.model import SourceText
from extract.documents.storable import storable
from extract.errors import BinaryFileError, EmptyTextError, TooLargeError, UndecodableTextError
from extract.file_names import with_slashes
from extract.messages import Message

MAX_BYTES = 20_000_000

# First bytes of what people drop beside their reports, what it is, and the way out.
SIGNATURES: tuple[tuple[bytes, str, str], ...] = (
    (
        b"%PDF-",
        Message("a PDF"),
        Message("Save its text as UTF-8 (for example with pdftotext) and run again."),
    ),
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        Message("an old Word or Excel file"),
        Message("Open it and save it as UTF-8 text."),
    ),
    (
        b"PK\x03\x04",
        Message("a ZIP archive (as DOCX and XLSX files are)"),
        Message("Open it and save it as UTF-8 text, or unpack it."),
    ),
    (b"{\\rtf", Message("an RTF document"), Message("Open it and save it as UTF-8 text.")),
    (b"\x89PNG\r\n", Message("a PNG picture"), Message("Run text recognition (OCR) over the picture first.")),
    (
        b"\xff\xd8\xff",
        Message("a JPEG picture"),
        Message("Run text recognition (OCR) over the picture first."),
    ),
    (b"GIF8", Message("a GIF picture"), Message("Run text recognition (OCR) over the picture first.")),
    (b"II*\x00", Message("a TIFF picture"), Message("Run text recognition (OCR) over the picture first.")),
    (b"MM\x00*", Message("a TIFF picture"), Message("Run text recognition (OCR) over the picture first.")),
    (b"\x1f\x8b", Message("a gzip archive"), Message("Unpack it first.")),
    (b"BZh", Message("a bzip2 archive"), Message("Unpack it first.")),
    (b"\xfd7zXZ\x00", Message("an xz archive"), Message("Unpack it first.")),
    (b"7z\xbc\xaf\x27\x1c", Message("a 7z archive"), Message("Unpack it first.")),
    (b"Rar!", Message("a RAR archive"), Message("Unpack it first.")),
    (b"SQLite format 3\x00", Message("an SQLite database"), Message("Name the text files instead.")),
    (b"\x7fELF", Message("a program"), Message("Name the text files instead.")),
)

# UTF-32 stands first: its little-endian mark begins with that of UTF-16.
MARKS: tuple[tuple[bytes, str, str], ...] = (
    (codecs.BOM_UTF8, "utf-8", "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16"),
)

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_PRIVATE = re.compile(r"[\ue000-\uf8ff\ufffd]")
_HANZI = re.compile(r"[\u3400-\u9fff]")
_VISIBLE = re.compile(r"[^\s\x00-\x1f\x7f-\x9f\u00ad\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
_SAMPLE = 200_000  # characters that a judgement looks at

# Shares above which decoded bytes are no text. A text may carry a few stray controls; binary files that
# happen to decode carry a tenth of them or more.
_MAX_CONTROLS = 0.05
_MAX_PRIVATE = 0.05
# In simplified Chinese more than nine in ten characters are of GB 2312's first level (the 3,755 common ones);
# UTF-8, Big5 or Shift-JIS misread as GB18030 gives about half.
_MIN_COMMON = 0.75


@cache
def _common_hanzi() -> frozenset[str]:
    rows = (bytes((row, cell)) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF))
    return frozenset(b"".join(rows).decode("gb2312", errors="ignore"))


def decode(data: bytes, name: str, max_bytes: int = MAX_BYTES) -> SourceText:
    """Decode one file.

    Args:
        data: its bytes.
        name: its path, for messages and for `SourceText.name`.
        max_bytes: the largest size that is read.

    Returns:
        The text with newlines untouched, without a byte-order mark, what no store takes in it replaced
        (`storable`); the digest is of the bytes.

    Raises:
        TooLargeError: there are more than `max_bytes` bytes.
        EmptyTextError: there is nothing but blanks.
        BinaryFileError: the bytes are a known binary format, or hold too many control characters.
        UndecodableTextError: no encoding fits; the message names the byte.
    """
    if len(data) > max_bytes:
        raise TooLargeError(
            Message("%(name)s is larger than %(number)s bytes.", name=name, number=f"{max_bytes:,}")
        )
    _refuse_known_binaries(data, name)
    text, encoding = _decoded(data, name)
    sample = text[:_SAMPLE]
    if len(_CONTROL.findall(sample)) > max(2, _MAX_CONTROLS * len(sample)):
        raise BinaryFileError(Message("%(name)s is not text: it is full of control characters.", name=name))
    if not _VISIBLE.search(text):
        raise EmptyTextError(
            Message("%(name)s holds only blanks.", name=name)
            if data
            else Message("%(name)s is empty.", name=name)
        )
    return SourceText(
        name=with_slashes(name),
        text=storable(text),
        sha256=hashlib.sha256(data).hexdigest(),
        encoding=encoding,
    )


def source_of(text: str, name: str) -> SourceText:
    """Take text that is decoded already; what no store takes in it is replaced (`storable`).

    Raises:
        EmptyTextError: there is nothing but blanks.
    """
    if not _VISIBLE.search(text):
        raise EmptyTextError(Message("%(name)s is empty.", name=name))
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return SourceText(name=with_slashes(name), text=storable(text), sha256=digest, encoding="utf-8")


def _refuse_known_binaries(data: bytes, name: str) -> None:
    for signature, what, way_out in SIGNATURES:
        if data.startswith(signature):
            raise BinaryFileError(
                Message("%(name)s is not text but %(kind)s.", name=name, kind=what), hint=way_out
            )


def _decoded(data: bytes, name: str) -> tuple[str, str]:
    for mark, codec, encoding in MARKS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(codec), encoding
            except UnicodeDecodeError as error:
                at = len(mark) + error.start
                raise UndecodableTextError(
                    Message(
                        "%(name)s is marked as %(encoding)s, but is not valid at byte %(at)s.",
                        name=name,
                        encoding=encoding,
                        at=at,
                    )
                ) from error
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        utf8_error = error
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        text = ""
    if _looks_chinese(text):
        return text, "gb18030"
    if data[:_SAMPLE].count(0) > len(data[:_SAMPLE]) // 50:
        raise BinaryFileError(Message("%(name)s is not text: it is full of zero bytes.", name=name))
    at = utf8_error.start
    raise UndecodableTextError(
        Message(
            "%(name)s is neither UTF-8 nor GB18030 text: byte %(at)s (%(byte)s) does not fit.",
            name=name,
            at=at,
            byte=f"0x{data[at]:02x}",
        )
    ) from utf8_error


def _looks_chinese(text: str) -> bool:
    sample = text[:_SAMPLE]
    hanzi = _HANZI.findall(sample)
    if not hanzi or len(_PRIVATE.findall(sample)) > _MAX_PRIVATE * len(sample):
        return False
    if len(_CONTROL.findall(sample)) > _MAX_CONTROLS * len(sample):
        return False
    common = _common_hanzi()
    return sum(char in common for char in hanzi) >= _MIN_COMMON * len(hanzi)
