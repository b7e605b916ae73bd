"""A bad day: `python benchmarks/llm_faults.py`.

500 reports against a loopback endpoint that spoils 3 of 10 requests (busy, broken, dropped, slow, malformed,
truncated), and the run is killed twice on the way. Running the same command again finishes it. Printed is what
became of the chunks, and whether the manifests count the requests that the endpoint counted. Each is counted in
the moment it has left; a process that is killed in that very moment may miss one. Answers that were on their way
to it then are asked again, for it never had them.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from llm_material import KEY, MODEL, ROOT, answers, cases, counts, endpoint, engine, texts

from extract.engines.llm.cache import AnswerCache

KILL_AT = (0.3, 0.6)
"""When to kill, in shares of the questions."""
EXTRACT = (sys.executable, "-m", "extract.cli")


def command(base_url: str, folder: Path, at_once: int) -> list[str]:
    """What `extract` is told, when it is killed and when it is run again."""
    chosen = ["--engine", "llm", "--model", MODEL, "--base-url", base_url, "--concurrency", str(at_once)]
    places = ["--out", str(folder / "out"), "--cache", str(folder / "cache")]
    return ["run", str(folder / "in"), *chosen, *places, "-q"]


def with_key() -> dict[str, str]:
    """The environment with the key that the endpoint demands."""
    return {**os.environ, "OPENAI_API_KEY": KEY}


def process(arguments: list[str]) -> subprocess.Popen[bytes]:
    """`extract` as a process of its own."""
    return subprocess.Popen([*EXTRACT, *arguments], cwd=ROOT, env=with_key(), stderr=subprocess.DEVNULL)


def run_to_the_end(arguments: list[str]) -> int:
    """The exit code of `extract` as a process of its own."""
    return subprocess.run([*EXTRACT, *arguments], cwd=ROOT, env=with_key(), check=False).returncode


def run_until(arguments: list[str], base_url: str, requests: float) -> int:
    """Run, and kill without warning after so many requests; gives those under way then."""
    with process(arguments) as running:
        while running.poll() is None and counts(base_url)["requests"] < requests:
            time.sleep(0.05)
        under_way = int(counts(base_url)["under_way"])
        if running.poll() is None:
            os.kill(running.pid, signal.SIGKILL)
    return under_way


def outcome(folder: Path) -> dict[str, Any]:
    """What the results say: chunks done and failed, requests that their manifests count."""
    chunks: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    requests = reports = 0
    for path in sorted((folder / "out").glob("*.json")):
        content = json.loads(path.read_text(encoding="utf-8"))
        if "chunks" not in content:
            continue
        reports += 1
        requests += content["manifest"]["usage"]["requests"]
        for chunk in content["chunks"]:
            chunks[chunk["status"]] += 1
            if chunk["error"]:
                reasons[chunk["error"].partition(":")[0]] += 1
            assert (chunk["status"] == "done") == (chunk["error"] is None)
    return {"reports": reports, "chunks": dict(chunks), "reasons": dict(reasons), "requests": requests}


def by_cache(folder: Path) -> int:
    """The requests that were noted, those of questions that no result needs any more included."""
    cache = AnswerCache(folder / "cache")
    stats = cache.stats()
    cache.close()
    return stats.usage.requests + stats.in_vain.requests


def measure(
    reports: int,
    at_once: int,
    rate: float,
    seed: int,
    folder: Path,
    *,
    kill_at: tuple[float, ...] = KILL_AT,
    run: Callable[[list[str]], int] = run_to_the_end,
) -> dict[str, Any]:
    """The bad day from beginning to end; `run` is what runs again after the kills, to the end."""
    asked = engine()
    several = cases(asked, 0, reports)
    known = answers(asked, several)
    (folder / "in").mkdir()
    for (name, data), _ in zip(texts(), several, strict=False):
        (folder / "in" / name).write_bytes(data)
    questions = sum(len(case.requests) for case in several)
    options = ("--latency", "0.05", "--faults", str(rate), "--seed", str(seed))
    with endpoint(known, folder, *options) as base_url:
        arguments = command(base_url, folder, at_once)
        under_way = [run_until(arguments, base_url, share * questions) for share in kill_at]
        statuses = [run(arguments)]
        before = counts(base_url)["requests"]
        statuses.append(run(arguments))
        counted = counts(base_url)
    found = outcome(folder)
    return {
        "reports": found["reports"],
        "questions": questions,
        "chunks": found["chunks"],
        "reasons": found["reasons"],
        "exit codes": statuses,
        "endpoint": counted["counts"],
        "requests by endpoint": counted["requests"],
        "requests by manifests": found["requests"],
        "requests by cache": by_cache(folder),
        "under way when killed": under_way,
        "asked again though answered": counted["asked_again"],
        "requests of a further run": counted["requests"] - before,
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=500)
    parser.add_argument("--at-once", type=int, default=32)
    parser.add_argument("--rate", type=float, default=0.3)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = measure(chosen.reports, chosen.at_once, chosen.rate, chosen.seed, Path(folder))
    for name, value in found.items():
        print(f"{name:>28}  {value}")


if __name__ == "__main__":
    main()
