"""`extract doctor`: look at endpoint, key, model, modes, cache and disk."""

# ruff: noqa: FBT002, PLR0917 - to typer an option is an argument with a default

from pathlib import Path
from typing import Annotated

import typer

from extract.cli import llm_options
from extract.messages import Message

EXAMPLE = "Example: extract doctor --base-url http://127.0.0.1:8080/v1 --model some-model"

NAMES = (
    Message("base url"),
    Message("proxy"),
    Message("key"),
    Message("endpoint"),
    Message("model"),
    Message("mode"),
    Message("parameters"),
    Message("price"),
    Message("cache"),
    Message("disk of the cache"),
    Message("disk of the results"),
    Message("converter"),
    Message("reading of documents"),
    Message("reach of documents"),
)
"""What is looked at, so that the catalogue holds it."""

SIGNS = {"ok": ("✓", "green"), "warning": ("!", "yellow"), "error": ("✗", "red")}


def command(
    model: llm_options.Model = None,
    base_url: llm_options.BaseUrl = None,
    mode: llm_options.Mode = None,
    cache: llm_options.CacheFolder = None,
    prices: llm_options.PricesFile = None,
    ask: Annotated[
        bool,
        typer.Option(
            "--ask/--no-ask", help="Ask the model a small question in each mode; it costs a little."
        ),
    ] = True,
    as_json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON lines.")] = False,
) -> int:
    """Say whether a model can be asked, and what to do if not.

    Ends with 1 where something is in the way.

    检查接口、密钥、模型、输出模式、缓存和磁盘，并给出处理办法。
    """
    import os
    from dataclasses import asdict

    from rich.text import Text

    from extract.cli.terminal import colon, console, safe, told, write_lines
    from extract.config import api_key, load_settings
    from extract.runs.doctor import examine
    from extract.tables.write import json_lines

    asked = llm_options.Asked(
        {"model": model, "base_url": base_url, "mode": mode, "cache": cache}, prices=prices
    )
    settings = llm_options.merged(load_settings(Path.cwd(), os.environ), asked)
    sick = False
    out = console()
    for finding in examine(settings, api_key(os.environ), Path(settings.out), ask=ask):
        sick = sick or finding.level == "error"
        if as_json:
            write_lines(json_lines([asdict(finding)]))
            continue
        sign, color = SIGNS[finding.level]
        out.print(Text.assemble((sign, color), f" {_named(finding.what)}{colon()}{safe(told(finding.says))}"))
        if finding.do:
            out.print(Text(f"  → {safe(told(finding.do))}"))
    return 1 if sick else 0


def _named(what: str) -> str:
    """What was looked at; a mode is named behind the word."""
    from extract.cli.terminal import heading

    word, _, name = what.partition(" ") if what.startswith("mode ") else (what, "", "")
    return f"{heading(word)} {name}".rstrip()
