"""`python -m benchmarks.desk_attack [--minutes 10]`: a desk under attack by strangers, while somebody works with it.

A desk is started as a user starts it, with users. From 127.0.0.2 (where the system has it) come large bodies, half-sent
and slow heads, slow bodies, answers that nobody takes, sixty logins of unknown names at once and methods that nobody
has; from 127.0.0.1 a probe of its health, every second, and a reviewer, who decides one item after the other. Ends with 1
where an answer about health took more than a second, the desk more than 600 MB, or a decision was lost.

`--steps N` does a tenth of it, N times each, and judges no time.
"""

import argparse
import http.client
import json
import os
import re
import secrets
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
from sqlalchemy import select

from benchmarks.desk import filled
from extract.config import SECRET_VARIABLE
from extract.desk.accounts import seal, tokens, users
from extract.desk.model import Role
from extract.desk.store import Store
from extract.desk.tables import EventEntry

ROOT = Path(__file__).parents[1]
HERE = ("127.0.0.1", 0)
MOST_HEALTH_SECONDS = 1.0
MOST_MEMORY = 600_000_000
PATIENCE = 30.0
TRIES = 5
"""So often a reviewer sends the same decision again where no answer comes; the desk does it once."""
ITEMS, FEW = 2_000, 100
LOOK_SECONDS = 0.2


@dataclass(slots=True)
class Seen:
    """What was seen.

    Attributes:
        health: seconds of each answer about health; without an answer those until it was given up.
        memory: most bytes of the desk with its processes.
        sent: keys of the decisions that a reviewer sent.
        failed: requests of the reviewer without a good answer.
    """

    health: list[float] = field(default_factory=list)
    memory: int = 0
    sent: list[str] = field(default_factory=list)
    failed: int = 0


@contextmanager
def started(out: Path, secret: str) -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """`extract desk OUT` on a free port; gives the process and the port, and ends it as Ctrl-C does."""
    log = out / "desk.log"
    command = [sys.executable, "-m", "extract.cli", "desk", str(out), "--port", "0", "--no-browser"]
    with log.open("wb") as said:
        process = subprocess.Popen(command, cwd=ROOT, stderr=said, env=os.environ | {SECRET_VARIABLE: secret})
        try:
            while not (found := re.search(r"http://127\.0\.0\.1:(\d+)", log.read_text(encoding="utf-8"))):
                if process.poll() is not None:
                    raise SystemExit(log.read_text(encoding="utf-8"))
                time.sleep(0.05)
            yield process, int(found[1])
        finally:
            process.terminate()
            process.wait(PATIENCE)


def ask(port: int, method: str, path: str, body: Any = None, **headers: str) -> Any:
    """An answer as JSON, from our own address.

    Raises:
        OSError, http.client.HTTPException: there is none, or none that is good.
    """
    asking = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE, source_address=HERE)
    try:
        sent = None if body is None else json.dumps(body)
        asking.request(method, path, sent, {"Content-Type": "application/json", **headers})
        answer = asking.getresponse()
        said = json.loads(answer.read())
        if answer.status >= 400:
            raise http.client.HTTPException(f"{answer.status}: {said}")
        return said
    finally:
        asking.close()


def probe(port: int, seen: Seen, over: threading.Event, steps: int) -> None:
    """Ask for the health every second until it is over, or so often."""
    while not over.is_set() if not steps else len(seen.health) < steps:
        begun = time.monotonic()
        try:
            ask(port, "GET", "/health")
            seen.health.append(time.monotonic() - begun)
        except (OSError, http.client.HTTPException):
            seen.health.append(PATIENCE)
        over.wait(max(0.0, 1.0 - (time.monotonic() - begun)))


