"""A process without limits of the kernel is ended from outside when it passes a bound, with the same words."""

import subprocess
import sys

import pytest

from extract.documents.readers import watch
from extract.documents.readers.bounds import Bounds
from extract.documents.readers.watch import Watch, has_kernel_limits
from extract.errors import SlowFileError, TooLargeError

LARGE = "held = bytearray(300_000_000); print(flush=True); input()"
BUSY = "print(flush=True)\nwhile True: pass"
QUIET = "print(flush=True); input()"


@pytest.fixture
def started():
    """Starts a program; it has said that it is ready when this returns."""
    running: list[subprocess.Popen[bytes]] = []

    def start(program: str) -> subprocess.Popen[bytes]:
        one = subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        running.append(one)
        assert one.stdout is not None
        one.stdout.readline()
        return one

    yield start
    for one in running:
        one.kill()
        one.communicate()


def test_a_process_that_takes_too_much_memory_is_ended(started):
    process = started(LARGE)
    one = Watch(process, Bounds(memory_bytes=200_000_000), measures=True)
    with one.watching():
        process.wait()
    assert isinstance(one.cause, TooLargeError)
    assert "more than 200 MB" in str(one.cause)


def test_a_process_that_takes_too_much_processor_time_is_ended(started):
    process = started(BUSY)
    one = Watch(process, Bounds(seconds=2), measures=True)
    with one.watching():
        one.allow(0.3)
        process.wait()
    assert isinstance(one.cause, SlowFileError)
    assert "longer than 2 seconds" in str(one.cause)


def test_the_clock_ends_a_process_that_does_nothing(started):
    process = started(QUIET)
    one = Watch(process, Bounds(wall_seconds=0.1), measures=False)
    with one.watching():
        process.wait()
    assert isinstance(one.cause, SlowFileError)


def test_a_process_within_its_bounds_is_left_alone(started):
    process = started(LARGE)
    one = Watch(process, Bounds(memory_bytes=2_000_000_000), measures=True)
    with one.watching():
        one.allow(1_000)
    assert one.cause is None
    assert process.poll() is None


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_only_linux_holds_a_process_to_limits_of_its_kernel(monkeypatch, platform):
    """Windows has none, and macOS takes them without keeping to them."""
    monkeypatch.setattr(watch.sys, "platform", platform)
    assert not has_kernel_limits.__wrapped__()
