"""The route of one source."""

from typing import ClassVar

from extract.checks.between import digest, with_compared
from extract.documents.model import Report
from extract.engines.base import Answer, ChunkOutcome, Witness
from extract.engines.rules import RulesEngine
from extract.errors import BinaryFileError, EmptyTextError, NoReportError
from extract.pipeline import compare_reports, process_source
from extract.results.files import render
from schemas import State
from schemas.result import Result


class Mute:
    """An engine that fails on the first chunk and says nothing about the others."""

    name = "mute"
    model: str | None = "none"
    prompt_hashes: ClassVar[dict[str, str]] = {}
    schema_hashes: ClassVar[dict[str, str]] = {}

    def extract(self, report: Report, witness: Witness) -> Answer:
        """One failure, no drafts."""
        return Answer((), (ChunkOutcome(0, "the endpoint was down"),), {"requests": 1})


def results(text: str, name: str = "r.txt") -> tuple[Result, ...]:
    """What the rules make of a text."""
    return process_source(text.encode(), name, RulesEngine()).results


def compared(*reports: Result) -> list[Result]:
    """Some results after they were held against each other."""
    by_id = {result.report.id: result for result in reports}
    found = compare_reports(lambda: map(digest, reports))
    return [with_compared(by_id[report_id], conflicts) for report_id, conflicts in found]


def test_every_span_leads_back_to_its_text(small_report: str) -> None:
    """Quote, figures and ledger are slices of the source, to the letter."""
    (result,) = results(small_report)
    assert result.records
    for record in result.records:
        evidence = record.evidence
        assert small_report[evidence.start : evidence.end] == evidence.quote
        for figure in record.figures:
            assert small_report[figure.start : figure.end] == figure.text
    assert all(small_report[row.start : row.end] == row.text for row in result.ledger)


def test_sections_and_chunks_lie_inside_the_report(small_report: str) -> None:
    """Their spans point into the source, too."""
    (result,) = results(small_report)
    for row in (*result.sections, *result.chunks):
        assert result.report.start <= row.start <= row.end <= result.report.end


def test_the_same_bytes_give_the_same_result(small_report: str) -> None:
    """Content is identity."""
    assert [render(one) for one in results(small_report)] == [render(one) for one in results(small_report)]


def test_input_that_cannot_be_used_is_a_failure_not_an_exception() -> None:
    """Whoever works through a thousand files meets no surprise."""
    engine = RulesEngine()
    for data, expected in (
        (b"", EmptyTextError),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), BinaryFileError),
    ):
        outcome = process_source(data, "x", engine)
        assert outcome.results == ()
        assert isinstance(outcome.failures[0], expected)


def test_a_text_without_a_report_says_that_it_is_none() -> None:
    """It is no empty result."""
    outcome = process_source("今天天气晴朗，市民纷纷出游。共有3万人次。".encode(), "news.txt", RulesEngine())
    assert outcome.results == ()
    assert isinstance(outcome.failures[0], NoReportError)
    assert "news.txt" in str(outcome.failures[0])


def test_a_chunk_without_an_answer_is_failed(small_report: str) -> None:
    """Nothing found and not read are two things; silence counts as not read."""
    (result,) = process_source(small_report.encode(), "r.txt", Mute()).results
    assert {chunk.status for chunk in result.chunks} == {"failed"}
    assert result.chunks[0].error == "the endpoint was down"
    assert result.manifest.usage == {"requests": 1}
    assert result.records == ()


def test_copies_of_one_report_that_differ_are_flagged(small_report: str) -> None:
    """The flag goes when the contradiction goes, and a second look changes nothing."""
    (one,) = results(small_report)
    (other,) = results(small_report.replace("162.3亿元", "171.9亿元"), "later.txt")
    flagged = compared(one, other)
    codes = [issue.code for result in flagged for record in result.records for issue in record.issues]
    assert codes == ["copies_differ"] * 2
    assert all(any(record.state is State.FLAGGED for record in result.records) for result in flagged)
    assert compared(*flagged) == flagged
    assert [render(result) for result in compared(flagged[0])] == [render(one)]


def test_an_engine_is_all_that_tells_two_results_apart(small_report: str) -> None:
    """The manifest of the result names it."""
    (by_rules,) = results(small_report)
    assert (by_rules.manifest.engine, by_rules.manifest.model) == ("rules", None)
