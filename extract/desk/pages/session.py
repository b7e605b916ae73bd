"""Logging in and out."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response

from extract.desk import access
from extract.desk.access import TheDesk
from extract.desk.accounts.users import count_users
from extract.desk.admission import Admitting
from extract.desk.pages.settings import remember
from extract.desk.pages.shell import go, local_path, shell_of, show
from extract.desk.refusals import retry_headers
from extract.errors import BusyError, LoginError, TooManyAttemptsError

router = APIRouter(route_class=Admitting)


@dataclass(frozen=True, slots=True)
class LoginPage:
    """The login.

    Attributes:
        name: as entered.
        back: where to go then.
        failure: `login`, `attempts` or `busy` where it did not work; empty before the first try.
        seconds: until the next try, where there were too many.
        nobody: there are no users, so that nobody can log in.
    """

    template: ClassVar[str] = "login.html"
    name: str = ""
    back: str = "/queue"
    failure: str = ""
    seconds: int = 0
    nobody: bool = False


FAILURES = {LoginError: "login", TooManyAttemptsError: "attempts", BusyError: "busy"}


@router.get("/login")
def login(request: Request, desk: TheDesk, next: str = "") -> Response:  # noqa: A002 - it is called so in the address
    """Ask for name and password."""
    return show(shell_of(request), LoginPage(back=local_path(next), nobody=not count_users(desk.store)))


@router.post("/login")
async def log_in(
    request: Request,
    desk: TheDesk,
    name: Annotated[str, Form(max_length=200)] = "",
    password: Annotated[str, Form(max_length=1_000)] = "",
    back: Annotated[str, Form(max_length=4_000)] = "",
) -> Response:
    """Open a session."""
    try:
        session = await access.log_in(request, desk, name, password)
    except (LoginError, TooManyAttemptsError, BusyError) as error:
        page = LoginPage(name, local_path(back), FAILURES[type(error)], error.retry_after or 0)
        refused = show(shell_of(request), page, status=error.status)
        refused.headers.update(retry_headers(error))
        return refused
    answer = go(local_path(back))
    access.set_login_cookies(request, answer, desk, session)
    return answer


@router.post("/login/language")
def language(
    language: Annotated[str, Form(max_length=8)], back: Annotated[str, Form(max_length=4_000)] = ""
) -> Response:
    """Change the language before the login."""
    target = local_path(back)
    answer = go(target)
    remember(answer, language, "")
    return answer


@router.post("/logout")
def log_out(request: Request, desk: TheDesk) -> Response:
    """End the session."""
    access.log_out(request, desk)
    answer = go("/login")
    access.clear_session_cookie(answer)
    return answer
