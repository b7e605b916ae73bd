"""Questions: stable instructions first, then the text of the report as data."""

import json

import pytest
from hypothesis import given, strategies

from extract.documents.model import Role
from extract.engines.llm.question import Passage, Wanted, _indented, types_for

from .speaking import engine, read

TYPES = ("achievement", "goal", "livelihood_project")


def content(request):
    return json.loads(request.messages[1]["content"])


def test_the_system_message_is_the_same_for_all_chunks(small_report: str) -> None:
    """To the last byte, so that a provider's prefix cache serves."""
    requests = engine().first_requests(*read(small_report))
    assert len(requests) > 1
    assert len({request.messages[0]["content"] for request in requests}) == 1
    assert {request.messages[0]["role"] for request in requests} == {"system"}


def test_a_question_says_where_it_stands(small_report: str) -> None:
    """Region, years, headings, role, period and numbered sentences."""
    asked = content(engine().first_requests(*read(small_report))[0])
    assert (asked["region"], asked["report_year"], asked["review_period"]) == ("临江市", 2024, "2023")
    part = asked["parts"][0]
    assert (part["heading"], part["role"], part["period"]) == ("2023年工作回顾", "review_year", "2023")
    assert list(part["sentences"]) == [str(n) for n in range(1, len(part["sentences"]) + 1)]


@pytest.mark.parametrize("trap", ["{{ 7*7 }}", "{region}", "%s", "$model", '"}]}', "\\n", "<|im_end|>"])
def test_no_templating_touches_the_text(small_report: str, trap: str) -> None:
    """Whatever stands in a report arrives as it is, inside its sentence."""
    text = small_report.replace("新建学校", f"新建{trap}学校")
    requests = engine().first_requests(*read(text))
    sentences = [s for r in requests for part in content(r)["parts"] for s in part["sentences"].values()]
    assert any(trap in sentence for sentence in sentences)


def test_a_lone_surrogate_can_be_sent(small_report: str) -> None:
    """What no encoding takes is replaced; the number of characters stays."""
    report, witness = read(small_report)
    object.__setattr__(report.clean, "text", report.clean.text.replace("学", "\ud800"))
    for request in engine().first_requests(report, witness):
        request.messages[1]["content"].encode("utf-8")


def test_equal_questions_have_equal_keys_and_another_model_another(small_report: str) -> None:
    """The place of a chunk is no part of its identity."""
    one = engine().first_requests(*read(small_report))[0]
    moved = engine().first_requests(*read("\n\n" + small_report))[0]
    assert one.key == moved.key


def test_the_second_question_sends_only_the_sentences_that_matter(small_report: str) -> None:
    """The sentence of each number and the one before it."""
    report, _ = read(small_report)
    chunk = report.chunks[-1] if len(report.chunks) < 4 else report.chunks[-2]
    passage = Passage(chunk.index, chunk.first, chunk.last)
    wanted = [Wanted(passage.last, "800张")]
    asked = content(engine().questions.unclaimed(report, passage, wanted))
    count = sum(len(part["sentences"]) for part in asked["parts"])
    assert count <= 2
    assert asked["numbers"] == [{"sentence": passage.last - passage.first + 1, "text": "800张"}]


def test_the_likeliest_record_type_comes_first() -> None:
    """All are there: a plan also tells what was done."""
    assert types_for(Role.REVIEW_YEAR, TYPES)[0] == "achievement"
    assert types_for(Role.PLAN_YEAR, TYPES)[0] == "goal"
    assert types_for(Role.LIVELIHOOD, TYPES)[0] == "livelihood_project"
    assert sorted(types_for(Role.OTHER, TYPES)) == sorted(TYPES)


def test_a_passage_halves_down_to_one_sentence() -> None:
    """Nothing is lost between the halves, and a sentence is never cut."""
    left, right = Passage(3, 10, 14).halves or pytest.fail("it has five sentences")
    assert (left.first, left.last + 1, right.last) == (10, right.first, 14)
    assert Passage(3, 10, 10).halves is None


@given(
    strategies.recursive(
        strategies.none() | strategies.integers() | strategies.text(),
        lambda inner: strategies.lists(inner) | strategies.dictionaries(strategies.text(), inner),
    )
)
def test_quick_writer_writes_what_the_slow_one_does(value: object) -> None:
    """The same bytes as `json.dumps` with an indent, or recorded questions would no longer be found."""
    assert _indented(value) == json.dumps(value, ensure_ascii=False, indent=1)
