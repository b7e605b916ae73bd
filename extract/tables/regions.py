"""Administrative codes and provinces of regions, by full name."""

from functools import cache
from importlib.resources import files
from typing import NamedTuple


class Unit(NamedTuple):
    """A region's six-digit code and the province that it lies in; both None for a name that is not listed."""

    code: str | None
    province: str | None


UNKNOWN = Unit(None, None)


def unit_of(region: str | None) -> Unit:
    """Code and province of a region; nothing is guessed for a name that several units bear."""
    code = _codes().get(region or "")
    return Unit(code, _provinces().get(code[:2])) if code else UNKNOWN


@cache
def _codes() -> dict[str, str]:
    text = files("extract.tables").joinpath("regions.tsv").read_text(encoding="utf-8")
    pairs = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return {name: code for code, name in pairs}


@cache
def _provinces() -> dict[str, str]:
    return {code[:2]: name for name, code in _codes().items() if code.endswith("0000")}
