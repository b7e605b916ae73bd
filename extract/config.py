"""The settings of a run; the only reader of `extract.toml` and of the environment.

An option on the command line goes before the environment (`EXTRACT_JOBS=4`), which goes before
`extract.toml` in the working folder, which goes before the defaults below.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from decimal import Decimal
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from extract.errors import SettingsError, UnreadableFileError
from extract.messages import BOTH, CHINESE, ENGLISH, Message
from extract.prices import Price, parse_prices
from extract.regular_files import hint_about, read_regular

FILE_NAME = "extract.toml"
PREFIX = "EXTRACT_"
PRICES, PARAMETERS, HEADERS = "prices", "parameters", "headers"
TABLES = frozenset({PRICES, PARAMETERS, HEADERS})
OURS = frozenset(
    {"model", "messages", "response_format", "tools", "tool_choice", "stream", "n", "max_tokens"}
)
"""Of a request, what is not for the user to set there."""
_HEADER_NAME = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
"""RFC 9110, a token."""
MODES = ("auto", "json_schema", "tools", "json", "text")
BASE_URL_VARIABLE = "OPENAI_BASE_URL"
KEY_VARIABLE = "OPENAI_API_KEY"
SECRET_VARIABLE = "EXTRACT_DESK_SECRET"  # noqa: S105 - its name
LANGUAGE_VARIABLE = "EXTRACT_LANG"
LOCALE_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
"""The first that is set counts, as POSIX has it."""
NO_LANGUAGE = frozenset({"c", "posix"})


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set once for all commands.

    Attributes:
        max_bytes: a source file larger than this is refused.
        max_seconds: a source file that takes more processor time to read and check is refused.
        max_memory: a source file that takes more MB of memory to read and check is refused.
        max_result: a source file whose results fill more MB is refused.
        jobs: how many processes read reports at the same time.
        out: the folder of results where `--out` names none.
        model: what `--engine llm` asks.
        base_url: the endpoint; empty for that of OpenAI. `OPENAI_BASE_URL` sets it too.
        mode: how answers are asked for: `auto`, `json_schema`, `tools`, `json`, `text`.
        cache: the folder of finished answers.
        trust_cache: that folder once more, where it is used though it belongs to another account or others can write to it.
        concurrency: how many requests at the same time.
        requests_per_minute, tokens_per_minute: what the provider allows; 0 where it says nothing.
        attempts: how often one request is sent at most.
        timeout: seconds until one attempt is given up.
        deadline: seconds until a request with all its attempts is given up.
        max_output_tokens: the longest answer.
        parameters: what else each request says, as `temperature`; the table replaces the default.
        headers: of HTTP, sent with every request to the endpoint; they may hold secrets and are shown nowhere.
        prices: what tokens cost, by model; see `extract.prices`.
        desk_store: the store of the desk where `--store` names none; empty for a file in the folder of results.
    """

    max_bytes: int = 20_000_000
    max_seconds: int = 60
    max_memory: int = 1_500
    max_result: int = 32
    jobs: int = 1
    out: str = "out"
    model: str = ""
    base_url: str = ""
    mode: str = "auto"
    cache: str = ".extract-cache"
    trust_cache: str = ""
    concurrency: int = 16
    requests_per_minute: int = 0
    tokens_per_minute: int = 0
    attempts: int = 6
    timeout: int = 180
    deadline: int = 900
    max_output_tokens: int = 8192
    desk_store: str = ""
    parameters: Mapping[str, Any] = field(default_factory=lambda: {"temperature": 0})
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    prices: Mapping[str, Price] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, lowest in LEAST.items():
            if getattr(self, name) < lowest:
                raise SettingsError(
                    Message(
                        "%(name)s is %(value)s, but it must be at least %(least)s.",
                        name=name,
                        value=getattr(self, name),
                        least=lowest,
                    )
                )
        for name in ("out", "cache"):
            if not getattr(self, name):
                raise SettingsError(Message("%(name)s is empty; it must name a folder.", name=name))
        if self.mode not in MODES:
            raise SettingsError(
                Message(
                    "mode is %(mode)s; it must be one of %(modes)s.",
                    mode=self.mode,
                    modes=", ".join(MODES),
                )
            )


LEAST = {
    "max_bytes": 1,
    "max_seconds": 1,
    "max_memory": 200,
    "max_result": 1,
    "jobs": 1,
    "concurrency": 1,
    "requests_per_minute": 0,
    "tokens_per_minute": 0,
    "attempts": 1,
    "timeout": 1,
    "deadline": 1,
    "max_output_tokens": 1,
}
KINDS: Mapping[type, Message] = {int: Message("a whole number"), str: Message("text")}
KNOWN: dict[str, type] = {one.name: type(one.default) for one in fields(Settings) if one.name not in TABLES}


def load_settings(folder: Path, environment: Mapping[str, str]) -> Settings:
    """The settings in force.

    Args:
        folder: where `extract.toml` is looked for; it need not be there.
        environment: usually `os.environ`.

    Raises:
        SettingsError: the file cannot be parsed, or a key or value of either is not usable.
    """
    path = folder / FILE_NAME
    settings = replace(Settings(), **_from_file(path)) if path.exists() else Settings()
    if base_url := environment.get(BASE_URL_VARIABLE):
        settings = replace(settings, base_url=base_url)
    return replace(settings, **_from_environment(environment))


