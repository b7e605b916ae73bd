"""Contradictions between the reports of one region."""

from dataclasses import replace

from extract.checks import check, ground
from extract.checks.between import MOST_VALUES, Chronicle, Compared, Digest, digest, with_compared
from extract.documents.model import Report
from schemas.result import CompletenessRow, Manifest, ReportInfo, Result

from .builders import N, case, drafts_of


def result_of(report: Report, witness, report_id: str) -> Result:
    """A result with the records of a case."""
    done = check(report, witness, ground(report, witness, drafts_of(witness)))
    meta = report.meta
    return Result(
        report=ReportInfo(
            id=report_id,
            source=report.source.name,
            sha256=report.source.sha256,
            encoding="utf-8",
            start=report.start,
            end=report.end,
            title=meta.title,
            region=meta.region,
            level=meta.level,
            report_year=meta.report_year,
            review_period=meta.review_period,
            plan_period=meta.plan_period,
            delivered_on=None,
        ),
        records=done.records,
        ledger=done.ledger,
        chunks=(),
        sections=(),
        completeness=CompletenessRow(complete=True, has_review=True, has_plan=True, has_end=True, notes=()),
        manifest=Manifest(schema_version=1, package_version="0", engine="rules"),
    )


def jobs(
    report_id: str, text: str, value: str, *, region: str | None = "云州市", year: int = 2024, **changes
) -> Result:
    number = N(text, "城镇新增就业", value=value, unit="人", **changes)
    report, witness = case(f"城镇新增就业{text}。", number, region=region, year=year)
    return result_of(report, witness, report_id)


def compared(*results: Result) -> dict[str, Compared]:
    """What the others say of each."""
    chronicle = Chronicle()
    digests = [digest(one) for one in results]
    for one in digests:
        chronicle.add(one)
    return {one.report_id: chronicle.compared(one) for one in digests}


def conflicts(*results: Result, code: str = "conflict_between_reports") -> list[str]:
    """The ids of the reports that are told of a conflict."""
    return [
        report_id
        for report_id, found in compared(*results).items()
        if any(one.code == code for issues in found.issues.values() for one in issues)
    ]


FIRST = jobs("first", "4.8万人", "48000")


def test_two_reports_with_two_values_are_both_told():
    """The issue names the other report, its year and its value."""
    second = jobs("second", "4.6万人", "46000", year=2025)
    assert conflicts(FIRST, second) == ["first", "second"]
    chronicle = Chronicle()
    chronicle.add(digest(FIRST))
    ((record_id, (issue,)),) = chronicle.compared(digest(second)).issues.items()
    assert record_id == second.records[0].id
    assert issue.code == "conflict_between_reports"
    assert "2024年的报告（first）为“4.8万人”" in issue.message


def test_no_conflict():
    """Copies, rounding, hedges, goals, other years and other regions contradict nothing."""
    for other in (
        jobs("copy", "4.8万人", "48000"),
        jobs("rounded", "5万人", "50000"),
        jobs("hedged", "4万人", "40000", modifier="more_than"),
        jobs("goal", "4.5万人", "45000", record_type="goal"),
        jobs("year", "4.5万人", "45000", period="2022"),
        jobs("region", "4.5万人", "45000", region="临江市"),
    ):
        assert conflicts(FIRST, other) == []


def test_reports_without_a_region_are_compared_with_none():
    """Nobody knows whether two texts without a region speak of one place."""
    unknown = [
        jobs(text, text, value, region=None) for text, value in (("4.8万人", "48000"), ("4.6万人", "46000"))
    ]
    assert conflicts(*unknown) == []


def test_copies_contradict_nothing_but_their_differences_are_told():
    """They are named to each other, and so is the figure in which they differ."""
    edition = jobs("edition", "4.6万人", "46000")
    assert conflicts(FIRST, edition) == []
    assert conflicts(FIRST, edition, code="copies_differ") == ["first", "edition"]
    found = compared(FIRST, edition)
    assert [one.copies for one in found.values()] == [("edition",), ("first",)]
    told = with_compared(FIRST, found["first"])
    assert told.records[0].state.value == "flagged"
    (about,) = told.issues
    assert (about.code, about.severity.value) == ("same_report", "note")
    assert "edition" in about.message
    assert "1处数字不同" in about.message
    assert with_compared(told, Compared()) == FIRST


def test_copies_of_one_wording_are_named_and_flag_nothing():
    """The same text under another name."""
    copy = jobs("copy", "4.8万人", "48000")
    found = compared(FIRST, copy)["first"]
    assert (found.copies, found.issues) == (("copy",), {})
    assert with_compared(FIRST, found).records == FIRST.records


def test_another_report_of_the_same_year_is_no_copy():
    """What two texts say in other words they may contradict: a report and its supplement."""
    number = N("4.6万人", "城镇新增就业", value="46000", unit="人")
    report, witness = case(
        "在岗位开发和技能培训的带动下实现城镇新增就业4.6万人。", number, region="云州市", year=2024
    )
    other = result_of(report, witness, "other")
    assert conflicts(FIRST, other) == ["first", "other"]


def test_conflicts_are_put_into_results_and_taken_out_again():
    """Applied twice, the result is the same; without conflicts, it is as before."""
    chronicle = Chronicle()
    chronicle.add(digest(jobs("second", "4.6万人", "46000", year=2025)))
    found = chronicle.compared(digest(FIRST))
    told = with_compared(FIRST, found)
    assert told.records[0].state.value == "flagged"
    assert with_compared(told, found) == told
    assert with_compared(told, Compared()) == FIRST


def test_a_persons_decision_stays():
    """A conflict that turns up later does not undo an approval."""
    approved = FIRST.records[0].model_copy(update={"state": "approved"})
    result = FIRST.model_copy(update={"records": (approved,)})
    chronicle = Chronicle()
    chronicle.add(digest(jobs("second", "4.6万人", "46000", year=2025)))
    told = with_compared(result, chronicle.compared(digest(result)))
    assert told.records[0].state == "approved"
    assert told.records[0].issues


def test_what_is_remembered_does_not_grow_with_the_reports():
    """A thousand reports of one region leave a few values a topic."""
    chronicle = Chronicle()
    one = digest(FIRST)
    for n in range(1000):
        reported = tuple(replace(item, value=item.value + 1000 * n) for item in one.reported)
        chronicle.add(Digest(f"report-{n}", one.region, 2024, reported))
    assert [len(said) for said in chronicle._topics.values()] == [MOST_VALUES]
