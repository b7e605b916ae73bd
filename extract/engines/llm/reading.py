"""What a response of an endpoint says: the text of an answer, its tokens, why it is no finished answer.

It is read by hand: endpoints that call themselves compatible leave things out or put them elsewhere, and a missing
choice has to become a failure of that chunk, not a crash.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from extract.engines.llm.exchange import Usage
from extract.errors import (
    ChunkFailure,
    EmptyAnswerError,
    EndpointError,
    FilteredAnswerError,
    RefusedAnswerError,
    TruncatedAnswerError,
)
from extract.messages import Message

BROKE_OFF = frozenset({"length", "max_tokens", "model_length", "max_output_tokens", "max_completion_tokens"})
"""Reasons to finish, however endpoints write them: MAX_TOKENS is Gemini's, model_length Mistral's."""
FILTERED = frozenset(
    {
        "content_filter",
        "content_filtered",
        "sensitive",
        "safety",
        "prohibited_content",
        "blocklist",
        "recitation",
    }
)
REFUSED = frozenset({"refusal"})
THOUGHTS = ("reasoning_content", "reasoning")
"""Where the text stands when a server takes the whole answer for thinking."""


@dataclass(frozen=True, slots=True)
class Completion:
    """What an endpoint answered with.

    Attributes:
        text: the content, or the arguments of the tool call.
        usage: tokens of this one exchange, `requests` being 1; 0 where they are not told.
        failure: why the text is no finished answer, where it is none.
        told: the endpoint told both kinds of tokens; where not, they have to be estimated.
        silent: there is a choice, but nothing in it; another mode may have something in it.
    """

    text: str
    usage: Usage
    failure: ChunkFailure | None = None
    told: bool = True
    silent: bool = False


def read_completion(content: bytes, endpoint: str) -> Completion:
    """A completion from the bytes of a 2xx response.

    Raises:
        EndpointError: these bytes are no completion at all.
    """
    parsed = parsed_object(content, endpoint)
    usage, told = _usage(parsed.get("usage"))
    choices = parsed.get("choices")
    choice = choices[0] if isinstance(choices, list) and choices else None
    message = choice.get("message") if isinstance(choice, dict) else None
    if not isinstance(choice, dict) or not isinstance(message, dict):
        return Completion("", usage, EmptyAnswerError(Message("the endpoint sent no answer")), told)
    text = _text(message)
    failure = _failure(choice.get("finish_reason"), message, text)
    told = told and not (text.strip() and not usage.completion_tokens)
    return Completion(text, usage, failure, told, isinstance(failure, EmptyAnswerError))


def error_inside(content: bytes) -> Mapping[str, Any] | None:
    """The error that some gateways put into a 200, beside the choices or in place of them, or into the choice.

    Returns:
        The error as an object; None where there is none.
    """
    if b'"error"' not in content:
        return None
    try:
        parsed = loaded(content)
    except ValueError:
        return None
    if not isinstance(parsed, dict):
        return None
    choices = parsed.get("choices")
    first = choices[0] if isinstance(choices, list) and choices else None
    if isinstance(first, dict) and isinstance(first.get("message"), dict) and first["message"].get("content"):
        return None
    found = parsed.get("error") or (first.get("error") if isinstance(first, dict) else None)
    if not found:
        return {} if "error" in parsed and not choices else None
    return found if isinstance(found, dict) else {"message": str(found)}


def _failure(finish: object, message: Mapping[str, Any], text: str) -> ChunkFailure | None:
    reason = str(finish or "").lower()
    if reason in BROKE_OFF:
        return TruncatedAnswerError(Message("the answer broke off at the token limit"))
    if reason in FILTERED:
        return FilteredAnswerError(Message("the provider's content filter blocked the answer"))
    if message.get("refusal") or reason in REFUSED:
        return RefusedAnswerError(Message("the model refused to answer"))
    if not text.strip():
        return EmptyAnswerError(Message("the endpoint sent an empty answer"))
    return None


def _text(message: Mapping[str, Any]) -> str:
    calls = message.get("tool_calls")
    if isinstance(calls, list) and calls and isinstance(calls[0], dict):
        function = calls[0].get("function")
        arguments = function.get("arguments") if isinstance(function, dict) else None
        if isinstance(arguments, str) and arguments.strip():
            return arguments
        if isinstance(arguments, dict):  # some local servers send an object where a string is due
            return orjson.dumps(arguments).decode()
    content = _plain(message.get("content"))
    if content.strip():
        return content
    thoughts = (_plain(message.get(name)) for name in THOUGHTS)
    return next((text for text in thoughts if "{" in text), content)


def _plain(content: object) -> str:
    if isinstance(content, list):  # parts, as some endpoints send them
        content = "".join(str(part.get("text", "")) for part in content if isinstance(part, dict))
    return content if isinstance(content, str) else ""


def _usage(block: object) -> tuple[Usage, bool]:
    """Tokens, and whether both kinds are told; whole numbers under their own names, anything else is not."""
    if not isinstance(block, dict):
        return Usage(requests=1), False
    details = block.get("prompt_tokens_details")
    cached = _count(details.get("cached_tokens")) if isinstance(details, dict) else 0
    cached = cached or _count(block.get("prompt_cache_hit_tokens"))  # DeepSeek's name
    prompt, completion = _count(block.get("prompt_tokens")), _count(block.get("completion_tokens"))
    told = prompt > 0 and isinstance(block.get("completion_tokens"), int)
    return Usage(1, prompt, completion, cached), told


def _count(value: object) -> int:
    return value if isinstance(value, int) and value > 0 else 0


def parsed_object(content: bytes, endpoint: str) -> dict[str, Any]:
    """The bytes as a JSON object.

    Raises:
        EndpointError: they are none.
    """
    try:
        parsed = loaded(content)
    except ValueError as error:
        failure = EndpointError(
            Message("%(endpoint)s answered with something other than JSON", endpoint=endpoint),
            hint=Message(
                "Check --base-url: it is the address before /chat/completions and often ends in /v1."
            ),
        )
        raise failure from error
    if not isinstance(parsed, dict):
        raise EndpointError(
            Message("%(endpoint)s answered with JSON that is not a completion", endpoint=endpoint)
        )
    if "error" in parsed and "choices" not in parsed:  # a proxy's 200 around an upstream error
        raise EndpointError(Message("%(endpoint)s answered 200 with an error in it", endpoint=endpoint))
    return parsed


def loaded(content: bytes) -> Any:
    """JSON as data.

    Raises:
        ValueError: it is none.
    """
    try:
        return orjson.loads(content)
    except orjson.JSONDecodeError:  # orjson refuses half characters; they are replaced, nothing can hold them
        text = json.dumps(json.loads(content), ensure_ascii=False)
        return json.loads(text.encode("utf-8", "replace"))
