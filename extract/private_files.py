"""Files that only their owner may read: what holds passwords, texts, answers and costs.

They are made so, without a moment in which they are not. Windows keeps what is in a person's folder from others by
itself and knows no such modes; there all of this does nothing.
"""

import errno
import os
import stat
import sys
from contextlib import suppress
from pathlib import Path

FILE, FOLDER = 0o600, 0o700
OF_OTHERS, WRITES_OF_OTHERS = 0o077, 0o022


def open_private(path: str, flags: int) -> int:
    """For `open(…, opener=open_private)`: a file that has to be made is made for its owner alone.

    Raises:
        OSError: as `os.open`; a link to nothing is not followed.
    """
    while True:
        with suppress(FileNotFoundError):
            return os.open(path, flags & ~os.O_CREAT)
        with suppress(FileExistsError):  # another process may make it at this moment
            return os.open(path, flags | os.O_CREAT | os.O_EXCL, FILE)
        refuse_dangling(Path(path))


def refuse_dangling(path: Path) -> None:
    """Refuse a link to nothing: whoever set it wants a file made somewhere else.

    Raises:
        OSError: it is one.
    """
    if path.is_symlink() and not path.exists():
        raise OSError(errno.ELOOP, "it is a link to a place where there is nothing", str(path))


def make_file(path: Path) -> None:
    """See that a file is there; errors as in `open_private`."""
    os.close(open_private(str(path), os.O_RDONLY))


def make_folder(path: Path) -> None:
    """See that a folder is there; one that has to be made is for its owner alone, those above it are as usual.

    Raises:
        OSError: it cannot be made, or something else is in its place.
    """
    refuse_dangling(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.mkdir(FOLDER, exist_ok=True)


def is_ours(found: os.stat_result) -> bool:
    """Whether a file belongs to the account that runs this program."""
    if sys.platform == "win32" or not hasattr(os, "geteuid"):
        return True
    return found.st_uid == os.geteuid()


def is_open_to(path: Path, others: int) -> bool:
    """Whether others may do with a file what these bits say; false where there are no such modes."""
    if sys.platform == "win32" or not hasattr(os, "geteuid"):
        return False
    return bool(stat.S_IMODE(path.stat().st_mode) & others)


def tighten(path: Path) -> bool:
    """Take from others what they may do with a file or folder, where it is ours.

    Returns:
        Whether it is for its owner alone now.
    """
    if not is_open_to(path, OF_OTHERS):
        return True
    if not is_ours(path.stat()):
        return False
    with suppress(OSError):  # some disks know no modes
        path.chmod(stat.S_IMODE(path.stat().st_mode) & ~OF_OTHERS)
    return not is_open_to(path, OF_OTHERS)
