"""`extract indicators`: the catalogue, what a wording is matched to, and what is matched to nothing."""

# ruff: noqa: FBT002, PLR0917 - to typer an option is an argument with a default

import re
from pathlib import Path
from typing import Annotated, Literal

import typer

from extract.cli.table_output import (
    AsReadOption,
    BomOption,
    CatalogueOption,
    FormatOption,
    LangOption,
    OutputOption,
    StoreOption,
)
from extract.messages import Message

HOW = {
    "exact": Message("exact"),
    "alias": Message("alias"),
    "composed": Message("composed"),
    "loose": Message("loose"),
}
"""How a wording was matched."""

_AREA = re.compile(r"^[\u4e00-\u9fff]{1,10}?[省市区县州旗](?=.{3})")
"""Whose figure it is: 安吉县一般公共预算收入 is not that of the report's region."""

app = typer.Typer(
    help="Look at the catalogue of indicators and at matches.\n\n指标目录：查看、匹配，以及未能匹配的说法。",
    no_args_is_help=True,
    rich_markup_mode=None,
)


@app.command("list", epilog="Example: extract indicators list --format csv --lang zh")
def list_indicators(
    file_format: FormatOption = None,
    output: OutputOption = None,
    bom: BomOption = False,
    lang: LangOption = "en",
    catalogue: CatalogueOption = None,
) -> None:
    """Write the catalogue as a table.

    列出目录中的全部指标。
    """
    from extract.cli.table_output import put_table
    from extract.indicators.catalogue import load_catalogue
    from extract.tables.research import INDICATORS
    from extract.tables.unmatched import indicator_rows

    rows = indicator_rows(load_catalogue(catalogue))
    put_table(INDICATORS, rows, file_format=file_format, output=output, bom=bom, lang=lang)


@app.command("file", epilog="Example: extract indicators file > indicators.toml")
def built_in_file() -> None:
    """Print the built-in catalogue as the file it is, to begin one of your own.

    打印内置目录文件，可作为自建目录的样本。
    """
    from extract.cli.terminal import write_lines
    from extract.indicators.catalogue import built_in_text

    write_lines([built_in_text().encode()])


@app.command(
    "unmatched", epilog="Example: extract indicators unmatched out --format csv --output unmatched.csv"
)
def unmatched(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="A folder of results.")],
    file_format: FormatOption = None,
    output: OutputOption = None,
    bom: BomOption = False,
    lang: LangOption = "en",
    catalogue: CatalogueOption = None,
    store: StoreOption = None,
    as_read: AsReadOption = False,
) -> int:
    """Write the wordings without an indicator, the most frequent first.

    In the words that people left at the review desk, where they corrected any; --as-read leaves that out.

    列出未能匹配的指标说法，按出现次数排列。
    """
    from extract.cli.reviewed_results import regional_results
    from extract.cli.table_output import put_table
    from extract.indicators.catalogue import load_catalogue
    from extract.tables.research import UNMATCHED
    from extract.tables.unmatched import unmatched_rows

    results = regional_results(out, store, as_read=as_read)
    rows = unmatched_rows(results, load_catalogue(catalogue))
    put_table(UNMATCHED, rows, file_format=file_format, output=output, bom=bom, lang=lang)
    return results.conclude()


@app.command(
    "match", epilog="Example: extract indicators match 城镇常住居民人均可支配收入 --kind change --unit %"
)
def match(
    wording: Annotated[str, typer.Argument(help="An indicator in a report's words.")],
    kind: Annotated[
        Literal["level", "change", "share"] | None,
        typer.Option("--kind", help="What its number is; by default anything."),
    ] = None,
    unit: Annotated[
        str | None, typer.Option("--unit", help="The unit of its number; by default any.")
    ] = None,
    region: Annotated[
        str | None, typer.Option("--region", help="The region of the report, e.g. 宁波市.")
    ] = None,
    catalogue: CatalogueOption = None,
) -> int:
    """Say what a wording is matched to, and why.

    查看一种说法匹配到哪个指标及理由。
    """
    from extract.cli.terminal import heading, safe, say
    from extract.indicators.catalogue import load_catalogue
    from extract.indicators.matching import Matcher

    matcher = Matcher(load_catalogue(catalogue))
    found = matcher.readings(wording, region, kind=kind, unit=unit)
    for one in found:
        parts = [one.indicator.id, one.indicator.zh, heading(HOW.get(one.how, one.how))]
        if one.dropped:
            parts.append(say("left out: %(words)s", words=one.dropped))
        if one.doubt:
            parts.append(say("in doubt: %(reason)s", reason=one.doubt))
        typer.echo(safe("  ".join(parts)))
    if found:
        return 0
    others = dict.fromkeys(matcher.confusable(wording), say("another indicator with a similar name")) or {
        one.indicator.id: say("of another region")
        for one in matcher.readings(_AREA.sub("", wording), region, kind=kind, unit=unit)
    }
    for indicator_id, why in others.items():
        no = heading("not")
        typer.echo(safe(f"{no} {indicator_id}  {matcher.catalogue[indicator_id].zh}  {why}"))
    if not others:
        typer.echo(say("no indicator of the catalogue"))
    return 0
