"""What happens while a model is asked, as events: for the log file and for the progress bar.

An event has a name and a few plain values. Text of reports, prompts, answers and keys never gets into one: only
the fields named here pass, and of text only short words without blanks.
"""

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from extract.errors import SettingsError
from extract.messages import Message
from extract.private_files import open_private

FIELDS = frozenset(
    {
        "attempt",
        "attempts",
        "cached_tokens",
        "chunk",
        "chunks",
        "code",
        "completion_tokens",
        "cost",
        "estimated",
        "exit_code",
        "failed_chunks",
        "flagged",
        "from_cache",
        "question",
        "milliseconds",
        "mode",
        "model",
        "prompt_tokens",
        "purpose",
        "read_tokens",
        "records",
        "report",
        "requests",
        "seconds",
        "sources",
        "status",
        "wait",
    }
)
LONGEST = 120
Observer = Callable[..., None]
"""Takes the name of an event and its fields as keywords."""


class EventLog:
    """Appends events to a file, one JSON object a line.

    Args:
        path: of the file; its folder has to be there.
        secrets: words that no line may hold, whatever field they come in.
        now: the time of an event.

    Raises:
        SettingsError: the file cannot be written.
    """

    def __init__(
        self,
        path: Path,
        secrets: tuple[str, ...] = (),
        now: Callable[[], str] = lambda: datetime.now(UTC).isoformat(timespec="milliseconds"),
    ) -> None:
        try:
            self._file: IO[str] = open(  # noqa: SIM115 - it lives as long as the log
                path, "a", encoding="utf-8", newline="\n", buffering=1, opener=open_private
            )
        except OSError as error:
            raise SettingsError(
                Message(
                    "The log %(path)s cannot be written: %(reason)s.",
                    path=path,
                    reason=error.strerror or error,
                ),
                hint=Message("Use another file with --log-file."),
            ) from error
        self._secrets = tuple(secret for secret in secrets if secret)
        self._now = now

    def __call__(self, event: str, **fields: Any) -> None:
        """Write one event. A disk that is full loses the log, never the run."""
        kept = {name: _harmless(value) for name, value in sorted(fields.items()) if name in FIELDS}
        line = json.dumps({"at": self._now(), "event": event, **kept}, ensure_ascii=False)
        for secret in self._secrets:
            line = line.replace(secret, "***")
        with suppress(OSError):
            self._file.write(f"{line}\n")

    def close(self) -> None:
        """Nothing is written any more."""
        with suppress(OSError):
            self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _harmless(value: Any) -> Any:
    if value is None or isinstance(value, bool | int | float):
        return value
    return "".join(c if c.isprintable() else "?" for c in str(value).split("\n")[0])[:LONGEST]


def together(*observers: Observer) -> Observer:
    """One observer that tells several."""

    def tell(event: str, **fields: Any) -> None:
        for observer in observers:
            observer(event, **fields)

    return tell
