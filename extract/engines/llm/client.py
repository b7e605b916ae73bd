"""One exchange with an OpenAI-compatible endpoint: a body goes out, a completion comes back, or a typed error.

What the endpoint says is read by hand: endpoints that call themselves compatible leave things out, and a
missing choice has to become a failure of that chunk, not a crash. Nothing is tried twice here; that is
`extract.engines.llm.retry`.
"""

import email.utils
import json
import math
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import httpx2
import openai
import orjson

from extract.engines.llm.exchange import Usage
from extract.engines.llm.parameters import refused_parameter, said_in
from extract.engines.llm.transport import LEAVING, QuickTransport
from extract.errors import (
    AccessError,
    ChunkFailure,
    EmptyAnswerError,
    EndpointError,
    FilteredAnswerError,
    RefusedAnswerError,
    RejectedQuestionError,
    TruncatedAnswerError,
)

PATH = "/chat/completions"
CONNECT_TIMEOUT = 10.0
SHOWN = 200
"""So many characters of an endpoint's own words are passed on."""
ABOUT = frozenset({"model", "messages"})
"""Words that any refusal may use, of a request the question itself; the rest can be refused by its name."""
NO_KEY = "none"
"""Local endpoints want no key, but the client wants one to send."""

NEVER_LEFT = (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout, httpx2.UnsupportedProtocol)


@dataclass(frozen=True, slots=True)
class Completion:
    """What an endpoint answered with.

    Attributes:
        text: the content, or the arguments of the tool call.
        usage: tokens of this one exchange, `requests` being 1.
        failure: why the text is no finished answer, where it is none.
    """

    text: str
    usage: Usage
    failure: ChunkFailure | None = None


