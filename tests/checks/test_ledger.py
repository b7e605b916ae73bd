"""Every number is accounted for, exactly once."""

from hypothesis import given
from hypothesis import strategies as st

from extract.checks import ground, ledger
from extract.claims.model import Exclusion

from .builders import N, case, draft, figure

FATES = st.sampled_from(["claimed", "excluded", "unclaimed"])


@given(fates=st.lists(FATES, max_size=12))
def test_every_mention_has_one_row_with_its_fate(fates):
    """Whatever becomes of the numbers, the ledger has each once, in reading order, with its span."""
    text = "".join(f"项目{n}有{n + 1}个。" for n in range(len(fates)))
    numbers = [
        N(f"{n + 1}个", f"项目{n}", unit="个", excluded=Exclusion.THRESHOLD if fate == "excluded" else None)
        for n, fate in enumerate(fates)
    ]
    report, witness = case(text, *numbers)
    drafts = [
        draft(figure(f"{n + 1}个", mention=n), sentences=(n,))
        for n, fate in enumerate(fates)
        if fate == "claimed"
    ]
    records = [item.record for item in ground(report, witness, drafts)]
    rows = ledger(report, witness, records)
    assert [row.state for row in rows] == fates
    assert [report.source.text[row.start : row.end] for row in rows] == [row.text for row in rows]
    assert [row.text for row in rows] == [mention.text for mention in witness.mentions]


def test_rows_say_who_claims_and_why_not():
    """A claimed number names its record, an excluded one its reason, an open one what the rules read."""
    report, witness = case(
        "亿元以上项目3个,新增企业5家。",
        N("亿元", value="100000000", unit="元", excluded=Exclusion.THRESHOLD),
        N("3个", "项目", unit="个"),
        N("5家", "新增企业", unit="家"),
    )
    (item,) = ground(report, witness, [draft(figure("3个", mention=1))])
    threshold, claimed, open_row = ledger(report, witness, [item.record])
    assert (threshold.state, threshold.reason) == ("excluded", "threshold")
    assert (claimed.state, claimed.record_id) == ("claimed", item.record.id)
    assert (open_row.state, open_row.reason) == ("unclaimed", "新增企业")


def test_mention_that_the_rules_forgot_is_still_in_the_ledger():
    """A number without claim or exclusion is unclaimed, not lost."""
    report, witness = case("新增企业5家。", N("5家", unit="家"))
    bare = type(witness)(witness.mentions, type(witness.reading)((), ()))
    (row,) = ledger(report, bare, [])
    assert (row.state, row.reason) == ("unclaimed", None)


def test_record_that_uses_an_excluded_number_claims_it():
    """What a record has is claimed, even where the rules would leave it out."""
    report, witness = case("打造15分钟生活圈。", N("15分钟", unit="分钟", excluded=Exclusion.DURATION))
    (item,) = ground(report, witness, [draft(figure("15分钟", mention=0))])
    (row,) = ledger(report, witness, [item.record])
    assert row.state == "claimed"
