"""What goes to a model and what comes back, as plain data; the parts of this package meet here.

    question.py  builds a `Request` from a chunk        prompts/, schemas
    asking       sends it: cache → limits → retry → client, and gives a `Reply` or raises a `ChunkFailure`
    answer.py    reads a `Reply` into drafts

A `Request` is its content; where it belongs and what it is for are notes on it.
"""

import hashlib
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import orjson

from extract.errors import ChunkFailure

Check = Callable[[str], str | None]
"""Takes the text of an answer; gives None when it is good, else the error to ask again with."""


@dataclass(frozen=True, slots=True)
class Request:
    """One question to a model.

    Attributes:
        messages: role and content of each message; the system message first and the same for all chunks.
        schema: JSON schema of the answer.
        schema_name: its name.
        model: the model's name.
        parameters: temperature, max_tokens and the like; part of the identity.
        report, chunk: where it belongs; not part of the identity.
        purpose: `records` or `unclaimed` (the targeted second request).
        divisible: whoever asks can ask in smaller parts; then a truncation is remembered, so that a later run
            goes to the parts without paying for it again. Not part of the identity.
    """

    messages: tuple[Mapping[str, str], ...]
    schema: Mapping[str, Any]
    schema_name: str
    model: str
    parameters: Mapping[str, Any] = field(default_factory=dict)
    report: str = ""
    chunk: int = 0
    purpose: str = "records"
    divisible: bool = False

    @property
    def key(self) -> str:
        """Content identity: equal questions have equal keys, whatever report they come from."""
        content = [
            list(map(dict, self.messages)),
            self.schema,
            self.schema_name,
            self.model,
            dict(self.parameters),
        ]
        return hashlib.sha256(_bytes(content)).hexdigest()


def _bytes(content: object) -> bytes:
    """JSON in one fixed spelling; orjson's, ten times as quick, but for half characters, which it refuses."""
    try:
        return orjson.dumps(content, option=orjson.OPT_SORT_KEYS)
    except TypeError:
        text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return text.encode("utf-8", "surrogatepass")


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens of one answer, all its attempts together, booked once.

    `estimated` counts the requests whose tokens the endpoint did not tell: theirs are estimates.
    """

    requests: int = 0
    prompt_tokens: int = 0
    completion_tokens: int = 0
    cached_tokens: int = 0
    estimated: int = 0

    def __add__(self, other: "Usage") -> "Usage":
        return Usage(
            self.requests + other.requests,
            self.prompt_tokens + other.prompt_tokens,
            self.completion_tokens + other.completion_tokens,
            self.cached_tokens + other.cached_tokens,
            self.estimated + other.estimated,
        )


def spent_on(failure: ChunkFailure) -> Usage:
    """What a failed question has cost; manifests count it beside the answers."""
    return Usage(*failure.spent)


@dataclass(frozen=True, slots=True)
class Reply:
    """A finished good answer.

    Attributes:
        text: the JSON text of the answer.
        usage: what it cost when it was asked for, vain attempts and interrupted runs included.
        from_cache: it was not asked for now.
    """

    text: str
    usage: Usage
    from_cache: bool = False


class Asking(Protocol):
    """Sends questions. One per run; safe for many tasks of one event loop."""

    def __call__(self, request: Request, check: Check) -> Awaitable[Reply]:
        """A good answer, from the cache or the endpoint.

        Raises:
            ChunkFailure: no good answer could be had (`extract.errors`): truncated, refused, filtered, empty,
                malformed after all re-asks, or the endpoint failed after all retries.
            BudgetError: the limit of cost or tokens would be passed by asking.
            AccessError, CacheError: no question can be asked at all; the run stops, results so far are kept.
        """
