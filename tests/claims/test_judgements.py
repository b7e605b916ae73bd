"""Periods, commitment and status from the words around a number."""

import pytest

from extract.claims.judgements import commitment, period_of, status
from extract.documents.model import Role
from extract.language.years import named_period


def period(before, kind, *, explicit=None, summed=False, reached=False):
    return period_of("2016-2020", explicit, before, kind, review=True, summed=summed, reached=reached)


def test_in_a_review_of_five_years_ranks_and_shares_are_of_the_last_one():
    assert period("居全省", "rank") == "2020"
    assert period("覆盖率达到", "share") == "2020"


def test_in_a_review_of_five_years_changes_and_counts_are_of_the_whole_span():
    assert period("增长", "change") == "2016-2020"
    assert period("新建学校", "level") == "2016-2020"


def test_what_was_reached_is_of_the_last_year():
    assert period("突破", "level") == "2020"
    assert period("由", "level", reached=True) == "2020"


def test_a_sum_is_of_the_whole_span_even_where_it_passes_a_mark():
    assert period("超过", "level", summed=True) == "2016-2020"


def test_a_yearly_average_keeps_the_span_that_an_explicit_year_ends():
    assert period("年均增长", "change", explicit="2020") == "2016-2020"
    assert period("达到", "level", explicit="2020") == "2020"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("到2025年末", "2025"),
        ("2016-2020年", "2016-2020"),
        ("“十三五”时期", "2016-2020"),
        ("“十四五”前三年", "2021-2023"),
        ("较2015年", None),
        ("较“十三五”末", None),
        ("五年来", "2019-2023"),
        ("近三年", "2021-2023"),
        ("二十三年来", "2001-2023"),
        ("2018年来", None),
        ("2020年以来", "2020-2023"),
        ("2023年以来", None),
        ("为2020年以来最高", None),
        ("今后五年", "2024-2028"),
        ("未来三年行动计划", None),
        ("“十五五”经济社会发展主要目标是", "2026-2030"),
        ("“十五五”主要预期目标为", "2026-2030"),
        ("做好“十五五”工作", "2026-2030"),
        ("展望“十五五”", "2026-2030"),
        ("围绕“十五五”主要目标", None),
        ("“十五五”开局之年", None),
        ("“十四五”规划收官之年", None),
        ("“十四五”规划的关键一年", None),
        ("回望“十四五”", "2021-2023"),
        ("“十四五”主要目标顺利完成", "2021-2025"),
        ("“十四五”收官之际", "2021-2025"),
    ],
)
def test_years_that_the_words_name(words, expected):
    assert named_period(words, 2023) == expected


def test_the_year_that_a_growth_is_to_be_higher_than_is_not_its_own():
    assert named_period("生产总值增速高于全国、高于去年", 2023, planned=True) is None


def test_what_is_added_in_the_years_of_a_plan_is_of_all_of_them():
    told = {"review": False, "summed": False, "reached": False}
    assert period_of("2026-2030", None, "城镇新增就业", "level", **told) == "2026-2030"
    assert period_of("2026-2030", None, "绿地面积", "level", **told) == "2030"


def test_what_is_so_much_per_head_or_volume_is_of_the_last_year_reviewed():
    told = {"review": True, "summed": False, "reached": False}
    assert period_of("2021-2025", None, "PM2.5平均浓度", "level", **told) == "2025"
    assert period_of("2021-2025", None, "人均公园绿地面积", "level", **told) == "2025"
    assert period_of("2021-2025", None, "农民人均增收", "level", **told) == "2021-2025"


def test_a_sum_of_a_review_is_of_the_plan_unless_it_names_its_year():
    told = {"review": True, "summed": True, "reached": False}
    assert period_of("2021-2025", "2025", "累计新增就业", "level", **told) == "2021-2025"
    assert period_of("2021-2025", "2025", "2025年累计新增就业", "level", **told) == "2025"


def test_in_a_plan_the_sum_of_five_years_looks_forward():
    assert named_period("五年累计", 2023, planned=True) is None
    assert named_period("五年累计", 2023) == "2019-2023"


def test_the_last_word_of_commitment_counts():
    assert commitment("预计可完成，力争更多") == "strive"
    assert commitment("新增就业") is None


def test_where_a_livelihood_project_stands():
    assert status(Role.PLAN_YEAR, "新建学校", "goal") == "planned"
    assert status(Role.REVIEW_YEAR, "正在推进改造", "achievement") == "under_way"
    assert status(Role.REVIEW_YEAR, "新建学校", "achievement") == "completed"
