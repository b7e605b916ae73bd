"""Sentences and chunks."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.documents.chunks import chunks_of
from extract.documents.outline import outline
from extract.documents.sections import sections_of
from extract.documents.sentences import sentences_of
from tests.documents.builders import HEAD, PROSE, WHOLE, report


def _divided(text):
    headings = outline(text)
    sections = sections_of(text, headings, 2024)
    return sections, sentences_of(text, sections, headings)


def _sentences(text):
    return [text[item.start : item.end] for item in _divided(text)[1]]


@pytest.mark.parametrize(
    ("paragraph", "sentences"),
    [
        ("增长6.5%。完成了！好吗？好", ["增长6.5%。", "完成了！", "好吗？", "好"]),
        ("抓产业；抓民生；抓改革。", ["抓产业；抓民生；抓改革。"]),
        ("他说：“能办到。”群众满意。", ["他说：“能办到。”", "群众满意。"]),
        ("他说：“能办到。一定办到！”群众满意。", ["他说：“能办到。一定办到！”", "群众满意。"]),
        ("落实“六稳”（见附件。）等政策。完成。", ["落实“六稳”（见附件。）等政策。", "完成。"]),
        ("“不会闭合的引号。下一句。", ["“不会闭合的引号。", "下一句。"]),
        ("真的吗？！是的……。", ["真的吗？！", "是的……。"]),
    ],
)
def test_sentences_end_at_stops_outside_quotations(paragraph, sentences):
    """A ； divides clauses; the quotation mark after a stop belongs to its sentence."""
    assert _sentences(paragraph) == sentences


def test_a_heading_is_a_sentence_by_itself():
    """In its own line, run in, or in one endless line."""
    text = report(
        "一、2023年工作回顾", f"（一）经济稳中有进。{PROSE}", f"二、2024年工作安排2024年，{PROSE * 3}"
    )
    _, sentences = _divided(text)
    headings = [text[item.start : item.end] for item in sentences if item.heading]
    assert headings == [
        *HEAD.split("\n")[:3],
        "一、2023年工作回顾",
        "（一）经济稳中有进。",
        "二、2024年工作安排",
    ]


def test_a_sentence_knows_its_innermost_section():
    """Also after a section has ended."""
    text = report("一、2023年工作回顾", f"（一）产业。{PROSE}", f"今年1月，{PROSE}", f"同时，{PROSE}")
    sections, sentences = _divided(text)
    titles = {text[item.start : item.end][:4]: sections[item.section].title for item in sentences}
    assert titles["（一）产"] == "产业"
    assert titles["今年1月"] == "今年1月"
    assert titles["同时，全"] == "2023年工作回顾"


TEXTS = st.text(alphabet="云州增长。！？；，“”（）《》\n一、（二）12.5%", max_size=120)


@given(TEXTS)
def test_sentences_and_chunks_hold_every_character_once(text):
    """Only paragraph breaks lie between them."""
    sections, sentences = _divided(text)
    assert "".join(text[item.start : item.end] for item in sentences) == text.replace("\n", "")
    chunks = chunks_of(sentences, sections, target_chars=30)
    assert [index for item in chunks for index in range(item.first, item.last + 1)] == list(
        range(len(sentences))
    )


@given(TEXTS)
def test_no_sentence_is_cut_inside_a_number(text):
    """Digits on both sides of a cut have a paragraph break between them."""
    _, sentences = _divided(text)
    for before, after in pairwise(sentences):
        if before.end == after.start and not after.heading and not before.heading:
            assert not (text[before.end - 1].isdigit() and text[after.start].isdigit())


def test_chunks_stay_within_a_clause_and_near_their_target():
    """A new clause opens a new chunk; whole sentences fill each."""
    text = report("一、2023年工作回顾", "（一）产业", PROSE * 40, "（二）民生", PROSE)
    sections, sentences = _divided(text)
    chunks = chunks_of(sentences, sections, target_chars=500)
    assert all(item.end - item.start <= 500 for item in chunks)
    clauses = [item.start for item in sections if item.level == 2]
    assert set(clauses) <= {item.start for item in chunks}


def test_an_overlong_sentence_is_a_chunk_by_itself():
    """A million digits are never cut."""
    text = WHOLE + "9" * 1_000_000
    sections, sentences = _divided(text)
    chunks = chunks_of(sentences, sections)
    assert text[chunks[-1].start : chunks[-1].end] == "9" * 1_000_000
