"""DOCX: what a reader sees in Word, in order; what is hidden or deleted set apart."""

from contextlib import suppress

import pytest
from docx import Document
from docx.enum.text import WD_COLOR_INDEX
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt, RGBColor
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.damage import variants
from extract.documents.readers.bounds import Bounds
from extract.documents.readers.word import read as read_word
from extract.documents.readers.word_numbering import chinese
from extract.errors import DamagedFileError, InputError, OldFormatError, UnsafeArchiveError

from .made import changed, docx, saved

TEXT = "临江市2024年政府工作报告\n一、2023年工作回顾\n地区生产总值增长6.4%。\n二、2024年工作安排\n新增养老床位800张。"

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def read(data, **bounds):
    return read_word(data, Bounds(**bounds), lambda: None)


def test_a_paragraph_is_a_line_and_headings_keep_their_styles():
    decoded = read(docx(TEXT))
    assert decoded.text == TEXT + "\n"
    assert [(decoded.text[one.start : one.end], one.level, one.style) for one in decoded.hints.headings] == [
        ("一、2023年工作回顾", 1, "heading 1"),
        ("二、2024年工作安排", 1, "heading 1"),
    ]


def _vanish(run):
    run.font.hidden = True


def _white(run):
    run.font.color.rgb = RGBColor(255, 255, 255)


def _tiny(run):
    run.font.size = Pt(1)


@pytest.mark.parametrize(("hide", "way"), [(_vanish, "vanish"), (_white, "white"), (_tiny, "tiny")])
def test_a_hidden_run_is_kept_out_of_the_text_and_told(hide, way):
    """Where it stood, how it was hidden, and what it said."""
    document = Document()
    paragraph = document.add_paragraph("地区生产总值增长6.4%")
    hide(paragraph.add_run("，实为9.9%"))
    paragraph.add_run("。")
    decoded = read(saved(document))
    assert decoded.text == "地区生产总值增长6.4%。\n"
    (hidden,) = decoded.hints.hidden
    assert (hidden.way, hidden.text) == (way, "，实为9.9%")
    assert decoded.text[: hidden.at] == "地区生产总值增长6.4%"


def test_a_style_hides_as_a_run_does():
    document = Document()
    document.styles["Quote"].font.hidden = True
    document.add_paragraph("看不见", style="Quote")
    document.add_paragraph("看得见")
    decoded = read(saved(document))
    assert (decoded.text, [one.text for one in decoded.hints.hidden]) == ("看得见\n", ["看不见"])


def test_white_on_a_dark_ground_is_seen():
    document = Document()
    run = document.add_paragraph().add_run("白字深底")
    _white(run)
    run.font.highlight_color = WD_COLOR_INDEX.DARK_BLUE
    assert read(saved(document)).text == "白字深底\n"


def test_tag_characters_are_taken_out_and_told_in_letters():
    decoded = read(docx("增长" + "".join(chr(0xE0000 + ord(c)) for c in "hi") + "6.4%。"))
    assert decoded.text == "增长6.4%。\n"
    assert [(one.at, one.text, one.way) for one in decoded.hints.hidden] == [(2, "hi", "characters")]


def test_deletions_are_left_out_and_insertions_read():
    document = Document()
    paragraph = document.add_paragraph("增长")
    for xml in (
        f"<w:del {nsdecls('w')}><w:r><w:delText>5%</w:delText></w:r></w:del>",
        f"<w:ins {nsdecls('w')}><w:r><w:t>6%</w:t></w:r></w:ins>",
    ):
        paragraph._p.append(parse_xml(xml))
    decoded = read(saved(document))
    assert decoded.text == "增长6%\n"
    assert [(one.text, one.reason) for one in decoded.hints.dropped] == [("5%", "deleted")]


def test_numbers_that_word_puts_before_paragraphs_are_part_of_the_text():
    """一、 and 二、 stand in no run; without them the chapters would be lost."""
    document = Document()
    numbering = document.part.numbering_part.element
    numbering.insert(
        0,
        parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
            '<w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>'
        ),
    )
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>'))
    for words in ("工作回顾", "工作安排"):
        properties = document.add_paragraph(words)._p.get_or_add_pPr()
        properties.append(
            parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="90"/></w:numPr>')
        )
    assert read(saved(document)).text == "一、工作回顾\n二、工作安排\n"


LEVEL = '<w:lvl w:ilvl="0"><w:numFmt w:val="{}"/><w:lvlText w:val="{}"/></w:lvl>'


