"""A run on the sample reports with the recorded answers of a model, one of which can be another.

    python -m tests.desk.browser.answers OUT [OLD NEW]

In a process of its own, as the network is forbidden while a tape plays.
"""

import sys
import tempfile
from pathlib import Path

from cassettes.sets import BASE_URL, at_root, recorded
from cassettes.tape import tape
from extract.cli import main as extract

_AS_RECORDED = '"24部", "kind": "level", "direction": null, "modifier": "exact", "period": "2025"'
CHANGE = (_AS_RECORDED, _AS_RECORDED.replace("2025", "2026"))
"""What another run of the model might say instead."""


def answer(out: Path, change: tuple[str, str] | None = None) -> int:
    """Run, and return the exit code.

    Args:
        out: folder of results.
        change: words of the recorded answers and what stands there instead, once.
    """
    recording = recorded("capable")
    assert recording is not None, "cassettes/capable is part of the repository"
    with tempfile.TemporaryDirectory() as folder:
        played = recording.tape
        if change:
            text = played.read_text(encoding="utf-8")
            assert text.count(change[0]) == 1, f"{change[0]} stands {text.count(change[0])} times on the tape"
            played = Path(folder) / "exchanges.yaml"
            played.write_text(text.replace(*change), encoding="utf-8")
        with at_root(attempts=3, deadline=1), tape(played):
            return extract([*recording.arguments(BASE_URL, out.resolve(), Path(folder)), "--fresh"])


if __name__ == "__main__":
    old_and_new = sys.argv[2:4]
    sys.exit(answer(Path(sys.argv[1]), (old_and_new[0], old_and_new[1]) if old_and_new else None))
