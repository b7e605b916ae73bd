"""Who may do what; from where; and what every answer carries."""

import re
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from extract.desk.accounts import sessions, tokens, users
from extract.desk.app import create_app
from extract.desk.model import Role
from extract.desk.pages import router as page_routes
from extract.desk.settings import DeskSettings, refuse_unsafe
from extract.desk.store import Store
from extract.errors import AccountError, SettingsError
from tests.desk.conftest import HERE, NOW

PASSWORD = "correct horse 马"
CHANGING = {"POST", "PUT", "PATCH", "DELETE"}
ADMINISTRATORS_ONLY = {
    ("POST", "/api/sync"),
    ("GET", "/api/users"),
    ("POST", "/api/users"),
    ("PATCH", "/api/users/{name}"),
}
VIEWERS_TOO = {
    ("POST", "/api/session"), ("DELETE", "/api/session"), ("PUT", "/api/preferences"), ("POST", "/api/tokens"),
    ("DELETE", "/api/tokens/{name}"),
}  # fmt: skip


@pytest.fixture
def team(settings: DeskSettings, store: Store) -> Iterator[TestClient]:
    """A desk with a user for each role; nobody is logged in."""
    for role in reversed(Role):
        users.add_user(store, role.value, PASSWORD, role)
    with TestClient(create_app(settings, store), base_url=HERE, raise_server_exceptions=False) as client:
        yield client


def log_in(client: TestClient, name: str, password: str = PASSWORD) -> int:
    return client.post(
        "/api/session", json={"name": name, "password": password}, headers={"Origin": HERE}
    ).status_code


def routes(client: TestClient) -> list[tuple[str, str]]:
    """Every route of the application, pages and API."""
    paths = client.get("/api/openapi.json").json()["paths"]
    api = [(method.upper(), path) for path, methods in paths.items() for method in methods]
    pages = [(method, route.path) for route in flat(page_routes.routes) for method in route.methods]
    return sorted({*api, *pages})


def flat(of) -> list:
    """The routes of a router with those of the routers in it."""
    found = []
    for route in of:
        inner = getattr(route, "original_router", None)
        found += flat(inner.routes) if inner else [route]
    return found


def filled(path: str) -> str:
    return (
        re.sub(r"\{(batch|job_id)\}", "0" * 16, re.sub(r"\{key\}", "0" * 18, path))
        .replace("{", "")
        .replace("}", "")
    )


FOREIGN = [
    {"Origin": "http://evil.example"}, {"Origin": "null"}, {"Origin": "http://127.0.0.1:9999"},
    {"Origin": "http://127.0.0.1.evil.example:8750"}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"},
]  # fmt: skip


def test_a_post_from_another_site_is_refused_on_every_route(client: TestClient) -> None:
    """Whatever the browser says of where it comes from."""
    changing = [(method, path) for method, path in routes(client) if method in CHANGING]
    assert len(changing) > 20
    assert any(not path.startswith("/api") for _, path in changing)
    for method, path in changing:
        for headers in FOREIGN:
            answer = client.request(method, filled(path), headers=headers)
            assert answer.status_code == 403, (method, path, headers)


def test_a_session_alone_changes_nothing_without_a_known_origin(team: TestClient) -> None:
    """A browser that says nothing of where a request comes from is not believed; a program has a token."""
    assert log_in(team, "reviewer") == 200
    assert team.post("/api/tokens", json={"name": "x"}).status_code == 403
    assert team.post("/api/tokens", json={"name": "x"}, headers={"Origin": HERE}).status_code == 201


def test_on_loopback_no_other_name_leads_here(client: TestClient) -> None:
    """A name that is turned to 127.0.0.1 later (DNS rebinding) gets nothing."""
    for host in ("evil.example", "127.0.0.1.evil.example", ""):
        assert client.get("/api/items", headers={"Host": host}).status_code == 403
    for host in ("localhost:8750", "127.0.0.1", "[::1]:8750"):
        assert client.get("/api/items", headers={"Host": host}).status_code == 200


def test_without_users_one_person_of_this_machine_needs_no_login(client: TestClient) -> None:
    """Until there is a user."""
    assert client.get("/api/me").json() == {"name": "local", "role": "administrator", "local": True}
    body = {"name": "li", "password": PASSWORD, "role": "administrator"}
    assert client.post("/api/users", json=body).status_code == 201
    assert client.get("/api/me").status_code == 401


