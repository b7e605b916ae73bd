"""Lines of Chinese prose as a typesetter breaks them."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from rich.cells import get_character_cell_size
from rich.text import Text

NO_LINE_START = frozenset("，。、；：！？”’）》】〉」』％%,.;:!?)]}~～-–—")
FARTHEST_BACK = 16
GAP = 2


def wrapped(text: Text, width: int) -> list[Text]:
    """Break a text into lines; none begins with closing punctuation, none ends inside a Latin word.

    Args:
        text: one paragraph.
        width: of a line, in cells.
    """
    return [line for line in text.divide(list(_breaks(text.plain, max(width, 2)))) if line.plain]


def _breaks(plain: str, width: int) -> Iterator[int]:
    start, used = 0, 0
    for at, letter in enumerate(plain):
        used += get_character_cell_size(letter)
        if used > width:
            cut = _best(plain, start, at)
            yield cut
            start = cut
            used = sum(get_character_cell_size(other) for other in plain[cut : at + 1])


def _best(plain: str, start: int, at: int) -> int:
    """The last good place at or before `at`; `at` itself where there is none near."""
    for cut in range(at, max(start, at - FARTHEST_BACK), -1):
        inside_word = plain[cut].isascii() and plain[cut - 1].isascii() and not plain[cut].isspace()
        if plain[cut] not in NO_LINE_START and not inside_word:
            return cut
    return at


def aligned(cells: Sequence[Text], widths: Sequence[int]) -> Iterator[Text]:
    """One row of a table, over as many lines as its longest cell needs.

    Args:
        cells: left to right.
        widths: of all but the last one, in cells of the terminal.
    """
    columns = [wrapped(cell, width) for cell, width in zip(cells, widths, strict=False)]
    columns.append([cells[-1]])
    for parts in zip_longest(*columns, fillvalue=Text("")):
        line = Text()
        for part, width in zip(parts, (*widths, 0), strict=True):
            line.append_text(part)
            line.append(" " * (width - part.cell_len + GAP))
        line.rstrip()
        yield line
