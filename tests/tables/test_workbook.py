"""Workbooks: typed cells, filters, a frozen header, links to sentences, a sheet about the columns."""

import io
from dataclasses import replace

import pytest
from openpyxl import Workbook, load_workbook

from extract.errors import TableFormatError
from extract.tables import workbook as module
from extract.tables.columns import columns
from extract.tables.formats import FileFormat, rendered
from extract.tables.research import TRACKING
from extract.tables.rows import TrackingRow

from .small_table import ROWS, TABLE


def opened(rows=ROWS, *, chinese=False) -> Workbook:
    return load_workbook(io.BytesIO(b"".join(rendered(TABLE, rows, FileFormat.XLSX, chinese=chinese))))


@pytest.fixture(scope="module")
def book() -> Workbook:
    return opened()


def test_cells_are_typed(book):
    """Numbers are numbers, negative ones too, yes and no are 1 and 0; text is text; nothing is an empty cell."""
    rows = [[cell.value for cell in row] for row in book["small table"].iter_rows(min_row=2)]
    assert rows[0][:7] == ["云州市", 2024, 537030000000, 1, "a; b", "r1", "总量达到5370.3亿元。"]
    assert rows[1][2] == -2.5
    assert rows[2][1:3] == [None, None]
    assert not any(cell.data_type == "f" for sheet in book for row in sheet.iter_rows() for cell in row)


def test_a_sum_of_money_is_shown_without_exponent_and_a_rate_without_zeros(book):
    assert {cell.number_format for cell in book["small table"]["C"][1:3]} == {module.NUMBER_FORMAT}


def test_a_formula_is_text(book):
    assert book["small table"]["A4"].value == "'=临江市"


def test_the_header_is_frozen_and_every_column_can_be_filtered(book):
    for sheet in book:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref == sheet.dimensions


def test_each_row_links_to_its_sentence_which_stands_once(book):
    """What the link shows is the report's id."""
    table, quotes = book["small table"], book["quotes"]
    assert [cell.value for cell in table["H"]] == ["quote link", "r1", "r1", "r2"] or table[
        "H4"
    ].value is None
    assert [cell.hyperlink and cell.hyperlink.location for cell in table["H"]][1:] == [
        "'quotes'!B2",
        "'quotes'!B2",
        None,
    ]
    assert [[cell.value for cell in row] for row in quotes.iter_rows()] == [
        ["report_id", "quote"],
        ["r1", "总量达到5370.3亿元。"],
    ]


def test_a_sheet_says_what_the_columns_mean(book):
    rows = [[cell.value for cell in row] for row in book["columns"].iter_rows()]
    assert rows[3] == ["value", "数值", "Decimal", "After scale.", "换算后。"]
    assert len(rows) == len(TABLE.columns) + 1


def test_names_are_chinese_on_request():
    book = opened(chinese=True)
    assert book.sheetnames == ["小表", "原文", "说明"]
    assert [cell.value for cell in book["小表"][1]] == [
        "地区",
        "年份",
        "数值",
        "确定",
        "同见",
        "报告编号",
        "原文",
        "原文链接",
    ]


def test_an_empty_table_has_its_header():
    assert [cell.value for cell in opened([])["small table"][1]][:3] == ["region", "year", "value"]


def test_a_cell_is_cut_at_what_a_cell_can_hold():
    book = opened([replace(ROWS[0], quote="长" * 40_000)])
    assert len(book["small table"]["G2"].value) == module.MOST_CHARACTERS


def test_more_rows_than_a_sheet_holds_are_refused_with_a_way_out(monkeypatch):
    monkeypatch.setattr(module, "MOST_ROWS", 2)
    with pytest.raises(TableFormatError, match="holds at most 2 rows") as caught:
        opened()
    assert "csv" in caught.value.hint


def test_rows_beyond_the_links_that_excel_follows_have_none(monkeypatch):
    monkeypatch.setattr(module, "MOST_LINKS", 1)
    assert [cell.hyperlink is not None for cell in opened()["small table"]["H"]] == [
        False,
        True,
        False,
        False,
    ]


def test_links_of_both_sentences_of_a_row_count(monkeypatch):
    """A target and its actual are each linked to, and a sheet has no more links than Excel follows."""
    names = [one.name for one in columns(TrackingRow)]
    row = TrackingRow(**dict.fromkeys(names) | {"target_report": "a", "actual_report": "b", "note": "=1"})
    rows = [replace(row, target_quote=f"目标{n}。", actual_quote=f"完成{n}。") for n in range(3)]
    monkeypatch.setattr(module, "MOST_LINKS", 3)
    book = load_workbook(io.BytesIO(b"".join(rendered(TRACKING, rows, FileFormat.XLSX))))
    cells = [cell for row in book["tracking"].iter_rows(min_row=2) for cell in row if cell.hyperlink]
    assert [(cell.value, cell.hyperlink.location) for cell in cells] == [
        ("a", "'quotes'!B2"),
        ("b", "'quotes'!B3"),
        ("a", "'quotes'!B4"),
    ]
    assert [cell.value for cell in book["quotes"]["B"]] == ["quote", "目标0。", "完成0。", "目标1。"]


def test_an_error_while_rows_are_made_is_told_as_it_was():
    def rows():
        yield ROWS[0]
        raise TableFormatError("spoilt")

    with pytest.raises(TableFormatError, match="spoilt"):
        opened(rows())
