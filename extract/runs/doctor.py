"""Looks at everything that a run with a model needs, and says what to do about what it finds."""

import asyncio
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from extract.config import KEY_VARIABLE, Settings
from extract.documents.readers.watch import has_kernel_limits
from extract.engines.llm.cache import AnswerCache
from extract.engines.llm.cache_check import verify
from extract.engines.llm.cache_disk import DATABASE
from extract.engines.llm.client import Client
from extract.engines.llm.exchange import Request
from extract.engines.llm.modes import AUTO, MODES, Bodies, Mode, json_text
from extract.engines.llm.parameters import NO_CHANGES, Changes, adapted
from extract.errors import EndpointError, ExtractError, RejectedQuestionError
from extract.runs.asking import needs_key, parameters

Level = Literal["ok", "warning", "error"]
LITTLE_SPACE = 500_000_000
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
PROBE_SCHEMA = {
    "type": "object",
    "properties": {"sum": {"type": "integer"}},
    "required": ["sum"],
    "additionalProperties": False,
}
PROBE_TOKENS = 400
REACH = "Check that --base-url is right, that the server runs, and that the network and any proxy lead there."
SIMPLER_MODES = "Name a mode that works with --mode, or leave --mode auto, which finds one out by itself."


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        what: endpoint, key, model, mode, cache, disk, price.
        level: whether it is well.
        says: what was found.
        do: what to do about it; empty where all is well.
    """

    what: str
    level: Level
    says: str
    do: str = ""


def examine(settings: Settings, key: str | None, out: Path, *, ask: bool) -> Iterator[Finding]:
    """Look at everything.

    Args:
        settings: of the run.
        key: of the endpoint.
        out: the folder of results.
        ask: whether to ask the model a small question in each mode, which costs a little.
    """
    yield _endpoint_named(settings)
    yield _key(settings, key)
    yield from asyncio.run(_endpoint(settings, key, ask=ask))
    yield _price(settings)
    yield from _cache(settings)
    yield _disk("disk of the cache", Path(settings.cache))
    yield _disk("disk of the results", out)
    yield _reading()


def _reading() -> Finding:
    """What keeps a document from taking all of the machine."""
    if has_kernel_limits():
        says = "limits of the system bound its memory and time"
    else:
        says = "this program watches its memory and time, as this system has no limits for them"
    return Finding("reading of documents", "ok", says)


def _endpoint_named(settings: Settings) -> Finding:
    url = settings.base_url
    if not url:
        return Finding("base url", "ok", "that of OpenAI")
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return Finding("base url", "error", f"{url} is no address", "Write it as https://host/v1.")
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        return Finding(
            "base url", "warning", f"{url} is not encrypted", "Use https, or be sure of the network between."
        )
    return Finding("base url", "ok", url)


def _key(settings: Settings, key: str | None) -> Finding:
    if key:
        return Finding("key", "ok", f"{KEY_VARIABLE} is set")
    if needs_key(settings):
        return Finding("key", "error", f"{KEY_VARIABLE} is not set", f"Set {KEY_VARIABLE} to your key.")
    return Finding("key", "ok", f"{KEY_VARIABLE} is not set; local endpoints mostly want none")


async def _endpoint(settings: Settings, key: str | None, *, ask: bool) -> list[Finding]:
    try:
        client = Client(settings.base_url or None, key, timeout=min(settings.timeout, 30))
    except ExtractError as error:
        return [Finding("endpoint", "error", str(error), error.hint)]
    try:
        found = await _models(client, settings)
        if (
            ask
            and settings.model
            and not any(one.what == "endpoint" and one.level == "error" for one in found)
        ):
            found += await _modes(client, settings)
    finally:
        await client.aclose()
    return found


async def _models(client: Client, settings: Settings) -> list[Finding]:
    try:
        models = await client.models()
    except ExtractError as error:
        if "answered 404" in str(error):
            return [
                Finding("endpoint", "ok", f"{client.base_url} answers, but lists no models"),
                *_model(settings, None),
            ]
        return [Finding("endpoint", "error", str(error), _hint(error))]
    return [
        Finding("endpoint", "ok", f"{client.base_url} answers; {len(models)} models"),
        *_model(settings, models),
    ]


def _hint(error: ExtractError) -> str:
    """What to do, without sending anybody here again."""
    return REACH if isinstance(error, EndpointError) else error.hint


def _model(settings: Settings, models: list[str] | None) -> list[Finding]:
    if not settings.model:
        return [
            Finding(
                "model", "error", "no model is named", "Name it with --model, or set model in extract.toml."
            )
        ]
    if not models or settings.model in models:
        return [Finding("model", "ok", settings.model)]
    shown = ", ".join(sorted(models)[:10])
    return [
        Finding(
            "model",
            "warning",
            f"{settings.model} is not in the list of models",
            f"It offers for example: {shown}.",
        )
    ]


async def _modes(client: Client, settings: Settings) -> list[Finding]:
    """Ask a small question in every mode; a run needs only one that works."""
    found: list[Finding] = []
    changes = NO_CHANGES
    for mode in MODES:
        finding, changes = await _mode(client, settings, mode, changes)
        found.append(finding)
    if changes:
        found.append(Finding("parameters", "ok", _shown_changes(changes)))
    works = [one for one in found if one.level == "ok" and one.what.startswith("mode ")]
    if not works:
        return [*found, Finding("mode", "error", "no mode gives JSON that fits", "Use a more capable model.")]
    if settings.mode == AUTO or any(one.what == f"mode {settings.mode}" for one in works):
        return found
    return [*found, Finding("mode", "error", f"--mode {settings.mode} does not work here", SIMPLER_MODES)]


def _shown_changes(changes: Changes) -> str:
    said = (
        f"{name} goes as {new}" if new else f"{name} is not taken and left out"
        for name, new in changes.items()
    )
    return "; ".join(said)


async def _mode(client: Client, settings: Settings, mode: Mode, changes: Changes) -> tuple[Finding, Changes]:
    """How one mode does, and the changes of parameters that the endpoint asked for so far."""
    limit = next(name for name in parameters(settings) if name.startswith("max_"))
    request = Request(
        messages=(
            {"role": "system", "content": "You answer in JSON."},
            {"role": "user", "content": 'What is 2 + 3? Answer as {"sum": number}.'},
        ),
        schema=PROBE_SCHEMA,
        schema_name="probe",
        model=settings.model,
        parameters={**parameters(settings), limit: PROBE_TOKENS},
    )
    name = f"mode {mode}"
    refused: list[str] = []
    while True:
        try:
            completion = await client.send(Bodies().body(request, mode, changes=changes))
            break
        except ExtractError as error:
            if isinstance(error, RejectedQuestionError) and error.parameter:
                refused.append(error.parameter)
                if (more := adapted(changes, refused)) is not None:
                    changes = more
                    continue
            return Finding(name, "warning", str(error)), changes
    if completion.failure is not None:
        return Finding(name, "warning", str(completion.failure)), changes
    if not _fits(completion.text):
        return Finding(name, "warning", "gives no JSON"), changes
    return Finding(name, "ok", "works"), changes


def _fits(text: str) -> bool:
    with suppress(ValueError, RecursionError):
        answer = json.loads(json_text(text))
        return isinstance(answer, dict) and isinstance(answer.get("sum"), int)
    return False


def _price(settings: Settings) -> Finding:
    if not settings.model or settings.model in settings.prices:
        return Finding(
            "price", "ok", f"of {settings.model or 'no model'}: configured" if settings.model else "-"
        )
    return Finding(
        "price",
        "warning",
        f"no price of {settings.model} is configured, so no cost can be told",
        f'Add [prices."{settings.model}"] with input and output per million tokens to extract.toml.',
    )


def _cache(settings: Settings) -> Iterator[Finding]:
    folder = Path(settings.cache)
    if not (folder / DATABASE).exists():
        yield Finding("cache", "ok", f"{folder} is not there yet; the first run makes it")
        return
    try:
        if findings := verify(folder):
            yield Finding(
                "cache", "error", findings[0], "See `extract cache verify`, then name another --cache."
            )
            return
        cache = AnswerCache(folder)
    except ExtractError as error:
        yield Finding("cache", "error", str(error), error.hint)
        return
    try:
        stats = cache.stats()
    finally:
        cache.close()
    yield Finding("cache", "ok", f"{sum(stats.answers.values()):,} answers in {folder}")


def _disk(what: str, folder: Path) -> Finding:
    place = folder.absolute()
    while not place.exists():
        place = place.parent
    if not os.access(place, os.W_OK):
        return Finding(
            what, "error", f"{place} cannot be written", "Name another folder, or make it writable."
        )
    free = shutil.disk_usage(place).free
    if free < LITTLE_SPACE:
        return Finding(
            what, "warning", f"only {free / 1e6:,.0f} MB are free", "Free some space before a long run."
        )
    return Finding(what, "ok", f"{free / 1e9:,.1f} GB free")
