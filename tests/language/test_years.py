"""Years and five-year plans."""

from datetime import date

import pytest

from extract.language.years import (
    Span,
    base_year,
    count,
    dates_named,
    listed,
    named_period,
    plan_span,
    plans_named,
    years_named,
)


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("一", 1),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("二十三", 23),
        ("31", 31),
        ("二〇二六", 2026),
        ("两", 0),
    ],
)
def test_small_counts_are_read_in_both_scripts(numeral, value):
    """Headings, dates and plans count in either."""
    assert count(numeral) == value


def test_five_year_plans_are_counted_from_the_third():
    """The thirteenth began in 2016."""
    assert [str(plan_span(number)) for number in (11, 13, 15)] == ["2006-2010", "2016-2020", "2026-2030"]


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("“十四五”时期", ["2021-2025"]),
        ("“十四五”圆满收官，“十五五”即将开局", ["2021-2025", "2026-2030"]),
        ("第十五个五年规划纲要", ["2026-2030"]),
        ("启动“九五”普法", []),
        ("三五成群", []),
        ("第十五届全运会", []),
        ("四十五年来", []),
    ],
)
def test_plans_are_told_from_other_fives(text, spans):
    """Names of plans, not of anything that ends in five."""
    assert [str(span) for span in plans_named(text)] == spans


def test_a_span_of_one_year_is_written_as_that_year():
    """Periods of one year are the usual case."""
    assert (str(Span(2020, 2020)), str(Span(2016, 2020))) == ("2020", "2016-2020")


def test_dates_and_years_are_read_where_they_are_whole():
    """A date that cannot be is left out; a number that is no year is none."""
    assert dates_named("——二〇二四年一月十六日在，2024年2月30日，2024年1月18日") == (
        date(2024, 1, 16),
        date(2024, 1, 18),
    )
    assert years_named("2023年和2021-2025年，投资2024万元，9999年") == (2023, 2021, 2025)


@pytest.mark.parametrize(
    ("words", "period"),
    [
        ("1985年粮食总产达到", "1985"),
        ("一九八五年粮食总产达到", "1985"),
        ("二0一二年新建沼气池", "2012"),
        ("比1985年增产", None),
        ("“八五”期间新修公路", "1991-1995"),
        ("九五时期引进项目", "1996-2000"),
        ("“十三五”末达到", "2020"),
        ("较“十三五”末提高", None),
        ("由“十四五”末的3万元", None),
        ("去年实现利润", "2023"),
        ("比去年增长", None),
        ("过去的一年，实现利润", "2023"),
        ("目前入驻企业", "2023"),
        ("五年来新增", "2019-2023"),
        ("今后三年计划引进", "2024-2026"),
        ("今后三年行动计划", None),
        ("2021年至2023年累计", "2021-2023"),
    ],
)
def test_what_a_clause_names_is_its_period(words, period):
    """Seen from a review of 2023; what is only compared with is no period."""
    assert named_period(words, 2023) == period


def test_the_century_ends_with_its_last_year():
    """Said before it ended."""
    assert named_period("到本世纪末，造林达到", 1990, planned=True) == "2000"
    assert named_period("到本世纪末，造林达到", 2010, planned=True) is None


def test_a_plan_looks_from_its_own_year():
    """去年 is the year reviewed, 今年 the one planned."""
    assert named_period("去年新增", 2023, planned=True) == "2023"
    assert named_period("今年力争新增", 2023, planned=True) == "2024"


@pytest.mark.parametrize(
    ("before", "year"),
    [
        ("由2015年的", "2015"),
        ("从一九八〇年的", "1980"),
        ("由“十二五”末的", "2015"),
        ("由上年的", None),
    ],
)
def test_the_year_in_which_a_change_starts_is_named_before_its_number(before, year):
    """A plan counts with its last year."""
    assert base_year(before) == year


def test_a_list_of_years_is_dealt_out_where_it_has_one_for_each_number():
    """分别 says that it is."""
    assert listed("2021年、2022年，产量分别增长", 2) == ("2021", "2022")
    assert listed("2021年、2022年，产量分别增长", 3) == ()
    assert listed("2021年、2022年，产量增长", 2) == ()
