"""Batches: what is sent, what comes back in whatever state, and what is kept of it."""

import json
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from asked_cases import answers_to

from benchmarks.llm_material import engine
from extract.engines.llm.batch import BatchState, in_files, state_paths
from extract.engines.llm.cache import AnswerCache
from extract.engines.llm.engine import LlmEngine
from extract.engines.llm.provider import Remote
from extract.errors import EndpointError, SettingsError, UsageError
from extract.runs.batching import Batches
from extract.runs.sources import Source

Line = Callable[[str, str], dict[str, Any] | None]


class Desk:
    """A provider that keeps everything in memory.

    Attributes:
        files, batches: by id.
        line: makes an output line from a custom id and the good answer; None leaves the item out.
    """

    base_url = "http://desk.invalid/v1"

    def __init__(self, table: dict[str, str]) -> None:
        self.table = table
        self.files: dict[str, bytes] = {}
        self.batches: dict[str, Remote] = {}
        self.names: dict[str, str] = {}
        self.breaks = False
        self.line: Line = good

    def upload(self, name: str, data: bytes) -> str:
        """Keep a file."""
        self.files[name] = data
        return name

    def create(self, input_file: str, name: str) -> Remote:
        """Start a batch; where `breaks` is set, the answer to that is lost."""
        remote = Remote(f"batch-{len(self.batches)}", "in_progress", 0, 0, 0, None, None)
        self.batches[remote.id] = remote
        self.names[name] = remote.id
        self.files[remote.id] = self.files[input_file]
        if self.breaks:
            raise EndpointError("the connection broke")
        return remote

    def retrieve(self, batch_id: str) -> Remote:
        """As it is."""
        return self.batches[batch_id]

    def find(self, name: str) -> Remote | None:
        """By its name."""
        return self.batches.get(self.names.get(name, ""))

    def content(self, file_id: str) -> list[bytes]:
        """A file, in pieces."""
        return [self.files[file_id][:100], self.files[file_id][100:]]

    def finish(self, status: str = "completed") -> None:
        """Work through every batch that is open, last item first."""
        for batch_id, remote in self.batches.items():
            if remote.status != "in_progress":
                continue
            output, errors = [], []
            for row in reversed([json.loads(line) for line in self.files[batch_id].splitlines()]):
                question = row["body"]["messages"][1]["content"]
                made = self.line(row["custom_id"], self.table.get(question, '{"records":[]}'))
                if made is not None:
                    (errors if made.get("error") else output).append(made)
            self.files[f"{batch_id}-out"], self.files[f"{batch_id}-err"] = lines(output), lines(errors)
            self.batches[batch_id] = Remote(
                batch_id, status, len(output), len(output), len(errors), f"{batch_id}-out", f"{batch_id}-err"
            )


def lines(rows: list[dict[str, Any]]) -> bytes:
    """JSON lines."""
    return b"".join(json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in rows)


def good(key: str, text: str, finish: str = "stop") -> dict[str, Any]:
    """An item that is done."""
    body = {
        "choices": [{"message": {"role": "assistant", "content": text}, "finish_reason": finish}],
        "usage": {"prompt_tokens": 100, "completion_tokens": 10},
    }
    return {"custom_id": key, "response": {"status_code": 200, "body": body}, "error": None}


def expired(key: str, _text: str) -> dict[str, Any]:
    """An item that was not reached in time."""
    return {"custom_id": key, "response": None, "error": {"code": "batch_expired", "message": "too late"}}


@pytest.fixture
def asked() -> LlmEngine:
    """The engine."""
    return engine()


@pytest.fixture
def desk(small_report: str) -> Desk:
    """The provider."""
    return Desk(dict(answers_to(small_report)))


@pytest.fixture
def sources(tmp_path: Path, small_report: str) -> list[Source]:
    """One report."""
    path = tmp_path / "r.txt"
    path.write_text(small_report, encoding="utf-8")
    return [Source("r.txt", path)]


@pytest.fixture
def batches(tmp_path: Path, desk: Desk) -> Iterator[Batches]:
    """The batches of an empty cache, on a clock that counts."""
    ticks = iter(range(100))
    cache = AnswerCache(tmp_path / "cache")
    yield Batches(cache, desk, lambda: f"{next(ticks):04d}")
    cache.close()


def submitted(batches: Batches, sources: list[Source], asked: LlmEngine) -> list[BatchState]:
    """Everything that is open, submitted."""
    found = batches.to_submit(sources, asked, max_bytes=1_000_000)
    return list(batches.submit(found.requests, asked, "json_schema")) if found.requests else []


