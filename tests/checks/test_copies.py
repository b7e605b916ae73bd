"""Copies of one report, told by their wording."""

from extract.checks.copies import Copies, share, wording_of

ONE = "全市生产总值达到1830.5亿元，城镇新增就业3.2万人，新建改扩建学校12所；老旧小区改造全面完成。"
OTHER = "实施重大项目六十个，建成城市书房八家，农村公路提档升级，群众满意度持续提高。"


def test_digits_blanks_signs_and_characters_make_no_other_wording():
    """A copy with a changed digit, half-width signs or traditional characters is a copy."""
    copies = (
        ONE.replace("1830.5", "1380.5"),
        ONE.replace("，", ", ").replace("生产", "生 产"),
        ONE.replace("亿", "億").replace("万", "萬"),
    )
    for copy in copies:
        assert share(wording_of([ONE]), wording_of([copy])) == 1


def test_a_part_is_a_copy_and_another_text_is_none():
    """Of the shorter one nearly all must stand in the longer."""
    assert share(wording_of([ONE]), wording_of([ONE + OTHER])) == 1
    assert share(wording_of([ONE]), wording_of([OTHER])) == 0
    assert share(wording_of([ONE]), wording_of([])) == 0


def test_copies_are_found_among_reports_of_one_region_and_year():
    """Whatever the order; each is told of the others."""
    copies = Copies()
    for report_id, year, text in (("a", 2024, ONE), ("b", 2024, OTHER), ("c", 2024, ONE), ("d", 2023, ONE)):
        copies.add(report_id, "云州市", year, wording_of([text]))
    assert [copies.of(one) for one in "abcd"] == [("c",), (), ("a",), ()]
