"""What the rules engine reaches on gold facts. A floor is what was reached, less a little; it is raised, not lowered."""

import json
from pathlib import Path

import pytest

from extract.engines.rules import RulesEngine
from extract.evaluation.gold import load_gold
from extract.evaluation.scoring import score
from extract.pipeline import process_source
from extract.tables.facts import facts as fact_rows

GOLD = Path(__file__).parent / "gold"
DETECTION, STRICT, FULL = 0.99, 0.98, 0.98


def facts(path: Path) -> list[dict[str, object]]:
    """The facts that the rules engine reads in a file."""
    outcome = process_source(path.read_bytes(), path.name, RulesEngine())
    return [dict(row) for row in fact_rows(outcome.results)]


def reaches(gold: Path, rows: list[dict[str, object]]) -> None:
    result = score(load_gold(gold), rows)
    assert result.detection.f1 >= DETECTION
    assert result.strict.f1 >= STRICT
    assert result.full.f1 >= FULL


@pytest.mark.parametrize("name", ["yunzhou-2024", "yunzhou-2025"])
def test_the_sample_reports_are_read_as_their_annotator_read_them(name, examples):
    reaches(GOLD / f"{name}.jsonl", facts(examples / f"{name}.txt"))


@pytest.mark.parametrize("name", ["huzhou-2020", "jiaxing-2020"])
def test_the_gold_of_the_shared_folder_is_reached(name, shared):
    reaches(shared / "gold" / f"{name}.jsonl", facts(shared / "reports" / f"{name}.txt"))


@pytest.mark.parametrize("name", ["yunzhou-2024", "yunzhou-2025"])
def test_gold_spans_point_at_their_surfaces(name, examples):
    text = (examples / f"{name}.txt").read_bytes().decode("utf-8")
    for line in (GOLD / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        assert text[row["start"] : row["end"]] == row["surface"]
