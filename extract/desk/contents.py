"""What of a result people decide on: records, open numbers, unread parts, what is said of it as a whole. Pure."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from extract.desk import grounds, stakes
from extract.desk.grounds import AROUND, hashed
from extract.desk.model import Kind, Told
from extract.desk.sameness import halved, plain_of
from schemas import Issue, Record, Severity, State
from schemas.result import ChunkRow, LedgerRow, Result

RANKS = {Severity.ERROR: 3, Severity.WARNING: 2, Severity.NOTE: 1}
CONTRADICTIONS = frozenset({"conflict_in_report", "conflict_between_reports"})
FAILED_CHUNK = "failed_chunk"
SHOWN = 300
"""Of a quote or an unread part so much stands in the queue."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Content(Told):
    """One item as the results have it, before anybody decided.

    Attributes:
        identity: what makes it the same one in a later run; `ordinal` tells copies apart.
        grounds: what a decision on it rests on, by name; see `extract.desk.grounds`.
        spans: of its numbers.
        flagged: whether the engine or a check wants a person to look.
        payload: the record, ledger row, chunk or issue, as JSON.
        issues: what was found, as JSON.
    """

    identity: str
    ordinal: int = 0
    grounds: str
    spans: tuple[tuple[int, int], ...] = ()
    flagged: bool
    payload: str
    issues: str


def contents(result: Result, text: str | None) -> tuple[Content, ...]:
    """Everything in a result that people may decide on.

    Args:
        result: of one report.
        text: its decoded source, where it is at hand.

    Returns:
        Records first, then open numbers, then parts that were not read, then the issues of the report as a whole;
        each in the order of the result.
    """
    found = [
        *(_of_record(record, text) for record in result.records),
        *_of_numbers(result, text),
        *(_of_part(n, chunk, text) for n, chunk in enumerate(result.chunks) if chunk.status == "failed"),
        *(_of_report(issue, result, text) for issue in issues_of_report(result)),
    ]
    return tuple(_numbered(found))


def issues_of_report(result: Result) -> tuple[Issue, ...]:
    """The issues of a report as a whole, the worst first: those that no open number has as its own."""
    numbers = {(row.start, row.end) for row in result.ledger if row.state == "unclaimed"}
    found = (
        issue for issue in result.issues if not any((span.start, span.end) in numbers for span in issue.spans)
    )
    return tuple(sorted(found, key=lambda issue: -RANKS[issue.severity]))


def _of_record(record: Record, text: str | None) -> Content:
    issues = sorted(record.issues, key=lambda issue: -RANKS[issue.severity])
    codes = tuple(dict.fromkeys(issue.code for issue in issues))
    first = record.figures[0] if record.figures else None
    return Content(
        kind=Kind.CONTRADICTION if CONTRADICTIONS & set(codes) else Kind.RECORD,
        identity=record.id,
        grounds=grounds.of_record(record.model_dump(mode="json"), text),
        record_type=record.type,
        indicator=record.indicator,
        period=record.period or (first.period if first else None),
        text="；".join("".join(figure.text.split()) for figure in record.figures),
        quote=record.evidence.quote[:SHOWN],
        codes=codes,
        severity=RANKS[issues[0].severity] if issues else 0,
        stakes=stakes.of_record(record, codes),
        start=record.evidence.start,
        end=record.evidence.end,
        spans=tuple((figure.start, figure.end) for figure in record.figures),
        flagged=record.state is not State.VERIFIED,
        payload=record.model_dump_json(),
        issues=_issues_json(issues),
    )


def _of_numbers(result: Result, text: str | None) -> Iterator[Content]:
    issues: dict[tuple[int, int], list[Issue]] = {}
    for issue in result.issues:
        for span in issue.spans:
            issues.setdefault((span.start, span.end), []).append(issue)
    for row in result.ledger:
        if row.state == "unclaimed":
            yield _of_number(row, issues.get((row.start, row.end), []), text)


