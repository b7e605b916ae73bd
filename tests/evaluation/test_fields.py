"""When two names of an indicator mean one thing."""

import pytest

from extract.evaluation.fields import similar


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("全市地区生产总值", "地区生产总值"),
        ("新建改建农村公路", "新建农村公路"),
        ("进出口总额", "货物进出口总额"),
        ("农村居民人均可支配收入", "全市农村居民人均可支配收入"),
    ],
)
def test_names_that_share_their_words_mean_the_same(one: str, other: str) -> None:
    assert similar(one, other)
    assert similar(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("城镇居民人均可支配收入", "农村居民人均可支配收入"),
        ("一般公共预算收入", "一般公共预算支出"),
        ("城镇登记失业率", "城镇调查失业率"),
        ("居民可支配收入", "居民人均可支配收入"),
        ("出口总额", "进出口总额"),
        ("第一产业增加值", "第三产业增加值"),
        ("财政收入", "财政收入缺口"),
        ("", "财政收入"),
    ],
)
def test_a_word_that_turns_the_meaning_makes_another_thing_of_it(one: str, other: str) -> None:
    assert not similar(one, other)
    assert not similar(other, one)
