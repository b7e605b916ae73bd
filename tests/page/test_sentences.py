"""Sentences with their numbers marked."""

from hypothesis import given
from hypothesis import strategies as st

from extract.page.model import Part
from extract.page.sentences import parts


def test_a_sentence_is_cut_at_its_numbers():
    """Spans are those of the source; the sentence begins at 100 there."""
    assert parts("增长6%，投资5亿元。", 100, {(107, 110): "n2", (102, 104): "n1"}) == (
        Part("增长"),
        Part("6%", marked=True, anchor="n1"),
        Part("，投资"),
        Part("5亿元", marked=True, anchor="n2"),
        Part("。"),
    )


def test_of_marks_that_overlap_the_shortest_is_shown_and_every_anchor_stays():
    found = parts("增长6%。", 0, {(0, 5): "whole", (2, 4): "number"})
    assert [part.text for part in found if part.marked] == ["6%"]
    assert {part.anchor for part in found} == {None, "whole", "number"}


@given(
    st.text(max_size=12),
    st.integers(0, 50),
    st.lists(st.tuples(st.integers(0, 12), st.integers(1, 12)), max_size=5),
)
def test_the_pieces_are_the_sentence_and_hold_every_anchor(text, start, spans):
    """Whatever the marks."""
    marks = {
        (start + first, start + min(first + length, len(text))): f"n{n}"
        for n, (first, length) in enumerate(spans)
        if first < len(text)
    }
    found = parts(text, start, marks)
    assert "".join(part.text for part in found) == text
    assert {part.anchor for part in found if part.anchor} == set(marks.values())
