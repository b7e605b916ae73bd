"""Pages that show their article by script: until it has run, nearly all that they say is hidden.

Saved as they came from the server (articles of public accounts, for one), their words are those that a reader
sees; a page that shows an article and hides something besides is another thing.
"""

import re
from collections import Counter
from typing import Any

from extract.documents.readers.building import Unseen
from extract.documents.readers.web_blocks import Block, blocks_of
from extract.documents.readers.web_styles import Look, StyleSheet

_BY_SCRIPT = frozenset({"not_displayed", "transparent"})
"""The ways of hiding that scripts undo."""

_LEAST_HIDDEN = 1_000  # characters,
_LEAST_OF_REPORT = 100  # and where they are addressed as a report is
_MOST_SEEN = 0.1  # of what is hidden,
_MOST_BESIDE_REPORT = 1.0  # and where no report is seen: a summary, the foot of the page
_ADDRESS = re.compile(r"各位代表|向大会(?:作|报告)")
_REPORT = re.compile(r"各位代表|向大会(?:作|报告)|政府工作")
_MOST_CURTAINS = 3


def blocks_as_shown(root: Any, sheet: StyleSheet) -> tuple[list[Block], tuple[Any, ...]]:
    """The blocks of a page; where it hides its whole article, as its script shows it.

    Args:
        root: the element below which they stand.
        sheet: the styles of the page.

    Returns:
        The blocks, and the elements that the page hides and that were taken for shown; what is hidden inside them
        stays so.

    Raises:
        DamagedFileError: there are more blocks than any page has.
    """
    blocks = blocks_of(root, sheet)
    shown: list[Any] = []
    while len(shown) < _MOST_CURTAINS and (curtain := _curtain(blocks, sheet)) is not None:
        sheet = sheet.showing(curtain)
        shown.append(curtain)
        blocks = blocks_of(root, sheet)
    return blocks, tuple(shown)


def _curtain(blocks: list[Block], sheet: StyleSheet) -> Any:
    """The element that hides the article; None where the page shows one."""
    lengths = [_hidden_prose(block) for block in blocks]
    if sum(lengths) < _LEAST_OF_REPORT:
        return None
    hidden: Counter[Any] = Counter()
    reports: set[Any] = set()
    for block, length in zip(blocks, lengths, strict=True):
        if length:
            element = _first_hiding(block, sheet)
            hidden[element] += length
            if _REPORT.search(_hidden_text(block)):
                reports.add(element)
    element, length = hidden.most_common(1)[0]
    seen = [block.text for block in blocks if "。" in block.text]
    is_report = element in reports and not any(map(_ADDRESS.search, seen))
    least, most = (_LEAST_OF_REPORT, _MOST_BESIDE_REPORT) if is_report else (_LEAST_HIDDEN, _MOST_SEEN)
    return element if length >= least and sum(map(len, seen)) <= most * length else None


def _hidden_text(block: Block) -> str:
    pieces = (piece for piece in block.pieces if isinstance(piece, Unseen) and piece.way in _BY_SCRIPT)
    return "".join(piece.text for piece in pieces)


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
