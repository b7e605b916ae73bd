"""What a connection may take, of time and of places, by a clock of the tests' own."""

from dataclasses import dataclass, field
from functools import partial

import pytest

from extract.desk.addresses import is_among, proxies_in
from extract.desk.connections import Bounds, Course, Phase, Room, bounds_here

PROXY = partial(is_among, proxies=proxies_in("127.0.0.1"))
BOUNDS = Bounds(
    head_seconds=10, body_seconds=20, bytes_a_second=100, stalled_seconds=15, in_all=6, each_address=3
)


@dataclass(eq=False)
class Guest:
    """A connection that tells what it is told."""

    address: str
    course: Course = field(default_factory=lambda: Course(0.0))
    unsent: int = 0
    ended: bool = False

    def look(self, now: float) -> None:
        """Its state."""
        self.course.look(now, unsent=self.unsent, held=False)

    def end(self) -> None:
        """Keep in mind that it was told to."""
        self.ended = True


def entered(room: Room, address: str, now: float = 0.0, phase: Phase = Phase.HEAD) -> Guest:
    guest = Guest(address, Course(now))
    guest.course.enter(phase, now)
    assert room.enter(guest, now)
    return guest


def test_a_head_has_its_time_however_often_a_line_of_it_comes() -> None:
    """Bytes do not buy time."""
    course = Course(100.0)
    for now in range(101, 111):
        course.received += 10
        course.look(now, unsent=0, held=False)
        assert not course.is_overdue(BOUNDS, now)
    assert course.is_overdue(BOUNDS, 110.5)


def test_the_next_head_has_its_time_from_the_answer_before() -> None:
    """Also where a second request never becomes whole."""
    course = Course(0.0)
    course.enter(Phase.ANSWER, 1.0)
    assert not course.is_overdue(BOUNDS, 500.0)
    course.await_next(500.0)
    assert not course.is_overdue(BOUNDS, 509.0)
    assert course.is_overdue(BOUNDS, 511.0)


def test_a_body_has_to_come_at_some_speed() -> None:
    """One that does may take as long as it is large."""
    slow, quick = Course(0.0), Course(0.0)
    for course in (slow, quick):
        course.enter(Phase.BODY, 0.0)
    slow.received, quick.received = 30, 100_000
    assert not slow.is_overdue(BOUNDS, 20.0)
    assert slow.is_overdue(BOUNDS, 21.0)
    assert not quick.is_overdue(BOUNDS, 1_000.0)
    assert quick.is_overdue(BOUNDS, 1_021.0)


def test_time_in_which_the_desk_itself_does_not_read_is_nobody_s_fault() -> None:
    """A full disk makes no upload late."""
    course = Course(0.0)
    course.enter(Phase.BODY, 0.0)
    course.look(300.0, unsent=0, held=True)
    assert not course.is_overdue(BOUNDS, 310.0)
    assert course.is_overdue(BOUNDS, 321.0)


@pytest.mark.parametrize("phase", list(Phase))
def test_an_answer_of_which_nothing_is_taken_ends(phase: Phase) -> None:
    """Wherever the connection is; one that is taken slowly goes on."""
    stalled, slow = Course(0.0), Course(0.0)
    for course in (stalled, slow):
        course.enter(phase, 0.0)
        course.received = 1_000_000
    for now in range(1, 17):
        stalled.look(now, unsent=5_000, held=False)
        slow.look(now, unsent=5_000 - now, held=False)
        assert not slow.is_overdue(BOUNDS, now)
    assert stalled.is_overdue(BOUNDS, 17.0)


def test_who_still_takes_an_answer_owes_no_next_request() -> None:
    """A long download is not a late head, and does not give its place up."""
    room = Room(BOUNDS)
    download = entered(room, "10.0.0.1", phase=Phase.ANSWER)
    download.course.await_next(0.0)
    for now in range(1, 100):
        download.unsent = 100_000 - now
        room.end_overdue(now)
    assert not download.ended
    others = [entered(room, "10.0.0.1", 99.0) for _ in range(3)]
    assert others[0].ended and not download.ended


def test_an_address_has_so_many_places_and_the_others_have_theirs() -> None:
    """Who fills its own only pushes out its own."""
    room = Room(BOUNDS)
    other = entered(room, "10.0.0.2")
    crowd = [entered(room, "10.0.0.1", float(now)) for now in range(8)]
    assert [one.ended for one in crowd] == [True] * 5 + [False] * 3
    assert not other.ended
    assert len(room) == 4


def test_a_full_server_takes_a_place_from_the_address_that_has_most() -> None:
    """And not from the one that came first."""
    room = Room(BOUNDS)
    first = [entered(room, f"10.0.1.{n}") for n in range(3)]
    crowd = [entered(room, "10.0.0.1", 1.0) for _ in range(3)]
    entered(room, "10.0.0.9", 2.0)
    assert [one.ended for one in crowd] == [True, False, False]
    assert not any(one.ended for one in first)
    assert len(room) == 6


def test_where_everything_is_being_answered_nobody_is_let_in() -> None:
    """Nor thrown out; a place that is left is free again."""
    room = Room(BOUNDS)
    busy = [entered(room, "10.0.0.1", phase=Phase.ANSWER) for _ in range(3)]
    late = Guest("10.0.0.1")
    assert not room.enter(late, 1.0)
    room.leave(late)
    assert not any(one.ended for one in busy)
    room.leave(busy[0])
    assert room.enter(late, 1.0)


def test_what_takes_too_long_is_ended_and_nothing_else() -> None:
    """Every second."""
    room = Room(BOUNDS)
    late, early = entered(room, "10.0.0.1"), entered(room, "10.0.0.1", 8.0)
    room.end_overdue(12.0)
    assert late.ended and not early.ended


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("", ""),
    ],
)
def test_an_owner_of_many_addresses_is_one(one: str, other: str) -> None:
    """A household of IPv6 has more addresses than a desk has places."""
    room = Room(BOUNDS)
    mine = [entered(room, address, float(now)) for now, address in enumerate((one, other) * 2)]
    assert mine[0].ended
    room = Room(BOUNDS)
    ours = [entered(room, address, float(now)) for now, address in enumerate((one, "2001:db8:9::1") * 2)]
    assert not ours[0].ended


def test_a_proxy_has_as_many_places_as_there_are() -> None:
    """Everybody comes from there; who comes past it is bound as ever."""
    room = Room(BOUNDS, PROXY)
    proxied = [entered(room, address) for address in ("127.0.0.1", "::ffff:127.0.0.1") * 3]
    assert not any(one.ended for one in proxied)
    room = Room(BOUNDS, PROXY)
    direct = [entered(room, "10.0.0.1", float(now)) for now in range(4)]
    assert direct[0].ended


def test_a_system_that_lets_few_files_be_open_has_fewer_places(monkeypatch) -> None:
    """So that the store and its files can still be opened."""
    monkeypatch.setattr("extract.desk.connections._open_files", lambda: 256)
    assert bounds_here() == Bounds(in_all=128, each_address=32)


def test_an_answer_that_is_long_in_coming_is_nobody_s_fault() -> None:
    """The progress of an upload is followed for an hour."""
    course = Course(0.0)
    course.enter(Phase.ANSWER, 0.0)
    for now in range(3_600):
        course.look(now, unsent=0, held=False)
        assert not course.is_overdue(BOUNDS, now)
