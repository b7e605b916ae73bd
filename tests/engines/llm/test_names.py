"""Names of indicators: what is none is told so, and what a capable model or a reader writes passes."""

import json

import pytest
from endpoint.hostile import sentences_of

from cassettes.sets import recorded
from extract.engines.llm.answer import checker, shown_in
from extract.engines.llm.names import Cited, no_name
from extract.engines.llm.wire import Wire
from schemas import record_types

SENTENCE = "高新技术企业研发投入达到36.4亿元，增长9%。"


def fault(name: str, sentence: str = SENTENCE, number: str = "36.4亿元", *around: str) -> str:
    """What is said of a name; an empty text where it passes."""
    return no_name(name, Cited([sentence], [number], around)) or ""


@pytest.mark.parametrize("name", ["", " ", "\u3000", "\t\n", "\xa0"])
def test_a_blank_is_no_name(name: str) -> None:
    """Of whatever width."""
    assert "blank" in fault(name)


@pytest.mark.parametrize(
    "name",
    ["研发\x00投入", "\x01研发投入", "研发\x1b[8m投入", "研发投入\ud800", "研发\u200b投入", "\u202e研发投入"],
)
def test_a_name_holds_no_control_characters(name: str) -> None:
    """Neither those that no store takes, nor those that hide or turn text."""
    assert "control characters" in fault(name)


@pytest.mark.parametrize("mark", ["\ufe00", "\u034f", "\u3164", "\u115f", "\uffa0", "\u2800", "\u0336"])
def test_a_name_holds_no_mark_that_nobody_sees(mark: str) -> None:
    """Selectors and fillers between two characters part a word for the checks, and not for the eye."""
    assert "nobody sees" in fault(f"研发{mark}投入")


def test_a_mark_that_stands_in_the_sentence_may_be_copied() -> None:
    """Some texts are strewn with blanks of no width; who copies them is not to blame."""
    assert fault("研发\u200b投入", "研发\u200b投入达到36.4亿元。") == ""


@pytest.mark.parametrize(
    "name",
    [
        "<b>研发投入</b>",
        "研发投入<br/>",
        "<!--研发投入",
        "**研发投入**",
        "`研发投入`",
        "&lt;研发投入",
        "[研发投入](x)",
        "{{研发投入}}",
    ],
)
def test_markup_is_no_name(name: str) -> None:
    """Of pages, of Markdown, of templates."""
    assert "markup" in fault(name)


@pytest.mark.parametrize("name", ["……", "36.4", "%", "A", "今年", "新增", "达到"])
def test_what_holds_no_word_is_no_name(name: str) -> None:
    """Punctuation, a number, a letter, a verb without what is counted."""
    assert "no word" in fault(name)


@pytest.mark.parametrize(
    "name", ["高新", "高新技", "高新技术", "高新技术企", "高新技术企业研发", "高新技术企业研发投入达"]
)
def test_the_head_of_the_sentence_is_no_name(name: str) -> None:
    """Cut off anywhere before what leads to the number."""
    assert "beginning of the sentence" in fault(name)


@pytest.mark.parametrize(
    ("name", "sentence", "number"),
    [
        ("高新技术企业研发投入", SENTENCE, "36.4亿元"),
        ("粮食总产量", "粮食总产量稳定在88万吨以上。", "88万吨"),
        ("居民消费价格", "居民消费价格涨幅控制在2%以内。", "2%"),
        ("水质达标率", "水质达标率由81%提高到93%。", "81%"),
        ("工业用电量", "工业用电量、货运量分别增长3%和4%。", "3%"),
        ("新建标准厂房", "新建标准厂房 26 万平方米。", "26万平方米"),
        ("数字经济规模", "数字经济规模居全省第三位。", "第三位"),
    ],
)
def test_a_whole_name_at_the_head_of_its_sentence_passes(name: str, sentence: str, number: str) -> None:
    """What stands behind it leads to its number."""
    assert fault(name, sentence, number) == ""


def test_a_name_without_a_word_of_the_sentence_is_none() -> None:
    """Made up, or carried over from elsewhere."""
    assert "shares no word" in fault("港口吞吐量")


def test_a_name_may_come_from_the_sentence_before_or_from_a_heading() -> None:
    """Subjects are carried over."""
    assert fault("港口吞吐量", SENTENCE, "9%", "港口吞吐量再创新高。") == ""


def test_an_abbreviation_passes() -> None:
    """GDP stands for words that it does not share; the checks compare what it means."""
    assert fault("GDP", "生产总值达到900亿元。", "900亿元") == ""


def test_a_name_that_never_ends_is_none() -> None:
    """Its length is told, not the whole of it."""
    said = fault("研发投入" * 500_000)
    assert "2000000 characters" in said


def test_every_name_that_a_capable_model_gave_passes() -> None:
    """The recorded answers have no false alarm."""
    recording = recorded("capable")
    assert recording is not None
    wire = Wire(tuple(record_types().values()))
    for body, completion in recording.exchanges():
        question = body["messages"][1]["content"]
        assert sentences_of(json.loads(question))
        check = checker(wire, lambda question=question: shown_in(question))  # type: ignore[misc]
        assert check(completion["choices"][0]["message"]["content"]) is None