def api_key(environment: Mapping[str, str]) -> str | None:
    """The key of the endpoint. It is no part of the settings, so that nothing that shows them can show it."""
    return environment.get(KEY_VARIABLE, "").strip() or None


def desk_secret(environment: Mapping[str, str]) -> str:
    """What signs the logins and tokens of a desk; empty where none is set. No part of the settings, as the key."""
    return environment.get(SECRET_VARIABLE, "").strip()


def language_of(environment: Mapping[str, str], interface: int | None = None) -> str:
    """What the user reads: `zh`, `en`, or `both` where nothing says so.

    Args:
        environment: `EXTRACT_LANG` goes before the locale.
        interface: on Windows the language of its windows (LANGID); the low ten bits are the language, 4 is Chinese.
    """
    for variable in (LANGUAGE_VARIABLE, *LOCALE_VARIABLES):
        if locale := environment.get(variable, "").strip():
            language = re.split(r"[._@-]", locale)[0].lower()
            return BOTH if language in NO_LANGUAGE | {BOTH} else CHINESE if language == CHINESE else ENGLISH
    if interface is None:
        return BOTH
    return CHINESE if interface & 0x3FF == 0x04 else ENGLISH


def _from_file(path: Path) -> dict[str, Any]:
    try:
        content = tomllib.loads(read_regular(path).decode("utf-8-sig"), parse_float=Decimal)
    except OSError as error:
        raise SettingsError(
            Message("%(path)s cannot be read: %(reason)s.", path=path, reason=error.strerror or error),
            hint=hint_about(error, UnreadableFileError.hint),
        ) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(
            Message("%(path)s cannot be read as TOML: %(reason)s.", path=path, reason=error)
        ) from error
    tables: dict[str, Any] = {PRICES: parse_prices(content.pop(PRICES, {}), str(path))}
    if PARAMETERS in content:
        tables[PARAMETERS] = _parameters(content.pop(PARAMETERS), path)
    if HEADERS in content:
        tables[HEADERS] = _headers(content.pop(HEADERS), path)
    for key, value in content.items():
        if key not in KNOWN:
            raise SettingsError(
                Message(
                    "%(path)s sets %(key)s, which is not a setting.%(guess)s",
                    path=path,
                    key=key,
                    guess=_guess(key),
                )
            )
        if type(value) is not KNOWN[key]:
            raise SettingsError(
                Message(
                    "%(path)s sets %(key)s to %(value)s, but it must be %(kind)s.",
                    path=path,
                    key=key,
                    value=repr(value),
                    kind=KINDS[KNOWN[key]],
                )
            )
    return content | tables


def _parameters(table: object, path: Path) -> dict[str, Any]:
    """What the user adds to each request; numbers as JSON has them."""
    if not isinstance(table, dict):
        raise SettingsError(
            Message(
                "%(path)s sets parameters to %(table)s, which is not a table.", path=path, table=repr(table)
            )
        )
    if taken := sorted(OURS & table.keys()):
        raise SettingsError(
            Message(
                "%(path)s sets parameters.%(name)s, which the program sets itself.",
                path=path,
                name=taken[0],
            ),
            hint=Message("Use the settings model, mode and max_output_tokens instead."),
        )
    return {key: float(value) if isinstance(value, Decimal) else value for key, value in table.items()}


def _headers(table: object, path: Path) -> dict[str, str]:
    """What the user adds to the headers of each request."""
    if not isinstance(table, dict):
        raise SettingsError(Message("In %(path)s, headers must be a table.", path=path))
    for name, value in table.items():
        if not _HEADER_NAME.fullmatch(name):
            raise SettingsError(
                Message("In %(path)s, headers.%(name)s is not a valid header name.", path=path, name=name)
            )
        if not isinstance(value, str) or not value.isascii() or not value.isprintable():
            raise SettingsError(
                Message("In %(path)s, headers.%(name)s must be one line of ASCII text.", path=path, name=name)
            )
    return dict(table)


def _from_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    """Settings among the variables. A name that is nearly ours is a slip of the pen and refused; one that
    merely starts alike may belong to another program and is left alone.
    """
    found: dict[str, Any] = {}
    for variable, text in environment.items():
        if not variable.startswith(PREFIX) or variable in {SECRET_VARIABLE, LANGUAGE_VARIABLE}:
            continue
        key = variable.removeprefix(PREFIX).lower()
        if key not in KNOWN:
            if guess := _guess(key):
                raise SettingsError(
                    Message(
                        "The environment sets %(variable)s, which is not a setting.%(guess)s",
                        variable=variable,
                        guess=guess,
                    )
                )
            continue
        try:
            found[key] = KNOWN[key](text)
        except ValueError as error:
            raise SettingsError(
                Message(
                    "The environment sets %(variable)s to %(value)s, but it must be %(kind)s.",
                    variable=variable,
                    value=repr(text),
                    kind=KINDS[KNOWN[key]],
                )
            ) from error
    return found


def _guess(key: str) -> str:
    """The setting that was probably meant, as a question; empty where none is near."""
    close = get_close_matches(key, KNOWN, n=1, cutoff=0.7)
    return Message(" Did you mean %(name)s?", name=close[0]) if close else ""
