"""How firmly an aim is promised, and how far a project is."""

import pytest

from .builders import N, case, checked, codes, draft, figure


def aim(said: str | None, text: str, *, read: str | None) -> list[str]:
    number = N("45个", "引进项目", unit="个", record_type="goal", commitment=read)
    report, witness = case(text, number)
    one = draft(figure("45个", 0), type="goal", indicator="引进项目", commitment=said)
    return codes(checked(report, witness, [one]))


@pytest.mark.parametrize("said", ["ensure", "strive", "expect", None])
@pytest.mark.parametrize(
    ("read", "word"), [("ensure", "确保"), ("strive", "力争"), ("expect", "预计"), (None, "")]
)
def test_another_commitment_than_that_of_the_words_is_told(said, read, word):
    """None is a commitment as well: no word governs the number."""
    expected = [] if said == read else ["commitment_differs"]
    assert aim(said, f"{word}引进项目45个。", read=read) == expected


def test_a_word_of_commitment_may_be_carried_through_its_sentence():
    """确保甲类项目150个、其中引进项目45个: readers differ on how far 确保 reaches."""
    assert aim("ensure", "确保甲类项目更多，其中引进项目45个。", read=None) == []
    assert aim("ensure", "确保甲类项目更多；引进项目45个。", read=None) == ["commitment_differs"]


def project(said: str | None, read: str | None, text: str = "改造小区7个。", **changes: object) -> list[str]:
    number = N("7个", "改造小区", unit="个", record_type="livelihood_project", status=read)
    report, witness = case(text, number)
    one = draft(figure("7个", 0, **changes), type="livelihood_project", indicator="改造小区", status=said)
    return codes(checked(report, witness, [one]))


@pytest.mark.parametrize("said", ["planned", "under_way", "completed", None])
@pytest.mark.parametrize("read", ["planned", "under_way", "completed"])
def test_another_status_than_the_rules_read_is_told(said, read):
    """A livelihood project has one; none at all differs, too."""
    assert project(said, read) == ([] if said == read else ["status_differs"])


def test_what_is_left_to_do_may_be_under_way():
    """尚有7个 in a review is not completed, though the rules read a review."""
    assert project("under_way", "completed", "尚有改造小区7个。") == []
    assert project("completed", "under_way", "尚有改造小区7个。") == ["status_differs"]


def test_of_another_period_nothing_more_is_told():
    """The period is told; the status follows from it."""
    assert project("planned", "completed", period="2024") == ["period_differs"]


@pytest.mark.parametrize(
    ("kind", "said", "expected"),
    [
        ("goal", "completed", ["status_differs"]),
        ("goal", "planned", []),
        ("achievement", "planned", ["status_differs"]),
        ("achievement", "completed", []),
        ("achievement", "under_way", []),
    ],
)
def test_what_the_rules_take_for_no_project_is_at_least_done_or_planned(kind, said, expected):
    """Whether it is a livelihood project is a matter of judgement; whether it is done is not."""
    report, witness = case("改造小区7个。", N("7个", "改造小区", unit="个", record_type=kind))
    one = draft(figure("7个", 0), type="livelihood_project", indicator="改造小区", status=said)
    assert codes(checked(report, witness, [one])) == expected
