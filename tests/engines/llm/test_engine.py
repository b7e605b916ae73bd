"""The engine: every chunk asked once, split where an answer is too long, asked again for what it left out."""

import json
from pathlib import Path
from typing import Any

import pytest

from extract.checks import check, ground
from extract.engines.llm.exchange import Request
from extract.errors import BudgetError, RefusedAnswerError, TruncatedAnswerError
from extract.pipeline import conclude

from .speaking import Model, engine, read


@pytest.fixture
def model(small_report: str) -> Model:
    return Model(*read(small_report))


def figures(answer):
    return sorted(figure.text for draft in answer.drafts for figure in draft.figures)


def claimed(model: Model):
    return sorted(claim.mention.text for claim in model.witness.reading.claims)


@pytest.mark.parametrize("name", ["yunzhou-2024", "yunzhou-2025"])
def test_a_model_that_reads_like_the_rules_is_flagged_nowhere(examples: Path, name: str) -> None:
    """Grounding and checks speak for drafts without known mentions as they do for those of the rules."""
    report, witness = read((examples / f"{name}.txt").read_text(encoding="utf-8"))
    answer = Model(report, witness).answer()
    checked = check(report, witness, ground(report, witness, answer.drafts))
    codes = {issue.code for record in checked.records for issue in record.issues}
    assert codes <= {"conflict_in_report"}
    assert [row for row in checked.ledger if row.state == "unclaimed"] == []


def test_every_chunk_with_a_number_is_asked_once(model: Model) -> None:
    """Nothing is asked twice, and nothing that holds no number."""
    answer = model.answer()
    chunks = [request.chunk for request in model.asked]
    assert len(chunks) == len(set(chunks)) < len(model.report.chunks)
    assert [outcome.error for outcome in answer.outcomes] == [None] * len(model.report.chunks)
    assert answer.usage["requests"] == len(chunks)


def test_a_number_that_was_left_out_goes_back_once_with_its_sentence(model: Model) -> None:
    """The second question names it; the first answer stays as it is."""

    def forget(request: Request, records: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return records if request.purpose == "unclaimed" else records[1:]

    model.edit = forget
    answer = model.answer()
    again = [r for r in model.asked if r.purpose == "unclaimed"]
    asked = [one["text"] for r in again for one in json.loads(r.messages[1]["content"])["numbers"]]
    assert len(again) == len(asked) > 0
    assert figures(answer) == claimed(model)


def test_a_number_that_stays_left_out_is_flagged_by_the_ledger(model: Model) -> None:
    """It is asked for once, not for ever."""
    model.edit = lambda _request, _records: []
    answer = model.answer()
    result = conclude(model.report, engine(), model.witness, answer)
    unclaimed = [row.text for row in result.ledger if row.state == "unclaimed"]
    assert sorted(unclaimed) == claimed(model)
    assert len(model.asked) == 2 * len({request.chunk for request in model.asked})


def test_a_second_answer_adds_only_what_was_asked_for(model: Model) -> None:
    """A model that repeats itself makes no record twice."""
    every: dict[int, list[dict[str, Any]]] = {}

    def repeat(request: Request, records: list[dict[str, Any]]) -> list[dict[str, Any]]:
        if request.purpose == "unclaimed":
            return [*every[request.chunk], *records]
        every[request.chunk] = records[1:]
        return records[1:]

    model.edit = repeat
    assert figures(model.answer()) == claimed(model)


def test_a_truncated_answer_is_asked_for_in_halves(model: Model) -> None:
    """Down to one sentence, the whole chunk is read all the same."""

    def cut(request: Request, records: list[dict[str, Any]]) -> list[dict[str, Any]]:
        parts = json.loads(request.messages[1]["content"])["parts"]
        if sum(len(part["sentences"]) for part in parts) > 1:
            raise TruncatedAnswerError("too long")
        return records

    model.edit = cut
    answer = model.answer()
    assert figures(answer) == claimed(model)
    assert {outcome.error for outcome in answer.outcomes} == {None}


def test_a_sentence_that_cannot_be_split_fails_alone(model: Model) -> None:
    """What the other half gave is kept, and the chunk says that a part of it is missing."""

    def cut(request: Request, records: list[dict[str, Any]]) -> list[dict[str, Any]]:
        if any("养老" in record["indicator"] for record in records):
            raise TruncatedAnswerError("too long")
        return records

    model.edit = cut
    answer = model.answer()
    assert [o.error for o in answer.outcomes if o.error] == ["truncated: too long"]
    assert figures(answer) == sorted(set(claimed(model)) - {"800张"})


def test_a_refusal_fails_its_chunk_and_no_other(model: Model) -> None:
    """Typed, kept and visible."""
    refused = RefusedAnswerError("no")
    refused.spent = (1, 5, 0, 0)

    def refuse(request: Request, records: list[dict[str, Any]]) -> list[dict[str, Any]]:
        if any(record["type"] == "achievement" for record in records):
            raise refused
        return records

    model.edit = refuse
    answer = model.answer()
    assert [o.error for o in answer.outcomes if o.error] == ["refused: no"]
    assert answer.drafts
    assert answer.usage["requests"] == len(model.asked)


def test_a_limit_leaves_the_chunk_unasked_and_keeps_the_rest(model: Model) -> None:
    """The limit is said where the answer is missing."""

    def stop(request: Request, records: list[dict[str, Any]]) -> list[dict[str, Any]]:
        if len(model.asked) > 1:
            raise BudgetError("the limit is reached")
        return records

    model.edit = stop
    answer = model.answer()
    assert answer.drafts
    assert "not asked: the limit is reached" in [o.error for o in answer.outcomes]


def test_a_fault_of_the_program_is_no_failed_chunk(model: Model) -> None:
    """It comes out, after every other answer has come in."""

    def fault(request: Request, records: list[dict[str, Any]]) -> list[dict[str, Any]]:
        raise ZeroDivisionError

    model.edit = fault
    with pytest.raises(ZeroDivisionError):
        model.answer()


def test_the_manifest_names_prompts_and_schema(model: Model) -> None:
    """A result says by which instructions it came about."""
    result = conclude(model.report, engine(), model.witness, model.answer())
    assert set(result.manifest.prompt_hashes) >= {"system", "goal"}
    assert set(result.manifest.schema_hashes) >= {"records", "goal"}
