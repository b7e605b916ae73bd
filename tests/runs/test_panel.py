"""The panel of a large folder, by several processes."""

from pathlib import Path

import pytest

from extract.engines.rules import RulesEngine
from extract.indicators.catalogue import load_catalogue
from extract.pipeline import process_source
from extract.results.files import render, result_paths
from extract.results.lean import read_lean
from extract.runs import panel as module
from extract.runs.panel import panel_parts
from extract.tables.panel import panel_rows
from extract.tables.research import PANEL


@pytest.fixture(scope="module")
def folder(tmp_path_factory, small_report: str) -> Path:
    """Six reports of three cities."""
    out = tmp_path_factory.mktemp("out")
    for city in ("云州", "望海", "清源"):
        for year in (2024, 2025):
            text = (
                small_report.replace("临江", city).replace("2024", str(year)).replace("2023", str(year - 1))
            )
            (result,) = process_source(text.encode(), f"{city}-{year}.txt", RulesEngine()).results
            (out / f"{result.report.id}.json").write_bytes(render(result))
    return out


@pytest.mark.parametrize("processes", [1, 2])
def test_parts_together_are_the_panel(folder: Path, monkeypatch, processes):
    """Whatever the number of processes; no region is torn apart."""
    monkeypatch.setattr(module, "PART", 2)
    whole = panel_rows(read_lean(folder, by_region=True), load_catalogue())
    parts = list(panel_parts(result_paths(folder), None, missing=True, processes=processes))
    assert [cells for part in parts for cells in part.rows] == [PANEL.cells(row) for row in whole]
    assert [len({head.report.region for head in part.heads}) for part in parts] == [1, 1, 1]
    assert not any(head.records for part in parts for head in part.heads)


def test_what_gives_no_result_comes_back_with_its_part(folder: Path, tmp_path: Path):
    for path in result_paths(folder):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "torn.json").write_text("{")
    parts = list(panel_parts(result_paths(tmp_path), None, missing=False, processes=1))
    assert [str(one.error) for part in parts for one in part.skipped] == [
        f"{tmp_path}/torn.json is not valid JSON."
    ]
