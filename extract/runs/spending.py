"""`OUT/spending.jsonl`: every request that left and every answer that was paid for, written at once.

A run that is killed cannot say what it spent; this file can. One line is one event, appended in one write, so
that several processes may share it and a kill tears at most the last line.
"""

import json
from functools import cached_property
from io import SEEK_END
from pathlib import Path
from typing import Any, BinaryIO, cast

from extract.engines.llm.exchange import Usage
from extract.errors import ResultsFolderError
from extract.messages import Message
from extract.private_files import open_private, tighten
from extract.regular_files import read_regular

NAME = "spending.jsonl"
SENT = {"event": "sent"}
COUNTS = ("requests", "prompt_tokens", "completion_tokens", "cached_tokens")


class SpendingJournal:
    """Appends to the journal of a folder of results, and knows the sums of all that is in it.

    Nothing is opened before it is needed: the folder is made by the run.

    Args:
        folder: the folder of results.

    Raises:
        ResultsFolderError: from all methods: the file cannot be read or written.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / NAME
        self._file: BinaryIO | None = None

    @cached_property
    def totals(self) -> dict[str, int]:
        """Requests and tokens of all runs, this one included."""
        return read_spending(self.path)

    def sent(self) -> None:
        """A request is about to leave."""
        self.totals["requests"] += 1
        self._append(SENT)

    def booked(self, usage: Usage) -> None:
        """An answer was paid for; its requests are counted when they leave, not here."""
        tokens = {name: getattr(usage, name) for name in COUNTS[1:]}
        for name, count in tokens.items():
            self.totals[name] += count
        estimated = {"estimated": True} if usage.estimated else {}
        self._append({"event": "booked", **tokens, **estimated})

    def close(self) -> None:
        """Nothing is written any more."""
        if self._file is not None:
            self._file.close()
            self._file = None

    def _append(self, event: dict[str, Any]) -> None:
        try:
            if self._file is None:
                self._file = _opened(self.path)
            self._file.write(json.dumps(event, separators=(",", ":")).encode() + b"\n")
        except OSError as error:
            raise _refused(self.path, error) from error


def read_spending(path: Path) -> dict[str, int]:
    """The sums of a journal; a torn line counts for nothing.

    Raises:
        ResultsFolderError: it is there but cannot be read.
    """
    totals = dict.fromkeys(COUNTS, 0)
    try:
        lines = read_regular(path).splitlines()
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


def _opened(path: Path) -> BinaryIO:
    """The file, at the start of a new line: the last one has no end where its writer was killed.

    Nothing is held back: each write goes to the system as one.
    """
    file = cast("BinaryIO", open(path, "ab+", buffering=0, opener=open_private))  # noqa: SIM115 - Path.open takes no opener
    tighten(path)
    if file.seek(0, SEEK_END):
        file.seek(-1, SEEK_END)
        if file.read(1) != b"\n":
            file.write(b"\n")
    return file


def _refused(path: Path, error: OSError) -> ResultsFolderError:
    return ResultsFolderError(
        Message("%(path)s cannot be used: %(reason)s.", path=path, reason=error.strerror or error)
    )
