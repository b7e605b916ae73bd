"""`extract desk`: users, tokens, and where it refuses to listen."""

import io
import os
import re
import signal
import subprocess
import sys
import urllib.request
from contextlib import closing
from pathlib import Path

import pytest

from extract.cli.entry import main
from extract.cli.serving import _is_proxy
from extract.desk.addresses import proxies_in
from extract.desk.app import create_app
from extract.desk.settings import DeskSettings
from extract.desk.store import default_url, open_store
from tests.desk.conftest import results, run_once  # noqa: F401 - fixtures

SECRET = "0123456789abcdef0123456789abcdef"
PASSWORD = "long enough 1\n"


def desk(monkeypatch: pytest.MonkeyPatch, *arguments: str, given: str = "") -> int:
    """Run one command with something on standard input."""
    monkeypatch.setattr(sys, "stdin", io.StringIO(given))
    return main(["desk", *arguments])


def test_users_are_added_listed_changed_and_removed(tmp_path: Path, monkeypatch, capsys) -> None:
    """And what is said never holds a password."""
    at = ["--out", str(tmp_path)]
    assert desk(monkeypatch, "user", "add", "li", "--role", "administrator", *at, given=PASSWORD) == 0
    assert desk(monkeypatch, "user", "add", "wang", *at, "--password-stdin", given=PASSWORD) == 0
    assert desk(monkeypatch, "user", "role", "wang", "viewer", *at) == 0
    assert desk(monkeypatch, "user", "password", "wang", *at, given="another one 2\n") == 0
    assert desk(monkeypatch, "user", "list", *at) == 0
    said = capsys.readouterr()
    assert re.search(r"li +administrator +yes", said.out)
    assert re.search(r"wang +viewer +yes", said.out)
    assert desk(monkeypatch, "user", "remove", "wang", *at) == 0
    assert desk(monkeypatch, "user", "remove", "li", *at) == 2
    assert "last administrator" in capsys.readouterr().err


def test_tokens_are_printed_once(tmp_path: Path, monkeypatch, capsys) -> None:
    """Data on standard output, words on the other."""
    at = ["--out", str(tmp_path)]
    monkeypatch.setenv("EXTRACT_DESK_SECRET", SECRET)
    desk(monkeypatch, "user", "add", "li", "--role", "administrator", *at, given=PASSWORD)
    capsys.readouterr()
    assert desk(monkeypatch, "token", "add", "li", "ci", "--days", "30", *at) == 0
    token = capsys.readouterr().out.strip()
    assert token.startswith("desk_")
    assert desk(monkeypatch, "token", "list", *at) == 0
    assert token not in capsys.readouterr().out
    assert desk(monkeypatch, "token", "remove", "li", "ci", *at) == 0
    assert desk(monkeypatch, "token", "remove", "li", "ci", *at) == 1


def test_who_is_no_user_yet_is_to_be_added_first(tmp_path: Path, monkeypatch, capsys) -> None:
    """Before there is a token."""
    store = f"sqlite:///{tmp_path / 'desk.sqlite'}"
    monkeypatch.setenv("EXTRACT_DESK_SECRET", "s" * 32)
    assert desk(monkeypatch, "token", "add", "li", "ci", "--store", store) == 1
    assert "extract desk user add" in capsys.readouterr().err


def test_no_token_is_made_that_the_desk_would_not_take(results, monkeypatch, capsys) -> None:  # noqa: F811
    """Without its secret, or with another one; a desk that has none takes what its store signs."""
    at = ["--out", str(results)]
    wish = ["token", "add", "li", "ci", *at]
    monkeypatch.delenv("EXTRACT_DESK_SECRET", raising=False)
    desk(monkeypatch, "user", "add", "li", "--role", "administrator", *at, given=PASSWORD)
    capsys.readouterr()
    assert desk(monkeypatch, *wish) == 2
    said = capsys.readouterr()
    assert (
        said.out == ""
        and "EXTRACT_DESK_SECRET is not set" in said.err
        and "Set EXTRACT_DESK_SECRET" in said.err
    )
    started(results, secret=SECRET)
    assert desk(monkeypatch, *wish) == 2
    monkeypatch.setenv("EXTRACT_DESK_SECRET", SECRET[::-1])
    assert desk(monkeypatch, *wish) == 2
    assert "not that of the desk" in capsys.readouterr().err
    monkeypatch.setenv("EXTRACT_DESK_SECRET", SECRET)
    assert desk(monkeypatch, *wish) == 0
    monkeypatch.delenv("EXTRACT_DESK_SECRET")
    started(results)
    assert desk(monkeypatch, "token", "add", "li", "other", *at) == 0


