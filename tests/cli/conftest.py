"""Commands run in this process, as a user would run them."""

import io
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from extract.cli import main


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command gave."""

    code: int
    out: str
    err: str

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Standard output as JSON lines."""
        return [json.loads(line) for line in self.out.splitlines()]


Invoke = Callable[..., Ran]


@pytest.fixture
def invoke(capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch) -> Invoke:
    """Runs `extract ARGUMENTS`, with standard input where it is given."""

    def run(*arguments: object, stdin: bytes = b"") -> Ran:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        code = main([str(argument) for argument in arguments])
        out, err = capfdbinary.readouterr()
        return Ran(code, out.decode(), err.decode())

    return run


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, small_report: str) -> Path:
    """An empty working folder with one report in it, `r.txt`; no settings from outside."""
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "EXTRACT_JOBS", "EXTRACT_OUT", "EXTRACT_MAX_BYTES"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "r.txt").write_text(small_report, encoding="utf-8")
    return tmp_path
