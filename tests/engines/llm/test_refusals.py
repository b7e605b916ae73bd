"""What endpoints answer in public reports of bugs, each from a server on this machine that answers so."""

import asyncio
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from endpoint.faults import Response, completion, error
from endpoint.server import KEY, Endpoint, served

from extract.engines.llm.asking import EndpointAsking
from extract.engines.llm.cache import AnswerCache
from extract.engines.llm.client import Client
from extract.engines.llm.exchange import Reply, Usage, spent_on
from extract.engines.llm.limits import Limits
from extract.engines.llm.retry import Patience
from extract.errors import (
    AccessError,
    ChunkFailure,
    CutPromptError,
    EndpointError,
    ExtractError,
    FilteredAnswerError,
    TruncatedAnswerError,
)

from .asking_cases import GOOD, fits, question

OURS = {"temperature": 0, "max_tokens": 800}
FULL = '{"records":[{"n":1}]}'


class Asked:
    """What a question came to.

    Attributes:
        endpoint: that it was put to.
        outcome: the reply, or the error.
        slept: seconds that were waited.
        cut: tokens sent and read, of prompts that were cut.
    """

    def __init__(self, behave: Any, folder: Path, *, mode: str = "auto", **more: Any) -> None:
        self.endpoint = Endpoint(behave, keep=True)
        self.slept: list[float] = []
        self.cut: list[tuple[int, int]] = []
        with served(self.endpoint) as url:
            self.outcome = asyncio.run(self._ask(url, folder, mode, more))

    async def _ask(self, url: str, folder: Path, mode: str, more: dict[str, Any]) -> Reply | ExtractError:
        async def sleep(seconds: float) -> None:
            self.slept.append(seconds)

        client, cache = Client(url, KEY, timeout=20), AnswerCache(folder)
        client.base_url = (
            "http://endpoint/v1"  # each server has a port of its own; what it takes is remembered
        )
        patience = Patience(sleep=sleep, chance=lambda: 0.0)
        ask = EndpointAsking(
            client,
            cache,
            Limits(2),
            mode=mode,
            patience=patience,
            cut=lambda sent, read: self.cut.append((sent, read)),
        )
        try:
            return await ask(question(**{"parameters": OURS, **more}), fits)
        except ExtractError as failure:
            return failure
        finally:
            await client.aclose()
            cache.close()

    @property
    def reply(self) -> Reply:
        """The answer."""
        assert isinstance(self.outcome, Reply), self.outcome
        return self.outcome


def always(response: Response) -> Any:
    """Answers so to everything."""
    return lambda _body: response


def mode_of(body: Mapping[str, Any]) -> str:
    """How JSON was asked for."""
    if "tools" in body:
        return "tools"
    form = body.get("response_format", {}).get("type")
    return {"json_schema": "json_schema", "json_object": "json"}.get(form, "text")


def said(text: str | None, **more: Any) -> Response:
    """A completion with other fields in its message."""
    body = completion(text)
    body["choices"][0]["message"] |= more
    return Response("answered", 200, body)


def used(usage: Any, text: str = FULL) -> Response:
    """A completion with such a block of usage, or none."""
    body = completion(text)
    body["usage"] = usage
    if usage is None:
        del body["usage"]
    return Response("answered", 200, body)


@pytest.mark.parametrize(
    "usage",
    [
        None,
        "none",
        {},
        {"prompt_tokens": None, "completion_tokens": None},
        {"prompt_tokens": 12.5, "completion_tokens": 3.0},
        {"prompt_tokens": "120", "completion_tokens": "30"},
        {"input_tokens": 120, "output_tokens": 30},
        {"input_tokens": 120},
        {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0},
    ],
)
def test_usage_that_is_not_told_is_estimated(tmp_path: Path, usage: Any) -> None:
    """Both kinds of tokens, and it is known that they are estimates, also by a later run."""
    usages = [Asked(always(used(usage)), tmp_path).reply.usage]
    usages.append(Asked(always(error(500, "no")), tmp_path).reply.usage)
    for found in usages:
        assert found.prompt_tokens > 5
        assert found.completion_tokens > 5
        assert (found.requests, found.estimated) == (1, 1)


