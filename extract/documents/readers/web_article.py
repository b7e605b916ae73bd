"""Which blocks of a web page are its article.

trafilatura says which words are; the place that holds nearly all of them is the article, and what is seen
there belongs to it, so that nothing is lost between two of its paragraphs.
"""

import re
from collections import Counter
from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from lxml import etree
from trafilatura import extract

from extract.documents.readers.web_blocks import Block

_NAMES = ("class", "id")
_RUN = "run"
_BLANK = re.compile(r"\s+")
_MOST_OF = 0.85
_LEAST_LINE = 20  # characters; shorter ones may stand inside any sentence
_LEAST_PROSE = 40
_LEAST_TITLE = 6
_LEAST_ARTICLE = 100


def in_article(blocks: Sequence[Block], page: Any, title: str) -> list[bool]:
    """Of each block, whether it belongs to the article.

    Args:
        blocks: of the page, in reading order.
        page: its root element; it is not changed.
        title: of the page.
    """
    words = [_BLANK.sub("", block.text) for block in blocks]
    article = [_BLANK.sub("", line) for line in main_text(page).splitlines()]
    whole, lines = "".join(article), frozenset(article)
    named = [
        not block.is_linked and (text in lines or (len(text) >= _LEAST_LINE and text in whole))
        for block, text in zip(blocks, words, strict=True)
    ]
    if sum(len(text) for text, kept in zip(words, named, strict=True) if kept) < _LEAST_ARTICLE:
        return [not block.is_linked and not block.in_furniture() for block in blocks]
    place = _place(blocks, words, named)
    inside = [place in block.path for block in blocks]
    kept = [
        not block.is_linked
        and (not block.in_furniture(place) if inside[n] else named[n] and _is_prose(words[n]))
        for n, block in enumerate(blocks)
    ]
    bare = _BLANK.sub("", title)
    for n in range(inside.index(True) - 1, -1, -1):
        if (
            len(words[n]) >= _LEAST_TITLE
            and not blocks[n].linked
            and (words[n] in bare or (bare in words[n] if bare else blocks[n].level == 1))
        ):
            kept[n] = True
            break
    return kept


def _is_prose(text: str) -> bool:
    return len(text) >= _LEAST_PROSE and "，" in text and text[-1] in "。！；："


def main_text(page: Any) -> str:
    """What trafilatura takes for the text of a page; empty where it finds none."""
    found = extract(
        _without_runs(deepcopy(page)),
        include_comments=False,
        include_tables=True,
        favor_recall=True,
        deduplicate=False,
        with_metadata=False,
    )
    return found or ""


def _without_runs(page: Any) -> Any:
    """A page without the spans that only set a font, of which some pages have one for every other character."""
    for element in page.iter("span", "font"):
        if not any(name in element.attrib for name in _NAMES):
            element.tag = _RUN
    etree.strip_tags(page, _RUN)
    return page


def _place(blocks: Sequence[Block], words: Sequence[str], named: Sequence[bool]) -> Any:
    """The innermost element that holds nearly all words of the article."""
    held: Counter[Any] = Counter()
    for block, text, kept in zip(blocks, words, named, strict=True):
        if kept:
            held.update(dict.fromkeys(block.path, len(text)))
    whole = sum(len(text) for text, kept in zip(words, named, strict=True) if kept)
    holding = [element for element, count in held.items() if count >= _MOST_OF * whole]
    return max(holding, key=lambda element: _depth(element, blocks))


def _depth(element: Any, blocks: Sequence[Block]) -> int:
    return next(block.path.index(element) for block in blocks if element in block.path)
