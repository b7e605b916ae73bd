"""Record answers to the questions about the sample reports.

    python -m cassettes.record capable --base-url http://127.0.0.1:8099/v1 --model NAME
    python -m cassettes.record faults

A recording that broke off goes on where it stopped when the same command is given again. Exchanges that the
present prompts no longer ask for are dropped at the end. What is not named is as it was when the set was recorded last.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from vcr.record_mode import RecordMode

from cassettes.sets import EXAMPLES, Recording, at_root, recorded
from cassettes.tape import tape
from extract.cli import main as extract

A_DAY = 86_400


def record(recording: Recording, base_url: str, concurrency: int) -> int:
    """Run over the sample reports and keep every exchange.

    Returns:
        The exit code of the run; a chunk that got no answer makes it 1, and is on the tape as it was.
    """
    recording.save()
    code = _run(recording, base_url, concurrency, prune=False)
    if code in (0, 1):  # it came to its end: what is asked for again now is all that belongs on the tape
        _run(recording, base_url, concurrency, prune=True)
    return code


def _run(recording: Recording, base_url: str, concurrency: int, *, prune: bool) -> int:
    waits = {"timeout": A_DAY, "deadline": A_DAY, "concurrency": concurrency}
    with tempfile.TemporaryDirectory() as folder, at_root(**waits):
        arguments = recording.arguments(base_url, Path(folder) / "out", Path(folder) / "cache")
        with tape(recording.tape, RecordMode.NEW_EPISODES, prune=prune) as cassette:
            code = extract([*arguments, "--quiet"] if prune else arguments)
    print(f"{len(cassette)} exchanges on {recording.tape}")
    return code


def main() -> int:
    """Parse and record."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("set", choices=("capable", "small", "faults"))
    parser.add_argument("--base-url", help="an OpenAI-compatible endpoint")
    parser.add_argument("--model", help="as the endpoint calls it")
    parser.add_argument("--mode")
    parser.add_argument("--max-output-tokens", type=int)
    parser.add_argument("--concurrency", type=int, default=64, help="questions held open at the same time")
    parser.add_argument("--source", action="append", help="another report than the samples, from the root")
    chosen = parser.parse_args()
    if chosen.set == "faults":
        from cassettes.faults_recorder import record_faults

        record_faults()
        return 0
    last = recorded(chosen.set) or Recording(chosen.set, "", "json_schema", 8192, EXAMPLES)
    recording = Recording(
        chosen.set,
        chosen.model or last.model,
        chosen.mode or last.mode,
        chosen.max_output_tokens or last.max_output_tokens,
        tuple(chosen.source or last.sources),
    )
    if not (chosen.base_url and recording.model):
        parser.error("--base-url and --model are needed")
    return record(recording, chosen.base_url, chosen.concurrency)


if __name__ == "__main__":
    sys.exit(main())
