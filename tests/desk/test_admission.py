"""What is read of a request before it is known who sends it: nothing, or the little that a login needs."""

import asyncio
import json
from collections.abc import Iterator
from urllib.parse import quote

import anyio
import pytest
from starlette.testclient import TestClient

from extract.desk import api, pages
from extract.desk.accounts import tokens, users
from extract.desk.admission import Admitting
from extract.desk.app import create_app, desk_of
from extract.desk.bodies import OF_STRANGERS, REST_BYTES
from extract.desk.model import Role
from tests.desk.conftest import HERE
from tests.desk.test_access import CHANGING, PASSWORD, filled, flat, routes

OPEN = {
    ("POST", "/api/session"),
    ("DELETE", "/api/session"),
    ("POST", "/login"),
    ("POST", "/login/language"),
    ("POST", "/logout"),
}
KINDS = ("application/json", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded")


@pytest.fixture
def app(settings, store):
    """A desk with a user for each role."""
    for role in reversed(Role):
        users.add_user(store, role.value, PASSWORD, role)
    return create_app(settings, store)


@pytest.fixture
def team(app) -> Iterator[TestClient]:
    """Its programs."""
    with TestClient(app, base_url=HERE, raise_server_exceptions=False) as client:
        yield client


class Sender:
    """Sends a request, piece by piece, and keeps what is answered.

    Args:
        pieces: of the body; after the last one nothing comes any more, unless the sender hangs up.
    """

    def __init__(self, pieces: int, piece: bytes = b"x" * 1_000_000) -> None:
        self.left, self.piece = pieces, piece
        self.hangs_up = self.takes_all_threads = False
        self.before, self.sent = 0, 0
        self.status, self.answer, self.whole = 0, b"", False

    async def receive(self) -> dict:
        """The next piece."""
        if not self.left and self.hangs_up:
            return {"type": "http.disconnect"}
        if not self.left:
            await asyncio.sleep(3600)
        self.left -= 1
        self.sent += len(self.piece)
        self.before += 0 if self.status else len(self.piece)
        return {"type": "http.request", "body": self.piece, "more_body": True}

    async def send(self, message: dict) -> None:
        """A part of the answer."""
        self.status = message.get("status", self.status)
        self.answer += message.get("body", b"")
        self.whole |= message["type"] == "http.response.body" and not message.get("more_body", False)


def ask(app, method: str, path: str, sender: Sender, **headers: str) -> Sender:
    """Send a request to an application, as a server does."""
    sent = (
        {"host": "127.0.0.1:8750"}
        | ({"transfer-encoding": "chunked"} if sender.left else {})
        | {name.replace("_", "-"): value for name, value in headers.items()}
    )
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method, "scheme": "http",
        "path": path, "raw_path": quote(path).encode(), "query_string": b"", "root_path": "",
        "headers": [(name.encode(), value.encode()) for name, value in sent.items()],
        "client": ("127.0.0.2", 50_000), "server": ("127.0.0.1", 8750),
    }  # fmt: skip

    async def asked() -> None:
        limiter = anyio.to_thread.current_default_thread_limiter()
        for borrower in range(int(limiter.total_tokens) if sender.takes_all_threads else 0):
            await limiter.acquire_on_behalf_of(borrower)
        await asyncio.wait_for(app(scope, sender.receive, sender.send), 30)

    asyncio.run(asked())
    return sender


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_read_of_somebody_unknown(app, team: TestClient, kind: str) -> None:
    """On every route that changes something, pages and API."""
    changing = [one for one in routes(team) if one[0] in CHANGING and one not in OPEN]
    assert len(changing) > 18
    for method, path in changing:
        sender = ask(app, method, filled(path), Sender(50), content_type=kind)
        assert sender.status in {401, 403}, (method, path, sender.status)
        assert sender.before == 0, (method, path)
        assert sender.whole and sender.sent <= REST_BYTES + len(sender.piece)


