"""Passwords are hashed few at a time."""

import threading

import anyio
import pytest

from extract.desk.accounts import passwords
from extract.desk.accounts.hashing import Hashing
from extract.desk.accounts.passwords import LONGEST_PASSWORD, fits, hashed
from extract.errors import BusyError


def test_so_many_run_so_many_wait_and_the_rest_is_refused() -> None:
    """Who waits holds no thread; who is refused is told when to come again; then all goes on."""
    hashing, two = Hashing(at_once=2, waiting=4), threading.Barrier(2)
    running, most, done, refused = 0, 0, 0, 0
    lock = threading.Lock()

    def work() -> None:
        nonlocal running, most, done
        with lock:
            running += 1
            most = max(most, running)
        two.wait()
        with lock:
            running -= 1
            done += 1

    async def one() -> None:
        nonlocal refused
        try:
            await hashing.run(work)
        except BusyError as error:
            refused += bool(error.retry_after)

    async def twenty_and_then_two() -> None:
        for number in (20, 2):
            async with anyio.create_task_group() as group:
                for _ in range(number):
                    group.start_soon(one)

    anyio.run(twenty_and_then_two)
    assert (most, done, refused) == (2, 8, 14)


def test_a_fault_frees_its_place() -> None:
    """A thousand wrong passwords leave none taken."""
    hashing = Hashing(at_once=1, waiting=0)

    def fault() -> None:
        raise KeyError

    async def often() -> None:
        for _ in range(10):
            with pytest.raises(KeyError):
                await hashing.run(fault)

    anyio.run(often)


def test_a_password_that_is_too_long_to_be_any_is_not_hashed(monkeypatch) -> None:
    """A hash of a megabyte would cost as much as somebody likes."""
    kept = hashed("long enough for all")
    monkeypatch.setattr("argon2.PasswordHasher.verify", lambda *_: pytest.fail("it was hashed"))
    assert not fits(kept, "x" * (LONGEST_PASSWORD + 1))
    assert passwords.LONGEST_PASSWORD <= 1_000
