"""Names of files that every system takes."""

import os
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.file_names import folded, is_plain, names_a_device, path_of, safe_stem, shown, with_slashes


@pytest.mark.parametrize(
    "name", ["nul", "CON", "aux.txt", "com1.json", "LPT9", "prn .txt", "nul.tar.gz", "com¹"]
)
def test_devices_of_windows_are_known(name):
    assert names_a_device(name)


@pytest.mark.parametrize("name", ["null", "console.txt", "com10", "报告", "aux-2024"])
def test_names_that_only_look_like_devices_are_none(name):
    assert not names_a_device(name)


def test_a_report_called_like_a_device_has_another_name():
    assert safe_stem("NUL") == "NUL-"


def test_nothing_is_left_that_windows_refuses():
    assert safe_stem('报告 <2024>:"终稿"|?*. ') == "报告-2024-终稿"


def test_names_that_differ_in_capitals_are_one():
    assert folded("Yunzhou-2024") == folded("YUNZHOU-2024")


PIECES = st.one_of(
    st.sampled_from(
        [rb"\xff", b"\\x", b"gbk:", b"g", "云".encode(), "云州".encode("gbk"), b"\xff", b" ", b".txt"]
    ),
    st.binary(min_size=1, max_size=3),
)
PARTS = (
    st.lists(PIECES, min_size=1, max_size=4)
    .map(b"".join)
    .filter(lambda raw: not {0, ord("/")} & set(raw))
    .map(os.fsdecode)
)
"""Names as the system gives them, whatever bytes they are on the disk."""


@given(one=PARTS, other=PARTS)
def test_no_two_files_are_shown_alike(one: str, other: str) -> None:
    """Whatever their bytes: a name that looks like an escape is none."""
    assert (shown(one) == shown(other)) == (one == other)


@given(part=PARTS)
def test_a_name_that_is_shown_leads_back_to_its_file(part: str) -> None:
    """And is text that can be written down and printed."""
    name = shown(f"in/{part}")
    name.encode()
    assert path_of(name) == f"in/{part}"


@pytest.mark.skipif(sys.getfilesystemencoding() != "utf-8", reason="names are no UTF-8 here")
@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("云州.txt".encode("gbk"), "gbk:云州.txt"),
        (b"\xff.txt", r"\xff.txt"),
        (rb"\xff.txt", r"\x5cxff.txt"),
        ("云州.txt".encode(), "云州.txt"),
        ("gbk:云.txt".encode(), r"\x67bk:云.txt"),
        ("a\u202egpj.txt".encode(), r"a\xe2\x80\xaegpj.txt"),
        (b"a\nb.txt", r"a\x0ab.txt"),
    ],
)
def test_names_are_shown_as_people_read_them(raw: bytes, name: str) -> None:
    """GBK as the Chinese it is; what hides or steers as escapes."""
    assert shown(os.fsdecode(raw)) == name


@pytest.mark.parametrize(
    "name",
    [
        "../victim", "..", ".", "", " ", "a/b", "a\\b", "/etc/passwd", "C:victim", "c:\\victim", "a\0b", "a\nb", "nul",
        "com1.json", "\udcff", "长" * 90,
    ],
)  # fmt: skip
def test_names_that_lead_elsewhere_are_not_plain(name: str) -> None:
    """Nor are those that some system takes for something else, or cannot take."""
    assert not is_plain(name)


@pytest.mark.parametrize("name", ["yunzhou-2024", "云州2024", "a.b", "报告 终稿", "..a", "x" * 255])
def test_ordinary_names_are_plain(name: str) -> None:
    """They stay in their folder on every system."""
    assert is_plain(name)


def test_names_of_windows_get_forward_slashes_and_escapes_stay() -> None:
    """Both begin with the same character."""
    assert with_slashes(r"in\临江\r.txt") == "in/临江/r.txt"
    assert with_slashes(r"in\临江/\xff.txt") == r"in/临江/\xff.txt"
