"""When two runs speak of the same thing, with or without the source text at hand. Pure.

A number or an unread part has a name of two halves, `plain.context`: what it is by itself, and what stands around it
in the text. The second half is empty as long as the text is not at hand.
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


def holds(decided: str, now: str) -> bool:
    """Whether a decision still speaks of what is there.

    Args:
        decided: the fingerprint of the content that was judged.
        now: that of the content as it is.

    Returns:
        Whether nothing that both of them know of has changed: a text that comes or goes changes nothing by itself.
    """
    one, other = context_of(decided), context_of(now)
    return one == other if one and other else plain_of(decided) == plain_of(now)
