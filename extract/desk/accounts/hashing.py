"""Passwords are hashed few at a time: each hash takes 64 MB of memory, on purpose, and as much processor as it can get."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, TypeVar

from anyio import CapacityLimiter, to_thread

from extract.errors import BusyError
from extract.messages import Message

AT_ONCE: Final = 2
WAITING: Final = 150
RETRY_SECONDS: Final = 5
T = TypeVar("T")


@dataclass(slots=True)
class Hashing:
    """What hashes passwords in a desk. Who waits holds no thread, so that other requests are served meanwhile.

    Attributes:
        at_once: so many at a time.
        waiting: so many may wait.
    """

    at_once: int = AT_ONCE
    waiting: int = WAITING
    _begun: int = 0
    _limiter: CapacityLimiter = field(init=False)

    def __post_init__(self) -> None:
        self._limiter = CapacityLimiter(self.at_once)

    def refuse_if_full(self) -> None:
        """Refuse what could not even wait.

        Raises:
            BusyError: too many wait.
        """
        if self._begun >= self.at_once + self.waiting:
            raise BusyError(Message("Too many people are logging in."), retry_after=RETRY_SECONDS)

    async def run(self, work: Callable[[], T]) -> T:
        """Do what hashes a password, in its turn.

        Raises:
            BusyError: too many wait.
        """
        self.refuse_if_full()
        self._begun += 1
        try:
            return await to_thread.run_sync(work, limiter=self._limiter)
        finally:
            self._begun -= 1
