"""`extract cache`: look after the finished answers of models."""

# ruff: noqa: FBT002 - to typer an option is an argument with a default

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from extract.engines.llm.cache import AnswerCache

EXAMPLE = "Example: extract cache stats"

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Look after the finished answers of models.\n\n管理模型答复的缓存: 统计、校验、导出、清除。",
)

Folder = Annotated[
    Path | None, typer.Option("--cache", metavar="DIR", help="The folder; else that of the settings.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]


@app.command("stats", epilog="Example: extract cache stats --json")
def stats(cache: Folder = None, as_json: AsJson = False) -> int:
    """Say how many answers there are, of which models, and what they took.

    统计缓存中的答复数量与用量。
    """
    from dataclasses import asdict

    from extract.cli.terminal import console, plain_table, print_table, write_lines
    from extract.tables.write import json_lines

    folder = _folder(cache)
    answers = _opened(folder)
    try:
        found = answers.stats()
    finally:
        answers.close()
    if as_json:
        write_lines(json_lines([{"folder": str(folder), **asdict(found)}]))
        return 0
    table = plain_table("model", "answers", right=("answers",))
    for model, count in found.answers.items():
        table.add_row(model, f"{count:,}")
    out = console()
    if found.answers:
        print_table(out, table)
    total, usage = sum(found.answers.values()), found.usage
    out.print(
        f"{total:,} answers, {usage.requests:,} requests, {usage.prompt_tokens:,} prompt and "
        f"{usage.completion_tokens:,} answer tokens, {found.unfinished:,} questions without an answer, "
        f"{found.bytes / 1_000_000:.1f} MB in {folder}"
    )
    return 0


@app.command("verify", epilog="Example: extract cache verify || extract cache export > answers.jsonl")
def verify(cache: Folder = None, as_json: AsJson = False) -> int:
    """Look at every row without trusting it; exit 1 where something is wrong.

    校验缓存: 不加载任何可疑内容。
    """
    from extract.cli.terminal import complain, console, write_lines
    from extract.engines.llm.cache_check import verify as findings_of
    from extract.tables.write import json_lines

    folder = _folder(cache)
    findings = findings_of(folder)
    if as_json:
        write_lines(json_lines([{"folder": str(folder), "findings": findings}]))
    elif findings:
        for finding in findings:
            complain(finding)
        complain(
            f"{len(findings)} findings in {folder}.",
            "Save what is good with `extract cache export`, then name another folder with --cache.",
        )
    else:
        console().print(f"{folder}: all well")
    return 1 if findings else 0


@app.command("export", epilog="Example: extract cache export > answers.jsonl")
def export(cache: Folder = None) -> int:
    """Print every finished answer as a line of JSON.

    把缓存中的答复逐行输出为 JSON。
    """
    from dataclasses import asdict

    from extract.cli.terminal import write_lines
    from extract.tables.write import json_lines

    answers = _opened(_folder(cache))
    try:
        rows: Iterator[dict[str, object]] = (asdict(one) for one in answers.answers())
        write_lines(json_lines(rows))
    finally:
        answers.close()
    return 0


@app.command("clear", epilog="Example: extract cache clear --model some-model --yes")
def clear(
    cache: Folder = None,
    model: Annotated[str | None, typer.Option("--model", help="Only the answers of this model.")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do it; without it only say what would go.")] = False,
) -> int:
    """Throw finished answers away; they would have to be paid for again.

    清除缓存: 再次使用需要重新付费。
    """
    from extract.cli.terminal import console, note

    folder = _folder(cache)
    answers = _opened(folder)
    try:
        if yes:
            console().print(f"{answers.clear(model):,} answers thrown away from {folder}")
            return 0
        counts = answers.stats().answers
        count = sum(counts.values()) if model is None else counts.get(model, 0)
    finally:
        answers.close()
    note(f"{count:,} answers would be thrown away from {folder}; add --yes to do it.")
    return 0


def _folder(given: Path | None) -> Path:
    import os

    from extract.config import load_settings

    return given or Path(load_settings(Path.cwd(), os.environ).cache)


def _opened(folder: Path) -> "AnswerCache":
    """The cache that is there; looking at one never makes one.

    Raises:
        UsageError: there is none.
    """
    from extract.engines.llm.cache import AnswerCache
    from extract.engines.llm.cache_disk import DATABASE
    from extract.errors import UsageError

    if not (folder / DATABASE).is_file():
        raise UsageError(f"{folder} holds no cache.", hint="Name its folder with --cache.")
    return AnswerCache(folder)
