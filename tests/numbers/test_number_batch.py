"""JSON lines in, JSON lines out."""

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.numbers import find_mentions
from extract.numbers.batch import mention_row, run_batch


def run(lines: bytes) -> tuple[int, list[Any]]:
    out = io.BytesIO()
    bad = run_batch(io.BytesIO(lines), out)
    return bad, [json.loads(line) for line in out.getvalue().splitlines()]


def test_a_row_holds_the_contract_in_its_order() -> None:
    """Values are decimal strings in plain notation."""
    (mention,) = find_mentions("总投资1830.5亿元以上")
    assert list(mention_row(mention).items()) == [
        ("start", 3), ("end", 11), ("text", "1830.5亿元"), ("value", "183050000000"), ("upper", None),
        ("unit", "元"), ("kind", "money"), ("direction", None), ("modifier", "at_least"),
    ]  # fmt: skip


def test_each_line_gets_its_answer_in_place() -> None:
    """A line that cannot be used is answered with what is wrong, and the next one is read."""
    bad, rows = run(
        b'{"id": "a", "text": "7%"}\n\nnot json\n{"id": "b"}\n[1]\n{"id": 3, "text": 5}\n\xff\xfe\n{"text": "3"}\n'
    )
    assert bad == 5
    assert [row["id"] for row in rows] == ["a", None, "b", None, 3, None, None]
    assert [("error" in row, "mentions" in row) for row in rows] == [
        (False, True), (True, False), (True, False), (True, False), (True, False), (True, False), (False, True),
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["\ud800增长7%", "\x00 7%\x00", "7%\udfff", "\u2028 7%"])
def test_odd_characters_pass_through(text: str) -> None:
    """Lone surrogates and NULs neither stop the run nor spoil the JSON."""
    bad, (row,) = run(json.dumps({"id": text, "text": text}).encode() + b"\n")
    assert (bad, row["id"]) == (0, text)
    assert [mention["text"] for mention in row["mentions"]] == ["7%"]


@pytest.mark.parametrize("name", [2**64, -(2**70), [2**64], {"n": 10**40}, 1.5, True, 2**64 - 1])
@pytest.mark.parametrize("text", ["7%", None])
def test_identifiers_come_back_exactly(name: object, text: str | None) -> None:
    """Also integers that no machine word holds."""
    _, (row,) = run(json.dumps({"id": name, "text": text}).encode() + b"\n")
    assert (row["id"], type(row["id"])) == (name, type(name))


def test_deep_nesting_is_a_bad_line() -> None:
    """A line that no parser can follow is answered like any other bad line."""
    bad, rows = run(b"[" * 200_000 + b'\n{"id": 1, "text": "7%"}\n')
    assert (bad, len(rows)) == (1, 2)


@given(st.lists(st.text(max_size=30), max_size=5))
def test_the_quick_way_gives_the_same_rows(texts: list[str]) -> None:
    """The batch writes just what find_mentions finds."""
    lines = b"".join(json.dumps({"id": n, "text": text}).encode() + b"\n" for n, text in enumerate(texts))
    assert run(lines)[1] == [
        {"id": n, "mentions": [mention_row(m) for m in find_mentions(text)]} for n, text in enumerate(texts)
    ]
