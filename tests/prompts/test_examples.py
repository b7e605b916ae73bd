"""Every example in the prompts obeys the rules that answers are held to."""

import json

import pytest
from prompt_examples import PROMPTS, Example, examples

from extract.checks import check, ground
from extract.engines.llm.answer import drafts_of, read_answer
from extract.engines.llm.prompt_files import load_prompts
from extract.engines.llm.question import Passage, Questions
from extract.engines.llm.wire import Wire
from extract.pipeline import bear_witness
from schemas import record_types

WIRE = Wire(tuple(record_types().values()))
ALL = [example for path in sorted(PROMPTS.glob("*.md")) for example in examples(path)]
WHOLE = [example for example in ALL if "numbers" not in example.question]


def checked(example: Example):
    report = example.report
    passage = Passage(0, 0, len(report.sentences) - 1)
    answer = json.loads(example.answer)
    for record in answer["records"]:
        record["sentences"] = [n - example.first + 1 for n in record["sentences"]]
    drafts = drafts_of(read_answer(json.dumps(answer), WIRE), passage, WIRE)
    witness = bear_witness(report)
    grounded = ground(report, witness, drafts)
    return drafts, witness, grounded, check(report, witness, grounded)


def test_every_record_type_has_instructions_with_two_or_three_examples():
    """A model is told about each type, and shown it."""
    for name in record_types():
        assert 2 <= len(examples(PROMPTS / f"{name}.md")) <= 3


@pytest.mark.parametrize("example", ALL, ids=lambda e: e.name)
def test_a_figure_of_an_example_is_a_whole_mention_of_its_sentence(example):
    """What is shown as verbatim is verbatim, and whole."""
    drafts, _, grounded, _ = checked(example)
    for draft, item in zip(drafts, grounded, strict=True):
        assert [f.text for f in draft.figures] == [f.text for f in item.record.figures]


@pytest.mark.parametrize("example", ALL, ids=lambda e: e.name)
def test_no_check_objects_to_an_example(example):
    """A model that answers like the examples is not flagged."""
    *_, outcome = checked(example)
    assert [issue.message_en for record in outcome.records for issue in record.issues] == []


@pytest.mark.parametrize("example", ALL, ids=lambda e: e.name)
def test_the_rules_read_an_example_as_it_is_answered(example):
    """Kind, direction, modifier and period of each figure are those of the second witness."""
    _, witness, grounded, _ = checked(example)
    claims = {claim.mention.start: claim for claim in witness.reading.claims}
    for item in grounded:
        for figure, n in zip(item.record.figures, item.mentions, strict=True):
            claim = claims[witness.mentions[n].start]
            said = (figure.text, figure.kind, figure.direction, figure.modifier, figure.period)
            assert said == (figure.text, claim.kind, claim.direction, claim.modifier, claim.period)


@pytest.mark.parametrize("example", WHOLE, ids=lambda e: e.name)
def test_an_example_leaves_no_number_out(example):
    """An example that forgot a number would teach to forget."""
    *_, outcome = checked(example)
    assert [row.text for row in outcome.ledger if row.state == "unclaimed"] == []


@pytest.mark.parametrize("example", WHOLE, ids=lambda e: e.name)
def test_an_example_asks_as_the_engine_asks(example):
    """The question of an example has the form of a real one, to the last key."""
    questions = Questions("m", load_prompts(record_types()), WIRE)
    request = questions.about(example.report, Passage(0, 0, len(example.report.sentences) - 1))
    asked = json.loads(request.messages[1]["content"])
    shown = dict(example.question) | {"before": None}
    assert asked == shown
