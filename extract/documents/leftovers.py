"""What a source holds besides reports: articles, and the furniture of pages."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extract.documents.debris import is_debris
from extract.documents.headings import is_appendix, numbered
from extract.documents.model import Leftover

_STOPS = "。！？；：，、"
_LEAST_PROSE = 100
# A short line with one of these is a heading inside a report; an article's title says more.
HEADING_WORD = re.compile(r"回顾|任务|目标|安排|部署|工作|实事|要求|打算|总结|五年|今年")

# Papers of other kinds say in their title what they are.
_DOCUMENT = re.compile(r"(?:报告|讲话|致辞|决议|决定|通知|公告|意见|方案|纪要)(?:（.{0,20}）)?$")

FURNITURE = "网页或刊物的附属文字，不是报告 / page furniture, no report"
ABOUT_A_REPORT = "关于工作报告的文章，不是报告本身 / an article about a report, not the report itself"
ARTICLE = "没有政府工作报告的标题、称呼或报告语 / an article: no title, salutation or opening of a report"


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank: its source span, and its text folded and without blanks."""

    start: int
    end: int
    text: str


def opens_article(lines: Sequence[Line], index: int, last: int) -> bool:
    """Whether a line is the title of an article: short, without a stop, and followed by prose."""
    line = lines[index].text
    if not 5 <= len(line) <= 60 or line[-1] in _STOPS or line[0].isdigit():
        return False
    if numbered(line) is not None or is_appendix(line):
        return False
    if len(line) < 30 and HEADING_WORD.search(line) and "【" not in line and "工作报告" not in line:
        return False
    following = (
        other.text for other in lines[index + 1 : min(index + 4, last + 1)] if not is_debris(other.text)
    )
    prose = next(following, "")
    return len(prose) >= _LEAST_PROSE and "。" in prose


def leftovers_of(text: str, lines: Sequence[Line], reports: Sequence[tuple[int, int]]) -> Iterator[Leftover]:
    """What lies outside the reports, as articles and runs of furniture.

    Args:
        text: the source.
        lines: its lines that are not blank.
        reports: first and last line of each report.
    """
    free = 0
    for first, last in [*reports, (len(lines), len(lines))]:
        if first > free:
            yield from _divided(text, lines, free, first - 1)
        free = last + 1


def _divided(text: str, lines: Sequence[Line], first: int, last: int) -> Iterator[Leftover]:
    begins: list[tuple[int, str]] = []
    before_prose = False  # between an article's title and its text stand dates, names and places
    for index in range(first, last + 1):
        line = lines[index].text
        if opens_article(lines, index, last) or (not begins and _is_article(lines, index, last)):
            begins.append((index, "article"))
            before_prose = True
        elif not begins or (
            begins[-1][1] == "article" and not before_prose and not _belongs_to_article(line)
        ):
            begins.append((index, "boilerplate"))
        before_prose = before_prose and len(line) < _LEAST_PROSE
    for (begin, kind), (beyond, _) in zip(begins, [*begins[1:], (last + 1, "")], strict=True):
        yield _leftover(text, lines, begin, beyond - 1, kind)


def _is_article(lines: Sequence[Line], index: int, last: int) -> bool:
    """Whether a first line is an article in one line, or the title of a paper of another kind."""
    line = lines[index].text
    if len(line) >= 3 * _LEAST_PROSE:
        return line.count("。") >= 3
    rest = lines[index + 1 : last + 1]
    return _DOCUMENT.search(line) is not None and any("。" in other.text for other in rest)


def _belongs_to_article(line: str) -> bool:
    return len(line) >= 40 or line[-1] in "。！？：；”" or numbered(line) is not None or is_debris(line)


def _leftover(text: str, lines: Sequence[Line], first: int, last: int, kind: str) -> Leftover:
    title = text[lines[first].start : lines[first].end].strip(" \t\u00a0\u3000•●◆■")
    opening = "".join(line.text for line in lines[first : min(first + 2, last + 1)])
    article = ABOUT_A_REPORT if "工作报告" in opening else ARTICLE
    reason = FURNITURE if kind == "boilerplate" else article
    return Leftover(lines[first].start, lines[last].end, title[:60], reason, kind)
