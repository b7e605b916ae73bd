"""Set (b): a small model answers in the right form and invents; nothing that it invents passes."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from cassettes.play import play
from cassettes.sets import ROOT, Recording, recorded
from extract.numbers import find_mentions

Outcome = tuple[str, Mapping[str, Any]]


@pytest.fixture(scope="module")
def recording() -> Recording:
    """The set."""
    found = recorded("small")
    assert found
    return found


@pytest.fixture(scope="module")
def outcomes(recording: Recording, tmp_path_factory: pytest.TempPathFactory) -> list[Outcome]:
    """The text and the result of each report, from the recorded answers."""
    out = tmp_path_factory.mktemp("small")
    play(recording.name, out)
    results = [json.loads(path.read_text(encoding="utf-8")) for path in out.glob("*.json")]
    found = [result for result in results if "records" in result]
    assert len(found) == len(recording.sources)
    return [((ROOT / one["report"]["source"]).read_text(encoding="utf-8"), one) for one in found]


def answered(recording: Recording) -> Iterator[dict[str, Any]]:
    """Every record that the model wrote, where its answer was whole."""
    for _, completion in recording.exchanges():
        choice = completion["choices"][0]
        if choice["finish_reason"] == "stop":
            yield from json.loads(choice["message"]["content"])["records"]


def test_the_model_invents(recording: Recording) -> None:
    """Numbers that stand nowhere in the report: without them this set would show nothing."""
    text = "".join((ROOT / name).read_text(encoding="utf-8") for name in recording.sources)
    copied = [figure["text"] for record in answered(recording) for figure in record["figures"]]
    assert sum(one not in text for one in copied) >= len(copied) / 2 > 0


def test_every_accepted_figure_is_a_whole_number_of_the_text(outcomes: list[Outcome]) -> None:
    """At its place, inside the quote of its record, and not a part of a longer number."""
    for text, result in outcomes:
        whole = {(mention.start, mention.end) for mention in find_mentions(text)}
        for record in result["records"]:
            for figure in record["figures"]:
                assert (figure["start"], figure["end"]) in whole
                assert figure["text"] in record["evidence"]["quote"]


def test_what_is_not_accepted_is_flagged(recording: Recording, outcomes: list[Outcome]) -> None:
    """A record with fewer figures than the model gave it says so; none is verified."""
    accepted = {
        (record["indicator"], len(record["figures"]))
        for _, result in outcomes
        for record in result["records"]
    }
    for given in answered(recording):
        if (given["indicator"], len(given["figures"])) not in accepted:
            kept = [
                one for _, r in outcomes for one in r["records"] if one["indicator"] == given["indicator"]
            ]
            assert all(one["state"] == "flagged" and one["issues"] for one in kept)


def test_no_number_of_the_report_is_lost(outcomes: list[Outcome]) -> None:
    """What no record claims is listed, and the numbers that the rules know of are named as unclaimed."""
    for text, result in outcomes:
        claimed = {(one["start"], one["end"]) for record in result["records"] for one in record["figures"]}
        listed = {(row["start"], row["end"]) for row in result["ledger"]}
        assert claimed <= listed
        assert {(one.start, one.end) for one in find_mentions(text)} <= listed


def test_the_outcome_is_the_one_that_the_readme_tells(outcomes: list[Outcome]) -> None:
    """One record, flagged for what it lacks; no figure; four numbers unclaimed."""
    ((_, result),) = outcomes
    (record,) = result["records"]
    assert [issue["code"] for issue in record["issues"]] == ["quote_not_found", *["number_not_in_quote"] * 2]
    assert record["figures"] == []
    unclaimed = [row["text"] for row in result["ledger"] if row["state"] == "unclaimed"]
    assert unclaimed == ["912.6亿元", "5.8%", "7.4亿斤", "1.36万人"]
    assert [chunk["status"] for chunk in result["chunks"]] == ["done", "done"]
