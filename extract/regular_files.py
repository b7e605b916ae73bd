"""Reading files that somebody named: never for ever, and never half of one state and half of another."""

import errno
import os
import stat
from pathlib import Path

from extract.messages import Message

PIECE = 1 << 20
TRIES = 3
"""So often is a file read that changes while it is read."""
_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


class NotRegularError(OSError):
    """A pipe, a device, or what stands for one: reading it might never end."""

    hint = Message("Save what comes out of it as a file, and name that.")

    def __init__(self) -> None:
        super().__init__(errno.EINVAL, Message("it is not a file but a pipe or a device"))


class ChangedError(OSError):
    """A file that somebody writes to, so that nobody can say what it holds."""

    hint = Message("Run it again when the file is complete.")

    def __init__(self) -> None:
        super().__init__(errno.EBUSY, Message("it is being changed by another program"))


def hint_about(error: Exception, otherwise: str) -> str:
    """What to do about a file that `read_regular` could not read; `otherwise` where it is an error of the system."""
    return error.hint if isinstance(error, NotRegularError | ChangedError) else otherwise


def read_regular(path: Path, most: int | None = None) -> bytes:
    """The content of a file, as it was at one moment.

    Args:
        path: of the file.
        most: read no more than so many bytes from its beginning; None for all.

    Raises:
        NotRegularError: reading it might never end.
        ChangedError: it changed each time while it was read.
        OSError: it cannot be read.
    """
    _refuse_what_is_no_file(path.stat())  # opening a device may do things
    for _ in range(TRIES):
        file = os.open(path, _FLAGS)
        try:
            before = os.fstat(file)
            _refuse_what_is_no_file(before)
            longest = max(before.st_size, PIECE) + 1  # files of /proc say that they are empty
            data = _read(file, longest if most is None else min(most, longest))
            after = os.fstat(file)
        finally:
            os.close(file)
        if _is_same(before, after) and len(data) < longest:
            return data
    raise ChangedError


def _is_same(before: os.stat_result, after: os.stat_result) -> bool:
    """Whether nobody has written to a file.

    A program can put back the time at which it was written, but not that of its last change of any kind (`ctime`).
    That it was replaced or removed counts as one, too, and leaves what it holds as it was.
    """
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        return False
    return before.st_ctime_ns == after.st_ctime_ns or before.st_nlink != after.st_nlink


def _refuse_what_is_no_file(about: os.stat_result) -> None:
    if stat.S_ISDIR(about.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not stat.S_ISREG(about.st_mode):
        raise NotRegularError


def _read(file: int, most: int) -> bytes:
    pieces: list[bytes] = []
    left = most
    while left > 0:
        try:
            piece = _piece(file, min(PIECE, left))
        except BlockingIOError:  # such as /proc/kmsg, which says that it is a file
            raise NotRegularError from None
        if not piece:
            break
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces)


def _piece(file: int, size: int) -> bytes:
    """What comes next; a function of its own, so that tests can let a file change just then."""
    return os.read(file, size)
