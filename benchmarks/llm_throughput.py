"""What the language-model engine adds to the network: `python benchmarks/llm_throughput.py`.

A loopback endpoint in a process of its own answers after 300 ms. The same questions go to it twice: by bare
httpx2, and by the engine with its cache, limits, retries, grounding and checks. Printed are the ratio of the
two throughputs, the CPU time a chunk, memory, and the speed of a second run that finds every answer in the
cache.
"""

import argparse
import asyncio
import json
import resource
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
from llm_material import AUTHORIZED, KEY, Case, answers, cases, counts, endpoint, engine, figures_in

from extract.checks import check, ground
from extract.engines.llm.asking import EndpointAsking
from extract.engines.llm.cache import AnswerCache
from extract.engines.llm.client import Client
from extract.engines.llm.engine import LlmEngine
from extract.engines.llm.exchange import Asking
from extract.engines.llm.limits import Limits
from extract.engines.llm.modes import Bodies
from extract.runs.asked import answers_first

REPORTS_AHEAD = 2


async def bare(bodies: list[dict[str, Any]], base_url: str, at_once: int) -> float:
    """Seconds that bare httpx2 takes for these bodies."""
    places = asyncio.Semaphore(at_once)
    limits = httpx2.Limits(max_connections=at_once, max_keepalive_connections=at_once)
    async with httpx2.AsyncClient(limits=limits, timeout=60) as client:

        async def one(body: dict[str, Any]) -> None:
            async with places:
                response = await client.post(f"{base_url}/chat/completions", json=body, headers=AUTHORIZED)
                json.loads(response.json()["choices"][0]["message"]["content"])

        begun = time.perf_counter()
        await asyncio.gather(*map(one, bodies))
        return time.perf_counter() - begun


@dataclass(frozen=True, slots=True)
class Cost:
    """What the engine took with every check.

    Attributes:
        seconds, cpu: on the clock, of the processor.
        verified: figures that passed every check.
        growth: of memory from the first quarter of the reports to the end, in MB.
    """

    seconds: float
    cpu: float
    verified: int
    growth: float


async def ours(asked: LlmEngine, several: list[Case], ask: Asking, at_once: int) -> Cost:
    """Ask, ground and check all these reports."""
    waiting = iter(several)
    verified = 0
    memory: list[float] = []

    async def reader() -> None:
        nonlocal verified
        for case in waiting:
            answer = await asked.aextract(case.report, case.witness, ask)
            failed = [outcome.error for outcome in answer.outcomes if outcome.error]
            assert not failed, failed[:3]
            checked = check(case.report, case.witness, ground(case.report, case.witness, answer.drafts))
            verified += sum(len(record.figures) for record in checked.records if record.state == "verified")
            memory.append(resident_mb())

    begun, cpu = time.perf_counter(), time.process_time()
    with answers_first():
        await asyncio.gather(*(reader() for _ in range(at_once + REPORTS_AHEAD)))
    growth = memory[-1] - memory[len(memory) // 4]
    return Cost(time.perf_counter() - begun, time.process_time() - cpu, verified, growth)


def resident_mb() -> float:
    """The memory of this process now."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 2**20


async def measure(
    asked: LlmEngine, several: list[Case], known: dict[str, str], chosen: argparse.Namespace, folder: Path
) -> dict[str, float]:
    """All measurements."""
    requests = [request for case in several for request in case.requests]
    bodies = [Bodies().body(request, "json_schema") for request in requests]
    found: dict[str, float] = {}
    with endpoint(known, folder, "--latency", str(chosen.latency)) as base_url:
        bare_cpu = time.process_time()
        bare_seconds = await bare(bodies, base_url, chosen.at_once)
        bare_cpu = time.process_time() - bare_cpu
        client = Client(base_url, KEY, connections=chosen.at_once)
        cache = AnswerCache(folder / "cache")
        ask = EndpointAsking(client, cache, Limits(chosen.at_once), mode="json_schema")
        cold = await ours(asked, several, ask, chosen.at_once)
        counted = counts(base_url)["requests"] - len(bodies)
        warm = await ours(asked, several, ask, chosen.at_once)
        after_warm = counts(base_url)["requests"] - len(bodies)
        await client.aclose()
        cache.close()
    assert warm.verified == cold.verified
    found["ratio"] = (counted / cold.seconds) / (len(bodies) / bare_seconds)
    found["bare_per_second"] = len(bodies) / bare_seconds
    found["ours_per_second"] = counted / cold.seconds
    found["bare_cpu_ms"] = 1000 * bare_cpu / len(bodies)
    found["cpu_ms"] = 1000 * cold.cpu / counted
    found["verified"] = cold.verified
    found["requests"] = counted
    found["warm_requests"] = after_warm - counted
    found["warm_reports_per_second"] = len(several) / warm.seconds
    found["memory_growth_mb"] = cold.growth
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--chunks", type=int, default=2_000)
    parser.add_argument("--at-once", type=int, default=32)
    parser.add_argument("--latency", type=float, default=0.3)
    chosen = parser.parse_args()
    asked = engine()
    several = cases(asked, chosen.chunks)
    known = answers(asked, several)
    chunks = sum(len(case.requests) for case in several)
    print(f"{len(several)} reports, {chunks} chunks, {figures_in(known)} figures in their answers")
    with tempfile.TemporaryDirectory() as folder:
        found = asyncio.run(measure(asked, several, known, chosen, Path(folder)))
    for name, value in found.items():
        print(f"{name:>26}  {value:,.3f}")


if __name__ == "__main__":
    main()
