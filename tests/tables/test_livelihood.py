"""Livelihood projects as a table, and what became of them."""

from decimal import Decimal

import pytest

from extract.results.lean import LeanResult
from extract.tables.livelihood import livelihood_rows
from extract.tables.livelihood_tracking import project_tracking_rows
from extract.tables.livelihood_words import beneficiaries_in, category_of, deadline_in, place_in
from extract.tables.project_rows import LivelihoodRow, ProjectTrackingRow

from .research_cases import report

IN_ONE_SENTENCE = (
    "集中力量办好十件民生实事：一是新增普惠托位800个，6月底前投用；二是改造老旧小区60个，惠及居民1.5万户；"
    "三是在中心城区新增停车位5000个。"
)
AS_CHAPTER = (
    "附件\n2024年民生实事\n一、提升养老服务水平。\n新增养老床位800张，新建老年食堂30家。\n"
    "二、关爱困难群体。\n加强对困境儿童的关爱和帮扶，完善分级分类救助。\n"
    "三、改善出行条件。\n新建停车位1200个。\n"
)


def rows_of(*results: LeanResult) -> dict[str, LivelihoodRow]:
    """The rows by project."""
    return {row.project: row for row in livelihood_rows(results)}


def test_a_list_in_one_sentence_has_numbers_quantities_and_all_that_is_said():
    rows = list(livelihood_rows([report(2024, plan=IN_ONE_SENTENCE)]))
    listed = {row.item: row for row in rows if row.item}
    assert [(n, row.quantity, row.unit) for n, row in listed.items()] == [
        (1, Decimal(800), "个"),
        (2, Decimal(60), "个"),
        (3, Decimal(5000), "个"),
    ]
    assert [listed[n].category for n in (1, 2, 3)] == ["托育", "住房", "交通出行"]
    assert listed[1].status == "planned"
    assert listed[2].beneficiaries == "居民1.5万户"
    assert listed[3].place == "中心城区"
    assert all(row.listed for row in listed.values())


def test_a_list_of_headings_has_its_items_and_one_without_a_number_too():
    result = report(2024, more="").report  # a report without a list has none
    assert result.region == "临江市"
    listed = report(2024, more=f"{AS_CHAPTER}\n")
    rows = [row for row in livelihood_rows([listed]) if row.listed and row.item]
    assert {row.item for row in rows} == {1, 2, 3}
    (silent,) = [row for row in rows if row.item == 2]
    assert (silent.quantity, silent.record_id, silent.item_title) == (None, None, "关爱困难群体")


def test_a_report_without_a_list_has_its_projects_all_the_same():
    row = rows_of(report(2024, "建成养老服务中心12个。"))["建成养老服务中心"]
    assert (row.listed, row.item, row.status, row.year) == (False, None, "completed", 2023)


@pytest.mark.parametrize(
    ("clause", "who"),
    [
        ("惠及2.6万名3岁以下幼儿", "2.6万名3岁以下幼儿"),
        ("为2万名残疾儿童免费提供康复服务", "2万名残疾儿童"),
        ("1.2万户居民受益", "1.2万户居民"),
        ("分别惠及2万、3.5万老年人", "2万、3.5万老年人"),
        ("帮助1.1万名就业困难人员再就业", "1.1万名就业困难人员"),
        ("惠及老年人10万余人", "老年人10万余人"),
        ("提供法律咨询等服务超3000个", None),
        ("改造老旧小区60个", None),
    ],
)
def test_who_benefits_is_said_in_the_words_of_the_text(clause, who):
    assert beneficiaries_in(clause) == who


def test_a_later_project_of_the_sentence_keeps_its_beneficiaries():
    """Behind another number 惠及 is of another project."""
    assert beneficiaries_in("支持补短板", "，改善校舍，配置器材，惠及3万名学生。") == "3万名学生"
    assert beneficiaries_in("改造老旧小区60个", "，惠及居民1.5万户；新建公园3个。") == "居民1.5万户"
    assert beneficiaries_in("新增停车位60个", "，开办暑期托管班30个、惠及1.5万户家庭。") is None


