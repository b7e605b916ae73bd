"""A desk that is a process of its own, against who asks slowly, half, or too much."""

import http.client
import json
import select
import signal
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from extract.desk.accounts import users
from extract.desk.model import Role
from extract.desk.store import default_url, open_store
from tests.desk.raw import PATIENCE, Served, has_ended, head, served

SHORT = (
    "import extract.desk.connections as c\n"
    "c.bounds_here = lambda: c.Bounds("
    "head_seconds=1.5, body_seconds=1.5, stalled_seconds=1.5, in_all=60, each_address=20)"
)
"""Bounds that a test can wait for."""
ELSEWHERE = "127.0.0.2" if sys.platform == "linux" else ""
PASSWORD = "a long enough one 马"


@pytest.fixture
def team_folder(results: Path) -> Path:
    """A folder of results with a user for each role."""
    store = open_store(default_url(results))
    for role in reversed(Role):
        users.add_user(store, role.value, PASSWORD, role)
    store.close()
    return results


@pytest.fixture
def hurried(team_folder: Path) -> Iterator[Served]:
    """A desk with users that waits for nobody."""
    with served(team_folder, code=SHORT) as at:
        yield at


def dripping(connection: socket.socket, piece: bytes) -> bool:
    """Whether a connection ends while pieces of a request go on coming."""
    connection.settimeout(0.05)
    for _ in range(PATIENCE * 20):
        try:
            connection.sendall(piece)
            if not connection.recv(65_536):
                return True
        except TimeoutError:
            continue
        except OSError:
            return True
    return False


@pytest.mark.parametrize("sent", [b"", b"GET /health HTTP/1.1\r\nHost: 127.0.0.1\r\n"])
def test_who_asks_nothing_or_half_is_not_waited_for(hurried: Served, sent: bytes) -> None:
    """The connection ends, and the desk answers the others."""
    with hurried.connect() as waiting:
        waiting.sendall(sent)
        assert has_ended(waiting)
    assert hurried.get("/health") == 200


def test_a_head_that_comes_line_by_line_is_not_waited_for(hurried: Served) -> None:
    """Also after a request that was whole."""
    with hurried.connect() as first, hurried.connect() as second:
        first.sendall(b"GET /health HTTP/1.1\r\n")
        second.sendall(head("GET", "/health", hurried) + b"GET /health HTTP/1.1\r\n")
        assert dripping(first, b"X-More: y\r\n")
        assert dripping(second, b"X-More: y\r\n")


def test_a_login_that_comes_byte_by_byte_is_not_waited_for(hurried: Served) -> None:
    """Nor one that stops in the middle."""
    asked = head("POST", "/api/session", hurried, Content_Type="application/json", Content_Length=60_000)
    with hurried.connect() as slow, hurried.connect() as silent:
        slow.sendall(asked)
        silent.sendall(asked + b'{"name":')
        assert dripping(slow, b" ")
        assert has_ended(silent)


@pytest.mark.skipif(not hasattr(select, "poll"), reason="no poll here")
def test_an_answer_that_nobody_takes_is_not_kept(hurried: Served) -> None:
    """So many of them that no buffer below us holds them all."""
    with hurried.connect(room=4_096) as greedy:
        greedy.settimeout(0)
        for _ in range(1_000):
            try:
                greedy.send(head("GET", "/static/htmx.min.js", hurried))
            except BlockingIOError:
                break
        watching = select.poll()
        watching.register(greedy, select.POLLHUP | select.POLLERR)
        assert watching.poll(PATIENCE * 1_000)
    assert hurried.get("/health") == 200


def test_one_address_does_not_fill_the_places_of_all(team_folder: Path) -> None:
    """Three times as many half-sent heads as there are places at all, and patience without end."""
    with served(team_folder, code=SHORT.replace("head_seconds=1.5", "head_seconds=9000")) as at:
        many = []
        for _ in range(180):
            one = at.connect(ours=ELSEWHERE)
            one.sendall(b"GET / HTTP/1.1\r\n")
            many.append(one)
        assert at.get("/health") == 200
        assert all(has_ended(one) for one in many[:100])
        for one in many:
            one.close()


