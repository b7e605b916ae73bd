"""Wordings that no indicator stands for."""

from extract.indicators.catalogue import load_catalogue
from extract.language.regions import unit_of
from extract.tables.unmatched import indicator_rows, unmatched_rows

from .research_cases import report


def test_wordings_without_an_indicator_come_by_frequency_and_name_what_they_are_not():
    reports = [
        report(2023, "工业用电量增长5%。财政收入增长4%。", name="a"),
        report(2024, "工业用电量增长7%。地区生产总值增长6%。", name="b"),
    ]
    rows = unmatched_rows(reports, load_catalogue())
    assert [(row.wording, row.reports) for row in rows] == [("工业用电量", 2), ("财政收入", 1)]
    assert rows[1].confused_with == "budget_revenue_growth; budget_revenue_level"
    assert rows[0].example == "a"


def test_copies_of_a_report_count_once():
    copies = [report(2024, "工业用电量增长7%。", name=name) for name in "ab"]
    (row,) = unmatched_rows(copies, load_catalogue())
    assert (row.reports, row.numbers) == (1, 1)


def test_the_catalogue_as_a_table_has_every_indicator():
    catalogue = load_catalogue()
    assert [row.id for row in indicator_rows(catalogue)] == [one.id for one in catalogue.indicators]


def test_codes_are_those_of_the_units_that_alone_bear_a_name():
    assert unit_of("北京市") == ("110000", "北京市")
    assert unit_of("西藏自治区").code == "540000"
    assert unit_of("延边朝鲜族自治州") == ("222400", "吉林省")
    assert unit_of("安吉县") == ("330523", "浙江省")
    assert unit_of("朝阳区").code is None  # several bear it
    assert unit_of(None).code is None


def test_every_prefecture_that_the_reader_knows_has_a_code():
    from extract.documents.regions import FULL_NAMES, PREFECTURES

    assert [name for name in (*PREFECTURES, *FULL_NAMES.values()) if unit_of(name).code is None] == []