def started(folder, secret: str = "") -> None:
    """A desk that was started once."""
    with closing(open_store(default_url(folder))) as store:
        create_app(DeskSettings(folder, default_url(folder), secret=secret, watch=False), store)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--engine", "llm"], "needs the name of a model"),
        (["--engine", "llm", "--model", "m"], "OPENAI_API_KEY"),
        (
            ["--engine", "llm", "--model", "m", "--base-url", "http://127.0.0.1:9/v1", "--max-cost", "1"],
            "price",
        ),
        (["--engine", "magic"], "no engine magic"),
        (["--model", "m"], "Add --engine llm"),
    ],
)
def test_a_model_that_cannot_be_asked_is_said_before_the_desk_opens(
    results,  # noqa: F811
    monkeypatch,
    capsys,
    options: list[str],
    said: str,
) -> None:
    """In the words of `extract run`."""
    monkeypatch.chdir(results.parent)
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)
    assert desk(monkeypatch, str(results), "--port", "0", "--no-browser", *options) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_it_does_not_listen_for_others_without_users_and_a_secret(results, monkeypatch, capsys, host) -> None:  # noqa: F811
    """Each is asked for in its turn."""
    monkeypatch.delenv("EXTRACT_DESK_SECRET", raising=False)
    arguments = [str(results), "--host", host, "--port", "0", "--no-browser"]
    assert desk(monkeypatch, *arguments) == 2
    assert "user add" in capsys.readouterr().err
    desk(monkeypatch, "user", "add", "li", "--role", "administrator", "--out", str(results), given=PASSWORD)
    assert desk(monkeypatch, *arguments) == 2
    assert "EXTRACT_DESK_SECRET" in capsys.readouterr().err


def test_a_folder_without_results_is_said(tmp_path: Path, monkeypatch, capsys) -> None:
    """With the command that makes one."""
    assert desk(monkeypatch, str(tmp_path / "none")) == 2
    assert "extract run" in capsys.readouterr().err
    assert not (tmp_path / "none").exists()


def test_it_serves_until_it_is_told_to_end(results) -> None:  # noqa: F811
    """On a free port, said on standard error; Ctrl-C ends it."""
    with subprocess.Popen(
        [sys.executable, "-m", "extract.cli", "desk", str(results), "--port", "0", "--no-browser"],
        stderr=subprocess.PIPE, text=True, cwd=results.parent,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    ) as child:  # fmt: skip
        assert child.stderr
        address = re.search(r"http://127\.0\.0\.1:\d+", child.stderr.readline())[0]
        with urllib.request.urlopen(f"{address}/health") as answer:  # noqa: S310 - our own
            assert answer.status == 200
        child.send_signal(signal.SIGINT)
        assert child.wait(20) in {0, 130}


def test_reports_without_their_text_are_said_with_what_to_do(results, monkeypatch, capsys) -> None:  # noqa: F811
    """Where the desk opens, and not only on each of their pages."""
    monkeypatch.setattr("extract.desk.server.serve", lambda *_, **__: None)
    arguments = [str(results), "--port", "0", "--no-browser"]
    (results.parent / "reports").rename(results.parent / "moved")
    assert desk(monkeypatch, *arguments) == 0
    said = capsys.readouterr().err
    assert "The source texts of 2 reports were not found" in said
    assert "Put the sources back" in said
    (results.parent / "moved").rename(results.parent / "reports")
    assert desk(monkeypatch, *arguments) == 0
    assert "source text" not in capsys.readouterr().err


