"""The checks on whole reports: the samples of this repository, and the shared ones where they are."""

import importlib.util
from argparse import Namespace
from functools import cache
from pathlib import Path

import pytest

from extract.checks import audit, check, ground
from extract.checks.between import Chronicle, digest
from extract.documents import read_source
from extract.engines.rules import RulesEngine
from extract.pipeline import bear_witness, extract_report
from extract.tables.fact_rows import fact_of

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
SAMPLES = [ROOT / "examples" / f"yunzhou-{year}.txt" for year in (2024, 2025)]
REAL = sorted((SHARED / "reports").glob("*.txt"))
NUMERIC = ("digit", "scale", "fabricated", "swapped", "direction", "unit")

needs_shared = pytest.mark.skipif(not REAL, reason="the shared reports are not beside this repository")


@cache
def reports_of(path: Path):
    return [(report, bear_witness(report)) for report in read_source(path.read_bytes(), path.name).reports]


def conflicts_in(path: Path) -> set[str]:
    """The indicators of all records with a contradiction within their report."""
    found = set()
    for report, witness in reports_of(path):
        drafts = RulesEngine().extract(report, witness).drafts
        for record in check(report, witness, ground(report, witness, drafts)).records:
            if any(issue.code == "conflict_in_report" for issue in record.issues):
                found.add(record.indicator)
    return found


def test_the_contradiction_put_into_the_first_sample_is_found_and_no_other():
    """城镇新增就业 stands there with two values; see examples/README.md."""
    assert [len(conflicts_in(path)) for path in SAMPLES] == [1, 0]
    assert conflicts_in(SAMPLES[0]) == {"城镇新增就业"}


def test_the_contradiction_between_the_samples_is_found_and_no_other():
    """新增高新技术企业 of 2023 stands with two values in two reports; see examples/README.md."""
    results = [extract_report(report, RulesEngine()) for path in SAMPLES for report, _ in reports_of(path)]
    chronicle = Chronicle()
    for result in results:
        chronicle.add(digest(result))
    for result in results:
        (told,) = chronicle.compared(digest(result)).issues
        (record,) = [record for record in result.records if record.id == told]
        assert "高新技术企业" in record.indicator


@needs_shared
@pytest.mark.parametrize("path", REAL, ids=lambda path: path.stem)
def test_real_reports_contradict_themselves_nowhere(path):
    """No false alarm where people wrote with care."""
    assert conflicts_in(path) == set()


@cache
def mutations():
    """The shared tool that seeds faults into right facts."""
    spec = importlib.util.spec_from_file_location("mutate_facts", SHARED / "tools" / "mutate_facts.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def caught_share(
    gold: Path, report: Path, seed: int, tmp_path: Path, *, without: tuple[str, ...]
) -> dict[str, float]:
    """For each fault the share that is flagged; `right` is the share of false alarms."""
    tool, mutated = mutations(), tmp_path / "mutated.jsonl"
    tool.make(Namespace(gold=gold, mutated=mutated, seed=seed, share=0.5))
    rows = tool.load(mutated)
    live = [row for row in rows if "_dropped" not in row]
    facts = [
        fact_of(n, {key: cell for key, cell in row.items() if key not in without})
        for n, row in enumerate(live)
    ]
    result = audit(reports_of(report), facts)
    outcomes: dict[str, list[bool]] = {}
    for row, verdict in zip(live, result.verdicts, strict=True):
        outcomes.setdefault(row["_fault"] or "right", []).append(bool(verdict.differences))
    for row in rows[len(live) :]:
        listed = any(place.start < row["end"] and row["start"] < place.end for place in result.unclaimed)
        outcomes.setdefault("dropped", []).append(listed)
    outcomes["numeric"] = [hit for name in NUMERIC for hit in outcomes.get(name, [])]
    return {name: sum(hits) / len(hits) for name, hits in outcomes.items()}


@needs_shared
@pytest.mark.parametrize("without", [(), ("start", "end")], ids=["with spans", "without spans"])
@pytest.mark.parametrize("name", ["huzhou-2020", "jiaxing-2020"])
def test_seeded_faults_are_caught(name, without, tmp_path, capsys):
    """Numeric faults at 0.99, every other class at 0.8, false alarms under 0.03."""
    shares = caught_share(
        SHARED / "gold" / f"{name}.jsonl", SHARED / "reports" / f"{name}.txt", 1, tmp_path, without=without
    )
    capsys.readouterr()
    assert shares.pop("right") <= 0.03
    assert shares.pop("numeric") >= 0.99
    assert min(shares.values()) >= 0.8
