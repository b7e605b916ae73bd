"""Which rows of the tables a chart draws, and what to say where the wish cannot be met."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, TypeVar

from extract.charts.theme import Lang
from extract.errors import ChartError
from extract.tables.project_rows import ProjectTrackingRow
from extract.tables.rows import PanelRow

Claim = Literal["target", "actual", "both"]
MOST_INDICATORS = 8
"""More small charts than these are drawn only where they are asked for by name."""
MOST_NAMED = 12

Choice = TypeVar("Choice", str, int)


def for_trend(
    rows: Sequence[PanelRow], region: str | None, indicators: Sequence[str], lang: Lang
) -> tuple[list[PanelRow], dict[str, str]]:
    """The rows of one region, and the names of the indicators to draw.

    Args:
        rows: the panel.
        region: whose; None for the region with the most years.
        indicators: ids, in the order wanted; none for those that have a target and an actual, then the others.
        lang: of the names.

    Raises:
        ChartError: there is no such region or indicator.
    """
    stated = [row for row in rows if row.value is not None and row.horizon == "annual"]
    chosen = _one(region, [row.region for row in stated if row.region], "region")
    own = [row for row in stated if row.region == chosen]
    names = _names(own, lang)
    if indicators:
        return own, {_known(one, names, "indicator"): names[one] for one in indicators}
    claims = {one: {(row.claim_type, row.year) for row in own if row.indicator_id == one} for one in names}
    ranked = sorted(names, key=lambda one: -len({year for _, year in claims[one]}))
    both = [one for one in ranked if {"target", "actual"} <= {claim for claim, _ in claims[one]}]
    rest = [one for one in ranked if one not in both]
    drawn = set((both + rest)[:MOST_INDICATORS])
    return own, {one: name for one, name in names.items() if one in drawn}


def for_regions(
    rows: Sequence[PanelRow], indicator: str, year: int | None, claim: Claim, lang: Lang
) -> tuple[list[PanelRow], str]:
    """The rows of one indicator and one report year, targets first, and the indicator's name.

    Args:
        rows: the panel, with what is not stated.
        indicator: its id.
        year: that the target is for, or the actual where only those are wanted; None for the latest.
        claim: targets, actuals, or the targets beside the actuals that the same reports state.
        lang: of the name.

    Raises:
        ChartError: there is no such indicator or year.
    """
    names = _names(rows, lang)
    _known(indicator, names, "indicator")
    own = [row for row in rows if row.indicator_id == indicator and row.horizon == "annual" and row.region]
    first = "actual" if claim == "actual" else "target"
    years = [
        row.year for row in own if row.claim_type == first and row.value is not None and row.year is not None
    ]
    chosen = _one(year, years, "year", latest=True)
    drawn = [row for row in own if row.claim_type == first and row.year == chosen]
    if claim == "both":
        drawn += [row for row in own if row.claim_type == "actual" and row.year == chosen - 1]
    return drawn, names[indicator]


def for_livelihood(
    rows: Sequence[ProjectTrackingRow], region: str | None, year: int | None
) -> list[ProjectTrackingRow]:
    """The promises of one region and year.

    Raises:
        ChartError: there is none, or no such region or year.
    """
    if not rows:
        raise ChartError(
            "No livelihood project is followed up: two reports of one region, one year apart, are needed.",
            hint="See what single reports promise: extract livelihood OUT.",
        )
    chosen = _one(region, [row.region for row in rows if row.region], "region")
    own = [row for row in rows if row.region == chosen]
    of_year = _one(year, [row.year for row in own], "year", latest=True)
    return [row for row in own if row.year == of_year]


def _names(rows: Iterable[PanelRow], lang: Lang) -> dict[str, str]:
    return {row.indicator_id: row.indicator if lang == "zh" else row.indicator_en for row in rows}


def _known(wanted: str, names: Mapping[str, str], what: str) -> str:
    if wanted not in names:
        raise ChartError(f"There is no {what} {wanted} to draw.", hint=f"There are: {_some(list(names))}.")
    return wanted


def _one(wanted: Choice | None, found: Sequence[Choice], what: str, *, latest: bool = False) -> Choice:
    """The one that is wanted, else the latest or the most frequent."""
    if not found:
        raise ChartError(f"There is no {what} with a number to draw.")
    if wanted is None:
        return max(found) if latest else Counter(found).most_common(1)[0][0]
    if wanted not in found:
        raise ChartError(f"There is no {what} {wanted} to draw.", hint=f"There are: {_some(list(found))}.")
    return wanted


def _some(choices: Sequence[Choice]) -> str:
    distinct = sorted(set(choices))
    more = f" … ({len(distinct)})" if len(distinct) > MOST_NAMED else ""
    return ", ".join(map(str, distinct[:MOST_NAMED])) + more
