"""The second question: numbers that the rules claim and no record does.

Each goes back once, with its sentence. What is still in no record after that is for the ledger to flag.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from extract.engines.base import Draft, DraftFigure, Witness
from extract.engines.llm.question import Passage, Wanted


def all_named(witness: Witness, passages: Sequence[Passage], drafts: Iterable[Draft]) -> bool:
    """Whether the drafts name every number of the rules letter by letter, each in its own sentence.

    Then none is left to ask for, and nothing has to be grounded to know that: the usual case.
    """
    named: Counter[tuple[int, str]] = Counter()
    for draft in drafts:
        if len(draft.sentences) == 1:
            named.update((draft.sentences[0], _bare(figure.text)) for figure in draft.figures)
    asked = {sentence for passage in passages for sentence in range(passage.first, passage.last + 1)}
    named.subtract(
        [
            (claim.sentence, _bare(claim.mention.text))
            for claim in witness.reading.claims
            if claim.sentence in asked
        ]
    )
    return min(named.values(), default=0) >= 0


def unclaimed_in(
    witness: Witness, passages: Sequence[Passage], claimed: Iterable[int]
) -> dict[Passage, list[Wanted]]:
    """The numbers to ask for again, by the passage that they stand in.

    Args:
        witness: what the rules read; numbers that they exclude are not asked for.
        passages: the passages that were answered, in reading order; those that failed are left alone.
        claimed: indices of the mentions that a record has.
    """
    taken = {witness.mentions[n].start for n in claimed}
    found: dict[Passage, list[Wanted]] = {}
    for claim in witness.reading.claims:
        if claim.mention.start in taken:
            continue
        passage = _passage_of(claim.sentence, passages)
        if passage is not None:
            found.setdefault(passage, []).append(Wanted(claim.sentence, claim.mention.text))
    return found


def _passage_of(sentence: int, passages: Sequence[Passage]) -> Passage | None:
    """The passage that a sentence stands in, or None."""
    at = bisect_right(passages, sentence, key=lambda passage: passage.first) - 1
    return passages[at] if at >= 0 and sentence <= passages[at].last else None


def only_wanted(drafts: Iterable[Draft], wanted: Sequence[Wanted]) -> tuple[Draft, ...]:
    """The drafts without figures that nobody asked for: those are in records already."""
    left = [(one.sentence, _bare(one.text)) for one in wanted]
    kept = []
    for draft in drafts:
        figures = tuple(figure for figure in draft.figures if _take(left, draft, figure))
        if figures:
            kept.append(replace(draft, figures=figures, period=figures[0].period))
    return tuple(kept)


def _take(left: list[tuple[int, str]], draft: Draft, figure: DraftFigure) -> bool:
    """Whether a figure is one of those asked for; each is given away once."""
    text = _bare(figure.text)
    for at, (sentence, asked) in enumerate(left):
        if sentence in draft.sentences and (asked == text or asked in text or text in asked):
            del left[at]
            return True
    return False


def _bare(text: str) -> str:
    return "".join(text.split())
