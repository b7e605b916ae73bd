"""The tree of sections with roles and periods."""

from hypothesis import given
from hypothesis import strategies as st

from extract.documents.model import Role
from extract.documents.outline import outline
from extract.documents.sections import sections_of
from tests.documents.builders import PROSE, report


def _sections(*body, year=2024, **head):
    text = report(*body, **head)
    return text, sections_of(text, outline(text), year)


def _roles(*body, year=2024, **head):
    return [
        (item.level, item.title, item.role.value, item.period)
        for item in _sections(*body, year=year, **head)[1][1:]
    ]


def test_chapters_give_their_role_to_what_stands_under_them():
    """Clauses and run-in headings inherit."""
    assert _roles(
        "一、2023年工作回顾",
        PROSE,
        "（一）产业",
        f"质效加快提升。{PROSE}",
        "二、2024年工作安排",
        "（一）产业",
        PROSE,
    ) == [
        (1, "2023年工作回顾", "review_year", "2023"),
        (2, "产业", "review_year", "2023"),
        (3, "质效加快提升", "review_year", "2023"),
        (1, "2024年工作安排", "plan_year", "2024"),
        (2, "产业", "plan_year", "2024"),
    ]


def test_a_chapter_without_a_role_of_its_own_goes_on_with_the_plan():
    """The government's own building stands last and is planned."""
    assert _roles("一、2023年工作回顾", PROSE, "二、2024年工作安排", PROSE, "三、加强政府自身建设", PROSE)[
        -1
    ][2:] == ("plan_year", "2024")


def test_a_chapter_without_words_of_time_is_told_by_its_first_cue():
    """Slogans as headings: the paragraphs say what they are."""
    roles = _roles("一、砥砺奋进", f"过去一年，{PROSE}", "二、再启新程", f"今年是关键之年。{PROSE}")
    assert [role for _, _, role, _ in roles] == ["review_year", "plan_year"]


def test_a_mixed_review_turns_where_the_text_says_so():
    """First the year, then the five years; the heading names both."""
    roles = _roles(
        "一、2025年及“十四五”时期工作总结",
        f"2025年是收官之年。{PROSE}",
        f"一是产业向新。{PROSE}",
        f"各位代表！经过接续奋斗，成绩来之不易。五年来，{PROSE}",
        f"这是产业跃升的五年。{PROSE}",
        "二、“十五五”时期主要目标",
        PROSE,
        "三、2026年重点工作",
        f"今年是开局之年。{PROSE}",
        year=2026,
    )
    assert roles == [
        (1, "2025年及“十四五”时期工作总结", "review_year", "2025"),
        (3, "产业向新", "review_year", "2025"),
        (2, "经过接续奋斗", "review_span", "2021-2025"),
        (3, "这是产业跃升的五年", "review_span", "2021-2025"),
        (1, "“十五五”时期主要目标", "plan_span", "2026-2030"),
        (1, "2026年重点工作", "plan_year", "2026"),
    ]


def test_a_chapter_that_reviews_and_plans_turns_from_one_to_the_other():
    """The five-year plan that is over, then the one that begins."""
    roles = _roles(
        "一、“十四五”成就与“十五五”目标",
        f"“十四五”时期，{PROSE}",
        f"“十五五”时期，{PROSE}",
        year=2026,
    )
    assert [(role, period) for _, _, role, period in roles][-1] == ("plan_span", "2026-2030")


def test_a_mixed_plan_turns_to_the_year():
    """Five years first, then 今年."""
    roles = _roles(
        "一、今后五年目标和2022年工作任务", f"今后五年，{PROSE}", f"2022年是开局之年。{PROSE}", year=2022
    )
    assert [(role, period) for _, _, role, period in roles] == [
        ("plan_span", "2022-2026"),
        ("plan_year", "2022"),
    ]


def test_a_pure_review_of_the_year_is_not_turned_by_the_name_of_a_plan():
    """收官之年 speaks of the year."""
    roles = _roles("一、2025年工作回顾", f"2025年是“十四五”的最后一年。{PROSE}", year=2026)
    assert roles == [(1, "2025年工作回顾", "review_year", "2025")]


def test_a_line_that_leads_in_the_year_turns_all_that_follows():
    """过去五年 first; then 一年来，主要抓了以下工作： and a list."""
    roles = _roles(
        "一、2022年和过去五年工作回顾",
        f"过去五年，{PROSE}",
        "一年来，主要抓了以下工作：",
        f"一是推动产业升级。{PROSE}",
        f"二是扩大对外开放。{PROSE}",
        year=2023,
    )
    assert {(role, period) for _, _, role, period in roles[2:]} == {("review_year", "2022")}


