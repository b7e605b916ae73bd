"""Marks characters that a PDF draws invisibly, which pdfplumber does not tell from others.

Scanned pages carry the text that was recognised in this way, behind their picture; on a page whose other text
is seen it hides something.
"""

from typing import Any

from pdfplumber import page as pdfplumber_page

UNSEEN = "drawn invisibly"
"""The tag of such a character."""

_INVISIBLE = frozenset({3, 7})  # text rendering modes: neither filled nor stroked; clipping only


class _Device(pdfplumber_page.PDFPageAggregatorWithMarkedContent):
    """What pdfplumber draws a page with."""

    mode = 0

    def render_string(self, textstate: Any, *rest: Any) -> None:
        """Draw a run of characters."""
        self.mode = textstate.render
        super().render_string(textstate, *rest)

    def tag_cur_item(self) -> None:
        """Tag the character that was drawn last."""
        super().tag_cur_item()
        if self.mode in _INVISIBLE and self.cur_item._objs:  # noqa: SLF001 - as pdfplumber does
            drawn: Any = self.cur_item._objs[-1]  # noqa: SLF001
            drawn.tag = UNSEEN


def mark_unseen() -> None:
    """Have pdfplumber mark invisible characters from now on."""
    vars(pdfplumber_page)["PDFPageAggregatorWithMarkedContent"] = _Device
