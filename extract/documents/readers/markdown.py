"""Markdown, as people and converters write it: made into a web page, and read as one from its first word to its last.

Tables, struck-out words, raised signs and hidden text are then what they are in HTML, which Markdown may hold anyway.
"""

import re
from typing import Any, Final

from markdown_it.token import Token

from extract.documents.decode import decode
from extract.documents.readers.bounds import Bounds
from extract.documents.readers.building import Builder, Decoded
from extract.documents.readers.markdown_rules import parser, with_formulas
from extract.documents.readers.web_blocks import Block, blocks_of
from extract.documents.readers.web_page import parsed_page, without_payloads
from extract.documents.readers.web_styles import StyleSheet

_TABLE: Final = re.compile(r"\s*(?:<html>\s*)?(?:<body>\s*)?<table\b", re.IGNORECASE)
_FENCE = "---"
_BOLD = "**"
_TURN: Final = re.compile(r"\{\d{1,5}\}-{3,}|\\(?:newpage|pagebreak|clearpage)")
"""What converters write between two pages."""


_PAGE_NUMBER = re.compile(r"(</?page)_(number>)")
"""A mark of such programs whose name is none of an element in Markdown."""


def read(data: bytes, bounds: Bounds, extend: Any) -> Decoded:  # noqa: ARG001 - one call for all readers
    """Read Markdown.

    Args:
        data: its bytes.
        bounds: what it may take.
        extend: not needed; there are no pages.

    Raises:
        InputError: the leaf says why it cannot be read.
    """
    source = decode(data, "", bounds.bytes)
    builder = Builder(bounds.characters)
    text = _PAGE_NUMBER.sub(r"\1-\2", without_payloads(source.text))
    if text.startswith(f"{_FENCE}\n") and (end := text.find(f"\n{_FENCE}\n", len(_FENCE))) > 0:
        builder.drop(text[len(_FENCE) : end], "front_matter")
        text = text[end + len(_FENCE) + 2 :]
    markdown = parser()
    environment: dict[str, Any] = {}
    tokens = markdown.parse(text, environment)
    _number_items(tokens)
    _without_emphasis(tokens)
    _with_formulas(tokens)
    page = parsed_page(
        f"<html><body>{markdown.renderer.render(tokens, markdown.options, environment)}</body></html>"
    )
    for block in blocks_of(page, StyleSheet(page)):
        _add(builder, block)
    return builder.decoded(encoding=source.encoding)


def _with_formulas(tokens: list[Token]) -> None:
    for token in tokens:
        if _is_markup(token):
            token.type = "html_block"
        if token.type == "html_block":
            token.content = with_formulas(token.content)


def _is_markup(token: Token) -> bool:
    """Whether code is the HTML of a table, set in a fence or from the margin by the program that wrote it."""
    return token.type in {"fence", "code_block"} and bool(_TABLE.match(token.content))


def _add(builder: Builder, block: Block) -> None:
    if block.rows:
        builder.table(block.rows)
    elif _TURN.fullmatch(block.text):
        builder.drop(block.text, "page_number")
    else:
        builder.paragraph(block.pieces, level=block.level, style="#" * block.level)


def _number_items(tokens: list[Token]) -> None:
    """Write the numbers of ordered lists into their items: a page draws them, and they are no text of it."""
    numbers: list[int | None] = []
    open_item = ""
    for token in tokens:
        if token.type in {"ordered_list_open", "bullet_list_open"}:
            ordered = token.type == "ordered_list_open"
            numbers.append(int(token.attrs.get("start", 1)) if ordered else None)
        elif token.type in {"ordered_list_close", "bullet_list_close"}:
            numbers.pop()
        elif token.type == "list_item_open":
            count = numbers[-1]
            open_item = "" if count is None else f"{count}. "
            numbers[-1] = None if count is None else count + 1
        elif token.type == "inline" and open_item:
            token.children = [Token("text", "", 0, content=open_item), *(token.children or ())]
            open_item = ""


def _without_emphasis(tokens: list[Token]) -> None:
    """Take out the marks of bold type that CommonMark leaves in Chinese, where no blank tells their end."""
    for token in tokens:
        for child in token.children or ():
            if child.type == "text":
                child.content = child.content.replace(_BOLD, "")
