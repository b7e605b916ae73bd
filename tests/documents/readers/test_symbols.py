"""Signs of symbol fonts by their numbers."""

import pytest

from extract.documents.readers.symbols import NAMELESS, shown, sign


@pytest.mark.parametrize(
    ("font", "code", "shows"),
    [
        ("Symbol", 0xF0B3, "≥"),
        ("Symbol", 0xB3, "≥"),
        ("ABCDEF+SymbolMT", 0xF0A3, "≤"),
        ("Symbol", 0xF0B4, "×"),
        ("Symbol", 0xF0B1, "±"),
        ("Symbol", 0xF0D7, "⋅"),
        ("Symbol", 0xF0BC, "…"),
        ("Symbol", 0xF035, "5"),
        ("Symbol", 0xF06D, "μ"),
        ("Wingdings", 0xF081, "①"),
        ("Wingdings", 0xF0FC, "✓"),
        ("Wingdings 2", 0xF06A, "①"),
        ("OpenSymbol", 0xF0B3, "≥"),
        ("宋体", 0x2265, "≥"),
    ],
)
def test_a_number_of_a_font_is_a_sign(font, code, shows):
    assert sign(font, code) == shows


@pytest.mark.parametrize(
    ("font", "code"), [("Marlett", 0xF041), ("Wingdings", 0xF022), ("", 0xD800), ("", 0)]
)
def test_what_is_not_known_has_no_name(font, code):
    assert sign(font, code) == NAMELESS


def test_words_in_an_ordinary_font_stay_and_private_characters_in_them_have_no_name():
    assert shown("增长5%×2", "宋体") == "增长5%×2"
    assert shown("增长\uf0b35%", "宋体") == f"增长{NAMELESS}5%"
    assert shown("增长\uf0b35%", "Symbol") == "增长≥5%"
    assert shown("×", "OpenSymbol") == "×"


@pytest.mark.parametrize("font", ["宋体", "Times New Roman", "SimSun"])
def test_a_private_number_of_an_ordinary_font_is_its_character(font):
    assert sign(font, 0xF033) == "3"
