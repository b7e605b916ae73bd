"""Logins under attack: many at once, guessers, passwords and roles that change; on a desk that really runs where that
matters.
"""

import re
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from extract.desk.accounts import passwords, sessions, tokens, users
from extract.desk.accounts.attempts import FREE_TRIES, OF_ADDRESS
from extract.desk.accounts.hashing import AT_ONCE
from extract.desk.addresses import proxies_in
from extract.desk.app import create_app
from extract.desk.model import Role
from extract.desk.settings import DeskSettings
from extract.desk.store import Store, default_url, open_store
from extract.errors import LoginError, NotLoggedInError
from tests.desk.conftest import HERE
from tests.desk.serving import Served, ask, log_in, served

PASSWORD = "seven grey herons"
NEW = "eight white herons"
SECRET = b"s" * 32


@pytest.fixture
def team(settings: DeskSettings, store: Store) -> Iterator[TestClient]:
    """A desk with two users; nobody is logged in, and no time passes between failures."""
    people(store)
    with TestClient(create_app(settings, store), base_url=HERE) as client:
        client.app.state.desk.attempts.clock = lambda: 1_000_000.0
        yield client


def people(store: Store) -> None:
    users.add_user(store, "ann", PASSWORD, Role.ADMINISTRATOR)
    users.add_user(store, "ben", PASSWORD, Role.REVIEWER)


@pytest.fixture
def running(results: Path) -> Iterator[Served]:
    """A desk with two users that really runs."""
    store = open_store(default_url(results))
    people(store)
    store.close()
    with served(results) as desk:
        yield desk


def tried(client: TestClient, name: str, password: str, **headers: str):
    return client.post(
        "/api/session", json={"name": name, "password": password}, headers={"Origin": HERE, **headers}
    )


