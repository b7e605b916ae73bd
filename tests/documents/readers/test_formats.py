"""What kind of document bytes are is told by the bytes."""

import zipfile
from io import BytesIO

import pytest

from extract.documents.readers.formats import Format, format_of
from tests.steps import steps

from .made import docx, page, pdf, zipped

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def stream(name):
    return OLE + name.encode("utf-16-le")


@pytest.mark.parametrize(
    ("data", "name", "form"),
    [
        ("报告".encode(), "a.txt", Format.TEXT),
        (b"", "a.pdf", Format.TEXT),
        ("# 报告".encode(), "a.md", Format.MARKDOWN),
        ("# 报告".encode(), "a.txt", Format.TEXT),
        (page("报告").encode(), "a.txt", Format.HTML),
        (page("报告").encode("utf-16"), "a", Format.HTML),
        (b"\xef\xbb\xbf\r\n <!-- saved -->\n<HTML>", "a", Format.HTML),
        (b"<?xml version='1.0' encoding='gbk'?>\n<!DOCTYPE html>", "a", Format.HTML),
        ("<p>报告</p>".encode(), "a.htm", Format.HTML),
        ("<p>报告</p>".encode(), "a.txt", Format.TEXT),
        ("报告里写着 <html> 这个词".encode(), "a.txt", Format.TEXT),
        ("<p>报告里写着</p> 这个词".encode(), "a.txt", Format.TEXT),
        (("\n<div>" + "<p>报告</p>" * 5).encode(), "a.txt", Format.HTML),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\r\ntext/html", "a.mht", Format.MHTML),
        (pdf([]), "a.txt", Format.PDF),
        (b"\n\n%PDF-1.7", "a", Format.PDF),
        (docx("报告"), "a.zip", Format.DOCX),
        (zipped({"a.txt": b""}), "a.docx", Format.ZIP),
        (zipped({"[Content_Types].xml": b"", "xl/workbook.xml": b""}), "a", Format.SPREADSHEET),
        (zipped({"OFD.xml": b"", "Doc_0/Document.xml": b""}), "a", Format.OFD),
        (stream("WordDocument"), "a.wps", Format.OLD_WORD),
        (stream("EncryptedPackage"), "a.docx", Format.ENCRYPTED_OFFICE),
        (stream("Workbook"), "a.xls", Format.SPREADSHEET),
        (b"{\\rtf1 x}", "a.doc", Format.RTF),
    ],
)
def test_the_kind_is_told(data, name, form):
    """The suffix tells only Markdown, and HTML that begins in the middle."""
    assert format_of(data, name) is form


def test_documents_in_an_archive_that_packs_nothing_do_not_make_it_one():
    """Their own lists of parts stand in its bytes as they are."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("1.docx", docx("报告"))
        archive.writestr("2.docx", docx("报告"))
    assert format_of(out.getvalue(), "a.zip") is Format.ZIP


def test_a_document_that_breaks_off_is_told_by_its_parts():
    """Its list of parts is what is missing."""
    assert format_of(docx("报告")[:-3_000], "a") is Format.DOCX


def test_comments_before_nothing_take_no_time():
    """However many there are: this runs before anything is bounded."""

    def told(comments: int) -> int:
        return steps(lambda: format_of(b"<!---->" * comments + b"x", "a.html"))

    assert format_of(b"<!---->" * 2_000 + b"x", "a.html") is Format.TEXT
    assert told(400) < 10 * told(50)
