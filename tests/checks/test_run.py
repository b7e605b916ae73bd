"""All checks together."""

from extract.checks import CHECKS, check

from .builders import N, case, checked


def test_numbers_in_no_record_are_issues_of_the_report():
    """What no record claims and nothing excludes is said once, with its place."""
    report, witness = case("新增企业23家。", N("23家", "新增企业", unit="家"))
    result = check(report, witness, [])
    (issue,) = result.issues
    assert issue.code == "unclaimed_number"
    assert "23家" in issue.message
    assert "新增企业" in issue.message_en
    assert report.source.text[issue.spans[0].start : issue.spans[0].end] == "23家"


def test_every_issue_speaks_both_languages():
    """A reviewer reads Chinese or English."""
    report, witness = case("新增企业23家。", N("23家", "新增企业", unit="家"))
    for issue in check(report, witness, []).issues:
        assert issue.message.endswith("。")
        assert issue.message_en.endswith(".")


def test_records_stay_in_order():
    """Checks add issues; they move nothing."""
    report, witness = case("甲指标3家。乙指标4家。", N("3家", "甲指标"), N("4家", "乙指标"))
    assert [record.indicator for record in checked(report, witness).records] == ["甲指标", "乙指标"]


def test_every_check_has_a_name_of_its_own_and_says_what_it_finds():
    """A new check is a documented function in the tuple."""
    assert len({one.__name__ for one in CHECKS}) == len(CHECKS)
    assert all(one.__doc__ for one in CHECKS)
