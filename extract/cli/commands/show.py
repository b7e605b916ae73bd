"""`extract show`: a report to read, its records under their headings."""

# ruff: noqa: FBT002 - to typer an option is an argument with a default

from typing import Annotated

import typer

from extract.cli.table_output import AsReadOption, StoreOption
from extract.messages import Message

EXAMPLE = "Example: extract show out/yunzhou-2024.json --flagged | less -R"


def command(
    what: Annotated[
        str,
        typer.Argument(
            metavar="REPORT.txt|OUT/ID.json|OUT", help="A report, a result, or a folder of results."
        ),
    ],
    record_type: Annotated[
        str | None,
        typer.Option("--type", metavar="TYPE", help="Only achievement, goal or livelihood_project."),
    ] = None,
    flagged: Annotated[
        bool, typer.Option("--flagged", help="Only records that a person should look at.")
    ] = False,
    store: StoreOption = None,
    as_read: AsReadOption = False,
    no_color: Annotated[bool, typer.Option("--no-color", help="No colours; NO_COLOR does the same.")] = False,
) -> int:
    """Read records under their headings.

    按标题列出记录：原句、标出的数字和需要人工核对之处。

    A report is read by rule on the spot; of a folder an
    overview is shown, or with --flagged or --type the records of all its reports. Results are shown as people left them at
    the review desk: corrected and added records are marked, rejected ones are left out; --as-read shows what the
    engine read.
    """
    from extract.cli.shown import Shown, shown_results
    from extract.cli.terminal import complain, console
    from extract.cli.views.report import Filter, print_report
    from extract.cli.views.summaries import print_summaries
    from extract.errors import UsageError
    from extract.results.summary import summarise
    from schemas import record_types

    if record_type is not None and record_type not in record_types():
        raise UsageError(
            Message("Unknown record type: %(name)s.", name=record_type),
            hint=Message("Known types: %(names)s.", names=", ".join(record_types())),
        )
    out = console(color=not no_color)
    only = Filter(record_type, flagged=flagged)
    shown: Shown = shown_results(what, store, as_read=as_read)
    if shown.overview and not (record_type or flagged):
        print_summaries(out, [summarise(result) for result in shown.results()])
    else:
        for result in shown.results():
            print_report(out, result, only)
    for error in shown.failures:
        complain(str(error), error.hint)
    return 1 if shown.failures else 0
