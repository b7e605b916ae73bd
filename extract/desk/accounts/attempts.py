"""Failed logins: who guesses is slowed down, and nobody can shut the owner of an account out by guessing.

- A browser in which somebody has logged in before is known for their name (`devices`). What others fail does not count
  against it, so who keeps failing on purpose does not shut the owner out.
- Elsewhere, failures count for a name and an address together. Some are free; then each try has to wait twice as long as
  the one before, up to five minutes. So an owner who comes from a new browser waits for seconds after somebody else's
  ten failures, and a guesser has some three hundred tries a day. A try that comes too early is not tried, and does not
  make the wait longer.
- Failures also count for an address, whatever the names, and for all addresses, whatever the names. These are budgets that
  fill up again steadily.

A try is counted before its password is looked at, so that many at once are not let through, and taken back when
it went well. What is remembered is bounded; what was not used for longest is forgotten first.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from math import ceil
from time import monotonic
from typing import Final, NamedTuple, TypeVar

from extract.desk.addresses import household
from extract.errors import TooManyAttemptsError
from extract.messages import Message

FREE_TRIES: Final = 5
LONGEST_WAIT: Final = 300.0
FORGOTTEN_AFTER: Final = 86_400.0
REMEMBERED: Final = 10_000
LONGEST_NAME: Final = 60
Key = TypeVar("Key")
Value = TypeVar("Value")


class Allowance(NamedTuple):
    """So many tries at once, and one more each time that so many seconds have passed."""

    at_once: int
    seconds: float


OF_ADDRESS: Final = Allowance(50, 15.0)
"""More than the people of an office who come in together; a guesser has 290 in an hour at most."""
OF_ALL: Final = Allowance(150, 3.0)


class Try(NamedTuple):
    """Who wants to log in.

    Attributes:
        name: as typed.
        address: where from.
        device: the browser, where it is known for this name; else empty.
    """

    name: str
    address: str
    device: str = ""


@dataclass(slots=True)
class _Wait:
    """The failures of one name in one place."""

    failures: int = 0
    at: float = 0.0

    def left(self, now: float) -> float:
        """So many seconds until the next try."""
        if self.failures < FREE_TRIES:
            return 0.0
        doubled = 2.0 ** min(self.failures - FREE_TRIES, 30)
        return max(0.0, self.at + min(doubled, LONGEST_WAIT) - now)

    def count(self, now: float) -> None:
        if now - self.at > FORGOTTEN_AFTER:
            self.failures = 0
        self.failures, self.at = self.failures + 1, now


@dataclass(slots=True)
class _Budget:
    """A token bucket."""

    allowance: Allowance
    spent: float = 0.0
    at: float = 0.0

    def left(self, now: float) -> float:
        """So many seconds until the next try."""
        self.spent = max(0.0, self.spent - max(0.0, now - self.at) / self.allowance.seconds)
        self.at = now
        return max(0.0, (self.spent + 1 - self.allowance.at_once) * self.allowance.seconds)

    def count(self, tries: int) -> None:
        self.spent = max(0.0, self.spent + tries)


@dataclass(slots=True)
class Attempts:
    """The failed logins of a desk.

    Attributes:
        clock: seconds since some moment; it is never set back.
    """

    clock: Callable[[], float] = monotonic
    _waits: OrderedDict[tuple[str, str], _Wait] = field(default_factory=OrderedDict)
    _addresses: OrderedDict[str, _Budget] = field(default_factory=OrderedDict)
    _all: _Budget = field(default_factory=lambda: _Budget(OF_ALL))
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def begin(self, of: Try) -> None:
        """Count a try before it is made.

        Raises:
            TooManyAttemptsError: it has to wait; it was not counted.
        """
        with self._lock:
            now = self.clock()
            budgets = self._budgets(of, now)
            wait = self._waits.get(_place(of), _Wait(at=now))
            left = max(wait.left(now), *(budget.left(now) for budget in budgets), 0.0)
            if left > 0:
                raise TooManyAttemptsError(Message("Too many failed logins."), retry_after=ceil(left))
            wait.count(now)
            _keep(self._waits, _place(of), wait)
            for budget in budgets:
                budget.count(1)

    def went_well(self, of: Try) -> None:
        """The password was right: no failure."""
        with self._lock:
            self._waits.pop(_place(of), None)
            for budget in self._budgets(of, self.clock()):
                budget.count(-1)

    def remembered(self) -> int:
        """How many counters there are."""
        return len(self._waits) + len(self._addresses)

    def _budgets(self, of: Try, now: float) -> tuple[_Budget, ...]:
        if of.device:
            return ()
        address = household(of.address)
        budget = self._addresses.get(address) or _Budget(OF_ADDRESS, at=now)
        if self._all.left(now) <= 0:  # else nothing is tried, and nothing new is to be remembered
            _keep(self._addresses, address, budget)
        return budget, self._all


def _place(of: Try) -> tuple[str, str]:
    """Where failures of a name count: the known browser, or the address."""
    return of.name[:LONGEST_NAME], f"device {of.device}" if of.device else household(of.address)


def _keep(kept: OrderedDict[Key, Value], key: Key, value: Value) -> None:
    kept[key] = value
    kept.move_to_end(key)
    if len(kept) > REMEMBERED:
        kept.popitem(last=False)
