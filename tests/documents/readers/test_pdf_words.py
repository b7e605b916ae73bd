"""PDF: raised marks, powers, fractions, symbols, struck words, and what is said about pronunciation."""

from extract.documents.readers.bounds import Bounds
from extract.documents.readers.pdf import read as read_pdf
from extract.documents.readers.pdf_words import words_of

from .made import Words, lines, pdf

FULL = "全县粮食播种面积稳定在二十六万亩以上，油料和蔬菜的产量都好于上一年度"  # a full line


def row(*parts, bottom=650.0, left=90.0, size=12.0):
    """Words of one line: each a text, or a text with its size and how far it is raised, by place or by rise."""
    out = []
    for part in parts:
        text, own, up, rise = part if isinstance(part, tuple) else (part, size, 0.0, 0.0)
        out.append(Words(text, left=left, bottom=bottom + up, size=own, rise=rise))
        left += own * len(text)
    return out


def read(*words, extra=()):
    """The last line of the text below two full ones, and what was left out with the reason."""
    decoded = read_pdf(pdf([*lines(FULL, FULL + "。"), *words], extra=extra), Bounds(), lambda: None)
    return decoded.text.splitlines()[-1].strip(), [(one.text, one.reason) for one in decoded.hints.dropped]


def test_a_small_digit_that_stands_higher_is_the_mark_of_a_note():
    mark, more = ("3", 6.0, 5.0, 0.0), ("[12]", 6.0, 5.0, 0.0)
    text, dropped = read(*row("税收完成31.9", mark, "亿元，下降1.4%", more, "。"))
    assert text == "税收完成31.9亿元，下降1.4%。"
    assert dropped == [("3", "note_mark"), ("[12]", "note_mark")]


def test_a_digit_that_is_raised_by_the_rise_of_its_text_is_one_too():
    assert read(*row("税收31.9", ("3", 7.0, 0.0, 4.5), "亿元。")) == ("税收31.9亿元。", [("3", "note_mark")])


def test_raised_powers_stay():
    text, dropped = read(
        *row("绿地7万m", ("2", 7.0, 4.5, 0.0), "，径流3.5×10", ("8", 7.0, 4.5, 0.0), "立方米")
    )
    assert (text, dropped) == ("绿地7万m²，径流3.5×10⁸立方米", [])


def test_lowered_and_small_digits_on_the_line_are_digits():
    assert read(*row("NO", ("2", 7.0, -3.0, 0.0), "浓度", ("28", 8.0, 0.0, 0.0), "微克")) == (
        "NO2浓度28微克",
        [],
    )


def test_a_mark_in_a_cell_is_none_of_its_number():
    grid = " ".join(f"{x} 560 m {x} 620 l S" for x in (90, 250, 400))
    grid += " " + " ".join(f"90 {y} m 400 {y} l S" for y in (560, 580, 600, 620))
    cells = [
        *row("指标", bottom=605, left=95, size=10.0),
        *row("2024年完成", bottom=605, left=255, size=10.0),
        *row("油料", bottom=585, left=95, size=10.0),
        *row("5.2", ("1", 5.0, 5.0, 0.0), "万吨", bottom=585, left=255, size=10.0),
        *row("粮食", bottom=565, left=95, size=10.0),
        *row("46万吨", bottom=565, left=255, size=10.0),
    ]
    decoded = read_pdf(pdf([*lines(FULL + "。"), *cells], extra=[grid]), Bounds(), lambda: None)
    assert decoded.text.splitlines()[-2:] == ["2024年油料5.2万吨。", "2024年粮食46万吨。"]
    assert [(one.text, one.reason) for one in decoded.hints.dropped] == [("1", "note_mark")]


def test_a_fraction_over_a_short_stroke_is_a_fraction():
    stroke = "q 0.5 w 137 654 m 151 654 l S Q"
    words = [*row("占全部的"), Words("4", 139, 656, 9), Words("7", 139, 644, 9), *row("以上。", left=152)]
    assert read(*words, extra=[stroke])[0] == "占全部的4/7以上。"


def test_a_number_over_an_underline_is_no_fraction():
    underline = "q 0.5 w 114 648 m 162 648 l S Q"
    words = [*row("增长6.4%。"), *row("新建35个。", bottom=632)]
    assert read(*words, extra=[underline])[0] == "新建35个。"


def test_numbers_above_and_below_a_stroke_with_no_words_beside_are_no_fraction():
    """So two cells of a column stand."""
    stroke = "q 0.5 w 137 654 m 160 654 l S Q"
    text, _ = read(Words("12", 139, 658, 9), Words("15", 139, 641, 9), extra=[stroke])
    assert "/" not in text


def test_words_that_a_line_crosses_out_are_left_out_and_underlined_ones_stay():
    crossed = "q 0.5 w 114 653.5 m 150 653.5 l S Q q 0.5 w 150 648 m 198 648 l S Q"
    text, dropped = read(*row("出口7亿元9亿元。"), extra=[crossed])
    assert (text, dropped) == ("出口 9亿元。", [("7亿元", "struck")])


def test_letters_above_words_that_say_how_they_sound_are_no_line():
    words = [*row("浠水两岸新增绿地。"), Words("xī", 92, 664, 6)]
    assert read(*words) == ("浠水两岸新增绿地。", [("xī", "ruby")])


def test_a_footnote_in_small_letters_is_a_line_of_its_own():
    assert read(*row("税收31.9亿元。"), Words("注：含退税。", 90, 100, 8))[0] == "注：含退税。"


def char(text, x, size, depth, font, line=100.0):
    """A character as pdfplumber gives it; `depth` is how far its font reaches below the line."""
    return {
        "text": text,
        "x0": x,
        "x1": x + size,
        "top": line + depth - size,
        "bottom": line + depth,
        "y0": -line - depth,
        "matrix": (1, 0, 0, 1, x, -line),
        "size": size,
        "fontname": font,
    }


def test_digits_of_another_font_that_reaches_less_deep_are_not_raised():
    """Their boxes end higher though they stand on the same line."""
    row = [char(text, 16 * n, 16, 4, "Song") for n, text in enumerate("新增")]
    row += [char(text, 32 + 11 * n, 11, 0, "Times") for n, text in enumerate("86")]
    row += [char(text, 56 + 16 * n, 16, 4, "Song") for n, text in enumerate("家企业")]
    assert words_of(row).text == "新增86家企业"
