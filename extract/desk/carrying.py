"""What a person left of a record, laid over what the engine reads now: nothing typed is lost with a later run. Pure."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from extract.desk.grounds import amount_decided
from extract.desk.model import Kind, Standing, Verdict
from extract.desk.standing import Past, Stands, in_force

ENGINES_OWN: Final = frozenset({"id", "issues", "state", "evidence", "figures"})
"""Fields of a record that are no correction by themselves; evidence and figures are compared part by part."""
AMOUNT: Final = ("value", "upper", "unit")
PLACED: Final = ("start", "end", "text")
BY_RULE: Final = frozenset({*PLACED, "confidence", "doubts"})

Raw = dict[str, Any]  # JSON of a record


def left(kind: Kind, payload: str, where: Stands, events: Sequence[Past]) -> str | None:
    """The record that stands in place of the engine's, as JSON; None where the engine's stands as it is.

    Args:
        kind: of the item.
        payload: what the engine reads now, as JSON.
        where: where the item stands.
        events: all of its events, oldest first.

    Returns:
        Of a decision that holds, the record as it was left, with its places in the text as it is now and the fields
        that an earlier version did not know. Of one that has to be checked again, what the engine reads now with
        every correction in force; of a record that was added, that record.
    """
    counting = in_force(events)
    of_engine = kind in {Kind.RECORD, Kind.CONTRADICTION}
    if where.standing is Standing.CHECK_AGAIN:
        if of_engine:
            return _kept(json.loads(payload), counting)
        return next(
            (_added(one, json.loads(payload)) for one in counting[-1:] if one.verdict is Verdict.ADD), None
        )
    if where.after is None or not of_engine:
        return where.after
    return _brought_up(where.after, json.loads(payload), moved=any(_moved(one) for one in counting))


def _kept(engine: Raw, counting: Sequence[Past]) -> str | None:
    """What the engine reads now with the corrections since a record was last rejected."""
    rejected = [place for place, one in enumerate(counting) if one.verdict is Verdict.REJECT]
    since = counting[rejected[-1] + 1 :] if rejected else counting
    record, corrected = engine, False
    for one in since:
        if one.verdict is Verdict.CORRECT and one.before and one.after:
            record, corrected = _corrected(record, json.loads(one.before), json.loads(one.after)), True
    return json.dumps(record | {"state": "corrected"}, ensure_ascii=False) if corrected else None


def _added(said: Past, number: Raw) -> str | None:
    """A record that was added from a number: what was typed stays, what was read from the number follows it."""
    if said.after is None or "value" not in number:
        return said.after
    record: Raw = json.loads(said.after)
    was = amount_decided(said.grounds)
    new = {name: number[name] for name in (*AMOUNT, *PLACED)}
    figures = [one | new if _amount(one) == was else one for one in record["figures"]]
    return json.dumps(record | {"figures": figures}, ensure_ascii=False)


def _corrected(record: Raw, before: Raw, after: Raw) -> Raw:
    """A record with what a correction changed."""
    changed = {
        name: value for name, value in after.items() if name not in ENGINES_OWN and before.get(name) != value
    }
    figures = _figures(record["figures"], before["figures"], after["figures"])
    return record | changed | {"figures": figures}


def _figures(now: list[Raw], before: list[Raw], after: list[Raw]) -> list[Raw]:
    """Figures with what a correction changed; where they no longer answer each other, those that a person left."""
    if before == after:
        return now
    if not len(now) == len(before) == len(after):
        return after
    partners = _partners(before, now)
    found = [dict(one) for one in now]
    for place, (was, became) in enumerate(zip(before, after, strict=True)):
        target = found[partners[place]]
        target |= {
            name: value for name, value in became.items() if name not in BY_RULE and was.get(name) != value
        }
    return found


def _partners(ones: Sequence[Raw], others: Sequence[Raw]) -> dict[int, int]:
    """Which figure is which: those with the same amount first, the rest in their order."""
    free = list(range(len(others)))
    found: dict[int, int] = {}
    for place, one in enumerate(ones):
        same = next((at for at in free if _amount(others[at]) == _amount(one)), None)
        if same is not None:
            found[place] = same
            free.remove(same)
    rest = [place for place in range(len(ones)) if place not in found]
    return found | dict(zip(rest, free, strict=False))


def _amount(figure: Mapping[str, Any]) -> tuple[object, ...]:
    return tuple(figure.get(name) for name in AMOUNT)


def _brought_up(after: str, engine: Raw, *, moved: bool) -> str:
    """A record as a person left it, where its text stands now, and with fields that came later."""
    record: Raw = json.loads(after)
    new = engine | record | {"id": engine["id"], "issues": engine["issues"]}
    if not moved:
        new["evidence"] = engine["evidence"]
    free = list(engine["figures"])
    figures = []
    for one in record["figures"]:
        partner = next((other for other in free if other["text"] == one["text"]), None)
        if partner is None:
            figures.append(one)
            continue
        free.remove(partner)
        places = {} if moved else {name: partner[name] for name in PLACED}
        figures.append(partner | one | places)
    new["figures"] = figures
    return after if new == record else json.dumps(new, ensure_ascii=False)


def _moved(one: Past) -> bool:
    """Whether a correction points to another place in the text."""
    if one.verdict is not Verdict.CORRECT or not one.before or not one.after:
        return False
    before, after = json.loads(one.before), json.loads(one.after)
    return _places(before) != _places(after)


def _places(record: Raw) -> list[tuple[int, int]]:
    return [(one["start"], one["end"]) for one in (record["evidence"], *record["figures"])]
