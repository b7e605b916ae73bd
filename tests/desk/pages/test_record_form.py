"""The form of a record."""

from decimal import Decimal

from extract.desk.pages.language import language
from extract.desk.pages.record_form import changes, record_form, values
from schemas import Evidence, Figure
from schemas.goal import Goal
from schemas.result import LedgerRow

EN = language("en")
QUOTE = "力争新建公园12个，面积3.5万亩"
RECORD = Goal(
    id="r1",
    type="goal",
    indicator="新建公园",
    period="2025",
    commitment="strive",
    evidence=Evidence(quote=QUOTE, start=10, end=10 + len(QUOTE), section="二、安排"),
    figures=(
        Figure(value=Decimal(12), unit="个", kind="level", start=16, end=19, text="12个", period="2025"),
        Figure(value=Decimal(36000), unit="亩", kind="level", start=22, end=27, text="3.5 万亩"),
    ),
)


def row(start: int, end: int, value: int, unit: str) -> LedgerRow:
    """A number as the rules read it."""
    return LedgerRow(
        start=start,
        end=end,
        text="",
        value=Decimal(value),
        upper=None,
        unit=unit,
        kind="quantity",
        state="claimed",
    )


LEDGER = (row(16, 19, 12, "个"), row(22, 27, 35000, "亩"))


def test_an_untouched_form_changes_nothing() -> None:
    """What the form shows is what it takes back."""
    assert changes(values(RECORD), RECORD) == {}


def test_only_what_was_changed_is_sent_on() -> None:
    """By field, and by the place of the figure; blanks at the ends do not count."""
    inputs = values(RECORD) | {"indicator": " 新建口袋公园 ", "figures.1.value": "35000", "commitment": ""}
    assert changes(inputs, RECORD) == {
        "indicator": "新建口袋公园",
        "commitment": "",
        "figures": [{}, {"value": "35000"}],
    }


def test_names_that_are_no_fields_are_left_out() -> None:
    """A form cannot reach the state, the id, or a figure that is not there."""
    assert changes({"state": "approved", "id": "x", "figures.7.value": "1", "__class__": "x"}, RECORD) == {}


def test_each_figure_stands_beside_the_text_and_the_rules() -> None:
    """The one that differs is marked, and both values can be read."""
    right, wrong = record_form(RECORD, LEDGER, EN).figures
    assert (right.said.record, right.said.text, right.said.rules, right.said.differs) == (
        "12 个",
        "12个",
        "12 个",
        False,
    )
    assert (wrong.said.record, wrong.said.text, wrong.said.rules, wrong.said.differs) == (
        "36,000 亩",
        "3.5万亩",
        "35,000 亩",
        True,
    )


def test_a_figure_that_stands_at_no_number_has_no_reading() -> None:
    """The rules say nothing there, and that is shown as nothing."""
    assert [box.said.rules for box in record_form(RECORD, (), EN).figures] == ["–", "–"]


def test_a_choice_that_is_none_of_ours_stays_chosen() -> None:
    """A model's own type is not replaced by the first of the list."""
    theirs = RECORD.model_copy(update={"type": "major_project"})
    (field,) = [one for one in record_form(theirs, (), EN).fields if one.name == "type"]
    assert [option.value for option in field.options if option.chosen] == ["major_project"]


def test_a_refused_form_keeps_what_was_entered_and_says_what_is_wrong() -> None:
    """Half an hour of typing is not lost to one wrong digit."""
    form = record_form(
        RECORD, LEDGER, EN, inputs={"figures.0.value": "十二"}, errors={"figures.0.value": "no number"}
    )
    field = form.figures[0].fields[0]
    assert (field.value, field.error) == ("十二", "no number")
