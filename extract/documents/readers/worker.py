"""The process that reads documents for `isolation`: one after the other, each within its bounds.

Run as `python -m extract.documents.readers.worker`; it speaks on its standard input and output and ends with them.
"""

import gc
import json
import os
import resource
import signal
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from importlib import import_module
from typing import Any

from extract.documents.readers.bounds import Bounds
from extract.documents.readers.building import Decoded
from extract.errors import DamagedFileError, InputError, TooLargeError

Extend = Callable[[], None]
"""Called by a reader for each page that it has done."""

Read = Callable[[bytes, Bounds, Extend], Decoded]

READERS = {
    "html": "web_page",
    "mhtml": "web_archive",
    "docx": "word",
    "pdf": "pdf",
    "markdown": "markdown",
}
"""The format, and the module with its `read`."""

_LEAN_BYTES = 250_000_000
"""A process that holds more than this after a document makes room for a new one."""


def main() -> None:
    """Serve until the other side hangs up."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    requests = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    silent = os.open(os.devnull, os.O_RDWR)
    os.dup2(silent, 0)  # whatever a library prints or asks, the other side hears only answers
    os.dup2(silent, 1)
    while line := requests.readline():
        request = json.loads(line)
        data = requests.read(request["size"])
        bounds = Bounds(**request["bounds"])
        head, body = _answer(data, request["format"], bounds)
        head |= {"size": len(body), "last": _peak() > _LEAN_BYTES}
        answers.write(json.dumps(head).encode() + b"\n" + body)
        answers.flush()
        del data, body
        gc.collect()


def _answer(data: bytes, form: str, bounds: Bounds) -> tuple[dict[str, Any], bytes]:
    try:
        read: Read = import_module(f"{__package__}.{READERS[form]}").read
        _bound_memory(bounds.memory_bytes)
        clock = Clock(bounds)
        decoded = read(data, bounds, clock.extend)
        return {}, json.dumps(asdict(decoded), ensure_ascii=False).encode()
    except InputError as error:
        return _refusal(error), b"-"
    except MemoryError:
        most = bounds.memory_bytes // 1_000_000
        return _refusal(TooLargeError(f"reading it takes more than {most} MB of memory")), b"-"
    except RecursionError:
        return _refusal(DamagedFileError("it is nested too deeply")), b"-"
    except Exception as error:  # noqa: BLE001 - parsers raise anything over a damaged file
        return _refusal(DamagedFileError(f"it is damaged ({type(error).__name__})")), b"-"


def _refusal(error: InputError) -> dict[str, Any]:
    return {"error": type(error).__name__, "message": str(error), "hint": error.hint}


class Clock:
    """The processor time of one document: `seconds`, or what its pages may take where that is more.

    Args:
        bounds: the limits.
    """

    def __init__(self, bounds: Bounds) -> None:
        self._bounds = bounds
        self._begun = time.process_time()
        self._pages = 0
        self._set()

    def extend(self) -> None:
        """One more page is done."""
        self._pages += 1
        self._set()

    def _set(self) -> None:
        allowed = max(self._bounds.seconds, self._bounds.seconds_per_page * (self._pages + 2))
        left = self._begun + allowed - time.process_time()
        signal.setitimer(signal.ITIMER_PROF, max(0.05, left))  # its signal ends the process


def _bound_memory(most: int) -> None:
    for what in ("RLIMIT_DATA", "RLIMIT_AS"):
        limit = (
            most if what == "RLIMIT_DATA" else most + 2_000_000_000
        )  # libraries map much that they never use
        resource.setrlimit(getattr(resource, what), (limit, resource.getrlimit(getattr(resource, what))[1]))


def _peak() -> int:
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit


if __name__ == "__main__":
    main()