def collected(batches: Batches, asked: LlmEngine) -> list[BatchState]:
    """Every batch that has ended, collected."""
    return [batches.collect(batches.refreshed(state)[0], asked.check) for state in batches.states()]


def test_after_collecting_nothing_is_left_to_ask(
    batches: Batches, desk: Desk, sources: list[Source], asked: LlmEngine
) -> None:
    """Items are matched by custom id, so that their order does not matter."""
    (state,) = submitted(batches, sources, asked)
    desk.finish()
    (state,) = collected(batches, asked)
    assert state.collected
    assert not state.failed
    found = batches.to_submit(sources, asked, max_bytes=1_000_000)
    assert found.requests == []
    assert found.cached == len(state.items)


def test_a_batch_sends_what_the_endpoint_takes(
    tmp_path: Path, batches: Batches, desk: Desk, sources: list[Source], asked: LlmEngine
) -> None:
    """What an earlier run found out about parameters holds for batches."""
    with closing(AnswerCache(tmp_path / "cache")) as cache:
        cache.remember_changes(desk.base_url, asked.model, {"max_tokens": "max_completion_tokens"})
    (state,) = submitted(batches, sources, asked)
    sent = (batches.folder / f"{state.name}.requests.jsonl").read_bytes().splitlines()
    bodies = [json.loads(line)["body"] for line in sent]
    assert bodies
    assert all("max_completion_tokens" in body and "max_tokens" not in body for body in bodies)


def test_questions_in_an_open_batch_are_not_sent_again(
    batches: Batches, sources: list[Source], asked: LlmEngine
) -> None:
    """Submitting twice pays once."""
    submitted(batches, sources, asked)
    assert submitted(batches, sources, asked) == []


def test_expired_items_alone_are_sent_again(
    batches: Batches, desk: Desk, sources: list[Source], asked: LlmEngine
) -> None:
    """What was answered is paid for and kept."""
    (state,) = submitted(batches, sources, asked)
    late = min(state.items)
    desk.line = lambda key, text: expired(key, text) if key == late else good(key, text)
    desk.finish("expired")
    (state,) = collected(batches, asked)
    assert {key: item.outcome for key, item in state.failed.items()} == {late: "expired"}
    desk.line = good
    (again,) = batches.resubmit(state.name)
    assert list(again.items) == [late]
    desk.finish()
    collected(batches, asked)
    assert submitted(batches, sources, asked) == []


@pytest.mark.parametrize(
    ("line", "outcome"),
    [
        (lambda key, text: good(key, text[:5]), "malformed"),
        (lambda key, text: good(key, text[:5], "length"), "truncated"),
        (lambda key, text: good(key, text, "content_filter"), "filtered"),
        (lambda key, _text: good(key, ""), "empty"),
        (lambda key, _text: {"custom_id": key, "response": {"status_code": 500, "body": None}}, "failed"),
        (lambda key, _text: {"custom_id": key, "response": {"status_code": 200, "body": []}}, "endpoint"),
        (lambda _key, text: good("another batch's", text), "missing"),
        (lambda _key, _text: None, "missing"),
    ],
)
def test_an_item_without_a_good_answer_is_listed_with_its_reason(
    batches: Batches, desk: Desk, sources: list[Source], asked: LlmEngine, line: Line, outcome: str
) -> None:
    """And nothing of it gets into the cache."""
    submitted(batches, sources, asked)
    desk.line = line
    desk.finish()
    (state,) = collected(batches, asked)
    assert {item.outcome for item in state.items.values()} == {outcome}
    assert batches.to_submit(sources, asked, max_bytes=1_000_000).cached == 0


def test_what_came_back_is_on_the_disk_before_it_is_read(
    batches: Batches, desk: Desk, sources: list[Source], asked: LlmEngine
) -> None:
    """A program that dies over an answer has not lost it, and does not need the provider again."""
    submitted(batches, sources, asked)
    desk.finish()

    def broken(_text: str) -> str | None:
        raise RuntimeError

    (state,) = batches.states()
    ended = batches.refreshed(state)[0]
    with pytest.raises(RuntimeError):
        batches.collect(ended, broken)
    desk.files.clear()
    assert not batches.collect(ended, asked.check).failed


