"""`OUT/spending.jsonl`: every request that left and every answer that was paid for, written at once.

A run that is killed cannot say what it spent; this file can. One line is one event, appended in one write, so
that several processes may share it and a kill tears at most the last line.
"""

import json
import os
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from extract.engines.llm.exchange import Usage
from extract.errors import ResultsFolderError

NAME = "spending.jsonl"
SENT = {"event": "sent"}
COUNTS = ("requests", "prompt_tokens", "completion_tokens", "cached_tokens")


class SpendingJournal:
    """Appends to the journal of a folder of results, and knows the sums of all that is in it.

    Args:
        folder: the folder of results, which has to be there.

    Raises:
        ResultsFolderError: it cannot be read or written.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / NAME
        self.totals = read_spending(self.path)
        try:
            self._file = os.open(self.path, os.O_APPEND | os.O_CREAT | os.O_RDWR, 0o644)
            if _torn(self._file):
                os.write(self._file, b"\n")
        except OSError as error:
            raise _refused(self.path, error) from error

    def sent(self) -> None:
        """A request is about to leave."""
        self.totals["requests"] += 1
        self._append(SENT)

    def booked(self, usage: Usage) -> None:
        """An answer was paid for; its requests are counted when they leave, not here."""
        tokens = {name: getattr(usage, name) for name in COUNTS[1:]}
        for name, count in tokens.items():
            self.totals[name] += count
        self._append({"event": "booked", **tokens})

    def close(self) -> None:
        """Nothing is written any more."""
        os.close(self._file)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _append(self, event: dict[str, Any]) -> None:
        try:
            os.write(self._file, json.dumps(event, separators=(",", ":")).encode() + b"\n")
        except OSError as error:
            raise _refused(self.path, error) from error


def read_spending(path: Path) -> dict[str, int]:
    """The sums of a journal; a torn line counts for nothing.

    Raises:
        ResultsFolderError: it is there but cannot be read.
    """
    totals = dict.fromkeys(COUNTS, 0)
    try:
        lines = path.read_bytes().splitlines()
    except FileNotFoundError:
        return totals
    except OSError as error:
        raise _refused(path, error) from error
    for line in lines:
        event = _event(line)
        if event == SENT:
            totals["requests"] += 1
        else:
            for name in COUNTS[1:]:
                count = event.get(name, 0)
                totals[name] += count if isinstance(count, int) else 0
    return totals


def _event(line: bytes) -> dict[str, Any]:
    try:
        event = json.loads(line)
    except ValueError:
        return {}
    return event if isinstance(event, dict) else {}


def _torn(file: int) -> bool:
    """Whether the last line has no end, because its writer was killed."""
    size = os.fstat(file).st_size
    return size > 0 and os.pread(file, 1, size - 1) != b"\n"


def _refused(path: Path, error: OSError) -> ResultsFolderError:
    return ResultsFolderError(f"{path} cannot be used: {error.strerror or error}.")