def peak(pid: int) -> int:
    """The most memory that a process has held so far, in megabytes."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text(encoding="ascii"))
    assert found
    return int(found[1]) // 1_024


@pytest.mark.skipif(sys.platform != "linux", reason="the most memory held is read from /proc")
def test_sixty_logins_at_once_take_the_memory_of_a_few(running: Served) -> None:
    """Each is answered; the health of the desk meanwhile as well."""
    before = peak(running.pid)
    with ThreadPoolExecutor(70) as pool:
        logins = [pool.submit(log_in, running.port, f"nobody{n}", PASSWORD) for n in range(60)]
        healthy = [pool.submit(ask, running.port, "GET", "/health") for _ in range(10)]
    answers = Counter(one.result().status for one in logins)
    assert answers.keys() == {401, 429} and answers[401] >= OF_ADDRESS.at_once
    assert {one.result().status for one in healthy} == {200}
    assert peak(running.pid) - before < 300


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", "/api/session", {"name": "user{n}", "password": PASSWORD}),
        ("POST", "/api/session", {"name": "ann", "password": PASSWORD}),
        ("POST", "/login", {"name": "user{n}", "password": PASSWORD}),
        ("POST", "/api/users", {"name": "user{n}", "password": PASSWORD}),
        ("PATCH", "/api/users/ben", {"password": PASSWORD}),
    ],
)
def test_every_way_to_a_hash_goes_through_the_same_door(
    team: TestClient, monkeypatch, method: str, path: str, body: dict[str, str]
) -> None:
    """Never more than a few at a time, whoever asks."""
    tried(team, "ann", PASSWORD)
    running, most, lock = 0, 0, threading.Lock()

    def counted(real: Callable, *arguments: str):
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        try:
            return real(*arguments)
        finally:
            with lock:
                running -= 1

    passwords.nobody()
    monkeypatch.setattr(users, "hashed", partial(counted, users.hashed))
    monkeypatch.setattr(sessions, "fits", partial(counted, sessions.fits))

    def sent(n: int) -> int:
        filled = {name: value.format(n=n) for name, value in body.items()}
        how = {"data": filled} if path == "/login" else {"json": filled}
        return team.request(method, path, headers={"Origin": HERE}, follow_redirects=False, **how).status_code

    with ThreadPoolExecutor(12) as pool:
        answers = Counter(pool.map(sent, range(12)))
    assert 1 <= most <= 2, (most, answers)


def test_who_waits_too_long_in_line_is_told_when_to_come_again(team: TestClient) -> None:
    """Programs and people; it is no failure of theirs."""
    team.app.state.desk.hashing.waiting = -AT_ONCE
    answer = tried(team, "ann", PASSWORD)
    assert (answer.status_code, answer.json()["error"]["code"]) == (503, "busy")
    assert int(answer.headers["retry-after"]) >= 1
    page = team.post("/login", data={"name": "ann", "password": PASSWORD}, headers={"Origin": HERE})
    assert (page.status_code, "retry-after" in page.headers) == (503, True)
    team.app.state.desk.hashing.waiting = 10
    assert {tried(team, "ann", PASSWORD).status_code for _ in range(FREE_TRIES * 2)} == {200}


def test_wrong_passwords_are_tried_less_and_less_often_whatever_addresses_are_invented(
    running: Served,
) -> None:
    """From loopback, too, `X-Forwarded-For` is not believed unless that was asked for."""
    answers = []
    for n in range(25):
        invented = f"203.0.113.{n}"
        headers = [("X-Forwarded-For", invented), ("X-Real-IP", invented), ("Forwarded", f"for={invented}")]
        answers.append(log_in(running.port, "ben", f"wrong password {n}", headers))
    tries = [answer.status for answer in answers].count(401)
    assert FREE_TRIES <= tries < 10
    refused = [answer for answer in answers if answer.status == 429]
    assert all(1 <= int(answer.headers["retry-after"]) <= 64 for answer in refused)


def test_the_owner_gets_in_with_their_own_browser_while_somebody_guesses(team: TestClient) -> None:
    """At the same address, by page and by API; for other names, and for somebody without it, it is of no use."""
    tried(team, "ben", PASSWORD)
    device = {"Cookie": f"desk_device={team.cookies['desk_device']}"}
    team.cookies.clear()
    for n in range(25):
        tried(team, "ben", f"wrong password {n}")
        tried(team, "ann", f"wrong password {n}")
    assert tried(team, "ben", PASSWORD).status_code == 429
    assert tried(team, "ben", PASSWORD, **device).status_code == 200
    team.cookies.clear()
    form = {"name": "ben", "password": PASSWORD}
    page = team.post("/login", data=form, headers={"Origin": HERE, **device}, follow_redirects=False)
    assert page.status_code == 303
    team.cookies.clear()
    assert tried(team, "ann", PASSWORD, **device).status_code == 429
    guesses = Counter(tried(team, "ben", "wrong", **device).status_code for _ in range(20))
    assert guesses == {401: FREE_TRIES, 429: 20 - FREE_TRIES}


def test_the_cookie_of_a_known_browser_opens_nothing(team: TestClient) -> None:
    """It is no session; scripts do not see it."""
    answer = tried(team, "ben", PASSWORD)
    cookie = next(one for one in answer.headers.get_list("set-cookie") if one.startswith("desk_device="))
    assert "HttpOnly" in cookie and "SameSite=lax" in cookie
    known = team.cookies["desk_device"]
    team.cookies.clear()
    team.cookies["desk_device"] = known
    assert team.get("/api/me").status_code == 401
    assert tried(team, "ben", "wrong").status_code == 401


def test_a_login_page_says_how_long_to_wait(team: TestClient) -> None:
    """In the words of its reader."""
    form = {"name": "ben", "password": "wrong"}
    pages = [
        team.post("/login", data=form, headers={"Origin": HERE, "Accept-Language": "en"}) for _ in range(9)
    ]
    assert pages[-1].status_code == 429
    assert f"Try again in {pages[-1].headers['retry-after']} second" in pages[-1].text


def test_behind_a_believed_proxy_each_client_counts_for_itself(settings: DeskSettings, store: Store) -> None:
    """Also where clients write addresses of their own before those that the proxy adds."""
    people(store)
    behind = replace(settings, origin="https://desk.example.org", proxies=proxies_in("10.8.0.1"))
    site = "https://desk.example.org"
    with TestClient(create_app(behind, store), base_url=site, client=("10.8.0.1", 50_000)) as client:
        client.app.state.desk.attempts.clock = lambda: 1_000_000.0

        def guess(forwarded: str, password: str) -> int:
            return tried(client, "ben", password, Origin=site, **{"X-Forwarded-For": forwarded}).status_code

        answers = Counter(guess(f"203.0.113.{n}, 198.51.100.7", "wrong") for n in range(25))
        assert answers == {401: FREE_TRIES, 429: 25 - FREE_TRIES}
        assert guess("198.51.100.8", "wrong") == 401
        assert guess("198.51.100.8", PASSWORD) == 200


CHANGES = {
    "password": {"password": NEW},
    "role": {"role": Role.VIEWER},
    "a higher role": {"role": Role.ADMINISTRATOR},
    "end": {"active": False},
}


@pytest.mark.parametrize("change", CHANGES)
def test_no_login_and_no_token_outlives_a_change_of_its_user(team: TestClient, change: str) -> None:
    """A new password, another role, the end of access; wherever the token was made."""
    store, secret = team.app.state.desk.store, team.app.state.desk.secret
    at_the_command_line = tokens.add_token(store, secret, "ben", "nightly", Role.REVIEWER)
    tried(team, "ben", PASSWORD)
    session = team.cookies["desk_session"]
    in_the_browser = team.post("/api/tokens", json={"name": "own"}, headers={"Origin": HERE}).json()["token"]
    others = tokens.add_token(store, secret, "ann", "nightly", Role.VIEWER)
    team.cookies.clear()
    ways = [
        {"Authorization": f"Bearer {at_the_command_line}"},
        {"Authorization": f"Bearer {in_the_browser}"},
        {"Cookie": f"desk_session={session}"},
    ]
    assert [team.get("/api/me", headers=way).status_code for way in ways] == [200] * 3
    users.change_user(store, "ben", **CHANGES[change])
    assert [team.get("/api/me", headers=way).status_code for way in ways] == [401] * 3
    users.change_user(store, "ben", role=Role.REVIEWER, active=True)
    assert [team.get("/api/me", headers=way).status_code for way in ways] == [401] * 3
    assert team.get("/api/me", headers={"Authorization": f"Bearer {others}"}).status_code == 200


def test_what_changes_nothing_ends_nothing(team: TestClient) -> None:
    """The same role again."""
    tried(team, "ben", PASSWORD)
    users.change_user(team.app.state.desk.store, "ben", role=Role.REVIEWER)
    assert team.get("/api/me").status_code == 200


def test_a_new_user_inherits_nothing_from_a_namesake(team: TestClient) -> None:
    """Whose row somebody took out of the store by hand."""
    store, secret = team.app.state.desk.store, team.app.state.desk.secret
    token = tokens.add_token(store, secret, "ben", "nightly", Role.REVIEWER)
    tried(team, "ben", PASSWORD)
    with store.writing() as connection:
        connection.exec_driver_sql("DELETE FROM users WHERE name = 'ben'")
    assert team.get("/api/me").status_code == 401
    users.add_user(store, "ben", NEW, Role.REVIEWER)
    assert team.get("/api/me").status_code == 401
    assert team.get("/api/me", headers={"Authorization": f"Bearer {token}"}).status_code == 401


@pytest.mark.parametrize("change", CHANGES)
def test_a_login_that_was_under_way_does_not_outlive_the_change(
    any_store: Store, monkeypatch, change: str
) -> None:
    """The password was right when it was looked at; before the session is kept, it is looked at again."""
    people(any_store)

    def right_but_then_changed(kept: str, password: str) -> bool:
        users.change_user(any_store, "ben", **CHANGES[change])
        return passwords.fits(kept, password)

    monkeypatch.setattr(sessions, "fits", right_but_then_changed)
    come_in = partial(sessions.log_in, any_store, SECRET, "ben", PASSWORD, seconds=60.0)
    if "role" in change:
        assert come_in().person.role is CHANGES[change]["role"]
        return
    with pytest.raises(LoginError):
        come_in()


def test_a_token_that_was_asked_for_in_an_ended_session_is_not_made(any_store: Store) -> None:
    """A thief who keeps asking while the owner changes the password ends up with nothing."""
    people(any_store)
    session = sessions.log_in(any_store, SECRET, "ben", PASSWORD, seconds=60.0).token
    tokens.add_token(any_store, SECRET, "ben", "before", Role.VIEWER, session=session)
    users.change_user(any_store, "ben", password=NEW)
    with pytest.raises(NotLoggedInError):
        tokens.add_token(any_store, SECRET, "ben", "after", Role.VIEWER, session=session)
    assert tokens.tokens_of(any_store, "ben") == ()
