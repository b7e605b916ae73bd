"""Copied numbers find their places: whole, in order, none twice."""

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from extract.checks.alignment import align


def no_opinion(_wanted: int, _place: int) -> int:
    return 0


def test_part_of_a_number_is_no_place():
    """`70.3亿元` is no evidence in `5370.3亿元`."""
    assert align(["70.3亿元"], ["5370.3亿元"], no_opinion) == [None]


def test_repeats_map_to_successive_places():
    """The second 7% of a draft is the second 7% of the text."""
    assert align(["7%", "7%"], ["7%", "5%", "7%"], no_opinion) == [0, 2]


def test_order_decides_which_repeat_is_meant():
    """7% copied after 5% is the one that stands after 5%."""
    assert align(["5%", "7%"], ["7%", "5%", "7%"], no_opinion) == [1, 2]


def test_preference_decides_between_equal_places():
    """Of two equal numbers the one whose indicator fits is taken."""
    assert align(["7%"], ["7%", "7%"], lambda _wanted, place: place) == [1]


def test_crossing_figures_are_still_found():
    """An engine that changes the order loses no figure."""
    assert align(["5%", "7%"], ["7%", "5%"], no_opinion) == [1, 0]


TEXTS = st.lists(st.sampled_from(["3家", "7%", "70.3亿元", "5370.3亿元"]), max_size=6)


@given(wanted=TEXTS, texts=TEXTS)
def test_no_other_alignment_matches_more(wanted, texts):
    """Against brute force: every match is exact, no place is used twice, and no assignment matches more."""
    found = align(wanted, texts, no_opinion)
    used = [at for at in found if at is not None]
    assert len(used) == len(set(used))
    assert all(texts[at] == want for at, want in zip(found, wanted, strict=True) if at is not None)
    assert len(used) == sum(min(wanted.count(text), texts.count(text)) for text in set(texts))


@given(wanted=TEXTS, texts=TEXTS)
def test_reading_order_is_kept_where_it_can_be(wanted, texts):
    """Where all can be matched in order, they are, at the earliest places: as brute force finds."""
    places = range(len(texts))
    ordered = [
        chosen
        for chosen in permutations(places, len(wanted))
        if list(chosen) == sorted(chosen) and [texts[at] for at in chosen] == wanted
    ]
    if ordered:
        assert align(wanted, texts, no_opinion) == list(min(ordered))
