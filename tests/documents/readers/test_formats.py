"""What kind of document bytes are is told by the bytes."""

import pytest

from extract.documents.readers.formats import Format, format_of

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
