"""Formulas of a DOCX: fractions with a stroke, powers raised, and the fields of older programs."""

import pytest

from extract.documents.readers.bounds import Bounds
from extract.documents.readers.building import Left
from extract.documents.readers.raised import Fraction, Raised
from extract.documents.readers.word import read as read_word
from extract.documents.readers.word_formulas import field

from .made import run, written


def t(words):
    return f"<m:r><m:t>{words}</m:t></m:r>"


def over(above, below):
    return f"<m:f><m:num>{above}</m:num><m:den>{below}</m:den></m:f>"


def power(base, above):
    return f"<m:sSup><m:e>{base}</m:e><m:sup>{above}</m:sup></m:sSup>"


def read(*parts):
    decoded = read_word(written(f"<w:p>{''.join(parts)}</w:p>"), Bounds(), lambda: None)
    return decoded.text.rstrip("\n"), [(one.text, one.reason) for one in decoded.hints.dropped]


def math(*parts):
    return f"<m:oMath>{''.join(parts)}</m:oMath>"


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ([run("占"), math(over(t("4"), t("7"))), run("以上")], "占4/7以上"),
        ([run("达"), math(t("6.5%"))], "达6.5%"),
        ([run("为2"), math(over(t("1"), t("3"))), run("倍")], "为2又1/3倍"),
        ([f"<m:oMathPara>{math(over(t('a+b'), t('c')))}</m:oMathPara>"], "(a+b)/c"),
        ([math(t("3.6×"), power(t("10"), t("5"))), run("吨")], "3.6×10⁵吨"),
        ([run("7万"), math(power(t("m"), t("2")))], "7万m²"),
        ([run("7万m"), math(power("", t("2")))], "7万m²"),
        ([math(power(t("x"), t("n+1")))], "x^(n+1)"),
        ([math(f"<m:sSub><m:e>{t('CO')}</m:e><m:sub>{t('2')}</m:sub></m:sSub>")], "CO2"),
        ([math(f"<m:rad><m:deg/><m:e>{t('2')}</m:e></m:rad>")], "√2"),
        ([math(f"<m:d><m:e>{over(t('1'), t('2'))}</m:e></m:d>")], "(1/2)"),
        ([math(f'<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr><m:e>{t("x")}</m:e></m:nary>')], "∑x"),
    ],
)
def test_a_formula_reads_as_people_read_it(parts, words):
    assert read(*parts) == (words, [])


def test_the_number_of_a_note_that_is_set_as_a_power_is_left_out():
    assert read(run("税收31"), math(power(t(".9"), t("2"))), run("亿元")) == (
        "税收31.9亿元",
        [("2", "note_mark")],
    )


def test_a_formula_leaves_out_what_was_deleted_or_struck():
    changed = math(f"<w:del>{t('9')}</w:del><w:ins>{over(t('1'), t('2'))}</w:ins>")
    assert read(run("占"), changed) == ("占1/2", [("9", "deleted")])
    crossed = (
        f'<m:borderBox><m:borderBoxPr><m:strikeH m:val="1"/></m:borderBoxPr><m:e>{t("9")}</m:e></m:borderBox>'
    )
    assert read(math(crossed, t("8"))) == ("8", [("9", "struck")])


@pytest.mark.parametrize(
    ("code", "parts"),
    [
        (r" EQ \f(4,7) ", [Fraction("4/7")]),
        (r"EQ \f(\f(1,2),3)", [Fraction("(1/2)/3")]),
        (r"eq \o\ac(○,3)", ["③"]),
        (r'EQ \* jc2 \* "Font:宋体" \* hps10 \o\ad(\s\up 9(xī),浠)', ["浠", Left("xī", "ruby")]),
        (r"EQ 31.9\s\up 8(2)", ["31.9", Raised("2")]),
        (r"EQ \r(2)", ["√2"]),
        (r"PAGE \* MERGEFORMAT", None),
    ],
)
def test_the_field_of_older_programs_is_read(code, parts):
    assert field(code) == parts


@pytest.mark.parametrize("code", [r"EQ \f(3", r"EQ ))((", "EQ " + r"\f(" * 500, r"EQ \o(", "EQ \\"])
def test_a_field_that_is_damaged_is_read_as_far_as_it_goes(code):
    assert isinstance(field(code), list)


def test_a_field_stands_in_its_sentence():
    marks = [f'<w:r><w:fldChar w:fldCharType="{mark}"/></w:r>' for mark in ("begin", "end")]
    code = r"<w:r><w:instrText> EQ \f(4</w:instrText></w:r><w:r><w:instrText>,7) </w:instrText></w:r>"
    assert read(run("占"), marks[0], code, marks[1], run("以上")) == ("占4/7以上", [])


def test_other_fields_show_their_result():
    marks = [f'<w:r><w:fldChar w:fldCharType="{mark}"/></w:r>' for mark in ("begin", "separate", "end")]
    code = "<w:r><w:instrText> REF a </w:instrText></w:r>"
    assert read(run("见表"), marks[0], code, marks[1], run("3"), marks[2])[0] == "见表3"
