"""The state of the records that rows stand on, and who decided on them."""

from collections.abc import Collection, Iterable, Iterator
from typing import Protocol, TypeVar

_WEAKEST = ("rejected", "flagged", "verified", "corrected", "approved")


class Standing(Protocol):
    """A row that tells the state of its record; None where it stands on none, as what a report does not state."""

    @property
    def state(self) -> str | None:
        """The state."""
        ...


_R = TypeVar("_R", bound=Standing)


def in_states(rows: Iterable[_R], states: Collection[str]) -> Iterator[_R]:
    """The rows that stand on a record in one of these states, and those that stand on none."""
    return (row for row in rows if row.state is None or row.state in states)


def weaker(*states: str | None) -> str | None:
    """The weakest of some states; None where there is none."""
    known = [state for state in states if state]
    return min(known, key=lambda state: _WEAKEST.index(state) if state in _WEAKEST else 0, default=None)


def reviewers(*names: str | None) -> str | None:
    """Who decided on several records, each once; None where nobody did."""
    return ", ".join(dict.fromkeys(name for name in names if name)) or None
