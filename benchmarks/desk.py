"""`python -m benchmarks.desk [--items 100000] [--store URL]`: how quick the desk answers with many items in its store."""

import argparse
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from starlette.testclient import TestClient

from benchmarks.desk_material import fill
from extract.desk.app import create_app
from extract.desk.ingest import Taking, sync
from extract.desk.settings import DeskSettings
from extract.desk.store import Store, default_url, open_store
from extract.runs.run import Plan, run_sources
from extract.runs.sources import find_sources

HERE = "http://127.0.0.1:8750"
TIMES = 40
TARGET_MS = 150
FILTERS = (
    "",
    "state=flagged&region=第3市",
    "code=digits_differ&sort=stakes",
    "state=any&year=2015&type=goal",
    "state=approved&reviewer=reviewer07&sort=recent",
    "kind=record&page=40",
)


@contextmanager
def filled(items: int, url: str | None) -> Iterator[tuple[DeskSettings, Store]]:
    """A desk on a store with so many items, in a folder that goes away; `url` has to be that of an empty database."""
    with TemporaryDirectory(prefix="desk-benchmark-") as temporary:
        out = Path(temporary) / "out"
        run_sources(
            Plan(find_sources(["examples"], out).sources, out, "rules", 1, 20_000_000), lambda _: None
        )
        settings = DeskSettings(out, url or default_url(out), watch=False)
        store = open_store(settings.store_url)
        sync(store, Taking(out, time.time()))
        fill(store, items)
        store.count_rows()
        yield settings, store
        store.close()


def milliseconds(
    ask: Callable[[int], object], times: int = TIMES, clock: Callable[[], float] = time.perf_counter
) -> list[float]:
    """How long each of some calls took, sorted; the first, which warms up, is left out."""
    took = []
    for n in range(times + 1):
        begun = clock()
        ask(n)
        took.append((clock() - begun) * 1000)
    return sorted(took[1:])


def percentile(sorted_values: list[float], share: float) -> float:
    """The value below which so large a share lies."""
    return sorted_values[min(len(sorted_values) - 1, int(share * len(sorted_values)))]


def main() -> None:
    """Measure and print; ends with 1 where a page is slower than promised."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.desk", description=__doc__)
    parser.add_argument("--items", type=int, default=100_000)
    parser.add_argument("--store", help="an empty database; without it SQLite in a temporary folder")
    arguments = parser.parse_args()
    with filled(arguments.items, arguments.store) as (settings, store):
        client = TestClient(create_app(settings, store), base_url=HERE)
        with client:
            keys = [row["key"] for row in client.get("/api/items").json()["rows"]]

            def ok(address: str) -> None:
                answer = client.get(address)
                assert answer.status_code == 200, (address, answer.status_code, answer.text[:300])

            measures = {
                "queue, page": lambda _: ok("/queue"),
                "queue with filters, page": lambda n: ok(f"/queue?{FILTERS[n % len(FILTERS)]}"),
                "item, page": lambda n: ok(f"/items/{keys[n % len(keys)]}?{FILTERS[0]}"),
                "item with filters, page": lambda n: ok(f"/items/{keys[n % len(keys)]}?{FILTERS[1 + n % 2]}"),
                "queue, API": lambda _: ok("/api/items"),
                "queue with filters, API": lambda n: ok(f"/api/items?{FILTERS[n % len(FILTERS)]}"),
                "item, API": lambda n: ok(f"/api/items/{keys[n % len(keys)]}"),
                "neighbours, API": lambda n: ok(f"/api/items/{keys[n % len(keys)]}/neighbours?{FILTERS[1]}"),
                "overview, page": lambda _: ok("/overview"),
            }
            slow = False
            print(
                f"{arguments.items} items, {store.engine.dialect.name}; milliseconds: median, 95th percentile, most, CPU"
            )
            for name, ask in measures.items():
                took = milliseconds(ask)
                slow |= "overview" not in name and percentile(took, 0.95) > TARGET_MS
                own = percentile(milliseconds(ask, TIMES // 4, time.process_time), 0.5)
                print(
                    f"{name:28} {percentile(took, 0.5):7.1f} {percentile(took, 0.95):7.1f} {took[-1]:7.1f} {own:7.1f}"
                )
    raise SystemExit(1 if slow else 0)


if __name__ == "__main__":
    main()
