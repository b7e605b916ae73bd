"""Kinds of files that are not read: what each is, and the way out.

They are told by their bytes. A name only says which of several programs made them, and what unknown bytes are meant to be.
"""

from pathlib import PurePosixPath

from extract.documents.readers.formats import Format, says_word
from extract.errors import BinaryFileError, EncryptedFileError, InputError, OldFormatError
from extract.messages import Message

_AS_DOCX = Message("Save the report as DOCX, PDF or text.")
_AS_PDF = Message("Open it in its own reader and save or print it as PDF.")
_AS_PDF_WITH_TEXT = Message(
    "Open it in CAJViewer and print it as PDF. If the pages are pictures, run text "
    "recognition (OCR) on the PDF."
)
_BY_RECOGNITION = Message(
    "Run text recognition (OCR) first, for example: img2pdf PICTURE -o scan.pdf, then "
    "ocrmypdf -l chi_sim scan.pdf report.pdf."
)
_UNPACK = Message("Unpack it and name the files in it, or pack them as ZIP.")
_AS_EPUB_TEXT = Message("Convert it with Calibre: ebook-convert BOOK report.docx.")
_TABLE = Message("Copy the report into a text or Word file; `extract check` takes tables of facts.")
_NO_DOCUMENT = Message("Name the report itself: text, Markdown, HTML, DOCX or PDF.")

_SPREADSHEETS = {
    ".xls": Message("an old Excel workbook (.xls)"),
    ".xlsx": Message("an Excel workbook (.xlsx)"),
    ".xlsm": Message("an Excel workbook (.xlsm)"),
    ".xlsb": Message("an Excel workbook (.xlsb)"),
    ".et": Message("a WPS spreadsheet (.et)"),
    ".ett": Message("a WPS spreadsheet (.ett)"),
    ".ods": Message("an OpenDocument spreadsheet (.ods)"),
}
_SLIDES = {
    ".ppt": Message("an old PowerPoint slide show (.ppt)"),
    ".pps": Message("an old PowerPoint slide show (.pps)"),
    ".pptx": Message("a PowerPoint slide show (.pptx)"),
    ".ppsx": Message("a PowerPoint slide show (.ppsx)"),
    ".dps": Message("a WPS slide show (.dps)"),
    ".dpt": Message("a WPS slide show (.dpt)"),
    ".odp": Message("an OpenDocument slide show (.odp)"),
}
_EBOOKS = {
    ".epub": Message("an e-book (EPUB)"),
    ".mobi": Message("a Kindle e-book (MOBI)"),
    ".azw": Message("a Kindle e-book (AZW)"),
    ".azw3": Message("a Kindle e-book (AZW3)"),
}

_SIGNATURES: tuple[tuple[int, bytes, str, str], ...] = (
    (0, b"CAJ\0", Message("a CAJ document of CNKI"), _AS_PDF_WITH_TEXT),
    (0, b"KDH ", Message("a KDH document of CNKI"), _AS_PDF_WITH_TEXT),
    (0, b"HN\xc8\0", Message("an NH document of CNKI"), _AS_PDF_WITH_TEXT),
    (0, b"HN\0\0", Message("a CAJ document of CNKI"), _AS_PDF_WITH_TEXT),
    (0, b"\x89PNG\r\n", Message("a PNG picture"), _BY_RECOGNITION),
    (0, b"\xff\xd8\xff", Message("a JPEG picture"), _BY_RECOGNITION),
    (0, b"GIF8", Message("a GIF picture"), _BY_RECOGNITION),
    (0, b"II*\0", Message("a TIFF picture"), _BY_RECOGNITION),
    (0, b"MM\0*", Message("a TIFF picture"), _BY_RECOGNITION),
    (8, b"WEBP", Message("a WebP picture"), _BY_RECOGNITION),
    (4, b"ftypheic", Message("a HEIC picture"), _BY_RECOGNITION),
    (4, b"ftypmif1", Message("a HEIC picture"), _BY_RECOGNITION),
    (4, b"ftypavif", Message("an AVIF picture"), _BY_RECOGNITION),
    (0, b"\0\0\0\x0cjP  ", Message("a JPEG 2000 picture"), _BY_RECOGNITION),
    (0, b"AT&TFORM", Message("a DjVu document"), _AS_PDF),
    (0, b"Rar!\x1a\x07", Message("a RAR archive"), _UNPACK),
    (0, b"7z\xbc\xaf\x27\x1c", Message("a 7z archive"), _UNPACK),
    (0, b"\x1f\x8b", Message("a gzip archive"), _UNPACK),
    (0, b"BZh", Message("a bzip2 archive"), _UNPACK),
    (0, b"\xfd7zXZ\0", Message("an xz archive"), _UNPACK),
    (0, b"\x28\xb5\x2f\xfd", Message("a Zstandard archive"), _UNPACK),
    (257, b"ustar", Message("a tar archive"), _UNPACK),
    (0, b"MSCF", Message("a CAB archive"), _UNPACK),
    (4, b"ftyp", Message("a video or audio recording"), _NO_DOCUMENT),
    (8, b"WAVE", Message("an audio recording"), _NO_DOCUMENT),
    (8, b"AVI ", Message("a video"), _NO_DOCUMENT),
    (0, b"ID3\x03", Message("an audio recording"), _NO_DOCUMENT),
    (0, b"SQLite format 3\0", Message("an SQLite database"), _NO_DOCUMENT),
    (0, b"\x7fELF", Message("a program"), _NO_DOCUMENT),
    (0, b"MZ\x90\0", Message("a Windows program"), _NO_DOCUMENT),
    (0, b"%!PS", Message("a PostScript document"), _AS_PDF),
)
"""Where a kind of file is told, by which bytes, what it is, and the way out."""
_BEFORE = {4: b"\0\0\0", 8: b"RIFF"}
"""What a file begins with whose kind is told further in."""
_BITMAP = b"BM"

