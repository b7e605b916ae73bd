"""Text in paragraphs and pieces, with marks."""

from hypothesis import given
from hypothesis import strategies as st

from extract.desk.pages.marked import Heading, Mark, Piece, paragraphs

TEXT = "一、云州\n生产总值增长6%，出口3亿元。\n\n完。"
TEXTS = st.text(alphabet="云州增长12%。𠀀 \n\r\u2028", max_size=60)
PLACES = st.tuples(st.integers(0, 70), st.integers(0, 70), st.sampled_from(["ev", "n", "fig", "doubt"]))


def test_a_mark_cuts_the_text_where_it_begins_and_ends() -> None:
    """What is marked is exactly the stretch between the offsets."""
    start = TEXT.index("6%")
    (_, line, _) = paragraphs(TEXT, 0, [Mark(start, start + 2, "n")])
    assert [piece.text for piece in line.pieces if piece.styles == "n"] == ["6%"]


def test_offsets_count_code_points_from_where_the_window_begins() -> None:
    """A character outside the first plane is one; the window's own offset is taken off."""
    (line,) = paragraphs("𠀀增长6%", 100, [Mark(103, 105, "n")])
    assert line.start == 100
    assert line.pieces == (Piece("𠀀增长"), Piece("6%", "n"))


def test_marks_that_overlap_are_all_seen() -> None:
    """Evidence stays visible below a number; the inner mark says where it leads."""
    (line,) = paragraphs(
        "增长6%。", 0, [Mark(0, 5, "ev", anchor="evidence"), Mark(2, 4, "n", link="#x", label="数")]
    )
    assert [piece.styles for piece in line.pieces] == ["ev", "ev n", "ev"]
    assert [piece.anchor for piece in line.pieces] == ["evidence", "", ""]
    assert line.pieces[1].link == "#x"
    assert line.pieces[0].link == ""


def test_a_mark_over_a_line_end_is_seen_on_both_lines() -> None:
    """Page breaks lie in the middle of sentences."""
    first, second = paragraphs("增长\n6%。", 0, [Mark(0, 5, "ev")])
    assert (first.pieces[0].styles, second.pieces[0].styles) == ("ev", "ev")


def test_a_heading_begins_a_paragraph_also_within_a_line() -> None:
    """Reports in one endless line have headings, too."""
    text = "完。二、安排 增长6%。"
    _, heading = paragraphs(text, 0, [], [Heading(2, 1, "安排", "s1")])
    assert (heading.start, heading.anchor, heading.level) == (2, "s1", 0)
    assert [piece.text for piece in heading.pieces if "head" in piece.styles] == ["二、安排"]


def test_a_heading_of_its_own_line_is_shown_as_one() -> None:
    """With its numbering before it and a stop after it."""
    (line, *_) = paragraphs("一、云州。\n完。", 0, [], [Heading(0, 2, "云州", "s0")])
    assert line.level == 2


@given(TEXTS, st.lists(PLACES, max_size=8), st.integers(0, 5))
def test_no_character_is_lost_and_each_has_its_marks(
    text: str, places: list[tuple[int, int, str]], offset: int
) -> None:
    """Against brute force: every character that is not blank or a line end, with the marks that cover it."""
    marks = [Mark(min(a, b), max(a, b), style) for a, b, style in places]
    seen = {}
    for line in paragraphs(text, offset, marks):
        at = line.start
        for piece in line.pieces:
            for character in piece.text:
                seen[at] = (character, set(piece.styles.split()))
                at += 1
    for place, character in enumerate(text, offset):
        if character.strip():
            covering = {mark.style for mark in marks if mark.start <= place < mark.end}
            assert seen[place] == (character, covering)
