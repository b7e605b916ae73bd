"""Large sources are worked through by a process of their own, within bounds; a bound that stops one is named."""

from dataclasses import replace

import pytest

from extract.documents.readers import office
from extract.documents.readers.bounds import Allowance
from extract.runs import apart
from extract.runs.apart import SMALL_BYTES, weighed, worked_through
from extract.runs.workers import Job, process_job
from tests.documents.readers.made import docx

ALWAYS = Allowance(always_apart=True)


@pytest.fixture(scope="module", autouse=True)
def _ended():
    yield
    apart.PROCESS.close()


def job(text, allowance=ALWAYS, name="r.txt"):
    return Job(name, text.encode(), "rules", 20_000_000, allowance=allowance)


def hostile(report, piece="粮食产量增长1%，", characters=300_000):
    """A report with a sentence that somebody repeated, so that it costs much."""
    return report + "\n" + piece * (characters // len(piece))


def test_what_comes_back_is_what_this_process_makes(small_report):
    assert worked_through(job(small_report)) == process_job(job(small_report))


def test_a_source_that_is_no_report_says_so_from_there(small_report):
    done = worked_through(job("天气晴朗。"))
    assert done == process_job(job("天气晴朗。"))
    assert done.failure.code == "no_report"


@pytest.mark.parametrize(
    ("allowance", "code", "says", "hint"),
    [
        (replace(ALWAYS, seconds=1), "slow_file", "longer than 1 seconds", "max_seconds"),
        (replace(ALWAYS, memory_mb=150), "too_large", "more than 150 MB of memory", "max_memory"),
        (replace(ALWAYS, result_mb=1), "too_large", "more than the 1 MB allowed", "max_result"),
    ],
)
def test_a_bound_that_stops_a_source_is_named_with_how_to_raise_it(small_report, allowance, code, says, hint):
    stopped = worked_through(job(hostile(small_report), allowance))
    assert stopped.results == ()
    assert stopped.failure.code == code
    assert stopped.failure.message.startswith("r.txt: ")
    assert says in stopped.failure.message
    assert hint in stopped.failure.hint
    assert "extract.toml" in stopped.failure.hint


def test_the_next_source_is_worked_through_after_one_that_was_stopped(small_report):
    worked_through(job(hostile(small_report), replace(ALWAYS, seconds=1)))
    assert worked_through(job(small_report)).results


def test_a_small_text_starts_no_process(small_report, monkeypatch):
    monkeypatch.setattr(apart, "PROCESS", None)
    assert worked_through(job(small_report, Allowance())).results
    assert weighed(job(small_report, Allowance())) is None


@pytest.mark.parametrize("large", ["text", "document"])
def test_what_may_hold_much_is_worked_through_apart(small_report, monkeypatch, large):
    asked = []

    class Process:
        def ask(self, request, data, bounds):
            asked.append((bounds.seconds, bounds.memory_bytes))
            return apart.pickle.dumps(process_job(job(small_report)))

    monkeypatch.setattr(apart, "PROCESS", Process())
    one = job(small_report, Allowance(seconds=7, memory_mb=300))
    data = one.data + b"\n" * SMALL_BYTES if large == "text" else docx(small_report)
    assert worked_through(replace(one, data=data)).results
    assert asked == [(7, 300_000_000)]


def test_what_a_model_is_to_read_is_weighed_first(small_report):
    """Reading and checking for a model cost what they cost for the rules."""
    stopped = weighed(replace(job(hostile(small_report), replace(ALWAYS, seconds=1)), engine="llm"))
    assert stopped.code == "slow_file"
    assert weighed(replace(job(small_report), engine="llm")) is None


def test_too_little_memory_costs_one_source(small_report, monkeypatch):
    def nothing_left(_):
        raise MemoryError

    monkeypatch.setattr(apart, "process_job", nothing_left)
    assert worked_through(job(small_report, Allowance())).failure.code == "too_large"


@pytest.mark.parametrize("allowance", [Allowance(), ALWAYS])
def test_what_only_libreoffice_reads_is_read_apart(small_report, allowance):
    """What keeps the process from the network does not keep LibreOffice from starting."""
    program = office.converter()
    if program is None or not office.has_writer(program):
        pytest.skip("LibreOffice with Writer is not installed")
    written = "".join("\\par\n" if one == "\n" else f"\\u{ord(one)} " for one in small_report)
    source = Job(
        "r.rtf", f"{{\\rtf1\\ansi\\uc0 {written}}}".encode(), "rules", 20_000_000, allowance=allowance
    )
    done = worked_through(source)
    assert done.failure is None
    assert [one.records for one in done.summaries] == [
        one.records for one in process_job(job(small_report)).summaries
    ]
