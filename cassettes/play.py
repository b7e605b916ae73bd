"""Replay recorded answers through a whole run: `python -m cassettes.play [capable|small] [--out DIR]`.

No network, no key: what is not on the tape is not answered.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from cassettes.sets import BASE_URL, RECORD, ROOT, at_root, recorded
from cassettes.tape import tape
from extract.cli import main as extract


def play(name: str, out: Path) -> int:
    """Run over the sample reports with recorded answers.

    Returns:
        The exit code of the run; 2 where the set was not recorded.
    """
    recording = recorded(name)
    if recording is None or not recording.tape.is_file():
        print(f"cassettes/{name} is not recorded yet; see cassettes/README.md", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder, at_root(attempts=3, deadline=1), tape(recording.tape):
        code = extract([*recording.arguments(BASE_URL, out.resolve(), Path(folder)), "--fresh"])
    if code:
        print(f"Some questions are not on the tape; record anew: {RECORD} {name} …", file=sys.stderr)
    return code


def main() -> int:
    """Parse and play."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("set", nargs="?", default="capable", choices=("capable", "small"))
    parser.add_argument("--out", type=Path, default=ROOT / "out" / "demo-llm")
    chosen = parser.parse_args()
    return play(chosen.set, chosen.out)


if __name__ == "__main__":
    sys.exit(main())
