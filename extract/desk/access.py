"""Who asks, and whether they may: the dependencies of all routes."""

from typing import Annotated

from fastapi import Depends, Request, Response, Security
from fastapi.security import APIKeyCookie, HTTPBearer

from extract.desk.accounts import sessions, tokens
from extract.desk.accounts.sessions import Session
from extract.desk.desk import Desk
from extract.desk.model import Person, Role
from extract.errors import ForbiddenError, NotLoggedInError
from extract.messages import Message

COOKIE = "desk_session"
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
    if (local := at.local_person()) is not None:
        return local
    if token := request.cookies.get(COOKIE):
        return sessions.person_of_session(at.store, at.secret, token)
    return None


def _token(request: Request) -> str | None:
    """The token that a request carries; None where it carries none."""
    header = request.headers.get("authorization", "")
    return header[len(BEARER) :].strip() if header.lower().startswith(BEARER) else None


Perhaps = Annotated[Person | None, Depends(person_or_none)]


def viewer(person: Perhaps) -> Person:
    """Somebody who is known.

    Raises:
        NotLoggedInError: nobody is.
    """
    if person is None:
        raise NotLoggedInError(Message("You are not logged in."))
    return person


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


def client_address(request: Request) -> str:
    """Where a request came from."""
    return request.client.host if request.client else ""


def log_in(request: Request, at: Desk, name: str, password: str) -> Session:
    """Log a person in; errors as in `extract.desk.accounts.sessions.log_in`."""
    return sessions.log_in(
        at.store,
        at.secret,
        at.attempts,
        name,
        password,
        address=client_address(request),
        seconds=at.settings.session_seconds,
    )


def log_out(request: Request, at: Desk) -> None:
    """End the session of a request, where it has one."""
    if token := request.cookies.get(COOKIE):
        sessions.log_out(at.store, at.secret, token)


def set_session_cookie(request: Request, response: Response, at: Desk, session: Session) -> None:
    """Give the browser its session: out of reach of scripts, and sent to this desk alone."""
    response.set_cookie(
        COOKIE,
        session.token,
        max_age=int(at.settings.session_seconds),
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https" or at.settings.origin.startswith("https:"),
        path="/",
    )


def clear_session_cookie(response: Response) -> None:
    """Take the session from the browser."""
    response.delete_cookie(COOKIE, path="/", httponly=True, samesite="lax")
