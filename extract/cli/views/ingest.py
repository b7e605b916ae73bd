"""What an ingest kept, dropped and joined: for people, for programs, and as a page."""

from collections import Counter
from pathlib import Path

from rich.text import Text

from extract.cli.terminal import (
    complain,
    console,
    heading,
    note,
    plain_table,
    print_table,
    safe,
    say,
    side,
    told,
    told_apart,
)
from extract.cli.views.words import code_name
from extract.messages import Message, count, listed
from extract.results.account import Account, IngestedReport, IngestedSource, PartRow
from extract.runs.ingest import Ingested

PAGE_NAME = "index.html"
KINDS = {
    "report": "保留 kept",
    "article": "文章，舍弃 article, dropped",
    "boilerplate": "附属文字，舍弃 furniture, dropped",
    "between": "中间内容，舍弃 in between, dropped",
    "unread": "正文内，不读 inside, not read",
    "dropped": "版面文字，舍弃 layout, dropped",
    "hidden": "隐藏文字，剔除 hidden, set apart",
    "by_script": "脚本显示的正文，读入 shown by script, read",
}
"""What became of a part of a source, on the page: in both languages."""
PARTS = {
    "article": Message("an article, left out"),
    "between": Message("in between, left out"),
    "hidden": Message("hidden text, kept apart"),
    "by_script": Message("shown by a script, read"),
    "boilerplate": Message("page furniture, left out"),
    "dropped": Message("layout, left out"),
}


def as_json(done: Ingested) -> bytes:
    """The account of this ingest as one JSON object."""
    return Account(sources=done.sources, reports=done.reports).model_dump_json().encode() + b"\n"


def as_page(account: Account) -> bytes:
    """The decisions as an HTML page that stands alone, but for links to the texts beside it."""
    from extract.cli.pages import page

    reports = {one.id: one for one in account.reports}
    return page("ingest.html", account=account, reports=reports, kinds=KINDS, folded=folded)


def folded(source: IngestedSource) -> list[tuple[str, int, int]]:
    """What a source lost, counted: label, how many parts, how many characters."""
    parts, characters = Counter[str](), Counter[str]()
    for part in source.parts:
        if part.kind != "report":
            parts[part.kind] += 1
            characters[part.kind] += part.length
    return [(KINDS[kind], parts[kind], characters[kind]) for kind in KINDS if parts[kind]]


def print_problems(done: Ingested) -> None:
    """On stderr, a sentence for everything that went wrong, and what to do about it."""
    for source in done.sources:
        if source.status == "failed":
            complain(*source.sentences())
    for path in done.left_alone:
        note(
            Message(
                "%(path)s was changed by hand or was not written by this program, so it was not replaced.",
                path=path,
            )
        )


def print_summary(done: Ingested, folder: Path) -> None:
    """Texts that were written, then what became of the rest."""
    out = console()
    if done.reports:
        table = plain_table(
            heading("text"),
            heading("region"),
            heading("gov. level"),
            heading("year"),
            heading("characters"),
            heading("complete"),
            heading("source"),
            right=(heading("characters"),),
        )
        for report in done.reports:
            table.add_row(*map(Text, _row(report)))
        print_table(out, table)
    for report in done.reports:
        for line in _report_lines(report):
            out.print(Text(safe(line)))
    for source in done.sources:
        for line in _source_lines(source):
            out.print(Text(safe(line)))
    for line in told_apart(_closing_line(done, folder)):
        out.print(Text(safe(line)))


def _closing_line(done: Ingested, folder: Path) -> Message:
    statuses = Counter(source.status for source in done.sources)
    parts = [
        Message(
            "%(texts)s from %(sources)s",
            texts=count("%(num)s text", "%(num)s texts", sum(one.file is not None for one in done.reports)),
            sources=count("%(num)s source", "%(num)s sources", len(done.sources)),
        ),
        Message("%(num)s without a report", num=statuses["no_report"]) if statuses["no_report"] else "",
        Message("%(num)s failed", num=statuses["failed"]) if statuses["failed"] else "",
    ]
    facts = listed([part for part in parts if part])
    return Message(
        "%(facts)s → %(out)s (look through %(page)s)", facts=facts, out=folder, page=folder / PAGE_NAME
    )


def _row(report: IngestedReport) -> tuple[str, ...]:
    return (
        safe(report.file or f"→ {report.merged_into}.txt"),
        report.region or "?",
        code_name(report.level or "?"),
        str(report.report_year or "?"),
        str(report.characters),
        "✓" if report.complete else "⚑",
        safe(report.source),
    )


def _report_lines(report: IngestedReport) -> list[str]:
    lines = [f"⚑ {report.id}: {side(text)}" for text in report.notes]
    lines += [
        say(
            "%(id)s: the same report as %(other)s (%(differences)s, %(numbers)s)",
            id=report.id,
            other=copy.id,
            differences=count("%(num)s difference", "%(num)s differences", copy.differences),
            numbers=count("%(num)s of them in a number", "%(num)s of them in numbers", len(copy.numbers)),
        )
        for copy in report.copies
    ]
    if report.suspicious:
        shown = "、".join(f"“{one[:20]}”" for one in report.suspicious[:3])
        lines.append(say("⚑ %(id)s: suspicious text, left in place: %(shown)s", id=report.id, shown=shown))
    return lines


def _is_told(part: PartRow) -> bool:
    """Whether a part that is left out is told by itself: it holds numbers."""
    return part.kind in {"boilerplate", "dropped", "unread"} and part.numbers > 0


def _source_lines(source: IngestedSource) -> list[str]:
    lines = []
    if source.joined:
        lines.append(
            say(
                "%(source)s: one report over %(number)s files, with %(names)s",
                source=source.path,
                number=len(source.joined) + 1,
                names=", ".join(source.joined),
            )
        )
    lines += [
        say(
            "%(source)s: %(kind)s: %(begins)s (%(reason)s)",
            source=source.path,
            kind=PARTS[part.kind],
            begins=part.begins[:40],
            reason=side(part.reason),
        )
        for part in source.parts
        if part.kind in {"article", "between", "hidden", "by_script"} or _is_told(part)
    ]
    rest = [part for part in source.parts if part.kind in {"boilerplate", "dropped"} and not _is_told(part)]
    if rest:
        sentence = count(
            "%(source)s: left out menus and page furniture: %(num)s part, %(characters)s characters",
            "%(source)s: left out menus and page furniture: %(num)s parts, %(characters)s characters",
            len(rest),
            source=source.path,
            characters=f"{sum(part.length for part in rest):,}",
        )
        lines.append(told(sentence))
    return lines
