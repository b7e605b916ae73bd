"""What `extract batch` does: settings in, batches moved, words and exit codes out."""

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from rich.text import Text

from extract.cli.llm_options import Asked, merged
from extract.cli.terminal import (
    complain,
    console,
    heading,
    note,
    plain_table,
    print_table,
    safe,
    say,
    write_lines,
)
from extract.config import Settings, api_key, load_settings
from extract.engines.llm.batch import DONE, ENDED, BatchState
from extract.engines.llm.provider import OpenAIProvider, Remote
from extract.errors import CacheError, ExtractError, SettingsError
from extract.messages import Message
from extract.runs.asking import Own, make_engine, open_cache, require_key
from extract.runs.batching import Batches
from extract.runs.sources import find_sources
from extract.tables.write import json_lines

FAILED = 1
LISTED = 20
"""So many failed items of a batch are named; all of them with --json."""


def submit(arguments: list[str], asked: Asked, stdin: IO[bytes], *, as_json: bool) -> int:
    """Send what has no answer; exit 1 where sources could not be read."""
    settings = _settings(asked)
    engine = make_engine(settings, Own(asked.types, asked.prompts))
    found = find_sources(arguments, Path(settings.out))
    data = stdin.read(settings.max_bytes + 1) if any(not one.path for one in found.sources) else b""
    with _opened(settings) as batches:
        what = batches.to_submit(found.sources, engine, max_bytes=settings.max_bytes, stdin=data)
        for error in (*found.missing, *what.errors):
            complain(str(error), error.hint)
        if what.cached or what.waiting:
            note(
                Message(
                    "%(cached)s questions are already answered; %(waiting)s are in other batches.",
                    cached=what.cached,
                    waiting=what.waiting,
                )
            )
        if not what.requests:
            note(
                Message("Nothing to submit.")
                if what.waiting
                else Message("Nothing to submit: `extract run` needs no request.")
            )
        _print(batches.submit(what.requests, engine, settings.mode) if what.requests else (), as_json=as_json)
        return FAILED if found.missing or what.errors else 0


def resubmit(name: str, asked: Asked, *, as_json: bool) -> int:
    """Send the failed items of a batch again."""
    with _opened(_settings(asked)) as batches:
        _print(batches.resubmit(name), as_json=as_json)
    return 0


def status(name: str | None, asked: Asked, *, as_json: bool) -> int:
    """Say how batches fare; exit 1 where the provider could not be asked."""
    code = 0
    with _opened(_settings(asked)) as batches:
        states: list[BatchState] = []
        for state in _chosen(batches, name):
            try:
                current, remote = (state, None) if state.collected else batches.refreshed(state)
            except ExtractError as error:
                complain(Message("%(name)s: %(error)s", name=state.name, error=error), error.hint)
                current, remote, code = state, None, FAILED
            states.append(current)
            if remote:
                _say_progress(current, remote)
        _print(states, as_json=as_json)
    return code


def collect(name: str | None, asked: Asked, *, as_json: bool) -> int:
    """Take answers into the cache; exit 1 where something is still missing."""
    settings = _settings(asked)
    code = 0
    with _opened(settings) as batches:
        done: list[BatchState] = []
        for state in _chosen(batches, name):
            if state.collected:
                continue
            try:
                done.append(_collect(batches, state, settings, asked))
            except CacheError:
                raise
            except ExtractError as error:
                complain(Message("%(name)s: %(error)s", name=state.name, error=error), error.hint)
                code = FAILED
        _print(done, as_json=as_json)
        if not done and not code:
            note(Message("Nothing to collect."))
        open_or_failed = any(not state.collected or state.failed for state in done)
    return FAILED if code or open_or_failed else 0


def _collect(batches: Batches, state: BatchState, settings: Settings, asked: Asked) -> BatchState:
    engine = make_engine(replace(settings, model=state.model), Own(asked.types, asked.prompts))
    if engine.schema_hashes != state.schema_hashes:
        raise SettingsError(
            Message("The batch was submitted with another form of answers."),
            hint=Message(
                "Collect it with the same --types and the same version of this program that submitted it."
            ),
        )
    current, remote = batches.refreshed(state)
    if remote is None:
        batches.forget(current)
        raise SettingsError(
            Message("The provider never started this batch."),
            hint=Message("Submit the reports again."),
        )
    if current.status not in ENDED:
        _say_progress(current, remote)
    for error in remote.errors:
        complain(Message("%(name)s: %(error)s", name=current.name, error=error))
    return batches.collect(current, engine.check)


def _say_progress(state: BatchState, remote: Remote) -> None:
    if state.status not in ENDED:
        note(
            Message(
                "%(name)s: %(completed)s of %(total)s done, %(failed)s failed.",
                name=state.name,
                completed=remote.completed,
                total=remote.total,
                failed=remote.failed,
            )
        )


def _chosen(batches: Batches, name: str | None) -> list[BatchState]:
    return batches.states() if name is None else [batches.state(name)]


def _settings(asked: Asked) -> Settings:
    return merged(load_settings(Path.cwd(), os.environ), asked)


@contextmanager
def _opened(settings: Settings) -> Iterator[Batches]:
    key = api_key(os.environ)
    require_key(settings, key)
    cache = open_cache(settings)
    try:
        provider = OpenAIProvider(settings.base_url, key, settings.timeout, headers=settings.headers)
        try:
            yield Batches(cache, provider, lambda: datetime.now(UTC).strftime("%Y%m%d-%H%M%S"))
        finally:
            provider.close()
    finally:
        cache.close()


def _print(states: Iterable[BatchState], *, as_json: bool) -> None:
    """A row for each batch, and the items without an answer."""
    if as_json:
        write_lines(json_lines(state.model_dump() for state in states))
        return
    columns = (heading("items"), heading("done"), heading("failed"))
    table = plain_table(
        heading("batch"), heading("provider's id"), heading("status"), *columns, right=columns
    )
    shown = list(states)
    for state in shown:
        outcomes = Counter(item.outcome for item in state.items.values())
        collected = say("%(status)s, collected", status=state.status) if state.collected else state.status
        table.add_row(
            Text(safe(state.name)),
            Text(safe(state.batch_id or "-")),
            Text(safe(collected)),
            f"{len(state.items):,}",
            f"{outcomes[DONE]:,}",
            f"{len(state.failed):,}",
        )
    out = console()
    if shown:
        print_table(out, table)
    for state in shown:
        failed = list(state.failed.values())
        for item in failed[:LISTED]:
            why = f"{item.outcome}{f': {item.detail}' if item.detail else ''}"
            line = say(
                "%(batch)s: %(report)s, part %(part)s: %(why)s",
                batch=state.name,
                report=item.report,
                part=item.chunk + 1,
                why=why,
            )
            out.print(Text(safe(f"⚑ {line}"), style="yellow"))
        if len(failed) > LISTED:
            more = say(
                "%(batch)s: and %(number)s more, see --json", batch=state.name, number=len(failed) - LISTED
            )
            out.print(Text(safe(f"⚑ {more}"), style="yellow"))
        if failed and not state.resubmitted_as:
            again = say("Send only these again: extract batch submit --failed %(batch)s", batch=state.name)
            out.print(Text(safe(again)))
