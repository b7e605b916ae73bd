"""A desk as people start it: a process of its own that listens on a free port of loopback."""

import http.client
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil

ROOT = Path(__file__).parents[2]
SECRET = "fedcba9876543210fedcba9876543210"


@dataclass
class Served:
    """A desk that runs.

    Attributes:
        port: where it listens, on 127.0.0.1.
        pid: of its process.
        said: what it wrote on standard error until it ended.
    """

    port: int
    pid: int
    said: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: http.client.HTTPMessage
    text: str

    @property
    def cookies(self) -> str:
        """What a browser would send next time."""
        return "; ".join(one.partition(";")[0] for one in self.headers.get_all("set-cookie") or ())


@contextmanager
def served(results: Path, *options: str) -> Iterator[Served]:
    """A desk on a folder of results.

    Args:
        results: the folder.
        options: of `extract desk`.
    """
    with subprocess.Popen(
        [sys.executable, "-m", "extract.cli", "desk", str(results), "--port", "0", "--no-browser", *options],
        stderr=subprocess.PIPE, text=True, encoding="utf-8", cwd=results.parent,
        env={**os.environ, "PYTHONPATH": str(ROOT), "EXTRACT_DESK_SECRET": SECRET, "EXTRACT_LANG": "en"},
    ) as child:  # fmt: skip
        assert child.stderr
        said = []
        for line in child.stderr:
            said.append(line)
            if "Ctrl-C" in line:
                break
        else:
            raise AssertionError("".join(said))
        (port,) = {
            one.laddr.port for one in psutil.Process(child.pid).net_connections() if one.status == "LISTEN"
        }
        desk = Served(port, child.pid)
        try:
            yield desk
        finally:
            child.send_signal(signal.SIGINT)
            desk.said += child.stderr.read().splitlines()
            child.wait(30)


def ask(
    port: int, method: str, path: str, headers: Iterable[tuple[str, str]] = (), body: object = None
) -> Answer:
    """Send one request with exactly these headers, `Host` among them where it is not to be the usual one.

    Args:
        port: on 127.0.0.1.
        method: of HTTP.
        path: with its query.
        headers: in this order; bytes beyond Latin-1 are not possible here.
        body: sent as JSON.
    """
    sent = list(headers)
    data = b"" if body is None else json.dumps(body).encode()
    if body is not None:
        sent += [("Content-Type", "application/json"), ("Content-Length", str(len(data)))]
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        connection.putrequest(method, path, skip_host=any(name.lower() == "host" for name, _ in sent))
        for name, value in sent:
            connection.putheader(name, value)
        connection.endheaders(data)
        answer = connection.getresponse()
        return Answer(answer.status, answer.headers, answer.read().decode())


def log_in(port: int, name: str, password: str, headers: Iterable[tuple[str, str]] = ()) -> Answer:
    """Try a password."""
    return ask(port, "POST", "/api/session", headers, {"name": name, "password": password})
