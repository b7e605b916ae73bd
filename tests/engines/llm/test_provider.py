"""Files and batches of a provider, over HTTP as OpenAI's client speaks it."""

import json
from collections.abc import Callable

import httpx2
import pytest

from extract.engines.llm import provider as module
from extract.engines.llm.provider import OpenAIProvider
from extract.errors import AccessError, EndpointError

Handler = Callable[[httpx2.Request], httpx2.Response]
BATCH = {
    "id": "batch-1",
    "object": "batch",
    "endpoint": "/v1/chat/completions",
    "input_file_id": "file-1",
    "completion_window": "24h",
    "created_at": 1,
    "status": "completed",
    "output_file_id": "file-2",
    "request_counts": {"total": 3, "completed": 2, "failed": 1},
    "metadata": {"extract": "0001-ab"},
}

JSON = {"content-type": "application/json"}


def provider(handler: Handler, monkeypatch: pytest.MonkeyPatch) -> OpenAIProvider:
    """One whose network is a function, and that tries nothing twice."""
    monkeypatch.setattr(module, "RETRIES", 0)
    http = httpx2.Client(transport=httpx2.MockTransport(handler))
    return OpenAIProvider("http://desk.invalid/v1", "sk-secret", 5, http)


def test_a_file_goes_up_and_a_batch_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    """With the purpose, the window and our own name for it."""
    seen: list[httpx2.Request] = []

    def handle(request: httpx2.Request) -> httpx2.Response:
        seen.append(request)
        if request.url.path == "/v1/files":
            file = {"id": "file-1", "object": "file", "bytes": 1, "created_at": 1, "filename": "f"}
            return httpx2.Response(200, json={**file, "purpose": "batch", "status": "processed"})
        return httpx2.Response(200, json=BATCH)

    desk = provider(handle, monkeypatch)
    assert desk.upload("a.jsonl", b"{}\n") == "file-1"
    remote = desk.create("file-1", "0001-ab")
    desk.close()
    assert (remote.status, remote.total, remote.completed, remote.failed) == ("completed", 3, 2, 1)
    assert (remote.output_file, remote.error_file) == ("file-2", None)
    body = json.loads(seen[1].content)
    assert body["endpoint"] == "/v1/chat/completions"
    assert body["metadata"] == {"extract": "0001-ab"}


def test_a_batch_is_found_by_our_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """Among all that the account has."""
    other = {**BATCH, "id": "batch-0", "metadata": None}
    page = {"object": "list", "data": [other, BATCH], "has_more": False}
    desk = provider(lambda _request: httpx2.Response(200, json=page), monkeypatch)
    found = desk.find("0001-ab")
    assert found is not None
    assert found.id == "batch-1"
    assert desk.find("another") is None
    desk.close()


def test_a_file_comes_down_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """Byte for byte."""
    content = '{"custom_id":"云州"}\n'.encode()
    desk = provider(lambda _request: httpx2.Response(200, content=content), monkeypatch)
    assert b"".join(desk.content("file-2")) == content
    desk.close()


@pytest.mark.parametrize(
    ("status", "error", "hint"),
    [
        (401, AccessError, "OPENAI_API_KEY"),
        (404, AccessError, "may not support batches"),
        (500, EndpointError, "nothing is lost"),
    ],
)
def test_a_refusal_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, status: int, error: type[Exception], hint: str
) -> None:
    """And never shows the key."""
    answer = {"error": {"message": "bad key sk-secret"}}
    desk = provider(lambda _request: httpx2.Response(status, json=answer), monkeypatch)
    with pytest.raises(error) as caught:
        desk.retrieve("batch-1")
    desk.close()
    assert hint in caught.value.hint  # type: ignore[attr-defined]
    assert "sk-secret" not in str(caught.value)


def test_what_is_said_of_a_batch_is_fit_to_be_shown_and_stored(monkeypatch: pytest.MonkeyPatch) -> None:
    """Names, states, numbers and errors are the provider's own words."""
    strange = "x\x00\ud800\x1b[2J"
    said = BATCH | {
        "id": strange,
        "status": strange,
        "output_file_id": strange,
        "request_counts": {"total": 10**30, "completed": -1, "failed": "many"},
        "errors": {"object": "list", "data": [{"message": strange, "code": strange}] * 500},
    }
    content = json.dumps(said).encode()
    desk = provider(lambda _request: httpx2.Response(200, content=content, headers=JSON), monkeypatch)
    remote = desk.retrieve("batch-1")
    desk.close()
    words = (remote.id, remote.status, str(remote.output_file), *remote.errors)
    assert all(word.isprintable() and word.startswith("x") for word in words)
    assert (remote.total, remote.completed, remote.failed) == (0, 0, 0)
    assert len(remote.errors) <= 20


def test_what_is_nested_without_end_is_said_of_a_batch_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """As an error of the endpoint, not as a fault."""
    deep = b"[" * 100_000 + b"]" * 100_000
    desk = provider(lambda _request: httpx2.Response(200, content=deep, headers=JSON), monkeypatch)
    with pytest.raises(EndpointError, match="could not be read"):
        desk.retrieve("batch-1")
