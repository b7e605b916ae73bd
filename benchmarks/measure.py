"""Processes timed and weighed."""

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
WEIGH = (
    "import resource, sys\n"
    "from extract.cli import main\n"
    "code = main(sys.argv[1:])\n"
    "sys.stderr.write(f'peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}\\n')\n"
    "sys.exit(code)\n"
)
KIB_PER_MIB = 1024


class Row(NamedTuple):
    """One line of the table: what was measured, what was seen, what is wanted."""

    what: str
    seen: str
    target: str


class Ended(NamedTuple):
    """A process that ended: wall-clock and processor seconds, peak memory in MiB, standard output."""

    seconds: float
    cpu_seconds: float
    peak_mib: float
    stdout: bytes


def extract(*arguments: object, stdin: bytes = b"") -> Ended:
    """Run `extract ARGUMENTS` in a process of its own.

    Raises:
        subprocess.CalledProcessError: it failed; its words are on our stderr.
    """
    command = [sys.executable, "-c", WEIGH, *map(str, arguments)]
    before = os.times()
    began = time.perf_counter()
    done = subprocess.run(command, input=stdin, capture_output=True, cwd=ROOT, check=False)
    seconds = time.perf_counter() - began
    after = os.times()
    peak = (done.stderr.decode().splitlines() or [""])[-1]
    if done.returncode or not peak.startswith("peak "):
        sys.stderr.write(done.stderr.decode())
        raise subprocess.CalledProcessError(done.returncode, command)
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return Ended(seconds, cpu, int(peak.split()[1]) / KIB_PER_MIB, done.stdout)
