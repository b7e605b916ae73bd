"""`python -m benchmarks.desk_crowd [--reviewers 50] [--seconds 60] [--store URL]`: many reviewers deciding at once."""

import argparse
import time
from collections import Counter

from sqlalchemy import select

from benchmarks.desk import filled
from extract.desk.tables import EventEntry
from tests.desk.crowd import crowd


def main() -> None:
    """Let them decide, then hold what the store has against what it acknowledged; ends with 1 where they differ."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.desk_crowd", description=__doc__)
    parser.add_argument("--reviewers", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--items", type=int, default=2_000)
    parser.add_argument("--store", help="an empty database; without it SQLite in a temporary folder")
    arguments = parser.parse_args()
    with filled(arguments.items, arguments.store) as (_, store):
        acknowledged: list[str] = []
        begun = time.monotonic()
        faults = crowd(
            store, arguments.reviewers, arguments.seconds, lambda _, token: acknowledged.append(token)
        )
        took = time.monotonic() - begun
        with store.reading() as connection:
            kept = Counter(connection.scalars(select(EventEntry.idempotency_key)))
        lost = len(set(acknowledged) - set(kept))
        doubled = sum(count - 1 for count in kept.values())
        print(
            f"{arguments.reviewers} reviewers, {took:.0f} s, {store.engine.dialect.name}: {len(acknowledged)} decisions, "
            f"{len(acknowledged) / took:.0f} a second; errors {len(faults)}, lost {lost}, doubled {doubled}"
        )
        for fault in faults[:3]:
            print(f"{type(fault).__name__}: {fault}")
    raise SystemExit(1 if faults or lost or doubled else 0)


if __name__ == "__main__":
    main()
