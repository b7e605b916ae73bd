"""Verdicts for people: what is wrong in words, then the counts."""

from rich.text import Text

from extract.checks import ABSENT, GivenFact
from extract.checks.reasons import Lang
from extract.cli.terminal import console, heading, plain_table, print_table, safe
from extract.messages import Message, count, in_language, listed
from extract.runs.checking import NO_REPORT, CheckedTable
from schemas.record import plain

_STYLES = {"verified": "green", "flagged": "yellow", NO_REPORT: "dim"}
_WORDS = {
    "verified": Message("verified"),
    "flagged": Message("flagged"),
    NO_REPORT: Message("no report"),
}


def print_checked(checked: CheckedTable, *, lang: Lang, unclaimed: bool) -> None:
    """Print verdicts, and the numbers that no row claims where they are wanted, on standard output."""
    out = console()
    table = plain_table(
        heading("row"),
        heading("verdict"),
        heading("reasons"),
        heading("table says"),
        heading("report says"),
        heading("at"),
        heading("indicator"),
        "",
    )
    for one in checked.verdicts:
        fact, verdict = one.given.fact, one.verdict
        place = (verdict.says or verdict.place) if verdict else None
        indicator = fact.indicator if isinstance(fact.indicator, str) else ""
        whose = " ".join(part for part in (one.given.region, one.report_id) if part)
        table.add_row(
            Text(str(one.given.row)),
            Text(in_language(_WORDS[one.word], lang), style=_STYLES[one.word]),
            Text(", ".join(verdict.reasons if verdict else (one.why,))),
            Text(safe(_stated(fact))),
            Text(safe(one.found)),
            Text(f"{place.start}–{place.end}" if place else ""),
            Text(safe(indicator)),
            Text(safe(" — ".join(part for part in (one.reasons(lang), whose) if part))),
        )
    print_table(out, table)
    for place in checked.unclaimed if unclaimed else ():
        out.print(
            Text(f"{heading('unclaimed')}  {place.start}–{place.end}  {safe(place.text)}", style="cyan")
        )


def summary(checked: CheckedTable, lang: Lang) -> str:
    """How many numbers were checked, and how they fared."""
    total, verified, flagged = len(checked.verdicts), checked.count("verified"), checked.count("flagged")
    absent, unclaimed = checked.count(NO_REPORT), len(checked.unclaimed)
    checked_numbers = count("%(num)s number checked", "%(num)s numbers checked", total)
    parts = [
        Message("%(number)s verified", number=verified),
        Message("%(number)s flagged", number=flagged),
        *([Message("%(number)s without a report", number=absent)] if absent else []),
    ]
    more = count(
        "%(num)s number of the reports not in the table (--unclaimed lists it)",
        "%(num)s numbers of the reports not in the table (--unclaimed lists them)",
        unclaimed,
    )
    return in_language(
        Message(
            "%(checked)s: %(verdicts)s; %(more)s", checked=checked_numbers, verdicts=listed(parts), more=more
        ),
        lang,
    )


def _stated(fact: GivenFact) -> str:
    """A number as the table has it."""
    upper = "" if fact.upper is ABSENT or fact.upper is None else f"~{plain(fact.upper)}"
    return fact.text or f"{plain(fact.value)}{upper}{fact.unit if isinstance(fact.unit, str) else ''}"
