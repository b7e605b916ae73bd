"""Where the reports of a source begin and end.

A report opens with the sentence in which the head of a government lays it before the assembly (我代表…
人民政府，向大会报告工作), or, where that is missing, with a title line or salutation under which chapters
follow. It closes with its last appeal, after which no heading goes on counting; appendices still belong to
it. Articles about a report have none of the openings and stay articles.
"""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from extract.documents.cleaning import BLANK, INVISIBLE
from extract.documents.debris import is_debris
from extract.documents.folding import fold
from extract.documents.headings import NUMERAL, is_appendix, numbered
from extract.documents.leftovers import HEADING_WORD, Line, leftovers_of, opens_article
from extract.documents.model import Leftover
from extract.language.years import count

_BLANKS = re.compile(rf"[{BLANK}{INVISIBLE}]+")
_LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+")

# The council of state and the committees of zones count as governments; assemblies and courts do not.
_GOVERNMENT = r"(?:政府|国务院|管委会|管理委员会|行政公署|办事处)"
_REPORTS = r"(?:(?:报告|汇报)[^。！？]{0,12}?工作|作[^。！？]{0,8}?(?:报告|汇报)|工作(?:报告|汇报)如下)"
_WORDS = r"[^。！？]{0,30}?"
_MANDATE = re.compile(
    rf"我\s?(?:谨|们)?\s?代\s?表{_WORDS}{_GOVERNMENT}{_WORDS}{_REPORTS}|受{_WORDS}{_GOVERNMENT}的?委托{_WORDS}{_REPORTS}"
)
# Assemblies, courts and parties report too, and governments report on plans and budgets.
_OTHER_REPORT = re.compile(
    r"(?:代表|受)[^。！？，]{0,20}(?:人大常委会|常务委员会|人民法院|检察院|政协)|(?:预算|决算|发展计划)[^。！？]{0,40}(?:报告|草案|审议)"
)
_SALUTATION = re.compile(r"各位代表[：，！]")
_LABEL = r"[•●◆■★\-*]*(?:\d{1,3}[.、])?(?:[【\[（(][^】\]）)]{1,20}[】\]）)])?"
_TITLE = re.compile(
    rf"{_LABEL}[\u4e00-\u9fff]{{0,25}}(?:\d{{4}}年(?:度)?)?[\u4e00-\u9fff]{{0,30}}(?:政府|国务院)[\u4e00-\u9fff]{{0,6}}"
    r"(?:\d{4}年(?:度)?)?工作报告(?:全文|摘要|摘登|实录)?(?:[（(].{0,40}[）)])?"
)
_NEWS = re.compile(
    r"解读|解析|亮点|速览|一图|图解|划重点|关键词|学习|审议|评论|反响|热议|提出|发布|关于|起草"
)
_REGION_LINE = re.compile(r".{2,12}(?:省|自治区|市|州|盟|县|区|旗|镇|乡|街道)(?:人民政府)?|\d{4}年")
_DELIVERED = re.compile(r"在.{0,30}(?:人民代表大会|人大).{0,20}(?:会议|大会)")
_HEADING = re.compile(
    rf"(?:^|(?<=[。！？：；”\s]))(?:(?P<chapter>{NUMERAL})、|（(?P<clause>{NUMERAL})）)", re.MULTILINE
)
_APPEAL = re.compile(r"让我们|谢谢大家|谢谢各位")
_APPEAL_END = re.compile(
    r"(?:奋斗|努力|贡献|篇章|华章|辉煌|胜利|周年|明天|未来|局面|答卷|谢谢)[^。！]{0,12}[！!。]$"
)
_END_MARK = re.compile(
    r"[（(【]?(?:责任编辑|责编|编辑|校对)[:：]|相关(?:报道|链接|阅读|新闻)|延伸阅读|推荐阅读|精彩图片|查看余下全文"
    r"|[上下]一篇|版权所有|主办单位|网站地图|扫一扫|分享到|打印本页|关闭窗口|[•●◆■]?【"
)
_NOTE = re.compile(r"[【（(]?(?:编者按|编者的话|按语|编者注)")
_HEAD_LINES = 14
_HEAD_LENGTH = 700
_LEAST_REPORT = 200
_LONGEST_TAIL = 0.25  # of a report; a longer text after an appeal is the rest of the report


