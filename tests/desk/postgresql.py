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


@contextmanager
def server(bin_folder: Path) -> Iterator[str]:
    """A server with an empty cluster.

    Args:
        bin_folder: with `initdb` and `pg_ctl`.

    Yields:
        The address of its database `postgres`; whoever may connect is the superuser.
    """
    base = Path(tempfile.mkdtemp(prefix="desk-postgresql-"))
    as_owner = {"user": OWNER, "group": OWNER} if os.geteuid() == 0 else {}  # it refuses to run as root
    if as_owner:
        shutil.chown(base, OWNER, OWNER)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    def call(program: str, *arguments: str) -> None:
        subprocess.run(
            [bin_folder / program, "-D", base / "data", *arguments],
            check=True, cwd=base, stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT, **as_owner,
        )  # fmt: skip

    call("initdb", "--auth=trust", "--username", OWNER, "--encoding=UTF8", "--no-sync")
    options = f"-h 127.0.0.1 -p {port} -k {base} -c max_connections=200"
    call("pg_ctl", "-w", "-l", str(base / "log"), "-o", options, "start")
    try:
        yield f"postgresql://{OWNER}@127.0.0.1:{port}/postgres"
    finally:
        call("pg_ctl", "-m", "immediate", "stop")
        shutil.rmtree(base, ignore_errors=True)
