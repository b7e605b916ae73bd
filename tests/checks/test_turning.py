"""One word in a name makes another fact of a true number."""

import pytest

from extract.checks.places import Place, places_of
from extract.checks.stated import Stated
from extract.checks.turning import TURNS, Turn, turned
from extract.claims.reader import read_claims
from extract.engines.base import Witness
from extract.numbers import find_mentions

from .builders import case

ROWS = [pytest.param(turn, id=turn.meaning) for turn in TURNS]


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


def test_a_word_of_another_clause_does_not_bear_out_what_turns_the_name():
    """The gap is that of the first number."""
    assert codes("新增养老床位缺口", "养老床位缺口3000张，新增养老床位2000张。") == ["indicator_differs"]


def test_the_opposite_of_the_rules_name_is_a_difference_though_it_stands_in_the_sentence():
    """农村 is of the number before."""
    text = "农村居民收入增长6.2%，城镇居民收入增长5.1%。"
    assert codes("农村居民收入", text) == ["indicator_differs"]
