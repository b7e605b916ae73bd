"""What reaches an endpoint: key, headers, query, login; through proxies and certificates; never after a redirect."""

import asyncio
import base64
import ssl
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openai
import pytest

from extract.engines.llm.client import Client
from extract.engines.llm.connection import Access, connect_sync, read_address, without_login
from extract.engines.llm.provider import OpenAIProvider
from extract.errors import AccessError, EndpointError, KeyRefusedError
from tests.endpoint.faults import Chance, Response, completion
from tests.endpoint.server import KEY, Endpoint, Manner, served

QUESTION = {"model": "m", "messages": [{"role": "user", "content": "增长7%"}]}
PROXIES = ("http_proxy", "https_proxy", "all_proxy", "no_proxy")


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in PROXIES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


def ask(url: str, key: str | None = KEY, leaving: Callable[[], None] | None = None, **more: Any) -> Any:
    """One question; gives the completion."""

    async def go() -> Any:
        client = Client(url, key, timeout=5, **more)
        try:
            return await client.send(QUESTION, leaving)
        finally:
            await client.aclose()

    return asyncio.run(go())


def models(url: str) -> list[str]:
    """The names of the models there."""

    async def go() -> list[str]:
        client = Client(url, KEY)
        try:
            return await client.models()
        finally:
            await client.aclose()

    return asyncio.run(go())


def endpoint(**manner: Any) -> Endpoint:
    """One that answers well to whom it lets in."""
    return Endpoint(Chance(lambda _body: "{}"), keep=True, manner=Manner(**manner))


AZURE = {"base": "/openai/deployments/m", "header": "api-key", "query": "api-version=2024-10-21"}


def test_the_key_arrives_with_questions_models_and_batches() -> None:
    """As a bearer, by the client's own way; the suite's endpoint lets nobody in without it."""
    there = endpoint()
    with served(there) as url:
        assert ask(url).text == "{}"
        assert models(url) == ["loopback"]
        provider = OpenAIProvider(url, KEY, 5)
        with pytest.raises(AccessError, match="no such path"):
            provider.retrieve("batch-1")
        provider.close()
    assert {one.get("authorization") for one in there.headers} == {f"Bearer {KEY}"}
    assert there.attempts == 3


@pytest.mark.parametrize(
    ("key", "hint"), [(None, "No key was sent"), ("sk-wrong", "to a key that this endpoint accepts")]
)
def test_a_key_that_is_missing_or_wrong_is_named(key: str | None, hint: str) -> None:
    """Each with its own sentence."""
    with served(endpoint()) as url, pytest.raises(KeyRefusedError) as caught:
        ask(url, key)
    assert hint in caught.value.hint