def test_usage_that_is_told_is_no_estimate(tmp_path: Path) -> None:
    """The endpoint's own count is what is booked; cached tokens of DeepSeek's are known."""
    usage = {"prompt_tokens": 120, "completion_tokens": 30, "prompt_cache_hit_tokens": 64}
    assert Asked(always(used(usage)), tmp_path).reply.usage == Usage(1, 120, 30, 64)


@pytest.mark.parametrize(
    "words",
    [
        "invalid temperature: only 1 is allowed for this model",
        "temperature must be set to 1 for this model",
        "Input validation error: `temperature` must be strictly positive",
        "参数 temperature 只支持 1",
    ],
)
def test_temperature_of_which_one_value_is_taken_is_left_out_and_remembered(
    tmp_path: Path, words: str
) -> None:
    """For one more request, and none in the next run."""

    def behave(body: Mapping[str, Any]) -> Response:
        return error(400, words) if "temperature" in body else Response("answered", 200, completion(GOOD))

    first = Asked(behave, tmp_path)
    assert first.reply.text == GOOD
    assert first.endpoint.requests == 2
    assert Asked(behave, tmp_path, text="二").endpoint.requests == 1


@pytest.mark.parametrize("name", ["reasoning_content", "reasoning"])
def test_answer_among_the_thoughts_is_read(tmp_path: Path, name: str) -> None:
    """Where the content is null."""
    asked = Asked(always(said(None, **{name: f"先想一想。{FULL}"})), tmp_path)
    assert asked.reply.text == FULL
    assert asked.endpoint.requests == 1


def test_strict_mode_that_gives_nothing_is_left(tmp_path: Path) -> None:
    """After a few answers without content the next mode is tried, and the one that works is remembered."""

    def behave(body: Mapping[str, Any]) -> Response:
        return said("" if mode_of(body) in ("json_schema", "tools") else GOOD)

    first = Asked(behave, tmp_path)
    assert first.reply.text == GOOD
    assert [mode_of(body) for body in first.endpoint.bodies] == [*["json_schema"] * 3, "tools", "json"]
    assert [mode_of(body) for body in Asked(behave, tmp_path, text="二").endpoint.bodies] == ["json"]


@pytest.mark.parametrize(
    "response",
    [
        error(400, "This model's maximum context length is 4096 tokens. However, you requested 8122 tokens."),
        error(400, "max_tokens must be at least 1, got -186."),
        error(400, "<400> InternalError.Algo.InvalidParameter: Range of input length should be [1, 30720]"),
        error(500, "context size has been exceeded"),
        error(400, "输入内容过长，请缩短后重试"),
        error(413, "Request Entity Too Large"),
        Response(
            "failed",
            400,
            {
                "object": "error",
                "message": "maximum context length is 4096 tokens",
                "code": 400,
                "param": None,
            },
        ),
        Response(
            "failed", 400, {"error": {"code": 400, "type": "exceed_context_size_error", "message": "no"}}
        ),
        Response("failed", 200, {"error": {"code": 400, "message": "prompt is too long: 9000 tokens"}}),
    ],
)
def test_question_that_is_too_long_is_for_splitting(tmp_path: Path, response: Response) -> None:
    """However it is worded; asked once, and a later run goes to the parts at once."""
    asked = Asked(always(response), tmp_path, divisible=True)
    assert isinstance(asked.outcome, TruncatedAnswerError)
    assert asked.endpoint.requests == 1
    assert Asked(always(response), tmp_path, divisible=True).endpoint.requests == 0


