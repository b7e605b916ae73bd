"""What went wrong, as everybody may see it: no path of the machine that the desk runs on.

A message of ours is a sentence with values. The sentence is in the code and names no place; so it is the values that are
looked at, each by itself: a path becomes the name at its end, and the texts of the system and of libraries lose the paths
that they quote. A text that is no message of ours is treated as a value.
"""

import re
from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from extract.errors import ExtractError
from extract.messages import Message, from_json, to_json, with_values

_KEPT = re.compile(r"uploads/[0-9a-f]{16}/")
_ROOT = r"(?:[A-Za-z]:[\\/]|\\\\|/(?=[^\s/]))"
_WHOLE = re.compile(rf"(?:sqlite:/*)?{_ROOT}.*", re.DOTALL)
_QUOTED = re.compile(rf"(?P<quote>[\"'])(?:b')?{_ROOT}.*?(?P=quote)", re.DOTALL)
_BARE = re.compile(rf"(?<![\w/:.\\]){_ROOT}[^\s\"'<>,;，；。）)]+")
_SEPARATOR = re.compile(r"[\\/]+")


def problem_of(error: ExtractError) -> str:
    """What an error says and what to do about it, on two lines, for everybody."""
    return problem(str(error), error.hint)


def problem(text: str, hint: str = "") -> str:
    """What happened and what to do about it, on two lines, for everybody."""
    shown, advice = without_paths(text), without_paths(hint)
    return Message("%(problem)s\n%(advice)s", problem=shown, advice=advice) if advice else shown


def without_paths(text: str) -> str:
    """A text without the paths of this machine; a message can still be said in another language."""
    return with_values(text, _shown) if isinstance(text, Message) else str(_shown(text))


def kept(problems: list[str]) -> list[Any]:
    """Problems as JSON keeps them."""
    return [
        {"text": str.__str__(one), "parts": parts} if (parts := to_json(one)) else one for one in problems
    ]


def restored(found: list[Any]) -> tuple[str, ...]:
    """Problems as they were before they were kept; those of an earlier version are plain texts."""
    return tuple(
        from_json(one["text"], one["parts"]) if isinstance(one, Mapping) else str(one) for one in found
    )


def _shown(value: object) -> object:
    if isinstance(value, PurePath):
        return value.name
    if not isinstance(value, str):
        return value
    text = _KEPT.sub("", value)
    if _WHOLE.fullmatch(text):
        return _last(text)
    text = _QUOTED.sub(lambda found: f"{found['quote']}{_last(found[0][1:-1])}{found['quote']}", text)
    return _BARE.sub(lambda found: _last(found[0]), text)


def _last(path: str) -> str:
    """The name at the end of a path."""
    return next((part for part in reversed(_SEPARATOR.split(path)) if part), "")
