"""Tapes: nothing secret gets on one, nothing that is not on one is answered."""

import asyncio
import re
from pathlib import Path

import pytest
import yaml
from vcr.record_mode import RecordMode

from cassettes.sets import BASE_URL
from cassettes.tape import FOLDER, tape
from extract.engines.llm.client import Client
from extract.engines.llm.reading import Completion
from extract.errors import EndpointError
from tests.endpoint.faults import Chance
from tests.endpoint.server import KEY, Endpoint, served

SECRETS = re.compile(r"(?i)authorization|bearer |\bsk-|set-cookie|openai-organization")

SYSTEM = "抄录数字。" * 60


def send(base_url: str, text: str) -> Completion:
    """One exchange."""

    async def go() -> Completion:
        client = Client(base_url, KEY, timeout=10)
        try:
            messages = [{"role": "system", "content": SYSTEM}, {"role": "user", "content": text}]
            return await client.send({"model": "m", "messages": messages})
        finally:
            await client.aclose()

    return asyncio.run(go())


@pytest.fixture
def recorded(tmp_path: Path) -> Path:
    """A tape with two exchanges."""
    path = tmp_path / "tape.yaml"
    with served(Endpoint(Chance(lambda _body: '{"城市": "云州"}'))) as url, tape(path, RecordMode.ALL):
        send(url, "云州市\n第一问")
        send(url, "云州市第二问")
    return path


def test_a_recorded_answer_comes_back_as_it_was(recorded: Path) -> None:
    """Whatever the port and the host."""
    with tape(recorded) as cassette:
        assert send(BASE_URL, "云州市\n第一问").text == '{"城市": "云州"}'
    assert cassette.play_count == 1


def test_chinese_is_readable_and_what_is_shared_stands_once(recorded: Path) -> None:
    """So that a diff says what changed."""
    text = recorded.read_text(encoding="utf-8")
    assert "云州市第二问" in text
    assert "\\u" not in text
    assert list(yaml.safe_load(text)["shared"]) == ["system-1"]


def test_no_key_and_no_host_is_on_a_tape(recorded: Path) -> None:
    """Only headers that mean something to us are kept."""
    text = recorded.read_text(encoding="utf-8")
    assert KEY not in text
    assert "127.0.0.1" not in text
    assert "authorization" not in text.lower()


def test_another_body_is_never_answered(recorded: Path) -> None:
    """The network is closed, and an answer to another prompt is no answer."""
    with tape(recorded), pytest.raises(EndpointError):
        send(BASE_URL, "云州市第三问")


@pytest.mark.parametrize(
    "path", sorted(FOLDER.rglob("*.yaml")), ids=lambda path: f"{path.parent.name}/{path.stem}"
)
def test_the_tapes_of_the_repository_hold_no_secret(path: Path) -> None:
    """No key, no cookie, no account, whoever recorded them."""
    assert not SECRETS.findall(path.read_text(encoding="utf-8"))
