"""Leases: who keeps a thing, and until when. One that is not renewed ends by itself, however its holder ended.

What is decided here depends on nothing but its arguments; the clock is passed in. Where leases are written down (in two
columns of a table, say) is the caller's business.
"""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Final, Self

LONGEST_SECONDS: Final = 1_200.0
"""No lease is given for longer; twice what an open item is kept for."""
LOG = logging.getLogger("extract.leases")


@dataclass(frozen=True, slots=True)
class Lease:
    """Who keeps a thing.

    Attributes:
        holder: who; None for nobody.
        until: in seconds since 1970.
    """

    holder: str | None = None
    until: float = 0.0

    def runs(self, now: float, longest: float = LONGEST_SECONDS) -> bool:
        """Whether somebody keeps the thing.

        Args:
            now: seconds since 1970.
            longest: what ends later than that was given before the clock was put back, and runs no longer.
        """
        return self.holder is not None and now < self.until <= now + longest

    def is_free_for(self, holder: str, now: float, longest: float = LONGEST_SECONDS) -> bool:
        """Whether somebody may take the thing, or keep it on."""
        return self.holder == holder or not self.runs(now, longest)


FREE: Final = Lease()


def lease_for(holder: str, now: float, seconds: float) -> Lease:
    """A lease from now on."""
    return Lease(holder, now + min(seconds, LONGEST_SECONDS))


class Heartbeat:
    """Renews a lease from a thread of its own, as long as the block runs.

    A renewal that fails is tried again at the next beat: where the lease is written down may be away for a while.

    Args:
        renew: renews the lease; whether it is still ours.
        every: seconds between two beats.
        on_lost: called once when it is ours no longer.
    """

    def __init__(self, renew: Callable[[], bool], every: float, on_lost: Callable[[], None]) -> None:
        self._renew = renew
        self._every = every
        self._on_lost = on_lost
        self._ended = threading.Event()
        self._once = threading.Lock()
        self._thread = threading.Thread(target=self._run, name="heartbeat", daemon=True)
        self.lost = False

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        del kind, error, trace
        self._ended.set()
        self._thread.join(self._every)  # no longer: a server that does not answer must not hold the caller

    def beat(self) -> None:
        """Renew once."""
        try:
            held = self._renew()
        except Exception as error:  # noqa: BLE001 - whatever it was: the next beat tries again
            LOG.warning("a lease could not be renewed: %s", error)
        else:
            if not held:
                self.lose()

    def lose(self) -> None:
        """Take note that the lease is ours no longer."""
        with self._once:
            was, self.lost = self.lost, True
        if not was:
            self._on_lost()

    def _run(self) -> None:
        while not self._ended.wait(self._every) and not self.lost:
            self.beat()
