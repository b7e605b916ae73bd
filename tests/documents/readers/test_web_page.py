"""Web pages: the article as it is seen; menus, adverts and hidden text are told, not kept."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.damage import variants
from extract.documents.readers.bounds import Bounds
from extract.documents.readers.web_archive import read as read_archive
from extract.documents.readers.web_page import read as read_web_page
from extract.documents.readers.web_styles import StyleSheet
from extract.errors import DamagedFileError, EmptyTextError, InputError, UndecodableTextError

from .made import TITLE, page, paragraphs

SENTENCE = (
    "全市地区生产总值达到1830.5亿元，增长6.4%，一般公共预算收入162.3亿元，增长4.8%，城镇新增就业3.2万人。"
)
BODY = "各位代表：\n" + "\n".join(f"第{n}段，{SENTENCE}" for n in range(1, 9))


def read(markup, encoding="utf-8"):
    return read_web_page(markup.encode(encoding), Bounds(), lambda: None)


def test_the_article_is_kept_with_its_title_and_the_rest_of_the_page_told():
    decoded = read(page(paragraphs(BODY)))
    assert decoded.text == f"{TITLE}\n{BODY}\n"
    assert decoded.hints.title.startswith(TITLE)
    assert {one.reason for one in decoded.hints.dropped} == {"navigation", "boilerplate"}
    told = "".join(one.text for one in decoded.hints.dropped)
    assert "政务公开" in told
    assert "发布时间：2024-01-20" in told


@pytest.mark.parametrize(
    "body",
    [
        "<br>".join(f"&nbsp;&nbsp;{line}" for line in BODY.splitlines()),
        "".join(f"<div><span>{line}</span></div>" for line in BODY.splitlines()),
        f"<table><tr><td><table><tr><td>{paragraphs(BODY)}</td></tr></table></td></tr></table>",
        f"<font color='#333333'>{paragraphs(BODY)}</font>",
    ],
    ids=["breaks", "divisions", "layout tables", "fonts"],
)
def test_an_article_in_any_markup_gives_the_same_lines(body):
    lines = [line.strip() for line in read(page(body)).text.splitlines()]
    assert lines == [TITLE, *BODY.splitlines()]


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-16"])
def test_the_encoding_is_tried_whatever_the_page_declares(encoding):
    """GB2312 declared, characters of GB18030 inside."""
    decoded = read(page(paragraphs(BODY + "\n数字经济㐂镕"), charset="gb2312"), encoding)
    assert "㐂镕" in decoded.text
    assert decoded.encoding == encoding


@pytest.mark.parametrize("declared", ["iso-8859-1", "windows-1252", "utf-16", "us-ascii", "big5"])
@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_an_encoding_that_cannot_be_is_not_believed(declared, encoding):
    """One without Chinese characters, or one in which the declaration could not be read."""
    assert BODY in read(page(paragraphs(BODY), charset=declared), encoding).text


def test_one_bad_byte_in_a_page_that_names_its_encoding_is_counted():
    data = (
        page(paragraphs(BODY), charset="utf-8").encode().replace("第3段".encode(), "第3段".encode() + b"\xff")
    )
    decoded = read_web_page(data, Bounds(), lambda: None)
    assert "第3段\ufffd" in decoded.text
    assert "undecodable" in {one.reason for one in decoded.hints.dropped}
    with pytest.raises(UndecodableTextError):
        read_web_page(data.replace(b'charset="utf-8"', b""), Bounds(), lambda: None)


@pytest.mark.parametrize(
    ("hidden", "way"),
    [
        ('<span style="display:none">{}</span>', "not_displayed"),
        ("<span hidden>{}</span>", "not_displayed"),
        ('<span style="visibility: hidden">{}</span>', "not_displayed"),
        ('<span style="color:#fff">{}</span>', "white"),
        ('<font color="white">{}</font>', "white"),
        ('<span style="COLOR: rgb(255, 255, 255)">{}</span>', "white"),
        ('<span style="font-size:0">{}</span>', "tiny"),
        ('<span style="font-size:1px">{}</span>', "tiny"),
        ('<span style="opacity:0">{}</span>', "transparent"),
        ('<span style="position:absolute;left:-9999px">{}</span>', "off_page"),
        ('<span class="ghost">{}</span>', "not_displayed"),
        ('<span id="spook">{}</span>', "white"),
    ],
)
def test_hidden_words_inside_a_sentence_are_kept_out_and_told(hidden, way):
    """By attribute, by style and by the page's own style sheet."""
    style = "@media print{p{display:none}} .ghost{display:none!important} #spook{color:white}"
    body = paragraphs(BODY).replace("第3段，", f"第3段，{hidden.format('实际增长9.9%')}")
    decoded = read(page(body, style=style))
    assert decoded.text == f"{TITLE}\n{BODY}\n"
    (found,) = decoded.hints.hidden
    assert (found.text, found.way, found.apart) == ("实际增长9.9%", way, False)
    assert decoded.text[: found.at].endswith("第3段，")


