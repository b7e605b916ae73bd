"""The panel of a large folder, by several processes."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from extract.engines.rules import RulesEngine
from extract.indicators.catalogue import load_catalogue
from extract.pipeline import process_source
from extract.results.files import read_result, render, result_paths
from extract.results.lean import read_lean
from extract.runs import panel as module
from extract.runs.panel import Order, Part, panel_parts
from extract.tables.formats import FileFormat, rendered
from extract.tables.panel import panel_rows
from extract.tables.research import PANEL
from schemas.result import Result


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


def renamed(result: Result, name: str, **more: Any) -> Result:
    return result.model_copy(update={"report": result.report.model_copy(update={"id": name, **more})})


ORDER = Order(None, missing=True, file_format=FileFormat.JSONL)


def lines(parts: Iterable[Part]) -> list[bytes]:
    return b"".join(piece for part in parts for piece in part.pieces).splitlines(keepends=True)


@pytest.mark.parametrize("part", [1, 2, 3])
@pytest.mark.parametrize("processes", [1, 2])
def test_parts_together_are_the_panel(folder: Path, monkeypatch, processes, part):
    """Whatever the number of processes, and of reports that one of them reads at a time."""
    monkeypatch.setattr(module, "PART", part)
    whole = rendered(PANEL, panel_rows(read_lean(folder, by_region=True), load_catalogue()), FileFormat.JSONL)
    parts = list(panel_parts(result_paths(folder), ORDER, processes))
    assert lines(parts) == list(whole)
    assert not any(head.records for one in parts for head in one.heads)


@pytest.mark.parametrize("part", [2, 3, 200])
def test_copies_of_a_report_are_joined_though_no_process_has_them_all(
    folder: Path, tmp_path: Path, monkeypatch, part
):
    """What they say alike stands once, with the names of all; what one of them says differently has a note."""
    original = read_result(result_paths(folder)[0])
    for n in range(7):
        (tmp_path / f"c{n}.json").write_bytes(render(renamed(original, f"c{n}")))
    text = (tmp_path / "c4.json").read_text(encoding="utf-8")
    (tmp_path / "c4.json").write_text(text.replace('"value": "4.8"', '"value": "9.9"'), encoding="utf-8")
    monkeypatch.setattr(module, "PART", part)
    parts = panel_parts(result_paths(tmp_path), ORDER, 1)
    rows = [json.loads(line) for line in lines(parts)]
    whole = panel_rows(read_lean(tmp_path, by_region=True), load_catalogue())
    assert lines(panel_parts(result_paths(tmp_path), ORDER, 1)) == list(
        rendered(PANEL, whole, FileFormat.JSONL)
    )
    different = [row for row in rows if "contradicts" in (row["note"] or "")]
    assert {tuple(row["also_in"]) for row in rows if row not in different} == {
        ("c1", "c2", "c3", "c4", "c5", "c6")
    }
    assert [row["report_id"] for row in different] == ["c0", "c4"]
    assert different[0]["also_in"] == ["c1", "c2", "c3", "c5", "c6"]


def test_reports_without_a_region_are_not_joined(folder: Path, tmp_path: Path, monkeypatch):
    monkeypatch.setattr(module, "PART", 2)
    original = read_result(result_paths(folder)[0])
    for n in range(5):
        one = renamed(original, f"c{n}", region=None)
        (tmp_path / f"c{n}.json").write_bytes(render(one))
    rows = [json.loads(line) for line in lines(panel_parts(result_paths(tmp_path), ORDER, 1))]
    assert {row["report_id"] for row in rows} == {f"c{n}" for n in range(5)}
    assert not any(row["also_in"] for row in rows)


def test_what_gives_no_result_comes_back_with_its_part(folder: Path, tmp_path: Path):
    for path in result_paths(folder):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "torn.json").write_text("{")
    parts = list(panel_parts(result_paths(tmp_path), ORDER, 1))
    assert [str(one.error) for part in parts for one in part.skipped] == [
        f"{tmp_path}/torn.json is not valid JSON."
    ]
