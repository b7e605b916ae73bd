"""What an endpoint sends is read within bounds: its size as it came and unpacked, its packing, its depth."""

import asyncio
import gzip
import json
import tracemalloc
import zlib
from collections.abc import Iterator

import httpx2
import pytest
from endpoint.faults import Response, completion
from endpoint.server import KEY, Endpoint, Manner, served

from extract.engines.llm.bounded import MOST_BYTES, UnfitBodyError, Unpacking
from extract.engines.llm.client import Client
from extract.engines.llm.provider import OpenAIProvider
from extract.engines.llm.reading import Completion, loaded
from extract.errors import EndpointError

QUESTION = {"model": "m", "messages": [{"role": "user", "content": "增长7%"}]}
GOOD = json.dumps(completion("{}")).encode()
HUNDRED = 100_000_000
"""Bytes."""


def asked(body: bytes, headers: dict[str, str] | None = None) -> Completion:
    """What comes of a question that is answered with these bytes."""

    async def go(base_url: str) -> Completion:
        client = Client(base_url, KEY, timeout=60)
        try:
            return await client.send(QUESTION)
        finally:
            await client.aclose()

    with served(Endpoint(lambda _body: Response("answered", 200, body, headers or {}))) as base_url:
        return asyncio.run(go(base_url))


def swollen(packed_size: int = HUNDRED) -> bytes:
    """A small body that unpacks to a large one."""
    return gzip.compress(b" " * packed_size)


def test_an_answer_of_a_hundred_megabytes_is_not_read_to_its_end() -> None:
    """It is said how long an answer may be, and what to do; asking again would change nothing."""
    with pytest.raises(EndpointError, match="more than 8,000,000 bytes") as caught:
        asked(b'{"choices":[' + b" " * HUNDRED)
    assert "--max-output-tokens" in caught.value.hint
    assert caught.value.unread
    assert not caught.value.retryable


def test_a_compressed_answer_is_measured_as_it_unpacks() -> None:
    """Neither its bytes on the wire nor a length that it claims say how large it is; memory stays small."""
    body = swollen()
    assert len(body) < 200_000
    tracemalloc.start()
    with pytest.raises(EndpointError, match="more than 8,000,000 bytes"):
        asked(body, {"content-encoding": "gzip"})
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 5 * MOST_BYTES


@pytest.mark.parametrize(
    ("body", "encoding"),
    [
        (gzip.compress(GOOD), "gzip"),
        (gzip.compress(GOOD), "x-gzip"),
        (zlib.compress(GOOD), "deflate"),
        (zlib.compress(GOOD)[2:-4], "deflate"),
        (gzip.compress(GOOD[:9]) + gzip.compress(GOOD[9:]), "gzip"),
        (gzip.compress(GOOD) + bytes(9), "gzip"),
        (GOOD, "identity"),
        (GOOD, ""),
    ],
)
def test_what_was_asked_for_is_unpacked(body: bytes, encoding: str) -> None:
    """With and without its frame."""
    assert asked(body, {"content-encoding": encoding}).text == "{}"


@pytest.mark.parametrize(
    ("body", "encoding"),
    [(GOOD, "br"), (GOOD, "zstd"), (gzip.compress(gzip.compress(GOOD)), "gzip, gzip"), (GOOD, "gzip")],
)
def test_another_packing_is_refused(body: bytes, encoding: str) -> None:
    """What was not asked for is not unpacked, for it cannot be done within a bound."""
    with pytest.raises(EndpointError, match="cannot be unpacked") as caught:
        asked(body, {"content-encoding": encoding})
    assert "compression" in caught.value.hint


def test_a_refusal_of_a_hundred_megabytes_is_not_read_either() -> None:
    """Whatever the status."""

    async def go(base_url: str) -> None:
        client = Client(base_url, KEY, timeout=60)
        try:
            await client.send(QUESTION)
        finally:
            await client.aclose()

    endpoint = Endpoint(lambda _body: Response("failed", 500, b"x" * HUNDRED))
    with served(endpoint) as base_url, pytest.raises(EndpointError, match="more than 8,000,000 bytes"):
        asyncio.run(go(base_url))


