"""Which rows of the tables a chart draws, and what to say where the wish cannot be met."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, TypeVar

from extract.charts.theme import Lang
from extract.errors import ChartError
from extract.indicators.matching import built_in_matcher
from extract.indicators.numberless import headlines
from extract.language.regions import named
from extract.messages import Message
from extract.tables.project_rows import ProjectTrackingRow
from extract.tables.rows import PanelRow

Claim = Literal["target", "actual", "both"]
MOST_INDICATORS = 8
"""More small charts than these are drawn only where they are asked for by name."""
MOST_NAMED = 12

Choice = TypeVar("Choice", str, int)


def for_trend(
    rows: Sequence[PanelRow], regions: Sequence[str], indicators: Sequence[str], lang: Lang
) -> tuple[list[PanelRow], dict[str, str]]:
    """The rows of some regions, and the names of the indicators to draw.

    Args:
        rows: the panel.
        regions: whose, as `extract.language.regions.named` knows them; none for the region with the most years.
        indicators: ids or names, in the order wanted; none for those that have a target and an actual, then the others.
        lang: of the names.

    Raises:
        ChartError: there is no such region or indicator.
    """
    stated = [row for row in rows if row.value is not None and row.horizon == "annual"]
    there = [row.region for row in stated if row.region]
    chosen = [_region(one, there) for one in regions] or [_one(None, there, Message("region"))]
    own = [row for region in chosen for row in stated if row.region == region]
    names = _names(own, lang)
    if indicators:
        return own, {one: names[one] for one in (_known(wanted, names) for wanted in indicators)}
    claims = {one: {(row.claim_type, row.year) for row in own if row.indicator_id == one} for one in names}
    ranked = sorted(names, key=lambda one: -len({year for _, year in claims[one]}))
    both = [one for one in ranked if {"target", "actual"} <= {claim for claim, _ in claims[one]}]
    rest = [one for one in ranked if one not in both]
    drawn = set((both + rest)[:MOST_INDICATORS])
    return own, {one: name for one, name in names.items() if one in drawn}


def for_regions(
    rows: Sequence[PanelRow],
    indicator: str,
    year: int | None,
    claim: Claim,
    lang: Lang,
    regions: Sequence[str] = (),
) -> tuple[list[PanelRow], str]:
    """The rows of one indicator and one report year, targets first, and the indicator's name.

    Args:
        rows: the panel, with what is not stated.
        indicator: its id or a name.
        year: that the target is for, or the actual where only those are wanted; None for the latest.
        claim: targets, actuals, or the targets beside the actuals that the same reports state.
        lang: of the name.
        regions: only these; none for all.

    Raises:
        ChartError: there is no such indicator, region or year.
    """
    names = _names(rows, lang)
    chosen_indicator = _known(indicator, names)
    own = [
        row for row in rows if row.indicator_id == chosen_indicator and row.horizon == "annual" and row.region
    ]
    if regions:
        wanted = {_region(one, [row.region for row in own if row.region]) for one in regions}
        own = [row for row in own if row.region in wanted]
    first = "actual" if claim == "actual" else "target"
    years = [
        row.year for row in own if row.claim_type == first and row.value is not None and row.year is not None
    ]
    chosen = _one(year, years, "year", latest=True)
    drawn = [row for row in own if row.claim_type == first and row.year == chosen]
    if claim == "both":
        drawn += [row for row in own if row.claim_type == "actual" and row.year == chosen - 1]
    return drawn, names[chosen_indicator]


def for_livelihood(
    rows: Sequence[ProjectTrackingRow], region: str | None, year: int | None
) -> list[ProjectTrackingRow]:
    """The promises of one region and year.

    Raises:
        ChartError: there is none, or no such region or year.
    """
    if not rows:
        raise ChartError(
            Message(
                "There are no livelihood projects to follow up: this needs two reports of one "
                "region, one year apart."
            ),
            hint=Message("List the projects of single reports: extract livelihood OUT"),
        )
    there = [row.region for row in rows if row.region]
    chosen = _region(region, there) if region else _one(None, there, Message("region"))
    own = [row for row in rows if row.region == chosen]
    of_year = _one(year, [row.year for row in own], Message("year"), latest=True)
    return [row for row in own if row.year == of_year]


def _names(rows: Iterable[PanelRow], lang: Lang) -> dict[str, str]:
    return {row.indicator_id: row.indicator if lang == "zh" else row.indicator_en for row in rows}


def _known(wanted: str, names: Mapping[str, str]) -> str:
    """The id of the indicator to draw that a name stands for: growth rather than a level, where it can be either.

    Raises:
        ChartError: there is none, or the name stands for several of one measure.
    """
    if wanted in names:
        return wanted
    title = next((one for one, title in names.items() if title.casefold() == wanted.casefold()), None)
    if title is not None:
        return title
    meant = {match.indicator.id: match.indicator for match in built_in_matcher().readings(wanted)}
    there = [one for name, one in meant.items() if name in names]
    if not there:
        what = f" ({', '.join(meant)})" if meant else ""
        raise ChartError(
            Message("There is no indicator %(wanted)s%(what)s to draw.", wanted=wanted, what=what),
            hint=Message("Choose one of: %(names)s.", names=_some(list(names))),
        )
    best = headlines(there)
    if len(best) > 1:
        raise ChartError(
            Message("%(wanted)s may be any of several indicators.", wanted=wanted),
            hint=Message("Name one of: %(names)s.", names=", ".join(one.id for one in best)),
        )
    return best[0].id


def _region(wanted: str, there: Sequence[str]) -> str:
    """The region that a name stands for, full or short."""
    found = named(wanted, there)
    if len(found) > 1:
        raise ChartError(
            Message("%(wanted)s may be any of several regions.", wanted=wanted),
            hint=Message("Name one of: %(names)s.", names=", ".join(found)),
        )
    return found[0] if found else _one(wanted, there, Message("region"))


def _one(wanted: Choice | None, found: Sequence[Choice], what: str, *, latest: bool = False) -> Choice:
    """The one that is wanted, else the latest or the most frequent."""
    if not found:
        raise ChartError(Message("There is no %(what)s with a number to draw.", what=what))
    if wanted is None:
        return max(found) if latest else Counter(found).most_common(1)[0][0]
    if wanted not in found:
        raise ChartError(
            Message("There is no %(what)s %(wanted)s to draw.", what=what, wanted=wanted),
            hint=Message("Choose one of: %(names)s.", names=_some(list(found))),
        )
    return wanted


def _some(choices: Sequence[Choice]) -> str:
    distinct = sorted(set(choices))
    more = f" … ({len(distinct)})" if len(distinct) > MOST_NAMED else ""
    return ", ".join(map(str, distinct[:MOST_NAMED])) + more
