"""One word in a name makes another fact of a true number."""

import pytest

from extract.checks.places import Place, places_of
from extract.checks.stated import Stated
from extract.checks.turning import turned
from extract.checks.turns import TURNS, Turn
from extract.claims.reader import read_claims
from extract.documents import read_source
from extract.engines.base import Witness
from extract.numbers import find_mentions
from extract.pipeline import bear_witness

from .builders import case

ROWS = [pytest.param(turn, id=turn.meaning) for turn in TURNS]


REPORT = """政府工作报告

（2023年1月8日在泽川市第五届人民代表大会第三次会议上）

泽川市市长　何知远

各位代表：

我代表泽川市人民政府，向大会报告工作，请予审议。

一、2022年工作回顾

过去一年，全市上下克难攻坚。粮食产量12万吨。改造老旧小区27个，新建绿道36公里。港口吞吐量居全省第四位。城镇新增就业3.9万人。

二、2023年工作安排

今年要做好以下工作。力争粮食产量达到13万吨。确保城镇新增就业4万人。
"""


def place_in(text: str) -> Place:
    """The last number of a sentence, as the rules read it."""
    report, _ = case(text)
    mentions = tuple(find_mentions(report.clean.text))
    return places_of(report, Witness(mentions, read_claims(report, mentions)))[-1]


def codes(name: str, text: str) -> list[str]:
    place = place_in(text)
    value = place.mention.value
    assert value is not None
    found = turned(Stated(value=value, indicator=name), place)
    return [found.code] if found else []


@pytest.mark.parametrize("turn", ROWS)
def test_every_row_of_the_table_sees_its_example(turn: Turn):
    """The name that turns the number is a difference, and the rules' own name for it is none."""
    text, name = turn.example
    assert codes(name, f"{text}。") == ["indicator_differs"]
    claim = place_in(f"{text}。").claim
    assert claim is not None
    assert codes(claim.indicator, f"{text}。") == []


@pytest.mark.parametrize("turn", ROWS)
def test_a_row_alone_sees_its_example(turn: Turn, monkeypatch: pytest.MonkeyPatch):
    """No row leans on another one."""
    monkeypatch.setattr("extract.checks.turning.TURNS", (turn,))
    text, name = turn.example
    assert codes(name, f"{text}。") == ["indicator_differs"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("养老床位缺口", "养老床位缺口1200张"),
        ("养老床位缺口", "养老床位还缺1200张"),
        ("未完成改造老旧小区", "尚有7个老旧小区没有完成改造，没有完成改造的7个"),
        ("拖欠账款", "清欠账款3.4亿元"),
        ("研发经费支出占比", "研发经费支出占生产总值2.3%"),
        ("农村居民人均可支配收入", "城乡居民人均可支配收入分别达到4.1万元、2.3万元"),
        ("不良贷款率", "不良贷款率1.2%"),
        ("非遗工坊", "建成非遗工坊16家"),
        ("无人机试飞基地", "建成无人机试飞基地2个"),
        ("未来社区", "创建未来社区8个"),
        ("税收收入", "完成税收41亿元"),
        ("新增床位", "新建养老院、增设床位900张"),
    ],
)
def test_words_that_the_text_bears_out_are_no_difference(name: str, text: str):
    """In its own words or in others for the same; a whole word that only looks like a no is none."""
    assert codes(name, f"{text}。") == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("居民可支配收入", "全体居民人均可支配收入达到3.6万元"),
        ("贷款率", "不良贷款率1.2%"),
        ("老年食堂", "拖欠老年食堂工程款800万元"),
        ("高新技术企业", "新增高新技术企业52家"),
        ("就业", "城镇就业3.2万人"),
        ("企业利润", "规上企业亏损1.6亿元"),
    ],
)
def test_words_that_are_lost_are_a_difference(name: str, text: str):
    """The number was of fewer people, of what is bad, or of one year."""
    assert codes(name, f"{text}。") == ["indicator_differs"]


@pytest.mark.parametrize(
    "name",
    ["虚-报粮食产量", "虚 报粮食产量", "虚·报粮食产量", "虛報糧食產量", "粮食产量缺|口", "⾮法占用粮食产量"],
)
def test_a_word_that_turns_the_name_is_seen_however_it_is_spelt(name: str):
    """With signs and blanks in it, in traditional characters, with a radical in place of the character."""
    assert codes(name, "粮食产量12万吨。") == ["indicator_differs"]


@pytest.mark.parametrize(
    ("name", "number", "expected"),
    [
        ("2035年粮食产量", "12万吨", ["indicator_differs"]),
        ("2022年粮食产量", "12万吨", []),
        ("明年粮食产量", "12万吨", ["indicator_differs"]),
        ("去年粮食产量", "12万吨", []),
        ("去年粮食产量", "13万吨", ["indicator_differs"]),
        ("全国粮食产量", "12万吨", ["indicator_differs"]),
        ("全省粮食产量", "12万吨", ["indicator_differs"]),
        ("全市粮食产量", "12万吨", []),
        ("全省港口吞吐量", "第四位", ["indicator_differs"]),
        ("港口吞吐量全省位次", "第四位", []),
        ("粮食产量目标", "12万吨", ["indicator_differs"]),
        ("粮食产量目标", "13万吨", []),
        ("粮食产量完成率", "12万吨", ["indicator_differs"]),
    ],
)
def test_whose_and_of_when_a_number_is_the_name_may_not_say_otherwise(
    name: str, number: str, expected: list[str]
):
    """The report of a city in 2023 reviews 2022; what a rate is, no number of tonnes is."""
    (report,) = read_source(REPORT.encode(), "r.txt").reports
    (place,) = (one for one in places_of(report, bear_witness(report)) if one.text == number)
    assert place.mention.value is not None
    found = turned(Stated(value=place.mention.value, indicator=name), place)
    assert ([found.code] if found else []) == expected


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("2018年粮食产量", "粮食产量由2018年的9万吨提高到12万吨"),
        ("全省粮食产量", "占全省粮食产量的12%"),
        ("粮食产量目标", "粮食产量目标12万吨"),
        ("模拟飞行基地", "建成模拟飞行基地2个"),
        ("虚拟现实产业园", "建成虚拟现实产业园3个"),
        ("假肢装配", "装配假肢120例"),
        ("待遇领取人数", "养老待遇领取人数12万人"),
        ("欠发达乡镇", "帮扶欠发达乡镇8个"),
        ("城乡居民收入倍差", "城乡居民收入倍差缩小到1.71"),
        ("贷款平均利率", "贷款平均利率3.9%"),
        ("粮食产量降幅", "粮食产量降幅收窄至2%"),
    ],
)
def test_the_same_words_pass_where_the_text_has_them(name: str, text: str):
    """Or where they are part of another word."""
    assert codes(name, f"{text}。") == []


def test_a_word_of_another_clause_does_not_bear_out_what_turns_the_name():
    """The gap is that of the first number."""
    assert codes("新增养老床位缺口", "养老床位缺口3000张，新增养老床位2000张。") == ["indicator_differs"]


def test_the_opposite_of_the_rules_name_is_a_difference_though_it_stands_in_the_sentence():
    """农村 is of the number before."""
    text = "农村居民收入增长6.2%，城镇居民收入增长5.1%。"
    assert codes("农村居民收入", text) == ["indicator_differs"]
