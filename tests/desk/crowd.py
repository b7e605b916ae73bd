"""Many reviewers deciding at once; also run as a program, which is killed in the middle.

    python -m tests.desk.crowd URL REVIEWERS SECONDS NAME

prints a line for each decision that the store has acknowledged: the item, a blank, the key of the decision.
"""

import sys
import threading
import time
from collections.abc import Callable

from sqlalchemy import select

from extract.desk.decisions import Decision, decide
from extract.desk.model import Person, Role, Verdict
from extract.desk.store import Store, open_store
from extract.desk.tables import ItemEntry
from extract.errors import StaleVersionError

VERDICTS = (Verdict.APPROVE, Verdict.REJECT)


def decide_for(
    store: Store, name: str, seconds: float, acknowledged: Callable[[str, str], None], offset: int
) -> int:
    """Decide one item after the other, all with the same items as everybody else.

    Args:
        store: the store.
        name: of the reviewer.
        seconds: for how long.
        acknowledged: told of each decision after it was made: its item and its key.
        offset: where to begin, so that not all begin at the same item.

    Returns:
        How many were made; a version that somebody else has outrun is read again and not counted.
    """
    person = Person(name, Role.REVIEWER)
    with store.reading() as connection:
        keys = list(
            connection.scalars(
                select(ItemEntry.key)
                .where(ItemEntry.kind.in_(["record", "contradiction"]))
                .order_by(ItemEntry.key)
            )
        )
    until, made = time.monotonic() + seconds, 0
    while time.monotonic() < until:
        key = keys[(offset + made) % len(keys)]
        with store.reading() as connection:
            version = connection.scalar(select(ItemEntry.version).where(ItemEntry.key == key)) or 1
        token = f"{name}-{made}"
        try:
            decide(store, Decision(key, VERDICTS[made % 2], version, idempotency_key=token), person)
        except StaleVersionError:
            offset += 1
            continue
        acknowledged(key, token)
        made += 1
    return made


def crowd(
    store: Store, reviewers: int, seconds: float, acknowledged: Callable[[str, str], None], prefix: str = "r"
) -> list[Exception]:
    """So many reviewers at once, a thread each.

    Returns:
        What went wrong; nothing should.
    """
    faults: list[Exception] = []

    def work(number: int) -> None:
        try:
            decide_for(store, f"{prefix}{number}", seconds, acknowledged, number * 7)
        except Exception as error:  # noqa: BLE001 - any of them is a finding
            faults.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(reviewers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return faults


def main() -> None:
    """Decide until killed or done, saying each decision that was acknowledged."""
    url, reviewers, seconds, name = sys.argv[1:]

    def say(key: str, token: str) -> None:
        sys.stdout.write(f"{key} {token}\n")
        sys.stdout.flush()

    faults = crowd(open_store(url), int(reviewers), float(seconds), say, name)
    for fault in faults:
        sys.stderr.write(f"{type(fault).__name__}: {fault}\n")


if __name__ == "__main__":
    main()
