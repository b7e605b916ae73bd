"""Rows as JSON lines and as CSV."""

import csv
import io
import json

from hypothesis import given
from hypothesis import strategies as st

from extract.tables.cells import inert
from extract.tables.write import csv_header, csv_lines, json_lines


def test_csv_follows_rfc_4180() -> None:
    """CRLF, quotes only where needed; nothing is an empty cell."""
    rows = [('x"y', None), ("一,二\n三", 7)]
    assert b"".join(csv_lines(rows)).decode() == '"x""y",\r\n"一,二\n三",7\r\n'


def test_a_mark_for_excel_comes_first_and_once() -> None:
    """Without it Excel shows mojibake."""
    assert csv_header(("政府", "a"), bom=True) == "\ufeff政府,a\r\n".encode()
    assert csv_header(("a",), bom=False) == b"a\r\n"


@given(st.lists(st.tuples(st.text(alphabet=st.characters(exclude_categories=["Cs"])), st.just("x"))))
def test_csv_comes_back_as_it_went(rows: list[tuple[str, str]]) -> None:
    """But for the mark that makes a formula inert."""
    text = b"".join([csv_header(("a", "b"), bom=False), *csv_lines(rows)]).decode()
    back = [row["a"] for row in csv.DictReader(io.StringIO(text, newline=""))]
    assert back == [inert(cell) for cell, _ in rows]


@given(st.text())
def test_json_lines_are_one_valid_line_each_whatever_the_text(text: str) -> None:
    """Line separators, controls and lone surrogates included."""
    (line,) = json_lines([{"a": text}])
    assert line.endswith(b"\n")
    assert b"\n" not in line[:-1]
    assert json.loads(line) == {"a": text}