class Client:
    """Speaks to one endpoint.

    Args:
        base_url: as in `https://host/v1`; None for OpenAI's own.
        api_key: sent as bearer token; shown nowhere.
        timeout: seconds until one exchange is given up.
        connections: as many are kept open.
        transport: instead of the network, for tests.
    """

    def __init__(
        self,
        base_url: str | None,
        api_key: str | None,
        *,
        timeout: float = 180.0,
        connections: int = 32,
        transport: httpx2.AsyncBaseTransport | None = None,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._now = now
        self._api_key = api_key or ""
        patience = httpx2.Timeout(timeout, connect=min(timeout, CONNECT_TIMEOUT))
        try:
            self._http = httpx2.AsyncClient(
                timeout=patience,
                transport=transport or QuickTransport(connections),
                follow_redirects=True,
            )
            self._openai = openai.AsyncOpenAI(
                api_key=api_key or NO_KEY,
                base_url=base_url or None,
                max_retries=0,
                timeout=patience,
                http_client=self._http,
            )
            self.base_url = str(self._openai.base_url).rstrip("/")
            self._url = httpx2.URL(f"{self.base_url}{PATH}")
        except (openai.OpenAIError, httpx2.InvalidURL, ValueError) as error:
            raise AccessError(
                f"{base_url or 'The endpoint'} cannot be used as --base-url: {error}."
            ) from error
        said = {name: value for name, value in self._openai.default_headers.items() if isinstance(value, str)}
        self._headers = httpx2.Headers({**said, "Content-Type": "application/json"})
        self._extensions = {"timeout": patience.as_dict()}

    async def aclose(self) -> None:
        """Close the connections."""
        await self._openai.close()

    async def send(self, body: Mapping[str, Any], leaving: Callable[[], None] | None = None) -> Completion:
        """Ask once.

        Args:
            body: of the request.
            leaving: is called in the moment the request leaves; when it raises, nothing is sent. Where the transport
                does not say so (a recording, a test), it is not called.

        Raises:
            AccessError: the endpoint takes no question from us at all.
            ChunkFailure: it does not take this one, or could not be reached.
        """
        token = LEAVING.set(leaving)
        try:
            # openai's own way builds anew what is the same for all questions, and takes twice as long for all.
            response = await self._http.send(self._request(_encoded(body)))
        except httpx2.TimeoutException as error:
            raise _down(f"{self.base_url} did not answer in time", error) from error
        except httpx2.TransportError as error:
            raise _down(f"{self.base_url} could not be reached ({type(error).__name__})", error) from error
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            raise _down(f"{self.base_url} broke off ({type(error).__name__})", error) from error
        finally:
            LEAVING.reset(token)
        if not response.is_success:
            raise self._of_status(_as_error(response), body)
        return read_completion(response.content, self.base_url)

    def _request(self, content: bytes) -> httpx2.Request:
        return httpx2.Request(
            "POST", self._url, headers=self._headers, content=content, extensions=self._extensions
        )

    async def models(self) -> list[str]:
        """The names of the models that the endpoint offers.

        Raises:
            AccessError, ChunkFailure: as in `send`.
        """
        try:
            response = await self._openai.get("/models", cast_to=httpx2.Response)
        except openai.APIStatusError as error:
            raise self._of_status(error, {}) from error
        except (openai.OpenAIError, httpx2.HTTPError) as error:
            raise _down(f"{self.base_url} could not be reached ({type(error).__name__})", error) from error
        listed = _parsed(response.content, self.base_url).get("data")
        return [str(one["id"]) for one in listed or () if isinstance(one, dict) and "id" in one]

    def _of_status(self, error: openai.APIStatusError, sent: Mapping[str, Any]) -> ChunkFailure | AccessError:
        """The meaning of a status other than 2xx, in our own tree; the one place that knows statuses."""
        status, code = error.status_code, str(error.code or error.type or "")
        said = f"{self.base_url} answered {status}{self._words(error)}"
        if status in (401, 403):
            return AccessError(said, hint="Set OPENAI_API_KEY to a key that this endpoint accepts.")
        if status == 402 or code == "insufficient_quota":
            return AccessError(said, hint="There is no credit left: top up the account, then run again.")
        if status == 404:
            hint = f"It knows no model {sent.get('model', '')!r}, or --base-url lacks its path (often /v1): see `extract doctor`."
            return AccessError(said, hint=hint)
        if code in ("content_filter", "content_policy_violation"):
            return FilteredAnswerError(said)
        if code == "context_length_exceeded" or status == 413:
            return TruncatedAnswerError(said, hint="The chunk is split and asked again.")
        if status in (408, 409, 425, 429) or status >= 500:
            failure = EndpointError(said)
            failure.down = status >= 500
            failure.retry_after = retry_after(error.response.headers, self._now())
            return failure
        rejected = RejectedQuestionError(said)
        rejected.parameter = refused_parameter(sent.keys() - ABOUT, error.body)
        return rejected

    def _words(self, error: openai.APIStatusError) -> str:
        """What the endpoint said, fit to be shown: short, one line, without the key."""
        text = said_in(error.body)
        if len(self._api_key) > 3:
            text = text.replace(self._api_key, "***")
        text = " ".join("".join(c if c.isprintable() else " " for c in text[: 4 * SHOWN]).split())
        return f": {text[:SHOWN]}" if text else ""


def _as_error(response: httpx2.Response) -> openai.APIStatusError:
    """A response other than 2xx as openai has it, which knows where endpoints put their words."""
    try:
        body = response.json()
    except ValueError:
        body = response.text
    said = body.get("error", body) if isinstance(body, dict) else body
    return openai.APIStatusError(str(said), response=response, body=said)


def _encoded(body: Mapping[str, Any]) -> bytes:
    """JSON; half characters, which no UTF-8 can hold, go as escapes."""
    try:
        return orjson.dumps(body)
    except TypeError:
        return json.dumps(body).encode()


def _down(message: str, cause: Exception) -> EndpointError:
    failure = EndpointError(message)
    failure.down = True
    failure.unsent = isinstance(cause, NEVER_LEFT)
    return failure


def read_completion(content: bytes, endpoint: str) -> Completion:
    """A completion from the bytes of a 2xx response.

    Raises:
        EndpointError: these bytes are no completion at all.
    """
    parsed = _parsed(content, endpoint)
    usage = _usage(parsed.get("usage"))
    choices = parsed.get("choices")
    choice = choices[0] if isinstance(choices, list) and choices else None
    message = choice.get("message") if isinstance(choice, dict) else None
    if not isinstance(choice, dict) or not isinstance(message, dict):
        return Completion("", usage, EmptyAnswerError("the endpoint sent no choice"))
    text = _text(message)
    return Completion(text, usage, _failure(choice.get("finish_reason"), message, text))


def _failure(finish: object, message: Mapping[str, Any], text: str) -> ChunkFailure | None:
    if finish == "length":
        return TruncatedAnswerError("the answer broke off at the token limit")
    if finish == "content_filter":
        return FilteredAnswerError("the provider's content filter held the answer back")
    if message.get("refusal"):
        return RefusedAnswerError("the model refused to answer")
    if not text.strip():
        return EmptyAnswerError("the endpoint sent no content")
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
    content = message.get("content")
    if isinstance(content, list):  # parts, as some endpoints send them
        content = "".join(str(part.get("text", "")) for part in content if isinstance(part, dict))
    return content if isinstance(content, str) else ""


def _usage(block: object) -> Usage:
    if not isinstance(block, dict):
        return Usage(requests=1)
    details = block.get("prompt_tokens_details")
    cached = details.get("cached_tokens") if isinstance(details, dict) else None
    return Usage(
        1, _count(block.get("prompt_tokens")), _count(block.get("completion_tokens")), _count(cached)
    )


def _count(value: object) -> int:
    return value if isinstance(value, int) and value > 0 else 0


def _parsed(content: bytes, endpoint: str) -> dict[str, Any]:
    try:
        parsed = _loads(content)
    except ValueError as error:
        failure = EndpointError(
            f"{endpoint} answered with something that is no JSON",
            hint="Check --base-url: it should end where /chat/completions begins, often in /v1.",
        )
        raise failure from error
    if not isinstance(parsed, dict):
        raise EndpointError(f"{endpoint} answered with JSON that is no completion")
    if "error" in parsed and "choices" not in parsed:  # a proxy's 200 around an upstream error
        raise EndpointError(f"{endpoint} answered 200 with an error in it")
    return parsed


def _loads(content: bytes) -> Any:
    try:
        return orjson.loads(content)
    except orjson.JSONDecodeError:  # orjson refuses half characters; they are replaced, nothing can hold them
        text = json.dumps(json.loads(content), ensure_ascii=False)
        return json.loads(text.encode("utf-8", "replace"))


def retry_after(headers: Mapping[str, str], now: float) -> float | None:
    """Seconds that an endpoint asks to wait: `retry-after-ms`, else `retry-after` as seconds or as an HTTP date.

    Args:
        headers: of the response.
        now: seconds since 1970.

    Returns:
        None where it asks for nothing or for nothing that can be understood; never less than 0.
    """
    milliseconds = _number(headers.get("retry-after-ms"))
    if milliseconds is not None:
        return milliseconds / 1000
    text = headers.get("retry-after")
    seconds = _number(text)
    if seconds is not None or not text:
        return seconds
    try:
        moment = email.utils.parsedate_to_datetime(text).timestamp()
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return max(0.0, moment - now)


def _number(text: str | None) -> float | None:
    try:
        number = float(text) if text else None
    except ValueError:
        return None
    return max(0.0, number) if number is not None and math.isfinite(number) else None
