"""Parameters that an endpoint does not take: changed once, remembered, and nothing else is."""

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from endpoint.faults import Response, error
from hypothesis import given
from hypothesis import strategies as st

from extract.engines.llm.exchange import Request
from extract.engines.llm.parameters import OPTIONAL, OTHER_NAMES, adapted, changed, refused_parameter
from extract.errors import RejectedQuestionError

from .asking_cases import GOOD, Desk, answered, fits, question

OURS = {"temperature": 0, "max_tokens": 800}
SENT = ("temperature", "max_tokens", "response_format")
THINKING = "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead."


def asked(text: str = "一", **parameters: Any) -> Request:
    """A question with parameters."""
    return question(text, parameters=parameters or OURS)


def refuses(*names: str) -> Any:
    """An endpoint that takes none of these parameters, and names the first that it meets."""

    def behave(_before: int, body: Mapping[str, Any]) -> Response:
        met = [name for name in names if name in body]
        return error(400, f"Unsupported parameter: '{met[0]}'.") if met else answered(tools="tools" in body)

    return behave


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ({"message": THINKING, "param": "max_tokens", "code": "unsupported_parameter"}, "max_tokens"),
        (
            {
                "message": "Unsupported value: 'temperature' does not support 0 with this model. Only 1 is supported.",
                "param": "temperature",
                "code": "unsupported_value",
            },
            "temperature",
        ),
        ({"message": "Unrecognized request argument supplied: max_tokens", "code": None}, "max_tokens"),
        ({"message": "property 'max_tokens' is unsupported", "code": 400}, "max_tokens"),
        ({"message": "`temperature` is deprecated for this model."}, "temperature"),
        ({"message": "当前模型不支持参数 temperature"}, "temperature"),
        ({"message": {"detail": [{"loc": ["body", "max_tokens"], "msg": "Extra inputs are not permitted"}]}}, "max_tokens"),
        ({"detail": [{"loc": ["body", "temperature"], "msg": "Unexpected field"}]}, "temperature"),
        ("Unknown name temperature: Cannot find field.", "temperature"),
        ({"message": "This response_format type is unavailable now"}, "response_format"),
        ({"message": "max_tokens is too large: 8192. This model supports at most 4096.", "param": "max_tokens"}, None),
        ({"message": "temperature must be between 0 and 1", "param": "temperature"}, None),
        ({"message": "Unknown parameter: 'max_completion_tokens'"}, None),
        ({"message": "Images are not supported", "param": "messages"}, None),
        ({"message": "the prompt is too long"}, None),
        ({"detail": [None, "odd"]}, None),
        ({}, None),
        (None, None),
    ],
)  # fmt: skip
def test_refused_parameter_is_read(body: Any, named: str | None) -> None:
    """However endpoints word it; a value that does not suit is no refusal of the parameter."""
    assert refused_parameter(SENT, body) == named


def test_question_in_a_refusal_names_nothing() -> None:
    """The input that some endpoints send back holds every parameter; only the place of the fault counts."""
    fault = {"loc": ["body", "response_format"], "msg": "Extra inputs are not permitted", "input": str(OURS)}
    assert refused_parameter(SENT, {"detail": [fault]}) == "response_format"


@pytest.mark.parametrize("mode", ["json_schema", "auto"])
@pytest.mark.parametrize(
    ("refused", "taken"),
    [
        (("temperature",), {"max_tokens": 800}),
        (("max_tokens",), {"temperature": 0, "max_completion_tokens": 800}),
        (("max_tokens", "temperature"), {"max_completion_tokens": 800}),
    ],
)
def test_question_is_sent_again_as_the_endpoint_takes_it(
    tmp_path: Path, mode: str, refused: tuple[str, ...], taken: dict[str, Any]
) -> None:
    """For one request each, which is no failed attempt; the mode stays as strict as it was."""
    desk = Desk(tmp_path, refuses(*refused), mode=mode, attempts=1)
    assert asyncio.run(desk.ask(asked(), fits)).text == GOOD
    assert desk.requests == 1 + len(refused)
    last = desk.bodies[-1]
    assert {name: last[name] for name in (*OURS, *OTHER_NAMES) if name in last} == taken
    assert last["response_format"]["type"] == "json_schema"


