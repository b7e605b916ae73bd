"""The keys of the verdicts: single characters, each for one thing, changed by the reader."""

from collections.abc import Mapping
from typing import Final

DEFAULT_KEYS: Final[Mapping[str, str]] = {
    "approve": "a",
    "correct": "c",
    "reject": "r",
    "add": "n",
    "not_a_fact": "x",
    "acknowledge": "l",
    "skip": "s",
    "undo": "u",
    "next": "j",
    "previous": "k",
}


def in_force(chosen: Mapping[str, str]) -> dict[str, str]:
    """The key of each action.

    Args:
        chosen: what the reader has set; anything may stand there. What cannot be used is left at its default.
    """
    keys = {
        action: chosen[action].lower() if usable(chosen.get(action, "")) else key
        for action, key in DEFAULT_KEYS.items()
    }
    return keys if not doubles(keys) else dict(DEFAULT_KEYS)


def usable(key: str) -> bool:
    """Whether a key can be one: one visible character that no browser or page needs for itself."""
    return len(key) == 1 and key.isascii() and key.isprintable() and not key.isspace() and key not in "'/?"


def doubles(keys: Mapping[str, str]) -> tuple[str, ...]:
    """The keys that stand for more than one action."""
    lowered = [key.lower() for key in keys.values()]
    return tuple(sorted({key for key in lowered if lowered.count(key) > 1}))
