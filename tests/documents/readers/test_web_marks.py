"""Signs beside the words of a page: note marks, struck-out words, glosses, formulas, and what is no text at all."""

import pytest

from extract.documents.readers.bounds import Bounds
from extract.documents.readers.web_page import read as read_web_page

from .made import page, paragraphs

SENTENCE = "全市粮食总产量保持稳定，工业增加值平稳增长，居民收入稳步提高，社会大局和谐稳定。"
BODY = "各位代表：\n" + "\n".join(SENTENCE for _ in range(6))


def read(markup, style=""):
    """The line that the markup gives, and what was left out of it."""
    text = page(paragraphs(BODY) + f"<p>其中，{markup}。</p>", style=style)
    decoded = read_web_page(text.encode(), Bounds(), lambda: None)
    (line,) = (line for line in decoded.text.splitlines() if line.startswith("其中，"))
    left = [
        (one.reason, one.text)
        for one in decoded.hints.dropped
        if one.reason not in {"navigation", "boilerplate"}
    ]
    return line.removeprefix("其中，").removesuffix("。"), left


@pytest.mark.parametrize(
    ("markup", "shown", "mark"),
    [
        ("税收31.9<sup>7</sup>亿元", "税收31.9亿元", "7"),
        ("下降1.4%<sup>[12]</sup>", "下降1.4%", "[12]"),
        ("企业41<sup>③</sup>家", "企业41家", "③"),
        ('税收31.9<a href="#fn7"><sup>7</sup></a>亿元', "税收31.9亿元", "7"),
        ('税收31.9<sup>[<a href="#x">7</a>]</sup>亿元', "税收31.9亿元", "[7]"),
        ('下降1.4%<a href="#_ftn2" name="_ftnref2">[2]</a>', "下降1.4%", "[2]"),
        ('下降1.4%<span style="vertical-align:super;font-size:8pt">2</span>', "下降1.4%", "2"),
        ('下降1.4%<span class="up">2</span>', "下降1.4%", "2"),
        ('税收31.9<font style="position:relative;top:-4.5pt">2</font>亿元', "税收31.9亿元", "2"),
        ("税收31.9²亿元", "税收31.9亿元", "2"),
    ],
)
def test_the_mark_of_a_note_is_no_digit(markup, shown, mark):
    """Pages that set `sup` to the line move it up by other means, so that it is raised all the same."""
    assert read(markup, "sup{vertical-align:baseline;top:-.5em} .up{vertical-align:super}") == (
        shown,
        [("note_mark", mark)],
    )


@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        ("径流3.5×10<sup>8</sup>立方米", "径流3.5×10⁸立方米"),
        ("绿地7万m<sup>2</sup>", "绿地7万m²"),
        ("浓度31微克/m<sup>3</sup>", "浓度31微克/m³"),
        ("面积640km²", "面积640km²"),
        ("CO<sub>2</sub>减排3万吨", "CO2减排3万吨"),
        ('见<a href="#part2">第2部分</a>', "见第2部分"),
    ],
)
def test_powers_units_and_other_links_stay(markup, shown):
    assert read(markup) == (shown, [])


@pytest.mark.parametrize(
    "markup",
    [
        "<del>{}</del>",
        "<s>{}</s>",
        "<strike>{}</strike>",
        '<span style="text-decoration:line-through">{}</span>',
        '<span style="text-decoration-line:line-through">{}</span>',
        '<span class="old">{}</span>',
    ],
)
def test_struck_out_words_are_no_text(markup):
    struck = markup.format("改造小区71个")
    assert read(f"{struck}改造小区17个", ".old{text-decoration:line-through red}") == (
        "改造小区17个",
        [("struck", "改造小区71个")],
    )


def test_an_element_that_the_page_does_not_strike_out_is_text():
    assert read("<s>改造小区17个</s><ins>、公园3个</ins>", "s{text-decoration:none}") == (
        "改造小区17个、公园3个",
        [],
    )


@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        ("产量<ruby>27.4<rp>(</rp><rt>27</rt><rp>)</rp></ruby>万吨", "产量27.4万吨"),
        ("<ruby>岷<rt>mín</rt>江<rt>jiāng</rt></ruby>流域", "岷江流域"),
        ("<ruby>岷<rt>mín<rb>江<rt>jiāng</ruby>流域", "岷江流域"),
    ],
)
def test_a_gloss_is_no_text(markup, shown):
    line, left = read(markup)
    assert line == shown
    assert {reason for reason, _ in left} == {"ruby"}


