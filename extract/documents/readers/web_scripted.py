"""Pages that show their article by script: until it has run, nearly all that they say is hidden.

Saved as they came from the server (articles of public accounts, for one), their words are those that a reader
sees; a page that shows an article and hides something besides is another thing.
"""

from collections import Counter
from typing import Any

from extract.documents.readers.building import Unseen
from extract.documents.readers.web_blocks import Block, blocks_of
from extract.documents.readers.web_styles import Look, StyleSheet

_BY_SCRIPT = frozenset({"not_displayed", "transparent"})
"""The ways of hiding that scripts undo."""

_LEAST_HIDDEN = 1_000  # characters
_MOST_SEEN = 0.1  # of what is hidden


def blocks_as_shown(root: Any, sheet: StyleSheet) -> list[Block]:
    """The blocks of a page; where it hides its whole article, as its script shows it.

    Args:
        root: the element below which they stand.
        sheet: the styles of the page.

    Raises:
        DamagedFileError: there are more blocks than any page has.
    """
    blocks = blocks_of(root, sheet)
    curtain = _curtain(blocks, sheet)
    return blocks if curtain is None else blocks_of(root, sheet.showing(curtain))


def _curtain(blocks: list[Block], sheet: StyleSheet) -> Any:
    """The element that hides the article; None where the page shows one."""
    hidden: Counter[Any] = Counter()
    if sum(map(_hidden_prose, blocks)) < _LEAST_HIDDEN:
        return None
    for block in blocks:
        if length := _hidden_prose(block):
            hidden[_first_hiding(block, sheet)] += length
    element, length = hidden.most_common(1)[0]
    seen = sum(len(block.text) for block in blocks if "。" in block.text)
    return element if length >= _LEAST_HIDDEN and seen <= _MOST_SEEN * length else None


def _hidden_prose(block: Block) -> int:
    texts = (piece.text for piece in block.pieces if isinstance(piece, Unseen) and piece.way in _BY_SCRIPT)
    return sum(len(text) for text in texts if "，" in text or "。" in text)


def _first_hiding(block: Block, sheet: StyleSheet) -> Any:
    """The outermost element around a block that hides what stands in it."""
    look = Look()
    for element in block.path:
        look = sheet.look(element, look)
        if look.hidden:
            return element
    return None
