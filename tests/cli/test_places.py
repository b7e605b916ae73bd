"""Places that are no ordinary file or folder."""

import os
import threading

import pytest

from tests.cli.conftest import Invoke


def test_an_empty_out_is_refused(invoke: Invoke, examples, tmp_path, monkeypatch) -> None:
    """An unset shell variable does not write into the present folder."""
    monkeypatch.chdir(tmp_path)
    ran = invoke("run", str(examples), "--out", "")
    assert ran.code == 2
    assert "--out is empty" in ran.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["export", "show", "eval"])
def test_a_folder_without_results_is_said_to_be_one(invoke: Invoke, examples, command: str) -> None:
    """It does not look like results that are empty."""
    gold = ("--gold", "tests/gold") if command == "eval" else ()
    ran = invoke(command, str(examples), *gold)
    assert ran.code == 2
    assert "There are no results in" in ran.err


def test_a_pipe_among_the_sources_is_passed_over(invoke: Invoke, small_report: str, tmp_path) -> None:
    """Nothing waits for somebody to write into it."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.txt").write_text(small_report, encoding="utf-8")
    os.mkfifo(folder / "b.txt")
    assert invoke("run", str(folder), "--out", str(tmp_path / "out"), "-q").code == 0
    named = invoke("run", str(folder / "b.txt"), "--out", str(tmp_path / "out"), "-q")
    assert named.code == 1
    assert "is not a file but a pipe" in named.err


def test_a_table_is_written_into_a_pipe_and_through_a_link(
    invoke: Invoke, small_report: str, tmp_path
) -> None:
    """Neither is replaced by a file."""
    (tmp_path / "a.txt").write_text(small_report, encoding="utf-8")
    out = tmp_path / "out"
    invoke("run", str(tmp_path / "a.txt"), "--out", str(out), "-q")
    target, link, pipe = tmp_path / "target.jsonl", tmp_path / "link.jsonl", tmp_path / "pipe"
    target.touch()
    link.symlink_to(target)
    assert invoke("export", str(out), "--output", str(link)).code == 0
    assert link.is_symlink()
    os.mkfifo(pipe)
    read: list[str] = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_text(encoding="utf-8")))
    reader.start()
    assert invoke("export", str(out), "--output", str(pipe)).code == 0
    reader.join()
    assert pipe.is_fifo()
    assert read[0] == target.read_text(encoding="utf-8") != ""
