"""The embedded engine: claims to drafts. No key, no network; also the witness that stands against a model."""

from collections.abc import Mapping
from types import MappingProxyType

from extract.claims.model import Claim, NumberlessClaim
from extract.documents.model import Report
from extract.engines.base import Answer, ChunkOutcome, Draft, DraftFigure, Witness

STRETCH = 2_000
"""Characters; no sentence of a report that people wrote is as long."""


class RulesEngine:
    """Turns what the rules read around each number into drafts of the three record types."""

    name = "rules"
    model: str | None = None
    prompt_hashes: Mapping[str, str] = MappingProxyType({})
    schema_hashes: Mapping[str, str] = MappingProxyType({})

    def extract(self, report: Report, witness: Witness) -> Answer:
        """One draft for each indicator of each sentence, with all the numbers that the sentence gives it, if any.

        In an endless sentence there is one for each stretch that a quote can hold, or each quote would hold it all.
        """
        places = {(m.start, m.end): n for n, m in enumerate(witness.mentions)}
        groups: dict[tuple[int, str, str], list[Claim]] = {}
        stretches: list[list[Claim]] = []
        for claim in witness.reading.claims:
            key = claim.sentence, claim.indicator, claim.record_type
            group = groups.get(key)
            if group is None or claim.mention.start - group[0].mention.start > STRETCH:
                group = groups[key] = []
                stretches.append(group)
            group.append(claim)
        drafts = [_draft(claims, places) for claims in stretches]
        drafts += [_numberless_draft(claim) for claim in witness.reading.numberless]
        drafts.sort(key=lambda draft: draft.sentences)  # stable: numbers before what has none
        return Answer(tuple(drafts), tuple(ChunkOutcome(chunk.index) for chunk in report.chunks), {})


def _numberless_draft(claim: NumberlessClaim) -> Draft:
    return Draft(
        type=claim.record_type,
        indicator=claim.indicator,
        category=None,
        period=claim.period,
        commitment=claim.commitment,
        status=None,
        sentences=(claim.sentence,),
        figures=(),
    )


def _draft(claims: list[Claim], places: dict[tuple[int, int], int]) -> Draft:
    first = claims[0]
    return Draft(
        type=first.record_type,
        indicator=first.indicator,
        category=None,
        period=first.period,
        commitment=next((c.commitment for c in claims if c.commitment), None),
        status=first.status,
        sentences=(first.sentence,),
        figures=tuple(
            DraftFigure(
                text=claim.mention.text,
                mention=places[claim.mention.start, claim.mention.end],
                kind=claim.kind,
                direction=claim.direction,
                modifier=claim.modifier,
                period=claim.period,
                confidence=claim.confidence,
                doubts=claim.doubts,
            )
            for claim in claims
        ),
    )
