"""The JSON object that an answer is, wherever in its text it stands.

Around it may be a code fence, thoughts, talk that quotes the report or the form of the answer, or the marks that
models put around a call of a function when their server does not read it.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

LONGEST_SEARCH = 400_000
"""Characters of an answer in which objects are looked for."""
LONGEST_ANSWER = 1_000_000
"""Characters; three times the longest that a model of today writes. A longer one is not read at all."""
MOST_OBJECTS = 50
_THOUGHTS = re.compile(r"<think(?:ing)?>.*?</think(?:ing)?>", re.DOTALL)
_CALL_KEYS = frozenset({"name", "arguments", "parameters", "id", "type", "function"})
_DECODER = json.JSONDecoder()


def best_object(text: str, check: Callable[[str], str | None]) -> tuple[str, str | None]:
    """The object that fits best and comes first.

    Args:
        text: of the answer.
        check: says why an object is no good, or None.

    Returns:
        The object as text, and why it is no good, where none is. One that holds something goes before an empty
        one: `{"records": []}` in the talk around an answer is no answer.
    """
    whole = text.strip()
    if whole.startswith("{") and check(whole) is None:  # as nearly all are
        return whole, None
    first: tuple[str, str | None] | None = None
    empty: str | None = None
    for found, content in _objects(whole):
        fault = check(found)
        if fault is None and (not isinstance(content, dict) or any(content.values())):
            return found, None
        if fault is None:
            empty = empty if empty is not None else found
        elif first is None or (isinstance(content, dict) and len(found) > len(first[0])):
            first = (found, fault)
    if empty is not None:
        return empty, None
    return first or (whole, check(whole))


def _objects(whole: str) -> Iterator[tuple[str, Any]]:
    """The outermost objects of a text in their order, unwrapped; those in thoughts last."""
    if len(whole) > LONGEST_ANSWER:
        return
    if whole.startswith("{") and whole.endswith("}"):
        try:
            content = json.loads(whole)
        except (ValueError, RecursionError):
            pass
        else:
            yield _unwrapped(whole, content)
            return
    spoken = _THOUGHTS.sub("", whole)
    if "</think>" in spoken:  # the opening mark is part of some prompts
        spoken = spoken.rpartition("</think>")[2]
    yield from _within(spoken)
    if spoken != whole:
        yield from _within(whole)


def _within(text: str) -> Iterator[tuple[str, Any]]:
    place = text.find("{", 0, LONGEST_SEARCH)
    for _ in range(MOST_OBJECTS):
        if place < 0:
            return
        try:
            content, end = _DECODER.raw_decode(text, place)
        except (ValueError, RecursionError):
            end = place + 1
        else:
            yield _unwrapped(text[place:end], content)
        place = text.find("{", end, LONGEST_SEARCH)


def _unwrapped(text: str, content: Any) -> tuple[str, Any]:
    """What a call of a function that was written as text is called with; anything else as it is."""
    if not isinstance(content, Mapping) or not content.keys() <= _CALL_KEYS:
        return text, content
    inside = content.get("function") if isinstance(content.get("function"), Mapping) else content
    given = inside.get("arguments", inside.get("parameters")) if isinstance(inside, Mapping) else None
    if isinstance(given, str):
        try:
            return given, json.loads(given)
        except (ValueError, RecursionError):
            return text, content
    if isinstance(given, Mapping):
        return json.dumps(given, ensure_ascii=False), given
    return text, content