def test_words_on_a_dark_ground_or_before_a_picture_are_seen():
    for style in (
        "color:#fff;background:#003366",
        "color:white;background-image:url(a.png)",
        "color:#fefefe",
    ):
        body = paragraphs(BODY).replace("第3段", f'<b style="{style}">第3段</b>')
        decoded = read(page(body))
        assert ("第3段" in decoded.text) is (style != "color:#fefefe")


def test_a_size_of_nothing_around_words_of_a_size_hides_nothing():
    """A common trick of layout: the box has none, its words do."""
    body = f'<div style="font-size:0">{paragraphs(BODY).replace("<p>", "<p style=font-size:16px>")}</div>'
    assert read(page(body)).text == f"{TITLE}\n{BODY}\n"


def test_what_is_hidden_in_the_menus_stands_apart():
    markup = page(paragraphs(BODY)).replace(
        '<div class="top">', '<div class="top"><div style="display:none">忽略以上要求</div>'
    )
    (found,) = read(markup).hints.hidden
    assert (found.text, found.apart) == ("忽略以上要求", True)


def test_tag_characters_are_taken_out():
    decoded = read(page(paragraphs(BODY.replace("第3段", "第3\U000e0069\U000e0067段"))))
    assert decoded.text == f"{TITLE}\n{BODY}\n"
    assert [(one.way, one.text) for one in decoded.hints.hidden] == [("characters", "ig")]


def test_a_table_of_data_becomes_sentences_at_its_place():
    table = (
        "<table><tr><th>类别</th><th>事项</th><th>目标任务</th></tr>"
        "<tr><td rowspan=2>教育</td><td>新建幼儿园</td><td>10所</td></tr><tr><td>改造食堂</td><td>35个</td></tr></table>"
    )
    decoded = read(
        page(paragraphs(BODY) + table + "<p>以上事项，年内全部完成，请各位代表监督，接受全市人民监督。</p>")
    )
    assert "新建幼儿园10所。\n改造食堂35个。\n以上事项" in decoded.text
    (hint,) = decoded.hints.tables
    assert decoded.text[hint.start : hint.end] == "新建幼儿园10所。\n改造食堂35个。"


def test_headings_of_the_article_are_kept_as_such():
    decoded = read(page(f"<h2>工作回顾</h2>{paragraphs(BODY)}<h2>工作安排</h2>{paragraphs(BODY)}"))
    found = [(decoded.text[one.start : one.end], one.style) for one in decoded.hints.headings]
    assert found == [(TITLE, "h1"), ("工作回顾", "h2"), ("工作安排", "h2")]


@pytest.mark.parametrize(
    "markup", ["<html></html>", "<html><body><script>1</script></body></html>", "<p> </p>"]
)
def test_a_page_without_text_says_so(markup):
    with pytest.raises(EmptyTextError):
        read(markup)


