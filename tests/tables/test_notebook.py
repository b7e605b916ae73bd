"""`extract.load`: tables of a folder as data frames."""

from pathlib import Path

import polars as pl
import pytest

import extract
from extract.engines.rules import RulesEngine
from extract.errors import ResultsFolderError, UsageError
from extract.pipeline import process_source
from extract.results.files import render


@pytest.fixture(scope="module")
def folder(tmp_path_factory, examples: Path) -> Path:
    """Results of the sample reports."""
    out = tmp_path_factory.mktemp("out")
    for path in examples.glob("*.txt"):
        for result in process_source(path.read_bytes(), path.name, RulesEngine()).results:
            (out / f"{result.report.id}.json").write_bytes(render(result))
    return out


@pytest.fixture(scope="module")
def tables(folder: Path):
    return extract.load(folder)


@pytest.mark.parametrize("name", ["facts", "records", "panel", "tracking", "livelihood", "projects"])
def test_every_table_is_a_typed_frame_whose_columns_are_explained(tables, name):
    found = getattr(tables, name)
    assert found.height > 0
    assert tables.columns(name)["column"].to_list() == found.columns
    assert not any(kind == pl.Object for kind in found.dtypes)


def test_numbers_can_be_computed_with(tables):
    growth = tables.panel.filter(
        pl.col("indicator_id") == "gdp_growth",
        pl.col("claim_type") == "actual",
        pl.col("horizon") == "annual",
    )
    assert growth.sort("year")["value"].to_list() == [6.2, 6.3]
    met = tables.tracking.filter(pl.col("indicator_id") == "gdp_growth")
    assert met["difference"].round(6).to_list() == [0.3]


def test_a_table_is_made_once(tables):
    assert tables.panel is tables.panel


def test_a_folder_without_results_is_said_at_once(tmp_path: Path):
    with pytest.raises(ResultsFolderError, match="no results"):
        extract.load(tmp_path)


def test_a_damaged_result_is_a_warning(folder: Path, tmp_path: Path):
    for path in folder.glob("*.json"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "torn.json").write_text("{")
    with pytest.warns(UserWarning, match=r"torn\.json is not valid JSON"):
        tables = extract.load(tmp_path)
    assert tables.facts.height > 0


def test_a_table_that_is_not_there_is_named_with_those_that_are(tables):
    """And what to do stands in the traceback that a notebook shows."""
    with pytest.raises(UsageError, match="nope") as raised:
        tables.columns("nope")
    assert "livelihood" in raised.value.__notes__[0]
    assert "panel" in repr(tables)
