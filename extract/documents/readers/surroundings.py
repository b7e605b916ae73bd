"""What programs that read documents of strangers get to know of this machine: no keys, no settings."""

import os

_NEEDED = ("PATH", "HOME", "LANG", "LC_ALL", "LC_CTYPE", "TMPDIR", "SYSTEMROOT", "LD_LIBRARY_PATH")


def bare_environment(**more: str) -> dict[str, str]:
    """The environment variables that a program cannot do without, and some more."""
    return {name: os.environ[name] for name in _NEEDED if name in os.environ} | more
