"""The commands, put together. Nothing heavy is imported here: `extract --help` has to be quick."""

# ruff: noqa: FBT002 - to typer an option is an argument with a default

from typing import Annotated, Literal

import typer

from extract.cli.commands import (
    batch,
    cache,
    chart,
    check,
    demo,
    desk,
    diff,
    doctor,
    evaluate,
    export,
    indicators,
    ingest,
    livelihood,
    numbers,
    panel,
    report,
    run,
    schema,
    show,
    tracking,
)

app = typer.Typer(
    name="extract",
    add_completion=True,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Start with: extract run reports/ --out out, then: extract show out",
)

for name, module in (
    ("demo", demo),
    ("run", run),
    ("show", show),
    ("numbers", numbers),
    ("check", check),
    ("diff", diff),
    ("ingest", ingest),
    ("export", export),
    ("panel", panel),
    ("tracking", tracking),
    ("livelihood", livelihood),
    ("chart", chart),
    ("report", report),
    ("schema", schema),
    ("eval", evaluate),
    ("doctor", doctor),
):
    app.command(name, epilog=module.EXAMPLE)(module.command)

app.add_typer(indicators.app, name="indicators")
app.add_typer(batch.app, name="batch")
app.add_typer(cache.app, name="cache")
app.add_typer(desk.app, name="desk")


def _version(value: bool) -> None:  # noqa: FBT001 - typer calls it
    if value:
        from extract import __version__

        typer.echo(f"extract {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and end.")
    ] = False,
    lang: Annotated[
        Literal["zh", "en"] | None,
        typer.Option("--lang", help="Language of messages; else that of the locale, or both (EXTRACT_LANG)."),
    ] = None,
    debug: Annotated[
        bool, typer.Option("--debug", help="Show the traceback of an unexpected fault.")
    ] = False,
) -> None:
    """Government work reports in, checked records out: every number held against its place in the text.

    把政府工作报告读成目标、成绩和民生实事，每个数字都回到原文核对。
    """
