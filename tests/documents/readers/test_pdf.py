"""PDF: lines become paragraphs again, pages are remembered, what is not text of the page is told."""

from contextlib import suppress

import pytest

from benchmarks.damage import variants
from extract.documents.readers.bounds import Bounds
from extract.documents.readers.pdf import read as read_pdf
from extract.documents.readers.pdf_words import named
from extract.errors import EncryptedFileError, InputError, PictureOnlyError, TooLargeError

from .made import Words, lines, pdf

FULL = "全市地区生产总值达到一千八百三十亿元，比上年增长百分之六点四，好于预期"  # 34 characters: a full line
PICTURE = "q 500 0 0 700 40 60 cm BI /W 1 /H 1 /BPC 8 /CS /G ID \x00 EI Q"


def read(data, **bounds):
    return read_pdf(data, Bounds(**bounds), lambda: None)


def test_lines_that_reach_the_edge_go_on_and_others_end_a_paragraph():
    decoded = read(pdf(lines(FULL, "城镇新增就业三万人。", FULL, "民生改善。")))
    assert decoded.text == f"{FULL}城镇新增就业三万人。\n{FULL}民生改善。\n"


def test_a_line_that_is_set_in_begins_a_paragraph():
    decoded = read(pdf([*lines(FULL), Words(FULL[:-2], left=114, bottom=730), *lines(FULL, top=710)]))
    assert decoded.text == f"{FULL}\n\u3000\u3000{FULL[:-2]}{FULL}\n"


def test_a_paragraph_runs_over_the_page_and_the_pages_are_remembered():
    decoded = read(pdf(lines(FULL), lines("城镇新增就业三万人。")))
    assert decoded.text == f"{FULL}城镇新增就业三万人。\n"
    assert [page.number for page in decoded.hints.pages] == [1, 2]
    assert decoded.hints.page_at(decoded.text.index("城镇")) == 2
    assert decoded.hints.page_at(decoded.text.index("城镇") - 1) == 1


def test_page_numbers_and_running_heads_are_left_out_with_an_account():
    """What every page repeats at its edge, digits aside; the same words in mid-page stay."""
    text = ["第一页写到这里。", "第二页写到这里。", "第三页写到这里。"]
    pages = [
        [Words("临江市人民政府文件", bottom=800), *lines(words), Words(f"— {n} —", left=280, bottom=40)]
        for n, words in enumerate(text, 1)
    ]
    decoded = read(pdf(*pages))
    assert [line.strip() for line in decoded.text.splitlines()] == text
    assert [(one.reason, one.page) for one in decoded.hints.dropped] == [
        (reason, n) for n in (1, 2, 3) for reason in ("running_head", "page_number")
    ]


@pytest.mark.parametrize(
    ("words", "way"),
    [
        (Words("看不见的数字九", bottom=600, before="1 g"), "white"),
        (Words("看不见的数字九", bottom=600, before="1 1 1 rg"), "white"),
        (Words("看不见的数字九", bottom=600, before="0 0 0 0 k"), "white"),
        (Words("看不见的数字九", bottom=600, before="3 Tr"), "transparent"),
        (Words("看不见的数字九", bottom=600, size=1), "tiny"),
        (Words("看不见的数字九", bottom=600, left=900), "off_page"),
    ],
)
def test_hidden_words_are_kept_out_and_told_where_they_stand(words, way):
    decoded = read(pdf([*lines(FULL + "。"), words, *lines("新增养老床位八百张。", top=500)]))
    assert decoded.text == f"{FULL}。\n新增养老床位八百张。\n"
    (hidden,) = decoded.hints.hidden
    assert (hidden.text, hidden.way) == (words.text, way)
    assert decoded.text[: hidden.at].strip() == FULL + "。"


def test_white_words_on_a_coloured_ground_are_seen():
    decoded = read(pdf([Words("白字蓝底", before="0 0 1 rg 80 690 400 40 re f 1 g")]))
    assert decoded.text.strip() == "白字蓝底"


