"""Raised signs: powers stay, the marks of notes do not."""

import pytest

from extract.documents.readers.building import Left
from extract.documents.readers.raised import Raised, meant, parted, settled


@pytest.mark.parametrize(
    ("before", "raised", "after"),
    [
        ("税收完成31.9", "7", "亿元"),
        ("下降1.4%", "[12]", "。"),
        ("专精特新企业", "③", "41家"),
        ("下降1.4%", "2,5", "。"),
        ("GDP", "2", "增长"),
        ("贯通96公里", "2", "。"),
        ("新建10", "4", "所"),
        ("绿地9万平方米", "3", "，"),
        ("全长8km", "1", "。"),
        ("", "6", " 税收指"),
        ("新增", "3", "20个"),
        ("税收完成31.9", "[7][8]", "亿元"),
        ("下降1.4", "a", "%"),
        ("专精特新企业", "★", "41家"),
        ("专精特新企业", "⑴", "41家"),
    ],
)
def test_the_mark_of_a_note_is_no_part_of_the_text(before, raised, after):
    assert meant(before, raised, after) is None


@pytest.mark.parametrize(
    ("before", "raised", "after", "shown"),
    [
        ("绿地7万m", "2", "，", "²"),
        ("径流3.5×10", "8", "立方米", "⁸"),
        ("3.5 × 10", "-4", "克", "⁻⁴"),
        ("（10", "4", "吨）", "⁴"),
        ("mg/m", "3", "", "³"),
        ("16", "o", "C", "°"),
        ("占比", "2", "/7", "2"),
        ("达到", "54", "亿元", "54"),
        ("商标", "TM", "", "TM"),
        ("面积7㎞", "2", "，", "²"),
        ("10", "n", "吨", "n"),
    ],
)
def test_powers_and_numbers_that_are_raised_stay(before, raised, after, shown):
    assert meant(before, raised, after) == shown


def test_a_mark_that_comes_in_pieces_is_one():
    pieces = ["税收31.9", Raised("["), Raised("1"), Raised("]"), "亿元，绿地7万m", Raised("2"), "。"]
    assert list(settled(pieces)) == ["税收31.9", Left("[1]", "note_mark"), "亿元，绿地7万m", "²", "。"]


def test_raised_characters_are_marks_behind_a_number_and_powers_behind_a_length():
    pieces = list(settled(parted("税收31.9⁴亿元，绿地7万m²，径流3.5×10⁸立方米")))
    assert [one for one in pieces if isinstance(one, Left)] == [Left("4", "note_mark")]
    assert (
        "".join(one for one in pieces if isinstance(one, str)) == "税收31.9亿元，绿地7万m²，径流3.5×10⁸立方米"
    )


@pytest.mark.parametrize("raised", ["8[2]", "8②", "8 （2）"])
def test_the_mark_of_a_note_behind_a_power_leaves_the_power(raised):
    pieces = list(settled(["径流3.5×10", Raised(raised), "立方米"]))
    assert "".join(one for one in pieces if isinstance(one, str)) == "径流3.5×10⁸立方米"
    assert [one.reason for one in pieces if isinstance(one, Left)] == ["note_mark"]


def test_raised_characters_with_a_sign_or_in_brackets_are_read_whole():
    pieces = list(settled(parted("粒径2×10⁻³米，税收31.9⁽²⁾亿元")))
    assert "".join(one for one in pieces if isinstance(one, str)) == "粒径2×10⁻³米，税收31.9亿元"
