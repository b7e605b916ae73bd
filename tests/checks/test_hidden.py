"""Characters that a reader does not see."""

import pytest

from .builders import N, case, checked


@pytest.mark.parametrize(
    ("inserted", "severity"),
    [
        ("\u200b", "note"),
        ("\u200b" * 40, "warning"),
        ("\U000e0049\U000e0047", "warning"),
        ("\u202e", "warning"),
    ],
    ids=["stray blank", "long run", "tag characters", "direction override"],
)
def test_hidden_characters_are_reported_with_their_place(inserted, severity):
    """What can carry a message is a warning; the stray blank of a web editor is a note."""
    report, witness = case(f"生产总值{inserted}达到3亿元。", N("3亿元", value="300000000"))
    (issue,) = checked(report, witness).issues
    assert (issue.code, issue.severity.value) == ("hidden_text", severity)
    (span,) = issue.spans
    assert report.source.text[span.start : span.end] == inserted


def test_plain_text_hides_nothing():
    """Full-width blanks and line breaks are no hidden text."""
    report, witness = case("生产总值\u3000达到\n3亿元。", N("3亿元", value="300000000"))
    assert checked(report, witness).issues == ()


def test_a_text_full_of_them_is_one_issue():
    """The count is full, the places are bounded."""
    report, witness = case("生\u200b" * 5000 + "产3亿元。", N("3亿元", value="300000000"))
    (issue,) = checked(report, witness).issues
    assert "5000" in issue.message
    assert len(issue.spans) == 100
