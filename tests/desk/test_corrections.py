"""From what a reviewer typed to a record, or to what is wrong with it."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.desk.corrections import corrected, drafted
from extract.engines.rules import RulesEngine
from extract.errors import CorrectionError
from extract.pipeline import process_source
from schemas import Record
from schemas.result import LedgerRow, Result


@pytest.fixture(scope="module")
def text() -> str:
    """A report whose evidence is quoted below."""
    return (
        "临江市2024年政府工作报告\n\n各位代表：\n现在，我代表市人民政府，向大会报告工作，请予审议。\n\n"
        "一、2023年工作回顾\n过去一年，全市地区生产总值达到1830.5亿元，增长6.4%。新建学校12所。\n\n"
        "二、2024年重点工作\n今年预期地区生产总值增长6%左右。\n\n谢谢大家。\n"
    )


@pytest.fixture(scope="module")
def result(text: str) -> Result:
    """What the rules read."""
    (only,) = process_source(text.encode(), "linjiang.txt", RulesEngine()).results
    return only


@pytest.fixture
def record(result: Result) -> Record:
    """One record with a figure."""
    return next(record for record in result.records if record.figures)


def test_fields_are_changed_and_all_else_stays(record: Record) -> None:
    """Empty means none."""
    now = corrected(
        record,
        {"indicator": " 地区总产值 ", "category": "", "figures": [{"value": "1831", "unit": "元"}]},
        None,
    )
    assert (now.indicator, now.category, str(now.figures[0].value)) == ("地区总产值", None, "1831")
    assert (now.id, now.evidence, now.issues) == (record.id, record.evidence, record.issues)
    assert now.figures[0].text == record.figures[0].text


def test_moved_evidence_is_quoted_anew(record: Record, text: str) -> None:
    """Nobody types a quote; it is read from the text."""
    start = text.index("新建学校")
    now = corrected(record, {"start": str(start), "end": start + 7}, text)
    assert now.evidence.quote == "新建学校12所"


def test_a_figure_may_be_added_on_a_number_of_the_text(record: Record, text: str) -> None:
    """With its own words."""
    start = text.index("12所")
    added = {"value": "12", "unit": "所", "kind": "level", "start": start, "end": start + 3}
    now = corrected(record, {"figures": [*({} for _ in record.figures), added]}, text)
    assert now.figures[-1].text == "12所"


def test_another_type_makes_another_record(record: Record) -> None:
    """Of the types that this installation knows."""
    assert type(corrected(record, {"type": "goal"}, None)).__name__ == "Goal"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"indicator": ""}, "indicator"), ({"type": "wish"}, "type"), ({"id": "x"}, "id"), ({"quote": "x"}, "quote"),
        ({"commitment": "perhaps"}, "commitment"), ({"figures": "x"}, "figures"), ({"figures": [1]}, "figures.0"),
        ({"figures": [{"value": ""}]}, "figures.0.value"), ({"figures": [{"kind": "odd"}]}, "figures.0.kind"),
        ({"figures": [{"text": "9"}]}, "figures.0.text"), ({"start": "x"}, "start"), ({"start": 5, "end": 5}, "start"),
        ({"start": -1, "end": 5}, "start"), ({"end": 10**9}, "start"), ({"indicator": ["x"]}, "indicator"),
        ({"state": "approved"}, "state"), ({"indicator": "x" * 3_000}, "indicator"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_by_field(record: Record, text: str, changes: dict, field: str) -> None:
    """So that a form can say it where it stands."""
    with pytest.raises(CorrectionError) as refused:
        corrected(record, changes, text)
    assert field in refused.value.fields


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
names = st.sampled_from(
    ["indicator", "period", "type", "start", "end", "figures", "status", "evidence", "value"]
) | st.text(max_size=4)


@given(st.dictionaries(names, json_values, max_size=4))
def test_whatever_is_sent_gives_a_record_or_a_refusal(result: Result, text: str, changes: dict) -> None:
    """Never another fault."""
    with suppress(CorrectionError):
        now = corrected(result.records[0], changes, text)
        assert text[now.evidence.start : now.evidence.end] == now.evidence.quote


def test_a_form_begins_with_what_is_known_of_a_number(result: Result, text: str) -> None:
    """Its sentence, its section's period, its value; the indicator that the rules saw."""
    start = text.index("12所")
    row = LedgerRow(
        start=start, end=start + 3, text="12所", value=12, upper=None, unit="所", kind="quantity",
        state="unclaimed", reason="新建学校",
    )  # fmt: skip
    draft = drafted(result, row, text)
    assert draft.evidence.quote == "新建学校12所。"
    assert (draft.type, draft.indicator, draft.period) == ("achievement", "新建学校", "2023")
    assert (str(draft.figures[0].value), draft.figures[0].unit, draft.figures[0].text) == ("12", "所", "12所")


