"""`extract eval`: results scored against gold."""

# ruff: noqa: FBT002 - to typer an option is an argument with a default

from pathlib import Path
from typing import Annotated

import typer

from extract.messages import Message

EXAMPLE = "Example: extract eval out --gold gold --errors 10"


def command(
    out: Annotated[Path, typer.Argument(metavar="OUT", help="A folder of results.")],
    gold: Annotated[
        Path, typer.Option("--gold", help="A folder of gold files, NAME.jsonl for report or source NAME.")
    ],
    errors: Annotated[
        int, typer.Option("--errors", min=0, metavar="N", help="Show up to N errors of each kind.")
    ] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> int:
    """Score results against gold.

    用标注数据给结果打分。

    Detection: the number was found. Strict: value, unit, direction, type and indicator are right too.
    Full: kind, modifier and period as well. Each with precision, recall and F1.
    """
    from extract.cli.result_folder import ResultFolder
    from extract.cli.terminal import note
    from extract.cli.views.evaluate import print_evaluations, print_json
    from extract.evaluation.gold import by_gold, gold_paths, load_gold
    from extract.evaluation.scoring import score
    from extract.tables.facts import facts

    folder = ResultFolder(out)
    paths = gold_paths(gold)
    reports = ((one.report.id, one.report.source, facts([one])) for one in folder.results())
    grouped = by_gold(reports, paths)
    for report_id in grouped.without_gold:
        note(Message("There is no gold file for %(report)s.", report=report_id))
    for name in grouped.without_report:
        note(Message("%(out)s holds no report for the gold file %(path)s.", path=paths[name], out=out))
    scored = {name: score(load_gold(paths[name]), rows) for name, rows in grouped.facts.items()}
    if as_json:
        print_json(scored)
    else:
        print_evaluations(scored, errors)
    return folder.exit_code
