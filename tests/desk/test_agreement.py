"""Cohen's kappa, against figures worked out by hand."""

import pytest

from extract.desk.agreement import agreement, labelled
from extract.desk.model import Verdict
from extract.desk.standing import Past


def test_agreement_is_counted_beyond_chance() -> None:
    """20 both yes, 15 both no, 5 and 10 unlike: 0.7 seen, 0.5 by chance, kappa 0.4."""
    pairs = [("yes", "yes")] * 20 + [("yes", "no")] * 5 + [("no", "yes")] * 10 + [("no", "no")] * 15
    found = agreement(pairs)
    assert (found.items, found.same) == (50, 35)
    assert found.kappa == pytest.approx(0.4)


def test_full_agreement_is_one_and_none_at_all_is_below_nought() -> None:
    """The ends of the scale."""
    assert agreement([("a", "a"), ("b", "b")]).kappa == 1
    assert agreement([("a", "b"), ("b", "a")]).kappa == -1


def test_where_chance_agrees_fully_there_is_no_kappa() -> None:
    """Nothing can be said of reviewers who only ever say one thing, or of no items."""
    assert agreement([("a", "a")] * 9).kappa is None
    assert agreement([]).kappa is None


def test_two_corrections_that_differ_do_not_agree() -> None:
    """Both corrected is not the same as both corrected alike."""
    one, other = (Past(n, Verdict.CORRECT, "x", "f", after, None) for n, after in enumerate("ab"))
    assert labelled(one, one) == ("correct", "correct")
    first, second = labelled(one, other)
    assert first != second
