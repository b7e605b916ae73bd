"""A character costs the same in a long text as in a short one, whatever somebody repeats in it.

Steps of our own code are counted in place of seconds; `benchmarks/bounds.py` measures seconds and memory.
"""

import sys
from collections import Counter

import pytest

from benchmarks.bounds import KINDS, text_of
from extract.checks import copies, hidden, suspicious
from extract.checks.between import digest
from extract.desk import contents, grounds
from extract.engines.rules import RulesEngine
from extract.pipeline import process_source

TIMES, MOST = 8, 10


def worked_through(text):
    (result,) = process_source(text.encode(), "a.txt", RulesEngine()).results
    return result


def steps_in(module, do):
    """How many lines of a module run while something is done."""
    taken = Counter()

    def count(_frame, event, _arg):
        taken[event] += 1
        return count

    def begin(frame, event, arg):
        return count(frame, event, arg) if frame.f_code.co_filename == module.__file__ else None

    before = sys.gettrace()
    sys.settrace(begin)
    try:
        do()
    finally:
        sys.settrace(before)
    return taken["line"]


@pytest.mark.parametrize(
    ("module", "kind"),
    [
        (suspicious, "signs in words"),
        (hidden, "letters of another script"),
        (hidden, "hidden characters"),
        (copies, "names in one sentence"),
    ],
)
def test_checks_take_as_many_steps_for_each_character_of_a_long_text(module, kind):
    def steps(length):
        return steps_in(module, lambda: digest(worked_through(text_of(kind, length))))

    assert steps(800 * TIMES) <= MOST * steps(800)


def test_quotes_of_an_endless_sentence_do_not_hold_all_of_it():
    """A name that stands at both ends of it would bring all of it along, and so would the next name."""
    listed = KINDS["names in one sentence"](9_000)
    result = worked_through(text_of("names in one sentence", 0) + "\n" + f"{listed}、{listed}。")
    assert len(result.records) > 1_000
    assert max(len(record.evidence.quote) for record in result.records) <= 2_700


def test_one_sentence_keeps_one_record_for_each_name():
    """What people write is read as before."""
    result = worked_through(text_of("lines", 0) + "\n粮食产量增长1%，棉花产量增长2%，粮食产量达到3万吨。")
    assert [len(one.figures) for one in result.records if one.indicator == "粮食产量"] == [2]


@pytest.mark.parametrize("around", [contents.sentence_around, grounds._whole_sentence])
def test_the_sentence_around_a_number_has_an_end_where_the_text_has_none(around):
    text = "增长一成，" * 5_000 + "3%" + "，增长一成" * 5_000
    at = text.index("3%")
    start, end = around(text, at, at + 2)
    assert start < at
    assert at + 2 < end
    assert end - start <= 2 * grounds.FARTHEST_STOP + 2


def test_what_many_records_quote_is_looked_at_once():
    text = "粮食产量增长，棉花产量增长。油料产量下降。"
    quotes = [(at, text[at:end]) for at, end in ((0, 14), (0, 14), (3, 9), (14, 21))]
    assert "".join(copies.stretches(quotes)) == text
    assert "".join(copies.stretches([(5, "后"), (0, "前")])) == "前后"
    assert list(copies.stretches([])) == [""]


def test_the_kinds_of_the_benchmark_are_reports():
    assert all(process_source(text_of(kind, 200).encode(), "a.txt", RulesEngine()).results for kind in KINDS)
