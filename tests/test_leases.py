"""Leases end by themselves, and a heartbeat renews them through whatever happens."""

import threading

import pytest

from extract.leases import FREE, LONGEST_SECONDS, Heartbeat, Lease, lease_for

NOW = 1_700_000_000.0


def test_a_lease_runs_until_its_end_and_not_at_it() -> None:
    """For others; who holds it may go on."""
    lease = lease_for("ann", NOW, 30)
    assert lease == Lease("ann", NOW + 30)
    assert lease.runs(NOW) and lease.runs(NOW + 29.9) and not lease.runs(NOW + 30)
    assert lease.is_free_for("ann", NOW) and not lease.is_free_for("ben", NOW)
    assert lease.is_free_for("ben", NOW + 30)


def test_what_nobody_holds_is_free() -> None:
    """Whatever its time says."""
    assert not FREE.runs(NOW) and FREE.is_free_for("ann", NOW)
    assert Lease(None, NOW + 30).is_free_for("ann", NOW)


def test_no_lease_is_longer_than_the_longest() -> None:
    """Whatever is asked for."""
    assert lease_for("ann", NOW, 10**9).until == NOW + LONGEST_SECONDS


def test_a_clock_that_is_put_back_holds_nothing_back() -> None:
    """A lease that ends later than any could is none; one of a clock a little ahead is."""
    lease = lease_for("dead", NOW + 86_400, 30)
    assert not lease.runs(NOW, longest=60) and lease.is_free_for("ann", NOW, longest=60)
    assert lease_for("other", NOW + 20, 30).runs(NOW, longest=60)


class Beats(threading.Event):
    """Stands in for the wait between beats: so many of them, then the end."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.left = number

    def wait(self, _seconds: float | None = None) -> bool:
        """No time passes."""
        self.left -= 1
        return self.left < 0


def test_a_renewal_that_fails_is_tried_again() -> None:
    """As long as it takes; whatever the failure is."""
    seen: list[str] = []

    def renew() -> bool:
        seen.append("try")
        if len(seen) < 4:
            raise [OSError("away"), RuntimeError("odd"), ValueError("strange")][len(seen) - 1]
        return True

    heart = Heartbeat(renew, 5.0, lambda: seen.append("lost"))
    heart._ended = Beats(5)
    with heart:
        heart._thread.join()
    assert seen == ["try"] * 5 and not heart.lost


def test_a_lease_that_is_lost_is_told_once_and_not_renewed_again() -> None:
    """Whoever notices it first."""
    seen: list[str] = []

    def renew() -> bool:
        seen.append("try")
        return False

    heart = Heartbeat(renew, 5.0, lambda: seen.append("lost"))
    heart._ended = Beats(5)
    with heart:
        heart._thread.join()
    heart.lose()
    assert seen == ["try", "lost"] and heart.lost


@pytest.mark.parametrize("held", [True, False])
def test_the_end_of_the_block_ends_the_thread(held: bool) -> None:  # noqa: FBT001 - a case
    """Whatever became of the lease."""
    with Heartbeat(lambda: held, 60.0, lambda: None) as heart:
        assert heart._thread.is_alive()
    heart._thread.join()
