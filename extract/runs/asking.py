"""Everything that a run needs to ask a model, put together from the settings in one place."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from extract.config import KEY_VARIABLE, Settings
from extract.engines.llm.money import Budget, Limits
from extract.errors import UsageError
from extract.messages import Message
from extract.runs.asked import AskedReports
from extract.runs.events import Observer, together
from extract.runs.spending import SpendingJournal

if TYPE_CHECKING:
    from extract.engines.llm.cache import AnswerCache
    from extract.engines.llm.engine import LlmEngine

OPENAI_HOST = "api.openai.com"


@dataclass(frozen=True, slots=True)
class Own:
    """What users bring themselves.

    Attributes:
        types: a Python file with record types.
        prompts: a folder with instructions for them.
    """

    types: Path | None = None
    prompts: Path | None = None


def make_engine(settings: Settings, own: Own = Own()) -> "LlmEngine":
    """The engine of these settings, which needs no endpoint yet.

    Raises:
        UsageError: no model is named, or a type has no instructions.
    """
    if not settings.model:
        raise UsageError(
            Message("The llm engine needs the name of a model."),
            hint=Message("Name it with --model, or set model in extract.toml."),
        )
    from extract.checks import ground
    from extract.engines.llm.engine import llm_engine

    return llm_engine(
        settings.model,
        ground,
        parameters=parameters(settings),
        own_types=own.types,
        own_prompts=own.prompts,
    )


def parameters(settings: Settings) -> dict[str, Any]:
    """What each request says besides its messages; it is part of the identity of an answer."""
    name = "max_completion_tokens" if _is_openai(settings.base_url) else "max_tokens"
    return {**settings.parameters, name: settings.max_output_tokens}


def _is_openai(base_url: str) -> bool:
    try:
        return not base_url or urlsplit(base_url).hostname == OPENAI_HOST
    except ValueError:  # it is no address, which is said where it is used
        return False


def needs_key(settings: Settings) -> bool:
    """Whether the endpoint surely wants a key: OpenAI's own does, others may well not."""
    return _is_openai(settings.base_url)


def require_key(settings: Settings, key: str | None) -> None:
    """Say at once that a key is missing, where one is surely needed.

    Raises:
        UsageError: there is none for OpenAI's own endpoint. Others may well want none.
    """
    if key is None and needs_key(settings):
        raise UsageError(
            Message("%(variable)s is not set, and the endpoint needs a key.", variable=KEY_VARIABLE),
            hint=Message(
                "Set %(variable)s, or name another endpoint with --base-url.", variable=KEY_VARIABLE
            ),
        )


def open_cache(settings: Settings) -> "AnswerCache":
    """The finished answers.

    Raises:
        CacheError: the folder cannot be used.
    """
    from extract.engines.llm.cache import AnswerCache

    return AnswerCache(Path(settings.cache), trusted=settings.trust_cache)


@dataclass(frozen=True, slots=True)
class Purse:
    """What a run may spend, and who is told.

    Attributes:
        limits: of cost and tokens.
        observers: are told of what happens.
    """

    limits: Limits = field(default_factory=Limits)
    observers: Sequence[Observer] = ()


class ToldBudget(Budget):
    """A budget that tells of what it counts."""

    def __init__(self, *arguments: Any, tell: Observer, **more: Any) -> None:
        super().__init__(*arguments, **more)
        self._tell = tell

    def sent(self) -> None:
        """Count a request that is about to leave."""
        super().sent()
        self._tell("sent", requests=self.sent_requests)

    def book(self, usage: Any) -> None:
        """Count what an answer took."""
        super().book(usage)
        self._tell(
            "booked",
            prompt_tokens=usage.prompt_tokens,
            completion_tokens=usage.completion_tokens,
            cached_tokens=usage.cached_tokens,
            estimated=usage.estimated,
            cost=None if self.cost is None else float(self.cost),
        )


@contextmanager
def opened_asking(
    settings: Settings, key: str | None, out: Path, purse: Purse = Purse(), own: Own = Own()
) -> Iterator[AskedReports]:
    """What works through sources by asking, from its settings.

    Args:
        settings: of the run.
        key: of the endpoint.
        out: the folder of results.
        purse: limits and observers.
        own: record types and prompts of the user's.

    Raises:
        UsageError: no model, no key, a limit of cost without a price, or a cache that cannot be used.
    """
    engine = make_engine(settings, own)
    require_key(settings, key)
    tell = together(*purse.observers)
    journal = SpendingJournal(out)
    budget = ToldBudget(purse.limits, settings.prices.get(settings.model), journal, tell=tell)
    from extract.engines.llm.asking import EndpointAsking
    from extract.engines.llm.client import Client
    from extract.engines.llm.limits import Limits as Manners
    from extract.engines.llm.retry import Patience

    cache = open_cache(settings)
    try:
        client = Client(
            settings.base_url or None,
            key,
            headers=settings.headers,
            timeout=settings.timeout,
            connections=settings.concurrency,
        )
        ask = EndpointAsking(
            client,
            cache,
            Manners(settings.concurrency, settings.requests_per_minute, settings.tokens_per_minute),
            mode=settings.mode,
            patience=Patience(attempts=settings.attempts, deadline=settings.deadline),
            budget=budget,
            cut=lambda sent, read: tell("prompt_cut", prompt_tokens=sent, read_tokens=read),
        )

        async def close(done: bool) -> None:  # noqa: FBT001 - it is all that there is to say
            if done:
                await ask.settle()
            await client.aclose()

        yield AskedReports(
            engine,
            ask,
            budget,
            journal,
            ahead=settings.concurrency + 2,
            tell=tell,
            settings=parameters(settings),
            close=close,
        )
    finally:
        cache.close()
        journal.close()
