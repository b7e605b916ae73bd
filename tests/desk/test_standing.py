"""Where an item stands follows from its events alone."""

from hypothesis import given
from hypothesis import strategies as st

from extract.desk.model import Standing, Verdict
from extract.desk.standing import SAID, Past, Subject, in_force, stands

FLAGGED = Subject(flagged=True, present=True, needs_two=False, grounds="now")
DOUBLE = Subject(flagged=True, present=True, needs_two=True, grounds="now")


def past(*said: str) -> list[Past]:
    """Events as `reviewer verdict`, or `reviewer undo 1`; `!` at the end of one made on other content."""
    events = []
    for number, words in enumerate(said, 1):
        reviewer, verdict, *undoes = words.rstrip("!").split()
        content = "then" if words.endswith("!") else "now"
        after = "{}" if verdict == "correct" else None
        target = int(undoes[0]) if undoes else None
        events.append(Past(number, Verdict(verdict), reviewer, content, after, target))
    return events


def test_without_a_decision_the_engine_speaks() -> None:
    """Flagged or verified; skipping is no decision."""
    assert stands(FLAGGED, []).standing is Standing.FLAGGED
    assert stands(FLAGGED, past("ann skip")).standing is Standing.FLAGGED
    quiet = Subject(flagged=False, present=True, needs_two=False, grounds="now")
    assert stands(quiet, []).standing is Standing.VERIFIED


def test_the_last_decision_counts() -> None:
    """Who decides again replaces what was said."""
    where = stands(FLAGGED, past("ann approve", "ben reject"))
    assert (where.standing, where.reviewer) == (Standing.REJECTED, "ben")


def test_undo_brings_back_what_stood_before() -> None:
    """Undone once, the decision before it; undone again, the engine."""
    assert stands(FLAGGED, past("ann approve", "ann reject", "ann undo 2")).standing is Standing.APPROVED
    twice = past("ann approve", "ann reject", "ann undo 2", "ann undo 1")
    assert stands(FLAGGED, twice).standing is Standing.FLAGGED


def test_a_decision_on_other_content_has_to_be_checked_again() -> None:
    """It counts no more, and its reviewer is known; a new one on the new content settles it."""
    where = stands(FLAGGED, past("ann approve!"))
    assert (where.standing, where.reviewer) == (Standing.CHECK_AGAIN, "ann")
    assert stands(FLAGGED, past("ann approve!", "ann reject")).standing is Standing.REJECTED


def test_content_that_returns_finds_its_decision_again() -> None:
    """A later run that gives the old value needs no new look."""
    assert stands(FLAGGED, past("ann approve", "ann reject!")).standing is Standing.APPROVED


def test_what_a_run_no_longer_has_is_gone() -> None:
    """Whatever was decided."""
    lost = Subject(flagged=True, present=False, needs_two=False, grounds="now")
    assert stands(lost, past("ann approve")).standing is Standing.GONE


def test_two_reviewers_have_to_agree() -> None:
    """One is not enough; two alike settle it; two unlike ask for a third, who settles it."""
    assert stands(DOUBLE, past("ann approve")).standing is Standing.SECOND_REVIEW
    assert stands(DOUBLE, past("ann approve", "ann reject")).standing is Standing.SECOND_REVIEW
    assert stands(DOUBLE, past("ann approve", "ben approve")).standing is Standing.APPROVED
    assert stands(DOUBLE, past("ann approve", "ben reject")).standing is Standing.DISAGREED
    assert stands(DOUBLE, past("ann approve", "ben reject", "cleo reject")).standing is Standing.REJECTED


def test_a_first_reviewer_who_thinks_again_is_held_to_the_last_word() -> None:
    """As long as nobody else has looked."""
    assert stands(DOUBLE, past("ann approve", "ann reject", "ben reject")).standing is Standing.REJECTED


events = st.lists(
    st.tuples(st.sampled_from(["ann", "ben", "cleo"]), st.sampled_from(sorted(SAID)), st.booleans()),
    max_size=8,
)


@given(events, st.booleans())
def test_undoing_everything_is_as_if_nothing_had_been_said(said, double) -> None:
    """Whatever was decided, by whom and on what."""
    made = [
        Past(n, verdict, who, "now" if new else "then", None, None)
        for n, (who, verdict, new) in enumerate(said)
    ]
    undone = [Past(100 + one.id, Verdict.UNDO, one.reviewer, "now", None, one.id) for one in made]
    subject = Subject(flagged=True, present=True, needs_two=double, grounds="now")
    assert in_force([*made, *undone]) == []
    assert stands(subject, [*made, *undone]).standing is Standing.FLAGGED


@given(events)
def test_without_double_review_the_last_decision_on_this_content_stands(said) -> None:
    """Nothing else matters."""
    made = [
        Past(n, verdict, who, "now" if new else "then", None, None)
        for n, (who, verdict, new) in enumerate(said)
    ]
    here = [one for one in made if one.grounds == "now"]
    where = stands(FLAGGED, made).standing
    expected = SAID[here[-1].verdict] if here else Standing.CHECK_AGAIN if made else Standing.FLAGGED
    assert where is expected