def test_fractions_and_powers_of_formulas_are_read_once():
    drawn = (
        '<span class="katex"><span class="katex-mathml"><math><mn>6.3</mn><mo>%</mo></math></span>'
        '<span class="katex-html" aria-hidden="true">6.3%</span></span>'
    )
    assert read(f"普及率<math><mfrac><mn>5</mn><mn>6</mn></mfrac></math>，增长{drawn}") == (
        "普及率5/6，增长6.3%",
        [],
    )


def test_the_same_holds_in_the_cells_of_a_table():
    table = (
        "<table><caption>主要指标</caption><tr><th>指标</th><th>2023年完成</th></tr>"
        "<tr><td>棉花产量（万吨）</td><td><del>4</del>3.6<sup>2</sup></td></tr></table>"
    )
    decoded = read_web_page(page(paragraphs(BODY) + table).encode(), Bounds(), lambda: None)
    assert decoded.text.endswith("主要指标\n2023年棉花产量3.6万吨。\n")
    assert {("struck", "4"), ("note_mark", "2")} <= {(one.reason, one.text) for one in decoded.hints.dropped}


@pytest.mark.parametrize(
    ("markup", "reason", "numbers"),
    [
        ("<!-- 原稿：新建泵站58座，投资3亿元。 -->", "markup", 2),
        ("<textarea>新建泵站58座。</textarea>", "boilerplate", 1),
        ('<img alt="图中新建泵站58座。" src="a.png">', "picture", 1),
        ('<aside role="doc-footnote">指新建泵站58座</aside>', "footnote", 1),
        ("<script>var t = '新建泵站58座。'</script>", "code", 1),
    ],
)
def test_what_a_page_holds_and_does_not_show_is_told(markup, reason, numbers):
    decoded = read_web_page(page(paragraphs(BODY) + markup).encode(), Bounds(), lambda: None)
    assert "58" not in decoded.text
    (found,) = (one for one in decoded.hints.dropped if "58" in one.text)
    assert (found.reason, found.numbers) == (reason, numbers)


@pytest.mark.parametrize("opening", ["<!-- ", "<script>", "<textarea>"])
def test_what_swallows_the_rest_of_a_page_is_told_with_its_numbers(opening):
    body = paragraphs(BODY) + opening + "<p>新建泵站58座。</p>" * 9
    found = read_web_page(page(body).encode(), Bounds(), lambda: None).hints.dropped
    assert max(one.numbers for one in found if one.reason in {"markup", "boilerplate"}) == 9


def test_what_stands_behind_the_end_of_a_page_is_read():
    markup = page(paragraphs(BODY)) + "<p>新建泵站58座，受益群众3万人。</p>"
    whole = f"<html><body><div>{paragraphs(BODY)}</div></body></html><div>{paragraphs(BODY)}<p>新建泵站58座。</p></div>"
    assert "58座" in read_web_page(whole.encode(), Bounds(), lambda: None).text
    told = read_web_page(markup.encode(), Bounds(), lambda: None)
    assert "58座" in told.text + "".join(one.text for one in told.hints.dropped)


@pytest.mark.parametrize(
    "filling",
    [
        '<img src="data:image/png;base64,{}">',
        '<img src="data:image/svg+xml,{}">',
        "<!--{}-->",
        '<i data-state="{}"></i>',
    ],
)
def test_what_stands_behind_ten_million_bytes_is_read(filling):
    body = (
        paragraphs(BODY) + filling.format("QUJD" * 2_700_000) + "<p>其中，新建泵站58座，受益群众3万人。</p>"
    )
    assert "新建泵站58座" in read_web_page(page(body).encode(), Bounds(), lambda: None).text


@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        ("入户率<m:math><m:mfrac><m:mn>2</m:mn><m:mn>3</m:mn></m:mfrac></m:math>", "入户率2/3"),
        ("税收<math><munder><mn>31.9</mn><mo>_</mo></munder></math>亿元", "税收31.9亿元"),
        ("入户率<script type='math/tex'>\\frac{2}{3}</script>", "入户率2/3"),
        (r"入户率\(\frac{2}{3}\)，径流\(3 \times 10^{8}\)吨", "入户率2/3，径流3×10⁸吨"),
        (r"文件夹C:\report的3份", r"文件夹C:\report的3份"),
    ],
)
def test_formulas_are_read_however_a_page_writes_them(markup, shown):
    assert read(markup)[0] == shown
