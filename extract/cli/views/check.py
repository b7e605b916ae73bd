"""Verdicts for people: what is wrong first, then what is missing, then the counts."""

from rich.text import Text

from extract.checks import Audit
from extract.cli.terminal import console, plain_table, print_table, safe


def print_audit(audited: Audit) -> None:
    """Print verdicts and unclaimed numbers on standard output."""
    out = console()
    table = plain_table("row", "verdict", "differs", "fact says", "text says", "at", "number", "indicator")
    for verdict in audited.verdicts:
        row = verdict.row()
        found = row["found"] if isinstance(row["found"], dict) else {}
        flagged = row["verdict"] == "flagged"
        first = True
        for difference in verdict.differences or (None,):
            table.add_row(
                Text(str(verdict.fact) if first else ""),
                Text(str(row["verdict"]) if first else "", style="yellow" if flagged else "green"),
                Text(difference.code if difference else ""),
                Text(safe(str(difference.stated)) if difference else ""),
                Text(safe(str(difference.read)) if difference else ""),
                Text(f"{found['start']}–{found['end']}" if found and first else ""),
                Text(safe(str(found.get("text") or "")) if first else ""),
                Text(safe(str(found.get("indicator") or "")) if first else ""),
            )
            first = False
    print_table(out, table)
    for place in audited.unclaimed:
        out.print(Text(f"unclaimed  {place.start}–{place.end}  {safe(place.text)}", style="cyan"))
    flags = sum(bool(verdict.differences) for verdict in audited.verdicts)
    out.print(
        Text(
            f"{len(audited.verdicts)} facts: {len(audited.verdicts) - flags} verified, {flags} flagged; "
            f"{len(audited.unclaimed)} numbers of the report in no fact"
        )
    )