@pytest.mark.parametrize("whole", [True, False], ids=["report", "sentence"])
def test_a_form_begins_with_what_the_rules_read_in_a_number(
    *, whole: bool, result: Result, text: str
) -> None:
    """Kind, direction and hedge, also where no report is seen around the sentence; of a claim all it says."""
    sentence = "全年单位产值能耗下降8.3%以上。"
    text = text.replace("新建学校12所。", sentence) if whole else sentence
    start = text.index("8.3%")
    row = LedgerRow(
        start=start, end=start + 4, text="8.3%", value="8.3", upper=None, unit="%", kind="percent", state="unclaimed"
    )  # fmt: skip
    draft = drafted(result, row, text)
    figure = draft.figures[0]
    assert (figure.kind, figure.direction, figure.modifier) == ("change", "decrease", "at_least")
    if whole:
        assert (draft.indicator, draft.period, figure.period) == ("单位产值能耗", "2023", "2023")


@pytest.mark.parametrize("wrong", ["去年", "24", "2020-2016", "2020-", "２０２０", "2020年", 2020])
def test_a_period_is_a_year_or_the_first_and_last_of_several(record: Record, wrong: object) -> None:
    """Of the record as of its figures, or empty."""
    with pytest.raises(CorrectionError) as refused:
        corrected(record, {"period": wrong, "figures": [{"period": wrong}]}, None)
    assert {"period", "figures.0.period"} <= set(refused.value.fields)
    now = corrected(
        record, {"period": "2016-2020", "figures": [{"period": ""}, *({} for _ in record.figures[1:])]}, None
    )
    assert (now.period, now.figures[0].period) == ("2016-2020", None)


def test_not_all_figures_are_left_out(record: Record) -> None:
    """A record that speaks of numbers is not left without any."""
    with pytest.raises(CorrectionError) as refused:
        corrected(record, {"figures": []}, None, "多余")
    assert list(refused.value.fields) == ["figures"]


def test_a_figure_that_moves_says_what_stands_at_its_new_place(record: Record, text: str) -> None:
    """Value, unit and hedge are read there anew, but for those that are given."""
    start = text.index("6%左右")
    place = {"start": start, "end": start + 2}
    figure = corrected(record, {"figures": [place]}, text).figures[0]
    assert (str(figure.value), figure.unit, figure.modifier, figure.text) == ("6", "%", "about", "6%")
    assert (
        corrected(record, {"figures": [place | {"modifier": "exact"}]}, text).figures[0].modifier == "exact"
    )


def test_a_value_that_the_text_does_not_show_needs_a_reason(record: Record, text: str) -> None:
    """Neither where the number is another one, nor where no number stands."""
    start = text.index("各位代表")
    for figure in ({"value": "1831"}, {"start": start, "end": start + 2}):
        with pytest.raises(CorrectionError) as refused:
            corrected(record, {"figures": [figure]}, text)
        assert list(refused.value.fields) == ["figures.0.value"]
        assert corrected(record, {"figures": [figure]}, text, "原文有误").figures[0].start >= 0
    assert corrected(record, {"figures": [{"value": "183050000000.0"}]}, text).figures


def test_a_unit_that_the_text_does_not_show_needs_a_reason(record: Record, text: str) -> None:
    """As a value does; one that agrees with the text, or that nobody changed, needs none."""
    with pytest.raises(CorrectionError) as refused:
        corrected(record, {"figures": [{"unit": "吨"}]}, text)
    assert list(refused.value.fields) == ["figures.0.unit"]
    assert "元" in refused.value.fields["figures.0.unit"]
    other = corrected(record, {"figures": [{"unit": "吨"}]}, text, "原文有误")
    assert other.figures[0].unit == "吨"
    assert corrected(other, {"figures": [{"unit": "元"}]}, text).figures[0].unit == "元"
    value = str(other.figures[0].value)
    again = corrected(other, {"figures": [{"value": f"{value}.0"}]}, text)
    assert again.figures[0].unit == "吨"


def test_a_figure_that_is_not_touched_needs_no_reason(record: Record, text: str) -> None:
    """Also where a person had settled on another value before."""
    other = corrected(record, {"figures": [{"value": "1831"}]}, text, "原文有误")
    assert corrected(other, {"figures": [{"period": "2022"}]}, text).figures[0].period == "2022"
