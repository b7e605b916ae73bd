"""Where an item stands, from its events alone. Pure: the store keeps only what this gives."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any, Final

from extract.desk.grounds import holds
from extract.desk.model import Standing, Verdict
from schemas import State

OF_NO_ACCOUNT: Final = frozenset(
    {"id", "issues", "state", "confidence", "doubts", "probability", "page", "section"}
)
"""Fields of a record that say nothing of what a reviewer decided."""
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
        grounds: of the item when it was judged.
        after: the record that was left, as JSON.
        before: the record as it stood, as JSON.
    """

    id: int
    verdict: Verdict
    reviewer: str
    grounds: str
    after: str | None
    undoes: int | None
    before: str | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """What is judged.

    Attributes:
        flagged: whether the engine wants a person to look.
        present: whether the latest run still has it.
        needs_two: whether two reviewers are to look.
        grounds: of it now.
    """

    flagged: bool
    present: bool
    needs_two: bool
    grounds: str


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
    now = [event for event in counting if holds(event.grounds, subject.grounds)]
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
    """Whether two decisions say the same, even where one was made with a version that knew fewer fields."""
    if one.verdict is not other.verdict:
        return False
    if one.after == other.after or one.after is None or other.after is None:
        return one.after == other.after
    left, right = json.loads(one.after), json.loads(other.after)
    if one.verdict is Verdict.APPROVE and not _corrected(one) and not _corrected(other):
        return True  # both let the engine's reading stand, and what it rests on is the same
    return _alike(left, right)


def _corrected(one: Past) -> bool:
    """Whether somebody had changed the record that was approved."""
    return one.before is not None and json.loads(one.before).get("state") == State.CORRECTED


def _alike(one: Any, other: Any) -> bool:
    """Whether two records say the same as far as both know."""
    if isinstance(one, dict) and isinstance(other, dict):
        return all(_alike(one[name], other[name]) for name in one.keys() & other.keys() - OF_NO_ACCOUNT)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_alike, one, other))
    return bool(one == other)


def _said(event: Past, pair: tuple[Past, Past] | None = None) -> Stands:
    return Stands(SAID[event.verdict], event.after, event.reviewer, event.id, pair)
