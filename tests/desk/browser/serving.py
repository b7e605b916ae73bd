"""A desk as a user starts it, and a browser before it."""

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Playwright

ROOT = Path(__file__).parents[3]
CHROMIUM = Path("/usr/bin/chromium")
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")


@contextmanager
def desk(out: Path, *options: str) -> Iterator[str]:
    """`extract desk OUT` in a process of its own; gives its address."""
    command = [sys.executable, "-m", "extract.cli", "desk", str(out), "--port", "0", "--no-browser", *options]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        try:
            said = ""
            for line in process.stderr:
                said += line
                if found := ADDRESS.search(line):
                    yield found[0]
                    break
            else:
                raise AssertionError(f"the desk did not start: {said}")
        finally:
            process.terminate()


def launched(playwright: Playwright) -> Browser:
    """Debian's Chromium."""
    return playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(FLAGS))
