"""Batches from reports to answers: what to ask is found out as a run would, what comes back goes to the cache."""

import asyncio
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from extract.engines.llm.batch import (
    DONE,
    ENDED,
    SUFFIX,
    TOO_LONG,
    BatchState,
    Collected,
    Item,
    NotAskedError,
    after_collecting,
    bounded_lines,
    in_files,
    read_items,
    read_state,
    request_line,
    state_paths,
)
from extract.engines.llm.cache import AnswerCache
from extract.engines.llm.engine import LlmEngine
from extract.engines.llm.exchange import Check, Reply, Request
from extract.engines.llm.modes import AUTO, MODES, Bodies, as_mode
from extract.engines.llm.provider import Provider, Remote
from extract.errors import ExtractError, TruncatedAnswerError, UsageError
from extract.messages import Message
from extract.pipeline import bear_witness, read_reports
from extract.regular_files import read_regular
from extract.results.files import write_atomically
from extract.runs.pages import contents
from extract.runs.sources import Source

FOLDER = "batches"
REQUESTS, OUTPUT, ERRORS = ".requests.jsonl", ".output.jsonl", ".errors.jsonl"
NAME_LENGTH = 8


@dataclass(slots=True)
class ToSubmit:
    """What a batch would hold.

    Attributes:
        requests: without an answer and in no open batch.
        cached: questions that are answered.
        waiting: questions that stand in a batch which is not collected.
        errors: sources that could not be read.
    """

    requests: list[Request] = field(default_factory=list)
    cached: int = 0
    waiting: int = 0
    errors: list[ExtractError] = field(default_factory=list)


class Recorder:
    """An Asking that answers from the cache and writes down what it would have to send."""

    def __init__(self, cache: AnswerCache, open_keys: frozenset[str], found: ToSubmit) -> None:
        self._cache = cache
        self._open = open_keys
        self._found = found

    async def __call__(self, request: Request, check: Check) -> Reply:
        """The answer, where it is there.

        Raises:
            TruncatedAnswerError: it is known to be too long; the engine then asks about the halves.
            NotAskedError: it is not there.
        """
        key = request.key
        reply = self._cache.get(key)
        if reply is not None and check(reply.text) is None:
            self._found.cached += 1
            return reply
        if self._cache.asked(key).too_long and request.divisible:
            raise TruncatedAnswerError(Message("the answer broke off at the token limit"))
        if key in self._open:
            self._found.waiting += 1
        else:
            self._found.requests.append(request)
        raise NotAskedError(Message("waits for its batch"))


