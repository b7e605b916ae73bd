"""Tokens, counted on this machine."""

from extract.engines.llm.exchange import Request
from extract.engines.llm.tokens import PromptCounter, count_tokens, counted_exactly, encoding_name


def test_known_counts() -> None:
    """Counted by the vocabulary of the model."""
    assert count_tokens("hello world", "gpt-4o") == 2
    assert encoding_name("gpt-4-turbo") != encoding_name("gpt-4o")
    assert not counted_exactly("some-local-model")


def test_what_looks_like_a_special_token_is_text() -> None:
    """A report may hold anything, half characters too."""
    assert count_tokens("<|endoftext|>", "gpt-4o") > 1
    assert count_tokens("\ud800云州", "gpt-4o") > 0


def test_a_prompt_is_its_messages_and_its_schema() -> None:
    """Everything that is sent counts."""
    schema = {"type": "object"}
    messages = ({"role": "system", "content": "规则"}, {"role": "user", "content": "云州市"})
    request = Request(messages, schema, "answer", "gpt-4o")
    parts = [count_tokens(text, "gpt-4o") for text in ("规则", "云州市", '{"type":"object"}')]
    assert PromptCounter("gpt-4o")(request) == sum(parts) + 8
