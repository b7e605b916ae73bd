"""Scores for people, and for programs."""

from collections import Counter
from collections.abc import Mapping
from functools import reduce
from operator import add
from typing import Any

from rich.table import Table
from rich.text import Text

from extract.cli.terminal import console, plain_table, print_table, safe, write_lines
from extract.evaluation.fields import FIELDS
from extract.evaluation.scoring import Miss, Score, Tally
from extract.tables.write import json_lines

ALL = "all"


def with_total(scores: Mapping[str, Score]) -> dict[str, Score]:
    """The scores, and where there are several their sum as `all`."""
    total = {ALL: reduce(add, scores.values())} if len(scores) > 1 else {}
    return {**scores, **total}


def print_json(scores: Mapping[str, Score]) -> None:
    """One JSON object, by the name of the gold file."""
    write_lines(json_lines([{name: as_json(one) for name, one in with_total(scores).items()}]))


def as_json(score: Score) -> dict[str, Any]:
    """One score as plain data."""

    def prf(tally: Tally) -> dict[str, float]:
        return {
            "precision": round(tally.precision, 4),
            "recall": round(tally.recall, 4),
            "f1": round(tally.f1, 4),
        }

    found = score.detection.right
    return {
        "gold": score.detection.wanted,
        "facts": score.detection.given,
        "detection": prf(score.detection),
        "strict": prf(score.strict),
        "full": prf(score.full),
        "fields": {name: round(score.fields[name] / found, 4) if found else 0.0 for name in FIELDS},
        "wrong_fields": dict(Counter(name for miss in score.misses for name in miss.wrong).most_common()),
    }


def print_evaluations(scores: Mapping[str, Score], errors: int) -> None:
    """Tables of scores and fields; then, where asked for, up to `errors` of each kind of error."""
    out = console()
    everything = with_total(scores)
    table = _table(
        "report",
        "gold",
        "facts",
        *(f"{name} {part}" for name in ("detection", "strict", "full") for part in ("P", "R", "F1")),
    )
    for name, one in everything.items():
        tallies = (one.detection, one.strict, one.full)
        numbers = (f"{value:.3f}" for tally in tallies for value in (tally.precision, tally.recall, tally.f1))
        table.add_row(Text(safe(name)), str(one.detection.wanted), str(one.detection.given), *numbers)
    print_table(out, table)
    fields = _table("right of the found", *FIELDS)
    for name, one in everything.items():
        found = one.detection.right
        fields.add_row(
            Text(safe(name)), *(f"{one.fields[field] / found:.3f}" if found else "–" for field in FIELDS)
        )
    out.print()
    print_table(out, fields)
    for name, one in scores.items():
        _print_misses(name, one, errors)


def _table(*columns: str) -> Table:
    return plain_table(*columns, right=columns[1:])


def _print_misses(name: str, score: Score, errors: int) -> None:
    out = console()
    kinds: dict[str, list[Miss]] = {}
    for miss in score.misses:
        kinds.setdefault(" ".join((miss.kind, *sorted(miss.wrong))), []).append(miss)
    if errors and kinds:
        out.print(Text(f"\n{safe(name)}", style="bold"))
    for kind, misses in sorted(kinds.items(), key=lambda item: -len(item[1])) if errors else ():
        out.print(Text(f"{len(misses):>4}  {kind}"))
        for miss in misses[:errors]:
            wrong = "; ".join(
                f"{field}: gold {_shown(gold)}, got {_shown(got)}"
                for field, (gold, got) in miss.wrong.items()
            )
            out.print(Text(safe(f"      @{miss.start} {miss.text} {miss.indicator}  {wrong}".rstrip())))


def _shown(value: object) -> str:
    if value is None:
        return "none"
    return " or ".join(str(item) for item in value) if isinstance(value, tuple | list) else str(value)
