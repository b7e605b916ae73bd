"""Kinds of files that are not read: what each is, and the way out.

They are told by their bytes. A name only says which of several programs made them, and what unknown bytes are meant to be.
"""

from pathlib import PurePosixPath

from extract.documents.readers.formats import Format, says_word
from extract.errors import BinaryFileError, EncryptedFileError, InputError, OldFormatError

_AS_DOCX = "Save the report as DOCX, PDF or text. 请把报告另存为 DOCX、PDF 或文本文件。"
_AS_PDF = "Open it in its reader and save or print it as PDF. 请用相应的阅读器打开，另存或打印为 PDF。"
_AS_PDF_WITH_TEXT = (
    "Open it in CAJViewer and print it as PDF; if the pages are pictures, run text recognition (OCR) over it. "
    "请用 CAJViewer 打开并打印为 PDF；若页面是图片，请先做文字识别（OCR）。"
)
_BY_RECOGNITION = (
    "Run text recognition (OCR) over it and save the text, or make a PDF with text of it: "
    "img2pdf PICTURE -o scan.pdf, then ocrmypdf -l chi_sim scan.pdf report.pdf. 图片请先做文字识别（OCR），再提交文本或 PDF。"
)
_UNPACK = "Unpack it and name the files in it, or pack them as ZIP. 请先解压，或重新打包为 ZIP。"
_AS_EPUB_TEXT = "Convert it with Calibre: ebook-convert BOOK report.docx. 请用 Calibre 转换为 DOCX 或文本。"
_TABLE = (
    "Copy the report into a text or Word file; `extract check` takes tables of facts. "
    "请把报告另存为文本或 Word 文件；数据表可用 extract check 核对。"
)
_NO_DOCUMENT = "Name the report itself: text, Markdown, HTML, DOCX or PDF. 请指定报告文件本身。"

_SPREADSHEETS = {
    ".xls": "an old Excel workbook (.xls)",
    ".xlsx": "an Excel workbook (.xlsx)",
    ".xlsm": "an Excel workbook (.xlsm)",
    ".xlsb": "an Excel workbook (.xlsb)",
    ".et": "a WPS spreadsheet (.et)",
    ".ett": "a WPS spreadsheet (.ett)",
    ".ods": "an OpenDocument spreadsheet (.ods)",
}
_SLIDES = {
    ".ppt": "an old PowerPoint slide show (.ppt)",
    ".pps": "an old PowerPoint slide show (.pps)",
    ".pptx": "a PowerPoint slide show (.pptx)",
    ".ppsx": "a PowerPoint slide show (.ppsx)",
    ".dps": "a WPS slide show (.dps)",
    ".dpt": "a WPS slide show (.dpt)",
    ".odp": "an OpenDocument slide show (.odp)",
}
_EBOOKS = {
    ".epub": "an e-book (EPUB)",
    ".mobi": "a Kindle e-book (MOBI)",
    ".azw": "a Kindle e-book (AZW)",
    ".azw3": "a Kindle e-book (AZW3)",
}

_SIGNATURES: tuple[tuple[int, bytes, str, str], ...] = (
    (0, b"CAJ\0", "a CAJ document of CNKI", _AS_PDF_WITH_TEXT),
    (0, b"KDH ", "a KDH document of CNKI", _AS_PDF_WITH_TEXT),
    (0, b"HN\xc8\0", "an NH document of CNKI", _AS_PDF_WITH_TEXT),
    (0, b"HN\0\0", "a CAJ document of CNKI", _AS_PDF_WITH_TEXT),
    (0, b"\x89PNG\r\n", "a PNG picture", _BY_RECOGNITION),
    (0, b"\xff\xd8\xff", "a JPEG picture", _BY_RECOGNITION),
    (0, b"GIF8", "a GIF picture", _BY_RECOGNITION),
    (0, b"II*\0", "a TIFF picture", _BY_RECOGNITION),
    (0, b"MM\0*", "a TIFF picture", _BY_RECOGNITION),
    (8, b"WEBP", "a WebP picture", _BY_RECOGNITION),
    (4, b"ftypheic", "a HEIC picture", _BY_RECOGNITION),
    (4, b"ftypmif1", "a HEIC picture", _BY_RECOGNITION),
    (4, b"ftypavif", "an AVIF picture", _BY_RECOGNITION),
    (0, b"\0\0\0\x0cjP  ", "a JPEG 2000 picture", _BY_RECOGNITION),
    (0, b"AT&TFORM", "a DjVu document", _AS_PDF),
    (0, b"Rar!\x1a\x07", "a RAR archive", _UNPACK),
    (0, b"7z\xbc\xaf\x27\x1c", "a 7z archive", _UNPACK),
    (0, b"\x1f\x8b", "a gzip archive", _UNPACK),
    (0, b"BZh", "a bzip2 archive", _UNPACK),
    (0, b"\xfd7zXZ\0", "an xz archive", _UNPACK),
    (0, b"\x28\xb5\x2f\xfd", "a Zstandard archive", _UNPACK),
    (257, b"ustar", "a tar archive", _UNPACK),
    (0, b"MSCF", "a CAB archive", _UNPACK),
    (4, b"ftyp", "a video or audio recording", _NO_DOCUMENT),
    (8, b"WAVE", "an audio recording", _NO_DOCUMENT),
    (8, b"AVI ", "a video", _NO_DOCUMENT),
    (0, b"ID3\x03", "an audio recording", _NO_DOCUMENT),
    (0, b"SQLite format 3\0", "an SQLite database", _NO_DOCUMENT),
    (0, b"\x7fELF", "a program", _NO_DOCUMENT),
    (0, b"MZ\x90\0", "a Windows program", _NO_DOCUMENT),
    (0, b"%!PS", "a PostScript document", _AS_PDF),
)
"""Where a kind of file is told, by which bytes, what it is, and the way out."""
_BEFORE = {4: b"\0\0\0", 8: b"RIFF"}
"""What a file begins with whose kind is told further in."""
_BITMAP = b"BM"

