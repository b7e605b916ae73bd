"""What a decision rests on, by name; whether it still holds, and what has changed. Pure.

The grounds of an item are JSON with up to four parts:

    said    what it says: type, period, value, unit …; all of it that two grounds both name has to be the same
    place   where it is said: the quote, the sentence; one that both name has to be the same
    alone   compared in place of `place` where the text is not at hand
    at      where its numbers stand in the sentence; tells twins apart, and reopens nothing

Only named things count, and only those that both grounds name. So a later version may add fields to records, give
other ids, and word indicators and messages otherwise: no decision is reopened by it. A part may gain names; none may
change what it means.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from hashlib import blake2b
from typing import Any, Final

from schemas.record import plain

AROUND: Final = 24
"""So many characters on each side make a number the same number in a later run."""
SENTENCE_STOPS: Final = "。！？!?\n"
FARTHEST_STOP: Final = 2_000
"""Characters on either side; an endless sentence is cut there, or each of its numbers would bring all of it along."""
LONGEST_PLACE: Final = 300
"""What a longer span of an issue speaks of is the report as a whole."""
DATA: Final = re.compile(r"[A-Za-z0-9_.%-]+")
"""What a message names however it is worded: numbers, files, ids."""

Raw = Mapping[str, Any]  # JSON of a result, of this version or an earlier one


def of_record(record: Raw, text: str | None) -> str:
    """The grounds of a decision on a record.

    Args:
        record: as JSON has it.
        text: the source that its spans point into, where it is at hand.
    """
    figures, evidence = record["figures"], record["evidence"]
    period = record.get("period")
    numbers = sorted(
        (
            [_amount(one["value"]), _amount(one.get("upper")), one.get("unit"), one.get("period") or period]
            for one in figures
        ),
        key=json.dumps,
    )
    first = figures[0].get("period") if figures else None
    place = {"quote": _dense(evidence["quote"])}
    grounds: dict[str, Any] = {
        "said": {"type": record["type"], "period": period or first, "figures": numbers},
        "place": place,
    }
    spans = [(one["start"], one["end"]) for one in figures] or [(evidence["start"], evidence["end"])]
    if text:
        start, end = _whole_sentence(text, min(one[0] for one in spans), max(one[1] for one in spans))
        place["sentence"] = hashed(_dense(text[start:end]))
        grounds["at"] = sorted(len(_dense(text[start : one[0]])) for one in spans)
    return _json(grounds)


def of_number(row: Raw, text: str | None) -> str:
    """The same of a number that no record claims: a row of the ledger."""
    said = {"value": _amount(row["value"]), "upper": _amount(row.get("upper")), "unit": row.get("unit")}
    if row["value"] is None:
        said["text"] = row["text"]
    grounds: dict[str, Any] = {"said": said, "alone": {"text": row["text"]}}
    if text:
        start, end = _whole_sentence(text, row["start"], row["end"])
        around = text[max(0, row["start"] - AROUND) : row["end"] + AROUND]
        grounds["place"] = {
            "around": hashed(_dense(around) + "\0" + row["text"]),
            "sentence": hashed(_dense(text[start:end])),
        }
        grounds["at"] = [len(_dense(text[start : row["start"]]))]
    return _json(grounds)


def of_part(number: str, chunk: Raw, text: str | None) -> str:
    """The same of a part that was not read; `number` names it among the parts."""
    grounds: dict[str, Any] = {"alone": {"part": number}}
    if part := _dense(text[chunk["start"] : chunk["end"]] if text else ""):
        grounds["place"] = {"text": hashed(part)}
    return _json(grounds)


def of_issue(issue: Raw, text: str | None) -> str:
    """The same of an issue of a report as a whole: what it speaks of, or names, however it is worded."""
    spans = [(one["start"], one["end"]) for one in issue.get("spans", ())]
    near = [(start, end) for start, end in spans if 0 < end - start <= LONGEST_PLACE]
    place = {"message": hashed(issue["message"])}
    if near and text:
        place["spoken_of"] = hashed("\0".join(sorted(_dense(text[start:end]) for start, end in near)))
    elif not near:
        place["named"] = hashed(" ".join(sorted(DATA.findall(issue["message"]))))
    return _json({"said": {"code": issue["code"]}, "place": place})


def unknown(fingerprint: str) -> str:
    """Grounds of which an earlier version kept no more than a hash; they hold for nothing else."""
    return _json({"was": fingerprint})


def holds(decided: str, now: str) -> bool:
    """Whether a decision still speaks of what is there.

    Args:
        decided: the grounds on which it was made.
        now: those of the item as it is.
    """
    if decided == now:
        return True
    one, other = _read(decided), _read(now)
    if any(was != is_now for was, is_now in _common(one, other, "said")):
        return False
    if places := _common(one, other, "place"):
        return any(was == is_now for was, is_now in places)
    alone = _common(one, other, "alone")
    return bool(alone) and all(was == is_now for was, is_now in alone)


@dataclass(frozen=True, slots=True)
class Changed:
    """One thing that a decision rested on and that is otherwise now.

    Attributes:
        name: `type`, `period`, `figures`, `value`, `upper`, `unit`, `evidence`.
        before, now: as text; empty for evidence that was kept as a hash, or for nothing.
    """

    name: str
    before: str
    now: str


def changes(decided: str, now: str) -> tuple[Changed, ...]:
    """What has changed since a decision; empty where it holds."""
    if holds(decided, now):
        return ()
    one, other = _read(decided), _read(now)
    was, is_now = one.get("said", {}), other.get("said", {})
    found = [
        Changed(name, _shown(was[name]), _shown(is_now[name]))
        for name in was
        if name in is_now and was[name] != is_now[name]
    ]
    places = _common(one, other, "place")
    if places and not any(before == after for before, after in places):
        quotes = [part.get("place", {}).get("quote", "") for part in (one, other)]
        found.append(Changed("evidence", *quotes))
    return tuple(found)


def names(grounds: str) -> tuple[str, ...]:
    """Words by which two grounds that hold for each other find each other."""
    read = _read(grounds)
    said = read.get("said", {})
    part = "place" if read.get("place") else "alone"
    return tuple(_json([said, name, value]) for name, value in read.get(part, {}).items())


def places_in_sentence(grounds: str) -> tuple[int, ...]:
    """Where its numbers stand in their sentence; empty where the text was not at hand."""
    return tuple(_read(grounds).get("at", ()))


def amount_decided(grounds: str) -> tuple[str | None, ...]:
    """Value, upper value and unit of the number that grounds are of; empty where they are of something else."""
    said = _read(grounds).get("said", {})
    return tuple(said.get(name) for name in ("value", "upper", "unit")) if "value" in said else ()


def hashed(text: str) -> str:
    """A short hash of a text."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def _common(one: Raw, other: Raw, part: str) -> list[tuple[Any, Any]]:
    was, is_now = one.get(part, {}), other.get(part, {})
    return [(was[name], is_now[name]) for name in was if name in is_now]


def _read(grounds: str) -> dict[str, Any]:
    """Grounds as they were written; what is none says nothing."""
    try:
        read = json.loads(grounds)
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _amount(value: object) -> str | None:
    return None if value is None else plain(Decimal(str(value)))


def _dense(text: str) -> str:
    """A text without blanks and line ends, by which lines that were broken anew are the same."""
    return "".join(text.split())


def _shown(value: object) -> str:
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "；".join(_figure(one) for one in value)
    return "" if value is None else str(value)


def _figure(one: Iterable[str | None]) -> str:
    value, upper, unit, period = one
    amount = f"{value}{f'–{upper}' if upper else ''}{unit or ''}"
    return f"{amount}（{period}）" if period else amount


def _whole_sentence(text: str, start: int, end: int) -> tuple[int, int]:
    low, high = max(0, start - FARTHEST_STOP), min(len(text), end + FARTHEST_STOP)
    before = max(text.rfind(stop, low, start) for stop in SENTENCE_STOPS)
    last = min((at for stop in SENTENCE_STOPS if (at := text.find(stop, end, high)) >= 0), default=high)
    return (before + 1 if before >= 0 else low), last