_BY_NAME: dict[str, tuple[str, str]] = {
    ".wps": (Message("a WPS document of an unknown version"), _AS_DOCX),
    ".doc": (Message("an old Word document of an unknown version"), _AS_DOCX),
    ".caj": (Message("a CAJ document of CNKI"), _AS_PDF_WITH_TEXT),
    ".kdh": (Message("a KDH document of CNKI"), _AS_PDF_WITH_TEXT),
    ".nh": (Message("an NH document of CNKI"), _AS_PDF_WITH_TEXT),
    ".pdg": (Message("a PDG page of SuperStar"), _BY_RECOGNITION),
    ".ceb": (Message("a CEB document of Founder"), _AS_PDF),
    ".sep": (Message("a SEP document of Sursen"), _AS_PDF),
    ".gd": (Message("a GD document of Sursen"), _AS_PDF),
    ".ofd": (Message("an OFD document"), _AS_PDF),
    **{suffix: (what, _TABLE) for suffix, what in _SPREADSHEETS.items()},
    **{suffix: (what, _AS_DOCX) for suffix, what in _SLIDES.items()},
    **{suffix: (what, _AS_EPUB_TEXT) for suffix, what in _EBOOKS.items()},
}
"""What bytes are meant to be that nothing else tells, by the suffix of their name."""


def unread(data: bytes, name: str, form: Format) -> InputError | None:
    """Why a file is not read, or None where its kind is.

    Args:
        data: its bytes.
        name: its path.
        form: its format, by its bytes.
    """
    suffix = suffix_of(name)
    match form:
        case Format.ENCRYPTED_OFFICE:
            return EncryptedFileError(Message("an Office document that needs a password"))
        case Format.SPREADSHEET:
            return BinaryFileError(
                Message("%(what)s, not a report", what=_SPREADSHEETS.get(suffix, Message("a spreadsheet"))),
                hint=_TABLE,
            )
        case Format.SLIDES:
            return BinaryFileError(
                Message("%(what)s, not a report", what=_SLIDES.get(suffix, Message("a slide show"))),
                hint=_AS_DOCX,
            )
        case Format.OFD:
            return OldFormatError(Message("an OFD document, which cannot be read"), hint=_AS_OFD_PDF)
        case Format.ZIP:
            return BinaryFileError(Message("a ZIP archive"), hint=_ARCHIVE)
        case Format.TEXT | Format.MARKDOWN:
            return _by_signature(data)
    if form is Format.OLD_WORD and not says_word(data) and suffix in {*_SPREADSHEETS, *_SLIDES}:
        return meant_by_name(name)
    if form in _OTHERS:
        what, hint = _OTHERS[form]
        return BinaryFileError(
            Message("%(what)s, which cannot be read", what=_EBOOKS.get(suffix, what)), hint=hint
        )
    return None


_AS_OFD_PDF = Message("Open it in an OFD reader (数科, 福昕, WPS) and save it as PDF.")
_ARCHIVE = Message(
    "Use `extract run` or `extract ingest`, which read archives, or unpack it and name the file in it."
)
_OTHERS = {
    Format.WORD_XML: (Message("a Word 2003 XML document"), _AS_DOCX),
    Format.UOF: (Message("a UOF document (标文通)"), _AS_DOCX),
    Format.EBOOK: (Message("an e-book"), _AS_EPUB_TEXT),
    Format.PAGES: (
        Message("a document of Pages, Numbers or Keynote"),
        Message("Export it as Word or PDF."),
    ),
    Format.XPS: (Message("an XPS document"), _AS_PDF),
    Format.MESSAGE: (
        Message("an Outlook message"),
        Message("Save the report that is attached to it."),
    ),
    Format.DRAWING: (Message("a drawing"), _AS_PDF),
    Format.HANGUL: (Message("a Hangul document (HWP)"), _AS_DOCX),
}


def _by_signature(data: bytes) -> InputError | None:
    for at, signature, what, hint in _SIGNATURES:
        if data.startswith(signature, at) and data.startswith(_BEFORE.get(at, b"")):
            return BinaryFileError(Message("%(what)s, not a text file", what=what), hint=hint)
    if data.startswith(_BITMAP) and int.from_bytes(data[2:6], "little") == len(data):
        return BinaryFileError(Message("a BMP picture, not a text file"), hint=_BY_RECOGNITION)
    return None


def meant_by_name(name: str) -> InputError | None:
    """What a file is meant to be whose bytes say nothing and are no text, or None where its name says nothing."""
    if found := _BY_NAME.get(suffix_of(name)):
        what, hint = found
        return BinaryFileError(Message("not text; judging by its name, %(what)s", what=what), hint=hint)
    return None


def suffix_of(name: str) -> str:
    """The suffix of a path, with its dot, in small letters."""
    return PurePosixPath(name.replace("\\", "/")).suffix.lower()
