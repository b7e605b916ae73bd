"""Which item of an earlier run is which item of this one. Pure."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import blake2b
from typing import Final, TypeVar

from extract.desk import grounds
from extract.desk.contents import Content
from extract.desk.grounds import holds
from extract.desk.model import Kind
from extract.desk.sameness import context_of, plain_of

NUMBER, PART, RECORD, ISSUE = "number", "part", "record", "issue"
ENOUGH = 4
DIGITS: Final = re.compile(r"[0-9]+(?:\.[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Known:
    """An item that the store has, as far as it is compared.

    Attributes:
        key: its name.
        decided: whether anybody ever said anything about it; only then it is looked for under another identity.
    """

    key: str
    kind: Kind
    identity: str
    ordinal: int
    grounds: str
    record_type: str | None
    indicator: str | None
    period: str | None
    text: str
    quote: str
    codes: str
    start: int
    decided: bool


@dataclass(frozen=True, slots=True)
class Matched:
    """The items of a report after a run.

    Attributes:
        kept: contents of this run with the keys of the items that they are.
        new: contents with fresh keys.
        gone: keys of items that this run holds no longer.
    """

    kept: tuple[tuple[str, Content], ...]
    new: tuple[tuple[str, Content], ...]
    gone: tuple[str, ...]


def match(report_id: str, known: Sequence[Known], found: Sequence[Content]) -> Matched:
    """Tell which item is which.

    An item is looked for by what a decision on it rests on: first under its own identity, then under any, for a
    later version may give other ones. What is left is looked for by its identity alone, for it may say something else
    now; a number or part whose text has come or gone since, by what it is without it. One that was decided and is not
    there any more is looked for under what has changed: the same indicator in another sentence, another number in the
    same sentence, the same check with another finding.

    Args:
        report_id: goes into fresh keys.
        known: what the store has.
        found: what this run has.
    """
    left = {one.key: one for one in known}
    rest = list(found)
    kept: list[tuple[str, Content]] = []
    for step in (
        _the_very_same,
        _with_the_same_grounds,
        _of_the_same_name,
        partial(_by_themselves, known, found),
        _alike,
    ):
        for key, content in list(step(left, rest)):
            kept.append((key, content))
            del left[key]
            rest = [one for one in rest if one is not content]
    taken = {one.key for one in known}
    new = tuple(_named(report_id, rest, taken))
    return Matched(tuple(kept), new, tuple(one.key for one in known if one.key in left))


def _the_very_same(left: Mapping[str, Known], rest: Iterable[Content]) -> Iterator[tuple[str, Content]]:
    """Pairs with the same name of which all that a decision rests on is the same."""
    for key, content in _of_the_same_name(left, rest):
        if _nearness(left[key], content) is not None and holds(left[key].grounds, content.grounds):
            yield key, content


def _of_the_same_name(left: Mapping[str, Known], rest: Iterable[Content]) -> Iterator[tuple[str, Content]]:
    """Pairs with the same identity, copies in their order."""
    by_name = {(_family(one.kind), _name(one), one.ordinal): one for one in left.values()}
    for content in rest:
        same = by_name.pop((_family(content.kind), _name(content), content.ordinal), None)
        if same:
            yield same.key, content


def _with_the_same_grounds(
    left: Mapping[str, Known], rest: Iterable[Content]
) -> Iterator[tuple[str, Content]]:
    """Pairs of which all that a decision rests on is the same, whatever they are called.

    Of twins in one sentence the one at the same place is the one, else that with the same indicator, else the next.
    """
    by_name: dict[tuple[str, str], list[Known]] = {}
    for one in sorted(left.values(), key=lambda one: (not one.decided, one.start, one.key)):
        for name in grounds.names(one.grounds):
            by_name.setdefault((_family(one.kind), name), []).append(one)
    pairs = [
        (near, place, old, content)
        for place, content in enumerate(rest)
        for name in grounds.names(content.grounds)
        for old in by_name.get((_family(content.kind), name), ())
        if (near := _nearness(old, content)) is not None
    ]
    yield from _each_once(
        sorted(pairs, key=lambda pair: (pair[0], not pair[2].decided, pair[1], pair[2].start))
    )


def _each_once(pairs: Iterable[tuple[int, int, Known, Content]]) -> Iterator[tuple[str, Content]]:
    """The best pairs, given the best first, so that nothing is in two of them."""
    keys: set[str] = set()
    places: set[int] = set()
    for _, place, old, content in pairs:
        if old.key not in keys and place not in places:
            keys.add(old.key)
            places.add(place)
            yield old.key, content


def _nearness(old: Known, new: Content) -> int | None:
    """How near two items with the same grounds are, the nearest first; None where they are two things."""
    before, now = grounds.places_in_sentence(old.grounds), grounds.places_in_sentence(new.grounds)
    if before and before == now:
        return 0 if old.indicator == new.indicator else 1
    if old.indicator == new.indicator:
        return 2
    return None if before and now else 3


def _family(kind: Kind) -> str:
    """What a later run can make of an item: a record may gain or lose a contradiction and stays itself."""
    return {Kind.NUMBER: NUMBER, Kind.CHUNK: PART, Kind.REPORT_ISSUE: ISSUE}.get(kind, RECORD)


def _name(one: Known | Content) -> str:
    """What it is looked for by: of a number or part what stands around it, where that is known."""
    halves = _family(one.kind) in {NUMBER, PART}
    return (context_of(one.identity) if halves else "") or one.identity


def _by_themselves(
    known: Iterable[Known], found: Iterable[Content], left: Mapping[str, Known], rest: Iterable[Content]
) -> Iterator[tuple[str, Content]]:
    """Pairs of numbers or parts of which one side has its text at hand and the other has not.

    The n-th of its kind is the n-th still, for the same text was read.
    """
    places = {place: one for place, one in _placed(known) if one.key in left}
    waiting = list(rest)
    for place, content in _placed(found):
        old = places.get(place)
        if old is None or bool(context_of(old.identity)) == bool(context_of(content.identity)):
            continue
        if content in waiting:
            yield old.key, content


_One = TypeVar("_One", Known, Content)


def _placed(ones: Iterable[_One]) -> Iterator[tuple[tuple[str, str, int], _One]]:
    """Numbers and parts with what they are by themselves, and how many of the same come before them."""
    seen: Counter[tuple[str, str]] = Counter()
    for one in sorted(ones, key=lambda one: one.start):
        name: tuple[str, str] = (_family(one.kind), plain_of(one.identity))
        if name[0] in {NUMBER, PART} and name[1]:
            yield (name[0], name[1], seen[name]), one
            seen[name] += 1


def _alike(left: Mapping[str, Known], rest: Iterable[Content]) -> Iterator[tuple[str, Content]]:
    """Pairs of what was decided and what it has become, the most alike first."""
    lost = [one for one in left.values() if one.decided]
    pairs = [
        (likeness, place, old, content)
        for old in lost
        for place, content in enumerate(rest)
        if (likeness := _likeness(old, content)) >= ENOUGH
    ]
    yield from _each_once(sorted(pairs, key=lambda pair: (-pair[0], pair[1], pair[2].key)))


def _likeness(old: Known, new: Content) -> int:
    """How sure it is that one became the other; `ENOUGH` needs the sentence or the indicator, and more."""
    if _family(old.kind) != _family(new.kind):
        return 0
    if new.kind is Kind.REPORT_ISSUE:
        return ENOUGH * (old.codes.split() == list(new.codes))
    points: Mapping[str, int] = {
        "indicator": 3 * (old.indicator is not None and old.indicator == new.indicator),
        "quote": 2 * (_wording(old.quote) == _wording(new.quote)),
        "text": 2 * (_wording(old.text) == _wording(new.text)) + (old.text == new.text),
        "period": old.period == new.period,
        "type": old.record_type == new.record_type,
    }
    tied = points["indicator"] or points["quote"]
    return sum(points.values()) if tied else 0


def _wording(text: str) -> str:
    """A text without what its numbers say: the same sentence with another number is likely the same one."""
    return DIGITS.sub("0", text)


def _named(report_id: str, rest: Iterable[Content], taken: set[str]) -> Iterator[tuple[str, Content]]:
    for content in rest:
        copy = 0
        while (key := _key(report_id, content, copy)) in taken:
            copy += 1
        taken.add(key)
        yield key, content


def _key(report_id: str, content: Content, copy: int) -> str:
    parts = (report_id, _family(content.kind), content.identity, str(content.ordinal), str(copy))
    return blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=9).hexdigest()
