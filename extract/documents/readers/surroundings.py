"""How programs that read documents of strangers are started and ended; they get to know no keys and no settings."""

import os
import subprocess
import sys
from contextlib import suppress

_NEEDED = ("PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TMPDIR", "LD_LIBRARY_PATH")
_NEEDED_ON_WINDOWS = (
    "SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "COMSPEC", "PATHEXT", "TEMP", "TMP",
    "USERPROFILE", "APPDATA", "LOCALAPPDATA", "PROGRAMDATA",
)  # fmt: skip

WITHOUT_WINDOW: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)
"""For `creationflags`: on Windows no window opens, and a Ctrl-C does not reach the program."""


def bare_environment(**more: str) -> dict[str, str]:
    """The environment variables that a program cannot do without, and some more."""
    return {name: os.environ[name] for name in (*_NEEDED, *_NEEDED_ON_WINDOWS) if name in os.environ} | more


def end_with_children(process: "subprocess.Popen[bytes]") -> None:
    """End a program, and all that it has started where it was given a session of its own."""
    with suppress(OSError):
        if sys.platform == "win32" or not hasattr(os, "killpg"):
            _end_tree(process.pid)
        else:
            import signal

            os.killpg(process.pid, signal.SIGKILL)
    process.kill()
    process.wait()


def _end_tree(pid: int) -> None:
    import psutil

    with suppress(psutil.Error):
        for child in psutil.Process(pid).children(recursive=True):
            with suppress(psutil.Error):
                child.kill()
