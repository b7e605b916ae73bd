"""Who needs no login: the table of cases; when a desk starts; and each request to one that runs."""

from dataclasses import replace
from itertools import product
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from extract.desk.accounts import users
from extract.desk.app import create_app
from extract.desk.model import Role
from extract.desk.settings import DeskSettings, refuse_unsafe
from extract.desk.store import Store
from extract.desk.trust import WITHOUT_USERS, Arrival, Entrance, LoginReason, login_reason, was_forwarded
from extract.errors import SettingsError
from tests.desk import raw
from tests.desk.conftest import HERE
from tests.desk.serving import ask, served

PASSWORD = "nine brown foxes"
NOBODY, SOMEBODY = False, True
HOME = Entrance("127.0.0.1")
BROWSER = Arrival("127.0.0.1", "127.0.0.1:8750", frozenset({"host", "user-agent", "accept", "cookie"}))
FORWARDING_HEADERS = (
    "Forwarded", "Via", "X-Real-IP", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Port",
    "X-Forwarded-Server", "X-Forwarded-Prefix", "X-Forwarded", "X_Forwarded_For", "True-Client-IP", "CF-Connecting-IP",
    "CDN-Loop", "X-Original-URL", "X-Envoy-External-Address", "X-Client-IP", "X-Amzn-Trace-Id",
    "X-Real-Port", "X-Proxy-Host", "X-NginX-Proxy", "X-Azure-FDID", "X-Vercel-Id", "Fly-Forwarded-Port", "X-Varnish",
    "Tailscale-User-Login", "Front-End-Https",
)  # fmt: skip

STARTS = [
    (Entrance("127.0.0.1"), None),
    (Entrance("127.9.9.9"), None),
    (Entrance("localhost"), None),
    (Entrance("LOCALHOST."), None),
    (Entrance("::1"), None),
    (Entrance("::ffff:127.0.0.1"), None),
    (Entrance(""), LoginReason.BIND_ADDRESS),
    (Entrance("0.0.0.0"), LoginReason.BIND_ADDRESS),
    (Entrance("::"), LoginReason.BIND_ADDRESS),
    (Entrance("::ffff:0.0.0.0"), LoginReason.BIND_ADDRESS),
    (Entrance("10.3.2.1"), LoginReason.BIND_ADDRESS),
    (Entrance("::ffff:10.3.2.1"), LoginReason.BIND_ADDRESS),
    (Entrance("fe80::1"), LoginReason.BIND_ADDRESS),
    (Entrance("localhost.lan"), LoginReason.BIND_ADDRESS),
    (Entrance("127.0.0.1.example"), LoginReason.BIND_ADDRESS),
    (Entrance("127.1"), LoginReason.BIND_ADDRESS),
    (Entrance("desk.example.org"), LoginReason.BIND_ADDRESS),
    (Entrance("127.0.0.1", "https://desk.example.org"), LoginReason.ORIGIN),
    (Entrance("::1", "http://127.0.0.1:8750"), LoginReason.ORIGIN),
    (Entrance("0.0.0.0", "https://desk.example.org"), LoginReason.BIND_ADDRESS),
    (Entrance("127.0.0.1", believes_proxies=True), LoginReason.PROXY),
]
REQUESTS = [
    (BROWSER, None),
    (replace(BROWSER, peer="127.0.0.2"), None),
    (replace(BROWSER, peer="::1"), None),
    (replace(BROWSER, peer="::ffff:127.0.0.1"), None),
    (replace(BROWSER, peer=""), LoginReason.PEER),
    (replace(BROWSER, peer="10.3.2.1"), LoginReason.PEER),
    (replace(BROWSER, peer="::ffff:10.3.2.1"), LoginReason.PEER),
    (replace(BROWSER, peer="fe80::7"), LoginReason.PEER),
    (replace(BROWSER, http_version="1.0"), LoginReason.FORWARDED),
    (replace(BROWSER, host="localhost"), None),
    (replace(BROWSER, host="localhost.:8750"), None),
    (replace(BROWSER, host="[::1]:8750"), None),
    (replace(BROWSER, host="[::ffff:127.0.0.1]:8750"), None),
    (replace(BROWSER, host="127.3.3.3:80"), None),
    (replace(BROWSER, host=""), LoginReason.HOST),
    (replace(BROWSER, host="["), LoginReason.HOST),
    (replace(BROWSER, host="rebound.example:8750"), LoginReason.HOST),
    (replace(BROWSER, host="127.0.0.1.rebound.example"), LoginReason.HOST),
    (replace(BROWSER, host="localhost.rebound.example"), LoginReason.HOST),
    (replace(BROWSER, host="127.0.0.1@rebound.example"), LoginReason.HOST),
    (replace(BROWSER, host="127.0.0.1, rebound.example"), LoginReason.HOST),
    (replace(BROWSER, host="10.3.2.1:8750"), LoginReason.HOST),
    (replace(BROWSER, host="[::ffff:10.3.2.1]"), LoginReason.HOST),
    *(
        (replace(BROWSER, header_names=frozenset({"host", name})), LoginReason.FORWARDED)
        for name in FORWARDING_HEADERS
    ),
]


