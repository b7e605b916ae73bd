"""Numbers that no record has: which they are, and what of a second answer is kept."""

import pytest

from extract.engines.base import Draft, DraftFigure
from extract.engines.llm.question import Passage, Wanted
from extract.engines.llm.second import all_named, only_wanted, unclaimed_in

from .speaking import read


def draft(sentence: int, *texts: str) -> Draft:
    figures = tuple(DraftFigure(text, None, "level", None, "exact", "2023") for text in texts)
    return Draft("goal", "项目", None, "2023", None, None, (sentence,), figures)


@pytest.fixture
def case(small_report: str):
    report, witness = read(small_report)
    return witness, [Passage(chunk.index, chunk.first, chunk.last) for chunk in report.chunks]


def every_draft(witness) -> list[Draft]:
    return [draft(claim.sentence, claim.mention.text) for claim in witness.reading.claims]


def test_all_are_named_when_each_is_copied_in_its_sentence(case) -> None:
    """Then nothing is asked again."""
    witness, passages = case
    assert all_named(witness, passages, every_draft(witness))


def test_one_left_out_is_seen(case) -> None:
    """However many others are there, twice even."""
    witness, passages = case
    drafts = every_draft(witness)
    assert not all_named(witness, passages, drafts[:-1] + drafts[:1])


def test_numbers_of_a_failed_passage_are_not_asked_for_again(case) -> None:
    """It has its own failure; a second question would hide it."""
    witness, passages = case
    held = unclaimed_in(witness, passages, ())
    failed = next(iter(held))
    assert failed not in unclaimed_in(witness, [p for p in passages if p != failed], ())


def test_an_excluded_number_is_not_asked_for(case) -> None:
    """Dates and names are nobody's to claim."""
    witness, passages = case
    asked = [one.text for wanted in unclaimed_in(witness, passages, ()).values() for one in wanted]
    assert len(asked) == len(witness.reading.claims)


def test_only_what_was_asked_for_is_kept_and_each_once() -> None:
    """A hedge copied with the number does no harm, another sentence does."""
    wanted = [Wanted(3, "40个"), Wanted(3, "5%")]
    answers = [draft(3, "近40个", "40个", "9%"), draft(4, "5%"), draft(3, "5%")]
    kept = only_wanted(answers, wanted)
    assert [[figure.text for figure in one.figures] for one in kept] == [["近40个"], ["5%"]]
