"""One exchange: what is read from odd answers, what is said of odd addresses."""

import asyncio
import json
from typing import Any

import httpx2
import pytest

from extract.engines.llm.client import Client
from extract.engines.llm.exchange import Usage
from extract.engines.llm.reading import read_completion
from extract.errors import AccessError, EndpointError


def of(message: dict[str, Any], **more: Any) -> str:
    content = {"choices": [{"message": message, "finish_reason": "stop"}], **more}
    return read_completion(json.dumps(content).encode(), "x").text


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ({"content": "一"}, "一"),
        ({"content": [{"type": "text", "text": "一"}, {"type": "text", "text": "二"}]}, "一二"),
        ({"content": None, "tool_calls": [{"function": {"arguments": '{"a":1}'}}]}, '{"a":1}'),
        ({"content": None, "tool_calls": [{"function": {"arguments": {"a": 1}}}]}, '{"a":1}'),
        ({"content": "一", "tool_calls": []}, "一"),
        ({"content": "一", "tool_calls": [None]}, "一"),
        ({"content": 7}, ""),
        ({}, ""),
    ],
)
def test_text_is_found_where_endpoints_put_it(message: dict[str, Any], text: str) -> None:
    """In the content, in its parts, or in the arguments of a call, as text or as an object."""
    assert of(message) == text


@pytest.mark.parametrize(
    ("block", "usage"),
    [
        ({"prompt_tokens": 9, "completion_tokens": 3}, Usage(1, 9, 3, 0)),
        ({"prompt_tokens": 9, "prompt_tokens_details": {"cached_tokens": 5}}, Usage(1, 9, 0, 5)),
        ({"prompt_tokens": -9, "completion_tokens": "3"}, Usage(1, 0, 0, 0)),
        (None, Usage(1, 0, 0, 0)),
    ],
)
def test_usage_is_read_with_care(block: Any, usage: Usage) -> None:
    """One request always; tokens where they are plain numbers."""
    content = json.dumps({"choices": [], "usage": block}).encode()
    assert read_completion(content, "x").usage == usage


@pytest.mark.parametrize("content", [b"", b"<html>", b"[1]", b"null", b'"x"', b'{"error":{}}', b"\xff\xfe"])
def test_what_is_no_completion_is_said(content: bytes) -> None:
    """Bytes that are no completion are trouble of the endpoint."""
    with pytest.raises(EndpointError):
        read_completion(content, "http://x")


@pytest.mark.parametrize("url", ["http://[half", "http://a b/v1", "ftp://x/v1", "no address"])
def test_unusable_address(url: str) -> None:
    """An address that cannot be one ends in a sentence, at once or at the first request."""

    async def run() -> None:
        client = Client(url, "k")
        try:
            await client.send({"model": "m", "messages": []})
        finally:
            await client.aclose()

    with pytest.raises((AccessError, EndpointError)):
        asyncio.run(run())


def test_models_are_listed() -> None:
    """The names that the endpoint offers; rows without one are left out."""
    listed = {"data": [{"id": "small"}, {"id": "large"}, {}, None]}
    transport = httpx2.MockTransport(lambda _request: httpx2.Response(200, json=listed))
    assert asyncio.run(Client("http://x/v1", None, transport=transport).models()) == ["small", "large"]
