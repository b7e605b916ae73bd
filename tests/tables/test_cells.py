"""Cells as files have them."""

from decimal import Decimal

import msgspec
import pytest

from extract.tables.cells import flat, inert, json_cell, number, written


class Pair(msgspec.Struct, frozen=True):
    """A number with a text."""

    value: Decimal | None
    text: str


@pytest.mark.parametrize(
    "cell",
    [
        "=1+1",
        "+86",
        "-cmd",
        "@sum",
        "\tx",
        "\r=1",
        "\n=1",
        "-1-1",
        "=HYPERLINK(1)",
        "-",
        "＝1",
        "＋1",
        "－1",
        "＠a",
    ],
)
def test_no_cell_is_a_formula(cell):
    """A report's own words must not run in a spreadsheet; full-width signs count where Chinese is typed."""
    assert inert(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["-5", "-7.9", "7.9", "政府", "", None, -5, "2016-2020", "7%=x"])
def test_numbers_and_words_stay_as_they_are(cell):
    """A negative number is no formula."""
    assert inert(cell) == cell


def test_an_inert_cell_stays_inert_however_often_it_is_written():
    assert inert(inert("=1")) == "'=1"


def test_decimals_are_written_without_exponent():
    assert written(Decimal("5.3703E+11")) == "537030000000"
    assert json_cell(Decimal("7.90")) == "7.9"


def test_truth_is_written_in_one_way():
    assert list(map(written, (True, False, None))) == ["true", "false", None]


def test_several_things_are_one_cell():
    """Texts are joined; numbers that stand for a row of their own are JSON; nothing is an empty cell."""
    assert flat(("a", "b")) == "a; b"
    assert flat((Pair(Decimal("1.50"), "一"),)) == '[{"value":"1.5","text":"一"}]'
    assert flat(()) is None


def test_a_lone_surrogate_is_escaped():
    """Only an escape in a foreign file can carry one."""
    assert flat((Pair(None, "\ud800"),)) == '[{"value": null, "text": "\\ud800"}]'


def test_a_decimal_is_the_double_with_the_same_digits():
    assert [number(one) for one in (Decimal("7.9"), "537030000000", None)] == [7.9, 537030000000.0, None]


def test_what_is_no_cell_is_refused():
    with pytest.raises(TypeError, match="set is no cell"):
        json_cell({1})
