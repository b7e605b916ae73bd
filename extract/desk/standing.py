"""Where an item stands, from its events alone. Pure: the store keeps only what this gives."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from extract.desk.model import Standing, Verdict
from extract.desk.sameness import holds

SAID = {
    Verdict.APPROVE: Standing.APPROVED,
    Verdict.CORRECT: Standing.CORRECTED,
    Verdict.REJECT: Standing.REJECTED,
    Verdict.ADD: Standing.ADDED,
    Verdict.NOT_A_FACT: Standing.NOT_A_FACT,
    Verdict.ACKNOWLEDGE: Standing.ACKNOWLEDGED,
}


@dataclass(frozen=True, slots=True)
class Past:
    """One event, as far as it counts.

    Attributes:
        fingerprint: of the content that was judged.
        after: the record that was left, as JSON.
    """

    id: int
    verdict: Verdict
    reviewer: str
    fingerprint: str
    after: str | None
    undoes: int | None


@dataclass(frozen=True, slots=True)
class Subject:
    """What is judged.

    Attributes:
        flagged: whether the engine wants a person to look.
        present: whether the latest run still has it.
        needs_two: whether two reviewers are to look.
        fingerprint: of its content now.
    """

    flagged: bool
    present: bool
    needs_two: bool
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Stands:
    """Where it stands.

    Attributes:
        after: the record that people left in place of the engine's, as JSON.
        reviewer: who said so; of an item under second review, the first.
        event: the decision that counts.
        pair: the two independent decisions, where there are two.
    """

    standing: Standing
    after: str | None = None
    reviewer: str | None = None
    event: int | None = None
    pair: tuple[Past, Past] | None = None


def stands(subject: Subject, events: Sequence[Past]) -> Stands:
    """Where an item stands.

    Args:
        subject: the item as the latest run has it.
        events: all of its events, oldest first.
    """
    counting = in_force(events)
    if not subject.present:
        last = counting[-1].reviewer if counting else None
        return Stands(Standing.GONE, reviewer=last)
    now = [event for event in counting if holds(event.fingerprint, subject.fingerprint)]
    if not now:
        if counting:
            return Stands(Standing.CHECK_AGAIN, reviewer=counting[-1].reviewer)
        return Stands(Standing.FLAGGED if subject.flagged else Standing.VERIFIED)
    if subject.needs_two:
        return _of_two(now)
    return _said(now[-1])


def in_force(events: Sequence[Past]) -> list[Past]:
    """The decisions that nobody took back; skipping is none."""
    undone = {event.undoes for event in events if event.verdict is Verdict.UNDO}
    return [event for event in events if event.verdict in SAID and event.id not in undone]


def _of_two(now: Sequence[Past]) -> Stands:
    alone = list(takewhile(lambda event: event.reviewer == now[0].reviewer, now))
    first = alone[-1]  # the first reviewer may have thought again before anybody else looked
    others = now[len(alone) :]
    if not others:
        return Stands(Standing.SECOND_REVIEW, reviewer=first.reviewer, event=first.id)
    second, later = others[0], others[1:]
    pair = (first, second)
    if later:
        return _said(later[-1], pair)
    if same(first, second):
        return _said(second, pair)
    return Stands(Standing.DISAGREED, reviewer=second.reviewer, event=second.id, pair=pair)


def same(one: Past, other: Past) -> bool:
    """Whether two decisions say the same."""
    return one.verdict is other.verdict and one.after == other.after


def _said(event: Past, pair: tuple[Past, Past] | None = None) -> Stands:
    return Stands(SAID[event.verdict], event.after, event.reviewer, event.id, pair)
