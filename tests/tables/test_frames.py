"""Data frames, Parquet, Stata."""

import io
from dataclasses import replace
from pathlib import Path

import polars as pl
import pyreadstat
import pytest

from extract.tables import frames
from extract.tables.formats import FileFormat, rendered
from extract.tables.frames import frame, meanings, schema
from extract.tables.research import LIVELIHOOD, PANEL, PROJECTS, TRACKING

from .small_table import ROWS, TABLE


def test_columns_have_types():
    """Decimals are doubles, several texts are one, what is missing is null."""
    found = frame(TABLE, ROWS)
    assert found.schema == pl.Schema(
        {
            "region": pl.String,
            "year": pl.Int64,
            "value": pl.Float64,
            "sure": pl.Boolean,
            "also_in": pl.String,
            "report_id": pl.String,
            "quote": pl.String,
        }
    )
    assert found["value"].to_list() == [537030000000.0, -2.5, None]
    assert found["also_in"].to_list() == ["a; b", None, None]


def test_a_frame_without_rows_has_the_same_types():
    assert frame(TABLE, []).schema == schema(TABLE)


def test_every_column_is_explained_in_both_languages():
    assert meanings(TABLE).row(2) == ("value", "数值", "Decimal", "After scale.", "换算后。")


def test_parquet_holds_all_batches_in_order(monkeypatch):
    monkeypatch.setattr(frames, "BATCH", 2)
    data = b"".join(rendered(TABLE, ROWS, FileFormat.PARQUET))
    assert pl.read_parquet(io.BytesIO(data)).equals(frame(TABLE, ROWS))


def test_parquet_has_chinese_names_on_request():
    data = b"".join(rendered(TABLE, ROWS, FileFormat.PARQUET, chinese=True))
    assert pl.read_parquet(io.BytesIO(data)).columns == [
        "地区",
        "年份",
        "数值",
        "确定",
        "同见",
        "报告编号",
        "原文",
    ]


@pytest.mark.parametrize(("chinese", "label"), [(False, "After scale."), (True, "数值")])
def test_stata_has_names_labels_and_numbers(tmp_path: Path, chinese, label):
    path = tmp_path / "t.dta"
    path.write_bytes(b"".join(rendered(TABLE, ROWS, FileFormat.DTA, chinese=chinese)))
    found, about = pyreadstat.read_dta(str(path), output_format="polars")
    assert found.columns == list(TABLE.names)
    assert found["value"].to_list() == [537030000000.0, -2.5, None]
    assert found["region"][0] == "云州市"
    assert about.column_names_to_labels["value"] == label


def test_stata_holds_long_sentences(tmp_path: Path):
    """Beyond the 2,045 bytes of its short strings."""
    row = replace(ROWS[0], quote="长句" * 2000)
    path = tmp_path / "t.dta"
    path.write_bytes(b"".join(rendered(TABLE, [row], FileFormat.DTA)))
    assert pyreadstat.read_dta(str(path), output_format="polars")[0]["quote"][0] == row.quote


@pytest.mark.parametrize("table", [PANEL, TRACKING, LIVELIHOOD, PROJECTS])
def test_names_are_such_that_every_program_takes_them(table):
    """Stata takes 32 letters; headers of either language stand once; each column is explained."""
    assert all(name.isidentifier() and len(name) <= 32 for name in table.names)
    for chinese in (False, True):
        assert len(set(table.headers(chinese=chinese))) == len(table.columns)
    assert all(column.meaning_zh and column.meaning_en for column in table.columns)
