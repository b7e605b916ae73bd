"""Characters of another script that pass for letters and digits."""

import pytest

from extract.checks.lookalikes import lookalikes

from .builders import N, case, checked


@pytest.mark.parametrize(
    ("text", "chars"),
    [
        ("人均GD\u0420增长", "\u0420"),  # Cyrillic
        ("\u0410股上市", ""),  # alone it may stand for itself
        ("增长1O%", "O"),
        ("达到1O0亿元", "O"),
        ("完成3l5万元", "l"),
        ("增长\u0667%", "\u0667"),  # Arabic-Indic
        ("增长\U0001d7d5%", "\U0001d7d5"),  # mathematical
    ],
)
def test_a_character_in_the_place_of_another_is_found(text, chars):
    assert "".join(one.char for one in lookalikes(text, 0, len(text))) == chars


@pytest.mark.parametrize(
    "text",
    ["5G、O2O、P2P、CO2", "PM2.5浓度35μg/m³", "α、β测试", "增长６％", "B2B2C平台", "1、2、3", "H7N9", "Ω"],
)
def test_names_and_everyday_signs_are_left_alone(text):
    assert list(lookalikes(text, 0, len(text))) == []


def test_records_around_one_are_flagged():
    """A person has to look at the number: it may not be the one that is seen."""
    report, witness = case(
        "生产总值GD\u0420达到3亿元。就业10人。", N("3亿元", value="300000000"), N("10人", "就业", unit="人")
    )
    result = checked(report, witness)
    assert [one.code for one in result.issues] == ["hidden_text"]
    assert [[one.code for one in record.issues] for record in result.records] == [["hidden_text"], []]
