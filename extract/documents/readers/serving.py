"""How a process that `isolation` has started serves: one request after the other, each within its bounds.

It speaks on its standard input and output and ends with them. It gives up the network first, where it can; what it
starts has none, either.
"""

import gc
import json
import os
import signal
import time
from collections.abc import Callable
from functools import partial
from typing import IO, Any

from extract.documents.readers.bounds import Bounds
from extract.documents.readers.confinement import give_up_network
from extract.documents.readers.watch import bound_memory, bound_time, most_memory, too_large, unbound_time
from extract.errors import DamagedFileError, InputError
from extract.messages import Message, to_json

Extend = Callable[[], None]
"""Called by a reader for each page that it has done."""

Answer = Callable[[dict[str, Any], bytes, Bounds, Extend], bytes]
"""Makes the answer to a request and its bytes."""

Allow = Callable[[float], None]
"""Takes how much processor time this process may have come to, since its start, before it is ended."""

_LEAN_BYTES = 250_000_000
"""A process that holds more than this after a document makes room for a new one."""


def serve(answer: Answer, *, local_sockets: bool = False) -> None:
    """Serve until the other side hangs up.

    Args:
        answer: makes the answers.
        local_sockets: leave those that only reach programs of this machine, without which LibreOffice does not start.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    give_up_network(local_sockets=local_sockets)
    requests = os.fdopen(os.dup(0), "rb")
    answers = os.fdopen(os.dup(1), "wb")
    silent = os.open(os.devnull, os.O_RDWR)
    os.dup2(silent, 0)  # whatever a library prints or asks, the other side hears only answers
    os.dup2(silent, 1)
    while line := requests.readline():
        request = json.loads(line)
        data = requests.read(request["size"])
        allow = partial(_tell, answers) if request["watched"] else None
        head, body = answered(answer, request, data, allow)
        head |= {"size": len(body), "last": most_memory() > _LEAN_BYTES}
        answers.write(json.dumps(head).encode() + b"\n" + body)
        answers.flush()
        del data, body
        gc.collect()


def _tell(answers: IO[bytes], seconds: float) -> None:
    answers.write(json.dumps({"allowed": seconds}).encode() + b"\n")
    answers.flush()


def _by_kernel(seconds: float) -> None:
    bound_time(seconds - time.process_time())


def answered(
    answer: Answer, request: dict[str, Any], data: bytes, allow: Allow | None
) -> tuple[dict[str, Any], bytes]:
    """The answer to one request; what it was allowed is not left to the next.

    Args:
        answer: makes it.
        request: its head.
        data: its bytes.
        allow: tells the other side how much time there is; without it this process is bounded by the kernel.

    Returns:
        The head and the bytes of the answer.
    """
    bounds = Bounds(**request["bounds"])
    try:
        if allow is None:
            bound_memory(bounds.memory_bytes)
        clock = Clock(bounds, allow or _by_kernel)
        return {}, answer(request, data, bounds, clock.extend)
    except InputError as error:
        return _refusal(error), b"-"
    except MemoryError:
        return _refusal(too_large(bounds)), b"-"
    except RecursionError:
        return _refusal(DamagedFileError(Message("it is nested too deeply"))), b"-"
    except Exception as error:  # noqa: BLE001 - parsers raise anything over a damaged file
        return _refusal(
            DamagedFileError(Message("it is damaged (%(kind)s)", kind=type(error).__name__))
        ), b"-"
    finally:
        if allow is None:
            unbound_time()


def _refusal(error: InputError) -> dict[str, Any]:
    return {
        "error": type(error).__name__,
        "message": str(error),
        "message_parts": to_json(str(error)),
        "hint": error.hint,
        "hint_parts": to_json(error.hint),
    }


class Clock:
    """The processor time of one document: `seconds`, or what its pages may take where that is more.

    Args:
        bounds: the limits.
        allow: sees to it that the process ends then.
    """

    def __init__(self, bounds: Bounds, allow: Allow) -> None:
        self._bounds = bounds
        self._allow = allow
        self._begun = time.process_time()
        self._pages = 0
        self._set()

    def extend(self) -> None:
        """One more page is done."""
        self._pages += 1
        self._set()

    def _set(self) -> None:
        allowed = max(self._bounds.seconds, self._bounds.seconds_per_page * (self._pages + 2))
        self._allow(self._begun + allowed)
