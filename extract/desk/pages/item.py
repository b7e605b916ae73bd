"""The item page: the source on one side, the record on the other, and what can be said about it."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Annotated, Any, ClassVar
from urllib.parse import quote

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from extract.desk import claims, decisions, items, listing, reports
from extract.desk.access import Reviewer, TheDesk, Who
from extract.desk.admission import Admitting
from extract.desk.desk import Desk
from extract.desk.filters import Filter, parse_filter
from extract.desk.model import Item, ItemRow, Kind, Person, ReportText, Role, Standing, Verdict
from extract.desk.pages.conflict import conflict_page
from extract.desk.pages.event_changes import changed_words
from extract.desk.pages.language import Language
from extract.desk.pages.marked import Paragraph
from extract.desk.pages.person import shell_for
from extract.desk.pages.record_form import RecordForm, changes, record_form
from extract.desk.pages.shell import Notice, Shell, go, show
from extract.desk.pages.source_view import Source, item_marks, source_view
from extract.errors import ClaimedError, CorrectionError, IdempotencyError, VerdictError
from schemas import Record

router = APIRouter(route_class=Admitting)
LOOKS: dict[Verdict, str] = {
    Verdict.APPROVE: "good",
    Verdict.CORRECT: "primary",
    Verdict.ADD: "primary",
    Verdict.REJECT: "bad",
    Verdict.NOT_A_FACT: "",
    Verdict.ACKNOWLEDGE: "good",
    Verdict.SKIP: "",
    Verdict.UNDO: "",
}
FIRST_FIELD = "indicator"
FIELDLESS = frozenset({"verdict", "version", "idempotency_key", "why"})


@dataclass(frozen=True, slots=True)
class Button:
    """A verdict that can be given with one key."""

    verdict: Verdict
    look: str
    needs_unchanged: bool
    edits: bool


@dataclass(frozen=True, slots=True)
class ItemPage:
    """All that the page of an item shows.

    Attributes:
        item: the item.
        query: of the filter, which travels along.
        around: its neighbours in the filter.
        source: the text around the evidence; None where the text is not at hand.
        report_title: of its report.
        form: of its record, or of the one that can be added; None where there is none.
        buttons: the verdicts that this person may give now.
        can_edit: whether the fields can be changed.
        why: the reviewer's words so far.
        claimed_by: who else has it open; empty where nobody has.
        failure: why the last save was not taken; empty where it was.
        faults: what cannot be taken of it and stands in no field.
        changed: of an item to be checked again, what has changed since the decision: field, before, now.
    """

    template: ClassVar[str] = "item.html"
    item: Item
    query: str
    around: listing.Neighbours
    source: Source | None
    report_title: str
    form: RecordForm | None
    buttons: tuple[Button, ...]
    can_edit: bool
    why: str = ""
    claimed_by: str = ""
    failure: str = ""
    faults: tuple[str, ...] = ()
    changed: tuple[tuple[str, str, str], ...] = ()

    @property
    def kept(self) -> bool:
        """Whether what a person wrote is filled in, to be confirmed."""
        found = self.item
        return found.row.standing is Standing.CHECK_AGAIN and found.current != found.record

    @property
    def key(self) -> str:
        """Of the item."""
        return self.item.row.key


@dataclass(frozen=True, slots=True)
class TextPage:
    """More of the text, before or after what is shown."""

    template: ClassVar[str] = "text.html"
    key: str
    source: Source
    before: bool

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """What is added."""
        return self.source.paragraphs


@dataclass(frozen=True, slots=True)
class Sent:
    """What a reviewer sent."""

    verdict: Verdict
    version: int
    idempotency_key: str | None
    why: str
    inputs: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Visit:
    """Who looks at which item, within which filter."""

    desk: Desk
    person: Person
    shell: Shell
    key: str
    wanted: Filter

    @property
    def address(self) -> str:
        """Where the item is seen within the filter."""
        return _address(self.key, self.wanted)


@dataclass(frozen=True, slots=True)
class Refused:
    """A verdict that was not taken.

    Attributes:
        sent: what the reviewer sent, to be shown again.
        sentence: why, for the reader; empty where the page says it anyway.
        errors: field → why it cannot be taken.
        claimed: whether somebody else has the item open.
        status: of the answer.
    """

    sent: Sent
    sentence: str = ""
    errors: Mapping[str, str] = field(default_factory=dict)
    claimed: bool = False
    status: int = 422


@router.get("/items/{key}")
def item(key: str, request: Request, desk: TheDesk, person: Who) -> Response:
    """The page of an item; who may decide claims it by opening it."""
    return _shown(_visit(key, request, desk, person))


@router.get("/items/{key}/text")
def text(
    key: str,
    request: Request,
    desk: TheDesk,
    person: Who,
    start: Annotated[int, Query(alias="from", ge=0)],
    end: Annotated[int, Query(alias="to", ge=0)],
) -> Response:
    """More of the text around an item, as a piece of a page."""
    shell = shell_for(request, desk, person)
    found = items.item(desk.store, key, person)
    report = reports.report(desk.store, found.row.report_id)
    source = source_view(report, (start, end), item_marks(found), shell.language)
    if source is None:
        return Response(status_code=204)
    return show(replace(shell, notice=None), TextPage(key, source, before=end <= found.row.start))


@router.post("/items/{key}")
async def decide(key: str, request: Request, desk: TheDesk, person: Reviewer) -> Response:
    """Take a verdict, then lead to the next item of the filter."""
    from fastapi.concurrency import run_in_threadpool

    async with request.form(max_files=0, max_fields=3_000) as form:
        fields = {name: value for name, value in form.items() if isinstance(value, str)}
    visit = await run_in_threadpool(_visit, key, request, desk, person)
    return await run_in_threadpool(_decided, visit, fields)


@router.post("/items/{key}/take")
def take(key: str, request: Request, desk: TheDesk, person: Reviewer) -> Response:
    """Take over an item that somebody else has open."""
    visit = _visit(key, request, desk, person)
    claims.claim(desk.store, key, person, take_over=True, seconds=desk.settings.claim_seconds)
    return go(visit.address)


def _visit(key: str, request: Request, desk: Desk, person: Person) -> Visit:
    wanted = parse_filter(request.query_params.multi_items())
    return Visit(desk, person, shell_for(request, desk, person), key, wanted)


def _address(key: str, wanted: Filter) -> str:
    query = wanted.query()
    return f"/items/{quote(key)}" + (f"?{query}" if query else "")


def _decided(visit: Visit, fields: Mapping[str, str]) -> Response:
    desk, key, say = visit.desk, visit.key, visit.shell.language.say
    sent = _sent(fields)
    before = items.item(desk.store, key, visit.person)
    record = _record(desk, before)
    patch = changes(sent.inputs, record) if record else {}
    if sent.verdict is Verdict.APPROVE and patch and before.row.version == sent.version:
        why = say("You have changed fields: save them with “Correct”, or reload the page.")
        return _shown(visit, Refused(sent, why))
    around = listing.neighbours(desk.store, visit.wanted, key, visit.person)
    try:
        after = _settled(visit, sent, patch)
    except decisions.StaleItemError as error:
        page = conflict_page(error, before, sent.inputs, visit.address, visit.shell.language)
        return show(visit.shell, page, status=409)
    except ClaimedError:
        return _shown(visit, Refused(sent, claimed=True, status=409))
    except CorrectionError as error:
        return _shown(visit, _not_taken(sent, error, visit.shell.language))
    except (VerdictError, IdempotencyError) as error:
        return _shown(visit, Refused(sent, visit.shell.language.told(str(error))))
    notice = Notice(sent.verdict.value, key, after.row.version)
    if sent.verdict is Verdict.UNDO:
        return go(visit.address, notice)
    return go(
        _address(around.next, visit.wanted) if around.next else f"/queue?{visit.wanted.query()}", notice
    )


def _not_taken(sent: Sent, error: CorrectionError, language: Language) -> Refused:
    """A correction with its faults beside the fields; where nothing was changed, beside the first one."""
    if not error.fields:
        nothing = language.say("Nothing has been changed. Change a field, or approve the record as it is.")
        return Refused(sent, nothing, {FIRST_FIELD: nothing})
    return Refused(sent, language.say("Some fields are not valid."), error.fields)


def _settled(visit: Visit, sent: Sent, patch: dict[str, Any]) -> Item:
    store, person = visit.desk.store, visit.person
    if sent.verdict is Verdict.UNDO:
        return decisions.undo(store, visit.key, sent.version, person, idempotency_key=sent.idempotency_key)
    takes_changes = sent.verdict in (Verdict.CORRECT, Verdict.ADD)
    decision = decisions.Decision(
        item=visit.key,
        verdict=sent.verdict,
        version=sent.version,
        why=sent.why,
        changes=patch if takes_changes else None,
        idempotency_key=sent.idempotency_key,
    )
    return decisions.decide(store, decision, person)


def _sent(fields: Mapping[str, str]) -> Sent:
    try:
        verdict, version = Verdict(fields.get("verdict", "")), int(fields.get("version", ""))
    except ValueError as error:
        raise VerdictError("The form names no verdict, or no version of the item.") from error
    return Sent(
        verdict,
        version,
        fields.get("idempotency_key") or None,
        fields.get("why", ""),
        {name: value for name, value in fields.items() if name not in FIELDLESS},
    )


def _shown(visit: Visit, refused: Refused | None = None) -> Response:
    desk, person, language = visit.desk, visit.person, visit.shell.language
    if person.role.covers(Role.REVIEWER) and not (refused and refused.claimed):
        with suppress(ClaimedError):
            claims.claim(desk.store, visit.key, person, seconds=desk.settings.claim_seconds)
    found = items.item(desk.store, visit.key, person)
    report = reports.report(desk.store, found.row.report_id)
    record = _record(desk, found)
    inputs, errors = (refused.sent.inputs, refused.errors) if refused else ({}, {})
    form = record_form(record, report.ledger, language, inputs=inputs, errors=errors) if record else None
    elsewhere = errors.keys() - form.names() if form else set()
    page = ItemPage(
        item=found,
        query=visit.wanted.query(),
        around=listing.neighbours(desk.store, visit.wanted, visit.key, person),
        source=_source(report, found, language),
        report_title=report.row.title or report.row.id,
        form=form,
        buttons=_buttons(found, person),
        can_edit=person.role.covers(Role.REVIEWER),
        why=refused.sent.why if refused else "",
        claimed_by=_other(found.row, person),
        failure=refused.sentence if refused else "",
        faults=tuple(f"{name}: {errors[name]}" for name in sorted(elsewhere)),
        changed=tuple(changed_words(one, language) for one in found.changed),
    )
    return show(visit.shell, page, status=refused.status if refused else 200)


def _other(row: ItemRow, person: Person) -> str:
    """Who else has an item open; empty where nobody has."""
    return row.claimed_by if row.claimed_by and row.claimed_by != person.name else ""


def _record(desk: Desk, found: Item) -> Record | None:
    """The record of an item, or a draft of the one that can be added."""
    if found.current or found.row.kind not in (Kind.NUMBER, Kind.CHUNK):
        return found.current or found.record
    return decisions.draft_record(desk.store, found.row.key)


def _source(report: ReportText, found: Item, language: Language) -> Source | None:
    if report.text is None:
        return None
    span = reports.window(report, found.row.start, found.row.end, margin=1_500)
    return source_view(report, span, item_marks(found), language)


def _buttons(found: Item, person: Person) -> tuple[Button, ...]:
    if not person.role.covers(Role.REVIEWER):
        return ()
    return tuple(
        Button(
            verdict,
            LOOKS[verdict],
            needs_unchanged=verdict in (Verdict.APPROVE, Verdict.REJECT, Verdict.NOT_A_FACT),
            edits=verdict is Verdict.CORRECT,
        )
        for verdict in found.verdicts
    )