_BY_NAME: dict[str, tuple[str, str]] = {
    ".wps": ("a WPS document of a kind that is not known", _AS_DOCX),
    ".doc": ("an old Word document of a kind that is not known", _AS_DOCX),
    ".caj": ("a CAJ document of CNKI", _AS_PDF_WITH_TEXT),
    ".kdh": ("a KDH document of CNKI", _AS_PDF_WITH_TEXT),
    ".nh": ("an NH document of CNKI", _AS_PDF_WITH_TEXT),
    ".pdg": ("a PDG page of SuperStar", _BY_RECOGNITION),
    ".ceb": ("a CEB document of Founder", _AS_PDF),
    ".sep": ("a SEP document of Sursen", _AS_PDF),
    ".gd": ("a GD document of Sursen", _AS_PDF),
    ".ofd": ("an OFD document", _AS_PDF),
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
            return EncryptedFileError("an Office document that needs a password")
        case Format.SPREADSHEET:
            return BinaryFileError(f"{_SPREADSHEETS.get(suffix, 'a spreadsheet')}, no report", hint=_TABLE)
        case Format.SLIDES:
            return BinaryFileError(f"{_SLIDES.get(suffix, 'a slide show')}, no report", hint=_AS_DOCX)
        case Format.OFD:
            return OldFormatError("an OFD document, which is not read", hint=_AS_OFD_PDF)
        case Format.ZIP:
            return BinaryFileError("a ZIP archive", hint=_ARCHIVE)
        case Format.TEXT | Format.MARKDOWN:
            return _by_signature(data)
    if form is Format.OLD_WORD and not says_word(data) and suffix in {*_SPREADSHEETS, *_SLIDES}:
        return meant_by_name(name)
    if form in _OTHERS:
        what, hint = _OTHERS[form]
        return BinaryFileError(f"{_EBOOKS.get(suffix, what)}, which is not read", hint=hint)
    return None


_AS_OFD_PDF = (
    "Open it in an OFD reader (数科, 福昕, WPS) and save it as PDF. "
    "请用 OFD 阅读器（数科、福昕、WPS）另存为 PDF。"
)
_ARCHIVE = "`extract run` and `extract ingest` read archives; elsewhere unpack it and name the file in it."
_OTHERS = {
    Format.WORD_XML: ("a Word 2003 XML document", _AS_DOCX),
    Format.UOF: ("a UOF document (标文通)", _AS_DOCX),
    Format.EBOOK: ("an e-book", _AS_EPUB_TEXT),
    Format.PAGES: (
        "a document of Pages, Numbers or Keynote",
        "Export it as Word or PDF. 请导出为 Word 或 PDF。",
    ),
    Format.XPS: ("an XPS document", _AS_PDF),
    Format.MESSAGE: (
        "an Outlook message",
        "Save the report that is attached to it. 请把附件中的报告另存出来。",
    ),
    Format.DRAWING: ("a drawing", _AS_PDF),
    Format.HANGUL: ("a Hangul document (HWP)", _AS_DOCX),
}


def _by_signature(data: bytes) -> InputError | None:
    for at, signature, what, hint in _SIGNATURES:
        if data.startswith(signature, at) and data.startswith(_BEFORE.get(at, b"")):
            return BinaryFileError(f"{what}, not a text file", hint=hint)
    if data.startswith(_BITMAP) and int.from_bytes(data[2:6], "little") == len(data):
        return BinaryFileError("a BMP picture, not a text file", hint=_BY_RECOGNITION)
    return None


def meant_by_name(name: str) -> InputError | None:
    """What a file is meant to be whose bytes say nothing and are no text, or None where its name says nothing."""
    if found := _BY_NAME.get(suffix_of(name)):
        what, hint = found
        return BinaryFileError(f"not text; by its name {what}", hint=hint)
    return None


def suffix_of(name: str) -> str:
    """The suffix of a path, with its dot, in small letters."""
    return PurePosixPath(name.replace("\\", "/")).suffix.lower()
