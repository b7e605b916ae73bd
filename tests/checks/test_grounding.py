"""No figure without a span: what is not a whole number of the cited sentences becomes an issue."""

from dataclasses import replace

import pytest

from extract.checks import ground
from extract.documents.model import CleanText
from schemas import Record, record_type

from .builders import N, case, draft, figure, percent

TEXT = "云州市生产总值达到5370.3亿元,增长7.9%。农村居民收入增长7.9%。其他工作有序开展。新增企业23家。"
REPORT, WITNESS = case(
    TEXT,
    N("5370.3亿元", value="537030000000", unit="元", mention_kind="money"),
    percent("7.9%", "生产总值"),
    percent("7.9%", "农村居民收入"),
    N("23家", "新增企业", unit="家"),
)


def grounded(*drafts):
    return ground(REPORT, WITNESS, drafts)


def only(*drafts) -> Record:
    (item,) = grounded(*drafts)
    return item.record


def codes(record: Record) -> list[str]:
    return [issue.code for issue in record.issues]


def test_value_unit_and_span_come_from_the_text():
    """The engine copies `5370.3亿元`; the value is computed, the span points into the source."""
    (found,) = only(draft(figure("5370.3亿元"))).figures
    assert (str(found.value), found.unit, found.text) == ("537030000000", "元", "5370.3亿元")
    assert REPORT.source.text[found.start : found.end] == "5370.3亿元"


def test_part_of_a_number_is_no_evidence():
    """`70.3亿元` stands in `5370.3亿元`, but not as a number of its own."""
    record = only(draft(figure("70.3亿元")))
    assert record.figures == ()
    assert codes(record) == ["number_not_in_quote"]


def test_misread_digit_is_named_with_what_the_text_says():
    """`5730.3亿元` beside `5370.3亿元` is a misread number, and no figure."""
    record = only(draft(figure("5730.3亿元")))
    assert record.figures == ()
    assert codes(record) == ["digits_differ"]
    assert "5370.3亿元" in record.issues[0].message
    assert REPORT.source.text[record.issues[0].spans[0].start :].startswith("5370.3亿元")


@pytest.mark.parametrize(
    ("copied", "code"),
    [("5370.3万元", "scale_differs"), ("5370.3亿美元", "unit_differs"), ("8.1%", "digits_differ")],
)
def test_the_kind_of_misreading_is_named(copied, code):
    """Another power of ten, another unit, other digits."""
    record = only(draft(figure(copied)))
    assert record.figures == ()
    assert codes(record) == [code]


def test_a_long_copy_is_shortened_in_the_message():
    """A model that copies a whole page as a number makes no page-long issue."""
    (issue,) = only(draft(figure("数" * 5000))).issues
    assert len(issue.message) < 100


def test_number_of_another_sentence_is_no_evidence():
    """`23家` stands in the report, but not in the cited sentence."""
    assert codes(only(draft(figure("23家")))) == ["number_not_in_quote"]


@pytest.mark.parametrize("copied", ["超5370.3亿元", "5370.3 亿元", "达到5370.3亿元左右"])
def test_hedges_and_blanks_around_the_copied_number_do_not_matter(copied):
    """A model copies the hedge with the number; the number in it is what counts."""
    pytest.importorskip("extract.numbers.finder")
    (found,) = only(draft(figure(copied))).figures
    assert found.text == "5370.3亿元"


def test_equal_numbers_go_to_the_indicator_that_fits():
    """Two sentences say 7.9%; the record on rural incomes gets the second."""
    record = only(draft(figure("7.9%"), indicator="农村居民收入", sentences=(0, 1)))
    assert record.figures[0].start == REPORT.source.text.rindex("7.9%")


def test_second_record_takes_the_next_equal_number():
    """Two drafts that copy 7.9% from the same sentences get one occurrence each."""
    first, second = grounded(
        draft(figure("7.9%"), sentences=(0, 1), indicator="甲"),
        draft(figure("7.9%"), sentences=(0, 1), indicator="乙"),
    )
    assert first.record.figures[0].start < second.record.figures[0].start


def test_a_number_is_used_once_by_one_record():
    """Where others hold the free places, the rest of a draft is shared with them, each place once."""
    one = draft(figure("7.9%"), sentences=(0, 1))
    both = draft(figure("7.9%"), figure("7.9%"), sentences=(0, 1))
    _, second = grounded(one, both)
    assert sorted(second.mentions) == [1, 2]