def test_the_transport_that_proxies_need_is_bounded_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer through a proxy, whose requests name the whole address, is read no further than any other."""
    place = "http://model.invalid/v1"
    endpoint = Endpoint(lambda _body: Response("answered", 200, b" " * HUNDRED), manner=Manner(base=place))

    async def go() -> None:
        client = Client(place, KEY, timeout=60)
        try:
            await client.send(QUESTION)
        finally:
            await client.aclose()

    with served(endpoint) as base_url:
        monkeypatch.setenv("http_proxy", base_url.removesuffix(place))
        with pytest.raises(EndpointError, match="more than 8,000,000 bytes"):
            asyncio.run(go())
    assert endpoint.requests == 1


def test_files_of_batches_are_bounded_as_they_unpack(monkeypatch: pytest.MonkeyPatch) -> None:
    """Piece by piece, so that none of it is kept in memory."""
    monkeypatch.setattr("extract.engines.llm.transport.MOST_FILE_BYTES", 1_000_000)
    sent = _Sending({"content-encoding": "gzip"}, swollen(10_000_000))
    desk = _provider(sent, monkeypatch)
    with pytest.raises(EndpointError, match="more than 1,000,000 bytes"):
        sum(map(len, desk.content("file-1")))
    desk.close()


def test_what_a_provider_says_of_a_batch_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """As an answer is."""
    desk = _provider(_Sending({"content-encoding": "gzip"}, swollen()), monkeypatch)
    with pytest.raises(EndpointError, match="more than 8,000,000 bytes"):
        desk.retrieve("batch-1")
    desk.close()


class _Sending(httpx2.BaseTransport):
    """Answers everything with the same bytes."""

    def __init__(self, headers: dict[str, str], body: bytes) -> None:
        self.headers = headers
        self.body = body

    def handle_request(self, _request: httpx2.Request) -> httpx2.Response:
        """The response, whose body is still on its way."""
        return httpx2.Response(200, headers=self.headers, stream=_Stream(self.body))


class _Stream(httpx2.SyncByteStream):
    def __init__(self, body: bytes) -> None:
        self.body = body

    def __iter__(self) -> Iterator[bytes]:
        for start in range(0, len(self.body), 1000):
            yield self.body[start : start + 1000]


def _provider(sending: httpx2.BaseTransport, monkeypatch: pytest.MonkeyPatch) -> OpenAIProvider:
    monkeypatch.setattr("extract.engines.llm.provider.RETRIES", 0)
    monkeypatch.setattr("httpx2.HTTPTransport", lambda **_how: sending)
    return OpenAIProvider("http://desk.invalid/v1", "sk-secret", 5)


@pytest.mark.parametrize("deep", [b"[" * 200_000, b'{"a":' * 200_000, b'{"choices":' + b"[" * 200_000])
def test_what_is_nested_without_end_is_no_answer(deep: bytes) -> None:
    """And no fault of ours."""
    with pytest.raises(ValueError, match=r"."):
        loaded(deep)
    with pytest.raises(EndpointError, match="other than JSON"):
        asked(deep)


def test_damaged_packing_is_said() -> None:
    """In the middle of a body as well."""
    packed = gzip.compress(GOOD * 1000)
    unpacking = Unpacking("gzip", MOST_BYTES)
    list(unpacking.pieces(packed[:50]))
    with pytest.raises(UnfitBodyError, match="damaged"):
        list(unpacking.pieces(b"\xff" * 50))


@pytest.mark.parametrize("lost", [1, 9, 40])
def test_packing_that_breaks_off_is_said(lost: int) -> None:
    """The length of the body is as its head says: nothing else shows that something is missing."""
    with pytest.raises(EndpointError, match="cannot be unpacked"):
        asked(gzip.compress(GOOD)[:-lost], {"content-encoding": "gzip"})