def test_it_is_refused_before_a_gigabyte_of_it_is_sent(hurried: Served) -> None:
    """On the word of its head alone; and the connection ends, so that it is not sent after all."""
    for path in ("/api/reports", "/upload"):
        with hurried.connect() as sending:
            sending.sendall(
                head(
                    "POST",
                    path,
                    hurried,
                    Content_Type="multipart/form-data; boundary=x",
                    Content_Length=900_000_000,
                )
            )
            assert b" 401 " in sending.recv(65_536).split(b"\r\n")[0]
            assert dripping(sending, b"x" * 65_536)


def test_a_program_that_sends_all_of_it_first_still_sees_why_not(hurried: Served) -> None:
    """The connection is not closed under a body of a usual size."""
    asking = http.client.HTTPConnection(hurried.host, hurried.port, timeout=PATIENCE)
    for _ in range(3):
        asking.request(
            "POST", "/api/reports", b"x" * 1_500_000, {"Content-Type": "multipart/form-data; boundary=x"}
        )
        answer = asking.getresponse()
        assert answer.status == 401
        assert json.loads(answer.read())["error"]["code"]
    asking.close()


def test_who_waits_for_word_before_the_body_is_told_no_at_once(hurried: Served) -> None:
    """As curl does with a large file."""
    with hurried.connect() as sending:
        sending.sendall(
            head("POST", "/api/reports", hurried, Content_Length=900_000_000, Expect="100-continue")
        )
        answer = b""
        while piece := sending.recv(65_536):
            answer += piece
        assert answer.startswith(b"HTTP/1.1 401 ")
        assert b"100 Continue" not in answer


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_it_ends_in_good_order_whoever_is_connected(results: Path, number: signal.Signals) -> None:
    """Half a head, half a body, and an answer that nobody takes."""
    with served(results) as at, at.connect() as half, at.connect() as slow, at.connect(room=4_096) as greedy:
        half.sendall(b"GET / HTTP/1.1\r\n")
        slow.sendall(head("POST", "/api/sync", at, Content_Length=1_000) + b"x")
        greedy.settimeout(0)
        for _ in range(200):
            try:
                greedy.send(head("GET", "/static/htmx.min.js", at))
            except BlockingIOError:
                break
        assert at.get("/health") == 200
        at.process.send_signal(number)
        assert at.process.wait(PATIENCE) in {0, 130, -number}


def test_it_listens_on_ipv6(results: Path) -> None:
    """Where the machine has it; the address that is printed can be opened."""
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.bind(("::1", 0))
    except OSError:
        pytest.skip("this machine has no ::1")
    with served(results, "--host", "::1") as at:
        assert at.host == "::1"
        assert at.get("/health") == 200


def test_strangers_do_not_fill_the_log(team_folder: Path) -> None:
    """Whatever they send: what is no request, what is no form, an upgrade that there is not, a connection that ends."""
    nonsense = [
        b"\x16\x03\x01\x00\xff\r\n\r\n", b"GET / HTTP/1.1\r\n\r\n", b"GET /\x00 HTTP/1.1\r\nHost: a\r\n\r\n",
        b"POST /login HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 50\r\n\r\nname",
    ]  # fmt: skip
    with served(team_folder, code=SHORT) as at:
        form = {"Content_Type": "multipart/form-data; boundary=x", "Content_Length": 9}
        nonsense += [head("POST", "/login", at, **form) + b"aaaaaaaaa"]
        nonsense += [head("GET", "/health", at, Connection="upgrade", Upgrade="websocket")]
        for sent in nonsense:
            with at.connect() as one:
                one.sendall(sent)
                one.shutdown(socket.SHUT_WR)
                assert has_ended(one)
        at.process.send_signal(signal.SIGTERM)
        assert at.process.stderr
        said = at.process.stderr.read()
    assert len(said.splitlines()) <= 1, said
