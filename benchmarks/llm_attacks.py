"""What a model that obeys an injection gets past the checks: `python -m benchmarks.llm_attacks`.

Each attack of tests/endpoint/hostile.py is played by a loopback server about the sample reports, on the facts that a
capable model read in them (cassettes/capable). Printed is a row an attack: records, verified, false among the verified,
passages without an answer. Below stand the flags on the recorded answers as they are, which are judged one by one in
cassettes/README.md; a new one is a false alarm.
"""

import argparse
import json
import tempfile
from collections.abc import Mapping
from pathlib import Path

from benchmarks.llm_material import ROOT, engine
from cassettes.play import play
from cassettes.sets import Recording, recorded
from extract.documents import read_source
from extract.pipeline import bear_witness
from tests.endpoint.hostile import ATTACKS
from tests.endpoint.trial import Case, flags_of, recorded_facts, tallies


def cases(recording: Recording) -> list[Case]:
    """The sample reports with what the capable model read in them."""
    facts = tuple(recorded_facts(recording))
    return [
        Case(report, bear_witness(report), facts)
        for source in recording.sources
        for report in read_source((ROOT / source).read_bytes(), source).reports
    ]


def false_alarms(folder: Path) -> Mapping[str, list[str]]:
    """By report the flags on the recorded answers, through the whole run."""
    from schemas.result import Result

    play("capable", folder)
    found = {}
    for path in sorted(folder.glob("*.json")):
        content = json.loads(path.read_text(encoding="utf-8"))
        if "records" in content:
            found[path.stem] = flags_of(Result.model_validate(content))
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.llm_attacks", description=__doc__)
    parser.add_argument("--only", default="", help="attacks whose names hold this")
    parser.add_argument("--show", action="store_true", help="list what is false among the verified")
    chosen = parser.parse_args()
    recording = recorded("capable")
    assert recording is not None, "cassettes/capable is not recorded"
    attacks = {name: attack for name, attack in ATTACKS.items() if chosen.only in name}
    with tempfile.TemporaryDirectory() as folder:
        print("attack | records | verified | false | passages failed")
        for name, tally in tallies(cases(recording), engine(), Path(folder), attacks):
            print(
                f"{name} | {tally.records} | {tally.verified} | {len(tally.false)} | {tally.failed}",
                flush=True,
            )
            for one in tally.false if chosen.show else ():
                print(f"    {one}")
        print("\nflags on the recorded answers")
        for report, flags in false_alarms(Path(folder) / "played").items():
            print(f"{report}: {len(flags)}")
            for flag in flags:
                print(f"    {flag}")


if __name__ == "__main__":
    main()
