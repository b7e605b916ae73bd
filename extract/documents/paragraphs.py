"""Where a line of a file goes on with the sentence before it, and where it opens a paragraph of its own.

Pages and scrapers break lines in mid-sentence, mid-word and mid-number. The rules look only at the two lines:
how the first ends, how the second begins, and whether the first is a heading or title that needs no full stop.
"""

import re
from collections.abc import Sequence

from extract.documents import headings

# No sentence, heading or title ends in one of these.
_OPEN_END = frozenset("、，（《“‘【第的与及和或至约近以在从由向为把被将—")
# No paragraph begins with one of these.
_CONTINUING = frozenset("，。、；：！？）》”’】%‰~～·")
_CLOSED_END = frozenset("。！？；：…")
_CLOSERS = "”’）》】」』"
_BULLET = re.compile(r"(?:——|[•●◆■★▲※◎○□◇▪\u2460-\u2473\u2776-\u2793])")
_SALUTATION = re.compile(r"(?:各位代表|同志们|各位委员)[，！：]")
_STOP_WITHIN = re.compile(r"[。；！？]")
_FUNCTION_WORD = re.compile(r"(?:的|是|为|和|与|及|等|至|到|年|月|个)")
_DELIVERED = re.compile(r"[—-]*(?:在|\d{4}年)")
_LONGEST_HEADING = 60
_LONGEST_TITLE = 25


def opens_block(line: str) -> bool:
    """Whether a line begins a paragraph by its very form: numbered heading, list item, salutation."""
    return bool(headings.numbered(line) or _BULLET.match(line) or _SALUTATION.match(line) or headings.is_part(line))


def goes_on(paragraph: str, line: str) -> bool:
    """Whether `line` goes on with the sentence that `paragraph` left open.

    Args:
        paragraph: the clean text gathered since the last paragraph break; not empty.
        line: the next clean line; not empty.
    """
    last = paragraph[-1]
    if line[0] in _CONTINUING:
        return True
    if last in _OPEN_END:
        return not _BULLET.match(line)
    if opens_block(line):
        return False
    if _is_closed(paragraph):
        return False
    if _bracket_open(paragraph):
        return True
    return not _is_title(paragraph, line)


def _is_closed(paragraph: str) -> bool:
    core = paragraph.rstrip(_CLOSERS)
    return bool(core) and core[-1] in _CLOSED_END


def _bracket_open(paragraph: str) -> bool:
    tail = paragraph[-80:]
    return any(tail.rfind(opening) > tail.rfind(closing) for opening, closing in ("《》", "（）", "“”", "【】"))


def _is_title(paragraph: str, line: str) -> bool:
    """Whether the paragraph is a heading or title: complete though it ends without a stop."""
    number = headings.numbered(paragraph)
    if number is not None and number.series is not headings.Series.ITEM:
        return len(paragraph) <= _LONGEST_HEADING and not _STOP_WITHIN.search(paragraph)
    if headings.is_part(paragraph):
        return True
    if len(paragraph) > _LONGEST_HEADING:
        return False
    if "工作报告" in paragraph and not _STOP_WITHIN.search(paragraph):
        return True
    if _DELIVERED.match(paragraph) and "人民代表大会" in paragraph + line:
        return paragraph.endswith(("上", "会议", "大会", "）"))
    if len(paragraph) > _LONGEST_TITLE or _STOP_WITHIN.search(paragraph) or "，" in paragraph:
        return False
    return not _FUNCTION_WORD.match(line)


def wrap_width(lengths: Sequence[int]) -> int | None:
    """The width at which a file's lines are wrapped, or None when a line is a paragraph.

    A file is wrapped when most of its lines are of nearly the same, moderate length.
    """
    if len(lengths) < 20:
        return None
    ranked = sorted(lengths)
    width = ranked[int(0.95 * (len(ranked) - 1))]
    full = sum(width - 3 <= length <= width + 1 for length in lengths)
    return width if 15 <= width <= 100 and full >= 0.5 * len(lengths) else None
