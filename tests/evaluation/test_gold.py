"""Gold files, and which reports they speak of."""

import json
from pathlib import Path

import pytest

from extract.errors import UsageError
from extract.evaluation.gold import by_gold, gold_paths, load_gold

LINE = {
    "start": 0,
    "end": 2,
    "surface": "7%",
    "types": ["goal"],
    "indicator": "出口",
    "aliases": ["出口总额"],
    "value": "7",
    "upper": None,
    "unit": "%",
    "kind": "change",
    "direction": "increase",
    "modifier": "exact",
    "period": "2024",
    "optional": False,
    "note": "",
}


def test_a_line_gives_its_names_best_first(tmp_path: Path) -> None:
    """The indicator, then its aliases; blank lines are nothing."""
    path = tmp_path / "r.jsonl"
    path.write_text(json.dumps(LINE) + "\n\n", encoding="utf-8")
    (line,) = load_gold(path)
    assert line.names == ("出口", "出口总额")
    assert gold_paths(tmp_path) == {"r": path}


@pytest.mark.parametrize(
    ("content", "says"),
    [("{}", "line 1: missing start, end"), ("x", "line 1 is not a JSON object"), ("[1]", "is not")],
)
def test_a_line_that_is_no_gold_is_named(tmp_path: Path, content: str, says: str) -> None:
    """By file and line."""
    path = tmp_path / "r.jsonl"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UsageError, match=says):
        load_gold(path)


@pytest.mark.parametrize(
    "wrong",
    [
        {"start": "a"},
        {"end": True},
        {"aliases": None},
        {"types": ["goal", 1]},
        {"value": 7},
        {"period": None},
    ],
)
def test_a_value_of_the_wrong_sort_is_named(tmp_path: Path, wrong: dict[str, object]) -> None:
    """By file, line and key."""
    path = tmp_path / "r.jsonl"
    path.write_text(json.dumps(LINE) + "\n" + json.dumps(LINE | wrong), encoding="utf-8")
    with pytest.raises(UsageError, match=f"r.jsonl line 2: unusable {next(iter(wrong))}"):
        load_gold(path)


def test_a_folder_without_gold_is_wrong_use(tmp_path: Path) -> None:
    """As is none at all."""
    for folder in (tmp_path, tmp_path / "no"):
        with pytest.raises(UsageError, match="no gold files in"):
            gold_paths(folder)


def test_reports_find_their_gold_by_id_or_by_source() -> None:
    """And both sides hear of what has no counterpart."""
    reports = [
        ("r", "in/r.txt", [{"n": 1}]),
        ("page-甲市-2020", "in/page.txt", [{"n": 2}]),
        ("page-乙市-2020", "in/page.txt", [{"n": 3}]),
        ("s", "in/s.txt", []),
    ]
    grouped = by_gold(reports, ["r", "page", "t", "page-乙市-2020"])
    assert grouped.facts == {"r": [{"n": 1}], "page": [{"n": 2}], "page-乙市-2020": [{"n": 3}]}
    assert grouped.without_gold == ["s"]
    assert grouped.without_report == ["t"]
