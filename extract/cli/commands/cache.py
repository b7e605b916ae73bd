"""`extract cache`: look after the finished answers of models."""

# ruff: noqa: FBT002 - to typer an option is an argument with a default

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extract.file_names import without_surrogates
from extract.messages import Message, count, listed

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

    from extract.cli.terminal import console, heading, plain_table, print_table, safe, told_apart, write_lines
    from extract.tables.write import json_lines

    folder = _folder(cache)
    answers = _opened(folder)
    try:
        found = answers.stats()
    finally:
        answers.close()
    if as_json:
        write_lines(json_lines([{"folder": without_surrogates(str(folder)), **asdict(found)}]))
        return 0
    table = plain_table(heading("model"), heading("answers"), right=(heading("answers"),))
    for model, number in found.answers.items():
        table.add_row(model, f"{number:,}")
    out = console()
    if found.answers:
        print_table(out, table)
    total, usage = sum(found.answers.values()), found.usage
    parts = [
        count("%(num)s answer", "%(num)s answers", total),
        count("%(num)s request", "%(num)s requests", usage.requests),
        Message("%(num)s prompt tokens", num=f"{usage.prompt_tokens:,}"),
        Message("%(num)s answer tokens", num=f"{usage.completion_tokens:,}"),
        count("%(num)s question without an answer", "%(num)s questions without an answer", found.unfinished),
        Message("%(size)s MB in %(folder)s", size=f"{found.bytes / 1_000_000:.1f}", folder=folder),
    ]
    for line in told_apart(listed(parts)):
        out.print(safe(line))
    return 0


@app.command("verify", epilog="Example: extract cache verify || extract cache export > answers.jsonl")
def verify(cache: Folder = None, as_json: AsJson = False) -> int:
    """Look at every row without trusting it; exit 1 where something is wrong.

    校验缓存: 不加载任何可疑内容。
    """
    from extract.cli.terminal import complain, console, safe, say, write_lines
    from extract.engines.llm.cache_check import verify as findings_of
    from extract.tables.write import json_lines

    folder = _folder(cache)
    findings = findings_of(folder, _trusted())
    if as_json:
        write_lines(json_lines([{"folder": without_surrogates(str(folder)), "findings": findings}]))
    elif findings:
        for finding in findings:
            complain(finding)
        complain(
            Message("%(number)s damaged entries in %(folder)s.", number=len(findings), folder=folder),
            Message(
                "Save the intact answers with `extract cache export`, then use another folder with --cache."
            ),
        )
    else:
        console().print(safe(say("%(folder)s: no damage found", folder=folder)))
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
    from extract.cli.terminal import console, note, safe, told

    folder = _folder(cache)
    answers = _opened(folder)
    try:
        if yes:
            deleted = count(
                "%(num)s answer deleted from %(folder)s",
                "%(num)s answers deleted from %(folder)s",
                answers.clear(model),
                folder=folder,
            )
            console().print(safe(told(deleted)))
            return 0
        counts = answers.stats().answers
        number = sum(counts.values()) if model is None else counts.get(model, 0)
    finally:
        answers.close()
    note(
        Message(
            "%(number)s answers would be deleted from %(folder)s. Add --yes to delete them.",
            number=f"{number:,}",
            folder=folder,
        )
    )
    return 0


def _folder(given: Path | None) -> Path:
    import os

    from extract.config import load_settings

    return given or Path(load_settings(Path.cwd(), os.environ).cache)


def _trusted() -> str:
    import os

    from extract.config import load_settings

    return load_settings(Path.cwd(), os.environ).trust_cache


def _opened(folder: Path) -> "AnswerCache":
    """The cache that is there; looking at one never makes one.

    Raises:
        UsageError: there is none.
    """
    from extract.engines.llm.cache import AnswerCache
    from extract.engines.llm.cache_disk import DATABASE
    from extract.errors import UsageError

    if not (folder / DATABASE).is_file():
        raise UsageError(
            Message("There is no cache in %(folder)s.", folder=folder),
            hint=Message("Name its folder with --cache."),
        )
    return AnswerCache(folder, trusted=_trusted())
