"""A few names of many."""

from extract.tables.several import named


def test_a_few_are_named_and_the_others_counted():
    assert named(["a", "b"], 2) == "a, b"
    assert named(iter("abcde"), 5) == "a, b, c and 2 more"
    assert named("abcd", 4, "; ") == "a; b; c and 1 more"