def test_who_is_not_logged_in_gets_nothing_but_health_and_the_login(team: TestClient) -> None:
    """On every route of the API, and pages lead to the login."""
    for method, path in routes(team):
        answer = team.request(method, filled(path), follow_redirects=False)
        if path in {"/health", "/api/openapi.json"} or path.startswith(("/login", "/static", "/api/session")):
            continue
        if path.startswith(("/api", "/metrics")):
            assert answer.status_code in {401, 422}, (method, path, answer.text)
            assert method in CHANGING or answer.status_code == 401, (method, path)
        else:
            assert answer.status_code in {303, 401, 405, 422}, (method, path, answer.status_code)


@pytest.mark.parametrize("role", [Role.VIEWER, Role.REVIEWER])
def test_a_role_ends_where_the_next_one_begins(team: TestClient, role: Role) -> None:
    """Viewers change nothing but what is their own; reviewers do not manage users."""
    assert log_in(team, role.value) == 200
    refused = 0
    for method, path in routes(team):
        if not path.startswith("/api") or (method, path) == ("DELETE", "/api/session"):
            continue
        needs_more = (method, path) in ADMINISTRATORS_ONLY or (
            role is Role.VIEWER and method in CHANGING and (method, path) not in VIEWERS_TOO
        )
        if needs_more:
            answer = team.request(method, filled(path), headers={"Origin": HERE}, json={})
            refused += answer.status_code == 403
            assert answer.status_code in {403, 422}, (method, path)
    assert refused >= len(ADMINISTRATORS_ONLY) - 2


def test_a_viewer_s_decision_is_refused_and_an_administrator_s_route_is_closed_to_a_reviewer(
    team: TestClient,
) -> None:
    """With bodies that are right but for who sends them."""
    log_in(team, "viewer")
    key = team.get("/api/items").json()["rows"][0]["key"]
    body = {"verdict": "approve", "version": 1}
    assert team.post(f"/api/items/{key}/decisions", json=body, headers={"Origin": HERE}).status_code == 403
    log_in(team, "reviewer")
    user = {"name": "eve", "password": PASSWORD, "role": "administrator"}
    assert team.post("/api/users", json=user, headers={"Origin": HERE}).status_code == 403
    assert team.post(f"/api/items/{key}/decisions", json=body, headers={"Origin": HERE}).status_code == 200


def test_passwords_are_kept_as_argon2_and_sessions_as_keyed_hashes(team: TestClient) -> None:
    """Who reads the store reads neither."""
    log_in(team, "reviewer")
    cookie = team.cookies["desk_session"]
    store = team.app.state.desk.store
    with store.reading() as connection:
        hashed = connection.exec_driver_sql("SELECT password FROM users").scalars().all()
        sessions = connection.exec_driver_sql("SELECT token FROM sessions").scalars().all()
    assert all(one.startswith("$argon2id$") for one in hashed)
    assert cookie not in sessions


def test_logging_out_a_new_password_and_the_end_of_access_end_sessions(team: TestClient) -> None:
    """At once."""
    store = team.app.state.desk.store
    log_in(team, "reviewer")
    cookie = team.cookies["desk_session"]
    team.delete("/api/session", headers={"Origin": HERE})
    assert team.get("/api/me", headers={"Cookie": f"desk_session={cookie}"}).status_code == 401
    log_in(team, "reviewer")
    users.change_user(store, "reviewer", password="another one 123")
    assert team.get("/api/me").status_code == 401
    assert log_in(team, "reviewer", "another one 123") == 200
    users.change_user(store, "reviewer", active=False)
    assert team.get("/api/me").status_code == 401
    assert log_in(team, "reviewer", "another one 123") == 401


def test_a_token_lends_a_role_until_it_ends(team: TestClient) -> None:
    """Never more than its user has; shown once; refused once it is taken back."""
    store, secret = team.app.state.desk.store, team.app.state.desk.secret
    token = tokens.add_token(store, secret, "administrator", "ci", Role.VIEWER)
    bearer = {"Authorization": f"Bearer {token}"}
    assert team.get("/api/me", headers=bearer).json()["role"] == "viewer"
    assert team.get("/api/users", headers=bearer).status_code == 403
    with pytest.raises(AccountError):
        tokens.add_token(store, secret, "viewer", "more", Role.ADMINISTRATOR)
    tokens.remove_token(store, "administrator", "ci")
    assert team.get("/api/me", headers=bearer).status_code == 401
    short = tokens.add_token(store, secret, "reviewer", "day", Role.VIEWER, days=1, now=0.0)
    assert tokens.person_of_token(store, secret, short, now=86_399.0)
    assert tokens.person_of_token(store, secret, short, now=86_401.0) is None


HOUR, DAY = 3_600.0, 86_400.0


