"""One verdict on all of a filter: first the count and what it means, then the decision on the server."""

from dataclasses import dataclass
from typing import Annotated, ClassVar

from fastapi import APIRouter, Form, Request
from fastapi.responses import Response
from pydantic import BaseModel, Field

from extract.desk import bulk, listing
from extract.desk.access import Reviewer, TheDesk
from extract.desk.admission import Admitting
from extract.desk.desk import Desk
from extract.desk.filters import FACETS, Filter, parse_filter
from extract.desk.model import ItemRow, Person, Verdict
from extract.desk.pages.person import shell_for
from extract.desk.pages.shell import Notice, go, show
from extract.errors import CountChangedError, NotFoundError

router = APIRouter(route_class=Admitting)
EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class BulkPage:
    """What is confirmed before many items are decided at once.

    Attributes:
        verdict: that all get.
        count: how many of the filter it fits and will be decided.
        total: how many the filter holds.
        query: of the filter.
        values: facet, value and label of each filter in force.
        examples: the first of the items, without those that people have settled.
        changed: whether the count has changed since it was confirmed.
    """

    template: ClassVar[str] = "bulk.html"
    verdict: Verdict
    count: int
    total: int
    query: str
    values: tuple[tuple[str, str, str], ...]
    examples: tuple[ItemRow, ...]
    why: str = ""
    changed: bool = False


class Confirmed(BaseModel):
    """What a reviewer confirmed: the count that was shown, and their words."""

    expected: int = Field(ge=0)
    why: str = Field(default="", max_length=2_000)
    idempotency_key: str | None = Field(default=None, max_length=100)


@router.get("/bulk/{verdict}")
def confirm(verdict: str, request: Request, desk: TheDesk, person: Reviewer) -> Response:
    """Say how many items a verdict would decide."""
    wanted = parse_filter(request.query_params.multi_items())
    return show(shell_for(request, desk, person), _page(desk, _verdict(verdict), wanted, person))


@router.post("/bulk/undo/{batch}")
def undo(batch: str, desk: TheDesk, person: Reviewer) -> Response:
    """Take back what was decided at once."""
    bulk.undo_bulk(desk.store, batch, person)
    return go("/queue", Notice("undo", batch, 0))


@router.post("/bulk/{verdict}")
def decide(
    verdict: str,
    request: Request,
    desk: TheDesk,
    person: Reviewer,
    sent: Annotated[Confirmed, Form()],
) -> Response:
    """Decide all of a filter, if it still holds as many as were confirmed."""
    wanted = parse_filter(request.query_params.multi_items())
    said = _verdict(verdict)
    try:
        done = bulk.bulk(
            desk.store,
            wanted,
            said,
            sent.expected,
            person,
            why=sent.why,
            idempotency_key=sent.idempotency_key,
        )
    except CountChangedError:
        page = _page(desk, said, wanted, person, why=sent.why, changed=True)
        return show(shell_for(request, desk, person), page, status=409)
    return go("/queue", Notice("bulk", done.batch, done.decided))


def _verdict(name: str) -> Verdict:
    if name not in bulk.IN_BULK:
        raise NotFoundError(f"There is no bulk decision {name[:20]!r}.")
    return Verdict(name)


def _page(
    desk: Desk, verdict: Verdict, wanted: Filter, person: Person, *, why: str = "", changed: bool = False
) -> BulkPage:
    found = listing.queue(desk.store, wanted, person)
    meant = wanted.undecided()
    shown = found if meant == wanted else listing.queue(desk.store, meant, person)
    labels = {
        (facet, choice.value): choice.label for facet, choices in found.facets.items() for choice in choices
    }
    return BulkPage(
        verdict,
        bulk.bulk_count(desk.store, wanted, verdict, person),
        found.total,
        wanted.query(),
        tuple(
            (facet, value, labels.get((facet, value), value))
            for facet in FACETS
            for value in wanted.values(facet)
        ),
        shown.rows[:EXAMPLES],
        why,
        changed,
    )
