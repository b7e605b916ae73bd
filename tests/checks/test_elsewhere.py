"""A name whose words stand nowhere near its number, or only behind it."""

import pytest

from .builders import N, case, checked, codes, draft, figure

TEXT = "上年改造桥梁6座。新开工产业项目126个，其中装备制造业项目21个、一半已投产。"


def said(name: str, text: str = "126个", mention: int = 1, **changes: str) -> list[str]:
    """The codes of a record of that name."""
    report, witness = case(
        TEXT,
        N("6座", "改造桥梁", unit="座"),
        N("126个", "新开工产业项目", unit="个", **changes),
        N("21个", "装备制造业项目", unit="个"),
    )
    one = draft(figure(text, mention), indicator=name, sentences=(1,))
    return codes(checked(report, witness, [one]))


@pytest.mark.parametrize("name", ["新开工产业项目", "产业项目", "新开工项目数量"])
def test_names_in_the_words_of_the_report_pass(name: str):
    """Shortened, or completed by a word that adds no fact."""
    assert said(name) == []


def test_a_word_that_stands_nowhere_near_is_a_difference():
    """Also where it is in no table of ours."""
    assert said("摧毁的新开工产业项目") == ["indicator_not_in_context"]


@pytest.mark.parametrize(
    "name",
    ["反新开工产业项目", "非新开工产业项目", "甲新开工产业项目", "新开工产业项目总目录"],
)
def test_what_is_set_before_or_behind_a_name_must_stand_there_in_the_text(name: str):
    """One character is enough."""
    assert said(name) == ["indicator_not_in_context"]


@pytest.mark.parametrize(
    "name", ["新开工产业项目数", "新开工的产业项目", "全市新开工产业项目", "新开工产业项目总量"]
)
def test_what_readers_set_beside_a_name_passes(name: str):
    """A measure, whose it is, a particle."""
    assert said(name) == []


def test_it_is_one_even_where_the_rules_guess_their_own_name():
    """The text shows it, whatever the rules make of the number."""
    assert said("摧毁的新开工产业项目", confidence="unsure") == ["indicator_not_in_context"]


def test_a_word_that_stands_only_behind_the_number_is_a_difference():
    """装备制造业 is of the 21 that follow."""
    assert said("新开工装备制造业项目") == ["indicator_differs"]


def test_a_word_that_stands_before_the_number_may_be_carried_over():
    """新开工 is of both numbers."""
    assert said("新开工装备制造业项目", "21个", 2) == []


def test_the_words_of_the_sentence_before_are_no_name_for_a_number_that_has_its_own():
    """Single characters of it may stand anywhere; together they do not."""
    report, witness = case(
        "民生实事全面办好。食品安全抽检不合格率降至1.2%。",
        N("1.2%", "食品安全抽检不合格率", unit="%", kind="share"),
    )
    one = draft(figure("1.2%", 0, kind="share"), indicator="民生实事", sentences=(1,))
    assert codes(checked(report, witness, [one])) == ["indicator_not_in_context"]
