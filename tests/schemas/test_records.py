"""Record types, figures and results as other programs see them."""

import json
from decimal import Decimal

import pytest
from pydantic import ValidationError

from schemas import Evidence, Figure, Record, record_type, record_types
from schemas.record import plain
from schemas.result import Result


def a_figure(**changed):
    return Figure(
        **({"value": Decimal(7), "unit": "%", "kind": "change", "start": 3, "end": 5, "text": "7%"} | changed)
    )


def test_the_three_record_types_are_found_without_a_list():
    assert {"achievement", "goal", "livelihood_project"} <= set(record_types())


def test_each_record_type_says_its_name_in_both_languages():
    assert all(kind.label_zh and kind.label_en for kind in record_types().values())


def test_values_are_written_plainly():
    assert plain(Decimal("5.3703E+11")) == "537030000000"
    assert plain(Decimal("7.90")) == "7.9"
    assert json.loads(a_figure(value=Decimal("1E+3")).model_dump_json())["value"] == "1000"


def test_what_travels_does_not_change():
    with pytest.raises(ValidationError):
        a_figure().value = Decimal(8)  # type: ignore[misc]


def test_unknown_keys_and_words_are_refused():
    with pytest.raises(ValidationError):
        a_figure(kind="growth")
    with pytest.raises(ValidationError):
        a_figure(colour="red")


def test_a_record_comes_back_from_json_with_its_own_type():
    goal = record_type("goal")(
        id="g1",
        type="goal",
        indicator="出口",
        evidence=Evidence(quote="出口增长7%", start=0, end=6, section=""),
    )
    back = record_type("goal").model_validate_json(goal.model_dump_json())
    assert back == goal
    assert type(back) is not Record


def test_the_schema_of_a_result_names_the_contract_keys():
    keys = {"report", "records", "ledger", "chunks", "sections", "completeness", "manifest"}
    assert keys <= set(Result.model_json_schema()["properties"])
