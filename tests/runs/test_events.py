"""The log: events, never text and never a key."""

import json
from pathlib import Path

import pytest

from extract.errors import SettingsError
from extract.runs.events import EventLog


def test_only_known_fields_get_into_the_log(tmp_path: Path) -> None:
    """Whoever hands in text by mistake does not get it logged."""
    with EventLog(tmp_path / "log", now=lambda: "t") as log:
        log("answered", chunk=3, text="全市生产总值5370.3亿元", messages=["…"], from_cache=True)
    line = {"at": "t", "event": "answered", "chunk": 3, "from_cache": True}
    assert json.loads((tmp_path / "log").read_text(encoding="utf-8")) == line


def test_a_key_is_struck_out_wherever_it_stands(tmp_path: Path) -> None:
    """Even in a field that may be logged."""
    with EventLog(tmp_path / "log", ("sk-secret",)) as log:
        log("run_began", model="model-sk-secret")
    assert "sk-secret" not in (tmp_path / "log").read_text(encoding="utf-8")


def test_an_event_is_one_line_whatever_is_in_it(tmp_path: Path) -> None:
    """Nothing steers a terminal, nothing forges a second event."""
    with EventLog(tmp_path / "log") as log:
        log("failed", code='x\n{"event":"forged"}\x1b[31m')
    lines = (tmp_path / "log").read_text(encoding="utf-8").splitlines()
    assert len(lines) == 1
    assert "\x1b" not in lines[0]


def test_a_log_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """Before anything is asked."""
    with pytest.raises(SettingsError, match=r"log .* cannot be written"):
        EventLog(tmp_path / "no" / "log")