def test_recognised_text_behind_the_picture_of_a_page_is_its_text():
    assert read(pdf([Words(FULL, before="3 Tr")], extra=[PICTURE])).text.strip() == FULL


def test_a_scanned_pdf_is_said_to_be_one():
    with pytest.raises(PictureOnlyError, match="its 2 pages are pictures"):
        read(pdf([], [], extra=[PICTURE]))


def test_a_page_that_is_a_picture_among_others_is_told():
    decoded = read(pdf(lines(FULL), [Words("章", size=12, bottom=10)], lines(FULL)))
    assert decoded.hints.dropped == ()
    decoded = read(pdf(lines(FULL), [], lines(FULL)))
    assert [(one.reason, one.page) for one in decoded.hints.dropped] == [("empty_page", 2)]


def test_a_pdf_without_any_text_says_so():
    with pytest.raises(PictureOnlyError):
        read(pdf([]))


def test_too_many_pages_and_too_much_text_are_refused():
    data = pdf(lines(FULL), lines(FULL), lines(FULL))
    with pytest.raises(TooLargeError, match="3 pages"):
        read(data, pages=2)
    with pytest.raises(TooLargeError, match="longer than 50"):
        read(data, characters=50)


def drawn(*rows, top=620):
    """A table of two columns: its lines as operators of the page, and its words."""
    heights = [top - 20 * n for n in range(len(rows) + 1)]
    grid = [f"{x} {heights[-1]} m {x} {top} l S" for x in (90, 250, 400)] + [
        f"90 {y} m 400 {y} l S" for y in heights
    ]
    words = [
        Words(text, left=left, bottom=height - 15, size=10)
        for row, height in zip(rows, heights, strict=False)
        for left, text in zip((95, 255), row, strict=True)
    ]
    return " ".join(grid), words


def test_a_drawn_table_becomes_sentences_between_the_lines():
    grid, words = drawn(("事项", "目标任务"), ("新建幼儿园", "10所"), ("改造食堂", "35个"))
    decoded = read(pdf([*lines("目标如下。"), *words, *lines("以上。", top=400)], extra=[grid]))
    assert decoded.text == "目标如下。\n新建幼儿园10所。\n改造食堂35个。\n以上。\n"
    assert len(decoded.hints.tables[0].rows) == 2


def test_a_table_goes_on_over_the_page_under_its_headings():
    """Without them 卫生院 and 8家 would be two words."""
    grid, first = drawn(("事项", "目标任务"), ("新建幼儿园", "10所"))
    _, second = drawn(("改造卫生院", "8家"), ("改造食堂", "35个"))
    decoded = read(pdf(first, second, extra=[grid]))
    assert decoded.text == "新建幼儿园10所。\n改造卫生院8家。\n改造食堂35个。\n"


def test_a_password_is_asked_for():
    data = pdf(lines(FULL))
    encrypt = b"/Encrypt<</Filter/Standard/V 1/R 2/O<%s>/U<%s>/P -4>>/ID[<00><00>]" % (b"1f" * 32, b"2e" * 32)
    with pytest.raises(EncryptedFileError):
        read(data.replace(b"/Root 1 0 R", b"/Root 1 0 R" + encrypt))


SAMPLE = pdf(lines(FULL, "增长6.4%。"), lines(FULL))
DAMAGED = [(name, data) for name, data in variants(SAMPLE, 55) if name not in {"bomb", "nested"}]


@pytest.mark.parametrize(("name", "data"), DAMAGED, ids=lambda one: one if isinstance(one, str) else "")
def test_a_damaged_pdf_is_read_or_refused(name, data):
    """Whatever pdfminer raises, the reading process turns it into an error of the tree; see `test_isolation`."""
    with suppress(InputError, Exception):
        assert isinstance(read(data).text, str)


