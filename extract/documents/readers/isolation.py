r"""Reads documents in another process, which may take only so much memory and time.

Libraries that parse documents of strangers hang, eat memory and crash. Here that costs the one document: the
process is bounded (see `watch`), is ended when it passes a bound, and the next document gets a new one. It is
started at the first document that needs it and serves all that follow. Only JSON and text come back.

    → {"format", "size", bounds…}\n bytes        ← {"size", "error"…}\n JSON

Whatever else costs as much as strangers want can be done by such a process, too (`BoundedProcess`).

Where the process is watched from outside, it says before its answer how much processor time it may have come to:

                                                 ← {"allowed": seconds}\n  {"allowed": seconds}\n …
"""

import atexit
import json
import os
import subprocess
import sys
import threading
from contextlib import suppress
from dataclasses import asdict
from functools import cache
from typing import IO, TYPE_CHECKING, Any

from extract import errors
from extract.documents.readers.bounds import Bounds
from extract.documents.readers.building import Decoded
from extract.documents.readers.surroundings import WITHOUT_WINDOW, bare_environment
from extract.documents.readers.watch import Watch, has_kernel_limits, too_large, too_slow
from extract.errors import DamagedFileError, InputError, TooLargeError
from extract.messages import Message, from_json

if TYPE_CHECKING:
    from pydantic import TypeAdapter

WORKER = "extract.documents.readers.worker"
_DOCUMENTS_PER_PROCESS = 200  # parsers leak; a new process is cheap
_MOST_ANSWERED = 400_000_000


class _KilledError(Exception):
    """Something else ended the process: the system for want of memory, or a person."""


class BoundedProcess:
    """A process, started when it is first needed and again after one that was ended.

    Args:
        module: what runs in it, by `serving.serve`.
        watched: bound it from outside; None for where the kernel has no limits.
    """

    def __init__(self, module: str, *, watched: bool | None = None) -> None:
        self._module = module
        self._watched = not has_kernel_limits() if watched is None else watched
        self._process: subprocess.Popen[bytes] | None = None
        self._read = 0
        self._lock = threading.Lock()

    def ask(self, request: dict[str, Any], data: bytes, bounds: Bounds) -> bytes:
        """The answer to a request.

        Args:
            request: its head, which can be written as JSON.
            data: its bytes.
            bounds: what answering it may take.

        Raises:
            InputError: why there is none; the message does not name the file.
        """
        with self._lock:
            try:
                return self._answered(request, data, bounds)
            except _KilledError:  # perhaps for the memory of others: then the next process gets through
                pass
            try:
                return self._answered(request, data, bounds)
            except _KilledError as error:
                raise TooLargeError(
                    Message("the process that reads it was killed, probably because memory ran out"),
                    hint=Message("Try again when more memory is free, or split the file."),
                ) from error

    def close(self) -> None:
        """End the process, if there is one."""
        process, self._process, self._read = self._process, None, 0
        if process is None:
            return
        with suppress(OSError):
            process.kill()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        process.wait()

    def _answered(self, request: dict[str, Any], data: bytes, bounds: Bounds) -> bytes:
        if self._read >= _DOCUMENTS_PER_PROCESS:
            self.close()
        process = self._running()
        assert process.stdin is not None
        assert process.stdout is not None
        self._read += 1
        head = request | {"size": len(data), "bounds": asdict(bounds), "watched": self._watched}
        watch = Watch(process, bounds, measures=self._watched)
        try:
            with watch.watching():
                try:
                    process.stdin.write(json.dumps(head).encode() + b"\n")
                    process.stdin.write(data)
                    process.stdin.flush()
                    answer = _head(process.stdout, watch)
                    body = _body(process.stdout, answer)
                except OSError:
                    answer, body = {}, b""
        except BaseException:  # an interrupt leaves half an answer in the pipe
            self.close()
            raise
        if not body:
            code = process.wait()
            self.close()
            raise watch.cause or _cause(code, bounds)
        if answer.get("last") or watch.cause:  # it may have been ended just as it answered
            self.close()
        if "error" in answer:
            raise _error(answer)
        return body

    def _running(self) -> "subprocess.Popen[bytes]":
        if self._process is not None and self._process.poll() is None:
            return self._process
        self.close()
        here = os.pathsep.join(part for part in sys.path if part)
        self._process = subprocess.Popen(  # noqa: S603 - our own module in our own interpreter
            [sys.executable, "-P", "-m", self._module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=bare_environment(PYTHONPATH=here),
            start_new_session=True,  # a Ctrl-C is for this process alone
            creationflags=WITHOUT_WINDOW,
        )
        return self._process


class ReadingProcess(BoundedProcess):
    """The one that reads documents; see `BoundedProcess`."""

    def __init__(self, *, watched: bool | None = None) -> None:
        super().__init__(WORKER, watched=watched)

    def read(self, data: bytes, form: str, bounds: Bounds) -> Decoded:
        """Read one document.

        Args:
            data: its bytes.
            form: a `Format` that has a reader.
            bounds: what it may take.

        Raises:
            InputError: why it cannot be read; the message does not name the file.
        """
        return _decoded(self.ask({"format": form}, data, bounds))


def _head(pipe: IO[bytes], watch: Watch) -> dict[str, Any]:
    """The head of the answer; empty where the process ended before."""
    while (line := pipe.readline()).endswith(b"\n"):
        head: dict[str, Any] = json.loads(line)
        if "allowed" not in head:
            return head
        watch.allow(head["allowed"])
    return {}


def _body(pipe: IO[bytes], head: dict[str, Any]) -> bytes:
    size = int(head.get("size", 0))
    if size > _MOST_ANSWERED:
        return b""
    body = pipe.read(size)
    return body if len(body) == size else b""


@cache
def _adapter() -> "TypeAdapter[Decoded]":
    from pydantic import TypeAdapter

    return TypeAdapter(Decoded)


def _decoded(body: bytes) -> Decoded:
    return _adapter().validate_json(body)


def _error(answer: dict[str, Any]) -> InputError:
    kind = getattr(errors, answer["error"], InputError)
    assert issubclass(kind, InputError)
    return kind(
        from_json(answer["message"], answer["message_parts"]),
        hint=from_json(answer["hint"], answer["hint_parts"]),
    )


def _cause(code: int, bounds: Bounds) -> InputError | _KilledError:
    """Why the process ended without an answer, where it was not this one that ended it."""
    import signal

    by = signal.Signals(-code).name if -code in set(signal.Signals) else ""  # on Windows it is never one
    if by in {"SIGXCPU", "SIGALRM", "SIGPROF"}:
        return too_slow(bounds)
    if by == "SIGABRT" or code == 1:  # so libraries in Rust and C++, and Python, end for want of memory
        return too_large(bounds)
    if by == "SIGKILL":
        return _KilledError()
    return DamagedFileError(Message("the program that reads it crashed"))


PROCESS = ReadingProcess()
"""The one of this process."""

atexit.register(PROCESS.close)
