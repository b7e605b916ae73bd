"""DOCX: what of a paragraph is seen, what is a note's mark, struck out, or said twice."""

import pytest

from extract.documents.readers.bounds import Bounds
from extract.documents.readers.word import read as read_word

from .made import RAISED, box, changed, docx, run, table, written

STYLES = (
    '<w:style w:type="character" w:styleId="High"><w:name w:val="High"/>'
    f"<w:rPr>{RAISED}</w:rPr></w:style>"
    '<w:style w:type="character" w:styleId="Mark"><w:name w:val="Mark"/><w:basedOn w:val="High"/></w:style>'
    '<w:style w:type="character" w:styleId="Note"><w:name w:val="footnote reference"/></w:style>'
    '<w:style w:type="character" w:styleId="Out"><w:name w:val="Out"/><w:rPr><w:dstrike/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Old"><w:name w:val="Old"/><w:rPr><w:strike/></w:rPr></w:style>'
)


def read(*blocks):
    """The text, and what was left out of it with the reason."""
    decoded = read_word(written(*blocks, styles=STYLES), Bounds(), lambda: None)
    return decoded.text.rstrip("\n"), [(one.text, one.reason) for one in decoded.hints.dropped]


def p(*runs):
    return f"<w:p>{''.join(runs)}</w:p>"


@pytest.mark.parametrize(
    "mark",
    [
        run("7", RAISED),
        run("7", '<w:rStyle w:val="Mark"/>'),
        run("7", '<w:rStyle w:val="Note"/>'),
        run("7", '<w:position w:val="12"/><w:sz w:val="18"/>'),
        run("7", '<w:position w:val="12"/>'),
        '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="2"/><w:t>7</w:t></w:r>',
    ],
    ids=[
        "by itself",
        "by a style and its base",
        "of a note",
        "by its place, small",
        "by its place",
        "its own",
    ],
)
def test_a_raised_mark_beside_a_number_is_no_digit_of_it(mark):
    """However it is raised: the number in between must not grow by a digit."""
    text, dropped = read(p(run("税收完成31.9", '<w:sz w:val="32"/>'), mark, run("亿元。")))
    assert text == "税收完成31.9亿元。"
    assert dropped == [("7", "note_mark")]


def test_a_mark_in_several_runs_is_one_mark():
    text, dropped = read(p(run("下降1.4%"), run("[", RAISED), run("1", RAISED), run("2]", RAISED), run("。")))
    assert (text, dropped) == ("下降1.4%。", [("[12]", "note_mark")])


def test_powers_stay_as_powers():
    text, dropped = read(
        p(run("绿地7万m"), run("2", RAISED), run("，径流3.5×10"), run("8", RAISED), run("立方米"))
    )
    assert (text, dropped) == ("绿地7万m²，径流3.5×10⁸立方米", [])


def test_what_a_run_takes_back_of_its_style_is_not_raised():
    text, _ = read(
        p(run("税收31.9"), run("7", '<w:rStyle w:val="Mark"/><w:vertAlign w:val="baseline"/>'), run("亿元"))
    )
    assert text == "税收31.97亿元"


def test_a_paragraph_that_stands_higher_throughout_holds_no_mark():
    high = '<w:position w:val="3"/>'
    assert read(p(run("税收31.9", high), run("7", high), run("亿元", high)))[0] == "税收31.97亿元"


@pytest.mark.parametrize("struck", ["<w:strike/>", '<w:dstrike w:val="1"/>', '<w:rStyle w:val="Out"/>'])
def test_what_is_struck_out_is_left_out_with_an_account(struck):
    text, dropped = read(p(run("出口达到4.8亿元", struck), run("出口达到8.4亿元。")))
    assert (text, dropped) == ("出口达到8.4亿元。", [("出口达到4.8亿元", "struck")])


def test_a_style_of_the_paragraph_strikes_out_all_but_what_takes_it_back():
    old = '<w:pPr><w:pStyle w:val="Old"/></w:pPr>'
    text, dropped = read(p(old, run("旧5家"), run("新6家", '<w:strike w:val="0"/>')))
    assert (text, dropped) == ("新6家", [("旧5家", "struck")])


