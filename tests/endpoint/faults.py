"""Faults that an endpoint can have, drawn at random but the same for the same seed."""

import json
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

COUNTED = ("answered", "busy", "failed", "reset", "malformed", "truncated", "refused", "filtered", "empty")


@dataclass(frozen=True, slots=True)
class Response:
    """What the endpoint does with one request.

    Attributes:
        kind: what it is counted as.
        status: of HTTP; 0 drops the connection.
        body: as JSON, or bytes as they are.
        headers: beyond length and type.
        delay: seconds on top of the usual latency.
    """

    kind: str
    status: int
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)
    delay: float = 0.0


def completion(
    text: str | None, *, finish: str = "stop", refusal: str | None = None, tools: bool = False
) -> Any:
    """A chat completion; the usage counts characters."""
    message: dict[str, Any] = {"role": "assistant", "content": text, "refusal": refusal}
    if tools:
        call = {"id": "call_1", "type": "function", "function": {"name": "answer", "arguments": text}}
        message |= {"content": None, "tool_calls": [call]}
    length = len(text or "")
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": "loopback",
        "choices": [{"index": 0, "message": message, "finish_reason": finish, "logprobs": None}],
        "usage": {"prompt_tokens": 1000, "completion_tokens": length, "total_tokens": 1000 + length},
    }


def error(
    status: int, message: str, code: str | None = None, headers: Mapping[str, str] | None = None
) -> Response:
    """A refusal as OpenAI words it."""
    kind = "busy" if status == 429 else "failed"
    return Response(kind, status, {"error": {"message": message, "type": "x", "code": code}}, headers or {})


def good(text: str, body: Mapping[str, Any]) -> Response:
    """The answer, in the way that was asked for; its usage is in keeping with the length of the question."""
    content = completion(text, tools="tools" in body)
    content["usage"]["prompt_tokens"] = sum(len(message["content"] or "") for message in body["messages"])
    return Response("answered", 200, content)


Fault = Callable[[str, Mapping[str, Any]], Response]
FAULTS: Mapping[str, Fault] = {
    "busy": lambda _text, _body: error(429, "slow down", headers={"retry-after-ms": "40"}),
    "failed": lambda _text, _body: error(500, "internal"),
    "reset": lambda _text, _body: Response("reset", 0),
    "slow": lambda text, body: Response("answered", 200, good(text, body).body, delay=0.5),
    "malformed": lambda text, _body: Response("malformed", 200, completion(text[: len(text) // 2] + "}")),
    "truncated": lambda text, _body: Response(
        "truncated", 200, completion(text[: len(text) // 2], finish="length")
    ),
    "no_json": lambda _text, _body: Response("malformed", 200, b"<html>proxy</html>"),
    "refused": lambda _text, _body: Response("refused", 200, completion(None, refusal="I cannot help.")),
    "filtered": lambda _text, _body: Response("filtered", 200, completion(None, finish="content_filter")),
    "empty": lambda _text, _body: Response("empty", 200, {"choices": [], "usage": None}),
}
"""By name; each is given the good answer and the request."""

TRANSIENT = ("busy", "failed", "reset", "slow", "malformed", "truncated")
"""Those that another request can mend."""


class Chance:
    """Answers well, but for a share of requests with a fault drawn at random.

    Args:
        answer: the good answer to a request.
        rate: share of requests that fail, 0 to 1.
        kinds: names in `FAULTS`.
        seed: of the draw.
    """

    def __init__(
        self,
        answer: Callable[[Mapping[str, Any]], str],
        rate: float = 0.0,
        kinds: Sequence[str] = TRANSIENT,
        seed: int = 1,
    ) -> None:
        self.answer = answer
        self.rate = rate
        self.kinds = tuple(kinds)
        self._draw = random.Random(seed)  # noqa: S311 - no secret hangs on it

    def __call__(self, body: Mapping[str, Any]) -> Response:
        """What becomes of one request."""
        text = self.answer(body)
        if self._draw.random() >= self.rate:
            return good(text, body)
        return FAULTS[self._draw.choice(self.kinds)](text, body)


def question_of(body: Mapping[str, Any]) -> str:
    """The user's message, by which answers are found."""
    return next(str(message["content"]) for message in body["messages"] if message["role"] == "user")


def as_bytes(body: Any) -> bytes:
    """A body as it is sent."""
    return body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
