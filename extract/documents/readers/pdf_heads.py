"""Which lines of a PDF are running heads and page numbers."""

import re
from collections.abc import Sequence
from statistics import median

from extract.documents.readers.pdf_lines import STOPS, Line

PAGE_NUMBER = re.compile(
    r"[-—–－·~\s]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/／,，共]+\s*\d{1,4}\s*页?)?[-—–－·~\s]*"
)
_DIGITS = re.compile(r"\d+")
_EDGE_LINES = 3
_LONGEST_HEAD = 45
_LEAST_REPEATS = 3
_LARGER = 1.2


def running_heads(pages: Sequence[Sequence[Line]]) -> list[dict[int, str]]:
    """Of each page the lines, by index, that do not belong to its text, and why: keys of `DROPPED`.

    Page numbers stand by themselves at an edge; running heads repeat at the edges of pages, digits aside. A page
    has each of them once, above or below its text, and none is larger than on other pages: such is a title.
    """
    edges = [_edges(lines) for lines in pages]
    sizes: dict[str, list[float]] = {}
    for lines, edge in zip(pages, edges, strict=True):
        found = {_repeated(lines[n].text): lines[n].size for n in edge if _may_repeat(lines[n].text)}
        for key, size in found.items():
            sizes.setdefault(key, []).append(size)
    least = max(_LEAST_REPEATS, len(pages) // 3)
    largest = {key: _LARGER * median(those) for key, those in sizes.items() if len(those) >= least}
    out: list[dict[int, str]] = []
    for lines, edge in zip(pages, edges, strict=True):
        dropped: dict[int, str] = {}
        seen: set[str] = set()
        for n in edge:
            text, key = lines[n].text, _repeated(lines[n].text)
            if PAGE_NUMBER.fullmatch(text) and (n in edge[:2] or lines[n].turned):
                dropped[n] = "page_number"
            elif _may_repeat(text) and key not in seen and lines[n].size <= largest.get(key, 0.0):
                dropped[n] = "running_head"
                seen.add(key)
        out.append(dict(sorted(dropped.items())))
    return out


def _edges(lines: Sequence[Line]) -> list[int]:
    """The lines at the edges of a page, from both of them inwards: the first, the last, the second…

    What is turned may stand at an edge too, after them.
    """
    by_height = sorted((n for n, line in enumerate(lines) if not line.turned), key=lambda n: lines[n].top)
    pairs = zip(by_height[:_EDGE_LINES], by_height[: -_EDGE_LINES - 1 : -1], strict=True)
    turned = (n for n, line in enumerate(lines) if line.turned)
    return list(dict.fromkeys([*(n for pair in pairs for n in pair), *turned]))


def _may_repeat(text: str) -> bool:
    """Whether a line may be a running head: short, and not the end of a sentence."""
    return len(text) <= _LONGEST_HEAD and text[-1:] not in STOPS


def _repeated(text: str) -> str:
    return _DIGITS.sub("#", "".join(text.split()))