def test_signs_of_symbol_fonts_are_the_signs_that_they_show():
    signs = (
        '<w:r><w:t>普及率</w:t><w:sym w:font="Symbol" w:char="F0B3"/><w:t>87%，误差</w:t>'
        '<w:sym w:font="Symbol" w:char="F0B1"/><w:t>2%</w:t><w:sym w:font="Wingdings" w:char="F082"/></w:r>'
    )
    typed = run("\uf0a3", '<w:rFonts w:ascii="Symbol" w:hAnsi="Symbol"/>')
    assert read(p(signs, typed, run("3")))[0] == "普及率≥87%，误差±2%②≤3"


def test_a_sign_that_is_not_known_is_told():
    text, dropped = read(p('<w:r><w:t>约</w:t><w:sym w:font="Marlett" w:char="F041"/><w:t>5家</w:t></w:r>'))
    assert (text, dropped) == ("约\ufffd5家", [("1 个字符 / characters", "unnamed")])


def test_a_word_is_read_without_its_pronunciation():
    ruby = "<w:r><w:ruby><w:rt>{}</w:rt><w:rubyBase>{}</w:rubyBase></w:ruby></w:r>".format(
        run("xī"), run("浠")
    )
    text, dropped = read(p(ruby, run("水两岸")))
    assert (text, dropped) == ("浠水两岸", [("xī", "ruby")])


def test_a_text_box_is_read_once_and_so_is_one_inside_it():
    text, _ = read(p(run("正文"), box(p(run("外框"), box(p(run("内框")))))), p(run("下文")))
    assert text == "正文\n外框\n内框\n下文"


def test_a_text_box_in_a_cell_is_read_once_and_where_it_stands():
    rows = [(p(run("指标")), p(run("2024年完成"))), (p(run("油料")), p(box(p(run("5.2"))), run("万吨")))]
    assert read(table(*rows))[0] == "2024年油料5.2万吨。"


def test_the_older_version_of_a_box_is_read_where_the_newer_holds_no_words():
    old = (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wpg"><w:drawing/></mc:Choice><mc:Fallback><w:pict><v:shape>'
        f"<v:textbox><w:txbxContent>{p(run('只在旧版'))}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    assert read(p(old))[0] == "只在旧版"


def test_a_cell_is_read_with_the_table_in_it_and_without_marks_and_struck_words():
    inner = table((p(run("夏粮")), p(run("3万吨"))))
    rows = [
        (p(run("指标")), p(run("2024年完成"))),
        (p(run("粮食")), inner + p()),
        (p(run("油料")), p(run("5万吨", "<w:strike/>"), run("6万吨"), run("1", RAISED))),
    ]
    text, dropped = read(table(*rows))
    assert text == "2024年粮食夏粮3万吨。\n2024年油料6万吨。"
    assert dropped == [("5万吨", "struck"), ("1", "note_mark")]


def test_a_picture_is_said_to_be_left_out_by_its_description():
    picture = '<w:r><w:drawing><wp:inline><wp:docPr id="1" name="P" descr="三年增速"/>'
    picture += "<a:graphic><a:blip/></a:graphic></wp:inline></w:drawing></w:r>"
    assert read(p(run("见图"), picture)) == ("见图", [("三年增速", "picture")])


def test_nesting_without_end_is_refused_or_read():
    """Within bounds: never a crash."""
    nested = "<w:smartTag>" * 150 + run("5家") + "</w:smartTag>" * 150
    assert read(p(nested))[0] == "5家"


def test_plain_documents_lose_nothing():
    text = "税收31.9亿元，下降1.4%。"
    decoded = read_word(changed(docx(text), "word/document.xml", "31.9", "31.97"), Bounds(), lambda: None)
    assert (decoded.text, decoded.hints.dropped) == ("税收31.97亿元，下降1.4%。\n", ())


def test_the_mark_of_a_note_that_a_field_shows_again_is_no_part_of_a_number():
    begin, separate, end = (
        f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
    )
    code = "<w:r><w:instrText> NOTEREF _Ref7 \\h </w:instrText></w:r>"
    paragraph = p(f"{run('税收31.9')}{begin}{code}{separate}{run('7')}{end}{run('亿元')}")
    assert read(paragraph) == ("税收31.9亿元", [("7", "note_mark")])
