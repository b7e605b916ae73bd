"""`extract batch`: the questions of a run in the provider's batch files."""

# ruff: noqa: FBT002, PLR0913, PLR0917 - to typer an option is an argument with a default

import sys
from typing import Annotated

import typer

from extract.cli import llm_options
from extract.messages import Message

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help=(
        "Ask a model in batches: cheaper, within a day.\n\n"
        "批量提交: submit 提交, status 查看, collect 取回; 之后 extract run 不再发送请求。"
    ),
)
Name = Annotated[
    str | None, typer.Argument(metavar="[BATCH]", help="One batch, by its name; without it all of them.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object a batch.")]


@app.command("submit", epilog="Example: extract batch submit reports/ --model some-model")
def submit(
    sources: Annotated[
        list[str] | None, typer.Argument(metavar="SRC...", help="Files, folders, patterns, or - for stdin.")
    ] = None,
    failed_of: Annotated[
        str | None,
        typer.Option(
            "--failed", metavar="BATCH", help="Send the failed and expired items of a batch again, only them."
        ),
    ] = None,
    model: llm_options.Model = None,
    base_url: llm_options.BaseUrl = None,
    mode: llm_options.Mode = None,
    cache: llm_options.CacheFolder = None,
    max_output_tokens: llm_options.MaxOutputTokens = None,
    types: llm_options.Types = None,
    prompts: llm_options.Prompts = None,
    as_json: AsJson = False,
) -> int:
    """Send every question that has no answer yet.

    提交尚无答复的全部问题。

    After `collect`, submit the same reports again: what the answers left open is asked in a second, small
    batch. When nothing is left to submit, `extract run` needs no request.
    """
    from extract.cli import run_batch
    from extract.errors import UsageError

    if bool(sources) == (failed_of is not None):
        raise UsageError(
            Message("Name reports to submit, or a batch with --failed."),
            hint=Message("See: extract batch submit --help"),
        )
    settings = {
        "model": model,
        "base_url": base_url,
        "mode": mode,
        "cache": cache,
        "max_output_tokens": max_output_tokens,
    }
    asked = llm_options.Asked(settings, types=types, prompts=prompts)
    if failed_of is not None:
        return run_batch.resubmit(failed_of, asked, as_json=as_json)
    return run_batch.submit(sources or [], asked, sys.stdin.buffer, as_json=as_json)


@app.command("status", epilog="Example: extract batch status --json")
def status(
    batch: Name = None,
    base_url: llm_options.BaseUrl = None,
    cache: llm_options.CacheFolder = None,
    as_json: AsJson = False,
) -> int:
    """Say how each batch fares, and which items failed.

    查看批次进度和失败项。
    """
    from extract.cli import run_batch

    return run_batch.status(batch, llm_options.Asked({"base_url": base_url, "cache": cache}), as_json=as_json)


@app.command("collect", epilog="Example: extract batch collect && extract run reports/ --engine llm")
def collect(
    batch: Name = None,
    base_url: llm_options.BaseUrl = None,
    cache: llm_options.CacheFolder = None,
    types: llm_options.Types = None,
    prompts: llm_options.Prompts = None,
    as_json: AsJson = False,
) -> int:
    """Take the answers of ended batches into the cache; exit 1 where items failed or batches still run.

    取回已结束批次的答复, 存入缓存。

    The provider's files are kept as they came in batches/ of the cache folder.
    """
    from extract.cli import run_batch

    asked = llm_options.Asked({"base_url": base_url, "cache": cache}, types=types, prompts=prompts)
    return run_batch.collect(batch, asked, as_json=as_json)
