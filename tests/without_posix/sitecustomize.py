"""Read by every interpreter that finds this folder on its path: the machine looks as Windows does.

What only POSIX has is not there for this project and its libraries. Python's own modules keep it, for they are others
on Windows, and so does psutil.
"""

import builtins
import os
import shutil
import signal
import sysconfig
from importlib import import_module
from types import ModuleType

MODULES = frozenset({"fcntl", "resource", "pwd", "grp", "termios", "tty", "pty", "syslog", "crypt"})
OF_OS = (
    "fork killpg pread pwrite fchmod fchown chown geteuid getuid getegid getgid getpgid setsid sched_getaffinity "
    "mkfifo nice getpriority wait3 wait4 sysconf O_NOFOLLOW O_DIRECTORY O_NONBLOCK O_SYNC"
)
OF_SIGNAL = (
    "setitimer getitimer pthread_sigmask alarm pause SIGALRM SIGPROF SIGVTALRM SIGXCPU SIGXFSZ SIGHUP SIGUSR1"
)
STDLIB = sysconfig.get_path("stdlib")

_import = builtins.__import__


def _keeps(caller: str) -> bool:
    """Whether a file may see what only POSIX has."""
    return caller.startswith(STDLIB) and "site-packages" not in caller


def _as_windows(name, globals=None, locals=None, fromlist=(), level=0):  # noqa: A002
    if level == 0 and name in MODULES and not _keeps((globals or {}).get("__file__") or "<main>"):
        raise ModuleNotFoundError(f"No module named {name!r}", name=name)
    return _import(name, globals, locals, fromlist, level)


def _without(module: ModuleType, names: str) -> None:
    for name in names.split():
        if hasattr(module, name):
            delattr(module, name)


for taker in ("asyncio", "subprocess", "tempfile", "psutil"):  # they take what they need before it goes
    import_module(taker)

if hasattr(os, "process_cpu_count"):  # from Python 3.13 on; it asks for what goes below
    os.process_cpu_count = os.cpu_count
shutil._use_fd_functions = False  # as it finds out for itself on Windows

builtins.__import__ = _as_windows
_without(os, OF_OS)
_without(signal, OF_SIGNAL)
