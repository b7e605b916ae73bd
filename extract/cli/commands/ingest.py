"""`extract ingest`: documents in, one clean text a report out, with an account of every decision."""

# ruff: noqa: FBT002 - to typer an option is an argument with a default

import sys
from pathlib import Path
from typing import Annotated

import typer

from extract.messages import Message

EXAMPLE = "Example: extract ingest downloads/ --out texts, then: extract run texts --out out"

FAILED = 1


def command(
    sources: Annotated[
        list[str],
        typer.Argument(metavar="SRC...", help="Files, folders, archives, patterns, or - for stdin."),
    ],
    out: Annotated[
        str, typer.Option("--out", metavar="DIR", help="Folder of texts; made where it is not there.")
    ],
    merge_copies: Annotated[
        bool, typer.Option("--merge-copies", help="Of the copies of one report keep only the best.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the account of this ingest as JSON.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")] = False,
) -> int:
    """Find the reports in documents, and account for all else.

    读取各种文档，找出其中的政府工作报告，并说明保留、舍弃、合并了什么以及原因。

    Writes DIR/ID.txt for each report, DIR/ingest.json for programs, and DIR/index.html to look through.
    Running again does no harm: the same sources give the same bytes, and files that somebody else wrote or
    changed are left alone.
    """
    import os

    from extract.cli.terminal import complain, write_lines
    from extract.cli.views import ingest as view
    from extract.cli.views.run import progress
    from extract.config import load_settings
    from extract.errors import ResultsFolderError
    from extract.results.files import write_atomically
    from extract.runs.ingest import IngestPlan, ingest
    from extract.runs.sources import find_sources

    settings = load_settings(Path.cwd(), os.environ)
    if not out:
        raise ResultsFolderError(
            Message("--out is empty."),
            hint=Message("Name a folder; an empty shell variable may stand there."),
        )
    folder = Path(out)
    found = find_sources(sources, folder)
    plan = IngestPlan(
        sources=found.sources,
        out=folder,
        max_bytes=settings.max_bytes,
        merge_copies=merge_copies,
        stdin=sys.stdin.buffer.read(settings.max_bytes + 1)
        if any(not one.path for one in found.sources)
        else b"",
    )
    with progress(len(found.sources), shown=not (quiet or as_json)) as advance:
        done = ingest(plan, advance)
    write_atomically(folder / view.PAGE_NAME, [view.as_page(done.account)])
    for error in found.missing:
        complain(str(error), error.hint)
    view.print_problems(done)
    if as_json:
        write_lines([view.as_json(done)])
    elif not quiet:
        view.print_summary(done, folder)
    failed = found.missing or any(source.status == "failed" for source in done.sources)
    return FAILED if failed else 0
