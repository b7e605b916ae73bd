"""What chapter headings say about role and period."""

import pytest

from extract.documents.model import Role
from extract.documents.roles import Calendar, Scope, is_livelihood, scope_of_chapter, scope_of_clause
from tests.documents.corpora import cases


@pytest.mark.parametrize("case", cases("headings"), ids=lambda case: f"{case['title']} {case['year']}")
def test_a_chapter_heading_announces_its_role_and_period(case):
    """Years and plans are held against the year of the report; other headings say nothing."""
    scope = scope_of_chapter(case["title"], Calendar(case["year"]), None)
    if case["role"] is None:
        assert scope is None
    else:
        assert scope == Scope(Role(case["role"]), case["period"], case["mixed"])


def test_without_a_year_the_role_is_known_and_the_period_is_not():
    """Templates and cut-off texts name no year."""
    assert scope_of_chapter("过去一年工作回顾", Calendar(None), None) == Scope(Role.REVIEW_YEAR, None)


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("今后五年主要目标", Role.PLAN_SPAN),
        ("2024年主要任务", Role.PLAN_YEAR),
        ("2024年民生实事", Role.LIVELIHOOD),
        ("科学编制“十五五”规划", None),
        ("坚持创新驱动，完成全年目标", None),
    ],
)
def test_a_lower_heading_changes_the_role_only_as_a_heading_of_time(title, role):
    """Most headings under a chapter are about a subject."""
    scope = scope_of_clause(title, Calendar(2024), None)
    assert (scope.role if scope else None) == role


def test_a_list_of_livelihood_projects_is_told_from_a_chapter_that_mentions_them():
    """A chapter with two clauses is about more than the list."""
    assert is_livelihood("十件民生实事完成情况")
    assert not is_livelihood("尽力办好民生实事，群众生活更有奔头")


def test_livelihood_projects_belong_to_the_year_of_their_chapter():
    """In a review they are of the year reviewed, else of the year planned."""
    calendar = Calendar(2024)
    reviewed = scope_of_clause("十件民生实事", calendar, calendar.last_year())
    planned = scope_of_clause("十件民生实事", calendar, calendar.this_year())
    assert reviewed == Scope(Role.LIVELIHOOD, "2023")
    assert planned == Scope(Role.LIVELIHOOD, "2024")
