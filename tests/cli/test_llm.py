"""`extract run --engine llm` and its company, against a loopback endpoint, as a user would run them."""

import json
import pickle
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from extract.engines.llm.cache import AnswerCache
from extract.errors import CacheFullError
from tests.cli.llm_place import Place, answering
from tests.endpoint.faults import FAULTS, Response, error, good
from tests.endpoint.server import KEY, Endpoint, Manner, served


@pytest.fixture
def place(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    small_report: str,
    capsys: pytest.CaptureFixture[str],
) -> Iterator[Place]:
    """Everything well."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("OPENAI_BASE_URL", raising=False)
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    (tmp_path / "r.txt").write_text(small_report, encoding="utf-8")
    endpoint = Endpoint(answering(small_report))
    with served(endpoint) as url:
        yield Place(tmp_path, endpoint, url, capsys)


def refusing_once(behave: Any, kind: str) -> Any:
    """The first request meets a fault."""
    left = [kind]

    def first(body: Mapping[str, Any]) -> Response:
        return FAULTS[left.pop()]("", body) if left else behave(body)

    return first


def test_a_run_saves_grounded_records_and_what_it_took(place: Place) -> None:
    """Every figure stands in the text; usage is in the result and in the manifest."""
    code, out, _ = place.run()
    text = (place.folder / "r.txt").read_text(encoding="utf-8")
    result = place.result()
    assert code == 0
    assert result["records"]
    for record in result["records"]:
        for figure in record["figures"]:
            assert text[figure["start"] : figure["end"]] == figure["text"]
    assert result["manifest"]["engine"] == "llm"
    assert result["manifest"]["prompt_hashes"]["system"]
    assert place.manifest()["usage"]["requests"] == place.endpoint.requests
    assert f"{place.endpoint.requests} requests" in out


def test_a_second_run_sends_nothing_and_gives_the_same_bytes(place: Place) -> None:
    """Answers are in the cache; what they cost is theirs, whenever they are used."""
    place.run()
    sent, first = place.endpoint.requests, (place.folder / "out/r.json").read_bytes()
    code, out, _ = place.run("--fresh")
    assert (code, place.endpoint.requests) == (0, sent)
    assert (place.folder / "out/r.json").read_bytes() == first
    assert "0 requests" in out


def test_a_failed_chunk_is_seen_and_alone_asked_again(place: Place) -> None:
    """The rest of the report is saved meanwhile."""
    place.endpoint.behave = refusing_once(place.endpoint.behave, "refused")
    code, _, err = place.run()
    failed = [chunk for chunk in place.result()["chunks"] if chunk["status"] == "failed"]
    assert code == 1
    assert len(failed) == 1
    assert "refused" in failed[0]["error"]
    assert "only the missing parts are asked" in err
    sent = place.endpoint.requests
    assert place.run()[0] == 0
    assert place.endpoint.requests == sent + 1
    assert all(chunk["status"] == "done" for chunk in place.result()["chunks"])


@pytest.mark.parametrize(
    ("status", "says"),
    [(401, "OPENAI_API_KEY"), (403, "OPENAI_API_KEY"), (404, "the model 'loopback' is unknown there")],
)
def test_a_refused_key_or_model_ends_the_run_in_one_sentence(place: Place, status: int, says: str) -> None:
    """Once, with what to do, without the key; results of earlier runs stay."""
    place.run()
    before = (place.folder / "out/r.json").read_bytes()
    place.endpoint.behave = lambda _body: error(status, f"no such thing {KEY}")
    code, _, err = place.run("--cache", "another", "--fresh")
    assert code == 2
    assert err.count("error:") == 1
    assert says in err
    assert KEY not in err
    assert (place.folder / "out/r.json").read_bytes() == before


def test_without_a_key_openai_is_not_even_called(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """The sentence names the variable."""
    monkeypatch.delenv("OPENAI_API_KEY")
    code, _, err = place.call("run", "r.txt", "--engine", "llm", "--model", "m")
    assert code == 2
    assert "OPENAI_API_KEY is not set" in err


def test_a_model_has_to_be_named(place: Place) -> None:
    """There is no default that could cost money."""
    code, _, err = place.call("run", "r.txt", "--engine", "llm", "--base-url", place.url)
    assert code == 2
    assert "--model" in err


def test_options_of_the_model_mean_nothing_to_the_rules(place: Place) -> None:
    """A slip of the pen is said."""
    code, _, err = place.call("run", "r.txt", "--model", "m", "--dry-run")
    assert code == 2
    assert "--model, --dry-run cannot be used with --engine" in err


def test_a_dry_run_sends_nothing(place: Place) -> None:
    """And says that it knows no price."""
    code, out, _ = place.run("--dry-run")
    assert code == 0
    assert place.endpoint.requests == 0
    assert "Nothing was sent" in out
    assert "No price for loopback" in out
    assert not (place.folder / "out").exists()


def test_a_dry_run_counts_only_what_is_not_answered_yet(place: Place) -> None:
    """With a price it says the cost."""
    prices = place.folder / "p.toml"
    prices.write_text('[prices."loopback"]\ninput = 1\noutput = 2\n')
    _, out, _ = place.run("--dry-run", "--json", "--prices", str(prices))
    before = json.loads(out)
    assert before["requests"] > 0
    assert float(before["cost"]) > 0
    place.run()
    _, out, _ = place.run("--dry-run", "--json", "--prices", str(prices))
    after = json.loads(out)
    assert (after["requests"], after["cached"], float(after["cost"])) == (0, before["requests"], 0)


def test_a_limit_stops_before_the_next_call_and_a_higher_one_goes_on(place: Place) -> None:
    """Exit 1; what was answered is not asked again."""
    code, _, err = place.run("--max-tokens", "1")
    assert (code, place.endpoint.requests) == (1, 0)
    assert "stopped at --max-tokens 1" in err
    assert "1 of 1 sources are left" in err
    assert place.run("--max-tokens", "10000000")[0] == 0


def test_a_limit_of_cost_needs_a_price(place: Place) -> None:
    """None is invented."""
    code, _, err = place.run("--max-cost", "5")
    assert code == 2
    assert "none is configured" in err
    assert place.endpoint.requests == 0


@pytest.mark.parametrize("rubbish", ["{", "[prices.loopback]\ninput = -1\noutput = 1", "[prices]\nx = 1"])
def test_rubbish_prices_end_before_anything_is_sent(place: Place, rubbish: str) -> None:
    """The sentence names the file."""
    (place.folder / "p.toml").write_text(rubbish, encoding="utf-8")
    code, _, err = place.run("--prices", "p.toml")
    assert code == 2
    assert "p.toml" in err
    assert place.endpoint.requests == 0


def test_the_log_holds_events_and_neither_key_nor_text(place: Place) -> None:
    """One JSON object a line."""
    place.run("--log-file", "log.jsonl")
    content = (place.folder / "log.jsonl").read_text(encoding="utf-8")
    events = [json.loads(line)["event"] for line in content.splitlines()]
    assert (events[0], events[-1]) == ("run_began", "run_ended")
    assert events.count("sent") == place.endpoint.requests
    assert KEY not in content
    assert "生产总值" not in content


def test_no_file_of_a_run_holds_the_key(place: Place) -> None:
    """Neither results, manifest, journal nor cache."""
    place.run()
    files = [path for path in place.folder.rglob("*") if path.is_file()]
    assert not [path for path in files if KEY.encode() in path.read_bytes()]


def test_the_cache_can_be_counted_verified_exported_and_cleared(place: Place) -> None:
    """Clearing needs a second word."""
    place.run()
    code, out, _ = place.call("cache", "stats", "--json")
    count = json.loads(out)["answers"]["loopback"]
    assert (code, count) == (0, place.endpoint.requests)
    assert place.call("cache", "verify")[0] == 0
    _, out, _ = place.call("cache", "export")
    assert len(out.splitlines()) == count
    _, _, err = place.call("cache", "clear")
    assert f"{count} answers would be deleted" in err
    _, out, _ = place.call("cache", "clear", "--yes")
    assert out.startswith(f"{count} answers deleted")


def test_looking_at_a_cache_never_makes_one(place: Place) -> None:
    """A wrong folder is named."""
    code, _, err = place.call("cache", "stats", "--cache", "nowhere")
    assert code == 2
    assert "There is no cache in nowhere" in err
    assert not (place.folder / "nowhere").exists()


def test_a_foreign_cache_folder_is_refused(place: Place) -> None:
    """And left as it is."""
    (place.folder / "c").mkdir()
    (place.folder / "c/cache.db").write_bytes(
        b"not a database at all, but long enough to be read as one" * 30
    )
    code, _, err = place.run("--cache", "c")
    assert code == 2
    assert "c " in err
    assert place.endpoint.requests == 0


def test_a_disk_that_fills_up_under_the_cache_ends_the_run_with_what_it_has(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One sentence; nothing more is sent that could not be kept; results stay."""
    place.run()
    before, sent = (place.folder / "out/r.json").read_bytes(), place.endpoint.requests

    def full(*_: object, **__: object) -> None:
        raise CacheFullError("c takes no more answers: disk full.")

    monkeypatch.setattr(AnswerCache, "put", full)
    code, _, err = place.run("--cache", "c", "--concurrency", "1", "--fresh")
    assert code == 1
    assert err.count("error:") == 1
    assert "c takes no more answers" in err
    assert place.endpoint.requests == sent + 1
    assert (place.folder / "out/r.json").read_bytes() == before


