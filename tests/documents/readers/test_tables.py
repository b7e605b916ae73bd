"""Rows of tables as sentences: the words of the cells, in an order that the rules can read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.documents.readers.tables import is_data, row_sentences
from extract.pipeline import process_source
from extract.runs.workers import engine_named

TARGETS = [
    ["指标", "单位", "2023年实绩", "2024年目标"],
    ["地区生产总值", "亿元", "1830.5", "1950"],
    ["地区生产总值增长", "%", "6.4", "6左右"],
    ["城镇新增就业", "万人", "3.2", "3以上"],
]
PROJECTS = [
    ["序号", "项目名称", "建设内容及规模", "责任单位"],
    ["1", "养老服务提升", "新增养老床位500张，建成社区食堂20个", "市民政局"],
]
COUNTS = [["类别", "事项", "目标任务"], ["教育", "新建幼儿园", "10所"], ["教育", "改造中小学食堂", "35个"]]


def test_values_stand_with_the_year_of_their_column_and_the_unit_of_their_row():
    assert (
        next(iter(row_sentences(TARGETS))) == "2023年地区生产总值1830.5亿元；2024年地区生产总值目标1950亿元。"
    )


def test_a_hedge_stays_behind_the_unit():
    assert list(row_sentences(TARGETS))[1] == "2023年地区生产总值增长6.4%；2024年地区生产总值增长目标6%左右。"


def test_a_project_keeps_its_number_and_who_is_responsible_stands_aside():
    (row,) = row_sentences(PROJECTS)
    assert row == "1. 养老服务提升：新增养老床位500张，建成社区食堂20个。（责任单位：市民政局）"


def test_a_bare_count_follows_its_name():
    assert list(row_sentences(COUNTS)) == ["新建幼儿园10所。", "改造中小学食堂35个。"]


def test_a_unit_in_brackets_goes_to_the_number():
    table = [["指标名称", "2023年完成", "2024年预期目标"], ["粮食产量（万吨）", "65.2", "65以上"]]
    assert list(row_sentences(table)) == ["2023年粮食产量65.2万吨；2024年粮食产量预期目标65万吨以上。"]


def test_headings_of_two_rows_are_read_together():
    table = [
        ["主要指标", "2023年", "2023年", "2024年", "2024年"],
        ["主要指标", "总量（亿元）", "增速（%）", "总量（亿元）", "增速（%）"],
        ["地区生产总值", "1830.5", "6.4", "—", "6左右"],
    ]
    assert list(row_sentences(table)) == [
        "2023年地区生产总值1830.5亿元；2023年地区生产总值增速6.4%；2024年地区生产总值增速6%左右。"
    ]


def test_a_title_across_the_table_is_a_line_of_its_own():
    assert next(iter(row_sentences([["2024年主要目标"] * 4, *TARGETS]))) == "2024年主要目标"


def test_without_headings_the_cells_follow_each_other():
    table = [["1", "道路硬化", "新建道路12公里"], ["2", "饮水安全", "改造水厂3座"]]
    assert list(row_sentences(table)) == ["1. 道路硬化：新建道路12公里。", "2. 饮水安全：改造水厂3座。"]


@pytest.mark.parametrize(
    ("rows", "data"),
    [
        (TARGETS, True),
        ([["一个格子"]], False),
        ([["左栏", "长" * 600], ["", "更多"]], False),
        ([["", ""], ["", ""]], False),
    ],
)
def test_a_table_of_data_is_told_from_the_layout_of_a_page(rows, data):
    assert is_data(rows) is data


def read_by_rule(table):
    """The figures of a report that holds a table."""
    body = "\n".join(row_sentences(table))
    text = (
        "临江市2024年政府工作报告\n——2024年1月18日在临江市第六届人民代表大会第四次会议上\n各位代表：\n"
        "现在，我代表市人民政府，向大会报告工作，请予审议。\n一、2023年工作回顾\n过去一年，新建学校12所。\n"
        f"二、2024年重点工作\n今年主要目标如下。\n{body}\n各位代表，让我们携手奋进，谱写临江发展新篇章！谢谢大家。\n"
    )
    (result,) = process_source(text.encode(), "a.txt", engine_named("rules")).results
    return {
        (record.type, record.indicator, figure.period, str(figure.value), figure.unit, figure.modifier)
        for record in result.records
        for figure in record.figures
    }


def test_the_rules_read_an_indicator_table_as_actuals_and_goals():
    assert read_by_rule(TARGETS) >= {
        ("achievement", "地区生产总值", "2023", "183050000000", "元", "exact"),
        ("goal", "地区生产总值", "2024", "195000000000", "元", "exact"),
        ("achievement", "地区生产总值", "2023", "6.4", "%", "exact"),
        ("goal", "地区生产总值", "2024", "6", "%", "about"),
        ("achievement", "城镇新增就业", "2023", "32000", "人", "exact"),
        ("goal", "城镇新增就业", "2024", "30000", "人", "at_least"),
    }


def test_the_rules_read_a_table_of_projects():
    assert read_by_rule(PROJECTS) >= {
        ("livelihood_project", "新增养老床位", "2024", "500", "张", "exact"),
        ("livelihood_project", "建成社区食堂", "2024", "20", "个", "exact"),
    }


CELLS = st.text(alphabet="序号指标单位年2024目标内容（）%亿元0123.5—， 新建学校所", max_size=12)


@given(st.lists(st.lists(CELLS, max_size=5), max_size=6))
def test_any_grid_gives_sentences_of_its_own_words(rows):
    """Nothing is lost to an error, and nothing but stops, brackets and list numbers is added."""
    words = set("".join(cell for row in rows for cell in row)) | set("。；：（）. ，")
    for sentence in row_sentences(rows):
        assert sentence.strip()
        assert set(sentence) <= words
