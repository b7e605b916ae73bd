"""Files are read as they were at one moment, and nothing is read that may never end."""

import os
import sys
from pathlib import Path

import pytest

from extract import regular_files
from extract.regular_files import TRIES, ChangedError, NotRegularError, read_regular

posix = pytest.mark.skipif(sys.platform == "win32", reason="other systems have no such files")


def test_a_file_is_read_as_it_is(tmp_path: Path) -> None:
    """Whole, or as much of its beginning as was asked for."""
    path = tmp_path / "r.txt"
    path.write_bytes(b"0123456789")
    assert read_regular(path) == b"0123456789"
    assert read_regular(path, 4) == b"0123"


@posix
def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    """Nobody writes to it: reading it would never end."""
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    with pytest.raises(NotRegularError):
        read_regular(pipe)


@posix
@pytest.mark.parametrize("device", ["/dev/zero", "/dev/null", "/dev/tty"])
def test_a_device_is_refused(device: str) -> None:
    """One of them never ends, one holds nothing, and one waits for somebody to type."""
    if not Path(device).exists():
        pytest.skip(f"there is no {device} here")
    with pytest.raises((NotRegularError, OSError)) as caught:
        read_regular(Path(device))
    assert isinstance(caught.value, NotRegularError)


@posix
def test_what_only_says_that_it_is_a_file_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """/proc/kmsg has nothing to give yet: it is not waited for."""
    path = tmp_path / "kmsg"
    path.write_bytes(b"x")

    def nothing_yet(_file: int, _size: int) -> bytes:
        raise BlockingIOError

    monkeypatch.setattr(regular_files, "_piece", nothing_yet)
    with pytest.raises(NotRegularError):
        read_regular(path)


def test_a_folder_says_that_it_is_one(tmp_path: Path) -> None:
    """As opening it would."""
    with pytest.raises(IsADirectoryError):
        read_regular(tmp_path)


def test_a_file_that_changes_once_is_read_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What is given is one state of it, not half of each."""
    path = tmp_path / "r.txt"
    path.write_bytes(b"old" * 10)
    read_piece, changes = regular_files._piece, iter([b"new text"])

    def changing(file: int, size: int) -> bytes:
        if (text := next(changes, None)) is not None:
            path.write_bytes(text)
        return read_piece(file, size)

    monkeypatch.setattr(regular_files, "_piece", changing)
    assert read_regular(path) == b"new text"


def test_a_file_that_never_rests_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """After a few tries nobody can say what it holds."""
    path = tmp_path / "r.txt"
    path.write_bytes(b"x")
    read_piece, opened = regular_files._piece, []

    def growing(file: int, size: int) -> bytes:
        piece = read_piece(file, size)
        if not piece:
            opened.append(file)
            path.write_bytes(path.read_bytes() + b"x")
        return piece

    monkeypatch.setattr(regular_files, "_piece", growing)
    with pytest.raises(ChangedError):
        read_regular(path)
    assert len(opened) == TRIES
