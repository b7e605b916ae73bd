"""Answers: any order, strict types, short errors, and nothing repaired that grounding should see."""

import json
import tracemalloc
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.engines.llm.answer import checker, drafts_of, read_answer
from extract.engines.llm.objects import best_object
from extract.engines.llm.question import Passage
from extract.engines.llm.wire import Wire
from schemas import Record, record_types

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


@pytest.mark.parametrize(
    ("record", "where"),
    [
        (RECORD | {"indicator": "生产\x00总值"}, "records.0.indicator"),
        (RECORD | {"indicator": "生产总值\ud800"}, "answer"),
        (RECORD | {"figures": [FIGURE | {"text": "7%\x00"}]}, "records.0.figures.0.text"),
        (RECORD | {"figures": [FIGURE | {"period": "20\x0023"}]}, "records.0.figures.0.period"),
        (RECORD | {"figures": [FIGURE | {"text": "7" * 900_000}]}, "records.0.figures.0.text"),
        (RECORD | {"indicator": "生产总值" * 20_000}, "records.0.indicator"),
        (RECORD | {"figures": [FIGURE] * 300}, "records.0.figures"),
        (RECORD | {"sentences": [1] * 300}, "records.0.sentences"),
        (RECORD | {"\x1b[8m\x00key": 1}, "records.0. [8m"),
    ],
)
def test_texts_and_lists_have_bounds_and_hold_what_stores_take(record: dict[str, Any], where: str) -> None:
    """What is said of it can itself be shown and stored."""
    said = checker(WIRE)(json.dumps({"records": [record]}))
    assert said is not None
    assert where.replace(" ", "") in said.replace(" ", "")
    assert said.isprintable()
    assert len(said) < 400


def test_an_answer_has_a_thousand_records_at_most() -> None:
    """A passage has some tens of numbers."""
    assert checker(WIRE)(text(*[RECORD] * 1_000)) is None
    assert "at most 1000 items" in str(checker(WIRE)(text(*[RECORD] * 1_001)))


@pytest.mark.parametrize("deep", ['{"records":' * 100_000, "[" * 100_000, '{"records":[' + '{"a":' * 50_000])
def test_an_answer_that_is_nested_without_end_is_an_error(deep: str) -> None:
    """And no exception."""
    assert checker(WIRE)(deep) is not None


def test_texts_of_a_type_of_ones_own_are_looked_at_too() -> None:
    """However deep they stand."""

    class Plan(Record):
        type: Literal["plan"] = "plan"
        partners: dict[str, list[str]]

    wire = Wire((Plan,))
    record = RECORD | {"type": "plan", "partners": {"甲": ["乙"]}}
    assert checker(wire)(text(record)) is None
    assert "records.0.partners" in str(checker(wire)(text(record | {"partners": {"甲": ["乙\x00"]}})))
    assert "records.0.partners" in str(checker(wire)(text(record | {"partners": {"\x1b": []}})))


def test_a_period_that_is_left_out_is_that_of_the_section() -> None:
    """Null, which says that there is none, stays null."""
    figure = {name: value for name, value in FIGURE.items() if name != "period"}
    answer = read_answer(text(RECORD | {"figures": [figure, FIGURE | {"period": None}]}), WIRE)
    (draft,) = drafts_of(answer, PASSAGE, WIRE, lambda sentence: f"20{sentence}")
    assert [one.period for one in draft.figures] == ["2010", None]
    assert draft.period == "2010"


@pytest.mark.parametrize(
    "endless",
    [
        '{"records":[' + "{}," * 300_000 + "{}]}",
        '{"records":[' + "{}," * 2_600_000 + "{}]}",
        "{" + ",".join(f'"{n}":0' for n in range(20_000)) + "}",
        '{"records":['
        + json.dumps(RECORD)[:-2]
        + json.dumps(FIGURE)
        + ("," + json.dumps({})) * 200_000
        + "]}]}",
        '{"records":[' + ",".join([json.dumps(RECORD)] * 3_000) + "]}",
    ],
    ids=["records", "megabytes", "keys", "figures", "good records"],
)
def test_an_endless_answer_costs_little(endless: str) -> None:
    """Not an error is made for each of its parts, and what is said of it is short."""
    tracemalloc.start()
    text, said = best_object(endless, checker(WIRE))
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert said is not None
    assert len(said) < 400
    assert most < 250_000_000
    assert text
