"""The settings of a run; the only reader of `extract.toml` and of the environment.

An option on the command line goes before the environment (`EXTRACT_JOBS=4`), which goes before
`extract.toml` in the working folder, which goes before the defaults below.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from extract.errors import SettingsError

FILE_NAME = "extract.toml"
PREFIX = "EXTRACT_"


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set once for all commands.

    Attributes:
        max_bytes: a source file larger than this is refused.
        jobs: how many processes read reports at the same time.
        out: the folder of results where `--out` names none.
    """

    max_bytes: int = 20_000_000
    jobs: int = 1
    out: str = "out"

    def __post_init__(self) -> None:
        for name, lowest in (("max_bytes", 1), ("jobs", 1)):
            if getattr(self, name) < lowest:
                raise SettingsError(f"{name} is {getattr(self, name)}, but the least that works is {lowest}.")
        if not self.out:
            raise SettingsError("out is empty, but it has to name a folder.")


KNOWN: dict[str, type] = {field.name: type(field.default) for field in fields(Settings)}


def load_settings(folder: Path, environment: Mapping[str, str]) -> Settings:
    """The settings in force.

    Args:
        folder: where `extract.toml` is looked for; it need not be there.
        environment: usually `os.environ`.

    Raises:
        SettingsError: the file cannot be parsed, or a key or value of either is not usable.
    """
    path = folder / FILE_NAME
    settings = replace(Settings(), **_from_file(path)) if path.is_file() else Settings()
    return replace(settings, **_from_environment(environment))


def _from_file(path: Path) -> dict[str, Any]:
    try:
        content = tomllib.loads(path.read_bytes().decode("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{path} cannot be read as TOML: {error}.") from error
    for key, value in content.items():
        if key not in KNOWN:
            raise SettingsError(f"{path} sets {key}, which is no setting{_nearest(key)}.")
        if type(value) is not KNOWN[key]:
            raise SettingsError(f"{path} sets {key} to {value!r}, which is no {_kind(key)}.")
    return content


def _from_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    """Settings among the variables. A name that is nearly ours is a slip of the pen and refused; one that
    merely starts alike may belong to another program and is left alone.
    """
    found: dict[str, Any] = {}
    for variable, text in environment.items():
        if not variable.startswith(PREFIX):
            continue
        key = variable.removeprefix(PREFIX).lower()
        if key not in KNOWN:
            if _nearest(key):
                raise SettingsError(f"The environment sets {variable}, which is no setting{_nearest(key)}.")
            continue
        try:
            found[key] = KNOWN[key](text)
        except ValueError as error:
            raise SettingsError(
                f"The environment sets {variable} to {text!r}, which is no {_kind(key)}."
            ) from error
    return found


def _kind(key: str) -> str:
    return {int: "whole number", str: "text"}[KNOWN[key]]


def _nearest(key: str) -> str:
    close = get_close_matches(key, KNOWN, n=1, cutoff=0.7)
    return f"; did you mean {close[0]}" if close else ""
