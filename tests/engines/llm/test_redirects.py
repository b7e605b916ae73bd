"""Neither the key nor a word of a report goes to another address than the one that was named."""

import asyncio
from collections.abc import Callable

import pytest
from endpoint.faults import Response, good
from endpoint.server import KEY, Endpoint, Manner, served

from extract.engines.llm.client import Client
from extract.engines.llm.provider import OpenAIProvider
from extract.errors import AccessError

QUESTION = {"model": "m", "messages": [{"role": "user", "content": "增长7%"}]}
STATUSES = (301, 302, 303, 307, 308)


def elsewhere(status: int, place: str) -> Response:
    """A redirect."""
    return Response("moved", status, {}, {"location": place})


def refused(
    use: Callable[[str], object], status: int, header: str = "authorization"
) -> tuple[AccessError, Endpoint]:
    """What comes of using an endpoint that redirects all that it is asked to another port; and who listens there."""
    other = Endpoint(lambda body: good("{}", body), keep=True, manner=Manner(key=None))
    with served(other) as there:
        moved = elsewhere(status, f"{there}/chat/completions")
        first = Endpoint(lambda _body: moved, manner=Manner(header=header, lost=moved, models=None))
        with served(first) as here, pytest.raises(AccessError) as caught:
            use(here)
    return caught.value, other


def asking(base_url: str, *, azure: bool = False) -> None:
    """One question."""

    async def go() -> None:
        client = Client(f"{base_url}/openai/deployments/m?api-version=1" if azure else base_url, KEY)
        try:
            await client.send(QUESTION)
        finally:
            await client.aclose()

    asyncio.run(go())


def listing(base_url: str) -> None:
    """The models."""

    async def go() -> None:
        client = Client(base_url, KEY)
        try:
            await client.models()
        finally:
            await client.aclose()

    asyncio.run(go())


def of_batches(call: Callable[[OpenAIProvider], object]) -> Callable[[str], None]:
    """Something of files and batches."""

    def use(base_url: str) -> None:
        desk = OpenAIProvider(base_url, KEY, 10)
        try:
            call(desk)
        finally:
            desk.close()

    return use


CALLS: dict[str, Callable[[str], None]] = {
    "a question": asking,
    "the models": listing,
    "a file up": of_batches(lambda desk: desk.upload("a", b"{}\n")),
    "a batch": of_batches(lambda desk: desk.create("f", "n")),
    "its state": of_batches(lambda desk: desk.retrieve("b")),
    "the batches": of_batches(lambda desk: desk.find("n")),
    "a file down": of_batches(lambda desk: list(desk.content("f"))),
}


@pytest.mark.parametrize("status", STATUSES)
@pytest.mark.parametrize("name", CALLS)
def test_no_redirect_is_followed_to_another_port(name: str, status: int) -> None:
    """The new address is told, and what to do; nothing arrives there."""
    error, other = refused(CALLS[name], status)
    assert other.attempts == 0
    assert "redirects to http://127.0.0.1:" in str(error)
    assert "--base-url" in error.hint


def test_no_redirect_takes_the_key_of_azure_along() -> None:
    """Which goes in a header of its own."""
    error, other = refused(lambda base_url: asking(base_url, azure=True), 307, "api-key")
    assert other.attempts == 0
    assert "redirects" in str(error)


@pytest.mark.parametrize("status", STATUSES)
def test_no_redirect_is_followed_through_a_proxy(status: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its transport is another one."""
    place = "http://model.invalid/v1"
    moved = elsewhere(status, "http://other.invalid/v1/chat/completions")
    proxy = Endpoint(lambda _body: moved, keep=True, manner=Manner(base=place))
    with served(proxy) as base_url:
        monkeypatch.setenv("http_proxy", base_url.removesuffix(place))
        with pytest.raises(AccessError, match="redirects"):
            asking(place)
    assert proxy.targets == [f"{place}/chat/completions"]


def test_where_it_redirects_to_is_told_without_what_moves_a_terminal() -> None:
    """An address is the endpoint's words, too."""
    from extract.engines.llm.refusals import Place, Refusal, meaning

    refusal = Refusal(307, {}, {"location": "http://x/\x1b[2J\x07v1"})
    assert str(meaning(refusal, Place("http://here/v1"), {}, 0)).isprintable()
