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
            match token.type:
                case "heading_open":
                    self._level, self._style = int(token.tag[1:]), token.markup
                case "heading_close":
                    self._level, self._style = 0, ""
                case "ordered_list_open":
                    self._numbers.append(int(token.attrs.get("start", 1)))
                case "bullet_list_open":
                    self._numbers.append(None)
                case "ordered_list_close" | "bullet_list_close":
                    self._numbers.pop()
                case "list_item_open":
                    self._first_of_item = self._number()
                case "table_open":
                    self._rows = []
                case "tr_open":
                    self._add_row()
                case "table_close":
                    self._end_table()
                case "inline":
                    self._inline(token)
                case "fence" | "code_block":
                    self._builder.paragraph([token.content.rstrip("\n")])
                case "html_block":
                    self._builder.drop(token.content, "markup")

    def _number(self) -> str:
        count = self._numbers[-1] if self._numbers else None
        if count is None:
            return ""
        self._numbers[-1] = count + 1
        return f"{count}. "

    def _add_row(self) -> None:
        if self._rows is not None:
            self._rows.append([])

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
