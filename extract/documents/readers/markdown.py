"""Markdown: the words without the markup; headings and tables as the markup says."""

from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from extract.documents.decode import decode
from extract.documents.readers.bounds import Bounds
from extract.documents.readers.building import Builder, Decoded
from extract.documents.readers.tables import is_data

_FENCE = "---"


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
    text = source.text
    if text.startswith(f"{_FENCE}\n") and (end := text.find(f"\n{_FENCE}\n", len(_FENCE))) > 0:
        builder.drop(text[len(_FENCE) : end], "front_matter")
        text = text[end + len(_FENCE) + 2 :]
    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").enable("strikethrough").parse(text)
    _Walk(builder).tokens(tokens)
    return builder.decoded(encoding=source.encoding)


class _Walk:
    """Goes through the tokens of one text."""

    def __init__(self, builder: Builder) -> None:
        self._builder = builder
        self._level = 0
        self._style = ""
        self._numbers: list[int | None] = []
        self._rows: list[list[str]] | None = None
        self._first_of_item = ""

    def tokens(self, tokens: list[Token]) -> None:
        for token in tokens:
            if token.type == "inline":
                self._inline(token)
            elif token.type in {"fence", "code_block"}:
                self._builder.paragraph([token.content.rstrip("\n")])
            elif token.type == "html_block":
                self._builder.drop(token.content, "markup")
            elif token.type.startswith(("heading", "ordered_list", "bullet_list", "list_item")):
                self._structure(token)
            elif token.type in {"table_open", "tr_open", "table_close"}:
                self._table(token)

    def _structure(self, token: Token) -> None:
        """Headings and lists: what the next run of text is, and how it is numbered."""
        if token.type == "heading_open":
            self._level, self._style = int(token.tag[1:]), token.markup
        elif token.type == "heading_close":
            self._level, self._style = 0, ""
        elif token.type == "list_item_open":
            self._first_of_item = self._number()
        elif token.type.endswith("list_open"):
            ordered = token.type == "ordered_list_open"
            self._numbers.append(int(token.attrs.get("start", 1)) if ordered else None)
        elif token.type.endswith("list_close"):
            self._numbers.pop()

    def _table(self, token: Token) -> None:
        if token.type == "table_open":
            self._rows = []
        elif token.type == "table_close":
            self._end_table()
        elif self._rows is not None:
            self._rows.append([])

    def _number(self) -> str:
        count = self._numbers[-1] if self._numbers else None
        if count is None:
            return ""
        self._numbers[-1] = count + 1
        return f"{count}. "

    def _end_table(self) -> None:
        rows, self._rows = self._rows or [], None
        if is_data(rows):
            self._builder.table(rows)
            return
        for row in rows:
            for cell in row:
                self._builder.paragraph([cell])

    def _inline(self, token: Token) -> None:
        words = _words(token, self._builder)
        if self._rows:
            self._rows[-1].append(words)
            return
        self._builder.paragraph([self._first_of_item + words], level=self._level, style=self._style)
        self._first_of_item = ""


def _words(token: Token, builder: Builder) -> str:
    """The words of a run of text; pictures give the words that stand for them to nobody."""
    words: list[str] = []
    for child in token.children or ():
        if child.type in {"text", "code_inline"}:
            words.append(child.content)
        elif child.type in {"softbreak", "hardbreak"}:
            words.append("\n")
        elif child.type == "html_inline":
            builder.drop(child.content, "markup")
        elif child.type == "image":
            builder.drop(child.content, "picture")
    return "".join(words)