def test_events_of_this_year_within_the_review_have_this_year_for_one_paragraph():
    """The next paragraph is of the year before again."""
    text, sections = _sections(
        "一、2023年工作回顾", PROSE, f"各位代表！今年1月以来，{PROSE}", f"同时，我们也看到不足。{PROSE}"
    )
    events = [item for item in sections if item.period == "2024"]
    assert [(item.role, item.title) for item in events] == [(Role.REVIEW_YEAR, "今年1月以来")]
    assert "不足" not in text[events[0].start : events[0].end]


def test_in_one_endless_line_a_new_train_of_thought_may_turn_too():
    """No paragraph breaks are left, but the salutation is."""
    line = (
        f"一、2023年工作回顾2023年，{PROSE * 20}各位代表！2024年以来，{PROSE}同时，我们也清醒认识到，{PROSE}"
    )
    text, sections = _sections(line)
    (events,) = [item for item in sections if item.period == "2024"]
    assert text[events.start : events.end].startswith("各位代表！2024年以来")
    assert "清醒" not in text[events.start : events.end]


def test_unnumbered_headings_of_time_stand_above_numbered_ones():
    """The numbers begin again under each."""
    assert _roles("2023年工作回顾", PROSE, "一、产业", PROSE, "2024年工作安排", PROSE, "一、产业", PROSE) == [
        (1, "2023年工作回顾", "review_year", "2023"),
        (2, "产业", "review_year", "2023"),
        (1, "2024年工作安排", "plan_year", "2024"),
        (2, "产业", "plan_year", "2024"),
    ]


def test_without_any_heading_the_paragraphs_say_what_they_are():
    """回顾 and 今年 are enough."""
    roles = _roles(f"过去一年，{PROSE}", PROSE, f"今年，我们将{PROSE}", PROSE)
    assert [(role, period) for _, _, role, period in roles] == [
        ("review_year", "2023"),
        ("plan_year", "2024"),
    ]


def test_a_livelihood_list_has_a_role_of_its_own_and_its_end():
    """The next clause is of the chapter again; an appendix may be the list."""
    roles = _roles("一、2024年工作安排", PROSE, "（一）十件民生实事", "1.新建学校3所。", "（二）产业", PROSE)
    assert [role for _, _, role, _ in roles] == ["plan_year", "livelihood", "livelihood", "plan_year"]
    appendix = _roles(
        "一、2024年工作安排",
        PROSE,
        "附件1",
        "2024年十件民生实事",
        "一、学校",
        "新建3所。",
        "附件2",
        "名词解释",
        "1.某词：释义。",
    )
    assert [role for _, _, role, _ in appendix] == [
        "plan_year",
        *["livelihood"] * 3,
        *["other"] * 3,
    ]


def test_a_run_in_heading_about_livelihood_projects_changes_nothing():
    """民生实事件件有着落。 opens a paragraph, not a list."""
    roles = _roles("一、2023年工作回顾", f"民生实事件件有着落。{PROSE}", f"五年来，{PROSE}")
    assert [role for _, _, role, _ in roles] == ["review_year", "review_year", "review_span"]


PIECES = st.sampled_from(
    [
        "一、2023年工作回顾",
        "二、2024年工作安排",
        "（一）产业",
        "（二）民生实事",
        "1.新建学校3所。",
        "一是抓产业。",
        f"五年来，{PROSE}",
        f"今年1月，{PROSE}",
        f"今年是关键之年。{PROSE}",
        f"“十五五”时期，{PROSE}",
        f"质效加快提升。{PROSE}",
        "附件1",
        "名词解释",
        PROSE,
    ]
)


@given(st.lists(PIECES, max_size=14))
def test_sections_are_a_tree(pieces):
    """Parents stand before their children, hold them, and are above them; siblings do not overlap."""
    text, sections = _sections(*pieces)
    assert sections[0].parent is None
    assert (sections[0].start, sections[0].end) == (0, len(text))
    ends = {}
    for section in sections[1:]:
        assert section.parent is not None
        parent = sections[section.parent]
        assert parent.index < section.index
        assert parent.level < section.level
        assert parent.start <= section.start < section.end <= parent.end
        assert ends.get(section.parent, 0) <= section.start
        ends[section.parent] = section.end
