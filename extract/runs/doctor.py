"""Looks at everything that a run with a model needs, and says what to do about what it finds."""

import asyncio
import json
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from extract.config import KEY_VARIABLE, Settings
from extract.documents.readers.confinement import files_are_kept, network_is_given_up
from extract.documents.readers.office import INSTALL_WRITER, converter, has_writer
from extract.documents.readers.watch import has_kernel_limits
from extract.engines.llm.cache import AnswerCache
from extract.engines.llm.cache_check import verify
from extract.engines.llm.cache_disk import DATABASE
from extract.engines.llm.client import Client
from extract.engines.llm.connection import proxy_for, read_address, without_login
from extract.engines.llm.exchange import Request
from extract.engines.llm.modes import AUTO, MODES, Bodies, Mode
from extract.engines.llm.objects import best_object
from extract.engines.llm.parameters import NO_CHANGES, Changes, adapted
from extract.errors import AccessError, EndpointError, ExtractError, KeyRefusedError, RejectedQuestionError
from extract.messages import Message, listed
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
REACH = Message("Check --base-url, that the server is running, and the network and any proxy.")
SIMPLER_MODES = Message("Use a --mode that works, or --mode auto, which finds one.")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        what: endpoint, key, model, mode, cache, disk, price, converter.
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
    yield from _proxy(settings)
    found = asyncio.run(_endpoint(settings, key, ask=ask))
    if not any(one.what == "key" for one in found):
        yield _key(settings, key)
    yield from found
    yield _price(settings)
    yield from _cache(settings)
    yield _disk("disk of the cache", Path(settings.cache))
    yield _disk("disk of the results", out)
    yield _converter()
    yield _reading()
    yield _reach_of_documents()


def _reading() -> Finding:
    """What keeps a document from taking all of the machine."""
    if has_kernel_limits():
        says = Message("the system limits its memory and time")
    else:
        says = Message("this program limits its memory and time, because the system does not")
    return Finding("reading of documents", "ok", says)


def _reach_of_documents() -> Finding:
    """What keeps a document from reaching for the network and for files."""
    what = "reach of documents"
    if network_is_given_up() and files_are_kept():
        says = Message(
            "the system gives what reads them no network, and LibreOffice no files but those of the system"
        )
        return Finding(what, "ok", says)
    if network_is_given_up():
        return Finding(what, "ok", Message("the system gives what reads them no network"))
    says = Message(
        "links in them are not followed, but the system does not take the network from what reads them"
    )
    if sys.platform != "linux":
        return Finding(what, "ok", says)
    return Finding(
        what, "warning", says, Message("Use a kernel, or a container, that permits seccomp filters.")
    )


def _endpoint_named(settings: Settings) -> Finding:
    if not settings.base_url:
        return Finding("base url", "ok", Message("OpenAI"))
    url = without_login(settings.base_url)
    try:
        read_address(settings.base_url)
        parts = urlsplit(url)
    except AccessError as error:
        return Finding("base url", "error", str(error), error.hint)
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        return Finding(
            "base url",
            "warning",
            Message("%(url)s is not encrypted", url=url),
            Message("Use https, or make sure that you trust the network."),
        )
    return Finding("base url", "ok", url)


def _proxy(settings: Settings) -> Iterator[Finding]:
    if proxy := proxy_for(without_login(settings.base_url) or "https://api.openai.com"):
        yield Finding("proxy", "ok", Message("requests go through %(proxy)s", proxy=without_login(proxy)))


def _key(settings: Settings, key: str | None) -> Finding:
    """What can be said of a key that nobody has looked at."""
    if key:
        return Finding(
            "key",
            "warning",
            Message(
                "%(variable)s is set; the endpoint did not say whether it is right", variable=KEY_VARIABLE
            ),
        )
    if needs_key(settings):
        return Finding(
            "key",
            "error",
            Message("%(variable)s is not set", variable=KEY_VARIABLE),
            Message("Set %(variable)s to your key.", variable=KEY_VARIABLE),
        )
    return Finding(
        "key",
        "ok",
        Message("%(variable)s is not set; local endpoints rarely need a key", variable=KEY_VARIABLE),
    )


