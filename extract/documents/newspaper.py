"""Reports in the order of a newspaper: begun on one page, continued on another, other articles in between.

下转第四版 says where a text breaks off, 上接第一版 where it goes on. What stands between the two belongs to
other articles; where the continuation stands first, the two passages change places.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from extract.documents.model import Hole
from extract.language.years import count

_BLANKS = r"[ \t\u3000]*"
_PAGE = rf"第?{_BLANKS}[A-Za-z]?(?P<page>[\d一二三四五六七八九十]{{1,3}}){_BLANKS}版"
_OUT = re.compile(rf"[（(【]?{_BLANKS}(?:下转|紧转|转(?=第)){_BLANKS}{_PAGE}[^\n）)】]{{0,6}}[）)】]?")
_IN = re.compile(rf"[（(【]?{_BLANKS}(?:上接|紧接|接(?=第)){_BLANKS}{_PAGE}[^\n）)】]{{0,12}}[）)】]?")
_OUT_WORDS, _IN_WORDS = ("下转", "紧转", "转第"), ("上接", "紧接", "接第")
"""One of them stands in every text with such a mark; looking for them costs next to nothing."""
_ENDED = frozenset("。！？”：:!?")
_LONGEST_HEADING = 30
_REACH = 400  # and around a place where a text breaks off
_NEAR = 40  # characters around a mark that are looked at

BETWEEN = "报纸转版之间的其他内容 / other matter between the pages of a newspaper"
"""Why such a passage is not read."""


@dataclass(frozen=True, slots=True)
class Jump:
    """A mark that sends the reader to another page, or back: its span in the text, and the page that it names."""

    start: int
    end: int
    page: int = 0


def jumps_out(text: str) -> list[Jump]:
    """Where a text breaks off to go on elsewhere: 下转第四版, in brackets or on a line of its own."""
    return list(_jumps(_OUT, text)) if any(word in text for word in _OUT_WORDS) else []


def jumps_in(text: str) -> list[Jump]:
    """Where a text goes on that broke off elsewhere: 上接第一版."""
    return list(_jumps(_IN, text)) if any(word in text for word in _IN_WORDS) else []


def _jumps(pattern: re.Pattern[str], text: str) -> Iterator[Jump]:
    """Marks in brackets, or alone on their line."""
    for match in pattern.finditer(text):
        before = text[max(0, match.start() - _NEAR) : match.start()].rpartition("\n")[2]
        after = text[match.end() : match.end() + _NEAR].partition("\n")[0]
        if match[0][0] in "（(【" or not (before.strip() or after.strip()):
            yield Jump(*match.span(), count(match["page"]))


def interruptions(text: str) -> tuple[Hole, ...]:
    """What lies between a place where a text breaks off and the next one where it goes on, marks included.

    A text that breaks off for good has no interruption.
    """
    out, into = jumps_out(text), jumps_in(text)
    starts = [one.start for one in into]
    holes: list[Hole] = []
    for jump, following in zip_longest(out, out[1:]):
        at = bisect_left(starts, jump.end)
        if at < len(into) and not (following and following.start < into[at].start):
            holes.append(hole_between(text, jump.start, into[at].end, BETWEEN))
    return tuple(holes)


def hole_between(text: str, start: int, end: int, reason: str) -> Hole:
    """A hole; one that interrupts a sentence takes the line breaks around it, too."""
    if not in_mid_sentence(text, start):
        return Hole(start, end, reason)
    before, behind = text[max(0, start - _REACH) : start], text[end : end + _REACH]
    blanks_before = len(before) - len(before.rstrip())
    blanks_behind = len(behind) - len(behind.lstrip())
    return Hole(start - blanks_before, end + blanks_behind, reason, seamless=True)


def without_marks(text: str) -> str:
    """A text without the marks that send the reader from page to page."""
    return _IN.sub("", _OUT.sub("", text))


def in_mid_sentence(text: str, end: int) -> bool:
    """Whether the paragraph that ends at a place breaks off there: no stop, and too long for a heading."""
    before = text[max(0, end - _REACH) : end].rstrip()
    line = before.rpartition("\n")[2].strip()
    return bool(line) and line[-1] not in _ENDED and (len(line) > _LONGEST_HEADING or "，" in line)


def backwards(text: str) -> tuple[int, int, int] | None:
    """Where a continuation stands before the beginning that it belongs to.

    Returns:
        Start of the continuation, start of the beginning (which ends the continuation), and the place behind
        the mark at which the beginning breaks off; None where the text is in order.
    """
    out, into = jumps_out(text), jumps_in(text)
    if len(out) != 1 or len(into) != 1 or into[0].start > out[0].start:
        return None
    return into[0].start, _beginning(text, into[0].end, out[0].start), out[0].end


def _beginning(text: str, after: int, before: int) -> int:
    """The line with the title of a report between two places, or else the first of the two."""
    for match in re.finditer(r"^.*工作报告.*$", text[after:before], re.MULTILINE):
        if len(match[0].strip()) <= 60:
            return after + match.start()
    return after
