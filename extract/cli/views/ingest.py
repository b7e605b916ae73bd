"""What an ingest kept, dropped and joined: for people, for programs, and as a page."""

from collections import Counter
from pathlib import Path

from rich.text import Text

from extract.cli.terminal import complain, console, note, plain_table, plural, print_table, safe
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
            complain(source.error or "", source.hint or "")
    for path in done.left_alone:
        note(f"{path} was written or changed by somebody else; it was left alone.")


def print_summary(done: Ingested, folder: Path) -> None:
    """Texts that were written, then what became of the rest."""
    out = console()
    if done.reports:
        columns = ("characters",)
        table = plain_table("text", "region", "level", "year", "characters", "whole", "from", right=columns)
        for report in done.reports:
            table.add_row(*map(Text, _row(report)))
        print_table(out, table)
    for report in done.reports:
        for line in _report_lines(report):
            out.print(Text(safe(line)))
    for source in done.sources:
        for line in _source_lines(source):
            out.print(Text(safe(line)))
    statuses = Counter(source.status for source in done.sources)
    written = sum(report.file is not None for report in done.reports)
    parts = [
        f"{plural(written, 'text')} from {plural(len(done.sources), 'source')}",
        f"{statuses['no_report']} without a report" if statuses["no_report"] else "",
        f"{statuses['failed']} failed" if statuses["failed"] else "",
    ]
    closing = ", ".join(part for part in parts if part)
    out.print(Text(safe(f"{closing} → {folder} (look through {folder / PAGE_NAME})")))


def _row(report: IngestedReport) -> tuple[str, ...]:
    return (
        safe(report.file or f"→ {report.merged_into}.txt"),
        report.region or "?",
        report.level or "?",
        str(report.report_year or "?"),
        str(report.characters),
        "✓" if report.complete else "⚑",
        safe(report.source),
    )


def _report_lines(report: IngestedReport) -> list[str]:
    lines = [f"⚑ {report.id}: {text}" for text in report.notes]
    lines += [
        f"{report.id}: the same report as {copy.id} 同一份报告 ({plural(copy.differences, 'difference')}, "
        f"{len(copy.numbers)} 处改变数字 in numbers)"
        for copy in report.copies
    ]
    if report.suspicious:
        shown = "、".join(f"“{one[:20]}”" for one in report.suspicious[:3])
        lines.append(f"⚑ {report.id}: 疑似混入的文字 suspicious text, left in place: {shown}")
    return lines


def _is_told(part: PartRow) -> bool:
    """Whether a part that is left out is told by itself: it holds numbers."""
    return part.kind in {"boilerplate", "dropped", "unread"} and part.numbers > 0


def _source_lines(source: IngestedSource) -> list[str]:
    lines = []
    if source.joined:
        lines.append(
            f"{source.path}: joined 合并 with {', '.join(source.joined)}: one report over "
            f"{len(source.joined) + 1} files"
        )
    lines += [
        f"{source.path}: {KINDS[part.kind]}: {part.begins[:40]} ({part.reason})"
        for part in source.parts
        if part.kind in {"article", "between", "hidden", "by_script"} or _is_told(part)
    ]
    rest = [part for part in source.parts if part.kind in {"boilerplate", "dropped"} and not _is_told(part)]
    if rest:
        characters = sum(part.length for part in rest)
        lines.append(
            f"{source.path}: {plural(len(rest), 'part')} of furniture dropped, {characters} characters"
        )
    return lines