def _key_taken(client: Client) -> Finding:
    if client.sends_login:
        return Finding(
            "key",
            "ok",
            Message("the name and password in --base-url are sent instead of a key, and accepted"),
        )
    if client.sends_key:
        return Finding(
            "key", "ok", Message("%(variable)s is sent, and the endpoint accepts it", variable=KEY_VARIABLE)
        )
    return Finding(
        "key", "ok", Message("%(variable)s is not set, and the endpoint needs none", variable=KEY_VARIABLE)
    )


def _key_refused(client: Client, error: KeyRefusedError) -> Finding:
    if client.sends_login:
        return Finding(
            "key", "error", Message("the name and password in --base-url are sent and refused"), error.hint
        )
    if not client.sends_key:
        return Finding(
            "key",
            "error",
            Message("%(variable)s is not set, and the endpoint needs a key", variable=KEY_VARIABLE),
            Message("Set %(variable)s to your key.", variable=KEY_VARIABLE),
        )
    if not error.arrived:
        return Finding(
            "key",
            "error",
            Message("%(variable)s is sent and did not arrive", variable=KEY_VARIABLE),
            error.hint,
        )
    return Finding(
        "key",
        "error",
        Message("%(variable)s is sent, and the endpoint refuses it: it is wrong", variable=KEY_VARIABLE),
        error.hint,
    )


async def _endpoint(settings: Settings, key: str | None, *, ask: bool) -> list[Finding]:
    try:
        client = Client(
            settings.base_url or None, key, headers=settings.headers, timeout=min(settings.timeout, 30)
        )
    except ExtractError as error:
        return [Finding("endpoint", "error", str(error), error.hint)]
    try:
        found = await _models(client, settings)
        if (
            ask
            and settings.model
            and not any(one.what == "endpoint" and one.level == "error" for one in found)
        ):
            modes = await _modes(client, settings)
            if any(one.what == "key" for one in modes):  # a question knows better than a list
                found = [one for one in found if one.what not in ("key", "endpoint")]
            elif not any(one.what == "key" for one in found) and any(one.level == "ok" for one in modes):
                found = [_key_taken(client), *found]
            found += modes
    finally:
        await client.aclose()
    return found


async def _models(client: Client, settings: Settings) -> list[Finding]:
    try:
        models = await client.models()
    except KeyRefusedError as error:
        return [_key_refused(client, error), Finding("endpoint", "error", str(error), error.hint)]
    except ExtractError as error:
        if "answered 404" in str(error):
            return [
                Finding(
                    "endpoint", "ok", Message("%(url)s answers, but lists no models", url=client.base_url)
                ),
                *_model(settings, None),
            ]
        return [Finding("endpoint", "error", str(error), _hint(error))]
    return [
        _key_taken(client),
        Finding(
            "endpoint",
            "ok",
            Message("%(url)s answers; %(number)s models", url=client.base_url, number=len(models)),
        ),
        *_model(settings, models),
    ]


def _hint(error: ExtractError) -> str:
    """What to do, without sending anybody here again."""
    return REACH if isinstance(error, EndpointError) else error.hint


def _model(settings: Settings, models: list[str] | None) -> list[Finding]:
    if not settings.model:
        return [
            Finding(
                "model",
                "error",
                Message("no model is named"),
                Message("Name it with --model, or set model in extract.toml."),
            )
        ]
    if not models or settings.model in models:
        return [Finding("model", "ok", settings.model)]
    shown = ", ".join(sorted(models)[:10])
    return [
        Finding(
            "model",
            "warning",
            Message("%(model)s is not in the list of models", model=settings.model),
            Message("Some that it offers: %(models)s.", models=shown),
        )
    ]


async def _modes(client: Client, settings: Settings) -> list[Finding]:
    """Ask a small question in every mode; a run needs only one that works."""
    found: list[Finding] = []
    changes = NO_CHANGES
    for mode in MODES:
        try:
            finding, changes = await _mode(client, settings, mode, changes)
        except KeyRefusedError as error:  # some list their models to everybody
            return [_key_refused(client, error), Finding("endpoint", "error", str(error), error.hint)]
        found.append(finding)
    if changes:
        found.append(Finding("parameters", "ok", _shown_changes(changes)))
    works = [one for one in found if one.level == "ok" and one.what.startswith("mode ")]
    if not works:
        return [
            *found,
            Finding(
                "mode", "error", Message("no mode gives valid JSON"), Message("Use a more capable model.")
            ),
        ]
    if settings.mode == AUTO or any(one.what == f"mode {settings.mode}" for one in works):
        return found
    return [
        *found,
        Finding(
            "mode", "error", Message("--mode %(mode)s does not work here", mode=settings.mode), SIMPLER_MODES
        ),
    ]


