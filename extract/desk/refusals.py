"""Errors as answers: JSON for programs, pages for people."""

from typing import Any

from fastapi.responses import JSONResponse

from extract.desk.problems import without_paths
from extract.errors import DeskRefusal, ExtractError
from extract.messages import Message

FAULT = Message("An unexpected error occurred.")


def status_of(error: ExtractError) -> int:
    """The HTTP status of an error; one that is not the desk's own is the request's fault or that of its data."""
    return error.status if isinstance(error, DeskRefusal) else 400


def problem(error: ExtractError, **more: Any) -> JSONResponse:
    """An error as JSON.

    Args:
        error: what is wrong.
        more: what else stands in it, as JSON.
    """
    code = error.code if isinstance(error, DeskRefusal) else "failed"
    body = {"code": code, "message": without_paths(str(error)), "hint": without_paths(error.hint), **more}
    return JSONResponse({"error": body}, status_of(error), retry_headers(error))


def retry_headers(error: ExtractError | None) -> dict[str, str]:
    """When to try again, where that is known."""
    seconds = error.retry_after if isinstance(error, DeskRefusal) else None
    return {} if seconds is None else {"retry-after": str(seconds)}
