"""How right: on the sample reports always, on real ones where `../shared` is beside the repository."""

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks.measure import ROOT, Row, extract
from extract.engines.rules import RulesEngine
from extract.evaluation.gold import load_gold
from extract.evaluation.scoring import score
from extract.pipeline import process_source
from extract.tables.facts import facts

SHARED = ROOT.parent / "shared"
OUR_GOLD = ROOT / "tests/gold"
SEEDS = range(1, 6)


class Annotated(NamedTuple):
    """A report with gold."""

    report: Path
    gold: Path


def annotated() -> Iterator[Annotated]:
    """The sample reports, and the real ones that are here."""
    for path in sorted((ROOT / "examples").glob("*.txt")):
        yield Annotated(path, OUR_GOLD / f"{path.stem}.jsonl")
    if SHARED.is_dir():
        for gold in sorted((SHARED / "gold").glob("*.jsonl")):
            yield Annotated(SHARED / f"reports/{gold.stem}.txt", gold)


def scores() -> Iterator[Row]:
    """Detection, strict and full F1 of the rules engine on every report that has gold."""
    for one in annotated():
        outcome = process_source(one.report.read_bytes(), one.report.name, RulesEngine())
        found = score(load_gold(one.gold), list(facts(outcome.results)))
        f1 = " / ".join(f"{tally.f1:.3f}" for tally in (found.detection, found.strict, found.full))
        yield Row(f"{one.gold.stem}: detection / strict / full F1", f1, "≥ 0.98 / 0.93 / 0.88")


def seeded_faults(folder: Path, report: Path, gold: Path) -> Iterator[Row]:
    """Faults put into right facts: how many `extract check` finds, and how many right facts it doubts."""
    caught, total, classes = [0, 0], [0, 0], {}
    for seed in SEEDS:
        mutated, given, verdicts = (
            folder / f"{gold.stem}.{name}.jsonl" for name in ("mutated", "facts", "verdicts")
        )
        _tool("mutate_facts.py", "make", gold, mutated, "--seed", seed)
        lines = mutated.read_text(encoding="utf-8").splitlines()
        given.write_text(
            "".join(f"{_hidden(line)}\n" for line in lines if "_dropped" not in line), encoding="utf-8"
        )
        verdicts.write_bytes(extract("check", report, given, "--unclaimed", "--format", "jsonl").stdout)
        for line in _tool("mutate_facts.py", "score", mutated, verdicts).splitlines():
            if match := re.match(r"numeric faults caught (\d+)/(\d+) = \S+; false alarms (\d+)/(\d+)", line):
                found, seeded, alarms, right = map(int, match.groups())
                caught, total = [caught[0] + found, caught[1] + alarms], [total[0] + seeded, total[1] + right]
            elif match := re.match(r"(\w+) +(\d+) / (\d+)", line):
                so_far = classes.get(match[1], (0, 0))
                classes[match[1]] = (so_far[0] + int(match[2]), so_far[1] + int(match[3]))
    yield Row(f"{gold.stem}, numeric faults caught", f"{caught[0] / total[0]:.3f} of {total[0]}", "≥ 0.99")
    yield Row(f"{gold.stem}, false alarms", f"{caught[1] / total[1]:.3f} of {total[1]}", "≤ 0.03")
    worst = min(classes, key=lambda name: classes[name][0] / classes[name][1])
    yield Row(
        f"{gold.stem}, worst class of faults ({worst})",
        f"{classes[worst][0] / classes[worst][1]:.3f}",
        "≥ 0.8",
    )


def _hidden(line: str) -> str:
    """A fact without the key that names its fault."""
    return json.dumps(
        {key: value for key, value in json.loads(line).items() if key != "_fault"}, ensure_ascii=False
    )


def numbers_of_peers() -> Iterator[Row]:
    """F1 of `extract numbers --batch` on the number suites of other projects."""
    batch = f"{sys.executable} -m extract.cli numbers --batch"
    command = [sys.executable, str(SHARED / "numbers/score.py"), "--domain", "--batch", batch]
    done = subprocess.run(command, capture_output=True, cwd=ROOT, check=True)
    total = next(line.split() for line in done.stdout.decode().splitlines() if line.startswith("total"))
    yield Row("numbers, peers' suites: precision / recall / F1", " / ".join(total[6:9]), "F1 ≥ 0.97")


def _tool(name: str, *arguments: object) -> str:
    command = [sys.executable, str(SHARED / "tools" / name), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, check=True).stdout.decode()


def quality() -> Iterator[Row]:
    """All of it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        yield from scores()
        if not SHARED.is_dir():
            yield Row("real reports", "not measured: ../shared is not here", "")
            return
        for gold in sorted((SHARED / "gold").glob("*.jsonl")):
            yield from seeded_faults(folder, SHARED / f"reports/{gold.stem}.txt", gold)
        yield from numbers_of_peers()
