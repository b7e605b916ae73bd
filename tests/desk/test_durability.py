"""What was acknowledged is there: with fifty at once, after kill -9, on a full disk, at the n-th failing write."""

import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.exc import OperationalError

from extract.desk.decisions import Decision, decide
from extract.desk.filters import parse_filter
from extract.desk.listing import first
from extract.desk.model import Verdict
from extract.desk.store import Store, open_store
from extract.desk.tables import EventEntry, ItemEntry
from extract.errors import StoreFullError
from tests.desk.conftest import ANN
from tests.desk.crowd import crowd

ROOT = Path(__file__).parents[2]


def kept(store: Store) -> Counter[str]:
    """The keys of all decisions in the store."""
    with store.reading() as connection:
        return Counter(connection.scalars(select(EventEntry.idempotency_key)))


def versions_fit(store: Store) -> bool:
    """Whether each item's version counts its events: none lost, none doubled."""
    with store.reading() as connection:
        asked = select(EventEntry.item, func.count()).group_by(EventEntry.item)
        counts = dict(tuple(row) for row in connection.execute(asked))
        versions = dict(tuple(row) for row in connection.execute(select(ItemEntry.key, ItemEntry.version)))
    return all(version == 1 + counts.get(key, 0) for key, version in versions.items())


def test_fifty_reviewers_at_once_lose_and_double_nothing(any_store: Store) -> None:
    """No "database is locked" either. `python -m benchmarks.desk_crowd` does it for a minute."""
    acknowledged: list[str] = []
    faults = crowd(any_store, 50, 2.0, lambda _, token: acknowledged.append(token))
    assert faults == []
    assert len(acknowledged) > 50
    assert kept(any_store) == Counter(acknowledged)
    assert versions_fit(any_store)


def test_the_same_decision_by_fifty_at_once_is_made_once(any_store: Store) -> None:
    """A browser that sends again and again."""
    key = first(any_store, parse_filter([]), ANN)
    wish = Decision(key or "", Verdict.APPROVE, 1, idempotency_key="one")
    versions: list[int] = []
    threads = [
        threading.Thread(target=lambda: versions.append(decide(any_store, wish, ANN).row.version))
        for _ in range(50)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert versions == [2] * 50
    assert kept(any_store) == Counter(["one"])


@pytest.mark.parametrize("after", [3, 40])
def test_after_kill_9_every_acknowledged_decision_is_there(any_store: Store, after: int) -> None:
    """Killed at some decision, in the middle of the next ones."""
    url = any_store.engine.url.render_as_string(hide_password=False)
    with subprocess.Popen(
        [sys.executable, "-m", "tests.desk.crowd", url, "8", "60", "k"],
        cwd=ROOT, stdout=subprocess.PIPE, text=True,
    ) as child:  # fmt: skip
        assert child.stdout
        said = [child.stdout.readline() for _ in range(after)]
        os.kill(child.pid, signal.SIGKILL)
        said += [line for line in child.stdout if line.endswith("\n")]
    again = open_store(url)
    acknowledged = {line.split()[1] for line in said}
    counted = kept(again)
    assert acknowledged <= set(counted)
    assert set(counted.values()) == {1}
    assert versions_fit(again)
    if again.is_sqlite:
        with again.reading() as connection:
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
    decide(again, Decision(first(again, parse_filter([]), ANN) or "", Verdict.SKIP, version_of(again)), ANN)
    again.close()


def version_of(store: Store) -> int:
    key = first(store, parse_filter([]), ANN)
    with store.reading() as connection:
        return connection.scalar(select(ItemEntry.version).where(ItemEntry.key == key)) or 0


def test_on_a_full_disk_a_decision_fails_as_a_whole(store: Store) -> None:
    """Said clearly; with space again the same decision goes through."""
    key = first(store, parse_filter([]), ANN) or ""
    store.engine.dispose()

    @event.listens_for(store.engine, "connect")
    def no_space(connection, _record) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")

    wish = Decision(key, Verdict.REJECT, 1, "满" * 2000, idempotency_key="full")
    with pytest.raises(StoreFullError, match="full"):
        for number in range(50):  # until the free pages are used up
            decide(store, Decision(key, Verdict.REJECT, number + 1, "满" * 2000), ANN)
    event.remove(store.engine, "connect", no_space)
    store.engine.dispose()
    assert versions_fit(store)
    decide(
        store,
        Decision(key, Verdict.REJECT, version_of_item(store, key), wish.why, idempotency_key="full"),
        ANN,
    )
    assert kept(store)["full"] == 1


def version_of_item(store: Store, key: str) -> int:
    with store.reading() as connection:
        return connection.scalar(select(ItemEntry.version).where(ItemEntry.key == key)) or 0


@pytest.mark.parametrize("n", range(1, 5))
def test_the_nth_write_that_fails_leaves_nothing_partial(any_store: Store, n: int) -> None:
    """Neither an event without its item nor an item without its event."""
    key = first(any_store, parse_filter([]), ANN) or ""
    seen = 0

    def fail(_connection, _cursor, statement, *_rest) -> None:
        nonlocal seen
        if statement.lstrip().upper().startswith(("INSERT", "UPDATE", "BEGIN IMMEDIATE")):
            seen += 1
            if seen == n:
                raise OperationalError(statement, None, OSError(28, "No space left on device"))

    event.listen(any_store.engine, "before_cursor_execute", fail)
    try:
        decide(any_store, Decision(key, Verdict.APPROVE, 1, idempotency_key="nth"), ANN)
        failed = False
    except StoreFullError:
        failed = True
    finally:
        event.remove(any_store.engine, "before_cursor_execute", fail)
    assert failed == (seen >= n)
    assert kept(any_store)["nth"] == (0 if failed else 1)
    assert versions_fit(any_store)
