"""Recorded faults: what becomes of a question, and how many requests it takes."""

import pytest

from cassettes.faults_recorder import ANSWER, SCRIPTS, outcome
from cassettes.sets import BASE_URL
from cassettes.tape import FOLDER, tape
from extract.engines.llm.exchange import Reply


@pytest.mark.parametrize("name", ["rate_limited", "server_error", "malformed", "empty", "no_json"])
def test_a_fault_that_another_request_can_mend_is_mended(name: str) -> None:
    """One fault, one more request, a good answer."""
    with tape(FOLDER / "faults" / f"{name}.yaml") as cassette:
        reply = outcome(BASE_URL, [])
    assert isinstance(reply, Reply), reply
    assert reply.text == ANSWER
    assert cassette.play_count == reply.usage.requests == 2


@pytest.mark.parametrize("name", ["truncated", "refused", "filtered"])
def test_a_fault_that_would_come_again_is_typed_and_not_repeated(name: str) -> None:
    """The chunk has failed with a reason, for the price of one request."""
    with tape(FOLDER / "faults" / f"{name}.yaml") as cassette:
        failure = outcome(BASE_URL, [])
    assert getattr(failure, "code", None) == name
    assert cassette.play_count == 1


def test_retry_after_on_a_tape_is_waited_for() -> None:
    """The wait that the endpoint asked for, on a clock that does not run."""
    waits: list[float] = []
    with tape(FOLDER / "faults" / "rate_limited.yaml"):
        outcome(BASE_URL, waits)
    assert waits == [pytest.approx(0.04)]


def test_every_fault_has_its_tape() -> None:
    """None is left over from an earlier recording."""
    assert {path.stem for path in (FOLDER / "faults").glob("*.yaml")} == SCRIPTS.keys()