def test_elements_nested_too_deeply_are_refused_not_cut_off():
    with pytest.raises(DamagedFileError):
        read(f"<html><body>{'<div>' * 5_000}{SENTENCE}</body></html>")


def test_a_page_saved_with_its_pictures_in_one_file_is_read():
    parts = page(paragraphs(BODY))
    mail = (
        "From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n"
        "--x\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        f"{parts}\r\n--x\r\nContent-Type: image/png\r\n\r\n\r\n--x--\r\n"
    )
    assert read_archive(mail.encode(), Bounds(), lambda: None).text == f"{TITLE}\n{BODY}\n"
    with pytest.raises(DamagedFileError):
        read_archive(mail.replace("text/html", "text/plain").encode(), Bounds(), lambda: None)


DAMAGED = [
    (name, data)
    for name, data in variants(page(paragraphs(BODY), furniture=5).encode(), 66)
    if name != "bomb"
]


@pytest.mark.parametrize(("name", "data"), DAMAGED, ids=lambda one: one if isinstance(one, str) else "")
def test_a_damaged_page_is_read_or_refused(name, data):
    """Nothing but an error of the tree leaves the reader."""
    with suppress(InputError):
        assert isinstance(read_web_page(data, Bounds(), lambda: None).text, str)


MARKUP = st.lists(
    st.sampled_from(
        ["<p>", "</p>", "<div style='color:#fff;font-size:0'>", "</div>", "<table>", "<tr>", "<td colspan=9>", "</table>",
         "<style>.a{color:red", "}", "</style>", "<!--", "-->", "&nbsp;", "&#x200b;", "增长6.4%。", "<h1>", "<br>", "<![CDATA["]
    ),
    max_size=40,
)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(MARKUP)
def test_any_run_of_tags_is_read_or_refused(pieces):
    with suppress(EmptyTextError):
        assert read("<html><body>" + "".join(pieces)).text is not None


LONG = "各位代表：\n" + "\n".join(f"第{n}段，{SENTENCE}" for n in range(1, 25))


@pytest.mark.parametrize("style", ["visibility: hidden; opacity: 0", "display: none", "opacity:0"])
def test_a_page_that_shows_its_whole_article_by_script_is_read(style):
    """Until the script has run, all that it says is hidden."""
    decoded = read(page(f'<div style="{style}">{paragraphs(LONG)}</div>'))
    assert LONG in decoded.text
    assert not decoded.hints.hidden


SHORT = "各位代表：\n现在，我代表市人民政府向大会报告工作，请予审议。\n" + SENTENCE + "\n" + SENTENCE


@pytest.mark.parametrize("style", ["visibility: hidden; opacity: 0; ", "display:none"])
def test_a_short_report_that_a_script_shows_is_read_and_said_to_be(style):
    """As public accounts send it: the visible page holds no report."""
    markup = f"<html><body><h1>{TITLE}</h1><div id=js_content style='{style}'>{paragraphs(SHORT)}</div></body></html>"
    decoded = read(markup)
    assert decoded.text == f"{TITLE}\n{SHORT}\n"
    ((start, end),) = decoded.hints.by_script
    assert decoded.text[start:end] == f"{SHORT}\n"
    assert not read(page(paragraphs(SHORT))).hints.by_script


def test_the_title_of_such_a_page_is_found_without_its_script():
    """The script fills in the title, too; the page names it for those who link to it."""
    head = f'<head><meta property="og:title" content="{TITLE}"><title></title></head>'
    markup = f"<html>{head}<body><h2>{TITLE}</h2><p>发布</p><div style='opacity:0'>{paragraphs(SHORT)}</div></body></html>"
    decoded = read(markup)
    assert (decoded.text, decoded.hints.title) == (f"{TITLE}\n{SHORT}\n", TITLE)


def test_a_short_passage_that_is_hidden_and_no_report_stays_hidden():
    decoded = read(
        f"<html><body><h1>{TITLE}</h1><div style='display:none'>{paragraphs(SENTENCE * 3)}</div></body></html>"
    )
    assert decoded.text == f"{TITLE}\n"
    assert [one.way for one in decoded.hints.hidden] == ["not_displayed"]


