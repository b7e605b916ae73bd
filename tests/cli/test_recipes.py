"""The recipes of docs/endpoints.md, each against a server on this machine that speaks as the real one does."""

from pathlib import Path

import pytest

from extract.engines.llm.cache import AnswerCache
from tests.cli.llm_place import Place, answering
from tests.endpoint.faults import Response
from tests.endpoint.providers import PROVIDERS, Provider
from tests.endpoint.server import KEY, Endpoint, served

DOCUMENT = Path(__file__).parents[2] / "docs/endpoints.md"
KEYED = {name: one for name, one in PROVIDERS.items() if one.manner.key}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, small_report: str) -> Path:
    """A working folder with a report, and nothing of this machine's environment."""
    monkeypatch.chdir(tmp_path)
    for name in ("OPENAI_BASE_URL", "OPENAI_API_KEY", "AZURE_OPENAI_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "r.txt").write_text(small_report, encoding="utf-8")
    return tmp_path


def endpoint_of(provider: Provider, report: str) -> Endpoint:
    """A server of this kind that answers as the rules would."""
    good = answering(report)

    def text_of(body: dict[str, object]) -> str:
        message = good(body).body["choices"][0]["message"]
        return str(message["content"] or message["tool_calls"][0]["function"]["arguments"])

    return Endpoint(provider.behaving(text_of), keep=True, manner=provider.manner)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", PROVIDERS)
def test_a_recipe_runs(
    name: str,
    folder: Path,
    small_report: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """With its key where it wants one; as many requests as questions, and those that find out what it takes."""
    provider = PROVIDERS[name]
    if provider.manner.key:
        monkeypatch.setenv("OPENAI_API_KEY", KEY)
    (folder / "extract.toml").write_text(provider.settings, encoding="utf-8")
    endpoint = endpoint_of(provider, small_report)
    with served(endpoint) as url:
        place = Place(folder, endpoint, f"{url}{provider.query}", capsys)
        code, out, err = place.run("--mode", "auto")
        assert code == 0, err
        assert place.result()["records"]
        questions = endpoint.counts["answered"]
        assert endpoint.attempts == questions + provider.refused
        assert place.manifest()["usage"]["requests"] == endpoint.attempts
        assert f"{endpoint.attempts} requests" in out
        assert "estimated" not in out + err
        cache = AnswerCache(folder / ".extract-cache")
        assert cache.mode(url, "loopback") == provider.mode
        cache.close()
        again = place.run("--mode", "auto", "--fresh")
        assert (again[0], endpoint.attempts) == (0, questions + provider.refused)


@pytest.mark.parametrize("name", KEYED)
@pytest.mark.parametrize("key", [None, "sk-another-one"])
def test_a_wrong_key_ends_the_run_after_one_request(
    name: str,
    key: str | None,
    folder: Path,
    small_report: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """With one sentence that names the key; none is invented."""
    provider = KEYED[name]
    if key:
        monkeypatch.setenv("OPENAI_API_KEY", key)
    endpoint = endpoint_of(provider, small_report)
    with served(endpoint) as url:
        code, out, err = Place(folder, endpoint, f"{url}{provider.query}", capsys).run("--mode", "auto")
    assert code == 2
    assert endpoint.requests == 0
    assert endpoint.attempts == (0 if name == "Azure" and key is None else 1)
    assert err.count("error:") == 1
    assert "OPENAI_API_KEY" in err
    assert "sk-another-one" not in out + err


@pytest.mark.parametrize("name", PROVIDERS)
def test_doctor_names_the_key_of_each(
    name: str,
    folder: Path,
    small_report: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A right one, a wrong one, and one that is missing."""
    provider = PROVIDERS[name]
    (folder / "extract.toml").write_text(provider.settings, encoding="utf-8")
    endpoint = endpoint_of(provider, small_report)

    def sum_of_two(_body: object) -> str:
        return '{"sum": 5}'

    endpoint.behave = provider.behaving(sum_of_two)
    with served(endpoint) as url:
        place = Place(folder, endpoint, url, capsys)
        options = ("doctor", "--base-url", f"{url}{provider.query}", "--model", "loopback")
        if not provider.manner.key:
            assert "✓ key: OPENAI_API_KEY is not set, and the endpoint needs none" in place.call(*options)[1]
            return
        monkeypatch.setenv("OPENAI_API_KEY", KEY)
        code, out, _ = place.call(*options)
        assert code == 0, out
        assert "✓ key: OPENAI_API_KEY is sent, and the endpoint accepts it" in out
        monkeypatch.setenv("OPENAI_API_KEY", "sk-wrong-one")
        code, out, _ = place.call(*options)
        assert code == 1
        assert "✗ key: OPENAI_API_KEY is sent, and the endpoint refuses it: it is wrong" in out
        monkeypatch.delenv("OPENAI_API_KEY")
        code, out, _ = place.call(*options)
        assert code == 1
        assert "✗ key: OPENAI_API_KEY is not set" in out or "Azure needs a key" in out


def test_doctor_says_that_a_key_did_not_arrive(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where the endpoint says that none came."""
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    provider = PROVIDERS["vLLM"]
    endpoint = endpoint_of(provider, "")
    said = Response("locked", 401, {"error": {"message": "You didn't provide an API key."}})
    endpoint.manner = type(provider.manner)(key="other", locked=said)
    with served(endpoint) as url:
        code, out, _ = Place(folder, endpoint, url, capsys).call("doctor", "--base-url", url, "--model", "m")
    assert code == 1
    assert "✗ key: OPENAI_API_KEY is sent and did not arrive" in out


@pytest.mark.parametrize("name", PROVIDERS)
def test_each_has_its_recipe(name: str) -> None:
    """With its path, its query and its settings, as the server here has them."""
    provider = PROVIDERS[name]
    text = DOCUMENT.read_text(encoding="utf-8")
    recipe = text.partition(f"## {name}")[2].partition("\n## ")[0]
    assert recipe, f"docs/endpoints.md has no recipe for {name}"
    assert "--base-url" in recipe or "default" in recipe
    base = provider.manner.base.replace("loopback", "DEPLOYMENT")
    assert base in recipe
    assert provider.query in recipe
    assert all(line in recipe for line in provider.settings.splitlines())
    assert ("OPENAI_API_KEY" in recipe) == bool(provider.manner.key)