def _of_number(row: LedgerRow, issues: list[Issue], text: str | None) -> Content:
    around = text[max(0, row.start - AROUND) : row.end + AROUND] if text else ""
    sentence = sentence_around(text, row.start, row.end) if text else (row.start, row.end)
    return Content(
        kind=Kind.NUMBER,
        identity=halved(hashed(row.text), hashed("".join(around.split()) + "\0" + row.text) if text else ""),
        grounds=grounds.of_number(row.model_dump(mode="json"), text),
        record_type=None,
        indicator=row.reason,
        period=None,
        text=row.text,
        quote=(text[sentence[0] : sentence[1]] if text else row.text)[:SHOWN],
        codes=tuple(dict.fromkeys(issue.code for issue in issues)) or ("unclaimed_number",),
        severity=max((RANKS[issue.severity] for issue in issues), default=RANKS[Severity.WARNING]),
        stakes=stakes.of_number(row.value, row.unit, row.reason),
        start=sentence[0],
        end=sentence[1],
        spans=((row.start, row.end),),
        flagged=True,
        payload=row.model_dump_json(),
        issues=_issues_json(issues),
    )


def _of_part(number: int, chunk: ChunkRow, text: str | None) -> Content:
    part = text[chunk.start : chunk.end] if text else ""
    by_place = f"part {number}"
    identity = halved(hashed(by_place), hashed("".join(part.split()) or by_place) if text else "")
    return Content(
        kind=Kind.CHUNK,
        identity=identity,
        grounds=grounds.of_part(plain_of(identity), chunk.model_dump(mode="json"), text),
        record_type=None,
        indicator=None,
        period=None,
        text=" ".join(part.split())[:40],
        quote=part[:SHOWN],
        codes=(FAILED_CHUNK,),
        severity=RANKS[Severity.ERROR],
        stakes=stakes.of_part(chunk.end - chunk.start),
        start=chunk.start,
        end=chunk.end,
        flagged=True,
        payload=chunk.model_dump_json(),
        issues=_issues_json([_unread(chunk)]),
    )


def _of_report(issue: Issue, result: Result, text: str | None) -> Content:
    """An issue of the report as a whole is the same one as long as it says the same."""
    start, end = _first_place(issue, result)
    sentence = sentence_around(text, start, end) if text and end > start else (start, end)
    return Content(
        kind=Kind.REPORT_ISSUE,
        identity=hashed(f"{issue.code}\0{issue.message}"),
        grounds=grounds.of_issue(issue.model_dump(mode="json"), text),
        record_type=None,
        indicator=None,
        period=None,
        text="",
        quote=issue.message[:SHOWN],
        codes=(issue.code,),
        severity=RANKS[issue.severity],
        stakes=stakes.of_issue(issue.code),
        start=sentence[0],
        end=sentence[1],
        flagged=issue.severity is not Severity.NOTE,
        payload=issue.model_dump_json(),
        issues=_issues_json([issue]),
    )


def _first_place(issue: Issue, result: Result) -> tuple[int, int]:
    """Where the issue speaks of something first; the beginning of the report where it names no place in it."""
    spans = ((span.start, span.end) for span in issue.spans if span.end - span.start <= SHOWN)
    return next(spans, (result.report.start, result.report.start))


def _unread(chunk: ChunkRow) -> Issue:
    return Issue(
        code=FAILED_CHUNK,
        severity=Severity.ERROR,
        message=f"这一段没有读成（{chunk.error}），其中的目标和成绩都还没有记录。",
        message_en=f"This part was not read ({chunk.error}); whatever it holds is not recorded yet.",
    )


STOPS = "。！？；\n"


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The span of the sentence that a span stands in, its stop included; blanks at its ends are left out."""
    low, high = max(0, start - grounds.FARTHEST_STOP), min(len(text), end + grounds.FARTHEST_STOP)
    before = max(text.rfind(stop, low, start) for stop in STOPS)
    first = before + 1 if before >= 0 else low
    last = min((place + 1 for stop in STOPS if (place := text.find(stop, end, high)) >= 0), default=high)
    while first < start and text[first].isspace():
        first += 1
    while last > end and text[last - 1].isspace():
        last -= 1
    return first, last


def _numbered(found: Iterable[Content]) -> Iterator[Content]:
    """Copies of one identity told apart by their order in the text."""
    seen: Counter[tuple[bool, str]] = Counter()
    for one in found:
        name = (one.kind is Kind.NUMBER, one.identity)
        yield replace(one, ordinal=seen[name]) if seen[name] else one
        seen[name] += 1


def _issues_json(issues: Iterable[Issue]) -> str:
    return json.dumps([issue.model_dump(mode="json") for issue in issues])
