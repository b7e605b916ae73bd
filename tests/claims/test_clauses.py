"""Sentences to clauses."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from extract.claims.clauses import clauses


def cut(text):
    return [text[c.start : c.end] for c in clauses(text, 0, len(text), ())]


def test_commas_and_semicolons_cut():
    assert cut("总产值达到5亿元，增长3%；出口2亿元。") == ["总产值达到5亿元", "增长3%", "出口2亿元"]


def test_marks_inside_quotation_marks_and_brackets_do_not_cut():
    assert cut("打造“一心，两带”（含新区，不含飞地）格局，建成3个") == [
        "打造“一心，两带”（含新区，不含飞地）格局",
        "建成3个",
    ]


def test_a_quotation_mark_that_is_never_closed_protects_nothing():
    assert cut("打造“一心，两带格局，建成3个") == ["打造“一心", "两带格局", "建成3个"]


def test_each_clause_knows_the_mark_before_it():
    assert [c.opener for c in clauses("甲，乙；丙", 0, 5, ())] == ["", "，", "；"]


@given(st.text("甲乙，；。：“”（）——", max_size=40))
def test_clauses_are_in_order_and_lose_nothing_but_marks(text):
    found = clauses(text, 0, len(text), ())
    kept = "".join(text[c.start : c.end] for c in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert kept.replace("—", "").translate(dict.fromkeys(map(ord, "，；。：“”（）"))) == text.translate(
        dict.fromkeys(map(ord, "，；。：“”（）—"))
    )