@pytest.mark.parametrize(("entrance", "expected"), STARTS)
def test_how_a_desk_is_reached_says_whether_it_may_be_open(
    entrance: Entrance, expected: LoginReason | None
) -> None:
    """What is so when it starts is so for each request as well, however innocent that looks."""
    assert login_reason(entrance, None, has_users=NOBODY) is expected
    assert login_reason(entrance, BROWSER, has_users=NOBODY) is expected


@pytest.mark.parametrize(("arrival", "expected"), REQUESTS)
def test_a_request_to_an_open_desk_has_to_come_from_this_machine(
    arrival: Arrival, expected: LoginReason | None
) -> None:
    """By its connection, by the name that it calls the desk by, and without the traces of a proxy."""
    assert login_reason(HOME, arrival, has_users=NOBODY) is expected


def test_where_there_are_users_everybody_logs_in() -> None:
    """From wherever they come, to whichever desk."""
    arrivals = (None, *(arrival for arrival, _ in REQUESTS))
    for entrance, arrival in product((entrance for entrance, _ in STARTS), arrivals):
        assert login_reason(entrance, arrival, has_users=SOMEBODY) is LoginReason.USERS


def test_what_browsers_send_is_no_trace_of_a_proxy() -> None:
    """Or nobody could work without a login."""
    usual = (
        "Host", "Connection", "Cache-Control", "Upgrade-Insecure-Requests", "User-Agent", "Accept", "Sec-Fetch-Site",
        "Sec-Fetch-Mode", "Sec-Fetch-Dest", "Sec-CH-UA", "Accept-Encoding", "Accept-Language", "Cookie", "Origin",
        "Referer", "Content-Length", "Content-Type", "Range", "If-None-Match", "DNT", "HX-Request", "HX-Current-URL",
        "Authorization", "Idempotency-Key", "X-Requested-With", "Priority", "TE",
    )  # fmt: skip
    assert not was_forwarded(usual)


def test_a_proxy_that_was_told_nothing_opens_no_desk(results: Path) -> None:
    """It puts its own address for the host, adds no header, and speaks HTTP/1.0 (nginx with `proxy_pass` alone)."""
    with raw.served(results) as desk:
        for version, status in ((b"1.0", b"401"), (b"1.1", b"200")):
            with desk.connect() as connection:
                sent = raw.head("GET", "/api/me", desk, Connection="close").replace(
                    b"HTTP/1.1", b"HTTP/" + version
                )
                connection.sendall(sent)
                answer = b"".join(iter(lambda: connection.recv(65_536), b""))
                assert answer.split()[1] == status


def test_every_reason_has_its_words() -> None:
    """For who cannot log in, because nobody can."""
    assert set(WITHOUT_USERS) == set(LoginReason)


