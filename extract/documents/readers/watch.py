"""What holds the reading process to its bounds: limits of the kernel on Linux, elsewhere a watch from outside.

Windows has no such limits, and macOS takes those of memory without holding anybody to them. There a thread of the
parent looks at the process many times a second and ends it when it has had too much.
"""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

from extract.documents.readers.bounds import Bounds
from extract.errors import InputError, SlowFileError, TooLargeError
from extract.messages import Message

if TYPE_CHECKING:
    import subprocess

PAUSE_SECONDS = 0.05


@cache
def has_kernel_limits() -> bool:
    """Whether the kernel of this machine bounds the processor time and the memory of a process."""
    if sys.platform != "linux":
        return False
    try:
        import resource
        import signal
    except ImportError:
        return False
    return hasattr(resource, "RLIMIT_DATA") and hasattr(signal, "setitimer")


def too_slow(bounds: Bounds) -> InputError:
    """What is said of a document that takes too long."""
    return SlowFileError(
        Message("reading it takes longer than %(seconds)s seconds", seconds=f"{bounds.seconds:g}")
    )


def too_large(bounds: Bounds) -> InputError:
    """What is said of a document that takes too much memory."""
    return TooLargeError(
        Message("reading it takes more than %(number)s MB of memory", number=bounds.memory_bytes // 1_000_000)
    )


class Watch:
    """Looks at a process while it reads one document, and ends it at the first bound that it passes.

    Args:
        process: that reads.
        bounds: of the document.
        measures: look at processor time and memory, too; without, at the clock alone.
    """

    def __init__(self, process: "subprocess.Popen[bytes]", bounds: Bounds, *, measures: bool) -> None:
        self.cause: InputError | None = None
        self._process = process
        self._bounds = bounds
        self._processor_seconds = float("inf")
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._measure, daemon=True) if measures else None
        self._timer = threading.Timer(bounds.wall_seconds, self._end, [too_slow(bounds)])
        self._timer.daemon = True

    def allow(self, processor_seconds: float) -> None:
        """Let the processor time of the process come to so much, all since its start."""
        self._processor_seconds = processor_seconds

    @contextmanager
    def watching(self) -> Iterator["Watch"]:
        """Watch until the end of the block."""
        self._timer.start()
        if self._thread:
            self._thread.start()
        try:
            yield self
        finally:
            self._timer.cancel()
            self._done.set()
            if self._thread:
                self._thread.join()

    def _measure(self) -> None:
        import psutil

        try:
            seen = psutil.Process(self._process.pid)
            while True:
                if memory_of(seen) > self._bounds.memory_bytes:
                    return self._end(too_large(self._bounds))
                times = seen.cpu_times()
                if times.user + times.system > self._processor_seconds:
                    return self._end(too_slow(self._bounds))
                if self._done.wait(PAUSE_SECONDS):
                    return None
        except psutil.Error:  # it has ended
            return None

    def _end(self, cause: InputError) -> None:
        self.cause = self.cause or cause
        self._process.kill()


def memory_of(process: Any) -> int:
    """The memory that a process holds for itself, as psutil sees it: on Windows what it was promised."""
    seen = process.memory_info()
    return int(getattr(seen, "private", seen.rss))


def bound_memory(most: int) -> None:
    """Let the kernel refuse this process more memory."""
    if sys.platform == "win32":
        return
    import resource

    beside = 2_000_000_000  # libraries map much that they never use
    for what, limit in ((resource.RLIMIT_DATA, most), (resource.RLIMIT_AS, most + beside)):
        resource.setrlimit(what, (limit, resource.getrlimit(what)[1]))


def bound_time(seconds: float) -> None:
    """Let the kernel end this process after so much more processor time."""
    if sys.platform == "win32":
        return
    import signal

    signal.setitimer(signal.ITIMER_PROF, max(0.05, seconds))


def unbound_time() -> None:
    """Take back what `bound_time` said: what a document left of its time is not the next one's limit."""
    if sys.platform == "win32":
        return
    import signal

    signal.setitimer(signal.ITIMER_PROF, 0)


def most_memory() -> int:
    """The most memory that this process has held so far; where that is not known, what it holds now."""
    if sys.platform == "linux":
        try:
            import resource
        except ImportError:
            pass
        else:
            return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    import psutil

    seen = psutil.Process().memory_info()
    return int(getattr(seen, "peak_wset", seen.rss))
