"""What tokens are reckoned at where the endpoint does not tell, and what its own count gives away."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from extract.engines.llm.exchange import Usage
from extract.engines.llm.reading import Completion
from extract.engines.llm.tokens import PER_MESSAGE, count_tokens, counted_exactly

LEAST_CONTEXT = 1_024
"""No model has a shorter context; a smaller count of a long prompt comes from a server that counts otherwise."""
TOKENS_A_CHARACTER = 0.7
"""Of Chinese report prose, at most (see `extract.engines.llm.tokens`); a first look that costs nothing."""
READ_WHOLE = 0.7
"""Vocabularies differ: of the tokens that we count, Qwen and DeepSeek make 0.83 and more."""
FEWEST = 0.5
"""The same for answers, whose marks and blanks some vocabularies take together."""
MARGIN = 1.25
"""Other vocabularies may make more tokens of a text than the one that is counted by."""


def with_estimates(completion: Completion, body: Mapping[str, Any]) -> Completion:
    """A completion with tokens that limits can rely on.

    Where the endpoint did not tell them, or told fewer than text of this length can have, they are estimated, rather too
    high than too low: a limit that believes a 0 never stops.

    Args:
        completion: as it came.
        body: of its request.
    """
    usage, model = completion.usage, str(body["model"])
    written = completion.text + completion.aside
    if completion.told and _is_possible(usage, written, body, model):
        return completion
    prompt = max(usage.prompt_tokens, _upper(_in_body(body, model), model))
    answer = max(usage.completion_tokens, _upper(count_tokens(written, model), model))
    return replace(completion, usage=Usage(usage.requests, prompt, answer, 0, usage.requests))


def _is_possible(usage: Usage, written: str, body: Mapping[str, Any], model: str) -> bool:
    """Whether so few tokens can hold what was sent and written; first by a look that costs nothing."""
    characters = sum(len(message["content"]) for message in body["messages"])
    if usage.prompt_tokens < READ_WHOLE * TOKENS_A_CHARACTER * characters and (
        usage.prompt_tokens < READ_WHOLE * _in_messages(body["messages"], model)
    ):
        return False
    return usage.completion_tokens >= FEWEST * TOKENS_A_CHARACTER * len(
        written
    ) or usage.completion_tokens >= FEWEST * count_tokens(written, model)


def _in_body(body: Mapping[str, Any], model: str) -> int:
    rest = {name: value for name, value in body.items() if name not in ("model", "messages")}
    return _in_messages(body["messages"], model) + _counted(json.dumps(rest, ensure_ascii=False), model)


def _upper(tokens: int, model: str) -> int:
    return tokens if counted_exactly(model) else math.ceil(MARGIN * tokens)


def prompt_was_cut(messages: Sequence[Mapping[str, str]], model: str, read: int) -> int | None:
    """How many tokens were sent, where the endpoint read far fewer; None where it read all.

    Args:
        messages: of the question.
        model: that was asked.
        read: prompt tokens as the endpoint counts them.
    """
    if read < LEAST_CONTEXT:
        return None
    characters = sum(len(message["content"]) for message in messages)
    if read >= TOKENS_A_CHARACTER * characters:
        return None
    sent = _in_messages(messages, model)
    return sent if read < READ_WHOLE * sent else None


def _in_messages(messages: Sequence[Mapping[str, str]], model: str) -> int:
    return sum(_counted(message["content"], model) + PER_MESSAGE for message in messages)


@lru_cache(maxsize=32)  # the instructions are the same in every question
def _counted(text: str, model: str) -> int:
    return count_tokens(text, model)