def review(port: int, token: str, seen: Seen, over: threading.Event, steps: int) -> None:
    """Decide one item after the other; the same decision is sent again where no answer comes."""
    who = {"Authorization": f"Bearer {token}"}
    rows = ask(port, "GET", "/api/items?state=any&kind=record", **who)["rows"]
    versions = {row["key"]: row["version"] for row in rows}
    keys = list(versions)
    while not over.is_set() if not steps else len(seen.sent) < steps:
        turn = len(seen.sent)
        key, own = keys[turn % len(keys)], f"attacked-{turn}"
        verdict = ("approve", "reject")[turn // len(keys) % 2]
        seen.sent.append(own)
        for _ in range(TRIES):
            try:
                body = {"verdict": verdict, "version": versions[key]}
                done = ask(
                    port, "POST", f"/api/items/{key}/decisions", body, **who, **{"Idempotency-Key": own}
                )
            except (OSError, http.client.HTTPException):
                seen.failed += 1
                continue
            versions[key] = done["row"]["version"]
            break
        over.wait(LOOK_SECONDS)


def weigh(process: subprocess.Popen[bytes], seen: Seen, over: threading.Event) -> None:
    """Keep the most that a desk and its processes took."""
    desk = psutil.Process(process.pid)
    while not over.is_set() and desk.is_running():
        taken = 0
        for one in (desk, *desk.children(recursive=True)):
            try:
                taken += one.memory_info().rss
            except psutil.NoSuchProcess:
                continue
        seen.memory = max(seen.memory, taken)
        over.wait(LOOK_SECONDS)


def attacked(seconds: float, steps: int) -> tuple[Seen, dict[str, dict[str, int]], set[str]]:
    """Let everybody loose.

    Args:
        seconds: for how long; 0 where steps are counted.
        steps: how often each does what it does, where no time counts.

    Returns:
        What was seen, what the attackers met, and the keys of the decisions that the store has.
    """
    seen, over = Seen(), threading.Event()
    with filled(FEW if steps else ITEMS, None) as (settings, store):
        secret = secrets.token_hex(32)
        for name, role in (("root", Role.ADMINISTRATOR), ("ann", Role.REVIEWER)):
            users.add_user(store, name, secrets.token_hex(8), role)
        signs = seal.secret_of(store, secret)
        token = tokens.add_token(store, signs, "ann", "attack", Role.REVIEWER, days=1)
        with started(settings.folder, secret) as (process, port):
            strangers = [
                sys.executable,
                "-m",
                "benchmarks.desk_attackers",
                str(port),
                str(seconds),
                str(steps),
            ]
            with ThreadPoolExecutor() as threads, ended(over):
                working = [
                    threads.submit(probe, port, seen, over, steps),
                    threads.submit(review, port, token, seen, over, steps),
                ]
                weighing = threads.submit(weigh, process, seen, over)
                met = subprocess.run(strangers, cwd=ROOT, stdout=subprocess.PIPE, check=True).stdout
                if not steps:
                    over.set()
                for one in working:
                    one.result()
                over.set()
                weighing.result()
        return seen, json.loads(met), decisions_of(store)


@contextmanager
def ended(over: threading.Event) -> Iterator[None]:
    """Whatever happens, it is over then, so that no thread is waited for in vain."""
    try:
        yield
    finally:
        over.set()


def decisions_of(store: Store) -> set[str]:
    """The keys of all decisions."""
    with store.reading() as connection:
        return set(connection.scalars(select(EventEntry.idempotency_key))) - {None}


def main() -> None:
    """Attack, print what was seen, and judge it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.desk_attack", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10, help="for how long (10)")
    parser.add_argument(
        "--steps", type=int, default=0, help="do little, so often each, in place of so many minutes"
    )
    arguments = parser.parse_args()
    seen, met, kept = attacked(0 if arguments.steps else arguments.minutes * 60, arguments.steps)
    for kind, answers in met.items():
        print(f"{kind:16}", ", ".join(f"{answer} {count:,}" for answer, count in sorted(answers.items())))
    lost = set(seen.sent) - kept
    slowest = max(seen.health)
    print(
        f"slowest answer about health {slowest:.2f} s of {len(seen.health)} (at most {MOST_HEALTH_SECONDS:.0f} s)"
    )
    print(f"most memory {seen.memory / 1e6:.0f} MB (at most {MOST_MEMORY / 1e6:.0f} MB)")
    print(
        f"decisions sent {len(seen.sent)}, kept {len(seen.sent) - len(lost)}, lost {len(lost)}; sent again {seen.failed}"
    )
    slow = not arguments.steps and slowest > MOST_HEALTH_SECONDS
    raise SystemExit(1 if slow or seen.memory > MOST_MEMORY or lost else 0)


if __name__ == "__main__":
    main()
