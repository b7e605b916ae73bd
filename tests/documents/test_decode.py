"""Decoding: strict, in a fixed order, and never a guess."""

import hashlib
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.documents.decode import decode, source_of
from extract.errors import BinaryFileError, EmptyTextError, InputError, TooLargeError, UndecodableTextError

TEXT = "云州市政府工作报告\r\n各位代表：过去一年，全市地区生产总值增长6.1%。\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (TEXT.encode("utf-8-sig"), "utf-8"),
        (TEXT.encode("gb18030"), "gb18030"),
        (TEXT.encode("utf-16"), "utf-16"),
        (TEXT.encode("utf-32"), "utf-32"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "utf-16"),
    ],
)
def test_each_encoding_gives_the_same_text(data, encoding):
    """Newlines stay as they are, a mark is no part of the text, the digest is of the bytes."""
    source = decode(data, "a.txt")
    assert (source.text, source.encoding) == (TEXT, encoding)
    assert source.sha256 == hashlib.sha256(data).hexdigest()


def test_a_short_gbk_file_is_not_taken_for_utf16():
    """Eighteen bytes of GBK are nine characters."""
    assert decode("政府工作报告全文。".encode("gb18030"), "a.txt").text == "政府工作报告全文。"


def test_a_windows_path_is_named_with_forward_slashes():
    """Names are the same on every system."""
    assert decode(b"abc", "in\\a.txt").name == "in/a.txt"


@pytest.mark.parametrize(
    ("data", "error", "says"),
    [
        (b"", EmptyTextError, "empty"),
        ("\ufeff \u3000\n\t\u200b\x00".encode(), EmptyTextError, "only blanks"),
        (b"%PDF-1.7 ...", BinaryFileError, "a PDF"),
        (b"PK\x03\x04....word/document.xml", BinaryFileError, "DOCX"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64), BinaryFileError, "old Word"),
        (b"\x89PNG\r\n\x1a\n", BinaryFileError, "PNG"),
        (bytes(range(32)) * 40, BinaryFileError, "control characters"),
        (b"\x00\x01\x02\xff\xfe\xfd" * 200, BinaryFileError, "not text"),
        ("报告".encode() + b"\xff" + "工作".encode(), UndecodableTextError, "byte 6 (0xff)"),
        ("過去一年，經濟發展".encode("big5"), UndecodableTextError, "byte 0"),
        (b"\xff\xfe\x00\xd8\x00", UndecodableTextError, "utf-16"),
        (b"\xed\xa0\x80abc", UndecodableTextError, "byte 0"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_reason(data, error, says):
    """The sentence names the file and what is wrong; the hint names a way out."""
    with pytest.raises(error, match=r"^a\.txt ") as caught:
        decode(data, "a.txt")
    assert says in str(caught.value)
    assert caught.value.hint


def test_a_file_above_the_limit_is_refused_before_it_is_decoded():
    """The limit is in bytes."""
    with pytest.raises(TooLargeError, match="larger than 10 bytes"):
        decode(b"\xff" * 11, "a.txt", max_bytes=10)


def test_stray_nuls_give_way_where_they_stand():
    """A few make no binary; offsets count what stands for them, and no store meets them."""
    text = TEXT * 20 + "\x00\x00" + TEXT
    assert decode(text.encode(), "a.txt").text == TEXT * 20 + "\x1a\x1a" + TEXT


def test_decoded_text_with_lone_surrogates_is_taken():
    """The str API can bring what no file holds."""
    assert source_of("报告\ud800", "a").text == "报告\x1a"
    with pytest.raises(EmptyTextError):
        source_of(" \n", "a")


@given(st.binary(max_size=400))
def test_any_bytes_are_text_or_refused_in_the_tree(data):
    """Nothing but an InputError leaves the decoder."""
    with suppress(InputError):
        assert decode(data, "a.txt").text


@given(st.text(alphabet="云州市的工作报告，。一二三年月增长12%\n", min_size=1).filter(str.strip))
def test_utf8_comes_back_as_it_was(text):
    """UTF-8 is always read as such."""
    assert decode(text.encode(), "a").text == text
