"""The two halves of the name of a number or an unread part, with or without the source text at hand. Pure.

`plain.context`: what it is by itself, and what stands around it in the text. The second half is empty as long as the
text is not at hand.
"""

from typing import Final

PLAIN_LENGTH: Final = 7


def halved(plain: str, context: str) -> str:
    """A name of both halves; the context is empty where the text is not at hand."""
    return f"{plain[:PLAIN_LENGTH]}.{context}"


def plain_of(name: str) -> str:
    """What it is by itself; empty where the name does not tell."""
    return name.rpartition(".")[0]


def context_of(name: str) -> str:
    """What stands around it; empty where the text was not at hand."""
    return name.rpartition(".")[2]