def test_found_out_once(tmp_path: Path) -> None:
    """The other questions of the run and all later runs send what is taken at once."""

    async def run(desk: Desk, texts: range) -> None:
        for n in texts:
            await desk.ask(asked(str(n)), fits)

    first = Desk(tmp_path, refuses("temperature", "max_tokens"))
    asyncio.run(run(first, range(5)))
    assert first.requests == 5 + 2
    later = Desk(tmp_path, refuses("temperature", "max_tokens"))
    asyncio.run(run(later, range(5, 10)))
    assert later.requests == 5


def test_many_at_once_agree(tmp_path: Path) -> None:
    """Questions that are refused side by side change the same thing, not to and fro."""

    async def run(desk: Desk) -> None:
        await asyncio.gather(*(desk.ask(asked(str(n)), fits) for n in range(12)))

    desk = Desk(tmp_path, refuses("max_tokens"), concurrency=12)
    asyncio.run(run(desk))
    assert desk.requests <= 24
    assert desk.cache.changes(desk.client.base_url, "small") == {"max_tokens": "max_completion_tokens"}


def test_answer_is_kept_under_the_question_as_it_was_meant(tmp_path: Path) -> None:
    """A change makes no other question of it: the next run finds the answer."""
    asyncio.run(Desk(tmp_path, refuses("temperature")).ask(asked(), fits))
    again = Desk(tmp_path, refuses("temperature"))
    assert asyncio.run(again.ask(asked(), fits)).from_cache
    assert again.requests == 0


def test_change_that_led_to_no_answer_is_not_remembered(tmp_path: Path) -> None:
    """Only a good answer proves it."""

    def behave(before: int, body: Mapping[str, Any]) -> Response:
        return refuses("temperature")(before, body) if "temperature" in body else error(400, "no")

    desk = Desk(tmp_path, behave)
    with pytest.raises(RejectedQuestionError):
        asyncio.run(desk.ask(asked(), fits))
    assert desk.cache.changes(desk.client.base_url, "small") == {}


def test_changed_endpoint_is_found_out_anew(tmp_path: Path) -> None:
    """A remembered name that is refused gives way to the first one."""
    asyncio.run(Desk(tmp_path, refuses("max_tokens")).ask(asked(), fits))
    desk = Desk(tmp_path, refuses("max_completion_tokens"))
    assert asyncio.run(desk.ask(asked("二"), fits)).text == GOOD
    assert desk.requests == 2
    assert desk.cache.changes(desk.client.base_url, "small") == {}


def test_no_answer_without_a_limit_is_asked_for(tmp_path: Path) -> None:
    """An endpoint that takes neither name of the limit gets no request without one."""
    desk = Desk(tmp_path, refuses(*OTHER_NAMES))
    with pytest.raises(RejectedQuestionError):
        asyncio.run(desk.ask(asked(), fits))
    assert all(OTHER_NAMES.keys() & body.keys() for body in desk.bodies)
    assert desk.requests == 2


@pytest.mark.parametrize("mode", ["json_schema", "auto"])
def test_what_the_user_set_is_not_dropped(tmp_path: Path, mode: str) -> None:
    """The question is rejected for one request, in the endpoint's own words; no other mode is tried."""
    desk = Desk(tmp_path, refuses("seed"), mode=mode)
    with pytest.raises(RejectedQuestionError, match="'seed'"):
        asyncio.run(desk.ask(asked(seed=7), fits))
    assert desk.requests == 1


@given(st.lists(st.sampled_from([*OTHER_NAMES, *OPTIONAL, "seed"]), min_size=1, max_size=6))
def test_changes_come_to_an_end(refused: list[str]) -> None:
    """Whatever is refused, the limit of an answer stays under one name, and what is not ours stays."""
    changes: Any = {}
    for count in range(1, len(refused) + 1):
        changes = adapted(changes, refused[:count]) or changes
    after = changed({**OURS, "seed": 7}, changes)
    assert len(OTHER_NAMES.keys() & after.keys()) == 1
    assert after["seed"] == 7
