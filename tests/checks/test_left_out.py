"""`text_left_out`: what of the source is in no report."""

from dataclasses import replace

import pytest

from extract.checks.context import Context
from extract.checks.left_out import text_left_out
from extract.documents.left_out import LEFT_OUT
from extract.documents.model import LeftOut
from schemas import Severity

from .builders import N, case


def issues(*parts):
    report, witness = case("生产总值12亿元。", N("12亿元"))
    return [one.issue for one in text_left_out(Context(replace(report, left_out=parts), witness, (), ()))]


def test_numbers_that_were_left_out_are_a_warning_with_their_counts():
    (found,) = issues(
        LeftOut("footnote", 3, 40, 2), LeftOut("footnote", 5, 46, 1), LeftOut("navigation", 0, 90, 0)
    )
    assert found.severity is Severity.WARNING
    assert "2处（86字，3个数字）" in found.message
    assert "2 places (86 characters, 3 numbers)" in found.message_en
    assert "navigation" not in found.message_en
    assert [(span.start, span.end) for span in found.spans] == [(3, 3), (5, 5)]


@pytest.mark.parametrize("reason", ["navigation", "page_number", "note_mark", "running_head", "debris"])
def test_menus_and_marks_are_a_note(reason):
    (found,) = issues(LeftOut(reason, 0, 12, 0))
    assert found.severity is Severity.NOTE


def test_a_script_that_repeats_the_page_is_a_note():
    (found,) = issues(LeftOut("code", 0, 12, 5))
    assert found.severity is Severity.NOTE


@pytest.mark.parametrize("reason", ["picture_page", "damaged_page", "unreadable_page"])
def test_a_page_that_was_not_read_is_a_warning(reason):
    """Nobody knows what numbers it holds."""
    (found,) = issues(LeftOut(reason, 0, 12, 0))
    assert found.severity is Severity.WARNING
    assert "1 page" in found.message_en


def test_hidden_text_is_told_elsewhere_and_nothing_says_nothing():
    assert issues(LeftOut("hidden", 0, 12, 5)) == []
    assert issues() == []


def test_every_reason_has_words_in_both_languages():
    assert all(len(words.split(" / ")) == 2 for words in LEFT_OUT.values())
