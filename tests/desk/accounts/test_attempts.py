"""Who guesses is slowed down; the owner gets in."""

import pytest

from extract.desk.accounts.attempts import (
    FREE_TRIES,
    LONGEST_WAIT,
    OF_ADDRESS,
    OF_ALL,
    REMEMBERED,
    Attempts,
    Try,
)
from extract.errors import TooManyAttemptsError

HOUR = 3_600.0
DAY = 24 * HOUR
GUESSER = "198.51.100.7"


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        """Seconds."""
        return self.now


def tried(attempts: Attempts, *tries: Try) -> int:
    """How many of the tries are made; all of them fail."""
    waits = []
    for one in tries:
        try:
            attempts.begin(one)
        except TooManyAttemptsError as refused:
            waits.append(refused.retry_after or 0)
    assert all(wait >= 1 for wait in waits)
    return len(tries) - len(waits)


def wait_of(attempts: Attempts, one: Try) -> int:
    """So many seconds a try has to wait."""
    with pytest.raises(TooManyAttemptsError) as refused:
        attempts.begin(one)
    assert refused.value.retry_after
    return refused.value.retry_after


def test_after_a_few_failures_each_try_waits_twice_as_long_as_the_one_before() -> None:
    """Up to a bound; the wait that is told is enough."""
    clock = Clock()
    attempts, guess = Attempts(clock), Try("li", GUESSER)
    assert tried(attempts, *[guess] * 25) == FREE_TRIES
    waits = []
    for _ in range(11):
        waits.append(wait_of(attempts, guess))
        clock.now += waits[-1]
        attempts.begin(guess)
    assert waits == [1, 2, 4, 8, 16, 32, 64, 128, 256, LONGEST_WAIT, LONGEST_WAIT]


def test_a_guesser_has_a_few_hundred_tries_a_day() -> None:
    """Trying every second."""
    clock = Clock()
    attempts, made = Attempts(clock), 0
    for _ in range(int(DAY)):
        clock.now += 1
        made += tried(attempts, Try("li", GUESSER))
    assert made < 320


def test_a_try_that_comes_too_early_makes_the_wait_no_longer() -> None:
    """Or somebody could keep the owner out by knocking."""
    clock = Clock()
    attempts, guess = Attempts(clock), Try("li", GUESSER)
    tried(attempts, *[guess] * FREE_TRIES, *[guess] * 1_000)
    clock.now += 1.1
    attempts.begin(guess)


def test_ten_failures_of_somebody_else_cost_the_owner_seconds() -> None:
    """At the same address, in a browser in which they never logged in."""
    clock = Clock()
    attempts, owner = Attempts(clock), Try("li", GUESSER)
    made = 0
    while made < 10:
        made += tried(attempts, owner)
        clock.now += 1
    assert wait_of(attempts, owner) <= 32
    clock.now += 32
    attempts.begin(owner)
    attempts.went_well(owner)
    assert tried(attempts, *[owner] * 10) == FREE_TRIES


def test_the_owner_s_own_browser_is_never_kept_waiting_by_others() -> None:
    """Though they fail all day, at the same address and everywhere."""
    clock = Clock()
    attempts = Attempts(clock)
    for n in range(3_000):
        clock.now += 1
        tried(attempts, Try("li", GUESSER), Try("li", f"203.0.{n % 100}.9"), Try(f"u{n}", GUESSER))
    own = Try("li", GUESSER, device="d" * 22)
    assert tried(attempts, own) == 1
    assert tried(attempts, *[own] * 20) == FREE_TRIES - 1  # a stolen one is a guesser as others are


def test_failures_count_across_names() -> None:
    """For an address (of IPv6: for its network), and for all addresses together."""
    clock = Clock()
    attempts = Attempts(clock)
    assert tried(attempts, *(Try(f"u{n}", GUESSER) for n in range(500))) == OF_ADDRESS.at_once
    assert tried(attempts, *(Try(f"u{n}", f"2001:db8::{n:x}") for n in range(500))) == OF_ADDRESS.at_once
    everywhere = (Try(f"u{n}", f"203.0.{n // 250}.{n % 250}") for n in range(5_000))
    assert tried(attempts, *everywhere) == OF_ALL.at_once - 2 * OF_ADDRESS.at_once
    clock.now += 10 * OF_ALL.seconds
    assert tried(attempts, *(Try(f"u{n}", f"203.0.113.{n}") for n in range(100))) == 10


def test_logins_that_go_well_use_nothing_up() -> None:
    """An office of a hundred behind one address, all day; a try counts while it runs."""
    attempts = Attempts(Clock())
    for n in range(10_000):
        one = Try(f"u{n % 100}", GUESSER)
        attempts.begin(one)
        attempts.went_well(one)
    at_once = [Try(f"u{n}", GUESSER) for n in range(60)]
    assert tried(attempts, *at_once) == OF_ADDRESS.at_once


def test_a_login_of_one_s_own_does_not_buy_tries_on_others() -> None:
    """Only its own count is taken back."""
    attempts = Attempts(Clock())
    own, made = Try("eve", GUESSER), 0
    for n in range(500):
        made += tried(attempts, Try(f"u{n}", GUESSER))
        if tried(attempts, own):
            attempts.went_well(own)
    assert made <= OF_ADDRESS.at_once


def test_the_counters_are_bounded() -> None:
    """Names and addresses without end are forgotten from the oldest on; a name as long as a book is cut."""
    clock = Clock()
    attempts = Attempts(clock)
    for n in range(REMEMBERED * 2 + 100):
        clock.now += OF_ALL.seconds
        tried(attempts, Try(f"{n}" + "x" * 10_000, f"10.{n >> 16}.{n >> 8 & 255}.{n & 255}"))
        tried(attempts, Try(f"{n}", GUESSER, device=f"{n}"))
    assert attempts.remembered() == 2 * REMEMBERED
    assert max(len(name) for name, _ in attempts._waits) <= 60


def test_a_flood_from_everywhere_is_not_remembered() -> None:
    """What is not tried leaves no counter, so a guesser cannot push their own out."""
    attempts = Attempts(Clock())
    tried(attempts, *(Try(f"u{n}", f"10.{n >> 8}.{n & 255}.1") for n in range(20_000)))
    assert attempts.remembered() == 2 * OF_ALL.at_once


def test_failures_are_forgotten_after_a_quiet_day() -> None:
    """Not before."""
    clock = Clock()
    attempts, guess = Attempts(clock), Try("li", GUESSER)
    tried(attempts, *[guess] * FREE_TRIES)
    clock.now += DAY - 1
    assert tried(attempts, guess, guess) == 1
    clock.now += DAY + 1
    assert tried(attempts, *[guess] * 10) == FREE_TRIES
