"""Archives are looked at before they are unpacked, and unpack to nothing but bytes in memory."""

import struct
import zipfile
from dataclasses import replace
from io import BytesIO

import pytest

from extract.documents.readers.archive import is_archive, unpack
from extract.documents.readers.bounds import Bounds
from extract.errors import (
    BinaryFileError,
    DamagedFileError,
    EncryptedFileError,
    TooLargeError,
    UnsafeArchiveError,
)

from .made import docx, zipped

REPORT = "临江市政府工作报告".encode()


def members(data, **bounds):
    """The members of an archive, by name: their bytes, or the class of their error."""
    found = unpack(data, "a.zip", replace(Bounds(), **bounds))
    return {one.name: type(one.error) if one.error else one.data for one in found}


def test_files_come_by_name_without_folders_and_the_leavings_of_file_managers():
    data = zipped(
        {"b/报告.txt": REPORT, "a.txt": b"1", "b/": b"", "__MACOSX/._a.txt": b"x", "b/.DS_Store": b"x"}
    )
    assert members(data) == {"a.zip/a.txt": b"1", "a.zip/b/报告.txt": REPORT}


def test_an_archive_within_an_archive_is_opened_to_a_bounded_depth():
    inner = zipped({"x.txt": REPORT})
    assert members(zipped({"in.zip": inner})) == {"a.zip/in.zip/x.txt": REPORT}
    for _ in range(3):
        inner = zipped({"in.zip": inner})
    (error,) = members(inner).values()
    assert error is UnsafeArchiveError


def test_a_word_document_is_no_archive():
    assert not is_archive(docx("报告"))
    assert is_archive(zipped({"a.txt": b""}))


@pytest.mark.parametrize(
    "name", ["../x.txt", "/etc/x.txt", "a/../../x.txt", "C:\\x.txt", "..\\x.txt", "a\x01.txt"]
)
def test_a_name_that_leads_out_of_the_archive_is_refused(name):
    """Only that member; the others are read."""
    found = members(zipped({name: b"1", "fine.txt": b"2"}))
    assert found.pop("a.zip/fine.txt") == b"2"
    assert list(found.values()) == [UnsafeArchiveError]


def test_a_link_is_refused():
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = 0o120777 << 16
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    assert list(members(out.getvalue()).values()) == [UnsafeArchiveError]


def test_a_bomb_is_refused_before_it_is_unpacked():
    data = zipped({"blank.txt": b" " * 30_000_000})
    assert members(data) == {"a.zip": UnsafeArchiveError}


def test_too_many_files_too_large_ones_and_too_much_in_all_are_refused():
    data = zipped({f"{n}.txt": b"12345" for n in range(9)})
    assert members(data, entries=8) == {"a.zip": UnsafeArchiveError}
    assert members(data, unpacked_bytes=44) == {"a.zip": UnsafeArchiveError}
    assert set(members(data, bytes=4).values()) == {TooLargeError}


def test_archives_within_share_the_bounds_of_the_one_around_them():
    inner = zipped({"x.txt": b"1" * 60})
    found = members(zipped({"a.zip": inner, "b.zip": inner}), unpacked_bytes=2 * len(inner) + 100)
    assert UnsafeArchiveError in found.values()


@pytest.mark.parametrize("lie", [1, 7, 5_000])
def test_a_size_that_is_a_lie_is_found_out(lie):
    """Whatever the central directory says, no more is unpacked than that, and the member is refused."""
    data = bytearray(zipped({"a.txt": b"1" * 1_000}))
    at = data.find(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", lie)
    assert list(members(bytes(data)).values()) == [DamagedFileError]


def test_a_member_with_a_password_is_said_to_have_one():
    data = bytearray(zipped({"a.txt": b"1"}))
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(sign) + at] |= 1
    assert list(members(bytes(data)).values()) == [EncryptedFileError]


def test_names_without_a_mark_are_read_as_chinese_systems_write_them():
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("AAAAAAAA.txt", REPORT)
    data = out.getvalue().replace(b"AAAAAAAA", "工作报告".encode("gb18030"))
    assert members(data) == {"a.zip/工作报告.txt": REPORT}


def test_what_is_no_archive_after_all_is_one_error():
    assert members(b"PK\x03\x04 and nothing else") == {"a.zip": DamagedFileError}


@pytest.mark.parametrize("method", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2, 9])
def test_a_method_of_packing_that_is_not_read_is_said_to_be_that(method):
    """Whether whole or damaged, and the others stay."""
    data = zipped({"a.txt": REPORT * 20, "b.txt": b"1"})
    place = data.find(b"PK\x01\x02")
    changed = data[: place + 10] + struct.pack("<H", method) + data[place + 12 :]
    assert members(changed) == {"a.zip/a.txt": BinaryFileError, "a.zip/b.txt": b"1"}
