"""What tokens are reckoned at where the endpoint does not tell, and what its own count gives away."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from extract.engines.llm.reading import Completion
from extract.engines.llm.tokens import PER_MESSAGE, count_tokens

LEAST_CONTEXT = 1_024
"""No model has a shorter context; a smaller count of a long prompt comes from a server that counts otherwise."""
TOKENS_A_CHARACTER = 0.7
"""Of Chinese report prose, at most (see `extract.engines.llm.tokens`); a first look that costs nothing."""
READ_WHOLE = 0.7
"""Vocabularies differ: of the tokens that we count, Qwen and DeepSeek make 0.83 and more."""


def with_estimates(completion: Completion, body: Mapping[str, Any]) -> Completion:
    """A completion with tokens, estimated where the endpoint did not tell them.

    Args:
        completion: as it came.
        body: of its request.
    """
    if completion.told:
        return completion
    usage = completion.usage
    model = str(body["model"])
    rest = {name: value for name, value in body.items() if name not in ("model", "messages")}
    prompt = usage.prompt_tokens or (
        _in_messages(body["messages"], model) + count_tokens(json.dumps(rest, ensure_ascii=False), model)
    )
    answer = usage.completion_tokens or count_tokens(completion.text, model)
    return replace(
        completion,
        usage=replace(usage, prompt_tokens=prompt, completion_tokens=answer, estimated=usage.requests),
    )


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
