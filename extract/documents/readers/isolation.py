r"""Reads documents in another process, which may take only so much memory and time.

Libraries that parse documents of strangers hang, eat memory and crash. Here that costs the one document: the
process is bounded by the system, is ended when it passes a bound, and the next document gets a new one. It is
started at the first document that needs it and serves all that follow. Only JSON and text come back.

    → {"format", "size", bounds…}\n bytes        ← {"size", "error"…}\n JSON
"""

import atexit
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from functools import cache
from typing import IO, TYPE_CHECKING

from extract import errors
from extract.documents.readers.bounds import Bounds
from extract.documents.readers.building import Decoded
from extract.documents.readers.surroundings import bare_environment
from extract.errors import DamagedFileError, InputError, SlowFileError, TooLargeError

if TYPE_CHECKING:
    from pydantic import TypeAdapter

WORKER = "extract.documents.readers.worker"
_DOCUMENTS_PER_PROCESS = 200  # parsers leak; a new process is cheap
_MOST_ANSWERED = 400_000_000


class ReadingProcess:
    """The process, started when it is first needed and again after one that was ended."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._read = 0
        self._lock = threading.Lock()

    def read(self, data: bytes, form: str, bounds: Bounds) -> Decoded:
        """Read one document.

        Args:
            data: its bytes.
            form: a `Format` that has a reader.
            bounds: what it may take.

        Raises:
            InputError: why it cannot be read; the message does not name the file.
        """
        with self._lock:
            return self._answered(data, form, bounds)

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

    def _answered(self, data: bytes, form: str, bounds: Bounds) -> Decoded:
        if self._read >= _DOCUMENTS_PER_PROCESS:
            self.close()
        process = self._running()
        assert process.stdin is not None
        assert process.stdout is not None
        self._read += 1
        request = json.dumps({"format": form, "size": len(data), "bounds": asdict(bounds)}).encode()
        try:
            with _ended_after(process, bounds.wall_seconds) as late:
                try:
                    process.stdin.write(request + b"\n")
                    process.stdin.write(data)
                    process.stdin.flush()
                    head = process.stdout.readline()
                    body = _body(process.stdout, head)
                except OSError:
                    head, body = b"", b""
        except BaseException:  # an interrupt leaves half an answer in the pipe
            self.close()
            raise
        if not body:
            code = process.wait()
            self.close()
            raise _cause(code, late=bool(late), bounds=bounds)
        answer = json.loads(head)
        if answer.get("last"):
            self.close()
        if "error" in answer:
            raise _error(answer)
        return _decoded(body)

    def _running(self) -> "subprocess.Popen[bytes]":
        if self._process is not None and self._process.poll() is None:
            return self._process
        self.close()
        here = os.pathsep.join(part for part in sys.path if part)
        self._process = subprocess.Popen(  # noqa: S603 - our own module in our own interpreter
            [sys.executable, "-P", "-m", WORKER],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=bare_environment(PYTHONPATH=here),
            start_new_session=True,
        )
        return self._process


@contextmanager
def _ended_after(process: "subprocess.Popen[bytes]", seconds: float) -> Iterator[list[bool]]:
    """End a process that takes longer than the block may; the list then holds something."""
    late: list[bool] = []

    def end() -> None:
        late.append(True)
        process.kill()

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield late
    finally:
        timer.cancel()


def _body(pipe: IO[bytes], head: bytes) -> bytes:
    if not head.endswith(b"\n"):
        return b""
    size = int(json.loads(head)["size"])
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


def _error(answer: dict[str, str]) -> InputError:
    kind = getattr(errors, answer["error"], InputError)
    assert issubclass(kind, InputError)
    return kind(answer["message"], hint=answer["hint"])


def _cause(code: int, *, late: bool, bounds: Bounds) -> InputError:
    """Why the process ended without an answer."""
    import signal

    if late or -code in {signal.SIGXCPU, signal.SIGALRM, signal.SIGPROF}:
        return SlowFileError(f"reading it takes longer than {bounds.seconds:g} seconds")
    if -code == signal.SIGKILL:
        return TooLargeError("reading it takes more memory than there is")
    return DamagedFileError("the program that parses it broke down over it")


PROCESS = ReadingProcess()
"""The one of this process."""

atexit.register(PROCESS.close)