@pytest.mark.parametrize(
    "options", [["--origin", "https://desk.example.org"], ["--forwarded-allow-ips", "127.0.0.1"]]
)
def test_it_does_not_start_behind_a_proxy_without_users(
    results,  # noqa: F811
    monkeypatch,
    capsys,
    options: list[str],
) -> None:
    """On loopback, where the proxy comes from for everybody; with users it does."""
    monkeypatch.setattr("extract.cli.serving._serve", lambda *_, **__: 0)
    arguments = [str(results), "--port", "0", "--no-browser", *options]
    assert desk(monkeypatch, *arguments) == 2
    said = capsys.readouterr().err
    assert "has no users" in said and "user add" in said
    desk(monkeypatch, "user", "add", "li", "--role", "administrator", "--out", str(results), given=PASSWORD)
    assert desk(monkeypatch, *arguments) == 0


@pytest.mark.parametrize(("more", "is_said"), [([], True), (["--forwarded-allow-ips", "127.0.0.1"], False)])
def test_it_says_when_everybody_behind_the_proxy_counts_as_one(
    results,  # noqa: F811
    monkeypatch,
    capsys,
    more: list[str],
    *,
    is_said: bool,
) -> None:
    """For then one who guesses passwords keeps all others waiting."""
    monkeypatch.setattr("extract.desk.server.serve", lambda *_: None)
    desk(monkeypatch, "user", "add", "li", "--role", "administrator", "--out", str(results), given=PASSWORD)
    capsys.readouterr()
    origin = ["--origin", "https://desk.example.org"]
    assert desk(monkeypatch, str(results), "--port", "0", "--no-browser", *origin, *more) == 0
    assert ("--forwarded-allow-ips" in capsys.readouterr().err) is is_said


@pytest.mark.parametrize(
    ("address", "named", "by_origin"),
    [("127.0.0.1", False, True), ("::1", False, True), ("10.1.2.3", True, True), ("192.0.2.7", False, False)],
)
def test_a_proxy_is_one_that_was_named_or_that_must_be_on_this_machine(
    address: str, *, named: bool, by_origin: bool
) -> None:
    """Only it has as many connections as there are."""
    store = Path("out"), "sqlite://"
    proxies = proxies_in("10.1.0.0/16")
    assert _is_proxy(DeskSettings(*store, proxies=proxies), address) is named
    with_origin = DeskSettings(*store, proxies=proxies, origin="https://desk.example.org")
    assert _is_proxy(with_origin, address) is by_origin


@pytest.mark.parametrize(
    "options", [["--origin", "https://["], ["--origin", "https://a/b"], ["--forwarded-allow-ips", "*"]]
)
def test_options_of_a_proxy_that_make_no_sense_are_said(
    results,  # noqa: F811
    monkeypatch,
    capsys,
    options: list[str],
) -> None:
    """Without a fault."""
    assert desk(monkeypatch, str(results), "--port", "0", "--no-browser", *options) == 2
    assert options[0] in capsys.readouterr().err


def test_the_documents_agree_on_a_desk_behind_a_proxy() -> None:
    """Both READMEs and the page with the examples start it alike, and both examples lead to it."""
    root = Path(__file__).parents[2]
    page = (root / "docs/desk-behind-a-proxy.md").read_text(encoding="utf-8")
    command = (
        "extract desk out --origin https://desk.example.org --forwarded-allow-ips 127.0.0.1 --no-browser"
    )
    for text in (
        page,
        *((root / name).read_text(encoding="utf-8") for name in ("README.md", "README.zh.md")),
    ):
        assert command in text
        assert "desk-behind-a-proxy.md" in text or text is page
    for block in re.findall(r"```(?:caddy|nginx)\n(.*?)```", page, re.DOTALL):
        assert "desk.example.org" in block and "127.0.0.1:8750" in block
    assert "proxy_set_header Host $http_host;" in page
    assert "proxy_set_header X-Forwarded-For $remote_addr;" in page


def test_a_desk_knows_its_folder_by_its_whole_path(results, monkeypatch) -> None:  # noqa: F811
    """Of a path that is given as `out`, nobody could tell in a problem that it is one."""
    started_with: list[DeskSettings] = []
    monkeypatch.setattr(
        "extract.cli.serving._serve", lambda settings, *_, **__: started_with.append(settings)
    )
    monkeypatch.chdir(results.parent)
    desk(monkeypatch, "out", "--port", "0", "--no-browser")
    assert started_with[0].folder == results