def column(*texts, left=90.0, top=750.0, size=12.0):
    return [Words(text, left=left, bottom=top - 20 * n, size=size) for n, text in enumerate(texts)]


HALF = "粮食产量稳定在三十万吨以上，新增就业"  # 18 characters: a full line of a column


def test_columns_are_read_one_after_the_other_below_the_headline_that_crosses_them():
    """The last line of a column goes on with the first of the next."""
    head = [Words("临江市政府工作报告发表在这里的全文如下", left=90, bottom=790, size=20)]
    left, right = [HALF] * 12, [HALF] * 11 + ["三万人。"]
    foot = [Words("— 7 —", left=285, bottom=40)]
    decoded = read(pdf([*head, *column(*left), *column(*right, left=330), *foot]))
    assert decoded.text == f"{head[0].text}\n{HALF * 23}三万人。\n"
    assert [one.reason for one in decoded.hints.dropped] == ["page_number"]


def test_a_page_that_is_not_full_has_the_columns_of_the_page_before():
    full = [*column(*[HALF] * 6), *column(*[HALF] * 6, left=330)]
    last = [*column(HALF, HALF), *column("三万人。", left=330)]
    assert read(pdf(full, last)).text == f"{HALF * 14}三万人。\n"


def test_short_cells_beside_each_other_are_no_columns():
    """They are lines of a list, each read across."""
    names = ["粮食产量和播种面积合计", "新增城镇就业的总人数", "森林覆盖率", "研发投入强度", "城镇化率"]
    page = [*column(*names), *column(*["三十万吨"] * 5, left=330), *lines(FULL, top=600)]
    rows = [line.split() for line in read(pdf(page)).text.splitlines()]
    assert rows == [*([name, "三十万吨"] for name in names), [FULL]]


def test_the_second_line_of_a_title_in_the_middle_goes_on_with_the_first():
    title = [Words(FULL, bottom=750), Words("第五次会议上", left=90 + 6 * len(FULL) - 36, bottom=730)]
    text = read(pdf([*title, *lines(FULL, top=690)])).text
    assert text == f"{FULL}第五次会议上\n{FULL}\n"


def test_words_that_look_like_a_heading_go_on_with_an_open_sentence():
    """A line in mid-paragraph that ends without a stop is no end of it: 推进合 / 六、合淮走廊."""
    page = lines(FULL, f"{FULL[:-2]}推进", "六、七号线建设。")
    assert "推进六、七号线建设。" in read(pdf(page)).text


def test_a_title_is_no_running_head_though_the_pages_repeat_it():
    """It is larger, or stands on its page a second time."""
    head = Words("政府工作报告", bottom=800, size=9)
    title = Words("政府工作报告", left=230, bottom=770, size=20)
    pages = [[head, title, *lines(FULL, top=720)], *([head, *lines(FULL)] for _ in range(3))]
    assert read(pdf(*pages)).text.splitlines()[0].strip() == "政府工作报告"
    pages[0].remove(head)
    assert read(pdf(*pages)).text.splitlines()[0].strip() == "政府工作报告"


def test_characters_that_the_font_does_not_name_bring_no_digits():
    """They come as (cid:12), which would be read as a number; the page is told to have some."""
    assert named("增长(cid:12)%，⽉") == "增长\ufffd%，月"
    decoded = read(
        pdf([*lines(FULL), Words("增长", bottom=730), Words("甲乙", left=114, bottom=730, font="F2")])
    )
    assert "增长\ufffd\ufffd" in decoded.text
    assert [(one.text, one.reason, one.page) for one in decoded.hints.dropped] == [
        ("2 个字符 / characters", "unnamed", 1)
    ]


def test_a_pdf_whose_fonts_name_no_characters_is_said_to_be_that():
    with pytest.raises(PictureOnlyError, match="fonts"):
        read(pdf([Words(FULL, font="F2")]))
