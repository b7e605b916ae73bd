"""Formulas in TeX as converters write them, and as MathML."""

import pytest
from lxml import html

from extract.documents.readers.raised import Fraction, Raised
from extract.documents.readers.tex import read_formula
from extract.documents.readers.web_math import formula_parts


@pytest.mark.parametrize(
    ("tex", "parts"),
    [
        (r"73.2", ["73.2"]),
        (r"5 . 8 \%", ["5.8%"]),
        (r"2 . 6 \times 1 0 ^ { 5 }", ["2.6×10⁵"]),
        (r"10^{-3}", ["10⁻³"]),
        (r"\geqslant 88\%", ["≥88%"]),
        (r"\dfrac{2}{7}", [Fraction("2/7")]),
        (r"\frac{a+b}{7}", [Fraction("(a+b)/7")]),
        (r"\mathrm { k m } ^ { 2 }", ["km", Raised("2")]),
        (r"^{[4]}", [Raised("[4]")]),
        (r"^{\textcircled{3}}", [Raised("③")]),
        (r"^\text{③}", [Raised("③")]),
        (r"19^{\circ}\mathrm{C}", ["19°C"]),
        (r"41\text{万元}", ["41万元"]),
        (r"\alpha+\unknown", [r"α+\unknown"]),
        (r"3\%}{", ["3%"]),
    ],
)
def test_a_formula_says_what_a_reader_sees(tex, parts):
    assert read_formula(tex) == parts


def test_brackets_without_an_end_are_no_trouble():
    assert read_formula("{" * 5_000 + "7")
    assert read_formula("^" * 5_000)
    assert read_formula(r"\frac" * 5_000)


@pytest.mark.parametrize(
    ("markup", "parts"),
    [
        ("<math><mfrac><mn>5</mn><mn>6</mn></mfrac></math>", [Fraction("5/6")]),
        ("<math><msup><mn>10</mn><mn>6</mn></msup><mtext> 吨 </mtext></math>", ["10⁶吨"]),
        ("<math><mn>7.7</mn><msup><mi></mi><mn>3</mn></msup></math>", ["7.7", Raised("3")]),
        (
            "<math><semantics><mrow><mn>8</mn><mo>%</mo></mrow><annotation>8\\%</annotation></semantics></math>",
            ["8%"],
        ),
        (r"<math>5.5\%</math>", ["5.5%"]),
    ],
)
def test_a_formula_of_a_page_says_what_a_reader_sees(markup, parts):
    assert formula_parts(html.fragment_fromstring(markup)) == parts
