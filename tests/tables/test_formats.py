"""One table as every kind of file."""

import csv
import io
import json
from pathlib import Path

import polars as pl
import pytest
from openpyxl import load_workbook

from extract.errors import UsageError
from extract.tables.formats import FileFormat, format_of, rendered

from .small_table import ROWS, TABLE


@pytest.mark.parametrize("file_format", FileFormat)
def test_the_same_rows_in_the_same_order_in_every_format(file_format, tmp_path: Path):
    """By their reports and values; twice the same."""
    data = b"".join(rendered(TABLE, iter(ROWS), file_format))
    match file_format:
        case FileFormat.JSONL:
            rows = [json.loads(line) for line in data.splitlines()]
        case FileFormat.CSV:
            rows = list(csv.DictReader(io.StringIO(data.decode(), newline="")))
        case FileFormat.XLSX:
            sheet = load_workbook(io.BytesIO(data)).worksheets[0]
            header, *others = sheet.iter_rows(values_only=True)
            rows = [dict(zip(header, one, strict=True)) for one in others]
        case FileFormat.PARQUET:
            rows = pl.read_parquet(io.BytesIO(data)).to_dicts()
        case FileFormat.DTA:
            import pyreadstat

            (tmp_path / "t.dta").write_bytes(data)
            rows = pyreadstat.read_dta(str(tmp_path / "t.dta"), output_format="polars")[0].to_dicts()
    values = [None if row["value"] in ("", None) else float(row["value"]) for row in rows]
    assert values == [537030000000.0, -2.5, None]
    assert [row["report_id"] for row in rows] == ["r1", "r1", "r2"]


def test_json_lines_keep_decimals_and_lists():
    first, _, last = (json.loads(line) for line in rendered(TABLE, ROWS, FileFormat.JSONL))
    assert first["value"] == "537030000000"
    assert (first["also_in"], last["also_in"], last["quote"]) == (["a", "b"], [], None)


def test_csv_has_a_mark_and_chinese_names_on_request():
    data = b"".join(rendered(TABLE, ROWS, FileFormat.CSV, bom=True, chinese=True)).decode()
    assert data.startswith(
        "\ufeff地区,年份,数值,确定,同见,报告编号,原文\r\n云州市,2024,537030000000,true,a; b,r1,"
    )
    assert "'=临江市,,,false,,r2,\r\n" in data


@pytest.mark.parametrize(
    ("name", "found"),
    [("a.xlsx", "xlsx"), ("a.DTA", "dta"), ("a.txt", "jsonl"), ("csv", "jsonl"), ("a", "jsonl")],
)
def test_a_format_is_told_by_the_name_of_the_file(name, found):
    assert format_of(Path(name)) == found


def test_a_name_that_promises_another_kind_of_file_is_refused():
    """JSON lines in a file named .xls would be opened by Excel, and shown as rubbish."""
    with pytest.raises(UsageError, match=r"\.xls"):
        format_of(Path("panel.xls"))
