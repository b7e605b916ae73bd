"""Every form of number, read from its corpus: tests/corpora/numbers, one line a text with all its mentions."""

import json
from pathlib import Path
from typing import Any

import pytest

from extract.numbers import Mention, find_mentions
from extract.numbers.batch import mention_row

CORPORA = Path(__file__).parents[1] / "corpora" / "numbers"
DEFAULTS = {"value": None, "upper": None, "unit": None, "direction": None, "modifier": "exact"}


def lines() -> list[Any]:
    return [
        pytest.param(json.loads(line), id=f"{file.stem}-{number}")
        for file in sorted(CORPORA.glob("*.jsonl"))
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
    ]


def essence(mention: Mention) -> dict[str, Any]:
    row = mention_row(mention)
    del row["start"], row["end"]
    return row


@pytest.mark.parametrize("line", lines())
def test_a_text_holds_just_the_mentions_of_its_corpus_line(line: dict[str, Any]) -> None:
    """Nothing is missed, nothing is made up, and every key is as the corpus says."""
    assert [essence(m) for m in find_mentions(line["text"])] == [DEFAULTS | m for m in line["mentions"]]


@pytest.mark.parametrize("line", lines())
def test_a_text_reads_the_same_within_other_sentences(line: dict[str, Any]) -> None:
    """A sentence before moves the spans and changes nothing else."""
    before, after = "云州市工作报告。\n", "\n谢谢大家。"
    alone = find_mentions(line["text"])
    within = find_mentions(before + line["text"] + after)
    assert [essence(m) for m in within] == [essence(m) for m in alone]
    assert [m.start - len(before) for m in within] == [m.start for m in alone]
