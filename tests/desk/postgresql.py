"""A PostgreSQL of Debian's packages on loopback, for as long as the tests run."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PROGRAMS = Path("/usr/lib/postgresql")
OWNER = "postgres"


def programs() -> Path | None:
    """The folder of the server's programs; None where it is not installed."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    return next((path for path in sorted(PROGRAMS.glob("*/bin"), reverse=True)), None)


class Server:
    """A server with an empty cluster, which can be stopped and started again.

    Args:
        bin_folder: with `initdb` and `pg_ctl`.
        base: a folder for the cluster and the log.

    Attributes:
        url: the address of its database `postgres`; whoever may connect is the superuser.
    """

    def __init__(self, bin_folder: Path, base: Path) -> None:
        self._bin_folder, self._base = bin_folder, base
        self._owner = (
            {"user": OWNER, "group": OWNER} if os.geteuid() == 0 else {}
        )  # it refuses to run as root
        if self._owner:
            shutil.chown(base, OWNER, OWNER)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        self.url = f"postgresql://{OWNER}@127.0.0.1:{self._port}/postgres"
        self._call("initdb", "--auth=trust", "--username", OWNER, "--encoding=UTF8", "--no-sync")

    def start(self) -> None:
        """Until it answers."""
        options = f"-h 127.0.0.1 -p {self._port} -k {self._base} -c max_connections=200"
        self._call("pg_ctl", "-w", "-l", str(self._base / "log"), "-o", options, "start")

    def stop(self) -> None:
        """At once, as a machine that loses its power."""
        self._call("pg_ctl", "-m", "immediate", "stop")

    def _call(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [self._bin_folder / program, "-D", self._base / "data", *arguments],
            check=True, cwd=self._base, stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT, **self._owner,
        )  # fmt: skip


@contextmanager
def restartable(bin_folder: Path) -> Iterator[Server]:
    """A server that runs, for as long as the block lasts.

    Args:
        bin_folder: with `initdb` and `pg_ctl`.
    """
    base = Path(tempfile.mkdtemp(prefix="desk-postgresql-"))
    made = Server(bin_folder, base)
    made.start()
    try:
        yield made
    finally:
        made.stop()
        shutil.rmtree(base, ignore_errors=True)


@contextmanager
def server(bin_folder: Path) -> Iterator[str]:
    """The address of a server that runs, for as long as the block lasts.

    Args:
        bin_folder: with `initdb` and `pg_ctl`.
    """
    with restartable(bin_folder) as made:
        yield made.url