class Batches:
    """The batches of one cache folder.

    Args:
        cache: where answers go.
        provider: whom to ask.
        now: a name for the moment, as `20240131-154500`.
    """

    def __init__(self, cache: AnswerCache, provider: Provider, now: Callable[[], str]) -> None:
        self.folder = cache.folder / FOLDER
        self._cache = cache
        self._provider = provider
        self._now = now

    # Submit ----------------------------------------------------------------------------------------------

    def to_submit(
        self, sources: Iterable[Source], engine: LlmEngine, *, max_bytes: int, stdin: bytes = b""
    ) -> ToSubmit:
        """The questions that a run over these sources would ask now."""
        found = ToSubmit()
        recorder = Recorder(self._cache, self._open_keys(), found)
        for content in contents(sources, max_bytes, stdin):
            if content.data is None:
                assert content.error is not None, "what gives no bytes says why"
                found.errors.append(content.error)
                continue
            reports, outcome = read_reports(
                content.data, content.name, more=content.more, max_bytes=max_bytes
            )
            found.errors.extend(outcome.failures)
            for report in reports:
                asyncio.run(engine.aextract(report, bear_witness(report), recorder))
        return found

    def _open_keys(self) -> frozenset[str]:
        states = (read_state(path) for path in state_paths(self.folder))
        return frozenset(key for state in states if not state.collected for key in state.items)

    def submit(self, requests: Sequence[Request], engine: LlmEngine, mode: str) -> Iterator[BatchState]:
        """Send questions as batches.

        Args:
            requests: the questions.
            engine: that made them.
            mode: as in `extract.engines.llm.modes`; with `auto` what is remembered, else a strict schema.

        Yields:
            Each batch as soon as the provider has it.
        """
        model = engine.model
        remembered = self._cache.mode(self._provider.base_url, model) if mode == AUTO else mode
        bodies, chosen = Bodies(), as_mode(remembered) or MODES[0]
        changes = self._cache.changes(self._provider.base_url, model)
        lines = ((one.key, request_line(one, bodies.body(one, chosen, changes=changes))) for one in requests)
        items = {one.key: Item(report=one.report, chunk=one.chunk, purpose=one.purpose) for one in requests}
        for file in in_files(lines):
            yield self._send(file, items, model, engine.schema_hashes)

    def resubmit(self, name: str) -> Iterator[BatchState]:
        """Send the failed and expired items of a collected batch again, and only them.

        Raises:
            UsageError: there is no such batch, it is not collected, or nothing in it failed.
        """
        state = self.state(name)
        if not state.collected:
            raise UsageError(
                Message("The answers of %(name)s have not been collected yet.", name=name),
                hint=Message("Collect them first: extract batch collect"),
            )
        keys = {key for key, item in state.failed.items() if item.outcome != TOO_LONG}
        keys = {key for key in keys if self._cache.get(key) is None}
        if not keys:
            raise UsageError(
                Message("%(name)s has no failed items to send again.", name=name),
                hint=Message("Parts with too long answers will be split: submit the reports again."),
            )
        sent = read_regular(self._path(name, REQUESTS)).splitlines(keepends=True)
        lines = [(key, line) for line in sent for key in keys if key.encode() in line[:100]]
        for file in in_files(lines):
            fresh = {key: item.model_copy(update={"outcome": None}) for key, item in state.items.items()}
            new = self._send(file, fresh, state.model, state.schema_hashes)
            self._save(state.model_copy(update={"resubmitted_as": new.name}))
            yield new

    def _send(
        self,
        file: list[tuple[str, bytes]],
        items: dict[str, Item],
        model: str,
        schema_hashes: dict[str, str],
    ) -> BatchState:
        """One file, one batch. What is about to happen is written down before it happens."""
        data = b"".join(line for _, line in file)
        name = f"{self._now()}-{hashlib.sha256(data).hexdigest()[:NAME_LENGTH]}"
        state = BatchState(
            name=name,
            endpoint=self._provider.base_url,
            model=model,
            schema_hashes=dict(schema_hashes),
            items={key: items[key] for key, _ in file},
        )
        self.folder.mkdir(parents=True, exist_ok=True)
        write_atomically(self._path(name, REQUESTS), [data])
        try:
            input_file = self._provider.upload(f"{name}.jsonl", data)
        except ExtractError:
            self._path(name, REQUESTS).unlink(missing_ok=True)  # nothing was started, nothing is owed
            raise
        state = self._save(state.model_copy(update={"input_file": input_file}))
        return self._know(state, self._provider.create(input_file, name))

    # Status ----------------------------------------------------------------------------------------------

    def state(self, name: str) -> BatchState:
        """A batch by its name, or by the provider's.

        Raises:
            UsageError: there is none.
        """
        for state in self.states():
            if name in (state.name, state.batch_id):
                return state
        raise UsageError(
            Message("There is no batch %(name)s in %(folder)s.", name=name, folder=self.folder),
            hint=Message("See: extract batch status"),
        )

    def states(self) -> list[BatchState]:
        """All batches, oldest first."""
        return [read_state(path) for path in state_paths(self.folder)]

    def refreshed(self, state: BatchState) -> tuple[BatchState, Remote | None]:
        """A batch as the provider sees it now. One whose start was never confirmed is looked for by its name."""
        known = state.batch_id
        remote = self._provider.retrieve(known) if known else self._provider.find(state.name)
        return (self._know(state, remote), remote) if remote else (state, None)

    def forget(self, state: BatchState) -> None:
        """Give up a batch that the provider never started, so that its questions can be sent again."""
        self._save(after_collecting(state.model_copy(update={"status": "never_started"}), ()))

    # Collect ---------------------------------------------------------------------------------------------

    def collect(self, state: BatchState, check: Check) -> BatchState:
        """Take what came back into the cache.

        Args:
            state: a batch that has ended, as `refreshed` gives it.
            check: says whether an answer is good.

        Returns:
            The state with the outcome of each item.
        """
        if state.collected or state.status not in ENDED:
            return state
        collected: dict[str, Collected] = {}
        sent = _Sent(self._path(state.name, REQUESTS))
        for file_id, suffix in ((state.error_file, ERRORS), (state.output_file, OUTPUT)):
            if file_id:
                path = self._path(state.name, suffix)
                if not path.exists():
                    write_atomically(path, self._provider.content(file_id))  # kept before it is read
                with path.open("rb") as file:
                    for one in read_items(bounded_lines(file), state.items, check, sent):
                        if one.key in collected and collected[one.key].outcome == DONE:
                            continue
                        self._keep(one, state)
                        collected[one.key] = replace(one, text="")  # the cache has it
        return self._save(after_collecting(state, tuple(collected.values())))

    def _keep(self, one: Collected, state: BatchState) -> None:
        if self._cache.get(one.key) is not None:
            return
        if one.outcome == DONE:
            purpose = state.items[one.key].purpose
            self._cache.put(one.key, one.text, one.usage, model=state.model, purpose=purpose)
        else:
            self._cache.failed(one.key, one.usage, too_long=one.outcome == TOO_LONG)

    def _know(self, state: BatchState, remote: Remote) -> BatchState:
        return self._save(
            state.model_copy(
                update={
                    "batch_id": remote.id,
                    "status": remote.status,
                    "output_file": remote.output_file,
                    "error_file": remote.error_file,
                }
            )
        )

    def _save(self, state: BatchState) -> BatchState:
        write_atomically(self._path(state.name, SUFFIX), [state.model_dump_json(indent=1).encode() + b"\n"])
        return state

    def _path(self, name: str, suffix: str) -> Path:
        return self.folder / f"{name}{suffix}"


class _Sent:
    """The requests of a batch by their keys, read from their file one at a time.

    Args:
        path: of the file; where it is gone, nothing is known.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._places: dict[str, tuple[int, int]] | None = None

    def __call__(self, key: str) -> Mapping[str, Any] | None:
        """The body of a request."""
        if self._places is None:
            self._places = dict(self._found())
        if key not in self._places:
            return None
        start, length = self._places[key]
        with self._path.open("rb") as file:
            file.seek(start)
            body: Mapping[str, Any] = json.loads(file.read(length))["body"]
        return body

    def _found(self) -> Iterator[tuple[str, tuple[int, int]]]:
        if not self._path.is_file():
            return
        with self._path.open("rb") as file:
            start = 0
            for line in file:
                with suppress(ValueError, LookupError, TypeError):  # a damaged line is nobody's
                    yield str(json.loads(line)["custom_id"]), (start, len(line))
                start += len(line)
