"""The embedded engine: claims to drafts. No key, no network; also the witness that stands against a model."""

from collections.abc import Mapping
from types import MappingProxyType

from extract.claims.model import Claim, NumberlessClaim
from extract.documents.model import Report
from extract.engines.base import Answer, ChunkOutcome, Draft, DraftFigure, Witness


class RulesEngine:
    """Turns what the rules read around each number into drafts of the three record types."""

    name = "rules"
    model: str | None = None
    prompt_hashes: Mapping[str, str] = MappingProxyType({})
    schema_hashes: Mapping[str, str] = MappingProxyType({})

    def extract(self, report: Report, witness: Witness) -> Answer:
        """One draft for each indicator of each sentence, with all the numbers that the sentence gives it, if any."""
        places = {(m.start, m.end): n for n, m in enumerate(witness.mentions)}
        groups: dict[tuple[int, str, str], list[Claim]] = {}
        for claim in witness.reading.claims:
            groups.setdefault((claim.sentence, claim.indicator, claim.record_type), []).append(claim)
        drafts = [_draft(claims, places) for claims in groups.values()]
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
