"""What the rows of the cache hold, and how they are written."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from extract.engines.llm.exchange import Usage
from extract.errors import CacheError
from extract.messages import Message

NOTHING = Usage()
ANSWER, ASKED, MODE, CHANGED = "answer/", "asked/", "mode/", "changes/"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question without an answer yet.

    Attributes:
        spent: on it so far, by this and by earlier runs.
        too_long: its answer broke off at the token limit.
        held_back: what the provider's filter said of the question, where it did not take it.
        elsewhere: another process is asking it now.
    """

    spent: Usage = NOTHING
    too_long: bool = False
    held_back: str | None = None
    elsewhere: bool = False


@dataclass(frozen=True, slots=True)
class Stored:
    """One finished answer.

    Attributes:
        key: of its question.
        text, usage: as in `Reply`.
        model: that gave it.
        purpose: as in `Request`.
    """

    key: str
    text: str
    usage: Usage
    model: str
    purpose: str


@dataclass(frozen=True, slots=True)
class Stats:
    """What a cache holds.

    Attributes:
        answers: finished ones, by model.
        usage: of all of them.
        unfinished: questions that were sent but have no answer.
        in_vain: what these have cost.
        bytes: on the disk.
    """

    answers: dict[str, int]
    usage: Usage
    unfinished: int
    in_vain: Usage
    bytes: int


def is_answer(row: Any) -> bool:
    """Whether a row has the shape of a finished answer."""
    if not isinstance(row, dict) or not all(
        isinstance(row.get(n), str) for n in ("text", "model", "purpose")
    ):
        return False
    usage = row.get("usage")
    return isinstance(usage, list) and len(usage) == 4 and all(isinstance(number, int) for number in usage)


def stored(key: str, row: Any, folder: Path) -> Stored:
    """A row as a finished answer.

    Raises:
        CacheError: it is none.
    """
    if not is_answer(row):
        raise CacheError(
            Message(
                "%(folder)s holds a row that is not a complete answer (%(key)s).", folder=folder, key=key[:12]
            )
        )
    usage = usage_of(row["usage"], row)
    return Stored(key, row["text"], usage, row["model"], row["purpose"])


def asked_of(row: Any) -> Asked:
    """A row, or its absence, as a question without an answer."""
    if not isinstance(row, dict):
        return Asked()
    held_back = row.get("held_back")
    return Asked(usage_of(row["spent"], row), bool(row["too_long"]), str(held_back) if held_back else None)


def asked_row(asked: Asked, holder: list[Any] | None) -> dict[str, Any]:
    """The row of a question; `holder` is host, process, and until when, of who asks it now."""
    row = {"spent": numbers(asked.spent), "too_long": asked.too_long, "holder": holder}
    if asked.held_back:
        row["held_back"] = asked.held_back
    return {**row, **estimates(asked.spent)}


def usage_of(tokens: Any, row: Any) -> Usage:
    """The usage that a row tells of."""
    estimated = row.get("estimated", 0)
    return replace(Usage(*tokens), estimated=estimated if isinstance(estimated, int) else 0)


def estimates(usage: Usage) -> dict[str, int]:
    """What a row adds where tokens are estimates; rows of 0.1.0 know no such key."""
    return {"estimated": usage.estimated} if usage.estimated else {}


def numbers(usage: Usage) -> list[int]:
    """Usage as rows have it."""
    return [usage.requests, usage.prompt_tokens, usage.completion_tokens, usage.cached_tokens]
