"""What became of every stretch of a source, as the account has it."""

from collections.abc import Iterator

from extract.documents.cleaning import debris_lines
from extract.documents.hints import DROPPED, HIDDEN
from extract.documents.model import Reading
from extract.documents.numbers_left import numbers_left
from extract.messages import to_json
from extract.results.account import IngestedSource, PartRow
from extract.runs.ingest_texts import Unit
from extract.runs.pages import content_digest

KEPT = "政府工作报告，保留 / a government work report: kept"
UNREAD = "正文中的网页或版面残留，留在文本中但不读 / {why}: stays in the text, but is not read"
BY_SCRIPT = "网页在脚本运行前隐藏的正文，已读入 / the page hides it until a script shows it: read"
_BEGINS, _ENDS = 160, 60


def source_row(unit: Unit, names: dict[int, str]) -> IngestedSource:
    """The row of a source.

    Args:
        unit: the source.
        names: of its reports in the folder, by their identity.
    """
    content, reading = unit.content, unit.reading
    joined = tuple(name for name, _ in content.more)
    sha256 = content_digest(content.data, content.more) if content.data is not None else None
    if reading is None:
        assert unit.error is not None, "what was not read says why"
        return IngestedSource(
            path=content.name,
            joined=joined,
            sha256=sha256,
            status="failed",
            error=str(unit.error),
            hint=unit.error.hint,
            error_parts=to_json(str(unit.error)),
            hint_parts=to_json(unit.error.hint),
        )
    return IngestedSource(
        path=content.name,
        joined=joined,
        sha256=sha256,
        format=reading.source.format,
        encoding=reading.source.encoding,
        status="kept" if reading.reports else "no_report",
        parts=tuple(sorted(_parts(reading, names), key=lambda one: (one.start, one.end))),
    )


def _parts(reading: Reading, names: dict[int, str]) -> Iterator[PartRow]:
    text, hints = reading.source.text, reading.source.hints
    for report in reading.reports:
        row = _part("report", text, report.start, report.end, KEPT, hints.page_at(report.start))
        yield row.model_copy(update={"report": names[id(report)]})
        for start, end, why in debris_lines(reading.source.readable, report.start, report.end):
            row = _part("unread", text, start, end, UNREAD.format(why=why), hints.page_at(start))
            yield row.model_copy(update={"numbers": numbers_left(text[start:end], "debris")})
    for one in reading.leftovers:
        kind = "article" if one.kind == "article" else "between" if one.kind == "between" else "boilerplate"
        row = _part(kind, text, one.start, one.end, one.reason, hints.page_at(one.start))
        yield row.model_copy(update={"numbers": one.numbers})
    for dropped in hints.dropped:
        yield PartRow(
            kind="dropped",
            start=dropped.at,
            end=dropped.at,
            length=dropped.length,
            begins=dropped.text[:_BEGINS],
            reason=DROPPED[dropped.reason],
            page=dropped.page,
            numbers=dropped.numbers,
        )
    for hidden in hints.hidden:
        yield PartRow(
            kind="hidden",
            start=hidden.at,
            end=hidden.at,
            length=hidden.length,
            begins=hidden.text[:_BEGINS],
            reason=" / ".join(HIDDEN[hidden.way]),
            numbers=hidden.numbers,
        )
    for start, end in hints.by_script:
        yield _part("by_script", text, start, end, BY_SCRIPT, None)


def _part(kind: str, text: str, start: int, end: int, reason: str, page: int | None) -> PartRow:
    begins = " ".join(text[start : min(end, start + _BEGINS)].split())
    ends = " ".join(text[max(start, end - _ENDS) : end].split()) if end - start > _BEGINS + _ENDS else ""
    return PartRow.model_validate(
        {
            "kind": kind,
            "start": start,
            "end": end,
            "length": end - start,
            "begins": begins,
            "ends": ends,
            "reason": reason,
            "page": page,
        }
    )
