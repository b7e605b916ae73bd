"""The benchmarks of the language-model engine in small: what they count has to hold at any size."""

import argparse
import asyncio
from pathlib import Path

import pytest

from extract.cli import main
from tests.endpoint.server import KEY

ROOT = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def _benchmarks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "benchmarks"))


def test_throughput_in_small(tmp_path: Path) -> None:
    """Every chunk is asked once, figures are verified, and a warm re-run sends nothing."""
    from llm_material import answers, cases, engine
    from llm_throughput import measure

    asked = engine()
    several = cases(asked, 25)
    known = answers(asked, several)
    chosen = argparse.Namespace(chunks=25, at_once=8, latency=0.01)
    found = asyncio.run(measure(asked, several, known, chosen, tmp_path))
    assert found["requests"] == sum(len(case.requests) for case in several)
    assert found["warm_requests"] == 0
    assert found["verified"] > 200


def test_bad_day_in_small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed in the middle of faults: every chunk ends done or failed with its reason, and both sides count the same
    requests, but for those that were leaving in that moment.
    """
    from llm_faults import measure

    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    at_once = 4
    # Killed as a process, run again in this one: a process takes longer to start than to do all there is to do.
    found = measure(reports=2, at_once=at_once, rate=0.3, seed=3, folder=tmp_path, kill_at=(0.5,), run=main)
    assert found["reports"] == 2
    assert set(found["chunks"]) <= {"done", "failed"}
    assert abs(found["requests by manifests"] - found["requests by endpoint"]) <= at_once
    assert found["asked again though answered"] <= at_once  # answers that the killed run never read
    assert found["requests of a further run"] == 0 or "failed" in found["chunks"]
