"""Requests byte by byte, as no library would send them, to a desk that is a process of its own."""

import http.client
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).parents[2]
ADDRESS = re.compile(r"http://(\[[0-9a-f:]+\]|[0-9.]+):(\d+)")
PATIENCE = 60
"""Seconds after which a test gives up; none depends on how many of them pass."""


@dataclass(frozen=True, slots=True)
class Served:
    """A desk that answers.

    Attributes:
        process: it.
        host: where it listens.
        port: the same.
    """

    process: subprocess.Popen[str]
    host: str
    port: int

    def connect(self, *, ours: str = "", room: int = 0) -> socket.socket:
        """A connection from an address of ours, with so many bytes of room for answers."""
        family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
        made = socket.socket(family, socket.SOCK_STREAM)
        made.settimeout(PATIENCE)
        if room:
            made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, room)
        if ours:
            made.bind((ours, 0))
        made.connect((self.host, self.port))
        return made

    def get(self, path: str) -> int:
        """The status of an answer."""
        asking = http.client.HTTPConnection(self.host, self.port, timeout=PATIENCE)
        try:
            asking.request("GET", path)
            return asking.getresponse().status
        finally:
            asking.close()


@contextmanager
def served(out: Path, *options: str, code: str = "") -> Iterator[Served]:
    """`extract desk OUT` on a free port, with `code` run in it before, ended at the end."""
    command = [
        sys.executable,
        "-c",
        f"{code}\nfrom extract.cli import main\nimport sys\nsys.exit(main(sys.argv[1:]))",
    ]
    command += ["desk", str(out), "--port", "0", "--no-browser", *options]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        said = ""
        try:
            for line in process.stderr:
                said += line
                if found := ADDRESS.search(line):
                    yield Served(process, urlsplit(found[0]).hostname or "", int(found[2]))
                    break
            else:
                raise AssertionError(f"the desk did not start: {said}")
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
                process.wait(PATIENCE)


def has_ended(connection: socket.socket) -> bool:
    """Whether the other side ends a connection, waiting for it as long as it takes; what it says is taken."""
    try:
        while connection.recv(65_536):
            pass
    except ConnectionError:
        return True
    except TimeoutError:
        return False
    return True


def head(method: str, path: str, served: Served, **headers: object) -> bytes:
    """The head of a request."""
    host = f"[{served.host}]" if ":" in served.host else served.host
    lines = [f"{method} {path} HTTP/1.1", f"Host: {host}:{served.port}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode()
