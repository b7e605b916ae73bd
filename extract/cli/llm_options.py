"""The options of all commands that ask a model, defined once."""

from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from extract.messages import Message

if TYPE_CHECKING:
    from extract.config import Settings

PANEL = "Language model"


def _amount(text: str | Decimal) -> Decimal:
    try:
        amount = Decimal(text)
    except InvalidOperation as error:
        raise typer.BadParameter(Message("%(text)s is not an amount of money.", text=text)) from error
    if not amount.is_finite() or amount <= 0:
        raise typer.BadParameter(Message("%(text)s is not an amount above 0.", text=text))
    return amount


def _option(*names: str, **more: Any) -> Any:  # typer's own types say no more
    return typer.Option(*names, rich_help_panel=PANEL, **more)


Model = Annotated[str | None, _option("--model", help="The model's name, as the endpoint knows it.")]
BaseUrl = Annotated[
    str | None,
    _option("--base-url", metavar="URL", help="An OpenAI-compatible endpoint, often ending in /v1."),
]
Mode = Annotated[
    str | None,
    _option("--mode", help="How JSON is asked for: auto, json_schema, tools, json or text; auto finds out."),
]
CacheFolder = Annotated[
    Path | None, _option("--cache", metavar="DIR", help="Folder of finished answers; nothing in it expires.")
]
Concurrency = Annotated[
    int | None, _option("--concurrency", min=1, help="So many requests at the same time.")
]
RequestsPerMinute = Annotated[
    int | None, _option("--rpm", min=0, help="Requests a minute at most; 0 for no limit.")
]
TokensPerMinute = Annotated[
    int | None, _option("--tpm", min=0, help="Tokens a minute at most; 0 for no limit.")
]
Attempts = Annotated[int | None, _option("--attempts", min=1, help="A request is sent so often at most.")]
MaxOutputTokens = Annotated[
    int | None, _option("--max-output-tokens", min=1, help="The longest answer of one request.")
]
MaxCost = Annotated[
    Decimal | None,
    _option("--max-cost", parser=_amount, metavar="AMOUNT", help="Stop before this run costs more."),
]
MaxTokens = Annotated[
    int | None, _option("--max-tokens", min=1, help="Stop before this run takes more tokens.")
]
PricesFile = Annotated[
    Path | None, _option("--prices", metavar="FILE", help="Prices per million tokens, in TOML.")
]
DryRun = Annotated[
    bool, _option("--dry-run", help="Print chunks, tokens and cost of what would be asked; send nothing.")
]
LogFile = Annotated[
    Path | None, _option("--log-file", metavar="FILE", help="Append events as JSON lines: no key, no text.")
]
Types = Annotated[
    Path | None, _option("--types", metavar="FILE.py", help="Record types of your own, in Python.")
]
Prompts = Annotated[
    Path | None, _option("--prompts", metavar="DIR", help="The instructions for them, one <type>.md each.")
]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line says about the model, None where it says nothing.

    Attributes:
        settings: values for `extract.config.Settings`.
        max_cost, max_tokens: limits of this run.
        prices, log_file, types, prompts: files and folders.
        dry_run: count instead of asking.
    """

    settings: dict[str, Any]
    max_cost: Decimal | None = None
    max_tokens: int | None = None
    prices: Path | None = None
    log_file: Path | None = None
    types: Path | None = None
    prompts: Path | None = None
    dry_run: bool = False

    def given(self) -> list[str]:
        """The options that only make sense where a model is asked."""
        named = {
            "max-cost": self.max_cost,
            "max-tokens": self.max_tokens,
            "prices": self.prices,
            "types": self.types,
            "prompts": self.prompts,
            "dry-run": self.dry_run or None,
        }
        settings = {name.replace("_", "-"): value for name, value in self.settings.items()}
        return [f"--{name}" for name, value in (settings | named).items() if value is not None]


def merged(settings: "Settings", asked: Asked) -> "Settings":
    """Settings with what the command line says in their place.

    Raises:
        SettingsError: a value or the file of prices cannot be used.
    """
    given: dict[str, Any] = {
        name: str(value) if isinstance(value, Path) else value
        for name, value in asked.settings.items()
        if value is not None
    }
    if asked.prices is not None:
        from extract.prices import read_prices

        given["prices"] = {**settings.prices, **read_prices(asked.prices)}
    return replace(settings, **given)


def refuse_without_model(asked: Asked, engine: str) -> None:
    """Options that only a model understands are a slip of the pen with another engine.

    Raises:
        UsageError: there are some, or there is no such engine.
    """
    from extract.runs.workers import refuse_unknown_engine

    refuse_unknown_engine(engine)
    if given := asked.given():
        from extract.errors import UsageError

        raise UsageError(
            Message(
                "%(given)s cannot be used with --engine %(engine)s.", given=", ".join(given), engine=engine
            ),
            hint=Message("Add --engine llm."),
        )
