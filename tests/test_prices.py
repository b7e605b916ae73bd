"""Prices: read with care, and what tokens then cost."""

from decimal import Decimal
from pathlib import Path

import pytest

from extract.config import load_settings
from extract.errors import SettingsError
from extract.prices import Price, read_prices

GOOD = '[prices."m"]\ninput = 0.40\noutput = 1.60\ncached_input = 0.1\ncurrency = "CNY"\n'


def test_a_price_is_read_exactly(tmp_path: Path) -> None:
    """Amounts are decimals, never floats."""
    (tmp_path / "p.toml").write_text(GOOD, encoding="utf-8")
    price = Price(Decimal("0.40"), Decimal("1.60"), Decimal("0.1"), "CNY")
    assert read_prices(tmp_path / "p.toml") == {"m": price}


def test_prices_stand_in_the_settings_too(tmp_path: Path) -> None:
    """In extract.toml, beside everything else."""
    (tmp_path / "extract.toml").write_text("jobs = 2\n" + GOOD, encoding="utf-8")
    assert load_settings(tmp_path, {}).prices["m"].currency == "CNY"


def test_cached_tokens_cost_their_own_price() -> None:
    """They are part of the prompt tokens, not on top of them."""
    price = Price(Decimal(2), Decimal(8), Decimal(1), "USD")
    assert price.cost(1_000_000, 500_000, cached_tokens=400_000) == Decimal("5.6")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("{", "cannot be read as prices"),
        ("\x80", "cannot be read as prices"),
        ("input = 1", "input is not a table of prices"),
        ("prices = 3", "which is not a table"),
        ('[prices]\nm = "cheap"', "which is not a table"),
        ("[prices.m]\ninput = 1", "output is missing"),
        ("[prices.m]\ninput = -1\noutput = 1", "not an amount of money"),
        ("[prices.m]\ninput = nan\noutput = 1", "not an amount of money"),
        ("[prices.m]\ninput = inf\noutput = 1", "not an amount of money"),
        ("[prices.m]\ninput = true\noutput = 1", "not a number"),
        ('[prices.m]\ninput = "1"\noutput = 1', "not a number"),
        ("[prices.m]\ninput = 1\noutput = 1\nper = 1000", "which a price does not have"),
        ("[prices.m]\ninput = 1\noutput = 1\ncurrency = 5", "not text"),
    ],
)
def test_rubbish_is_refused_by_name(tmp_path: Path, content: str, says: str) -> None:
    """A wrong price is worse than none."""
    (tmp_path / "p.toml").write_bytes(content.encode("latin-1"))
    with pytest.raises(SettingsError, match=says) as caught:
        read_prices(tmp_path / "p.toml")
    assert "per million tokens" in caught.value.hint


def test_a_missing_file_of_prices_is_named(tmp_path: Path) -> None:
    """The sentence names the file."""
    with pytest.raises(SettingsError, match=r"nowhere\.toml"):
        read_prices(tmp_path / "nowhere.toml")