@pytest.mark.parametrize(("ahead", "lives"), [(0.0, True), (HOUR, True), (DAY, False), (365 * DAY, False)])
def test_a_login_does_not_last_longer_because_the_clock_was_wrong(
    team: TestClient, ahead: float, *, lives: bool
) -> None:
    """One from before it was put back by a second or an hour goes on."""
    store, secret = team.app.state.desk.store, team.app.state.desk.secret
    lasts = 14 * HOUR
    opened = sessions.log_in(store, secret, "viewer", PASSWORD, seconds=lasts, now=NOW + ahead)
    found = sessions.person_of_session(store, secret, opened.token, seconds=lasts, now=NOW)
    assert (found is not None) is lives


@pytest.mark.parametrize(
    ("ahead", "days", "lives"),
    [(HOUR, 1, True), (DAY, 30, True), (365 * DAY, 1, False), (365 * DAY, None, True)],
)
def test_a_token_does_not_last_longer_because_the_clock_was_wrong(
    team: TestClient, ahead: float, days: int | None, *, lives: bool
) -> None:
    """One without an end is good whenever it was made."""
    store, secret = team.app.state.desk.store, team.app.state.desk.secret
    made = tokens.add_token(store, secret, "viewer", "ci", Role.VIEWER, days=days, now=NOW + ahead)
    assert (tokens.person_of_token(store, secret, made, now=NOW) is not None) is lives


def test_a_token_makes_and_ends_no_tokens(team: TestClient) -> None:
    """Else one that lends little would lend all that its user has; in a session it is done as before."""
    store, secret = team.app.state.desk.store, team.app.state.desk.secret
    token = tokens.add_token(store, secret, "administrator", "ci", Role.VIEWER)
    for scheme in ("Bearer", "bearer"):
        bearer = {"Authorization": f"{scheme} {token}"}
        for role in Role:
            wish = {"name": f"more-{role.value}", "role": role.value}
            assert team.post("/api/tokens", json=wish, headers=bearer).status_code == 403
        assert team.delete("/api/tokens/ci", headers=bearer).status_code == 403
    log_in(team, "administrator")
    wish = {"name": "mine", "role": "administrator"}
    assert team.post("/api/tokens", json=wish, headers={"Origin": HERE}).status_code == 201
    assert team.delete("/api/tokens/ci", headers={"Origin": HERE}).status_code == 204
    assert [one.name for one in tokens.tokens_of(store, "administrator")] == ["mine"]


def test_the_first_user_and_the_last_administrator(store: Store) -> None:
    """Nobody is locked out of their own desk."""
    with pytest.raises(AccountError):
        users.add_user(store, "li", PASSWORD, Role.REVIEWER)
    users.add_user(store, "li", PASSWORD, Role.ADMINISTRATOR)
    for changes in ({"role": Role.VIEWER}, {"active": False}):
        with pytest.raises(AccountError):
            users.change_user(store, "li", **changes)
    with pytest.raises(AccountError):
        users.add_user(store, "LI", PASSWORD, Role.VIEWER)
    for name in ("", "a b", "../x", "<b>"):
        with pytest.raises(AccountError):
            users.add_user(store, name, PASSWORD, Role.VIEWER)
    with pytest.raises(AccountError):
        users.add_user(store, "wang", "short", Role.VIEWER)


def test_a_desk_for_others_needs_users_and_a_secret(settings: DeskSettings) -> None:
    """Or it refuses to start."""
    from dataclasses import replace

    for host in ("0.0.0.0", "::", "192.168.1.5", "desk.example.org"):
        open_to_all = replace(settings, host=host)
        with pytest.raises(SettingsError):
            refuse_unsafe(open_to_all, users=0)
        with pytest.raises(SettingsError):
            refuse_unsafe(replace(open_to_all, secret="short"), users=1)
        refuse_unsafe(replace(open_to_all, secret="x" * 32), users=1)
    for host in ("127.0.0.1", "localhost", "::1", "127.8.8.8"):
        refuse_unsafe(replace(settings, host=host), users=0)


def test_every_answer_carries_a_strict_policy(client: TestClient) -> None:
    """Pages, JSON, errors, files."""
    for path in ("/queue", "/api/items", "/api/items/none", "/nowhere", "/static/desk.css", "/health"):
        headers = client.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"


def test_a_body_beyond_the_limit_is_refused_whatever_its_header_says(client: TestClient) -> None:
    """With a length, and sent in pieces without one."""
    assert client.post("/api/bulk", content=b" " * 2_000_001).status_code == 413
    pieces = (b" " * 100_000 for _ in range(30))
    assert client.post("/api/bulk", content=pieces).status_code == 413
