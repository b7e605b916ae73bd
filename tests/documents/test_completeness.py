"""Whether the whole report was there."""

import pytest

from extract.documents import read_text
from extract.documents.completeness import CUT, NO_END, NO_PLAN, NO_REVIEW
from tests.documents.builders import HEAD, PROSE, WHOLE, report

REVIEW = ("一、2023年工作回顾", f"过去一年，{PROSE * 3}")
PLAN = ("二、2024年工作安排", f"今年，{PROSE * 3}")


@pytest.mark.parametrize(
    ("text", "review", "plan", "end", "notes"),
    [
        (report(*REVIEW, *PLAN), True, True, True, ()),
        (report(*REVIEW, appeal=""), True, False, False, (NO_PLAN,)),
        (report("一、2024年工作安排", PROSE * 3), False, True, True, (NO_REVIEW,)),
        (report(*REVIEW, *PLAN, appeal=""), True, True, False, (NO_END,)),
        (report(*REVIEW, *PLAN, appeal="继续推进城"), True, True, False, (CUT,)),
        (report(*REVIEW, "二、2024年工作安排", appeal=""), True, False, False, (NO_PLAN, CUT)),
        (WHOLE + "附件\n名词解释\n1.某词：某义\n", True, True, True, ()),
    ],
)
def test_what_is_missing_is_said(text, review, plan, end, notes):
    """A heading alone is no part; appendices are not the end."""
    (found,) = read_text(text, "a.txt").reports
    judged = found.completeness
    assert (judged.has_review, judged.has_plan, judged.has_end, judged.notes) == (review, plan, end, notes)
    assert judged.complete is (review and plan and end)


def test_every_note_is_in_both_languages():
    """Chinese first."""
    assert all(" / " in note for note in (NO_REVIEW, NO_PLAN, NO_END, CUT))
    assert HEAD
