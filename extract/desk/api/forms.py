"""What programs send and get, as far as it is not the desk's own data."""

from typing import Annotated, Any

from fastapi import Depends, Header, Path, Request
from pydantic import BaseModel, ConfigDict, Field

from extract.desk.events import LONGEST_KEY, LONGEST_REASON
from extract.desk.filters import Filter, parse_filter
from extract.desk.model import Kind, Role, Verdict

NO_NUL = r"^[^\x00]*$"
Version = Annotated[int, Field(ge=1, le=2**31 - 1, description="Of the item as you saw it.")]
ItemKey = Annotated[str, Path(pattern=r"^[0-9a-f]{18}$", description="Of an item, as the queue lists it.")]
ReportId = Annotated[str, Path(max_length=200, pattern=NO_NUL)]
JobId = Annotated[str, Path(pattern=r"^[0-9a-f]{16}$")]
Batch = Annotated[str, Path(pattern=r"^[0-9a-f]{16}$")]
Name = Annotated[str, Path(max_length=60, pattern=r"^[\w.@-]{1,60}$")]
Key = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key", max_length=LONGEST_KEY, pattern=r"^[!-~]+$",
        description="The same request sent again under the same key is done once.",
    ),
]  # fmt: skip
Why = Annotated[str, Field(max_length=LONGEST_REASON, pattern=NO_NUL, description="In your own words.")]


def filter_of(request: Request) -> Filter:
    """The filter in the address of a request.

    Raises:
        FilterError: it is none.
    """
    return parse_filter(request.query_params.multi_items())


Asked = Annotated[Filter, Depends(filter_of)]

FILTER_PARAMETERS: dict[str, Any] = {
    "parameters": [
        {
            "name": name,
            "in": "query",
            "required": False,
            "schema": {"type": "array", "items": {"type": "string", "maxLength": 200}},
            "description": description,
        }
        for name, description in (
            ("state", "open (default), any, or standings by name"),
            ("kind", ", ".join(Kind)),
            ("code", "issue codes"),
            ("type", "record types"),
            ("report", "report ids"),
            ("region", "full names, or unknown"),
            ("year", "four digits, or unknown"),
            ("reviewer", "who decided last"),
        )
    ]
    + [
        {
            "name": "sort",
            "in": "query",
            "required": False,
            "schema": {"type": "string", "enum": ["severity", "stakes", "text", "recent"]},
        },
        {
            "name": "page",
            "in": "query",
            "required": False,
            "schema": {"type": "integer", "minimum": 1, "maximum": 1_000_000},
        },
    ]
}
"""The filter as the description of the API has it: read from the address as a whole, so that foreign names are refused."""


class Body(BaseModel):
    """What is sent: nothing that is not known."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class DecisionBody(Body):
    """A decision; `changes` as the fields of a record, for `correct` and `add`."""

    verdict: Verdict
    version: Version
    why: Why = ""
    changes: dict[str, Any] | None = None


class UndoBody(Body):
    """Which version of an item the undo was asked on."""

    version: Version


class ClaimBody(Body):
    """Whether to take an item over that somebody else has open."""

    take_over: bool = False


class BulkBody(Body):
    """A bulk decision on a filter."""

    filter: str = Field(
        "", max_length=4_000, description="As in the address of the queue: state=flagged&year=2025"
    )
    verdict: Verdict
    expected: int = Field(ge=0, le=2**31 - 1, description="The count that was shown and confirmed.")
    why: Why = ""


class LoginBody(Body):
    """Name and password."""

    name: str = Field(max_length=200)
    password: str = Field(max_length=1_000)


class UserBody(Body):
    """A new user."""

    name: str = Field(max_length=200)
    password: str = Field(max_length=1_000)
    role: Role = Role.REVIEWER


class UserChange(Body):
    """What changes of a user."""

    role: Role | None = None
    password: str | None = Field(None, max_length=1_000)
    active: bool | None = None


class TokenBody(Body):
    """A new token; without days it does not expire."""

    name: str = Field(max_length=200)
    role: Role = Role.REVIEWER
    days: int | None = Field(None, ge=1, le=3_650)


class NewToken(BaseModel):
    """A token, shown this once."""

    token: str


class Count(BaseModel):
    """How many."""

    count: int


class Problem(BaseModel):
    """What is wrong, and what to do."""

    model_config = ConfigDict(extra="allow")

    code: str
    message: str
    hint: str


class ProblemAnswer(BaseModel):
    """Every answer that is none."""

    error: Problem


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The description of the answers that say what is wrong."""
    return {status: {"model": ProblemAnswer} for status in (400, 401, 403, 413, 422, 507, *statuses)}
