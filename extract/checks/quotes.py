"""Finds a quotation in a source although blanks, line breaks and character widths differ."""

from dataclasses import dataclass
from functools import cached_property

_WIDTHS = {full: full - 0xFEE0 for full in range(0xFF01, 0xFF5F)}
_WIDTHS |= {
    ord("〜"): ord("~"),
    ord("—"): ord("-"),
    ord("–"): ord("-"),
    ord("“"): ord('"'),
    ord("”"): ord('"'),
}


def folded(text: str) -> str:
    """The text without blanks, full-width forms made half-width; used for comparing only."""
    return "".join(text.split()).translate(_WIDTHS)


@dataclass(frozen=True)
class Quotable:
    """A source text in which quotations are looked up; positions are source offsets."""

    text: str

    @cached_property
    def _offsets(self) -> list[int]:
        return [at for at, c in enumerate(self.text) if not c.isspace()]

    @cached_property
    def _folded(self) -> str:
        return folded(self.text)

    def find_all(self, quote: str) -> list[tuple[int, int]]:
        """The source spans of every occurrence; empty where the quotation does not stand there."""
        wanted = folded(quote)
        spans: list[tuple[int, int]] = []
        at = self._folded.find(wanted) if wanted else -1
        while at >= 0:
            spans.append((self._offsets[at], self._offsets[at + len(wanted) - 1] + 1))
            at = self._folded.find(wanted, at + len(wanted))
        return spans