@pytest.mark.parametrize(
    "response",
    [
        error(400, "Content Exists Risk"),
        error(400, "<400> Input data may contain inappropriate content.", "data_inspection_failed"),
        error(400, "The response was filtered due to the prompt triggering our content management policy."),
        error(400, "系统检测到输入中可能包含敏感内容"),
        Response(
            "failed",
            400,
            {"error": {"message": "no", "innererror": {"code": "ResponsibleAIPolicyViolation"}}},
        ),
    ],
)
def test_question_that_a_filter_holds_back_is_asked_once(tmp_path: Path, response: Response) -> None:
    """In no other mode, in no later run; and the mode that worked stays."""
    good = Response("answered", 200, completion(GOOD))
    Asked(always(good), tmp_path)
    first = Asked(always(response), tmp_path, text="二")
    again = Asked(always(response), tmp_path, text="二")
    assert isinstance(first.outcome, FilteredAnswerError)
    assert str(again.outcome) in str(first.outcome)
    assert spent_on(again.outcome).requests == 1  # type: ignore[arg-type]
    assert (first.endpoint.requests, again.endpoint.requests) == (1, 0)
    third = Asked(always(good), tmp_path, text="三")
    assert [mode_of(body) for body in third.endpoint.bodies] == ["json_schema"]


@pytest.mark.parametrize(
    "response",
    [
        error(400, "Access denied, please make sure your account is in good standing.", "Arrearage"),
        error(402, "Insufficient Balance"),
        error(403, "账户余额不足，请充值"),
        error(429, "You exceeded your current quota", "insufficient_quota"),
        error(429, "Your account is suspended", "exceeded_current_quota_error"),
    ],
)
def test_empty_account_stops_the_run(tmp_path: Path, response: Response) -> None:
    """With one sentence, after one request."""
    asked = Asked(always(response), tmp_path)
    assert isinstance(asked.outcome, AccessError)
    assert "credit" in asked.outcome.hint
    assert asked.endpoint.requests == 1


@pytest.mark.parametrize("reason", ["MAX_TOKENS", "max_tokens", "model_length", "LENGTH"])
def test_answer_that_broke_off_is_known_by_any_name(tmp_path: Path, reason: str) -> None:
    """It is split, not asked again."""
    response = Response("truncated", 200, completion('{"records":[{"n"', finish=reason))
    asked = Asked(always(response), tmp_path, divisible=True)
    assert isinstance(asked.outcome, TruncatedAnswerError)
    assert asked.endpoint.requests == 1


@pytest.mark.parametrize("reason", ["SAFETY", "sensitive", "PROHIBITED_CONTENT"])
def test_answer_that_was_held_back_is_known_by_any_name(tmp_path: Path, reason: str) -> None:
    """It is no empty answer."""
    asked = Asked(always(Response("filtered", 200, completion("", finish=reason))), tmp_path)
    assert isinstance(asked.outcome, FilteredAnswerError)
    assert asked.endpoint.requests == 1


def test_call_of_a_function_that_came_as_text_is_read(tmp_path: Path) -> None:
    """In the mode with tools, for one request."""
    call = f'<tool_call>\n{{"name": "records", "arguments": {FULL}}}\n</tool_call>'
    asked = Asked(always(said(call, tool_calls=[])), tmp_path, mode="tools")
    assert json.loads(asked.reply.text) == json.loads(FULL)
    assert asked.endpoint.requests == 1


def test_talk_behind_an_answer_takes_nothing_from_it(tmp_path: Path) -> None:
    """Though it holds an object that would fit, too."""
    asked = Asked(always(said(f'{FULL}\n如果没有，应为 {{"records": []}}')), tmp_path)
    assert asked.reply.text == FULL


LONG = "地区生产总值增长" * 1500


def test_cut_prompt_that_found_nothing_has_failed(tmp_path: Path) -> None:
    """Nothing found in a part of the question is not nothing found."""
    response = used({"prompt_tokens": 2048, "completion_tokens": 6}, GOOD)
    asked = Asked(always(response), tmp_path, text=LONG)
    assert isinstance(asked.outcome, CutPromptError)
    assert "2,048" in str(asked.outcome)
    assert "context" in asked.outcome.hint
    assert asked.endpoint.requests == 1


