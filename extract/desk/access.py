"""Who asks, and whether they may: the dependencies of all routes."""

from functools import partial
from typing import Annotated

from fastapi import Depends, Request, Response, Security
from fastapi.security import APIKeyCookie, HTTPBearer

from extract.desk.accounts import sessions, tokens, users
from extract.desk.accounts.attempts import Try
from extract.desk.accounts.devices import device_cookie, known_device
from extract.desk.accounts.sessions import Session
from extract.desk.addresses import client_address
from extract.desk.desk import Desk
from extract.desk.model import Person, Role
from extract.desk.trust import ADD_AN_ADMINISTRATOR, WITHOUT_USERS, Arrival
from extract.errors import ForbiddenError, NotLoggedInError
from extract.messages import Message

COOKIE = "desk_session"
DEVICE_COOKIE = "desk_device"
DEVICE_SECONDS = 365 * 86_400
BEARER = "bearer "


def desk(request: Request) -> Desk:
    """The desk that a request came to."""
    found: Desk = request.app.state.desk
    return found


TheDesk = Annotated[Desk, Depends(desk)]


# What a program may send, for the description of the API; what was sent is read and judged below.
TOKEN = HTTPBearer(
    scheme_name="token",
    description="Made by `extract desk token add`. On one's own machine, without users, nothing is needed.",
    auto_error=False,
)
SESSION = APIKeyCookie(
    name=COOKIE, scheme_name="session", description="Of a browser that has logged in.", auto_error=False
)


def person_or_none(
    request: Request,
    at: TheDesk,
    _bearer: Annotated[object, Security(TOKEN)],
    _session: Annotated[object, Security(SESSION)],
) -> Person | None:
    """Who asks: by token, by session, or as the only person of this machine."""
    if (lent := _token(request)) is not None:
        return tokens.person_of_token(at.store, at.secret, lent)
    if (local := at.local_person(arrival_of(request))) is not None:
        return local
    if token := request.cookies.get(COOKIE):
        return sessions.person_of_session(at.store, at.secret, token, seconds=at.settings.session_seconds)
    return None


def _token(request: Request) -> str | None:
    """The token that a request carries; None where it carries none."""
    header = request.headers.get("authorization", "")
    return header[len(BEARER) :].strip() if header.lower().startswith(BEARER) else None


Perhaps = Annotated[Person | None, Depends(person_or_none)]


def viewer(request: Request, at: TheDesk, person: Perhaps) -> Person:
    """Somebody who is known.

    Raises:
        NotLoggedInError: nobody is.
    """
    if person is None:
        raise not_logged_in(at, arrival_of(request))
    return person


def not_logged_in(at: Desk, arrival: Arrival) -> NotLoggedInError:
    """What is said to somebody who has to log in; where nobody can, what has to be done first."""
    reason = at.login_reason(arrival)
    if reason is None or users.count_users(at.store):
        return NotLoggedInError(Message("You are not logged in."))
    return NotLoggedInError(
        Message("The desk has no users. %(reason)s", reason=WITHOUT_USERS[reason]), hint=ADD_AN_ADMINISTRATOR
    )


Who = Annotated[Person, Depends(viewer)]


def reviewer(person: Who) -> Person:
    """Somebody who may decide.

    Raises:
        ForbiddenError: their role does not go so far.
    """
    return _at_least(person, Role.REVIEWER)


def administrator(person: Who) -> Person:
    """Somebody who may do everything.

    Raises:
        ForbiddenError: their role does not go so far.
    """
    return _at_least(person, Role.ADMINISTRATOR)


def in_person(request: Request, person: Who) -> Person:
    """Somebody who asks themselves, not by a token: a token lends a role, and must not make or end what lends more.

    Raises:
        ForbiddenError: a token asks.
    """
    if _token(request) is not None:
        raise ForbiddenError(
            Message("Tokens cannot be managed with a token."),
            hint=Message("Log in with your password, or use `extract desk token` on the server."),
        )
    return person


def _at_least(person: Person, role: Role) -> Person:
    if not person.role.covers(role):
        raise ForbiddenError(
            Message(
                "%(name)s has the role %(role)s; this needs the role %(needed)s.",
                name=person.name,
                role=person.role.value,
                needed=role.value,
            )
        )
    return person


Reviewer = Annotated[Person, Depends(reviewer)]
Administrator = Annotated[Person, Depends(administrator)]
InPerson = Annotated[Person, Depends(in_person)]


def arrival_of(request: Request) -> Arrival:
    """What the decision about a login needs of a request."""
    return Arrival(
        request.client.host if request.client else "",
        request.headers.get("host", ""),
        frozenset(request.headers.keys()),
        request.scope["http_version"],
    )


async def log_in(request: Request, at: Desk, name: str, password: str) -> Session:
    """Log a person in.

    Raises:
        LoginError: name and password do not fit.
        TooManyAttemptsError: there were too many failed logins lately.
        BusyError: too many people are logging in.
    """
    this = Try(name, _address(request, at), _known_device(request, at, name))
    at.hashing.refuse_if_full()
    at.attempts.begin(this)
    session = await at.hashing.run(
        partial(sessions.log_in, at.store, at.secret, name, password, seconds=at.settings.session_seconds)
    )
    at.attempts.went_well(this)
    return session


def _address(request: Request, at: Desk) -> str:
    """Where a request comes from, as far as proxies are believed."""
    peer = request.client.host if request.client else ""
    return client_address(peer, request.headers.getlist("x-forwarded-for"), at.settings.proxies)


def _known_device(request: Request, at: Desk, name: str) -> str:
    """The id of the browser, where the person has logged in with it before; else empty."""
    return known_device(at.secret, name, request.cookies.get(DEVICE_COOKIE, ""))


def log_out(request: Request, at: Desk) -> None:
    """End the session of a request, where it has one."""
    if token := request.cookies.get(COOKIE):
        sessions.log_out(at.store, at.secret, token)


def set_login_cookies(request: Request, response: Response, at: Desk, session: Session) -> None:
    """Give the browser its session, and what it is known by later: out of reach of scripts, for this desk alone."""
    name = session.person.name
    device = device_cookie(at.secret, name, _known_device(request, at, name))
    for cookie, value, seconds in (
        (COOKIE, session.token, int(at.settings.session_seconds)),
        (DEVICE_COOKIE, device, DEVICE_SECONDS),
    ):
        response.set_cookie(cookie, value, max_age=seconds, httponly=True, samesite="lax", path="/")


def clear_session_cookie(response: Response) -> None:
    """Take the session from the browser."""
    response.delete_cookie(COOKIE, path="/", httponly=True, samesite="lax")
