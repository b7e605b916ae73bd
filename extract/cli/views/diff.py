"""Differences between copies of a report: for people, for programs, and as a page."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from rich.text import Text

from extract.checks.differences import Difference, NumberChange, Side
from extract.cli.terminal import console, heading, safe, told_apart
from extract.documents.model import Report
from extract.messages import Message, count
from extract.runs.pairs import Pair
from extract.tables.write import json_lines

WHAT = {
    "value": "数值不同 value",
    "unit": "单位不同 unit",
    "modifier": "程度词不同 modifier",
    "direction": "增减不同 direction",
    "missing": "一方没有 missing",
}
"""How a number differs, on the page: in both languages."""
CHANGES = {
    "value": Message("another value"),
    "unit": Message("another unit"),
    "modifier": Message("another degree"),
    "direction": Message("another direction"),
    "missing": Message("only on one side"),
}
NOTHING = "∅"


def as_json(pairs: Sequence[Pair], *, numbers: bool) -> bytes:
    """One object: each pair with its differences; `numbers` leaves only those that change a number."""
    content = {"pairs": [_pair_row(pair, numbers=numbers) for pair in pairs]}
    return b"".join(json_lines([content]))


def as_page(pairs: Sequence[Pair], *, numbers: bool) -> bytes:
    """The same as an HTML page that stands alone."""
    from extract.cli.pages import page

    return page("diff.html", pairs=[(pair, _chosen(pair, numbers=numbers)) for pair in pairs], what=WHAT)


def print_pairs(pairs: Sequence[Pair], *, numbers: bool) -> None:
    """The same on standard output, a paragraph a difference."""
    out = console()
    for pair in pairs:
        for letter, report in (("A", pair.a), ("B", pair.b)):
            out.print(Text(safe(f"{letter}  {_name(report)}"), style="bold"))
        for line in told_apart(summary(pair)):
            out.print(Text(line))
        for number, one in enumerate(_chosen(pair, numbers=numbers), 1):
            out.print()
            out.print(_headline(number, one))
            for letter, side in (("A", one.a), ("B", one.b)):
                out.print(_line(letter, one, side))


def summary(pair: Pair) -> Message:
    """One line about a pair."""
    return Message(
        "%(alike)s (%(share)s of the wording is alike): %(differences)s, %(changed)s",
        alike=Message("the same report") if pair.same else Message("not the same report"),
        share=f"{pair.share:.0%}",
        differences=count("%(num)s difference", "%(num)s differences", len(pair.differences)),
        changed=count(
            "%(num)s of them changes a number", "%(num)s of them change a number", len(pair.numbers)
        ),
    )


def _chosen(pair: Pair, *, numbers: bool) -> tuple[Difference, ...]:
    return pair.numbers if numbers else pair.differences


def _name(report: Report) -> str:
    known = " ".join(str(one) for one in (report.meta.region, report.meta.report_year) if one)
    return f"{report.source.name} · {report.meta.title} ({known or '?'})"


def _headline(number: int, one: Difference) -> Text:
    line = Text(f"{number:>3}  {one.a.start}–{one.a.end} | {one.b.start}–{one.b.end}", style="dim")
    if one.numbers:
        changes = "；".join(_change(change) for change in one.numbers)
        line.append(f"  ⚑ {safe(changes)}", style="bold yellow not dim")
    return line


def _change(change: NumberChange) -> str:
    sides = (side.text if side else NOTHING for side in (change.a, change.b))
    return f"{heading(CHANGES[change.what])}: {' → '.join(sides)}{f' ({change.detail})' if change.detail else ''}"


def _line(letter: str, one: Difference, side: Side) -> Text:
    style = "red" if letter == "A" else "green"
    line = Text(f"     {letter}  …{safe(one.before)}")
    line.append(f"⟦{safe(side.text)}⟧" if side.text else NOTHING, style=style)
    return line.append(f"{safe(one.after)}…")


def _pair_row(pair: Pair, *, numbers: bool) -> dict[str, Any]:
    return {
        "a": _report_row(pair.a),
        "b": _report_row(pair.b),
        "same_report": pair.same,
        "share": round(pair.share, 4),
        "differences": list(_difference_rows(_chosen(pair, numbers=numbers))),
        "counts": {"differences": len(pair.differences), "numbers": len(pair.numbers)},
    }


def _report_row(report: Report) -> dict[str, Any]:
    return {
        "id": report.id,
        "source": report.source.name,
        "sha256": report.source.sha256,
        "title": report.meta.title,
        "region": report.meta.region,
        "report_year": report.meta.report_year,
    }


def _difference_rows(differences: Iterable[Difference]) -> Iterable[dict[str, Any]]:
    for one in differences:
        yield {**asdict(one), "changes_number": bool(one.numbers)}
