"""Contradictions within a report are found, and what merely looks like one is not."""

import pytest

from .builders import N, case, checked, codes, percent

JOBS = "城镇新增就业"


def jobs(text: str, value: str, **changes) -> N:
    return N(text, JOBS, value=value, unit="人", **changes)


def conflicts(text: str, *numbers: N) -> int:
    report, witness = case(text, *numbers)
    return codes(checked(report, witness)).count("conflict_in_report")


def test_two_values_of_one_indicator_flag_both_records():
    """4.8万人 here and 4.6万人 there, of the same year: both records are told of the other."""
    report, witness = case(
        "城镇新增就业4.8万人。城镇新增就业4.6万人。", jobs("4.8万人", "48000"), jobs("4.6万人", "46000")
    )
    result = checked(report, witness)
    assert codes(result) == ["conflict_in_report"] * 2
    issue = result.records[0].issues[0]
    assert "4.8万人" in issue.message
    assert "4.6万人" in issue.message
    assert [report.source.text[span.start : span.end] for span in issue.spans] == ["4.8万人", "4.6万人"]


def test_the_same_value_twice_is_a_note():
    """A repeat is worth a note and flags nothing."""
    report, witness = case(
        "城镇新增就业4.8万人。城镇新增就业4.8万人。", jobs("4.8万人", "48000"), jobs("4.8万人", "48000")
    )
    result = checked(report, witness)
    assert codes(result) == []
    assert [one.code for record in result.records for one in record.issues] == ["repeated"]


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ("城镇新增就业4.8万人。城镇新增就业5万人。", jobs("5万人", "50000")),
        ("城镇新增就业4.8万人。城镇新增就业4万多人。", jobs("4万多人", "40000", modifier="more_than")),
        ("城镇新增就业4.8万人。城镇新增就业4.6万人。", jobs("4.6万人", "46000", period="2022")),
        ("城镇新增就业4.8万人。城镇新增就业4.6万人。", jobs("4.6万人", "46000", record_type="goal")),
        ("城镇新增就业4.8万人。其中临江县城镇新增就业0.6万人。", jobs("0.6万人", "6000")),
        ("城镇新增就业4.8万人。每个县城镇新增就业0.6万人。", jobs("0.6万人", "6000")),
        ("城镇新增就业4.8万人。年均城镇新增就业4.6万人。", jobs("4.6万人", "46000")),
        ("城镇新增就业4.8万人。城镇新增就业4.6万人。", jobs("4.6万人", "46000", confidence="unsure")),
        ("城镇新增就业4.8万人,城镇新增就业4.6万人。", jobs("4.6万人", "46000")),
        ("城镇新增就业4.8万人。城镇新增就业4.6%。", percent("4.6%", JOBS)),
    ],
    ids=[
        "rounded",
        "hedged",
        "another year",
        "a goal",
        "a part",
        "of each",
        "a yearly average",
        "an unsure reading",
        "one sentence",
        "another kind",
    ],
)
def test_no_conflict(text, second):
    """Rounding, hedges, other years, goals, parts and averages are no contradiction."""
    assert conflicts(text, jobs("4.8万人", "48000"), second) == 0


def test_names_that_are_too_general_are_not_compared():
    """Two lots of 项目 are two lots of projects."""
    first, second = (N(text, "建成项目", unit="个") for text in ("12个", "23个"))
    assert conflicts("建成项目12个。建成项目23个。", first, second) == 0


def test_short_names_that_nobody_knows_are_not_compared():
    """货运量 of roads and of waterways; what a catalogue knows is compared however short it is."""
    first, second = (N(text, "货运量", unit="吨") for text in ("820万吨", "140万吨"))
    assert conflicts("公路运输加快，货运量820万吨。水路运输起步，货运量140万吨。", first, second) == 0
    first, second = (N(text, "粮食产量", unit="吨") for text in ("82万吨", "91万吨"))
    assert conflicts("粮食产量82万吨。粮食产量91万吨。", first, second) == 2


def test_what_money_is_set_aside_for_is_no_subject():
    """中央财政安排 is said of health and of schools."""
    first, second = (N(text, "中央财政将安排", unit="元") for text in ("832亿元", "276亿元"))
    assert conflicts("中央财政将安排832亿元。中央财政将安排276亿元。", first, second) == 0


def test_region_words_and_short_names_are_one_indicator():
    """全市生产总值 and GDP contradict each other."""
    first = N("5370亿元", "全市生产总值", value="537000000000", unit="元")
    second = N("5280亿元", "GDP", value="528000000000", unit="元")
    assert conflicts("全市生产总值5370亿元。GDP5280亿元。", first, second) == 2


def test_many_values_are_compared_in_one_pass():
    """A report that repeats itself thousands of times is no quadratic affair."""
    count = 3000
    numbers = [jobs(f"{n}人", str(n)) for n in range(1000, 1000 + count)]
    assert conflicts("".join(f"城镇新增就业{number.text}。" for number in numbers), *numbers) == count
