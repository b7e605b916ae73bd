"""What a person left is laid over what a later version reads: its new fields are there, and so is every word typed."""

import json
from typing import Any

from extract.desk.carrying import left
from extract.desk.model import Kind, Standing, Verdict
from extract.desk.standing import Past, Stands, same


def record(**other: Any) -> dict[str, Any]:
    figure = {
        "value": "12",
        "upper": None,
        "unit": "家",
        "period": "2030",
        "start": 7,
        "end": 10,
        "text": "12家",
    }
    evidence = {"quote": "引进企业12家", "start": 3, "end": 10}
    made = {
        "id": "a",
        "type": "goal",
        "indicator": "引进企业",
        "category": None,
        "state": "verified",
        "issues": [],
    }
    return made | {"evidence": evidence, "figures": [figure]} | other


def moved(**other: Any) -> dict[str, Any]:
    """The same as a later version has it: further on, called otherwise, with fields that nobody knew."""
    (figure,) = record()["figures"]
    figures = [figure | {"start": 27, "end": 30, "months": 12}]
    evidence = {"quote": "引进企业12家", "start": 23, "end": 30}
    return record(id="b", figures=figures, evidence=evidence, probability="0.9", **other)


def event(number: int, verdict: Verdict, before: dict[str, Any] | None, after: dict[str, Any] | None) -> Past:
    as_json = [None if one is None else json.dumps(one) for one in (before, after)]
    return Past(number, verdict, "ann", "{}", as_json[1], None, as_json[0])


def laid(engine: dict[str, Any], standing: Standing, *events: Past) -> dict[str, Any]:
    after = events[-1].after if standing is not Standing.CHECK_AGAIN else None
    found = left(Kind.RECORD, json.dumps(engine), Stands(standing, after), events)
    assert found is not None
    return dict(json.loads(found))


def test_a_decision_of_an_earlier_version_takes_places_and_new_fields_of_the_record_now() -> None:
    """And nothing else of it: the indicator is that which was approved."""
    approved = event(1, Verdict.APPROVE, record(), record(state="approved"))
    found = laid(moved(indicator="引进企业数"), Standing.APPROVED, approved)
    assert (found["id"], found["indicator"], found["state"]) == ("b", "引进企业", "approved")
    assert found["probability"] == "0.9" and found["figures"][0]["months"] == 12
    assert (found["evidence"]["start"], found["figures"][0]["start"]) == (23, 27)


def test_a_place_that_a_person_chose_stays() -> None:
    """The engine's is not theirs."""
    evidence = {"quote": "企业12家", "start": 5, "end": 10}
    corrected = event(1, Verdict.CORRECT, record(), record(evidence=evidence, state="corrected"))
    assert laid(record(), Standing.CORRECTED, corrected)["evidence"] == evidence


def test_what_is_as_it_was_is_not_written_anew() -> None:
    """The very bytes of the event."""
    approved = event(1, Verdict.APPROVE, record(), record(state="approved"))
    where = Stands(Standing.APPROVED, approved.after)
    assert left(Kind.RECORD, json.dumps(record()), where, [approved]) == approved.after


def test_figures_that_no_longer_answer_each_other_are_those_that_a_person_left() -> None:
    """Nothing typed is lost where the engine reads one number more."""
    (figure,) = record()["figures"]
    typed = record(figures=[figure | {"value": "13"}], state="corrected")
    corrected = event(1, Verdict.CORRECT, record(), typed)
    now = record(figures=[figure, figure | {"value": "99", "text": "99家"}])
    assert laid(now, Standing.CHECK_AGAIN, corrected)["figures"] == typed["figures"]


def test_two_approvals_agree_across_versions() -> None:
    """One of a record before it had new fields, one after; but not with one that had been corrected before."""
    first = event(1, Verdict.APPROVE, record(), record(state="approved"))
    second = event(2, Verdict.APPROVE, moved(indicator="数"), moved(indicator="数", state="approved"))
    assert same(first, second)
    kept = record(indicator="别的", state="corrected")
    assert not same(event(1, Verdict.APPROVE, kept, kept | {"state": "approved"}), second)


def test_two_corrections_agree_where_they_leave_the_same() -> None:
    """Ids, places of a page and what a later version adds are of no account."""
    first = event(1, Verdict.CORRECT, record(), record(indicator="甲", state="corrected"))
    assert same(first, event(2, Verdict.CORRECT, record(), record(indicator="甲", id="z", probability="1")))
    assert not same(first, event(2, Verdict.CORRECT, record(), record(indicator="乙")))
