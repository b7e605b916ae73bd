"""What tokens cost, from configuration. No price is built in: prices change, and a wrong one is worse than none.

[prices."some-model"]
input = 0.40          # per million tokens
output = 1.60
cached_input = 0.10   # prompt tokens that the provider had in its own cache; `input` where it is missing
currency = "USD"
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from extract.errors import SettingsError
from extract.messages import Message
from extract.regular_files import hint_about, read_regular

MILLION = Decimal(1_000_000)
AMOUNTS = ("input", "output", "cached_input")
HINT = Message(
    'A price is a table [prices."MODEL"] with input and output (per million tokens) and a currency.'
)


@dataclass(frozen=True, slots=True)
class Price:
    """What a model costs, per million tokens.

    Attributes:
        input, output: prompt and completion tokens.
        cached_input: prompt tokens that the provider served from its own cache.
        currency: as the user writes it; nothing is converted.
    """

    input: Decimal
    output: Decimal
    cached_input: Decimal
    currency: str

    def cost(self, prompt_tokens: int, completion_tokens: int, cached_tokens: int = 0) -> Decimal:
        """The cost of some tokens; `cached_tokens` are part of `prompt_tokens`."""
        cached = min(cached_tokens, prompt_tokens)
        fresh = (prompt_tokens - cached) * self.input
        return (fresh + cached * self.cached_input + completion_tokens * self.output) / MILLION


def read_prices(path: Path) -> dict[str, Price]:
    """The prices of a file of their own.

    Args:
        path: a TOML file that holds `[prices."MODEL"]` tables and nothing else.

    Raises:
        SettingsError: it is missing, no TOML, or holds anything that is no price.
    """
    try:
        content = tomllib.loads(read_regular(path).decode("utf-8"), parse_float=Decimal)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise SettingsError(
            Message("%(path)s cannot be read as prices: %(reason)s.", path=path, reason=reason),
            hint=hint_about(error, HINT),
        ) from error
    if strange := sorted(content.keys() - {"prices"}):
        raise SettingsError(
            Message("%(path)s: %(name)s is not a table of prices.", path=path, name=strange[0]),
            hint=HINT,
        )
    return parse_prices(content.get("prices", {}), str(path))


def parse_prices(tables: object, where: str) -> dict[str, Price]:
    """Prices by model, from parsed TOML.

    Args:
        tables: the content of `prices`.
        where: what messages call its origin.

    Raises:
        SettingsError: anything in it is no price.
    """
    if not isinstance(tables, Mapping):
        raise SettingsError(
            Message(
                "%(where)s sets prices to %(value)s, which is not a table.", where=where, value=repr(tables)
            ),
            hint=HINT,
        )
    return {str(model): _price(table, f'{where}: prices."{model}"') for model, table in tables.items()}


def _price(table: object, where: str) -> Price:
    if not isinstance(table, Mapping):
        raise SettingsError(
            Message("%(where)s is %(value)s, which is not a table.", where=where, value=repr(table)),
            hint=HINT,
        )
    for key in table:
        if key not in (*AMOUNTS, "currency"):
            raise SettingsError(
                Message("%(where)s sets %(key)s, which a price does not have.", where=where, key=key),
                hint=HINT,
            )
    for key in ("input", "output"):
        if key not in table:
            raise SettingsError(Message("%(where)s: %(key)s is missing.", where=where, key=key), hint=HINT)
    amounts = {key: _amount(table[key], f"{where} sets {key}") for key in AMOUNTS if key in table}
    currency = table.get("currency", "USD")
    if not isinstance(currency, str) or not currency.strip():
        raise SettingsError(
            Message(
                "%(where)s sets currency to %(value)s, which is not text.",
                where=where,
                value=repr(currency),
            ),
            hint=HINT,
        )
    return Price(
        amounts["input"], amounts["output"], amounts.get("cached_input", amounts["input"]), currency.strip()
    )


def _amount(value: Any, where: str) -> Decimal:
    """An amount of money: no truth value, no text, not negative, not infinite."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise SettingsError(
            Message("%(where)s to %(value)s, which is not a number.", where=where, value=repr(value)),
            hint=HINT,
        )
    amount = value if isinstance(value, Decimal) else Decimal(str(value))
    if not amount.is_finite() or amount < 0:
        raise SettingsError(
            Message("%(where)s to %(value)s, which is not an amount of money.", where=where, value=value),
            hint=HINT,
        )
    return amount