def test_so_is_a_key_for_azure(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its client does not even send without one."""
    monkeypatch.delenv("AZURE_OPENAI_API_KEY", raising=False)
    with served(endpoint(**AZURE)) as url:
        there = f"{url}?api-version=2024-10-21"
        with pytest.raises(AccessError, match="Azure needs a key"):
            ask(there, None)
        with pytest.raises(KeyRefusedError):
            ask(there, "sk-wrong")
        monkeypatch.setenv("AZURE_OPENAI_API_KEY", KEY)
        assert ask(there, None).text == "{}"


def test_a_key_that_did_not_arrive_is_named() -> None:
    """Something between took it away, and the endpoint says so."""
    locked = Response("locked", 401, {"error": {"message": "You didn't provide an API key."}})
    with served(endpoint(key="other", locked=locked)) as url, pytest.raises(KeyRefusedError) as caught:
        ask(url)
    assert not caught.value.arrived
    assert "did not reach the endpoint" in caught.value.hint


def test_azure_keeps_its_query_and_takes_its_key_by_its_own_header() -> None:
    """For questions and for the client of batches."""
    there = endpoint(**AZURE)
    with served(there) as url:
        assert ask(f"{url}?api-version=2024-10-21").text == "{}"
        address = read_address(f"{url}?api-version=2024-10-21")
        batches = connect_sync(address, Access(KEY), timeout=5, retries=0)
        with pytest.raises(openai.NotFoundError):
            batches.batches.retrieve("batch-1")
        batches.close()
    paths = ("chat/completions", "batches/batch-1")
    assert there.targets == [f"/openai/deployments/m/{path}?api-version=2024-10-21" for path in paths]
    assert [one["api-key"] for one in there.headers] == [KEY, KEY]
    assert not any("authorization" in one for one in there.headers)


def test_azure_without_a_deployment_in_its_url_takes_the_model_for_it() -> None:
    """As the client does it."""
    address = read_address("https://a.openai.azure.com/?api-version=1")
    assert (address.url, address.azure) == ("https://a.openai.azure.com/openai", True)
    assert not read_address("https://a.openai.azure.com/openai/v1").azure


def test_azure_without_its_version_is_told_what_to_write(monkeypatch: pytest.MonkeyPatch) -> None:
    """One sentence, before anything is sent."""
    monkeypatch.delenv("OPENAI_API_VERSION", raising=False)
    with pytest.raises(AccessError, match="lacks Azure's API version") as caught:
        ask("https://a.invalid/openai/deployments/m")
    assert "?api-version=" in caught.value.hint


def test_any_query_goes_with_every_request() -> None:
    """Gateways have theirs."""
    there = endpoint(query="team=7")
    with served(there) as url:
        ask(f"{url}/?team=7&x=%E4%BA%91")
    assert there.targets == ["/v1/chat/completions?team=7&x=%E4%BA%91"]


def test_headers_of_the_settings_and_of_the_environment_arrive(monkeypatch: pytest.MonkeyPatch) -> None:
    """Organisation and project as the client reads them, others by configuration."""
    monkeypatch.setenv("OPENAI_ORG_ID", "org-1")
    monkeypatch.setenv("OPENAI_PROJECT_ID", "proj-1")
    monkeypatch.setenv("OPENAI_CUSTOM_HEADERS", "X-Team: seven")
    there = endpoint()
    with served(there) as url:
        ask(url, headers={"X-Cost-Centre": "11"})
    sent = there.headers[0]
    assert (sent["openai-organization"], sent["openai-project"]) == ("org-1", "proj-1")
    assert (sent["x-team"], sent["x-cost-centre"]) == ("seven", "11")


def test_name_and_password_of_the_url_are_used_and_hidden() -> None:
    """As basic authentication; no message holds them."""
    login = "Basic " + base64.b64encode(b"ann:p@ss word").decode()
    there = endpoint(key=None, login=login)
    with served(there) as url:
        secret = url.replace("http://", "http://ann:p%40ss%20word@")
        assert ask(secret, None).text == "{}"
        client = Client(secret, None)
        assert client.base_url == url
        wrong = url.replace("http://", "http://ann:p%40ss@")
        with pytest.raises(KeyRefusedError) as caught:
            ask(wrong, None)
    assert "p@ss" not in str(caught.value)
    assert "p%40ss" not in str(caught.value)
    assert "name and password" in caught.value.hint
    assert "p%40ss" not in repr(read_address(wrong))
    asyncio.run(client.aclose())


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://ann:word@host/v1", "https://host/v1"),
        ("http://ann:p/w@rd@host:80/v1", "http://host:80/v1"),
        ("http://127.0.0.1/v1", "http://127.0.0.1/v1"),
        ("", ""),
    ],
)
def test_no_login_is_shown(url: str, shown: str) -> None:
    """However the URL is written."""
    assert without_login(url) == shown


@pytest.mark.parametrize(
    ("url", "hint"),
    [
        ("127.0.0.1:8000/v1", "http://127.0.0.1:8000/v1"),
        ("localhost:11434/v1", "http://localhost:11434/v1"),
        ("api.example.com/v1", "https://api.example.com/v1"),
        ("ftp://x/v1", "https://host/v1"),
        ("http://[half", "https://host/v1"),
        ("http://a b/v1", "https://host/v1"),
        ("http://ann:word@x:port/v1", "https://host/v1"),
    ],
)
def test_an_address_that_is_none_is_one_sentence(url: str, hint: str) -> None:
    """Before anything is sent; a scheme that is missing is named."""
    with pytest.raises(AccessError, match="cannot be used as --base-url") as caught:
        Client(url, KEY)
    assert hint in caught.value.hint
    assert "word" not in str(caught.value)


def test_the_path_of_questions_may_be_part_of_the_address() -> None:
    """As it stands in many manuals."""
    with served(endpoint()) as url:
        assert ask(f"{url}/chat/completions").text == "{}"


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_no_redirect_is_followed_with_the_key(status: int) -> None:
    """Neither to another host nor on the same one."""
    other = endpoint()
    with served(other) as there:
        moved = Response("moved", status, b"", {"location": f"{there}/chat/completions"})
        with served(Endpoint(lambda _body: moved)) as url, pytest.raises(AccessError, match="redirects to"):
            ask(url)
    assert other.attempts == 0


# Proxies ---------------------------------------------------------------------------------------------------


def behind(serve: Any, use: Callable[[str], Any]) -> Any:
    """What comes of using an address where `serve` listens."""

    async def go() -> Any:
        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        async with server:
            return await asyncio.to_thread(use, f"127.0.0.1:{server.sockets[0].getsockname()[1]}")

    return asyncio.run(go())


def as_proxy(seen: list[bytes], status: str = "200 OK", body: bytes | None = None) -> Any:
    """A proxy that answers itself."""
    import json

    content = json.dumps(completion("{}")).encode() if body is None else body

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0] or 0)
        await reader.readexactly(length)
        seen.append(head)
        writer.write(f"HTTP/1.1 {status}\r\ncontent-length: {len(content)}\r\n\r\n".encode() + content)
        await writer.drain()
        writer.close()

    return serve


def test_the_proxy_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """With its name and password; the request is counted in the moment it leaves."""
    seen: list[bytes] = []
    told: list[int] = []

    def use(place: str) -> Any:
        monkeypatch.setenv("HTTP_PROXY", f"http://user:word@{place}")
        return ask("http://model.invalid/v1", leaving=lambda: told.append(len(seen)))

    assert behind(as_proxy(seen), use).text == "{}"
    assert seen[0].startswith(b"POST http://model.invalid/v1/chat/completions ")
    assert b"proxy-authorization: basic" in seen[0].lower()
    assert f"authorization: bearer {KEY}".encode() in seen[0].lower()
    assert told == [0]


def test_what_must_not_leave_stays_behind_a_proxy_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """An error raised in that moment keeps the request back."""
    seen: list[bytes] = []

    def refuse() -> None:
        raise RuntimeError("not now")

    def use(place: str) -> Any:
        monkeypatch.setenv("HTTP_PROXY", f"http://{place}")
        with pytest.raises(EndpointError):
            ask("http://model.invalid/v1", leaving=refuse)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        seen.append(await reader.read())
        writer.close()

    behind(serve, use)
    assert not any(seen)


def test_a_host_that_is_excepted_is_reached_directly(monkeypatch: pytest.MonkeyPatch) -> None:
    """As NO_PROXY says."""
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with served(endpoint()) as url:
        assert ask(url).text == "{}"


def test_a_proxy_that_is_down_is_named_and_how_to_go_round_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without its password; so is a proxy that stands before an endpoint on this machine."""
    monkeypatch.setenv("ALL_PROXY", "http://user:word@127.0.0.1:9")
    with served(endpoint()) as url, pytest.raises(EndpointError) as caught:
        ask(url)
    assert "through the proxy http://127.0.0.1:9" in str(caught.value)
    assert "NO_PROXY" in caught.value.hint
    assert caught.value.unsent


def test_a_proxy_that_wants_a_login_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is no refusal of the key."""

    def use(place: str) -> Any:
        monkeypatch.setenv("HTTP_PROXY", f"http://{place}")
        with pytest.raises(AccessError, match="asks for a login") as caught:
            ask("http://model.invalid/v1")
        assert "HTTPS_PROXY" in caught.value.hint

    behind(as_proxy([], "407 Proxy Authentication Required", b""), use)


def test_a_socks_proxy_works(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the client documents it."""
    seen: list[bytes] = []

    async def socks(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        greeting = await reader.readexactly(2)
        await reader.readexactly(greeting[1])
        writer.write(b"\x05\x00")
        await reader.readexactly(4)
        seen.append(await reader.readexactly((await reader.readexactly(1))[0] + 2))
        writer.write(b"\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00")
        await as_proxy(seen)(reader, writer)

    def use(place: str) -> Any:
        monkeypatch.setenv("ALL_PROXY", f"socks5://{place}")
        return ask("http://model.invalid/v1")

    assert behind(socks, use).text == "{}"
    assert seen[0].startswith(b"model.invalid")


@pytest.mark.parametrize("make", [Client, lambda url, key: OpenAIProvider(url, key, 5)])
def test_a_socks_proxy_without_its_package_is_named(
    monkeypatch: pytest.MonkeyPatch, make: Callable[[str, str], object]
) -> None:
    """For questions and for batches; no ImportError gets out."""
    monkeypatch.setitem(sys.modules, "socksio", None)
    monkeypatch.setenv("ALL_PROXY", "socks5://user:word@127.0.0.1:9")
    with pytest.raises(AccessError, match="speaks SOCKS") as caught:
        make("http://model.invalid/v1", KEY)
    assert "httpx2[socks]" in caught.value.hint
    assert "word" not in str(caught.value)


def test_a_proxy_of_an_unknown_kind_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """One sentence."""
    monkeypatch.setenv("ALL_PROXY", "gopher://user:word@127.0.0.1:9")
    with pytest.raises(AccessError, match="cannot be used") as caught:
        Client("http://model.invalid/v1", KEY)
    assert "word" not in str(caught.value)


# Certificates ----------------------------------------------------------------------------------------------


def test_a_certificate_of_ones_own_is_named_and_can_be_trusted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`SSL_CERT_FILE` is what the client documents."""
    certificate, secret = tmp_path / "c.pem", tmp_path / "k.pem"
    subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=IP:127.0.0.1"]
    files = ["-keyout", str(secret), "-out", str(certificate)]
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *subject, *files]
    try:
        subprocess.run(made, check=True, capture_output=True)
    except FileNotFoundError:
        pytest.skip("openssl is not installed")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, secret)

    async def go() -> Any:
        server = await asyncio.start_server(as_proxy([]), "127.0.0.1", 0, ssl=context)
        url = f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
        async with server:
            left: list[int] = []
            with pytest.raises(AccessError, match="is not trusted here") as caught:
                await asyncio.to_thread(ask, url, KEY, lambda: left.append(1))
            monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
            return caught.value, left, await asyncio.to_thread(ask, url)

    refused, left, answer = asyncio.run(go())
    assert "SSL_CERT_FILE" in refused.hint
    assert refused.unsent
    assert not left
    assert answer.text == "{}"


def test_https_to_a_server_without_it_is_named() -> None:
    """One sentence that says what to write."""

    async def plain(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(100)
        writer.write(b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n")
        writer.close()

    def use(place: str) -> None:
        with pytest.raises(EndpointError) as caught:
            ask(f"https://{place}/v1")
        assert "http://" in caught.value.hint

    behind(plain, use)
