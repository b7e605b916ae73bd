"""Numbers that no record claims and no reason excludes."""

from collections.abc import Iterator

from extract.checks.context import Context, Finding
from extract.checks.issues import issue


def unclaimed_numbers(context: Context) -> Iterator[Finding]:
    """`unclaimed_number` for each open row of the ledger."""
    for row in context.ledger:
        if row.state == "unclaimed":
            reading = f"（规则读作“{row.reason}”）" if row.reason else ""
            reading_en = f" (the rules read it as {row.reason})" if row.reason else ""
            yield Finding(
                None,
                issue(
                    "unclaimed_number",
                    f"原文中的“{row.text}”{reading}没有进入任何记录，也没有排除的理由。",
                    f"The number {row.text}{reading_en} is in no record and not excluded for a reason.",
                    [(row.start, row.end)],
                ),
            )
