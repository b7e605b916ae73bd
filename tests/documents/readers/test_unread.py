"""Files of kinds that are not read are named as what they are, with the way out."""

import zipfile
from io import BytesIO

import pytest

from extract.documents.readers import read_document
from extract.documents.readers.formats import Format, format_of
from extract.errors import BinaryFileError, EncryptedFileError, OldFormatError
from extract.messages import in_language

from .made import zipped

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def ole(*streams, begins=b""):
    """An OLE file: its first sector, and a directory with these streams."""
    entries = b"".join(
        (name := f"{stream}\0".encode("utf-16-le")).ljust(64, b"\0")
        + len(name).to_bytes(2, "little")
        + b"\2"
        + bytes(61)
        for stream in ("Root Entry", *streams)
    )
    return OLE + bytes(504) + begins.ljust(512, b"\0") + entries


def opendocument(kind):
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("mimetype", f"application/{kind}")
        archive.writestr("content.xml", "<x/>")
    return out.getvalue()


OFFICE = {"[Content_Types].xml": b"<Types/>"}
CASES = [
    (ole("Workbook"), "a.xls", "an old Excel workbook"),
    (ole("Book"), "a.xls", "an old Excel workbook"),
    (ole("Workbook"), "a.et", "a WPS spreadsheet"),
    (ole("Workbook"), "report.doc", "a spreadsheet"),
    (zipped(OFFICE | {"xl/workbook.xml": b""}), "a.xlsx", "an Excel workbook"),
    (zipped(OFFICE | {"xl/workbook.xml": b""}), "report.docx", "a spreadsheet"),
    (ole("PowerPoint Document"), "a.ppt", "an old PowerPoint slide show"),
    (ole("PowerPoint Document"), "a.dps", "a WPS slide show"),
    (zipped(OFFICE | {"ppt/presentation.xml": b""}), "a.pptx", "a PowerPoint slide show"),
    (opendocument("vnd.oasis.opendocument.spreadsheet"), "a.ods", "an OpenDocument spreadsheet"),
    (opendocument("vnd.oasis.opendocument.presentation"), "a.odp", "an OpenDocument slide show"),
    (zipped({"OFD.xml": b"", "Doc_0/Document.xml": b""}), "a.ofd", "an OFD document"),
    (zipped({"OFD.xml": b""}), "report.zip", "an OFD document"),
    (opendocument("epub+zip"), "a.epub", "an e-book (EPUB)"),
    (
        zipped({"mimetype": b"application/epub+zip", "META-INF/container.xml": b""}),
        "a.epub",
        "an e-book (EPUB)",
    ),
    (bytes(60) + b"BOOKMOBI" + bytes(40), "a.azw3", "a Kindle e-book"),
    (zipped({"Index/Document.iwa": b""}), "a.pages", "a document of Pages"),
    (ole("__properties_version1.0"), "a.msg", "an Outlook message"),
    (
        b'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:x/>',
        "a.doc",
        "a Word 2003 XML document",
    ),
    (b'<?xml version="1.0" encoding="UTF-8"?><uof:UOF/>', "a.uof", "a UOF document"),
    (b"CAJ\0" + bytes(range(200)), "a.caj", "a CAJ document"),
    (b"HN\xc8\0" + bytes(range(200)), "a.nh", "an NH document"),
    (bytes(range(256)) * 20, "a.caj", "by its name, a CAJ document"),
    (bytes(range(256)) * 20, "a.wps", "by its name, a WPS document"),
    (b"\x89PNG\r\n\x1a\n" + bytes(60), "a.png", "a PNG picture"),
    (b"\xff\xd8\xff\xe0" + bytes(60), "report.txt", "a JPEG picture"),
    (b"RIFF\x10\0\0\0WEBPVP8 ", "a.jpg", "a WebP picture"),
    (b"BM" + (58).to_bytes(4, "little") + bytes(52), "a.bmp", "a BMP picture"),
    (b"Rar!\x1a\x07\x01\0" + bytes(60), "a.rar", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c" + bytes(60), "a.7z", "a 7z archive"),
    (b"\0\0\0\x18ftypmp42" + bytes(60), "a.mp4", "a video"),
]


@pytest.mark.parametrize(
    ("data", "name", "what"), CASES, ids=[f"{n}-{name}" for n, (_, name, _) in enumerate(CASES)]
)
def test_a_file_is_named_as_what_it_is_with_the_way_out(data, name, what):
    """By its bytes, whatever its name says; the name only tells which program made it."""
    with pytest.raises((BinaryFileError, OldFormatError)) as told:
        read_document(data, name)
    assert str(told.value).startswith(f"{name}: ")
    assert what in str(told.value)
    assert any("\u4e00" <= char <= "\u9fff" for char in in_language(told.value.hint, "zh"))


@pytest.mark.parametrize(
    "text",
    ["BM是一家公司。" * 9, "a视ftyp 是词。" * 9, "ab我们WAVE 是词。" * 9, "HN\n海南省政府工作报告" * 9],
)
def test_a_text_that_begins_like_another_kind_is_text(text):
    assert read_document(text.encode(), "a.txt").text == text


def test_a_text_under_any_name_is_read():
    assert read_document("某县政府工作报告\n".encode() * 9, "a.wps").text.startswith("某县")


def test_a_word_document_with_a_password_asks_for_it():
    begins = b"\xec\xa5" + bytes(8) + (0x0100).to_bytes(2, "little")
    with pytest.raises(EncryptedFileError, match="password"):
        read_document(ole("WordDocument", begins=begins), "a.doc")


def test_the_names_of_an_ole_file_are_read_from_its_directory():
    """A Word document that speaks of workbooks is none."""
    words = "The Workbook, the Book".encode("utf-16-le")
    assert format_of(ole("WordDocument") + words, "a.doc") is Format.OLD_WORD
    assert format_of(ole("1Table") + "Book".encode("utf-16-le"), "a.doc") is Format.OLD_WORD


@pytest.mark.parametrize("name", ["账.xls", "账.et", "汇报.dps"])
def test_a_damaged_container_is_what_its_name_says_and_no_word_document(name):
    with pytest.raises(BinaryFileError, match="by its name"):
        read_document(ole(), name)
