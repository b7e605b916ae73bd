"""What a reader sees when something could not be done: what it was, and what to do next."""

from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import quote

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from extract.desk.pages.language import Language, marked
from extract.desk.pages.shell import shell_of, show
from extract.desk.problems import without_paths
from extract.desk.refusals import retry_headers
from extract.errors import ExtractError, NotLoggedInError

SENTENCES = {
    400: (
        marked("This address is not valid."),
        marked("Go back to the queue and choose the filter there."),
    ),
    401: (
        marked("Please log in."),
        marked("Your session has ended. What you entered is still on the previous page."),
    ),
    403: (marked("You do not have permission to do this."), marked("Ask an administrator for another role.")),
    404: (
        marked("There is no such page."),
        marked("A later run may have replaced it; go back to the queue."),
    ),
    405: (marked("This page cannot be opened in this way."), marked("Go back to the queue.")),
    409: (marked("Someone else was faster."), marked("Reload the page, compare, and decide again.")),
    413: (marked("The upload is too large."), marked("Send fewer or smaller files.")),
    422: (marked("Some of the input is not valid."), marked("Go back, and correct what was entered.")),
    429: (marked("Too many attempts."), marked("Wait a few minutes, then try again.")),
    500: (
        marked("Something went wrong here."),
        marked("Nothing was saved. Try again; if it stays, look at the log."),
    ),
    503: (
        marked("The store cannot be reached right now."),
        marked("Nothing was saved. Try again in a moment."),
    ),
    507: (marked("The disk is full."), marked("Nothing was saved. Free some space, then try again.")),
}
"""Status → what happened and what to do; statuses without a sentence of their own are read as 400 or 500."""


@dataclass(frozen=True, slots=True)
class FailurePage:
    """An error.

    Attributes:
        status: of the answer.
        sentence: what happened.
        advice: what to do next.
        detail: the words of the error itself, as data; empty where there are none.
    """

    template: ClassVar[str] = "failure.html"
    status: int
    sentence: str
    advice: str
    detail: str


def render_error(request: Request, status: int, error: ExtractError | None) -> Response:
    """The answer to a request that could not be met.

    Args:
        request: which.
        status: of HTTP.
        error: why, where it is one of ours.

    Returns:
        A page in the reader's language; where nobody is logged in, the way to the login.
    """
    if (
        isinstance(error, NotLoggedInError)
        and request.method == "GET"
        and "hx-request" not in request.headers
    ):
        address = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return RedirectResponse(f"/login?next={quote(address)}", status_code=303)
    shell = shell_of(request)
    answer = show(shell, failure_page(status, error, shell.language), status=status)
    answer.headers.update(retry_headers(error))
    return answer


def failure_page(status: int, error: ExtractError | None, language: Language) -> FailurePage:
    """The page for a status."""
    known = status if status in SENTENCES else 500 if status >= 500 else 400
    sentence, advice = SENTENCES[known]
    detail = language.told(without_paths(str(error))) if error else ""
    return FailurePage(status, language.say(sentence), language.say(advice), detail)
