"""How JSON is asked for, found out once and remembered."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx2
import pytest
from endpoint.faults import Response, error

from extract.engines.llm.modes import MODES, Bodies
from extract.errors import ChunkFailure, RejectedQuestionError

from .asking_cases import GOOD, SCHEMA, Desk, answered, fits, in_turn, question, reply_of

REFUSED = error(400, "response_format is not supported")


def mode_of(body: Mapping[str, Any]) -> str:
    """The mode in which a request asks."""
    if "tools" in body:
        return "tools"
    kind = body.get("response_format", {}).get("type", "text")
    return "json" if kind == "json_object" else str(kind)


def knows(*modes: str) -> Any:
    """An endpoint that knows these modes only."""

    def behave(_before: int, body: Mapping[str, Any]) -> Response:
        return answered(tools="tools" in body) if mode_of(body) in modes else REFUSED

    return behave


def test_schema_is_strict() -> None:
    """With a schema, strictness is asked for; the schema goes as it is."""
    body = Bodies().body(question(), "json_schema")
    assert body["response_format"]["json_schema"] == {"name": "records", "schema": SCHEMA, "strict": True}


def test_system_message_is_stable() -> None:
    """In every mode the first message is the same for all questions, so that a prefix cache serves."""
    bodies = Bodies()
    for mode in MODES:
        first, second = (bodies.body(question(text), mode)["messages"][0] for text in ("一", "二"))
        assert first == second
        assert ("JSON Schema" in first["content"]) == (mode in ("json", "text"))


def test_report_text_is_data() -> None:
    """Nothing that looks like a template is rendered."""
    text = "{{ 7*7 }} {error} %s ${x} {0}"
    for mode in MODES:
        assert Bodies().body(question(text), mode, (text, text))["messages"][1]["content"] == text
        assert Bodies().body(question(text), mode, (text, text))["messages"][2]["content"] == text


@pytest.mark.parametrize("known", MODES)
def test_auto_finds_the_best_mode_that_is_known(tmp_path: Path, known: str) -> None:
    """Modes are tried from the strictest to the simplest; refusals are no failed attempts."""
    desk = Desk(tmp_path, knows(known), mode="auto", attempts=1)
    assert asyncio.run(reply_of(desk)).text == GOOD
    assert [mode_of(body) for body in desk.bodies] == list(MODES[: MODES.index(known) + 1])


def test_mode_is_found_out_once(tmp_path: Path) -> None:
    """Twenty questions at once, one of them finds out; the next run knows."""

    async def run(desk: Desk, texts: range) -> None:
        await asyncio.gather(*(desk.ask(question(str(n)), fits) for n in texts))

    first = Desk(tmp_path, knows("json"), mode="auto")
    asyncio.run(run(first, range(20)))
    assert first.requests == 22
    second = Desk(tmp_path, knows("json"), mode="auto")
    asyncio.run(run(second, range(20, 40)))
    assert second.requests == 20


def test_mode_is_found_out_anew_when_the_endpoint_changed(tmp_path: Path) -> None:
    """A remembered mode that is refused is forgotten; the question that found it out has its answer all the same."""
    asyncio.run(reply_of(Desk(tmp_path, knows("json"), mode="auto")))
    changed = Desk(tmp_path, knows("tools"), mode="auto", attempts=1)
    assert asyncio.run(reply_of(changed, question("二"))).text == GOOD
    assert [mode_of(body) for body in changed.bodies] == ["json", "json_schema", "tools"]
    asyncio.run(reply_of(changed, question("三")))
    assert changed.requests == 4


TROUBLE = {
    "busy": error(429, "slow down"),
    "broken": error(500, "internal"),
    "unsupported": error(503, "response_format is not supported at the moment"),
    "late": error(504, "upstream timed out"),
    "dropped": Response("reset", 0),
    "no completion": Response("malformed", 200, b"<html>"),
    "no choice": Response("empty", 200, {"choices": []}),
    "no content": answered("  "),
    "broken off": answered('{"records":[', finish="length"),
    "half": answered('{"records":['),
}


@pytest.mark.parametrize("before", [0, 1])
@pytest.mark.parametrize("trouble", TROUBLE.values(), ids=TROUBLE.keys())
def test_trouble_settles_no_simpler_mode(tmp_path: Path, trouble: Response, before: int) -> None:
    """A fault of the first question says nothing about how JSON can be asked for, in any mode that is tried."""
    troubles = iter([trouble, trouble])

    def behave(_before: int, body: Mapping[str, Any]) -> Response:
        known = knows(*MODES[before:])(0, body)
        return known if known is REFUSED else next(troubles, known)

    desk = Desk(tmp_path, behave, mode="auto")
    with suppress(ChunkFailure):  # what cannot be asked again leaves the mode to the next question
        asyncio.run(reply_of(desk))
    asyncio.run(reply_of(desk, question("二")))
    assert desk.cache.mode(desk.client.base_url, "small") == MODES[before]


def test_time_out_settles_no_simpler_mode(tmp_path: Path) -> None:
    """Nor does an endpoint that does not answer in time."""

    def behave(before: int, body: Mapping[str, Any]) -> Response:
        if before < 2:
            raise httpx2.ReadTimeout("late")
        return answered(tools="tools" in body)

    desk = Desk(tmp_path, behave, mode="auto")
    asyncio.run(reply_of(desk))
    assert desk.cache.mode(desk.client.base_url, "small") == "json_schema"


def test_ignored_schema_is_noticed(tmp_path: Path) -> None:
    """An endpoint that takes a schema but answers with talk is asked in a simpler way, once and for all."""

    def behave(_before: int, body: Mapping[str, Any]) -> Response:
        return answered() if mode_of(body) == "json" else answered("Sure! Here are the records.")

    desk = Desk(tmp_path, behave, mode="auto")
    asyncio.run(reply_of(desk))
    assert desk.cache.mode(desk.client.base_url, "small") == "json"


def test_fixed_mode_is_kept(tmp_path: Path) -> None:
    """A mode that was chosen is not changed behind the user's back."""
    desk = Desk(tmp_path, knows("tools"), mode="json")
    with pytest.raises(RejectedQuestionError) as caught:
        asyncio.run(reply_of(desk))
    assert desk.requests == 1
    assert "--mode" in caught.value.hint


def test_tool_arguments_are_the_answer(tmp_path: Path) -> None:
    """With tools the answer stands in the arguments of the call."""
    desk = Desk(tmp_path, in_turn(answered(tools=True)), mode="tools")
    assert asyncio.run(reply_of(desk)).text == GOOD
