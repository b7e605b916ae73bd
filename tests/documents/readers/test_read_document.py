"""One door for all documents; what cannot be read says why and what to do."""

import os
import shutil
import subprocess
import sys
import zipfile
from io import BytesIO

import pytest

from extract.documents.readers import Bounds, read_document
from extract.errors import (
    BinaryFileError,
    DamagedFileError,
    EmptyTextError,
    EncryptedFileError,
    OldFormatError,
    TooLargeError,
    UnsafeArchiveError,
)

from .made import docx, page, paragraphs, pdf, zipped

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
BODY = "各位代表：\n" + "全市地区生产总值增长6.4%，城镇新增就业3.2万人，民生福祉持续增进。\n" * 6


@pytest.mark.parametrize(
    ("data", "name", "form"),
    [
        (BODY.encode("gb18030"), "a.txt", "text"),
        (BODY.encode(), "a.md", "markdown"),
        (page(paragraphs(BODY)).encode(), "a.html", "html"),
        (docx(BODY), "a.docx", "docx"),
    ],
)
def test_each_kind_gives_its_text_under_its_name(data, name, form):
    source = read_document(data, name)
    assert (source.name, source.format, source.is_text) == (name, form, form == "text")
    assert "城镇新增就业3.2万人" in source.text
    assert source.saved_text == (None if form == "text" else source.text)


@pytest.mark.parametrize(
    ("data", "error", "says"),
    [
        (OLE + "EncryptedPackage".encode("utf-16-le"), EncryptedFileError, "password"),
        (OLE + "Workbook".encode("utf-16-le"), BinaryFileError, "spreadsheet"),
        (OLE + "PowerPoint Document".encode("utf-16-le"), BinaryFileError, "slide"),
        (zipped({"OFD.xml": b"", "Doc_0/Document.xml": b""}), OldFormatError, "OFD"),
        (zipped({"a.txt": b""}), BinaryFileError, "ZIP archive"),
        (b"%PDF-1.4 broken", DamagedFileError, "damaged"),
        (docx(""), EmptyTextError, "no text"),
        (b"\x89PNG\r\n", BinaryFileError, "PNG"),
    ],
)
def test_what_cannot_be_read_is_named_with_the_way_out(data, error, says):
    with pytest.raises(error, match=r"^a\.x: [^:]") as caught:
        read_document(data, "a.x")
    assert says in str(caught.value)
    assert caught.value.hint


def test_a_large_file_is_refused_before_anything_looks_at_it():
    with pytest.raises(TooLargeError):
        read_document(pdf([]), "a.pdf", bounds=Bounds(bytes=10))


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_libreoffice_itself_converts_an_rtf():
    words = "".join(f"\\u{ord(char)}?" for char in "临江市政府工作报告")
    source = read_document(("{\\rtf1\\ansi " + words + "\\par}").encode(), "a.rtf")
    assert source.text.strip() == "临江市政府工作报告"


def test_plain_text_takes_neither_the_libraries_nor_the_process_of_the_others(examples):
    """Reading text stays as quick as it was."""
    program = (
        "import sys\n"
        "from extract.cli import main\n"
        "from extract.documents.readers.isolation import PROCESS\n"
        "code = main(['show', sys.argv[1]])\n"
        "heavy = {'lxml', 'docx', 'pdfplumber', 'pdfminer', 'trafilatura', 'markdown_it'} & set(sys.modules)\n"
        "assert (code, heavy, PROCESS._process) == (0, set(), None), heavy\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(examples.parent)}
    command = [sys.executable, "-c", program, str(examples / "yunzhou-2025.txt")]
    subprocess.run(command, check=True, capture_output=True, env=environment)


@pytest.mark.parametrize(
    ("most", "says"), [(120_000_000, "more than 200 times"), (20_000_000, "more than the 20,000,000")]
)
def test_an_opendocument_text_that_unpacks_to_too_much_never_gets_to_libreoffice(most, says, monkeypatch):
    monkeypatch.setattr("extract.documents.readers.office.to_docx", None)
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", "a" * 30_000_000, zipfile.ZIP_DEFLATED)
    with pytest.raises(UnsafeArchiveError, match=says):
        read_document(out.getvalue(), "r.odt", bounds=Bounds(unpacked_bytes=most))
