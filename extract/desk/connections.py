"""How long a connection may take over each part of a request, and how many there may be. Knows no server."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from extract.desk.addresses import household

IN_ALL = 512
"""Each costs up to 150 KB before a login: 80 MB, with most of which nothing is ever done."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a connection may take.

    Attributes:
        head_seconds: from its beginning, or the answer before, until the head of a request is whole.
        body_seconds: for the first bytes of a body; then each `bytes_a_second` bring a second more.
        bytes_a_second: what a body has to bring in the long run. A slow telephone line brings ten times as much.
        stalled_seconds: so long nothing of an answer needs to be taken.
        in_all, each_address: so many connections at once. An office behind one address has some fifty browsers, which
            keep one to six open for a few seconds.
    """

    head_seconds: float = 10.0
    body_seconds: float = 20.0
    bytes_a_second: int = 1_000
    stalled_seconds: float = 20.0
    in_all: int = IN_ALL
    each_address: int = IN_ALL // 4


def bounds_here() -> Bounds:
    """What holds on this machine."""
    in_all = min(IN_ALL, _open_files() // 2)
    return Bounds(in_all=in_all, each_address=in_all // 4)


def _open_files() -> int:
    """How many files, connections among them, this process may have open."""
    if sys.platform == "win32":  # which has no such bound for connections
        return 2 * IN_ALL
    try:
        import resource
    except ImportError:
        return 2 * IN_ALL
    soft = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return 2 * IN_ALL if soft == resource.RLIM_INFINITY else soft


class Phase(StrEnum):
    """What a connection is at."""

    HEAD = "head"
    """The head of a request is awaited, or comes."""
    BODY = "body"
    ANSWER = "answer"


@dataclass(slots=True)
class Course:
    """How a connection goes.

    Attributes:
        begun: when its phase began; seconds on any clock that never goes back.
        phase: what it is at.
        received: bytes of this phase.
        held: seconds of this phase in which we did not read on.
        unsent: bytes that wait for being taken, when last looked at.
        moved: when some of them were taken last, or none waited.
    """

    begun: float
    phase: Phase = Phase.HEAD
    received: int = 0
    held: float = 0.0
    unsent: int = 0
    moved: float = 0.0
    _looked: float = field(init=False)

    def __post_init__(self) -> None:
        self.moved = self._looked = self.begun

    def enter(self, phase: Phase, now: float) -> None:
        """It is at this now; the same phase as before goes on."""
        if phase is not self.phase:
            self.phase, self.begun, self.received, self.held = phase, now, 0, 0.0

    def await_next(self, now: float) -> None:
        """An answer is whole, and the next request may come."""
        self.phase, self.begun, self.received, self.held = Phase.HEAD, now, 0, 0.0

    def look(self, now: float, *, unsent: int, held: bool) -> None:
        """Look at it, as is done every second.

        Args:
            now: the time.
            unsent: bytes of answers that wait for being taken.
            held: whether we do not read on for now.
        """
        if not unsent or unsent < self.unsent:
            self.moved = now
        self.unsent = unsent
        if unsent and self.phase is Phase.HEAD:  # who still takes the last answer owes no next request
            self.begun = now
        if held:
            self.held += now - self._looked
        self._looked = now

    @property
    def is_waiting(self) -> bool:
        """Whether nothing is asked and nothing has to be sent."""
        return self.phase is Phase.HEAD and not self.unsent

    def is_overdue(self, bounds: Bounds, now: float) -> bool:
        """Whether it has taken longer than it may."""
        spent = now - self.begun - self.held
        if self.unsent and now - self.moved > bounds.stalled_seconds:
            return True
        if self.phase is Phase.HEAD:
            return spent > bounds.head_seconds
        if self.phase is Phase.BODY:
            return spent > bounds.body_seconds + self.received / bounds.bytes_a_second
        return False


class Visitor(Protocol):
    """A connection, as far as it is counted here."""

    address: str
    course: Course

    def look(self, now: float) -> None:
        """Bring its course up to date."""

    def end(self) -> None:
        """End it at once."""


class Room:
    """The connections of a server.

    Where an address, or the server, has as many as there may be, a newcomer takes the place of the one that has waited
    longest without asking anything; where all are being answered, the newcomer is not let in.

    Args:
        bounds: what each may take.
        is_proxy: whether an address is that of a proxy, from which everybody comes, so that it has no bound of its own.
    """

    def __init__(self, bounds: Bounds, is_proxy: Callable[[str], bool] = lambda _: False) -> None:
        self.bounds = bounds
        self._is_proxy = is_proxy
        self._at: dict[str, dict[Visitor, None]] = {}

    def __len__(self) -> int:
        return sum(len(some) for some in self._at.values())

    def __iter__(self) -> Iterator[Visitor]:
        return (one for some in list(self._at.values()) for one in list(some))

    def enter(self, visitor: Visitor, now: float) -> bool:
        """Let a connection in that comes now.

        Returns:
            Whether there was, or was made, room for it.
        """
        home = household(visitor.address)
        here = self._at.get(home, {})
        is_full = len(here) >= self.bounds.each_address and not self._is_proxy(visitor.address)
        if is_full and not self._made_room(here, now):
            return False
        if len(self) >= self.bounds.in_all and not self._made_room(max(self._at.values(), key=len), now):
            return False
        self._at.setdefault(home, {})[visitor] = None
        return True

    def leave(self, visitor: Visitor) -> None:
        """A connection has ended."""
        home = household(visitor.address)
        some = self._at.get(home, {})
        some.pop(visitor, None)
        if not some:
            self._at.pop(home, None)

    def end_overdue(self, now: float) -> None:
        """End what takes longer than it may."""
        for one in self:
            one.look(now)
            if one.course.is_overdue(self.bounds, now):
                one.end()

    def _made_room(self, among: dict[Visitor, None], now: float) -> bool:
        for one in among:
            one.look(now)
        waiting = [one for one in among if one.course.is_waiting]
        if not waiting:
            return False
        oldest = min(waiting, key=lambda one: one.course.begun)
        self.leave(oldest)
        oldest.end()
        return True
