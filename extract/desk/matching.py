"""Which item of an earlier run is which item of this one. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import TypeVar

from extract.desk.contents import Content
from extract.desk.model import Kind
from extract.desk.sameness import context_of, plain_of

NUMBER, PART, RECORD, ISSUE = "number", "part", "record", "issue"
ENOUGH = 4


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

    An item is first looked for by its identity; a number or part whose text has come or gone since, by what it is
    without it. One that was decided and is not there any more is looked for under what has changed: the same
    indicator in another sentence, another number in the same sentence, the same check with another finding.

    Args:
        report_id: goes into fresh keys.
        known: what the store has.
        found: what this run has.
    """
    by_identity = {(_family(one.kind), _name(one), one.ordinal): one for one in known}
    kept: list[tuple[str, Content]] = []
    rest: list[Content] = []
    for content in found:
        same = by_identity.pop((_family(content.kind), _name(content), content.ordinal), None)
        if same:
            kept.append((same.key, content))
        else:
            rest.append(content)
    left = {one.key: one for one in by_identity.values()}
    for key, content in _by_themselves(known, found, left, rest):
        kept.append((key, content))
        rest.remove(content)
        del left[key]
    for key, content in _alike([one for one in left.values() if one.decided], rest):
        kept.append((key, content))
        rest.remove(content)
    taken = {one.key for one in known}
    new = tuple(_named(report_id, rest, taken))
    held = {key for key, _ in kept}
    return Matched(tuple(kept), new, tuple(one.key for one in known if one.key not in held))


def _family(kind: Kind) -> str:
    """What a later run can make of an item: a record may gain or lose a contradiction and stays itself."""
    return {Kind.NUMBER: NUMBER, Kind.CHUNK: PART, Kind.REPORT_ISSUE: ISSUE}.get(kind, RECORD)


def _name(one: Known | Content) -> str:
    """What it is looked for by: of a number or part what stands around it, where that is known."""
    halves = _family(one.kind) in {NUMBER, PART}
    return (context_of(one.identity) if halves else "") or one.identity


def _by_themselves(
    known: Iterable[Known], found: Iterable[Content], left: Mapping[str, Known], rest: Sequence[Content]
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


def _alike(lost: Iterable[Known], rest: Iterable[Content]) -> Iterator[tuple[str, Content]]:
    """Pairs of what was decided and what it has become, the most alike first, each once."""
    found = list(rest)
    pairs = [
        (likeness, -place, old, content)
        for old in lost
        for place, content in enumerate(found)
        if (likeness := _likeness(old, content)) >= ENOUGH
    ]
    keys: set[str] = set()
    places: set[int] = set()
    for _, place, old, content in sorted(pairs, key=lambda pair: (-pair[0], -pair[1], pair[2].key)):
        if old.key not in keys and place not in places:
            keys.add(old.key)
            places.add(place)
            yield old.key, content


def _likeness(old: Known, new: Content) -> int:
    """How sure it is that one became the other; `ENOUGH` needs the sentence or the indicator, and more."""
    if _family(old.kind) != _family(new.kind):
        return 0
    if new.kind is Kind.REPORT_ISSUE:
        return ENOUGH * (old.codes.split() == list(new.codes))
    points: Mapping[str, int] = {
        "indicator": 3 * (old.indicator is not None and old.indicator == new.indicator),
        "quote": 2 * (old.quote == new.quote),
        "text": 2 * (old.text == new.text),
        "period": old.period == new.period,
        "type": old.record_type == new.record_type,
    }
    tied = points["indicator"] or points["quote"]
    return sum(points.values()) if tied else 0


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
