"""How many tokens a question has, counted on this machine before anything is sent.

Exact for models of OpenAI's; for others a careful guess, because their vocabularies are kept elsewhere (of
Chinese report prose they make somewhat fewer tokens than the one that is used here).
"""

import json
from functools import cache
from typing import TYPE_CHECKING

from extract.engines.llm.exchange import Request

if TYPE_CHECKING:
    from bpe_openai import Encoding

NEWER, OLDER = "o200k_base", "cl100k_base"
OLDER_MODELS = ("gpt-3.5", "gpt-35", "gpt-4-", "text-embedding")
PER_MESSAGE = 4
"""What the roles and the marks between messages take."""
EXACT_FAMILIES = ("gpt-", "o1", "o3", "o4", "chatgpt")


def encoding_name(model: str) -> str:
    """The vocabulary by which the tokens of a model are counted."""
    return OLDER if model == "gpt-4" or model.startswith(OLDER_MODELS) else NEWER


def counted_exactly(model: str) -> bool:
    """Whether the count is that of the model itself, not of one like it."""
    return model.startswith(EXACT_FAMILIES)


@cache
def _encoding(name: str) -> "Encoding":
    from bpe_openai import get_encoding  # its tables take a second to load

    return get_encoding(name)


def count_tokens(text: str, model: str) -> int:
    """The tokens of a text; what looks like a special token in it is text like any other."""
    return len(_encoding(encoding_name(model)).encode_ordinary(text.encode("utf-8", "replace").decode()))


class PromptCounter:
    """Counts the tokens of questions; what they all share is counted once.

    Args:
        model: whose tokens.
    """

    def __init__(self, model: str) -> None:
        self._model = model
        self._shared: dict[str, int] = {}

    def __call__(self, request: Request) -> int:
        """The prompt tokens of a question: its messages, and its schema, which is sent with it."""
        system, rest = request.messages[:1], request.messages[1:]
        schema = json.dumps(request.schema, ensure_ascii=False, separators=(",", ":"))
        shared = sum(self._once(text) for text in (*(one["content"] for one in system), schema))
        own = sum(count_tokens(one["content"], self._model) for one in rest)
        return shared + own + PER_MESSAGE * len(request.messages)

    def _once(self, text: str) -> int:
        if text not in self._shared:
            self._shared[text] = count_tokens(text, self._model)
        return self._shared[text]