def test_index_that_does_not_hold_the_copied_text_is_not_trusted():
    """A draft that names mention 3 but copies another number is looked up by its text."""
    (found,) = only(draft(figure("5370.3亿元", mention=3))).figures
    assert found.text == "5370.3亿元"


def test_evidence_is_the_source_of_the_cited_sentences():
    """The quote runs from the first to the last cited sentence and slices out of the source."""
    evidence = only(draft(figure("5370.3亿元"), sentences=(0, 1))).evidence
    assert evidence.quote == "云州市生产总值达到5370.3亿元,增长7.9%。农村居民收入增长7.9%。"
    assert REPORT.source.text[evidence.start : evidence.end] == evidence.quote
    assert evidence.section == "过去一年工作回顾"


def test_sentences_that_lie_apart_are_quoted_where_the_figure_stands():
    """A citation of the first and the last sentence does not quote everything between them."""
    evidence = only(draft(figure("23家"), sentences=(0, 3))).evidence
    assert evidence.quote == "新增企业23家。"


def test_an_endless_sentence_is_quoted_around_its_figures():
    """A text without a full stop does not put all of itself into every record; the figure stays inside."""
    report, witness = case(
        "长" * 5000 + "新增企业23家" + "短" * 5000 + "。", N("23家", "新增企业", unit="家")
    )
    (item,) = ground(report, witness, [draft(figure("23家", mention=0))])
    evidence, (found,) = item.record.evidence, item.record.figures
    assert len(evidence.quote) < 1000
    assert evidence.start <= found.start < found.end <= evidence.end
    assert report.source.text[evidence.start : evidence.end] == evidence.quote


@pytest.mark.parametrize("sentences", [(), (99,), (-1,)])
def test_citing_no_sentence_of_the_report_is_an_issue(sentences):
    """A draft that cites nothing keeps its words, but has no evidence and no figure."""
    record = only(draft(figure("5370.3亿元"), sentences=sentences))
    assert codes(record) == ["quote_not_found", "number_not_in_quote"]
    assert record.figures == ()


def test_ids_depend_on_content_and_not_on_place():
    """The same sentence further down keeps its record id, so that decisions outlive edits elsewhere."""
    moved_report, moved_witness = case(
        "新的一句。" + TEXT, N("5370.3亿元", value="537030000000", unit="元", mention_kind="money")
    )
    (moved,) = ground(moved_report, moved_witness, [draft(figure("5370.3亿元"), sentences=(1,))])
    assert moved.record.id == only(draft(figure("5370.3亿元"))).id


def test_blanks_and_page_breaks_do_not_change_ids():
    """The same words with a line break inside keep their record id."""
    broken = TEXT.replace("生产总值", "生产\n\n总值")
    offsets = [at for at, c in enumerate(broken) if c != "\n"]
    source = replace(REPORT.source, text=broken)
    report = replace(REPORT, source=source, start=0, end=len(broken), clean=CleanText(TEXT, offsets))
    (item,) = ground(report, WITNESS, [draft(figure("5370.3亿元"))])
    assert "\n" in item.record.evidence.quote
    assert item.record.id == only(draft(figure("5370.3亿元"))).id


def test_equal_records_get_ids_of_their_own():
    """The second and third record of one content are -2 and -3."""
    same = draft(figure("5370.3亿元"))
    first, second, third = (item.record.id for item in grounded(same, same, same))
    assert (second, third) == (f"{first}-2", f"{first}-3")


def test_each_record_has_its_own_type():
    """The type's own class is made, and an unknown type is an error of the program."""
    assert isinstance(only(draft(figure("5370.3亿元"), type="goal")), record_type("goal"))
    with pytest.raises(KeyError):
        only(draft(figure("5370.3亿元"), type="no_such_type"))


@pytest.mark.parametrize("index", [None, 0])
def test_unvalidated_records_equal_validated_ones(index):
    """What is built without validation, for speed, is what validation would have built."""
    record = only(draft(figure("5370.3亿元", mention=index), figure("9%"), category="经济"))
    assert type(record).model_validate(record.model_dump()) == record
    assert type(record).model_validate_json(record.model_dump_json()) == record


def test_judgement_outside_the_contract_is_refused():
    """A model's own word for a kind does not travel on."""
    with pytest.raises(ValueError):
        only(draft(figure("5370.3亿元", kind="amount")))
