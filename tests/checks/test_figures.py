"""A record's figures against the numbers that they were read from."""

from dataclasses import replace
from decimal import Decimal

import pytest

from extract.checks import Grounded, check, ground

from .builders import case, checked, codes, draft, drafts_of, figure, percent

REPORT, WITNESS = case(
    "生产总值增长7.9%。进出口、出口均增长5%。",
    percent("7.9%", "生产总值"),
    percent("5%", "进出口、出口"),
)


def change(text: str, mention: int, **changes: object):
    return figure(text, mention, kind="change", direction="increase", **changes)


def test_records_that_agree_with_the_rules_have_no_issue():
    """The rules as engine and as witness say the same."""
    result = checked(REPORT, WITNESS)
    assert codes(result) == []
    assert {record.state.value for record in result.records} == {"verified"}


def test_another_direction_is_an_error():
    """A model that reads a decrease where the text says 增长 is told."""
    result = checked(REPORT, WITNESS, [draft(replace(change("7.9%", 0), direction="decrease"))])
    assert codes(result) == ["direction_differs"]
    assert result.records[0].state.value == "flagged"
    assert "下降" in result.records[0].issues[0].message
    assert "an increase" in result.records[0].issues[0].message_en


def test_another_modifier_is_a_warning():
    """A model that takes an exact number for an approximate one is told."""
    assert codes(checked(REPORT, WITNESS, [draft(change("7.9%", 0, modifier="about"))])) == [
        "modifier_differs"
    ]


def test_values_that_are_not_those_of_the_text_are_errors():
    """A record changed after grounding does not pass: digits, scale and unit are held against the mention."""
    (item,) = ground(REPORT, WITNESS, [draft(change("7.9%", 0))])
    for changed, code in (
        ({"value": Decimal("9.7")}, "digits_differ"),
        ({"value": Decimal(79)}, "scale_differs"),
        ({"value": Decimal("7.9"), "unit": "个百分点", "period": "2022"}, "unit_differs"),
    ):
        (read,) = item.record.figures
        figures = (read.model_copy(update=changed),)
        altered = Grounded(item.record.model_copy(update={"figures": figures}), item.mentions, item.sentences)
        assert code in codes(check(REPORT, WITNESS, [altered]))


def test_one_number_in_two_records_flags_both():
    """Which of the two is right only a reader can say."""
    twice = [draft(change("7.9%", 0), indicator=name) for name in ("生产总值", "总产值")]
    assert codes(checked(REPORT, WITNESS, twice)).count("claimed_twice") == 2


def test_one_number_for_several_indicators_may_be_claimed_by_each():
    """均增长5% is a number of both."""
    shared = [draft(change("5%", 1), indicator=name, sentences=(1,)) for name in ("进出口", "出口")]
    assert codes(checked(REPORT, WITNESS, shared)) == []


@pytest.mark.parametrize("other", ["进出口总额", "進出口", "进-出口"])
def test_two_names_of_one_indicator_are_not_several(other: str):
    """However it is spelt, with or without a measure."""
    shared = [draft(change("5%", 1), indicator=name, sentences=(1,)) for name in ("进出口", other)]
    assert codes(checked(REPORT, WITNESS, shared)).count("claimed_twice") == 2


def test_the_engines_own_doubts_flag_the_record():
    """What the engine is unsure of goes to a person, with its reasons."""
    report, witness = case("增长7.9%。", percent("7.9%", "生产总值", confidence="unsure"))
    result = checked(report, witness, drafts_of(witness))
    assert codes(result) == ["unsure_reading"]
    assert "no subject found" in result.records[0].issues[0].message


@pytest.mark.parametrize("word", ["人均", "同比", "年均", "首都", "合同", "均价"])
def test_a_word_that_only_looks_like_one_for_several_shares_no_number(word):
    """人均 is not 均: the number is of one indicator, and two names for it are one too many."""
    report, witness = case(f"{word}用水量、用电量增长5%。", percent("5%", f"{word}用水量、用电量"))
    both = [draft(change("5%", 0), indicator=name) for name in (f"{word}用水量", "用电量")]
    assert codes(checked(report, witness, both)).count("claimed_twice") == 2


def test_one_number_cited_from_two_sentences_is_still_one_number():
    """What else a record cites changes nothing."""
    twice = [
        draft(change("7.9%", 0), indicator="生产总值"),
        draft(replace(change("7.9%", 0), mention=None), indicator="进出口", sentences=(0, 1)),
    ]
    assert codes(checked(REPORT, WITNESS, twice)).count("claimed_twice") == 2
