"""Verdicts for people: what is wrong in words, then the counts."""

from rich.text import Text

from extract.checks import ABSENT, GivenFact
from extract.checks.reasons import Lang
from extract.cli.terminal import console, plain_table, plural, print_table, safe
from extract.runs.checking import NO_REPORT, CheckedTable
from schemas.record import plain

_STYLES = {"verified": "green", "flagged": "yellow", NO_REPORT: "dim"}


def print_checked(checked: CheckedTable, *, lang: Lang, unclaimed: bool) -> None:
    """Print verdicts, and the numbers that no row claims where they are wanted, on standard output."""
    out = console()
    table = plain_table("row", "verdict", "reasons", "table says", "report says", "at", "indicator", "")
    for one in checked.verdicts:
        fact, verdict = one.given.fact, one.verdict
        place = (verdict.says or verdict.place) if verdict else None
        indicator = fact.indicator if isinstance(fact.indicator, str) else ""
        whose = " ".join(part for part in (one.given.region, one.report_id) if part)
        table.add_row(
            Text(str(one.given.row)),
            Text(one.word, style=_STYLES[one.word]),
            Text(", ".join(verdict.reasons if verdict else (one.why,))),
            Text(safe(_stated(fact))),
            Text(safe(one.found)),
            Text(f"{place.start}–{place.end}" if place else ""),
            Text(safe(indicator)),
            Text(safe(" — ".join(part for part in (one.reasons(lang), whose) if part))),
        )
    print_table(out, table)
    for place in checked.unclaimed if unclaimed else ():
        out.print(Text(f"unclaimed  {place.start}–{place.end}  {safe(place.text)}", style="cyan"))


def summary(checked: CheckedTable, lang: Lang) -> str:
    """How many numbers were checked, and how they fared."""
    total, verified, flagged = len(checked.verdicts), checked.count("verified"), checked.count("flagged")
    absent, unclaimed = checked.count(NO_REPORT), len(checked.unclaimed)
    if lang == "zh":
        said = f"共核对{total}个数字：{verified}个一致，{flagged}个不一致"
        said += f"，{absent}个没有对应的报告" if absent else ""
        return f"{said}；报告中另有{unclaimed}个数字不在表中（--unclaimed 列出）"
    said = f"{plural(total, 'number')} checked: {verified} verified, {flagged} flagged"
    said += f", {absent} without a report" if absent else ""
    return f"{said}; {plural(unclaimed, 'number')} of the reports not in the table (--unclaimed lists them)"


def _stated(fact: GivenFact) -> str:
    """A number as the table has it."""
    upper = "" if fact.upper is ABSENT or fact.upper is None else f"~{plain(fact.upper)}"
    return fact.text or f"{plain(fact.value)}{upper}{fact.unit if isinstance(fact.unit, str) else ''}"
