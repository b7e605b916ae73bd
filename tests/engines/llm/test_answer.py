"""Answers: any order, strict types, short errors, and nothing repaired that grounding should see."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.engines.llm.answer import checker, drafts_of, read_answer
from extract.engines.llm.question import Passage
from extract.engines.llm.wire import Wire
from schemas import record_types

WIRE = Wire(tuple(record_types().values()))
PASSAGE = Passage(2, 10, 14)
FIGURE = {"text": "7%", "kind": "change", "direction": "increase", "modifier": "exact", "period": "2023"}
RECORD = {
    "type": "goal",
    "indicator": "生产总值",
    "category": "综合经济",
    "sentences": [1],
    "commitment": "expect",
    "status": None,
    "figures": [FIGURE],
}


def text(*records: dict[str, Any]) -> str:
    return json.dumps({"records": records}, ensure_ascii=False)


def drafts(*records: dict[str, Any]):
    return drafts_of(read_answer(text(*records), WIRE), PASSAGE, WIRE)


def test_sentence_numbers_are_those_of_the_report_again() -> None:
    """The first sentence of a passage is 1 for the model."""
    assert drafts(RECORD | {"sentences": [5, 1]})[0].sentences == (10, 14)


@pytest.mark.parametrize("bad", [0, -1, 6, 10**9])
def test_a_sentence_that_is_not_there_is_no_error_and_no_other_sentence(bad: int) -> None:
    """The draft cites nothing; grounding says so."""
    assert drafts(RECORD | {"sentences": [bad]})[0].sentences == ()


def test_the_order_of_keys_is_free() -> None:
    """Endpoints without a strict schema write keys as they like."""
    assert drafts(dict(reversed(RECORD.items()))) == drafts(RECORD)


def test_an_answer_in_a_fence_is_read() -> None:
    """Models without a JSON mode wrap it."""
    assert checker(WIRE)(f"```json\n{text(RECORD)}\n```") is None


@pytest.mark.parametrize(
    ("record", "word"),
    [
        (RECORD | {"type": "wish"}, "type"),
        (RECORD | {"sentences": ["1"]}, "sentences"),
        (RECORD | {"value": 7}, "value"),
        ({k: v for k, v in RECORD.items() if k != "figures"}, "figures"),
        (RECORD | {"figures": [FIGURE | {"modifier": "左右"}]}, "modifier"),
        (RECORD | {"figures": [FIGURE | {"period": 2023}]}, "period"),
    ],
)
def test_a_wrong_type_is_said_in_few_words(record: dict[str, Any], word: str) -> None:
    """Where it is and what was expected, for the question that is asked again."""
    error = checker(WIRE)(text(record))
    assert error is not None
    assert word in error
    assert len(error) < 400


@given(st.text())
def test_any_other_text_is_an_error_and_never_an_exception(words: str) -> None:
    """Whatever an endpoint sends, the check answers."""
    error = checker(WIRE)(words)
    assert error is not None
    assert len(error) < 2000


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("2023年", "2023"),
        ("2021—2025年", "2021-2025"),
        ("2021-2025", "2021-2025"),
        ("去年", None),
        ("", None),
    ],
)
def test_a_period_is_read_however_it_is_spelt(said: str, meant: str | None) -> None:
    """Its form is for code to settle, not worth asking again."""
    assert drafts(RECORD | {"figures": [FIGURE | {"period": said}]})[0].figures[0].period == meant


def test_what_does_not_apply_to_a_type_is_left_out() -> None:
    """An achievement has no commitment, a goal no status."""
    done = drafts(RECORD | {"type": "achievement", "status": "completed"})[0]
    assert (done.commitment, done.status) == (None, None)
    assert drafts(RECORD | {"status": "planned"})[0].status is None


def test_the_schema_is_what_strict_modes_take() -> None:
    """Every object closed, every key required, no keyword that some endpoints refuse."""
    allowed = {"type", "enum", "anyOf", "items", "properties", "required", "additionalProperties"}

    def walk(node: Any) -> None:
        assert set(node) <= allowed
        if node.get("type") == "object":
            assert node["additionalProperties"] is False
            assert sorted(node["required"]) == sorted(node["properties"])
        for child in [*node.get("properties", {}).values(), *node.get("anyOf", [])]:
            walk(child)
        if "items" in node:
            walk(node["items"])

    walk(WIRE.schema)
    assert "value" not in json.dumps(WIRE.schema)