def test_a_quantity_of_five_years_is_of_no_single_year():
    """155万套 of 2021 to 2025 must not be added to what one year built."""
    review = "过去五年，我们持续增进民生福祉，“十四五”期间建设保障性住房15万套。"
    row = rows_of(report(2026, review))["建设保障性住房"]
    assert (row.year, row.period) == (None, "2021-2025")


def test_the_count_of_a_whole_list_is_of_no_field():
    plan = "提出垃圾分类小区创建等12件民生实事候选项目，请各位代表票决。"
    (row,) = (one for one in livelihood_rows([report(2024, plan=plan)]) if "实事" in one.project)
    assert (row.quantity, row.category) == (12, None)


def test_what_copies_of_a_report_say_alike_stands_once():
    """A table that is summed up must not count one project twice."""
    first = report(2024, plan="新增养老床位800张。改造老旧小区30个。", name="a")
    copy = report(2024, plan="新增养老床位800张。改造老旧小区35个。", name="b")
    rows = [(row.project, row.quantity, row.report_id, row.also_in) for row in livelihood_rows([first, copy])]
    assert rows == [
        ("新增养老床位", 800, "a", ("b",)),
        ("改造老旧小区", 30, "a", ()),
        ("改造老旧小区", 35, "b", ()),
    ]


@pytest.mark.parametrize(
    ("clause", "when"),
    [
        ("2026年6月底前建成", "2026年6月底前"),
        ("年底前投用", "年底前"),
        ("确保年内完工", "年内"),
        ("新建5所", None),
    ],
)
def test_deadlines(clause, when):
    assert deadline_in(clause) == when


def test_places_and_categories():
    assert place_in("在中心城区新增停车位") == "中心城区"
    assert place_in("新增停车位500个") is None
    assert category_of("新增普惠托位") == "托育"
    assert category_of("举办招商会") is None


def track(*results: LeanResult) -> dict[str, ProjectTrackingRow]:
    return {row.project: row for row in project_tracking_rows(results)}


def test_a_promise_stands_beside_the_report_on_it_matched_by_content():
    rows = track(
        report(2023, plan="新增养老床位800张。新建公厕60座。新增停车位900个。改造老旧小区30个。"),
        report(2024, "新增各类养老床位860张。新建城市公厕45座。老旧小区改造提升30个。"),
    )
    beds, toilets = rows["新增养老床位"], rows["新建公厕"]
    assert (beds.promised, beds.reported, beds.difference, beds.status) == (800, 860, 60, "completed")
    assert (toilets.reported, toilets.status) == (45, "partly")
    assert rows["新增停车位"].status == "not_reported"
    assert "860张" in beds.reported_quote


def test_another_unit_is_another_project():
    rows = track(report(2023, plan="新增养老床位800张。"), report(2024, "新建养老服务中心800个。"))
    assert rows["新增养老床位"].status == "not_reported"


def test_no_report_stands_for_two_promises():
    rows = list(
        project_tracking_rows(
            [report(2023, plan="新增养老床位800张。新增护理床位500张。"), report(2024, "新增养老床位810张。")]
        )
    )
    assert sorted(row.status for row in rows) == ["completed", "not_reported"]


def test_copies_of_either_report_promise_and_report_a_project_once():
    promise, done = "新增养老床位800张。新增护理床位500张。", "新增养老床位810张。"
    reports = [report(2023, plan=promise, name=name) for name in "ab"]
    reports += [report(2024, done, name=name) for name in "cd"]
    rows = list(project_tracking_rows(reports))
    assert [(row.project, row.status) for row in rows] == [
        ("新增养老床位", "completed"),
        ("新增护理床位", "not_reported"),
    ]


def test_a_promised_rate_of_coverage_stands_beside_the_reported_one():
    rows = track(
        report(2023, plan="办好民生实事：一是农村供水覆盖率达到90%；二是新增养老床位800张。"),
        report(2024, "农村供水覆盖率达到91.5%。"),
    )
    assert (rows["农村供水覆盖率"].reported, rows["农村供水覆盖率"].status) == (Decimal("91.5"), "completed")
