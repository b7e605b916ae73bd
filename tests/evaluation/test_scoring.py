"""Scores against gold, by hand-made facts."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from extract.engines.rules import RulesEngine
from extract.evaluation.gold import GoldLine, load_gold
from extract.evaluation.scoring import Tally, score
from extract.pipeline import process_source
from extract.tables.facts import facts

GOLD = GoldLine(
    start=10,
    end=15,
    surface="7.9%",
    types=("goal", "achievement"),
    names=("地区生产总值", "GDP"),
    value="7.9",
    upper=None,
    unit="%",
    kind="change",
    direction="increase",
    modifier="exact",
    period="2023",
    optional=False,
)
RIGHT = {
    "start": 10,
    "end": 15,
    "record_type": "goal",
    "indicator": "地区生产总值",
    "value": "7.90",
    "upper": None,
    "unit": "％",
    "kind": "change",
    "direction": "increase",
    "modifier": "exact",
    "period": "2023",
}


def f1(gold: list[GoldLine], rows: list[dict[str, Any]]) -> tuple[float, float, float]:
    """Detection, strict and full."""
    result = score(gold, rows)
    return result.detection.f1, result.strict.f1, result.full.f1


def test_a_right_fact_is_right_however_its_number_is_spelled() -> None:
    """7.90 is 7.9, and ％ is %."""
    assert f1([GOLD], [RIGHT]) == (1.0, 1.0, 1.0)


@pytest.mark.parametrize(
    "change",
    [{"value": "7.8"}, {"unit": "元"}, {"direction": None}, {"record_type": "x"}, {"indicator": "粮食产量"}],
)
def test_a_wrong_main_field_costs_strict_and_full(change: dict[str, Any]) -> None:
    """The number was still detected."""
    assert f1([GOLD], [RIGHT | change]) == (1.0, 0.0, 0.0)


@pytest.mark.parametrize(
    "change", [{"kind": "level"}, {"modifier": "about"}, {"period": "2024"}, {"period": None}]
)
def test_a_wrong_side_field_costs_full_alone(change: dict[str, Any]) -> None:
    """Kind, modifier and period are the fine points."""
    assert f1([GOLD], [RIGHT | change]) == (1.0, 1.0, 0.0)


@pytest.mark.parametrize("indicator", ["GDP", "全市地区生产总值", "地区 生产总值", "地区生产总产值"])
def test_indicators_need_only_be_alike(indicator: str) -> None:
    """An alias, a filler, a blank, one letter."""
    assert f1([GOLD], [RIGHT | {"indicator": indicator}])[1] == 1.0


def test_missed_and_extra_facts_cost_recall_and_precision() -> None:
    """One of each halves both."""
    far = RIGHT | {"start": 90, "end": 95}
    result = score([GOLD, replace(GOLD, start=50, end=55)], [RIGHT, far])
    assert result.detection == Tally(right=1, given=2, wanted=2)
    assert (result.detection.precision, result.detection.recall, result.detection.f1) == (0.5, 0.5, 0.5)
    assert [miss.kind for miss in result.misses] == ["missed", "extra"]


def test_optional_gold_counts_neither_way() -> None:
    """Whether a fact is given for it or not."""
    optional = replace(GOLD, start=50, end=55, optional=True)
    on_optional = RIGHT | {"start": 50, "end": 55}
    twice = RIGHT | {"start": 51, "end": 53}
    assert f1([GOLD, optional], [RIGHT]) == (1.0, 1.0, 1.0)
    assert f1([GOLD, optional], [RIGHT, on_optional, twice]) == (1.0, 1.0, 1.0)


def test_pairs_are_one_to_one_by_the_largest_overlap() -> None:
    """A second fact on the same number is extra."""
    result = score([GOLD], [RIGHT | {"start": 12}, RIGHT])
    assert result.detection == Tally(right=1, given=2, wanted=1)


def test_a_wrong_field_is_shown_with_both_sides() -> None:
    """An error that cannot be read helps nobody."""
    (miss,) = score([GOLD], [RIGHT | {"record_type": "x", "upper": "9"}]).misses
    assert miss.wrong["record_type"] == (("goal", "achievement"), "x")
    assert "value" in miss.wrong


def test_scores_add_up() -> None:
    """The sum over reports is the score over all their numbers."""
    one, other = score([GOLD], [RIGHT]), score([GOLD], [])
    assert (one + other).detection == Tally(right=1, given=1, wanted=2)
    assert (one + other).fields["value"] == 1


def test_without_facts_or_gold_everything_is_zero() -> None:
    """And nothing is divided by it."""
    assert f1([], []) == (0.0, 0.0, 0.0)


@pytest.mark.parametrize("name", ["huzhou-2020", "jiaxing-2020"])
def test_the_figures_are_those_of_the_shared_tool(shared: Path, tmp_path: Path, name: str) -> None:
    """Two programs, one definition."""
    (result,) = process_source(
        (shared / f"reports/{name}.txt").read_bytes(), f"{name}.txt", RulesEngine()
    ).results
    rows = list(facts([result]))
    path = tmp_path / "facts.jsonl"
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    gold = shared / f"gold/{name}.jsonl"
    command = [sys.executable, str(shared / "tools/score_facts.py"), str(gold), str(path), "--json"]
    theirs = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
    ours = score(load_gold(gold), rows)
    for part in ("detection", "strict", "full"):
        tally: Tally = getattr(ours, part)
        found = {
            "precision": round(tally.precision, 4),
            "recall": round(tally.recall, 4),
            "f1": round(tally.f1, 4),
        }
        assert found == theirs[part]
    assert {field: round(n / ours.detection.right, 4) for field, n in ours.fields.items()} == theirs["fields"]
