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
MOST_TOKENS = 20_000_000
"""Of one exchange: twice the longest context of any model. A larger number is none that was counted."""
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
        read: prompt tokens as the endpoint told them, where `usage` is no longer what it told.
        aside: what it wrote besides, thoughts and further choices; it is paid for, too.
        silent: there is a choice, but nothing in it; another mode may have something in it.
    """

    text: str
    usage: Usage
    failure: ChunkFailure | None = None
    told: bool = True
    silent: bool = False
    aside: str = ""
    read: int = 0


def read_completion(content: bytes, endpoint: str) -> Completion:
    """A completion from the bytes of a 2xx response.

    Raises:
        EndpointError: these bytes are no completion at all; `unread`, unless they are a page of some gateway.
    """
    try:
        parsed = parsed_object(content, endpoint)
    except EndpointError as failure:
        failure.unread = not content.lstrip().startswith(b"<")
        raise
    return _completion(parsed)


def _completion(parsed: Mapping[str, Any]) -> Completion:
    choices = parsed.get("choices")
    choice = choices[0] if isinstance(choices, list) and choices else None
    usage, told = _usage(_block(parsed, choice))
    message = choice.get("message") if isinstance(choice, dict) else None
    if not isinstance(choice, dict) or not isinstance(message, dict):
        return Completion("", usage, EmptyAnswerError(Message("the endpoint sent no answer")), told)
    text = _text(message)
    failure = _failure(choice.get("finish_reason"), message, text)
    return Completion(
        text, usage, failure, told, isinstance(failure, EmptyAnswerError), _aside(message, text, choices)
    )


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


def _aside(message: Mapping[str, Any], text: str, choices: object) -> str:
    """What a model wrote besides its answer."""
    written = [_plain(message.get(name)) for name in (*THOUGHTS, "content")]
    for other in choices[1:] if isinstance(choices, list) else ():
        inside = other.get("message") if isinstance(other, dict) else None
        written.extend(
            _plain(inside.get(name)) for name in ("content", *THOUGHTS) if isinstance(inside, dict)
        )
    return "".join(one for one in written if one != text)


def _block(parsed: Mapping[str, Any], choice: object) -> object:
    """The tokens, which some servers write into the choice."""
    block = parsed.get("usage")
    if not isinstance(block, dict) and isinstance(choice, dict):
        return choice.get("usage")
    return block


def _usage(block: object) -> tuple[Usage, bool]:
    """Tokens, and whether both kinds are told; possible whole numbers under their own names, anything else is not."""
    if not isinstance(block, dict):
        return Usage(requests=1), False
    details = block.get("prompt_tokens_details")
    cached = _count(details.get("cached_tokens")) if isinstance(details, dict) else 0
    cached = cached or _count(block.get("prompt_cache_hit_tokens"))  # DeepSeek's name
    prompt, completion = _count(block.get("prompt_tokens")), _count(block.get("completion_tokens"))
    told = prompt > 0 and _is_count(block.get("completion_tokens"))
    if told:  # Gemini leaves its thoughts out of the one and counts them in the sum
        completion = max(completion, _count(block.get("total_tokens")) - prompt)
    return Usage(1, prompt, completion, min(cached, prompt)), told


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST_TOKENS


def _count(value: object) -> int:
    return value if isinstance(value, int) and _is_count(value) else 0


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
        try:
            text = json.dumps(json.loads(content), ensure_ascii=False)
            return json.loads(text.encode("utf-8", "replace"))
        except RecursionError as error:
            raise ValueError("nested too deep") from error
