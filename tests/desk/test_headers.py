"""What every request says of itself: anything may stand there, and none of it makes a fault."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from starlette import requests
from starlette.testclient import TestClient

from extract.desk.accounts import users
from extract.desk.app import create_app
from extract.desk.model import Role
from extract.desk.settings import DeskSettings
from extract.desk.store import Store
from extract.errors import SettingsError
from tests.desk import raw
from tests.desk.conftest import HERE
from tests.desk.serving import ask, served

PASSWORD = "two slow herons"
NOT_SITES = (
    "[",
    "]",
    "[]",
    "[::1",
    "[zz]",
    "a:b",
    "a:99999",
    "a:\u00b2",
    "a@b",
    "a b",
    "a\u00e9",
    "/",
    "?",
    "\u00b2",
    "[" * 5_000,
)
ODD = (
    *NOT_SITES, "", ",", ";", "=", "\u00ff", "\u00b2\u00b3", "9" * 6_000, "-1", "1e9", "http://[", "http://[::1", "null",
    "Bearer", "Bearer \u00ff", "Basic !", "en;q=\u00b2", "zh;q=9.9.9,*;q=", "bytes=9-1,\u00b2-", "bytes=", "gzip;q=x",
    "desk_session=\u00ff", "desk_device=\u00ff.\u00b2", "desk_notice=bulk.a.\u00b2", 'a="\\', "text/html;charset=\u00e9",
    "application/json; charset=nonsense", "multipart/form-data", "multipart/form-data; boundary=",
    "multipart/form-data; boundary=x; charset=nonsense", "application/x-www-form-urlencoded; charset=nonsense",
    "Thu, 99 Foo 99999 99:99:99 GMT",
)  # fmt: skip
NAMES = (
    "Host", "Origin", "Referer", "Authorization", "Cookie", "Accept", "Accept-Language", "Accept-Encoding", "Content-Type",
    "Content-Length", "Range", "If-Range", "If-None-Match", "If-Modified-Since", "Sec-Fetch-Site", "Idempotency-Key",
    "HX-Request", "HX-Current-URL", "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "Forwarded", "Via", "Expect",
)  # fmt: skip
ROUTES = (
    ("GET", "/queue"), ("GET", "/api/items"), ("GET", "/nowhere"), ("GET", "/login"), ("GET", "/static/desk.css"),
    ("GET", "//["), ("GET", "/%5B"), ("POST", "/api/session"), ("POST", "/login"), ("POST", "/login/language"),
    ("POST", "/upload"), ("POST", "/api/reports"), ("POST", "/settings/keys"), ("PUT", "/api/preferences"), ("POST", "/api/bulk"),
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_no_header_makes_a_fault(client: TestClient, name: str) -> None:
    """On pages, in the API, for files and forms."""
    for method, path in ROUTES:
        for value in ODD:
            sent = {name.encode(): value.encode("latin-1")}
            answer = client.request(
                method, f"{HERE}{path}", headers=sent, content=b"{}", follow_redirects=False
            )
            assert answer.status_code < 500, (method, path, name, value[:40])


def test_a_site_that_is_none_is_refused(client: TestClient) -> None:
    """As host and as origin, without a fault."""
    for value in NOT_SITES:
        raw = value.encode("latin-1")
        assert client.get("/api/items", headers={b"host": raw}).status_code == 403, value[:40]
        for origin in (raw, b"http://" + raw):
            answer = client.post("/api/bulk", headers={b"origin": origin}, json={})
            assert answer.status_code == 403, value[:40]


def test_two_hosts_or_two_origins_are_one_too_many(client: TestClient) -> None:
    """Else one part of a chain looks at the first and another at the second."""
    foreign = ("origin", "http://evil.example")
    for pair in ([("origin", HERE), foreign], [foreign, ("origin", HERE)]):
        assert client.post("/api/bulk", headers=pair, json={}).status_code == 403
    two = [("host", "127.0.0.1:8750"), ("host", "evil.example")]
    for pair in (two, two[::-1]):
        assert client.get("/api/items", headers=pair).status_code == 403


@pytest.mark.parametrize("path", ["/queue", "/login", "/static/desk.css", "/nowhere"])
def test_only_the_cookies_of_the_desk_are_read(client: TestClient, path: str, monkeypatch) -> None:
    """Some versions of Python need seconds to read one that is full of backslashes, and nobody is served meanwhile."""
    read: list[str] = []
    take_apart = requests.cookie_parser
    monkeypatch.setattr(requests, "cookie_parser", lambda text: read.append(text) or take_apart(text))
    full = '"' + "\\a" * 30_000 + '"'
    sent = [f"desk_language=en; other={full}", f"desk_session={full}", "desk_theme=dark;desk_x='; =;;"]
    answer = client.get(path, headers=[("cookie", text) for text in sent])
    assert answer.status_code < 500
    assert all(text == "desk_language=en; desk_theme=dark" for text in read)
    if path == "/queue":
        assert read
        assert answer.headers["content-language"] == "en"


def test_a_body_of_two_lengths_is_refused_with_its_connection(results: Path) -> None:
    """What follows may be the end of a body for the proxy before it, and a request of somebody else for the desk."""
    with raw.served(results) as desk, desk.connect() as connection:
        smuggled = raw.head("GET", "/health", desk)
        head = raw.head("POST", "/api/bulk", desk, Content_Length=4, Transfer_Encoding="chunked")
        connection.sendall(head + b"0\r\n\r\n" + smuggled)
        answers = b"".join(iter(lambda: connection.recv(65_536), b""))
        assert answers.startswith(b"HTTP/1.1 400")
        assert answers.count(b"HTTP/1.1") == 1


ORIGIN = "https://desk.example.org"


@pytest.fixture
def behind(settings: DeskSettings, store: Store) -> Iterator[TestClient]:
    """A desk behind a proxy that speaks TLS, which connects without."""
    users.add_user(store, "ann", PASSWORD, Role.ADMINISTRATOR)
    app = create_app(replace(settings, origin=ORIGIN), store)
    with TestClient(app, base_url="http://desk.example.org", follow_redirects=False) as client:
        yield client


def status_from(client: TestClient, origin: str) -> int:
    body = {"name": "ann", "password": PASSWORD}
    return client.post("/api/session", json=body, headers={"Origin": origin}).status_code


def test_the_scheme_of_an_origin_counts(behind: TestClient, client: TestClient) -> None:
    """A page of the same name without TLS is another website, which anybody on the way can write."""
    assert status_from(behind, ORIGIN) == 200
    assert status_from(behind, f"{ORIGIN}:443") == 200
    for foreign in (
        "http://desk.example.org",
        "http://desk.example.org:443",
        f"{ORIGIN}:8443",
        "https://desk.example",
    ):
        assert status_from(behind, foreign) == 403, foreign
    body = {"name": "ann", "password": PASSWORD}
    for origin in ("https://127.0.0.1:8750", "http://127.0.0.1"):
        assert client.post("/api/session", json=body, headers={"Origin": origin}).status_code == 403


def test_the_origin_says_the_scheme_whatever_headers_say(behind: TestClient) -> None:
    """Cookies are for TLS alone, and redirects stay on it."""
    body = {"name": "ann", "password": PASSWORD}
    for claimed in ("http", "https", "ws", "\u00b2"):
        headers = {b"origin": ORIGIN.encode(), b"x-forwarded-proto": claimed.encode("latin-1")}
        answer = behind.post("/api/session", json=body, headers=headers)
        assert all("Secure" in cookie for cookie in answer.headers.get_list("set-cookie"))
        there = behind.get("/queue/", headers={b"x-forwarded-proto": claimed.encode("latin-1")})
        assert not there.headers.get("location", "").startswith("http:")


def test_each_cookie_behind_tls_is_for_tls_alone(behind: TestClient, client: TestClient) -> None:
    """That of the login, of the language, of what was done, and those that are taken back; once each."""
    said = {"name": "ann", "password": PASSWORD}
    for asked, secure, origin in ((behind, 1, ORIGIN), (client, 0, HERE)):
        headers = {"origin": origin}
        answers = [
            asked.post("/login/language", data={"language": "en"}, headers=headers, follow_redirects=False),
            asked.post("/login", data=said, headers=headers, follow_redirects=False),
            asked.post("/logout", headers=headers, follow_redirects=False),
        ]
        for answer in answers:
            cookies = answer.headers.get_list("set-cookie")
            assert cookies
            for cookie in cookies:
                assert cookie.count("Secure") == secure, cookie
                assert "HttpOnly" in cookie
                assert "samesite=" in cookie.lower()


def test_the_port_of_the_scheme_may_be_named(behind: TestClient) -> None:
    """Some proxies write it; no other does."""
    for host, status in (
        ("desk.example.org:443", 200),
        ("DESK.example.org", 200),
        ("desk.example.org:80", 403),
        ("127.0.0.1", 403),
    ):
        assert behind.get("/health", headers={"Host": host}).status_code == status, host


@pytest.mark.parametrize(
    "origin",
    [
        "https://[",
        "https://",
        "desk.example.org",
        "ftp://a",
        "https://a/b",
        "https://a?b",
        "https://u@a",
        "https://a:x",
    ],
)
def test_an_origin_that_is_none_is_refused_at_the_start(settings: DeskSettings, origin: str) -> None:
    """With an example of one."""
    with pytest.raises(SettingsError, match=r"https://desk\.example\.org"):
        replace(settings, origin=origin)


def test_a_real_desk_meets_no_fault(results: Path) -> None:
    """With a server before it that reads headers by itself."""
    with served(results) as desk:
        for name in NAMES:
            for value in ODD:
                if name not in {"Content-Length", "Expect"}:  # these are the server's own
                    for path in ("/queue", "//["):
                        assert ask(desk.port, "GET", path, [(name, value)]).status < 500, (name, value[:40])
        for host in ("[", "a:\u00b2"):
            assert ask(desk.port, "GET", "/queue", [("Host", host)]).status in {400, 403}
        assert ask(desk.port, "POST", "/api/bulk", [("Origin", "http://[")], {}).status == 403
    assert not [line for line in desk.said if "Traceback" in line or "fault" in line]