def test_nothing_is_read_of_somebody_who_may_not(app, team: TestClient) -> None:
    """A viewer's gigabyte is no better than a stranger's, and neither is a token where it lends nothing."""
    desk = desk_of(app)
    viewer = tokens.add_token(desk.store, desk.secret, "viewer", "t", Role.VIEWER, days=None)
    refused = 0
    for method, path in routes(team):
        if (
            method not in CHANGING
            or (method, path) in OPEN
            or path in {"/api/preferences", "/settings/keys", "/settings/look"}
        ):
            continue
        sender = ask(
            app, method, filled(path), Sender(50), content_type=KINDS[0], authorization=f"Bearer {viewer}"
        )
        assert (sender.status, sender.before) == (403, 0), (method, path)
        refused += 1
    assert refused > 15


@pytest.mark.parametrize(("method", "path"), sorted(OPEN))
@pytest.mark.parametrize("kind", KINDS)
def test_of_a_login_no_more_is_read_than_a_login_has(app, method: str, path: str, kind: str) -> None:
    """Whatever its kind."""
    sender = ask(app, method, path, Sender(500, b"a" * 10_000), content_type=kind)
    assert sender.status in {413, 400} or sender.before == 0
    assert sender.before <= OF_STRANGERS + len(sender.piece)


def test_the_longest_login_fits(team: TestClient) -> None:
    """With every character escaped."""
    form = {"name": "马" * 200, "password": "马" * 1_000, "back": "/" + "马" * 3_000}
    assert team.post("/login", data=form, headers={"Origin": HERE}).status_code == 401
    body = json.dumps({"name": "马" * 200, "password": "马" * 1_000})
    assert (
        team.post("/api/session", content=body, headers={"Content-Type": "application/json"}).status_code
        == 401
    )


def test_a_body_where_none_is_expected_is_not_kept(app, caplog) -> None:
    """Of a page, of a file, of what is not there: it is answered as without one, and is no fault."""
    for path in ("/health", "/login", "/nowhere", "/static/desk.css", "/api/openapi.json"):
        assert ask(app, "GET", path, Sender(50)).status == ask(app, "GET", path, Sender(0)).status, path
    for method in ("BREW", "POST", "PUT"):
        sender = ask(app, method, "/nowhere", Sender(50))
        assert (sender.status, sender.before) == (404, 0), method
    assert not caplog.records


def test_every_route_that_changes_something_admits(app) -> None:
    """A route that forgets it is named here."""
    for of in (api.router, pages.router):
        for route in flat(of.routes):
            if CHANGING & set(route.methods):
                assert isinstance(route, Admitting), route.path


def test_the_health_is_told_while_all_threads_are_at_work(app) -> None:
    """Whatever they are at."""
    sender = Sender(0)
    sender.takes_all_threads = True
    assert ask(app, "GET", "/health", sender).status == 200


def test_who_goes_away_in_the_middle_of_a_login_is_no_fault(app, caplog) -> None:
    """Strangers do not fill the log."""
    sender = Sender(1, b"name=a")
    sender.hangs_up = True
    ask(app, "POST", "/login", sender, content_type=KINDS[2])
    assert not caplog.records


def test_what_a_request_says_of_itself_never_becomes_a_label(app, team: TestClient) -> None:
    """A label stays for good: neither methods, nor addresses, nor values in them."""
    desk = desk_of(app)
    for number in range(5):
        for path in (
            "/health",
            f"/nowhere/{number}",
            f"/api/jobs/{number:016x}",
            f"/api/reports/r{number}",
            f"/items/{number}",
        ):
            ask(app, f"BREW{number}", path, Sender(0))
            ask(app, "GET", path, Sender(0))
    ask(app, "GET", "/api/reports/reports", Sender(0))
    labels = {
        line.split("{", 1)[1].rsplit("}", 1)[0]
        for line in desk.metrics.text(desk.store).decode().splitlines()
        if line.startswith("desk_requests_total{")
    }
    routes_seen = {label.split('route="')[1].split('"')[0] for label in labels}
    assert routes_seen - {"/api/openapi.json"} == {
        "other", "/health", "/api/jobs/{job_id}", "/api/reports/{report_id}", "/items/{key}",
    }  # fmt: skip
    assert {label.split('method="')[1].split('"')[0] for label in labels} == {"GET", "other"}
