"""HTML: the article of a page as it is seen; menus, adverts and hidden text noted, not kept."""

import re
from itertools import compress
from typing import Any

from lxml import etree, html

from extract.documents.readers.bounds import Bounds
from extract.documents.readers.building import Builder, Decoded, Left, Unseen
from extract.documents.readers.web_article import in_article
from extract.documents.readers.web_blocks import Block
from extract.documents.readers.web_encoding import decode_page
from extract.documents.readers.web_scripted import blocks_as_shown
from extract.documents.readers.web_styles import StyleSheet
from extract.errors import DamagedFileError, EmptyTextError
from extract.messages import Message

_DIVIDER = " | "
_PAYLOAD_MARK = ";base64,"
_PAYLOAD = re.compile(r"(?<=;base64,)[A-Za-z0-9+/=\r\n]{64,}")
_MOST_OF_PARSER = 9_000_000
"""Bytes; the parser has limits of 10,000,000 for one text or attribute, behind which it goes silent."""

_DEEPEST = 256
"""So deep are elements nested at most; the limit of the parser where it has one."""
_BY_SCRIPT = Message(
    "Its text may be loaded by a script: open the page in a browser, wait for the text, "
    "and save the complete page."
)


def read(data: bytes, bounds: Bounds, extend: Any) -> Decoded:  # noqa: ARG001 - one call for all readers
    """Read a web page.

    Args:
        data: its bytes.
        bounds: what it may take.
        extend: not needed; a web page has no pages.

    Raises:
        InputError: the leaf says why it cannot be read.
    """
    text, encoding, bad = decode_page(data, bounds.bytes)
    return read_page(text, encoding, bad, bounds)


def read_page(text: str, encoding: str, bad: int, bounds: Bounds) -> Decoded:
    """Read a web page that is decoded already; `bad` counts the bytes that could not be."""
    page = parsed_page(without_payloads(text))
    title = _title(page)
    blocks, shown = blocks_as_shown(page, StyleSheet(page))
    if not blocks:
        raise EmptyTextError(Message("the page holds no text"), hint=_BY_SCRIPT)
    builder = Builder(bounds.characters)
    if bad:
        builder.drop(f"{bad} 个字节 / bytes", "undecodable")
    apart: list[Block] = []
    article = in_article(blocks, page, title)
    if page.find(".//script") is not None and not any(map(_says_something, compress(blocks, article))):
        raise EmptyTextError(Message("the page holds menus and buttons, but no report"), hint=_BY_SCRIPT)
    for block, kept in zip(blocks, article, strict=True):
        if not kept:
            apart.append(block)
            continue
        _drop(builder, apart)
        apart = []
        start = builder.length
        if block.rows:
            builder.table(block.rows)
        else:
            builder.paragraph(block.pieces, level=block.level, style=f"h{block.level}" if block.level else "")
        if shown and any(element in block.path for element in shown):
            builder.shown_by_script(start)
    _drop(builder, apart)
    return builder.decoded(encoding=encoding, title=title)


def _title(page: Any) -> str:
    """The title that a page gives itself; where a script fills it in, the one for those who link to the page."""
    named = page.findtext(".//title") or ""
    if not named.strip():
        named = next((meta.get("content", "") for meta in page.iterfind(".//meta[@property='og:title']")), "")
    return " ".join(named.split())


def _says_something(block: Block) -> bool:
    """Whether a block may be of an article, however short: a sentence, or a table."""
    return bool(block.rows) or "。" in block.text


def parsed_page(text: str) -> Any:
    """The root element of a page.

    Raises:
        InputError: there is no element in it, or they are nested too deeply.
    """
    markup = text.encode("utf-8", "replace")
    huge = len(markup) > _MOST_OF_PARSER
    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=huge)
    try:
        page = html.document_fromstring(markup, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise EmptyTextError(Message("the page holds no text")) from error
    if any("Excessive depth" in entry.message for entry in parser.error_log) or (huge and _is_deep(page)):
        raise DamagedFileError(Message("its elements are nested too deeply"))
    for behind in list(page.itersiblings()):  # what stands behind </html> is shown like the rest
        page.append(behind)
    return page


def _is_deep(page: Any) -> bool:
    """Whether elements are nested deeper than the parser allows where it has its limits."""
    depth = 0
    for event, _ in etree.iterwalk(page, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > _DEEPEST:
            return True
    return False


def without_payloads(text: str) -> str:
    """A page without the bytes of the pictures that are written into it: they are no words, and may be most of it."""
    return _PAYLOAD.sub("", text) if _PAYLOAD_MARK in text else text


def _drop(builder: Builder, blocks: list[Block]) -> None:
    """Note blocks that follow each other as one; what is hidden in them stands apart from the text."""
    groups: dict[str, list[str]] = {}
    for block in blocks:
        reason = "navigation" if block.is_linked or block.in_furniture() else "boilerplate"
        groups.setdefault(reason, []).append(block.text)
    for reason, words in groups.items():
        builder.drop(_DIVIDER.join(filter(None, words)), reason)
    for block in blocks:
        for piece in block.pieces:
            if isinstance(piece, Unseen):
                builder.hide(piece.text, piece.way, apart=True)
            elif isinstance(piece, Left):
                builder.drop(piece.text, piece.reason)
