"""Files are read as they were at one moment, and nothing is read that may never end."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from extract import regular_files
from extract.regular_files import PIECE, TRIES, ChangedError, NotRegularError, read_regular

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


OLD, NEW = b"o" * (2 * PIECE), b"n" * (2 * PIECE)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file of two pieces."""
    made = tmp_path / "r.txt"
    made.write_bytes(OLD)
    return made


@pytest.fixture
def before_each_piece(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[int], object]], None]:
    """Lets something happen before each piece is read; it is told how many were read before."""
    read = regular_files._piece

    def let(happen: Callable[[int], object]) -> None:
        count = 0

        def piece(file: int, size: int) -> bytes:
            nonlocal count
            happen(count)
            count += 1
            return read(file, size)

        monkeypatch.setattr(regular_files, "_piece", piece)

    return let


def overwrite(path: Path) -> None:
    """Write as much in the same place, and say that it was written when it was written before."""
    before = path.stat()
    with path.open("r+b") as file:
        file.write(NEW)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def replace(path: Path) -> None:
    """Put another file in its place."""
    other = path.with_name("other")
    other.write_bytes(NEW)
    other.replace(path)


CHANGES: dict[str, tuple[Callable[[Path], object], bytes]] = {
    "overwritten": (overwrite, NEW),
    "cut": (lambda path: os.truncate(path, 5), OLD[:5]),
    "emptied": (lambda path: os.truncate(path, 0), b""),
    "replaced": (replace, OLD),
    "removed": (Path.unlink, OLD),
}


@pytest.mark.skipif(os.name != "posix", reason="elsewhere files that are read cannot be replaced")
@pytest.mark.parametrize("change", CHANGES)
def test_a_file_that_changes_is_read_as_it_was_or_as_it_is(
    path: Path, before_each_piece: Callable[[Callable[[int], object]], None], change: str
) -> None:
    """Never half of each, whatever its time says."""
    make, content = CHANGES[change]
    before_each_piece(lambda count: make(path) if count == 1 else None)
    assert read_regular(path) == content


def test_reading_a_file_that_grows_without_end_ends(
    path: Path, before_each_piece: Callable[[Callable[[int], object]], None]
) -> None:
    """However fast it grows, no more of it is read than there was, and it is given up."""
    pieces: list[int] = []

    def grow(count: int) -> None:
        pieces.append(count)
        assert count < 100, "it is read for ever"
        os.truncate(path, path.stat().st_size + 2 * PIECE)

    before_each_piece(grow)
    with pytest.raises(ChangedError):
        read_regular(path)
    assert len(pieces) < 20 * TRIES


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="there is no /proc")
def test_a_file_that_says_it_is_empty_and_is_not_is_read() -> None:
    """As those of /proc."""
    assert b"Name:" in read_regular(Path("/proc/self/status"))
