"""Where a line of a file goes on with the sentence before it, and where it opens a paragraph of its own.

Pages and scrapers break lines in mid-sentence, mid-word and mid-number. The rules look only at the two
lines: how the first ends, how the second begins, and whether the first is a heading or title that needs no
full stop.
"""

import re
from collections.abc import Sequence

from extract.documents.headings import Series, is_appendix, numbered
from extract.language.years import count

# No sentence, heading or title ends in one of these.
_OPEN_END = frozenset("、，（《“‘【第的与及和或至约近以在从由向为把被将—")
# No paragraph begins with one of these.
_CONTINUING = frozenset("，。、；：！？）》”’】%‰~～·")
_CLOSED_END = frozenset("。！？；：…")
_CLOSERS = "”’）》】」』"
_BRACKETS = (("《", "》"), ("（", "）"), ("“", "”"), ("‘", "’"), ("【", "】"))
_BULLET = re.compile(r"——|[•●◆■★▲※◎○□◇▪\u2460-\u2473\u2776-\u2793]")
_SALUTATION = re.compile(r"(?:各位代表|同志们|各位委员)[，！：]")
_STOP = re.compile(r"[。；！？]")
_FUNCTION_WORD = re.compile(r"[的是为和与及等至到年月个]")
_DELIVERY = re.compile(r"[—（-]*(?:在|\d{4}年)")
_DATE_LINE = re.compile(r"（?\d{4}年\d{1,2}月\d{1,2}日）?")
_HANZI = re.compile(r"[\u4e00-\u9fff]")
_LONGEST_HEADING = 60
_LONGEST_TITLE = 25
_LEAST_TITLE = 4  # Chinese characters; shorter lines are torn out of a sentence


def opens_block(line: str) -> bool:
    """Whether a line begins a paragraph by its very form: numbered heading, list item, salutation."""
    if _BULLET.match(line) or _SALUTATION.match(line):
        return True
    return numbered(line) is not None or is_appendix(line)


def goes_on(paragraph: str, line: str) -> bool:
    """Whether `line` goes on with the sentence that `paragraph` left open.

    Args:
        paragraph: the clean text gathered since the last paragraph break; not empty.
        line: the next clean line; not empty.
    """
    if line[0] in _CONTINUING:
        return True
    if paragraph[-1] in _OPEN_END:
        return _BULLET.match(line) is None
    if _is_torn(paragraph, line):
        return True
    if _is_closed(paragraph) or (opens_block(line) and not _is_item(line)):
        return False
    return _bracket_open(paragraph) or not _is_title(paragraph, line)


def _is_item(line: str) -> bool:
    """Whether a line begins as an item does: after an open sentence 第一，or 一要 are words of it."""
    number = numbered(line)
    return number is not None and number.series is Series.ITEM


def _is_torn(paragraph: str, line: str) -> bool:
    """Whether a number or a list of numerals is torn apart: 达到52 / 316元, G2 / 5、G60, 推动一 / 二、三产业."""
    number = numbered(line)
    if paragraph[-1].isdigit() and (number is None or number.series is Series.POINT):
        listed = numbered(paragraph) is not None and number is not None
        return not listed and "工作报告" not in paragraph and not is_appendix(paragraph)
    if number is None or number.series is not Series.CHAPTER:
        return False
    return number.value > 1 and count(paragraph[-1]) == number.value - 1


def _is_closed(paragraph: str) -> bool:
    core = paragraph.rstrip(_CLOSERS)
    return bool(core) and core[-1] in _CLOSED_END


def _bracket_open(paragraph: str) -> bool:
    tail = paragraph[-80:]
    return any(tail.rfind(opening) > tail.rfind(closing) for opening, closing in _BRACKETS)


def _is_title(paragraph: str, line: str) -> bool:
    """Whether the paragraph is a heading or title: complete though it ends without a stop."""
    if is_appendix(paragraph) or _DATE_LINE.fullmatch(paragraph):
        return True
    if len(paragraph) > _LONGEST_HEADING or _STOP.search(paragraph):
        return False
    number = numbered(paragraph)
    if (number is not None and number.series is not Series.ITEM) or "工作报告" in paragraph:
        return True
    if _DELIVERY.match(paragraph) and "人民代表大会" in paragraph + line:
        return paragraph.endswith(("上", "会议", "大会", "）"))
    if len(paragraph) > _LONGEST_TITLE or "，" in paragraph or len(_HANZI.findall(paragraph)) < _LEAST_TITLE:
        return False
    return _FUNCTION_WORD.match(line) is None


def wrap_width(lengths: Sequence[int]) -> int | None:
    """The width at which a file's lines are wrapped, or None when a line is a paragraph.

    A file is wrapped when half of its lines or more are of nearly the same, moderate length.
    """
    if len(lengths) < 20:
        return None
    width = sorted(lengths)[int(0.95 * (len(lengths) - 1))]
    full = sum(width - 3 <= length <= width + 1 for length in lengths)
    return width if 15 <= width <= 100 and full >= 0.5 * len(lengths) else None