def numbered(definitions, *paragraphs):
    """A DOCX with these definitions of lists, and paragraphs of (words, list)."""
    document = Document()
    numbering = document.part.numbering_part.element
    for one in list(numbering):
        numbering.remove(one)
    for one in definitions:
        tag, _, rest = one.partition(" ")
        numbering.append(parse_xml(f"<w:{tag} {nsdecls('w')} {rest}</w:{tag}>"))
    for words, number in paragraphs:
        properties = document.add_paragraph(words)._p.get_or_add_pPr()
        properties.append(parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="{number}"/></w:numPr>'))
    return read(saved(document)).text


def test_a_list_that_is_told_to_begins_to_count_anew():
    """The clauses of each chapter are a list of their own, all of one kind, and all begin with （一）."""
    text = numbered(
        [
            f'abstractNum w:abstractNumId="7">{LEVEL.format("chineseCounting", "（%1）")}',
            'num w:numId="1"><w:abstractNumId w:val="7"/>',
            (
                'num w:numId="2"><w:abstractNumId w:val="7"/>'
                '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
            ),
        ],
        *(("甲", 1), ("乙", 1), ("丙", 2), ("丁", 2)),
    )
    assert text.splitlines() == ["（一）甲", "（二）乙", "（一）丙", "（二）丁"]


def test_a_list_may_look_as_a_style_says():
    text = numbered(
        [
            f'abstractNum w:abstractNumId="7"><w:styleLink w:val="S"/>{LEVEL.format("chineseCounting", "%1、")}',
            'abstractNum w:abstractNumId="8"><w:numStyleLink w:val="S"/>',
            'num w:numId="1"><w:abstractNumId w:val="8"/>',
        ],
        *(("工作回顾", 1), ("工作安排", 1)),
    )
    assert text.splitlines() == ["一、工作回顾", "二、工作安排"]


def test_numbers_in_circles_are_numbers_in_circles():
    level = LEVEL.format("decimalEnclosedCircleChinese", "%1")
    kinds = [f'abstractNum w:abstractNumId="7">{level}', 'num w:numId="1"><w:abstractNumId w:val="7"/>']
    assert numbered(kinds, ("甲", 1), ("乙", 1)).splitlines() == ["①甲", "②乙"]


def with_chunk(kind, name, data):
    document = Document()
    document.add_paragraph("增长5%。")
    part = Part(PackURI(f"/word/{name}"), kind, data, document.part.package)
    relation = document.part.relate_to(part, f"{RELATIONS}/aFChunk")
    chunk = parse_xml(f'<w:altChunk {nsdecls("w", "r")} r:id="{relation}"/>')
    document.element.body.insert(1, chunk)
    return read(saved(document))


def test_a_web_page_inside_a_document_is_read():
    """So programs write that turn pages into documents; nothing else stands in them."""
    markup = "<html><body><h2>一、工作回顾</h2><p>出口增长6%。<span style='display:none'>隐</span></p></body></html>"
    decoded = with_chunk("text/html", "page.html", markup.encode())
    assert decoded.text == "增长5%。\n一、工作回顾\n出口增长6%。\n"
    assert [one.level for one in decoded.hints.headings] == [2]
    assert [one.text for one in decoded.hints.hidden] == ["隐"]


def test_another_file_inside_a_document_is_said_to_be_left_out():
    decoded = with_chunk("text/plain", "note.txt", "出口增长6%。".encode())
    assert decoded.text == "增长5%。\n"
    assert [(one.text, one.reason) for one in decoded.hints.dropped] == [("/word/note.txt", "embedded")]


MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def test_documents_with_macros_and_templates_are_documents():
    """Their macros are not looked at."""
    kind = "application/vnd.ms-word.document.macroEnabled.main+xml"
    assert read(changed(docx("增长5%。"), "[Content_Types].xml", MAIN, kind)).text == "增长5%。\n"
    with pytest.raises(DamagedFileError, match="not a document"):
        read(changed(docx("增长5%。"), "[Content_Types].xml", MAIN, "application/xml"))


def test_the_strict_kind_is_refused_with_the_way_out():
    data = changed(
        docx("增长5%。"), "_rels/.rels", RELATIONS, "http://purl.oclc.org/ooxml/officeDocument/relationships"
    )
    with pytest.raises(OldFormatError, match="Strict") as told:
        read(data)
    assert "save it" in told.value.hint


@pytest.mark.parametrize(("fill", "seen"), [("<a:solidFill/>", True), ("<a:noFill/>", False)])
def test_white_words_in_a_coloured_box_are_seen(fill, seen):
    box = (
        f'<w:p {nsdecls("w", "a")} xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        f"<w:r><w:drawing><wps:wsp><wps:spPr>{fill}</wps:spPr><wps:txbx><w:txbxContent><w:p><w:r><w:rPr>"
        '<w:color w:val="FFFFFF"/></w:rPr><w:t>政府工作报告</w:t></w:r></w:p></w:txbxContent></wps:txbx></wps:wsp>'
        "</w:drawing></w:r></w:p>"
    )
    document = Document()
    document.element.body.insert(0, parse_xml(box))
    assert read(saved(document)).text == ("政府工作报告\n" if seen else "")


@pytest.mark.parametrize(
    ("count", "words"), [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (35, "三十五"), (120, "120")]
)
def test_numbers_are_written_as_headings_write_them(count, words):
    assert chinese(count) == words


def test_tables_stand_where_they_are_and_merged_cells_count_for_each_row():
    document = Document()
    document.add_paragraph("目标如下。")
    table = document.add_table(3, 3)
    for row, words in zip(
        table.rows,
        (("类别", "事项", "任务"), ("教育", "新建幼儿园", "10所"), ("", "改造食堂", "35个")),
        strict=True,
    ):
        for cell, word in zip(row.cells, words, strict=True):
            cell.text = word
    table.cell(1, 0).merge(table.cell(2, 0))
    document.add_paragraph("以上。")
    decoded = read(saved(document))
    assert decoded.text == "目标如下。\n新建幼儿园10所。\n改造食堂35个。\n以上。\n"
    (hint,) = decoded.hints.tables
    assert [decoded.text[start:end] for start, end in hint.rows] == ["新建幼儿园10所。", "改造食堂35个。"]


def test_content_controls_and_text_boxes_are_read_once():
    document = Document()
    body = document.element.body
    body.insert(
        0,
        parse_xml(
            f"<w:sdt {nsdecls('w')}><w:sdtContent><w:p><w:r><w:t>控件里的话</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        ),
    )
    box = (
        f'<w:r {nsdecls("w")} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:AlternateContent>'
        '<mc:Choice Requires="wps"><w:txbxContent><w:p><w:r><w:t>框里的话</w:t></w:r></w:p></w:txbxContent></mc:Choice>'
        "<mc:Fallback><w:txbxContent><w:p><w:r><w:t>框里的话</w:t></w:r></w:p></w:txbxContent></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    document.add_paragraph("正文")._p.append(parse_xml(box))
    assert read(saved(document)).text == "控件里的话\n正文\n框里的话\n"


def test_heads_and_feet_of_pages_are_left_out_with_an_account():
    document = Document()
    document.sections[0].header.paragraphs[0].text = "临江市人民政府文件"
    document.add_paragraph("正文")
    decoded = read(saved(document))
    assert decoded.text == "正文\n"
    assert [(one.text, one.reason) for one in decoded.hints.dropped] == [
        ("临江市人民政府文件", "header_footer")
    ]


def test_entities_are_refused_before_any_parser_sees_them():
    data = changed(
        docx(TEXT),
        "word/document.xml",
        "<w:document",
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><w:document',
    )
    with pytest.raises(UnsafeArchiveError):
        read(data)


def test_deep_nesting_is_refused():
    nested = "<w:sdt><w:sdtContent>" * 230
    data = changed(
        docx(TEXT), "word/document.xml", "<w:body>", f"<w:body>{nested}{'</w:sdtContent></w:sdt>' * 230}"
    )
    with pytest.raises(DamagedFileError):
        read(data)


@pytest.mark.parametrize(
    ("name", "data"), list(variants(docx(TEXT), 60)), ids=lambda one: one if isinstance(one, str) else ""
)
def test_a_damaged_document_is_read_or_refused(name, data):
    """Nothing but an error of the tree, or a fault that the reading process turns into one, leaves the reader."""
    with suppress(InputError):
        assert isinstance(read(data).text, str)


@settings(max_examples=12, deadline=None)
@given(st.lists(st.text(alphabet="一二、（）工作回顾2024年增长6.4%\u200b\u3000 ", max_size=30), max_size=8))
def test_any_paragraphs_come_back_in_order(paragraphs):
    document = Document()
    for words in paragraphs:
        document.add_paragraph(words)
    shown = [words.replace("\u200b", "") for words in paragraphs]
    assert read(saved(document)).text == "".join(f"{words}\n" for words in shown if words)


def test_a_hidden_paragraph_mark_hides_no_words():
    document = Document()
    paragraph = document.add_paragraph("看得见的话")
    mark = paragraph._p.get_or_add_pPr()
    mark.append(parse_xml(f"<w:rPr {nsdecls('w')}><w:vanish/></w:rPr>"))
    assert paragraph._p.pPr.find(qn("w:rPr")) is not None
    assert read(saved(document)).text == "看得见的话\n"