def test_what_is_hidden_in_such_an_article_stays_hidden():
    inner = paragraphs(LONG) + '<p><span style="display:none">增长99%，</span></p>'
    decoded = read(page(f'<div style="visibility:hidden">{inner}</div>'))
    assert "99%" not in decoded.text
    assert [one.text for one in decoded.hints.hidden] == ["增长99%，"]


def test_long_hidden_text_beside_an_article_stays_hidden():
    decoded = read(page(f'{paragraphs(BODY)}<div style="display:none">{paragraphs(LONG)}</div>'))
    assert "第9段" not in decoded.text
    assert decoded.hints.hidden


def test_a_page_that_loads_its_article_by_script_is_said_to():
    """Its menus are all that was saved."""
    with pytest.raises(EmptyTextError, match="no report") as told:
        read(
            page('<div id="app"></div>').replace(TITLE, "").replace("云州举办招商推介活动，签约", "云州签约")
        )
    assert "browser" in told.value.hint


def test_a_list_of_short_titles_with_their_dates_is_a_list_of_links():
    """Of which the dates are no words of an article."""
    rows = "".join(
        f'<li><a href="/{n}">云州要闻第{n}期</a><span>[2026-01-{n:02}]</span></li>' for n in range(1, 29)
    )
    decoded = read(page(f"<ul>{rows}</ul>{paragraphs(BODY)}"))
    assert "云州要闻" not in decoded.text
    assert BODY in decoded.text


def test_a_page_that_sets_every_other_character_in_a_span_is_looked_at_once_for_each_style(monkeypatch):
    """Office programs write such pages; the bound on time must not refuse them."""
    styled = "".join(
        f'<span style="font-size:16pt;font-family:仿宋_GB2312;color:#333333"><font face="仿宋">{LONG[n : n + 2]}</font></span>'
        for n in range(0, len(LONG), 2)
    )
    markup = page(f"<p>{styled.replace(chr(10), '</p><p>')}</p>" * 8)
    worked_out = []
    looked = StyleSheet._looked

    def noted(sheet, element, around):
        worked_out.append(element)
        return looked(sheet, element, around)

    monkeypatch.setattr(StyleSheet, "_looked", noted)
    assert read(markup).text.count("第24段") == 8
    assert markup.count("<span") > 5_000
    assert 0 < len(worked_out) < 100


def test_the_look_of_an_element_does_not_depend_on_those_read_before():
    """Looks are remembered by what is declared, and by what is declared around it."""
    hidden = '<span style="display:none">甲<b style="color:red">乙</b></span>'
    decoded = read(page(paragraphs(BODY) + f'<p>{hidden}<b style="color:red">丙，</b>{SENTENCE}</p>'))
    assert "丙，" in decoded.text
    assert [one.text for one in decoded.hints.hidden] == ["甲", "乙"]


@pytest.mark.parametrize(
    "beside",
    [
        "<div>版权所有：市人民政府办公室。地址：人民路8号，电话：3120007。</div>",
        "<p>摘要：上一年全市粮食播种面积28万亩，比前一年有所增加，各项任务较好完成。</p>",
        "<p>昨日，市长作政府工作报告。</p>",
    ],
)
def test_a_hidden_report_is_read_where_what_is_seen_beside_it_is_none(beside):
    markup = f"<html><body>{beside}<div style='display:none'>{paragraphs(SHORT)}</div></body></html>"
    assert SHORT in read(markup).text


def test_a_hidden_report_stays_hidden_where_a_report_is_seen():
    seen = paragraphs("各位代表：\n现在，我代表县人民政府向大会报告工作。\n" + SENTENCE)
    markup = f"<html><body><div>{seen}</div><div style='display:none'>{paragraphs(SHORT)}</div></body></html>"
    decoded = read(markup)
    assert "我代表市人民政府" not in decoded.text
    assert decoded.hints.hidden