@dataclass(frozen=True, slots=True)
class Part:
    """One report in the source: its source span."""

    start: int
    end: int


def split(text: str) -> tuple[tuple[Part, ...], tuple[Leftover, ...]]:
    """Find the reports of a source.

    Returns:
        The reports in reading order, and all other parts that hold more than blanks; spans index the source.
    """
    folded = fold(text)
    lines = [
        Line(match.start(), match.end(), squeezed)
        for match in _LINE.finditer(folded)
        if (squeezed := _BLANKS.sub("", match[0]))
    ]
    finder = _Finder(folded, lines)
    spans = finder.spans()
    parts = tuple(Part(lines[first].start, lines[last].end) for first, last in spans)
    return parts, tuple(leftovers_of(text, lines, spans))


def lays_before(text: str) -> bool:
    """Whether somewhere in a text a report is laid before an assembly: 我代表市人民政府，向大会报告工作."""
    return _MANDATE.search(fold(text)) is not None


class _Finder:
    """The search for reports in one source; reports are pairs of line indices, the last included."""

    def __init__(self, folded: str, lines: list[Line]) -> None:
        self.folded = folded
        self.lines = lines
        self.headings = _Headings(folded)

    def spans(self) -> list[tuple[int, int]]:
        mandates = self._mandates()
        heads = [
            self._head(mandate, floor)
            for mandate, floor in zip(mandates, [0, *(m + 1 for m in mandates)], strict=False)
        ]
        found: list[tuple[int, int]] = []
        free = 0
        for number, (mandate, head) in enumerate(zip(mandates, heads, strict=True)):
            found += self._without_mandate(free, head)
            beyond = heads[number + 1] if number + 1 < len(heads) else len(self.lines)
            last = max(mandate, self._last(head, beyond))
            found.append((head, last))
            free = last + 1
        return found + self._without_mandate(free, len(self.lines))

    def _mandates(self) -> list[int]:
        """The lines that lay a report before an assembly, soon after a salutation, title or the beginning."""
        starts = [line.start for line in self.lines]
        found: list[int] = []
        for match in _MANDATE.finditer(self.folded):
            before = self.folded[max(0, match.start() - 400) : match.start()]
            if match.start() > 400 and "代表" not in before and "工作报告" not in before:
                continue
            index = max(0, bisect_right(starts, match.start()) - 1)
            if not found or index != found[-1]:
                found.append(index)
        return found

    def _head(self, mandate: int, floor: int) -> int:
        """The line with which a report begins: its title, or else the first of its head."""
        first = mandate
        length = -len(self.lines[mandate].text)
        for index in range(mandate, max(floor, mandate - _HEAD_LINES) - 1, -1):
            line = self.lines[index].text
            length += len(line)  # of words: what is not read (a table of contents) may lie in between
            if length > _HEAD_LENGTH:
                break
            if index < mandate and len(line) > 60 and not (_DELIVERED.search(line) or _NOTE.match(line)):
                break
            if is_title(line):
                above = self.lines[index - 1].text if index > floor else ""
                return index - 1 if len(above) <= 20 and _REGION_LINE.fullmatch(above) else index
            if _DELIVERED.search(line) or _SALUTATION.match(line):
                first = index
        return first

    def _without_mandate(self, first: int, beyond: int) -> list[tuple[int, int]]:
        """Reports among the lines [first, beyond) that only a title or a salutation opens."""
        found: list[tuple[int, int]] = []
        index = first
        while index < beyond:
            line = self.lines[index].text
            if (is_title(line) or _SALUTATION.match(line)) and self._reads_as_report(index, beyond):
                head = self._head(index, first)
                last = self._last(head, beyond)
                found.append((head, last))
                index = first = last + 1
            else:
                index += 1
        return found

    def _reads_as_report(self, index: int, beyond: int) -> bool:
        """Whether chapters or a salutation follow, before another title does."""
        end = next((i for i in range(index + 4, beyond) if is_title(self.lines[i].text)), beyond)
        body = self.folded[self.lines[index].start : self.lines[end - 1].end]
        if len(body) < _LEAST_REPORT or "政府" not in body:
            return False
        above = self.folded[max(0, self.lines[index].start - 200) : self.lines[index].start]
        if not is_title(self.lines[index].text) and _OTHER_REPORT.search(above + body[:200]):
            return False
        chapters = sum(1 for match in _HEADING.finditer(body) if match["chapter"])
        return chapters >= 2 or ("各位代表" in body and ("今年" in body or "过去" in body or chapters == 1))

    def _last(self, first: int, beyond: int) -> int:
        """The last line of the report that begins with line `first` and ends before line `beyond`."""
        last = beyond - 1
        for index in range(first + 1, beyond):
            if not _END_MARK.match(self.lines[index].text):
                continue
            if not (
                self._goes_on_counting(first, index - 1, beyond)
                or self._begins_to_count(first, index, beyond)
            ):
                last = index - 1
                break
        for index in range(first + 1, last + 1):
            if not _is_appeal(self.lines[index].text) or self._goes_on_counting(first, index, last + 1):
                continue
            after = self._next(index + 1, last)
            if after > last:
                return last
            if is_appendix(self.lines[after].text):
                break
            if self._is_last_word(first, index, last):
                return index
            if opens_article(self.lines, after, last) or _is_furniture(self.lines[after].text):
                return after - 1
        while last > first and is_debris(self.lines[last].text):
            last -= 1
        return last

    def _is_last_word(self, first: int, at: int, last: int) -> bool:
        """Whether line `at`, an appeal, ends a report: what follows is short, appeals to nobody, and is no appendix."""
        rest = self.lines[at + 1 : last + 1]
        said = self.lines[at].end - self.lines[first].start
        if self.lines[last].end - self.lines[at].end > _LONGEST_TAIL * said:
            return False
        return not any(_is_appeal(line.text) or is_appendix(line.text) for line in rest)

    def _begins_to_count(self, first: int, at: int, beyond: int) -> bool:
        """Whether line `at` stands in the head of a report: all its headings follow."""
        return self.headings.begin(self.lines[first].start, self.lines[at].start, self.lines[beyond - 1].end)

    def _next(self, index: int, last: int) -> int:
        while index <= last and is_debris(self.lines[index].text):
            index += 1
        return index

    def _goes_on_counting(self, first: int, at: int, beyond: int) -> bool:
        """Whether the first heading after line `at` continues a series that is open there."""
        return self.headings.go_on(self.lines[first].start, self.lines[at].end, self.lines[beyond - 1].end)


