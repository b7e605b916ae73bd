"""One exchange with an OpenAI-compatible endpoint: a body goes out, a completion comes back, or a typed error.

It goes through the client of the `openai` package, which knows how a key is sent. Nothing is tried twice here; that
is `extract.engines.llm.retry`.
"""

import json
import time
from collections.abc import Callable, Mapping
from itertools import islice
from typing import Any

import httpx2
import openai
import orjson

from extract.engines.llm.connection import (
    QUESTIONS_PATH,
    Access,
    connect,
    proxy_for,
    read_address,
    without_login,
)
from extract.engines.llm.reading import Completion, error_inside, loaded, parsed_object, read_completion
from extract.engines.llm.refusals import Place, Refusal, inside, meaning, plainly, unreachable
from extract.engines.llm.transport import LEAVING
from extract.errors import AccessError
from extract.messages import Message

NEVER_LEFT = (
    httpx2.ConnectError,
    httpx2.ConnectTimeout,
    httpx2.PoolTimeout,
    httpx2.UnsupportedProtocol,
    httpx2.ProxyError,
)
MOST_MODELS = 2_000
STREAM = b"data:"
"""How a stream of events begins."""


class Client:
    """Speaks to one endpoint.

    Args:
        base_url: as in `https://host/v1`; None for OpenAI's own.
        api_key: sent as the client sends it; shown nowhere.
        headers: sent with every request.
        timeout: seconds until one exchange is given up.
        connections: as many are kept open.
        transport: instead of the network, for tests.
        now: seconds since 1970.

    Raises:
        AccessError: the base URL or the proxy of the environment cannot be used.
    """

    def __init__(
        self,
        base_url: str | None,
        api_key: str | None,
        *,
        headers: Mapping[str, str] | None = None,
        timeout: float = 180.0,
        connections: int = 32,
        transport: httpx2.AsyncBaseTransport | None = None,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._now = now
        address = read_address(base_url)
        access = Access(api_key, headers or {})
        self._openai = connect(address, access, timeout=timeout, connections=connections, transport=transport)
        self._azure = address.azure
        self.base_url = without_login(str(self._openai.base_url)).rstrip("/")
        proxy = proxy_for(self.base_url)
        self._place = Place(
            self.base_url,
            (api_key or "", *(address.login or ())[1:], *(headers or {}).values()),
            key=bool(api_key)
            or address.azure,  # which has found one in the environment, else it would not be here
            login=address.login is not None,
            proxy=proxy and without_login(proxy),
        )

    @property
    def sends_key(self) -> bool:
        """A key is set and sent."""
        return self._place.key

    @property
    def sends_login(self) -> bool:
        """Name and password of the base URL are sent in place of a key."""
        return self._place.login

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
            response = await self._openai.post(QUESTIONS_PATH, cast_to=httpx2.Response, **self._sent(body))
        except openai.OpenAIError as error:
            raise self._meaning(error, body) from error
        finally:
            LEAVING.reset(token)
        if response.content.lstrip()[:5] == STREAM:
            raise AccessError(
                Message("%(url)s sent a stream, although none was requested.", url=self.base_url),
                hint=Message("Turn streaming off at the endpoint, or at the gateway before it."),
            )
        if (error_in_it := error_inside(response.content)) is not None:
            raise meaning(inside(error_in_it, response.headers), self._place, body, self._now())
        return read_completion(response.content, self.base_url)

    async def models(self) -> list[str]:
        """The names of the models that the endpoint offers.

        Raises:
            AccessError, ChunkFailure: as in `send`.
        """
        try:
            response = await self._openai.get("/models", cast_to=httpx2.Response)
        except openai.OpenAIError as error:
            raise self._meaning(error, {}) from error
        listed = parsed_object(response.content, self.base_url).get("data")
        named = (
            one["id"]
            for one in (listed if isinstance(listed, list) else ())
            if isinstance(one, dict) and "id" in one
        )
        return [plainly(str(name)) for name in islice(named, MOST_MODELS)]

    def _sent(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """The body as the client takes it: as bytes, which is quicker; Azure's kind reads the model from it."""
        content = _encoded(body)
        return {"body": loaded(content)} if self._azure else {"content": content}

    def _meaning(self, error: openai.OpenAIError, sent: Mapping[str, Any]) -> Exception:
        if isinstance(error, openai.APIStatusError):
            refusal = Refusal(error.status_code, error.body, error.response.headers)
            return meaning(refusal, self._place, sent, self._now())
        return unreachable(self._place, error.__cause__ or error, NEVER_LEFT)


def _encoded(body: Mapping[str, Any]) -> bytes:
    """JSON; half characters, which no UTF-8 can hold, go as escapes."""
    try:
        return orjson.dumps(body)
    except TypeError:
        return json.dumps(body).encode()
