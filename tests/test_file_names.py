"""Names of files that every system takes."""

import pytest

from extract.file_names import folded, names_a_device, safe_stem


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
