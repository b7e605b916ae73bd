"""Against numbers that others annotated: the peers' own suites and the gold facts of real reports."""

import json
import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from extract.numbers import Mention, find_mentions

ROOT = Path(__file__).parents[2]
BATCH = (
    "import sys; from extract.numbers.batch import run_batch; run_batch(sys.stdin.buffer, sys.stdout.buffer)"
)


def test_the_suites_of_the_peers_are_read(shared: Path) -> None:
    """F1 over the cases of six other projects that may stand in a report; dates cost the rest."""
    score = subprocess.run(
        [
            sys.executable,
            shared / "numbers" / "score.py",
            "--domain",
            "--json",
            "--batch",
            f'{sys.executable} -c "{BATCH}"',
        ],
        capture_output=True,
        check=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    total = json.loads(score.stdout)[-1]
    assert total["f1"] >= 0.98, total


@pytest.mark.parametrize("report", ["huzhou-2020", "jiaxing-2020"])
def test_every_gold_number_is_a_mention(shared: Path, report: str) -> None:
    """Each number that annotators marked is found with their span, value and unit, in the raw text."""
    with (shared / "reports" / f"{report}.txt").open(encoding="utf-8", newline="") as file:
        found = {(m.start, m.end): m for m in find_mentions(file.read())}
    lines = (shared / "gold" / f"{report}.jsonl").read_text(encoding="utf-8").splitlines()
    facts = [fact for fact in map(json.loads, lines) if not fact.get("optional")]
    missed = [fact["surface"] for fact in facts if not agrees(found.get((fact["start"], fact["end"])), fact)]
    hedged = [
        fact["surface"] for fact in facts if found[fact["start"], fact["end"]].modifier != fact["modifier"]
    ]
    assert missed == []
    assert len(hedged) <= 0.02 * len(facts), hedged


def agrees(mention: Mention | None, fact: dict[str, str | None]) -> bool:
    def exact(value: str | None) -> Decimal | None:
        return None if value is None else Decimal(value)

    return mention is not None and (mention.value, mention.upper, mention.unit) == (
        exact(fact["value"]),
        exact(fact["upper"]),
        fact["unit"],
    )