@pytest.mark.parametrize("entrance", [entrance for entrance, expected in STARTS if expected])
def test_a_desk_that_others_can_reach_does_not_start_without_users(
    settings: DeskSettings, entrance: Entrance
) -> None:
    """The same function decides."""
    from ipaddress import ip_network

    proxies = (ip_network("127.0.0.1"),) if entrance.believes_proxies else ()
    asked = replace(
        settings, host=entrance.bind_address, origin=entrance.origin, proxies=proxies, secret="s" * 32
    )
    with pytest.raises(SettingsError) as refused:
        refuse_unsafe(asked, users=0)
    assert "extract desk user add" in refused.value.hint
    refuse_unsafe(asked, users=1)


def seen(client: TestClient, **headers: str) -> int:
    return client.get(
        "/api/me", headers={name.replace("_", "-"): value for name, value in headers.items()}
    ).status_code


def test_behind_a_proxy_nobody_is_the_local_administrator(settings: DeskSettings, store: Store) -> None:
    """However it was started; and nobody makes the first user from outside."""
    behind = replace(settings, origin="https://desk.example.org")
    with TestClient(create_app(behind, store), base_url="https://desk.example.org") as client:
        assert seen(client) == 401
        first = {"name": "eve", "password": PASSWORD, "role": "administrator"}
        assert client.post("/api/users", json=first).status_code == 401
        assert client.post("/api/reports", files={"files": ("a.txt", b"a")}).status_code == 401
        assert client.get("/queue").url.path == "/login"
        assert "user add" in client.get("/login").text
    assert users.count_users(store) == 0


@pytest.mark.parametrize("name", FORWARDING_HEADERS)
def test_a_proxy_that_nobody_spoke_of_is_seen_by_its_headers(client: TestClient, name: str) -> None:
    """The desk was started for one person; a request through a proxy is not theirs, and is told what to do."""
    assert seen(client) == 200
    answer = client.get("/api/me", headers={name: "198.51.100.7"})
    assert answer.status_code == 401
    assert "came through a proxy" in answer.json()["error"]["message"]
    assert "user add" in answer.json()["error"]["hint"]
    user = {"name": "eve", "password": PASSWORD, "role": "administrator"}
    assert client.post("/api/users", json=user, headers={name: "198.51.100.7"}).status_code == 401


def test_a_connection_from_another_machine_is_not_the_local_person(
    settings: DeskSettings, store: Store
) -> None:
    """Should the system ever hand one on."""
    for peer in ("198.51.100.7", "::ffff:198.51.100.7"):
        with TestClient(create_app(settings, store), base_url=HERE, client=(peer, 50_000)) as client:
            assert seen(client) == 401


def test_a_desk_whose_users_vanish_while_it_runs_stays_closed(settings: DeskSettings, store: Store) -> None:
    """Whether they were there at its start or came later; deleted, or out of use."""
    users.add_user(store, "ann", PASSWORD, Role.ADMINISTRATOR)
    with TestClient(create_app(settings, store), base_url=HERE) as client:
        with store.writing() as connection:
            connection.exec_driver_sql("DELETE FROM users")
        assert seen(client) == 401
        assert "were removed" in client.get("/api/me").json()["error"]["message"]
    with TestClient(create_app(settings, store), base_url=HERE) as client:
        assert seen(client) == 200
        users.add_user(store, "ann", PASSWORD, Role.ADMINISTRATOR)
        assert seen(client) == 401
        with store.writing() as connection:
            connection.exec_driver_sql("UPDATE users SET active = false")
        assert seen(client) == 401


def test_a_real_desk_is_open_to_its_machine_and_closed_to_a_proxy(results: Path) -> None:
    """The same connection, from loopback, with and without a trace; and under a name that was bent to loopback."""
    with served(results) as desk:
        assert ask(desk.port, "GET", "/api/me").status == 200
        assert ask(desk.port, "GET", "/api/me", [("Host", "localhost")]).status == 200
        for name in FORWARDING_HEADERS:
            assert ask(desk.port, "GET", "/api/me", [(name, "127.0.0.1")]).status == 401, name
        assert ask(desk.port, "GET", "/api/me", [("Host", "rebound.example")]).status == 403
        assert ask(
            desk.port, "GET", "/api/me", [("Host", "127.0.0.1"), ("Host", "rebound.example")]
        ).status in {400, 403}
    assert not [line for line in desk.said if "Traceback" in line]
