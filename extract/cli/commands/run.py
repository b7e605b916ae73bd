"""`extract run`: reports in, one result file each out."""

# ruff: noqa: FBT002, PLR0913, PLR0917 - to typer an option is an argument with a default

import sys
from pathlib import Path
from typing import Annotated

import typer

from extract.cli import llm_options
from extract.messages import Message

EXAMPLE = "Example: extract run reports/ 'more/**/*.txt' --out out --jobs 2"

FAILED = 1
INTERRUPTED = 130


def command(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="SRC...", help="Text, HTML, DOCX, PDF, ZIP …: files, folders, patterns, or - for stdin."
        ),
    ],
    out: Annotated[
        str | None,
        typer.Option("--out", metavar="PATH", help="Folder of results; made where it is not there."),
    ] = None,
    limit: Annotated[
        int | None, typer.Option("--limit", min=1, help="Read only the first N sources.")
    ] = None,
    jobs: Annotated[
        int | None, typer.Option("--jobs", min=1, help="Work with N processes; the results are the same.")
    ] = None,
    engine: Annotated[str, typer.Option("--engine", help="What reads the reports: rules or llm.")] = "rules",
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Work through sources again whose results are there.")
    ] = False,
    prune: Annotated[
        bool,
        typer.Option(
            "--prune",
            help="Remove the results of sources that are gone from the folders named here. Decisions of the desk, "
            "and results that somebody changed, stay.",
        ),
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary as one JSON object.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")] = False,
    model: llm_options.Model = None,
    base_url: llm_options.BaseUrl = None,
    mode: llm_options.Mode = None,
    cache: llm_options.CacheFolder = None,
    concurrency: llm_options.Concurrency = None,
    requests_per_minute: llm_options.RequestsPerMinute = None,
    tokens_per_minute: llm_options.TokensPerMinute = None,
    attempts: llm_options.Attempts = None,
    max_output_tokens: llm_options.MaxOutputTokens = None,
    max_cost: llm_options.MaxCost = None,
    max_tokens: llm_options.MaxTokens = None,
    prices: llm_options.PricesFile = None,
    dry_run: llm_options.DryRun = False,
    log_file: llm_options.LogFile = None,
    types: llm_options.Types = None,
    prompts: llm_options.Prompts = None,
) -> int:
    """Read reports and save their records; running again resumes.

    读取政府工作报告，每份报告存一个结果文件；中断后再运行即可继续，只显示新的结果。

    Running again shows what is new. Sources of earlier runs that are gone are named, where their folder is one of
    those that this run looks at; their results stay until --prune.
    """
    import os

    from extract.cli.views import run as run_view
    from extract.config import load_settings
    from extract.documents.readers.bounds import Allowance
    from extract.errors import ResultsFolderError
    from extract.runs.run import Plan, run_sources
    from extract.runs.sources import find_sources
    from extract.runs.workers import failure_of

    settings = load_settings(Path.cwd(), os.environ)
    if out == "":
        raise ResultsFolderError(
            Message("--out is empty."),
            hint=Message("Name a folder; an empty shell variable may stand there."),
        )
    folder = Path(out or settings.out)
    found = find_sources(sources, folder)
    chosen = found.sources[:limit]
    plan = Plan(
        sources=chosen,
        out=folder,
        engine=engine,
        jobs=jobs or settings.jobs,
        max_bytes=settings.max_bytes,
        fresh=fresh,
        command=("extract", *sys.argv[1:]),
        stdin=sys.stdin.buffer.read(settings.max_bytes + 1) if any(not one.path for one in chosen) else b"",
        looked=found.looked,
        prune=prune,
        allowance=Allowance(settings.max_seconds, settings.max_memory, settings.max_result),
    )
    asked = llm_options.Asked(
        settings={
            "model": model,
            "base_url": base_url,
            "mode": mode,
            "cache": cache,
            "concurrency": concurrency,
            "requests_per_minute": requests_per_minute,
            "tokens_per_minute": tokens_per_minute,
            "attempts": attempts,
            "max_output_tokens": max_output_tokens,
        },
        max_cost=max_cost,
        max_tokens=max_tokens,
        prices=prices,
        log_file=log_file,
        types=types,
        prompts=prompts,
        dry_run=dry_run,
    )
    if engine == "llm":
        from extract.cli import run_llm

        shown = run_llm.Shown(as_json=as_json, quiet=quiet)
        return run_llm.run(plan, settings, asked, [failure_of(error) for error in found.missing], shown)
    llm_options.refuse_without_model(asked, engine)
    with run_view.progress(len(chosen), shown=not (quiet or as_json)) as advance:
        state = run_sources(plan, lambda done: advance(done.entry.path))
    code = INTERRUPTED if state.interrupted else FAILED if found.missing or state.failed else 0
    run_view.print_problems(plan, state, found.missing)
    if as_json:
        run_view.print_json(plan, state, [failure_of(error) for error in found.missing], code)
    elif not quiet:
        run_view.print_summary(plan, state, len(found.missing))
    return code