class _Headings:
    """The numbered headings of a source; none reaches over the end of a line."""

    def __init__(self, folded: str) -> None:
        self.found = list(_HEADING.finditer(folded))
        self.starts = [match.start() for match in self.found]
        self.chapters = [n for n, match in enumerate(self.found) if match["chapter"]]

    def begin(self, start: int, at: int, end: int) -> bool:
        """Whether no heading stands in [start, at), and one in [at, end) begins to count."""
        first, beyond = bisect_left(self.starts, start), bisect_left(self.starts, at)
        if first != beyond or beyond == len(self.found) or self.starts[beyond] >= end:
            return False
        following = self.found[beyond]
        return count(following["chapter"] or following["clause"]) == 1

    def go_on(self, start: int, at: int, end: int) -> bool:
        """Whether the first heading in [at, end) continues a series that is open after those in [start, at)."""
        first, beyond = bisect_left(self.starts, start), bisect_left(self.starts, at)
        if first == beyond or beyond == len(self.found) or self.starts[beyond] >= end:
            return False
        following, last = self.found[beyond], self.found[beyond - 1]
        if following["clause"]:
            return bool(last["clause"]) and count(following["clause"]) == count(last["clause"]) + 1
        nearest = bisect_left(self.chapters, beyond) - 1
        if nearest < 0 or self.chapters[nearest] < first:
            return False
        return count(following["chapter"]) == count(self.found[self.chapters[nearest]]["chapter"]) + 1


def is_title(line: str) -> bool:
    """Whether a line, folded and without blanks, is the title of a report."""
    return (
        len(line) <= 60
        and "工作报告" in line
        and _TITLE.fullmatch(line) is not None
        and not _NEWS.search(line)
    )


def _is_appeal(line: str) -> bool:
    tail = line[-240:]
    return tail[-1] in "！!。" and bool(_APPEAL.search(tail) or _APPEAL_END.search(tail))


# A short line with one of these is a heading of the report, not furniture after it.


def _is_furniture(line: str) -> bool:
    if len(line) >= 30 or line[-1] in "。！？；：，、" or numbered(line) is not None:
        return False
    return HEADING_WORD.search(line) is None