def test_cut_prompt_is_told_though_something_was_found(tmp_path: Path) -> None:
    """The answer is kept."""
    asked = Asked(always(used({"prompt_tokens": 4096, "completion_tokens": 6})), tmp_path, text=LONG)
    assert asked.reply.text == FULL
    ((sent, read),) = asked.cut
    assert sent > 7_000
    assert read == 4096


@pytest.mark.parametrize("tokens", [6, 7_200, 12_000])
def test_prompt_that_was_read_is_not_called_cut(tmp_path: Path, tokens: int) -> None:
    """Other vocabularies make fewer tokens of it, and some servers count otherwise altogether."""
    asked = Asked(always(used({"prompt_tokens": tokens, "completion_tokens": 6}, GOOD)), tmp_path, text=LONG)
    assert asked.reply.text == GOOD
    assert asked.cut == []


@pytest.mark.parametrize(
    "body",
    [
        {"error": {"message": "Rate limit, try again in 7s", "code": 429}},
        {"choices": None, "error": {"message": "Rate limit", "code": 429, "metadata": {"retry_after": 7}}},
        {"choices": [{"error": {"message": "Rate limit, retry after 7 seconds", "code": 429}}]},
    ],
)
def test_error_inside_a_200_has_its_words_and_its_wait(tmp_path: Path, body: Any) -> None:
    """As if it had come with its status."""
    asked = Asked(always(Response("busy", 200, body)), tmp_path)
    assert isinstance(asked.outcome, EndpointError)
    assert "answered 429: Rate limit" in str(asked.outcome)
    assert asked.slept == [7.0] * 5


def test_wait_of_a_header_holds_for_an_error_inside_a_200(tmp_path: Path) -> None:
    """The header goes before the words."""
    body = {"error": {"message": "busy, try again in 9s", "code": "rate_limit_exceeded"}}
    asked = Asked(always(Response("busy", 200, body, {"retry-after": "3"})), tmp_path)
    assert asked.slept == [3.0] * 5


def test_no_model_is_named_though_it_comes_as_400(tmp_path: Path) -> None:
    """In one mode, once."""
    asked = Asked(always(error(400, "Model Not Exist")), tmp_path)
    assert isinstance(asked.outcome, AccessError)
    assert "'small'" in asked.outcome.hint
    assert asked.endpoint.requests == 1


ODD = {
    "event stream": (
        Response("odd", 200, b'data: {"choices":[]}\n\ndata: [DONE]\n\n', {"content-type": "text/event-stream"}),
        "sent a stream",
        1,
    ),
    "moved": (Response("odd", 301, b"", {"location": "https://a.invalid/v2/chat/completions"}), "it redirects to", 1),
    "moved for good": (Response("odd", 308, b"", {"location": "/v2/chat/completions"}), "it redirects to /v2", 1),
    "not allowed": (Response("odd", 405, {"detail": "Method Not Allowed"}), "Method Not Allowed", 1),
    "page": (
        Response("odd", 524, b"<!DOCTYPE html><html><head><title>a | 524: A timeout occurred</title></head></html>"),
        "answered 524: a | 524: A timeout occurred",
        6,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("response", "words", "requests"), ODD.values(), ids=ODD.keys())
def test_odd_answers_are_one_sentence_each(
    tmp_path: Path, response: Response, words: str, requests: int
) -> None:
    """No HTML in it, and asked again only where that may help."""
    asked = Asked(always(response), tmp_path)
    assert isinstance(asked.outcome, AccessError if requests == 1 else ChunkFailure)
    assert words in str(asked.outcome)
    assert "<" not in str(asked.outcome)
    assert asked.endpoint.requests == requests
