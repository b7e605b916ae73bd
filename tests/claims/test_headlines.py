"""Headline goals: in one sentence, or as a list below an announcement."""

from extract.claims import read_claims
from extract.claims.headlines import headline_sentences
from extract.numbers import find_mentions

from .test_reader import report_with

LIST = (
    "今年的主要预期目标是：\n1.地区生产总值增长5%；\n2.出口稳中提质；\n3.单位GDP能耗完成省下达目标任务。\n"
    "围绕上述目标，做好各项工作。新建学校5所。"
)


def headlines(text: str) -> list[str]:
    report = report_with(text, "plan")
    found = headline_sentences(report)
    return [report.clean.text[one.start : one.end] for one in report.sentences if one.index in found]


def test_one_sentence_announces_all_of_its_goals():
    assert headlines("主要预期目标为：出口增长6%；新增就业3万人。新建学校5所。") == [
        "主要预期目标为：出口增长6%；新增就业3万人。"
    ]


def test_a_list_goes_on_as_long_as_its_marks_do():
    assert headlines(LIST) == [
        "今年的主要预期目标是：",
        "1.地区生产总值增长5%；",
        "2.出口稳中提质；",
        "3.单位GDP能耗完成省下达目标任务。",
    ]


def test_members_of_the_list_carry_its_commitment_and_need_no_number():
    report = report_with(LIST, "plan")
    reading = read_claims(report, find_mentions(report.clean.text))
    assert [(claim.indicator, claim.commitment) for claim in reading.claims] == [
        ("地区生产总值", "expect"),
        ("新建学校", None),
    ]
    assert [(one.indicator, one.record_type, one.period) for one in reading.numberless] == [
        ("出口", "goal", "2024"),
        ("单位GDP能耗", "goal", "2024"),
    ]


def numberless(text: str, role: str) -> list[str]:
    report = report_with(text, role)
    return [one.indicator for one in read_claims(report, find_mentions(report.clean.text)).numberless]


def test_vague_words_are_believed_beside_headline_numbers_only():
    assert numberless("出口保持稳定增长。", "plan") == []
    assert numberless("主要预期目标为：地区生产总值增长5%，出口保持稳定增长。", "plan") == ["出口"]


def test_vague_words_of_a_plan_are_believed_beside_one_number_of_the_catalogue():
    assert numberless("进出口增长5%以上，实际使用外资保持稳定。", "plan") == ["实际使用外资"]
    assert numberless("新建学校5所，实际使用外资保持稳定。", "plan") == []
    assert numberless("进出口增长5%以上，实际使用外资保持稳定。", "review") == []


def test_keeping_pace_with_the_economy_is_a_goal_wherever_it_stands():
    assert numberless("居民收入增长与经济增长同步。", "plan") == ["居民收入增长"]


def test_a_review_is_believed_beside_its_headline_numbers_only():
    assert numberless("居民消费价格总体平稳。", "review") == []
    beside = "地区生产总值增长6%，一般公共预算收入增长5%，居民消费价格总体平稳。"
    assert numberless(beside, "review") == ["居民消费价格"]
    behind = "地区生产总值增长6%，一般公共预算收入增长5%。固定资产投资保持正增长，其中基础建设增长8%。"
    assert numberless(behind, "review") == ["固定资产投资"]
    assert numberless(behind.replace("。固", "。\n固"), "review") == []


def test_the_years_that_a_paragraph_announces_hold_for_what_it_says_without_a_number():
    words = "回望“十四五”，主要指标顺利完成。出口增长6%，进口增长5%，单位GDP能耗下降完成国家下达任务。"
    report = report_with(words, "review")
    (one,) = read_claims(report, find_mentions(report.clean.text)).numberless
    assert one.period == "2021-2023"


def test_a_commitment_is_that_of_the_nearest_words_before_the_number():
    report = report_with("主要预期目标为：出口增长5%左右、力争6%，确保就业3万人。", "plan")
    claims = read_claims(report, find_mentions(report.clean.text)).claims
    assert [claim.commitment for claim in claims] == ["expect", "strive", "ensure"]


def test_a_sentence_that_only_compares_is_believed_in_a_review():
    assert numberless("居民消费价格与上年基本持平。", "review") == ["居民消费价格"]
    assert numberless("城镇调查失业率低于全国平均水平，CPI温和上涨。", "review") == ["城镇调查失业率", "CPI"]
    assert numberless("居民消费价格保持稳定。", "review") == []


def test_a_rate_that_a_plan_is_to_reach_is_of_its_last_year():
    report = report_with("“十五五”时期，研发投入强度力争达到全国平均水平。", "plan")
    (one,) = read_claims(report, find_mentions(report.clean.text)).numberless
    assert one.period == "2030"


def test_a_bare_percent_of_an_amount_goes_on_with_the_growth_before_it():
    report = report_with("消费品零售总额增长5%左右，进出口总额3%，调查失业率均值5%。", "plan")
    claims = read_claims(report, find_mentions(report.clean.text)).claims
    assert [claim.kind for claim in claims] == ["change", "change", "share"]
