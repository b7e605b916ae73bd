"""The queue, items, decisions, claims, bulk decisions."""

from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import APIRouter, Depends, Query, Request

from extract.desk import bulk, claims, decisions, items, listing
from extract.desk.access import Reviewer, TheDesk, Who
from extract.desk.admission import Admitting
from extract.desk.api.forms import (
    FILTER_PARAMETERS,
    Asked,
    Batch,
    BulkBody,
    ClaimBody,
    Count,
    DecisionBody,
    ItemKey,
    Key,
    UndoBody,
    problems,
)
from extract.desk.bulk import BulkDone
from extract.desk.decisions import Decision
from extract.desk.filters import Filter, parse_filter
from extract.desk.listing import Neighbours, Queue
from extract.desk.model import Item, ItemRow, Verdict
from extract.errors import FilterError
from extract.messages import Message
from schemas import Record

router = APIRouter(tags=["items"], responses=problems(), route_class=Admitting)


def _but_verdict(request: Request) -> Filter:
    return parse_filter(pair for pair in request.query_params.multi_items() if pair[0] != "verdict")


BulkFilter = Annotated[Filter, Depends(_but_verdict)]


@router.get("/items", openapi_extra=FILTER_PARAMETERS)
def read_queue(only: Asked, at: TheDesk, person: Who) -> Queue:
    """One page of the queue, and counts per filter."""
    return listing.queue(at.store, only, person)


@router.get("/items/{key}", responses=problems(404))
def read_item(key: ItemKey, at: TheDesk, person: Who) -> Item:
    """An item with its record, issues and history."""
    return items.item(at.store, key, person)


@router.get("/items/{key}/neighbours", openapi_extra=FILTER_PARAMETERS, responses=problems(404))
def read_neighbours(key: ItemKey, only: Asked, at: TheDesk, person: Who) -> Neighbours:
    """What comes before and after an item in a filter."""
    return listing.neighbours(at.store, only, key, person)


@router.get("/items/{key}/draft", responses=problems(404))
def read_draft(key: ItemKey, at: TheDesk, _: Who) -> Record:
    """The record that a form begins with, for an open number or an unread part."""
    return decisions.draft_record(at.store, key)


@router.post("/items/{key}/decisions", responses=problems(404, 409))
def make_decision(
    key: ItemKey, body: DecisionBody, at: TheDesk, person: Reviewer, idempotency_key: Key = None
) -> Item:
    """Decide. A stale version gets 409 with the item as it is (`current`) and as you would have left it (`draft`)."""
    if body.verdict is Verdict.UNDO:
        return decisions.undo(at.store, key, body.version, person, idempotency_key)
    decision = Decision(key, body.verdict, body.version, body.why, body.changes, idempotency_key)
    return decisions.decide(at.store, decision, person)


@router.post("/items/{key}/undo", responses=problems(404, 409))
def undo_decision(
    key: ItemKey, body: UndoBody, at: TheDesk, person: Reviewer, idempotency_key: Key = None
) -> Item:
    """Take back the last decision that is in force."""
    return decisions.undo(at.store, key, body.version, person, idempotency_key)


@router.post("/items/{key}/claim", responses=problems(404, 409))
def claim_item(key: ItemKey, body: ClaimBody, at: TheDesk, person: Reviewer) -> ItemRow:
    """Keep an item for a while, or longer."""
    return claims.claim(at.store, key, person, take_over=body.take_over, seconds=at.settings.claim_seconds)


@router.delete("/items/{key}/claim", status_code=204)
def release_item(key: ItemKey, at: TheDesk, person: Reviewer) -> None:
    """Let go of an item."""
    claims.release(at.store, key, person)


@router.get("/bulk/count", openapi_extra=FILTER_PARAMETERS)
def count_bulk(
    at: TheDesk, person: Reviewer, asked: BulkFilter, verdict: Annotated[Verdict, Query()]
) -> Count:
    """How many items a bulk decision on a filter would decide."""
    return Count(count=bulk.bulk_count(at.store, asked, verdict, person))


@router.post("/bulk", responses=problems(409))
def decide_bulk(body: BulkBody, at: TheDesk, person: Reviewer, idempotency_key: Key = None) -> BulkDone:
    """Decide all items of a filter alike, if their count is still the expected one (else 409 with the count)."""
    return bulk.bulk(
        at.store,
        _parsed(body.filter),
        body.verdict,
        body.expected,
        person,
        why=body.why,
        idempotency_key=idempotency_key,
    )


@router.post("/bulk/{batch}/undo", responses=problems(404))
def undo_bulk(batch: Batch, at: TheDesk, person: Reviewer) -> BulkDone:
    """Take back a bulk decision as far as it is still in force."""
    return bulk.undo_bulk(at.store, batch, person)


def _parsed(query: str) -> Filter:
    try:
        return parse_filter(parse_qsl(query, keep_blank_values=True, strict_parsing=bool(query)))
    except ValueError as error:
        raise FilterError(Message("The filter is not a valid query string.")) from error
