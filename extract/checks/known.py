"""What a report says of an indicator that somebody's table names: the right value beside a wrong one."""

from decimal import Decimal

from extract.checks.comparison import period_key, unit_key
from extract.checks.places import Place, Places
from extract.checks.stated import ABSENT, GivenFact
from extract.indicators.matching import Quantity, built_in_matcher, fitting

_RATES = frozenset({"%", "‰"})
_PASSED = frozenset({"more_than", "nearly"})
"""How a mark is named that was passed or nearly reached beside the number itself: 突破3000亿元，达到3122.4亿元."""


class Known:
    """The numbers of the catalogue's indicators in some reports.

    Args:
        places: every number of the reports.
    """

    def __init__(self, places: Places) -> None:
        self._places: dict[str, list[Place]] = {}
        matcher = built_in_matcher()
        for place in places.every:
            claim, mention = place.claim, place.mention
            if claim is None or mention.value is None:
                continue
            names = matcher.names(claim.indicator, place.report.meta.region)
            quantity = Quantity(mention.value, mention.upper, mention.unit, claim.kind, claim.direction)
            for match in fitting(names, claim.indicator, quantity):
                self._places.setdefault(match.indicator.id, []).append(place)

    def says(self, fact: GivenFact) -> Place | None:
        """The number that the report gives for a fact's indicator and period; None where that is not clear."""
        if fact.indicator is ABSENT or not fact.indicator:
            return None
        readings = built_in_matcher().readings(fact.indicator)
        wanted = None if fact.unit is ABSENT else unit_key(fact.unit)
        rate = _is_rate(fact)
        period = None if fact.period is ABSENT else period_key(fact.period)
        for match in readings:
            if rate is not None and (match.indicator.measure == "level") == rate:
                continue
            found = [
                place
                for place in self._places.get(match.indicator.id, ())
                if (period is None or (place.claim is not None and place.claim.period == period))
                and (wanted is None or unit_key(place.mention.unit) == wanted)
                and (fact.record_type is ABSENT or _of_type(place, fact.record_type))
            ]
            for one in (found, [place for place in found if place.modifier not in _PASSED]):
                if len({(place.mention.value, place.mention.unit, place.direction) for place in one}) == 1:
                    return one[0]
        return None


def _of_type(place: Place, record_type: str | None) -> bool:
    claim = place.claim
    return record_type is None or claim is None or record_type in (claim.record_type, *claim.also)


def _is_rate(fact: GivenFact) -> bool | None:
    """Whether a fact is a rate, by its unit or its kind; None where neither says so."""
    if fact.unit is not ABSENT and fact.unit is not None:
        return fact.unit in _RATES
    if fact.kind is not ABSENT and fact.kind is not None:
        return fact.kind in ("change", "share")
    return True if abs(fact.value) < Decimal(1000) else None
