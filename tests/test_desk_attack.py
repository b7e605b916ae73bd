"""The program that attacks a desk, in small: all that it does has to work at any size."""

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from benchmarks import desk_attack
from benchmarks.desk_attackers import ATTACKERS

ROOT = Path(__file__).parents[1]


@pytest.mark.skipif(sys.platform == "win32", reason="the desk is ended by a signal")
def test_a_desk_under_a_small_attack_keeps_every_decision() -> None:
    """Each kind of attack meets the desk, and the health, the memory and the decisions are told."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.desk_attack", "--steps", "1"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    told = dict(line.split(maxsplit=1) for line in done.stdout.splitlines())
    assert {does.__name__ for does in ATTACKERS} <= told.keys()
    assert "decisions sent 1, kept 1, lost 0" in done.stdout
    assert "slowest answer about health" in done.stdout and "most memory" in done.stdout


@pytest.mark.parametrize(
    ("seen", "kept", "code"),
    [
        (desk_attack.Seen([0.2], 200_000_000, ["a", "b"]), {"a", "b", "other"}, 0),
        (desk_attack.Seen([0.2], 200_000_000, ["a", "b"]), {"a"}, 1),
        (desk_attack.Seen([0.2, 1.5], 200_000_000, ["a"]), {"a"}, 1),
        (desk_attack.Seen([0.2], 700_000_000, ["a"]), {"a"}, 1),
    ],
)
def test_it_ends_with_1_where_something_is_lost_or_slow_or_large(
    monkeypatch, capsys, seen, kept, code
) -> None:
    """And with 0 where nothing is."""
    monkeypatch.setattr(desk_attack, "attacked", lambda *_: (seen, {"half_head": Counter(ended=3)}, kept))
    monkeypatch.setattr(sys, "argv", ["desk_attack", "--minutes", "1"])
    with pytest.raises(SystemExit) as ended:
        desk_attack.main()
    assert ended.value.code == code
    assert "ended 3" in capsys.readouterr().out
