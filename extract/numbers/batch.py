"""JSON lines in, JSON lines out: the quick way through many texts."""

import json
from contextlib import suppress
from typing import Any, BinaryIO

import orjson

from extract.numbers.finder import scan
from extract.numbers.mention import Mention
from extract.numbers.reading import plain

_KEPT = frozenset({str, int, type(None)})
"""Identifiers that orjson keeps as they are; an integer beyond 64 bits it turns into a float, also in a list."""


def mention_row(mention: Mention) -> dict[str, Any]:
    """One mention as the contract has it; values as plain decimal strings (`183050000000`, `7.9`)."""
    return {
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "value": plain(mention.value),
        "upper": plain(mention.upper),
        "unit": mention.unit,
        "kind": mention.kind,
        "direction": mention.direction,
        "modifier": mention.modifier,
    }


def run_batch(stdin: BinaryIO, stdout: BinaryIO) -> int:
    """Read `{"id", "text"}` lines and write `{"id", "mentions"}` lines, one for each.

    A line that cannot be used gets `{"id", "error"}` in its place and the work goes on. Empty lines are
    passed over.

    Args:
        stdin: JSON lines in UTF-8.
        stdout: gets one JSON line for each that is not empty.

    Returns:
        How many lines could not be used.
    """
    bad = 0
    for line in stdin:
        if line.isspace():
            continue
        name, text, error = _request(line)
        if error:
            bad += 1
            stdout.write(_json({"id": name, "error": error}))
        else:
            stdout.write(_json({"id": name, "mentions": _rows(text)}))
    return bad


def _request(line: bytes) -> tuple[Any, str, str]:
    """The identifier, the text and what is wrong with the line (empty where nothing is)."""
    try:
        record = orjson.loads(line)
    except ValueError:
        try:
            record = json.loads(line)  # takes lone surrogates and numbers of any length
        except (ValueError, RecursionError):
            return None, "", "the line is no JSON object"
    if not isinstance(record, dict):
        return None, "", "the line is no JSON object"
    name, text = record.get("id"), record.get("text")
    if name.__class__ not in _KEPT:
        with suppress(ValueError, RecursionError):
            name = json.loads(line)["id"]
    if not isinstance(text, str):
        return name, "", "`text` is missing or no string"
    return name, text, ""


def _rows(text: str) -> list[dict[str, Any]]:
    return [
        {
            "start": start,
            "end": end,
            "text": text[start:end],
            "value": found.value_text,
            "upper": found.upper_text,
            "unit": found.unit,
            "kind": found.kind,
            "direction": direction,
            "modifier": modifier,
        }
        for start, end, found, direction, modifier in scan(text)
    ]


def _json(record: dict[str, Any]) -> bytes:
    """One line of JSON; orjson refuses lone surrogates, the standard library escapes them."""
    try:
        return orjson.dumps(record, option=orjson.OPT_APPEND_NEWLINE)
    except TypeError:
        return json.dumps(record, ensure_ascii=True).encode("ascii") + b"\n"