def test_a_planted_pickle_is_never_loaded(place: Place) -> None:
    """Wrong configuration, said in a sentence; `verify` finds it."""
    place.run("--cache", "c")
    database = sqlite3.connect(place.folder / "c/cache.db")
    planted = pickle.dumps(print)
    with database:
        database.execute("UPDATE Cache SET mode = 4, value = ?", (planted,))
    database.close()
    code, _, err = place.run("--cache", "c", "--fresh")
    assert code == 2
    assert err.count("error:") == 1
    assert place.call("cache", "verify", "--cache", "c")[0] == 1


def test_an_interrupted_command_says_how_to_go_on(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit 130; the same command then finishes."""

    def interrupt(self: object, key: str) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(AnswerCache, "get", interrupt)
        code, _, err = place.run()
    assert code == 130
    assert "Run the same command again to resume" in err
    assert place.run()[0] == 0


def test_doctor_says_what_is_wrong_and_what_to_do(place: Place) -> None:
    """Exit 1 for an endpoint that is not there."""
    code, out, _ = place.call("doctor", "--base-url", "http://127.0.0.1:9/v1", "--model", "m")
    assert code == 1
    assert "✗ endpoint: http://127.0.0.1:9/v1 could not be reached" in out
    assert "→ Check --base-url" in out


def test_doctor_asks_in_every_mode(place: Place) -> None:
    """One request each; none with --no-ask."""
    place.endpoint.behave = lambda body: good('{"sum": 5}', body)
    options = ("doctor", "--base-url", place.url, "--model", "loopback")
    assert place.call(*options, "--no-ask")[0] == 0
    assert place.endpoint.requests == 0
    code, out, _ = place.call(*options)
    assert code == 0
    assert out.count(": works") == place.endpoint.requests == 4
    assert KEY not in out


def test_doctor_names_parameters_that_are_not_taken(place: Place) -> None:
    """One more request for each, not for each mode; modes work all the same."""

    def behave(body: Mapping[str, Any]) -> Response:
        refused = next((name for name in ("temperature", "max_tokens") if name in body), None)
        return error(400, f"Unsupported parameter: {refused}") if refused else good('{"sum": 5}', body)

    place.endpoint.behave = behave
    code, out, _ = place.call("doctor", "--base-url", place.url, "--model", "loopback")
    assert code == 0
    assert out.count(": works") == 4
    assert place.endpoint.requests == 6
    assert (
        "✓ parameters: temperature is not accepted and left out, max_tokens is sent as max_completion_tokens"
        in out
    )


def test_doctor_sees_a_cache_that_is_well(place: Place) -> None:
    """How many answers it has."""
    AnswerCache(place.folder / "c").close()
    _, out, _ = place.call(
        "doctor", "--base-url", place.url, "--model", "loopback", "--cache", "c", "--no-ask"
    )
    assert "✓ cache: 0 answers in c" in out


def test_batch_wants_reports_or_a_batch(place: Place) -> None:
    """Not neither."""
    code, _, err = place.call("batch", "submit", "--model", "m", "--base-url", place.url)
    assert code == 2
    assert "--failed" in err


def test_an_endpoint_without_batches_is_named(place: Place) -> None:
    """And what to do instead."""
    code, _, err = place.call("batch", "submit", "r.txt", "--model", "loopback", "--base-url", place.url)
    assert code == 2
    assert "may not support batches" in err


PRICES = '[prices."loopback"]\ninput = 1000\noutput = 2000\n'


def without_usage(behave: Any) -> Any:
    """The same answers, from an endpoint that does not say what they took."""

    def answer(body: Mapping[str, Any]) -> Response:
        response = behave(body)
        return replace(response, body={**response.body, "usage": None})

    return answer


def test_a_limit_of_tokens_holds_without_usage(place: Place) -> None:
    """What is not told is reckoned, so that the run stops at its limit."""
    place.endpoint.behave = without_usage(place.endpoint.behave)
    code, _, err = place.run("--max-tokens", "13000", "--concurrency", "1")
    assert code == 1
    assert "stopped at --max-tokens 13,000" in err
    assert place.endpoint.requests == 1


def test_a_limit_of_cost_holds_without_usage_and_the_cost_is_called_estimated(place: Place) -> None:
    """In the line, in the manifest and in JSON; never 0."""
    (place.folder / "p.toml").write_text(PRICES)
    place.endpoint.behave = without_usage(place.endpoint.behave)
    code, out, err = place.run("--prices", "p.toml", "--max-cost", "20", "--concurrency", "1")
    assert code == 1
    assert "stopped at --max-cost 20" in err
    assert "tokens and cost are estimated" in err
    assert "USD (estimated)" in out
    assert " 0 USD" not in out + err
    assert "(estimated)" in place.manifest()["run"]["cost"]
    code, out, _ = place.run("--prices", "p.toml", "--json")
    spent = json.loads(out)
    assert code == 0
    assert spent["usage"]["estimated_requests"] == spent["usage"]["requests"] > 0
    assert spent["usage"]["prompt_tokens"] > 1_000
    assert place.result()["manifest"]["usage"]["estimated_requests"] == place.endpoint.requests


def test_an_endpoint_that_is_down_gives_no_table_of_zeros(place: Place) -> None:
    """One sentence says so; what it took is unknown, not 0."""
    (place.folder / "p.toml").write_text(PRICES)
    place.endpoint.behave = lambda _body: error(500, "internal")
    code, out, err = place.run("--attempts", "1", "--prices", "p.toml")
    assert code in (1, 2)
    assert "records" not in out
    assert "0 reports" not in out
    assert "No question was answered" in err
    assert "tokens unknown" in out
    assert "cost unknown" in out


def test_a_prompt_that_was_cut_is_said_aloud(place: Place) -> None:
    """Nothing found in a part of it has failed; exit 1."""

    def behave(body: Mapping[str, Any]) -> Response:
        response = good('{"records":[]}', body)
        return replace(
            response, body={**response.body, "usage": {"prompt_tokens": 2048, "completion_tokens": 6}}
        )

    place.endpoint.behave = behave
    code, _, err = place.run()
    assert code == 1
    assert "The prompt was cut" in err
    assert "2,048" in err
    assert {chunk["error"].partition(":")[0] for chunk in place.result()["chunks"] if chunk["error"]} == {
        "cut"
    }


def test_a_password_in_the_base_url_is_written_nowhere(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither shown nor saved, whether it is taken or refused."""
    monkeypatch.delenv("OPENAI_API_KEY")
    manner = place.endpoint.manner
    place.endpoint.manner = Manner(key=None, login="Basic YW5uOnN3b3JkLWZpc2g=")
    place.url = place.url.replace("http://", "http://ann:sword-fish@")
    told = [
        *place.run("--log-file", "log.jsonl")[1:],
        *place.call("doctor", "--base-url", place.url, "--model", "m")[1:],
    ]
    assert place.result()["records"]
    place.endpoint.manner = manner
    told += [*place.run("--cache", "c", "--fresh")[1:], *place.call("doctor", "--base-url", place.url)[1:]]
    place.endpoint.manner = Manner(key=None, login="Basic YW5uOnN3b3JkLWZpc2g=")
    place.endpoint.behave = lambda _body: error(500, "internal")
    told += place.run("--cache", "d", "--fresh", "--attempts", "1", "--log-file", "log.jsonl")[1:]
    files = [path.read_bytes() for path in place.folder.rglob("*") if path.is_file()]
    assert "sword-fish" not in "".join(told)
    assert not any(b"sword-fish" in content for content in files)


def test_headers_of_the_settings_are_sent_and_written_nowhere(place: Place) -> None:
    """They may hold secrets."""
    (place.folder / "extract.toml").write_text('[headers]\nX-Gateway-Key = "gate-4711"\n')
    place.endpoint.keep = True
    told = place.run("--log-file", "log.jsonl")
    assert {one["x-gateway-key"] for one in place.endpoint.headers} == {"gate-4711"}
    made = [path for path in place.folder.rglob("*") if path.is_file() and path.name != "extract.toml"]
    assert not any(b"gate-4711" in path.read_bytes() for path in made)
    assert "gate-4711" not in told[1] + told[2]


@pytest.mark.parametrize("more", [(), ("--model", "m", "--base-url", "http://127.0.0.1:11434/v1")])
def test_an_engine_that_there_is_not_names_those_that_there_are(place: Place, more: tuple[str, ...]) -> None:
    """Whatever else is asked for."""
    code, _, err = place.call("run", "r.txt", "--engine", "ollama", *more)
    assert code == 2
    assert "There is no engine ollama" in err
    assert "rules, llm" in err
