"""Who is logged in, users, tokens, preferences."""

from functools import partial

from fastapi import APIRouter, Request, Response

from extract.desk import access
from extract.desk.access import Administrator, InPerson, TheDesk, Who
from extract.desk.accounts import preferences, tokens, users
from extract.desk.accounts.preferences import Preferences
from extract.desk.accounts.tokens import Token
from extract.desk.accounts.users import User
from extract.desk.admission import Admitting
from extract.desk.api.forms import LoginBody, Name, NewToken, TokenBody, UserBody, UserChange, problems
from extract.desk.model import Person

router = APIRouter(tags=["accounts"], responses=problems(), route_class=Admitting)


@router.get("/me")
def read_me(person: Who) -> Person:
    """Who you are here."""
    return person


@router.post("/session", responses=problems(429, 503))
async def log_in(body: LoginBody, request: Request, response: Response, at: TheDesk) -> Person:
    """Log in; the session comes as a cookie."""
    session = await access.log_in(request, at, body.name, body.password)
    access.set_login_cookies(request, response, at, session)
    return session.person


@router.delete("/session", status_code=204)
def log_out(request: Request, response: Response, at: TheDesk) -> None:
    """Log out."""
    access.log_out(request, at)
    access.clear_session_cookie(response)


@router.get("/preferences")
def read_preferences(at: TheDesk, person: Who) -> Preferences:
    """How you like the desk."""
    return preferences.preferences_of(at.store, person)


@router.put("/preferences")
def save_preferences(body: Preferences, at: TheDesk, person: Who) -> Preferences:
    """Remember how you like the desk."""
    preferences.save_preferences(at.store, person, body)
    return body


@router.get("/users")
def read_users(at: TheDesk, _: Administrator) -> tuple[User, ...]:
    """Every user."""
    return users.every_user(at.store)


@router.post("/users", status_code=201, responses=problems(503))
async def add_user(body: UserBody, at: TheDesk, _: Administrator) -> User:
    """Add a user. The first one ends work without a login."""
    return await at.hashing.run(partial(users.add_user, at.store, body.name, body.password, body.role))


@router.patch("/users/{name}", responses=problems(404, 503))
async def change_user(name: Name, body: UserChange, at: TheDesk, _: Administrator) -> User:
    """Change a user's role or password, or end their access. Each ends their logins and tokens."""
    change = partial(
        users.change_user, at.store, name, role=body.role, password=body.password, active=body.active
    )
    return await at.hashing.run(change)


@router.get("/tokens")
def read_tokens(at: TheDesk, person: Who) -> tuple[Token, ...]:
    """Your tokens."""
    return tokens.tokens_of(at.store, person.name)


@router.post("/tokens", status_code=201, responses=problems(404))
def add_token(body: TokenBody, request: Request, at: TheDesk, person: InPerson) -> NewToken:
    """Make a token for yourself, with your role or a lesser one; it is shown this once. Not by token."""
    token = tokens.add_token(
        at.store,
        at.secret,
        person.name,
        body.name,
        body.role,
        days=body.days,
        session=request.cookies.get(access.COOKIE, ""),
    )
    return NewToken(token=token)


@router.delete("/tokens/{name}", status_code=204, responses=problems(404))
def remove_token(name: Name, at: TheDesk, person: InPerson) -> None:
    """End one of your tokens. Not by token."""
    tokens.remove_token(at.store, person.name, name)
