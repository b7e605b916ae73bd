"""How right facts are: detection, strict and full precision, recall and F1.

detection: the number was claimed at all. strict: and value, unit, direction, record type and indicator are
right. full: and kind, modifier and period as well. Facts on optional gold lines count neither way.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from extract.evaluation.fields import FIELDS, STRICT, judge
from extract.evaluation.gold import GoldLine

FactRow = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Tally:
    """What a precision and a recall are made of.

    Attributes:
        right: facts that are right in the sense at hand.
        given: facts that count.
        wanted: gold lines that count.
    """

    right: int
    given: int
    wanted: int

    @property
    def precision(self) -> float:
        """The share of the facts that is right; 0 without facts."""
        return self.right / self.given if self.given else 0.0

    @property
    def recall(self) -> float:
        """The share of the gold that was found and is right; 0 without gold."""
        return self.right / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        both = self.given + self.wanted
        return 2 * self.right / both if both else 0.0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.right + other.right, self.given + other.given, self.wanted + other.wanted)


@dataclass(frozen=True, slots=True)
class Miss:
    """One thing that is not right.

    Attributes:
        kind: `wrong`, `missed` or `extra`.
        start: where, in the source.
        text: the number.
        indicator: what it measures, by the gold, or by the fact where there is no gold.
        wrong: for `wrong`, the fields with (gold, given).
    """

    kind: str
    start: int
    text: str
    indicator: str
    wrong: Mapping[str, tuple[Any, Any]]


@dataclass(frozen=True, slots=True)
class Score:
    """The score of some facts against some gold."""

    detection: Tally
    strict: Tally
    full: Tally
    fields: Mapping[str, int]
    misses: tuple[Miss, ...]

    def __add__(self, other: "Score") -> "Score":
        return Score(
            self.detection + other.detection,
            self.strict + other.strict,
            self.full + other.full,
            Counter(self.fields) + Counter(other.fields),
            self.misses + other.misses,
        )


def score(gold: Sequence[GoldLine], facts: Sequence[FactRow]) -> Score:
    """Score the facts of one source.

    Args:
        gold: its gold lines.
        facts: rows of the facts table; spans point into the same text as those of the gold.
    """
    pairs = pair(gold, facts)
    counted = [n for n in range(len(facts)) if _counts(n, pairs, gold, facts)]
    matched = [n for n in counted if n in pairs]
    verdicts = {n: judge(gold[pairs[n]], facts[n]) for n in matched}
    wanted = sum(not line.optional for line in gold)

    def tally(right: int) -> Tally:
        return Tally(right, len(counted), wanted)

    return Score(
        detection=tally(len(matched)),
        strict=tally(sum(all(verdict[name] for name in STRICT) for verdict in verdicts.values())),
        full=tally(sum(all(verdict.values()) for verdict in verdicts.values())),
        fields={name: sum(verdict[name] for verdict in verdicts.values()) for name in FIELDS},
        misses=(
            *(
                _wrong(gold[pairs[n]], facts[n], verdicts[n])
                for n in matched
                if not all(verdicts[n].values())
            ),
            *_missed(gold, {pairs[n] for n in matched}),
            *(_extra(facts[n]) for n in counted if n not in pairs),
        ),
    )


def pair(gold: Sequence[GoldLine], facts: Sequence[FactRow]) -> dict[int, int]:
    """One-to-one pairs of overlapping spans, the largest overlap first: index of fact to index of gold."""
    overlaps = []
    for i, fact in enumerate(facts):
        for j, line in enumerate(gold):
            overlap = min(fact["end"], line.end) - max(fact["start"], line.start)
            if overlap > 0:
                apart = abs(fact["start"] - line.start) + abs(fact["end"] - line.end)
                overlaps.append((overlap, -apart, i, j))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, i, j in sorted(overlaps, reverse=True):
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return pairs


def _counts(n: int, pairs: Mapping[int, int], gold: Sequence[GoldLine], facts: Sequence[FactRow]) -> bool:
    """Whether a fact counts: it is paired with required gold, or with none and lies on nothing optional."""
    if n in pairs:
        return not gold[pairs[n]].optional
    start, end = facts[n]["start"], facts[n]["end"]
    return not any(line.optional and min(end, line.end) > max(start, line.start) for line in gold)


def _wrong(line: GoldLine, fact: FactRow, verdict: Mapping[str, bool]) -> Miss:
    gold_side = {"record_type": line.types, "indicator": line.names[0]}
    wrong = {
        name: (gold_side.get(name) or getattr(line, name, None), fact.get(name))
        for name, right in verdict.items()
        if not right
    }
    return Miss("wrong", line.start, line.surface, line.names[0], wrong)


def _missed(gold: Sequence[GoldLine], found: set[int]) -> list[Miss]:
    return [
        Miss("missed", line.start, line.surface, line.names[0], {})
        for j, line in enumerate(gold)
        if not line.optional and j not in found
    ]


def _extra(fact: FactRow) -> Miss:
    text = fact.get("text") or f"{fact.get('value')}{fact.get('unit') or ''}"
    return Miss("extra", fact["start"], str(text), str(fact.get("indicator")), {})