def test_a_batch_whose_start_was_not_confirmed_is_found_again(
    batches: Batches, desk: Desk, sources: list[Source], asked: LlmEngine
) -> None:
    """It may be under way and will be paid for: it is never submitted twice."""
    desk.breaks = True
    with pytest.raises(EndpointError):
        submitted(batches, sources, asked)
    desk.breaks = False
    assert submitted(batches, sources, asked) == []
    desk.finish()
    (state,) = collected(batches, asked)
    assert state.collected
    assert not state.failed


@pytest.mark.parametrize("away", ["../victim", "..\\victim", "C:victim", "nul"])
def test_a_batch_whose_name_leads_elsewhere_is_refused(
    batches: Batches, sources: list[Source], asked: LlmEngine, desk: Desk, away: str
) -> None:
    """What it names is neither sent to the provider nor overwritten."""
    submitted(batches, sources, asked)
    victim = batches.folder.parent / "victim.requests.jsonl"
    victim.write_text("mine", encoding="utf-8")
    (path,) = state_paths(batches.folder)
    path.write_text(
        path.read_text(encoding="utf-8").replace(path.name.split(".")[0], json.dumps(away)[1:-1], 1),
        encoding="utf-8",
    )
    sent = dict(desk.files)
    with pytest.raises(SettingsError, match="not a batch that this version can read"):
        list(batches.resubmit(away))
    assert desk.files == sent
    assert victim.read_text(encoding="utf-8") == "mine"


def test_an_unknown_batch_is_wrong_use(batches: Batches) -> None:
    """The sentence says where they are listed."""
    with pytest.raises(UsageError, match="There is no batch x"):
        batches.state("x")


def test_request_files_are_as_large_as_providers_take(monkeypatch: pytest.MonkeyPatch) -> None:
    """By number and by size; a question that comes twice is sent once."""
    monkeypatch.setattr("extract.engines.llm.batch.MOST_ITEMS", 3)
    monkeypatch.setattr("extract.engines.llm.batch.MOST_SENT_BYTES", 25)
    items = [(str(n), b"x" * 10) for n in (1, 2, 2, 3, 4)]
    assert [[key for key, _ in file] for file in in_files(items)] == [["1", "2"], ["3", "4"]]


@pytest.mark.parametrize(
    "usage",
    [
        None,
        {},
        {"prompt_tokens": 0, "completion_tokens": 0},
        {"prompt_tokens": 1, "completion_tokens": 1},
        {"prompt_tokens": -5, "completion_tokens": "7"},
        {"prompt_tokens": 10**30, "completion_tokens": 10**30},
    ],
)
def test_tokens_that_a_batch_does_not_tell_are_estimated(
    batches: Batches, desk: Desk, sources: list[Source], asked: LlmEngine, usage: Any
) -> None:
    """By the requests as they were sent; never as nothing."""

    def silent(key: str, text: str) -> dict[str, Any]:
        row = good(key, text)
        row["response"]["body"]["usage"] = usage
        return row

    desk.line = silent
    sent = submitted(batches, sources, asked)
    desk.finish()
    collected(batches, asked)
    for key in (key for state in sent for key in state.items):
        reply = batches._cache.get(key)  # what the run will find
        assert reply is not None
        assert reply.usage.estimated == 1
        assert 5_000 < reply.usage.prompt_tokens < 100_000
        assert reply.usage.completion_tokens > 0


def test_a_line_that_is_longer_than_any_answer_is_passed_over(
    batches: Batches, desk: Desk, sources: list[Source], asked: LlmEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its item is missing; the others are kept."""
    (state,) = submitted(batches, sources, asked)
    first = next(iter(state.items))
    desk.line = lambda key, text: good(key, text + " " * (10_000_000 if key == first else 0))
    desk.finish()
    (done,) = collected(batches, asked)
    assert done.items[first].outcome == "missing"
    assert {item.outcome for key, item in done.items.items() if key != first} == {"done"}


def test_what_a_provider_says_of_an_item_is_fit_to_be_shown(
    batches: Batches, desk: Desk, sources: list[Source], asked: LlmEngine
) -> None:
    """Its words are written into our files."""
    desk.line = lambda key, _text: {
        "custom_id": key,
        "response": {"status_code": "\x1b[2J" * 50, "body": {"error": {"message": "no\x00\x1b[8m"}}},
    }
    submitted(batches, sources, asked)
    desk.finish()
    for state in collected(batches, asked):
        assert all(str(item.detail).isprintable() for item in state.items.values())
