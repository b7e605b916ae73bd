"""Characters that a reader does not see."""

from dataclasses import replace

import pytest

from extract.documents.hints import Hidden, Hints

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


def hiding(*hidden):
    """A report of two records in whose document something was hidden."""
    report, witness = case(
        "生产总值达到3亿元。新增就业10人。", N("3亿元", value="300000000"), N("10人", "新增就业", unit="人")
    )
    source = replace(report.source, format="docx", hints=Hints(hidden=hidden))
    return checked(replace(report, source=source), witness)


def test_what_a_document_hid_is_told_and_the_record_around_it_flagged():
    """The sentence says how it was hidden and how it begins."""
    at = len("页眉\n生产总值")
    result = hiding(Hidden(at, "实为9亿元", 5, "vanish"))
    (issue,) = result.issues
    assert (issue.code, issue.severity.value) == ("hidden_text", "warning")
    assert "设为隐藏的文字" in issue.message
    assert "实为9亿元" in issue.message
    assert [[one.code for one in record.issues] for record in result.records] == [["hidden_text"], []]


def test_what_is_hidden_outside_the_text_is_a_note():
    """In the menus of a page, or before the report begins."""
    result = hiding(Hidden(5, "菜单", 2, "not_displayed", apart=True), Hidden(0, "页眉", 2, "white"))
    assert [(one.code, one.severity.value) for one in result.issues] == [("hidden_text", "note")] * 2
    assert all(not record.issues for record in result.records)


def test_stray_blanks_that_were_taken_out_are_a_note():
    (issue,) = hiding(Hidden(8, "<U+200B>", 8, "characters")).issues
    assert issue.severity.value == "note"
    (issue,) = hiding(Hidden(8, "ignore", 6, "characters")).issues
    assert issue.severity.value == "warning"


def test_an_article_that_a_script_shows_is_said_to_be_hidden_by_the_page():
    """A note: the words are those that a reader sees in the end."""
    report, witness = case("生产总值达到3亿元。", N("3亿元", value="300000000"))
    shown = Hints(by_script=((report.start, report.end),))
    (issue,) = checked(replace(report, source=replace(report.source, hints=shown)), witness).issues
    assert (issue.code, issue.severity.value) == ("hidden_text", "note")
    assert "until a script shows it" in issue.message_en
