"""Careful readers name one indicator differently; different indicators stay apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.checks.similarity import core, exact_name, similarity, stands_in


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("全市生产总值", "地区生产总值"),
        ("GDP", "生产总值增速"),
        ("新增高新技术企业", "高新技术企业"),
        ("城镇新增就业人数", "城镇新增就业"),
        ("R&D经费", "研发经费"),
    ],
)
def test_names_of_one_indicator_are_alike(one, other):
    """Region words, verbs of change and short names of the field do not make another indicator."""
    assert similarity(one, other) >= 0.9


@pytest.mark.parametrize(("one", "other"), [("粮食产量", "出口"), ("绿道", "学位"), ("", "学位")])
def test_names_without_a_common_character_have_nothing_in_common(one, other):
    """Two unrelated names are not alike at all."""
    assert similarity(one, other) == 0.0


def test_one_name_of_two_that_share_words_is_less_alike_than_the_same_name():
    """城镇 and 农村 incomes share most characters, but are two indicators."""
    assert similarity("城镇居民收入", "农村居民收入") < 0.9


NAMES = st.text(alphabet="全市新增生产总值城镇居民收入GDP ,", max_size=12)


@given(one=NAMES, other=NAMES)
def test_similarity_is_symmetric_and_bounded(one, other):
    """Whichever is asked first, the answer is the same, and a name is like itself."""
    assert similarity(one, other) == similarity(other, one)
    assert 0.0 <= similarity(one, other) <= 1.0
    assert similarity(one, one) == 1.0


def test_a_name_of_fillers_alone_is_kept():
    """增长 names little, but not nothing."""
    assert core("增长") == "增长"


def test_exact_names_keep_the_verb_and_lose_region_and_year():
    """For contradictions 新增就业 is not 就业, but 全市 and 2023年 change nothing."""
    assert exact_name("全市新增就业") == exact_name("继2023年新增就业") == "新增就业"
    assert exact_name("就业") != exact_name("新增就业")


def test_share_of_a_name_that_stands_in_a_text():
    """All of 绿道 stands there, nothing of 学位 does."""
    assert stands_in("绿道", ["新建绿道76公里"]) == 1.0
    assert stands_in("学位", ["新建绿道76公里"]) == 0.0
