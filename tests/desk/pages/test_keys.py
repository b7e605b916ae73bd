"""The keys of the actions."""

import pytest

from extract.desk.pages.keys import DEFAULT_KEYS, doubles, in_force, usable


def test_each_action_has_a_key_of_its_own_to_begin_with() -> None:
    """No two verdicts on one key."""
    assert not doubles(DEFAULT_KEYS)
    assert all(usable(key) for key in DEFAULT_KEYS.values())


def test_what_the_reader_sets_goes_before_the_default() -> None:
    """Capitals mean the same key."""
    assert in_force({"approve": "1", "reject": "X", "not_a_fact": "z"})["reject"] == "x"


@pytest.mark.parametrize("key", ["", "ab", " ", "\t", "/", "'", "?", "好", "\x00", "<script>"])
def test_a_key_that_a_browser_or_an_input_method_needs_is_none(key: str) -> None:
    """/ and ' search in Firefox; what is no single visible character cannot be shown on a button."""
    assert not usable(key)
    assert in_force({"approve": key})["approve"] == DEFAULT_KEYS["approve"]


def test_one_key_for_two_actions_counts_for_neither() -> None:
    """Nobody approves where they meant to reject."""
    assert doubles({"approve": "a", "reject": "A"}) == ("a",)
    assert in_force({"approve": "r"}) == dict(DEFAULT_KEYS)
