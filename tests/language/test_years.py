"""Years and five-year plans."""

from datetime import date

import pytest

from extract.language.years import Span, count, dates_named, plan_span, plans_named, years_named


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