def _shown_changes(changes: Changes) -> str:
    return listed(
        [
            Message("%(name)s is sent as %(new)s", name=name, new=new)
            if new
            else Message("%(name)s is not accepted and left out", name=name)
            for name, new in changes.items()
        ]
    )


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
        except KeyRefusedError:
            raise
        except ExtractError as error:
            if isinstance(error, RejectedQuestionError) and error.parameter:
                refused.append(error.parameter)
                if (more := adapted(changes, refused)) is not None:
                    changes = more
                    continue
            return Finding(name, "warning", str(error)), changes
    if completion.failure is not None:
        return Finding(name, "warning", str(completion.failure)), changes
    if (fault := best_object(completion.text, _misfit)[1]) is not None:
        return Finding(name, "warning", fault), changes
    return Finding(name, "ok", Message("works")), changes


def _misfit(text: str) -> str | None:
    with suppress(ValueError, RecursionError):
        answer = json.loads(text)
        if isinstance(answer, dict) and isinstance(answer.get("sum"), int):
            return None
    return Message("gives no JSON")


def _price(settings: Settings) -> Finding:
    if not settings.model or settings.model in settings.prices:
        return Finding(
            "price",
            "ok",
            Message("of %(model)s: configured", model=settings.model) if settings.model else "-",
        )
    return Finding(
        "price",
        "warning",
        Message("no price of %(model)s is configured, so costs are unknown", model=settings.model),
        Message(
            'Add [prices."%(model)s"] with input and output per million tokens to extract.toml.',
            model=settings.model,
        ),
    )


def _cache(settings: Settings) -> Iterator[Finding]:
    folder = Path(settings.cache)
    if not (folder / DATABASE).exists():
        yield Finding(
            "cache", "ok", Message("%(folder)s does not exist yet; the first run creates it", folder=folder)
        )
        return
    try:
        if findings := verify(folder, settings.trust_cache):
            yield Finding(
                "cache",
                "error",
                findings[0],
                Message("Run `extract cache verify`, or use another folder with --cache."),
            )
            return
        cache = AnswerCache(folder, trusted=settings.trust_cache)
    except ExtractError as error:
        yield Finding("cache", "error", str(error), error.hint)
        return
    try:
        stats = cache.stats()
    finally:
        cache.close()
    yield Finding(
        "cache",
        "ok",
        Message(
            "%(answers)s answers in %(folder)s", answers=f"{sum(stats.answers.values()):,}", folder=folder
        ),
    )


def _converter() -> Finding:
    """Whether documents of old office programs can be read here; nothing else needs it."""
    what, program = "converter", converter()
    if program is None:
        says = Message("LibreOffice is not installed; .doc, .wps, RTF and ODT files cannot be read")
        return Finding(what, "warning", says, INSTALL_WRITER)
    if has_writer(program) is False:
        says = Message(
            "%(program)s lacks Writer; .doc, .wps, RTF and ODT files cannot be read", program=program
        )
        return Finding(what, "warning", says, INSTALL_WRITER)
    return Finding(what, "ok", Message("%(program)s reads .doc, .wps, RTF and ODT files", program=program))


def _disk(what: str, folder: Path) -> Finding:
    place = folder.absolute()
    while not place.exists():
        place = place.parent
    if not os.access(place, os.W_OK):
        return Finding(
            what,
            "error",
            Message("%(folder)s is not writable", folder=place),
            Message("Use another folder, or make this one writable."),
        )
    free = shutil.disk_usage(place).free
    if free < LITTLE_SPACE:
        return Finding(
            what,
            "warning",
            Message("only %(value)s MB are free", value=f"{free / 1e6:,.0f}"),
            Message("Free some space before a long run."),
        )
    return Finding(what, "ok", Message("%(value)s GB free", value=f"{free / 1e9:,.1f}"))
