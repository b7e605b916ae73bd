"""Where the reports of a source begin and end, and what the rest of it is.

A report opens with the sentence in which the head of a government lays it before the assembly (“我代表…人民政府，
向大会报告工作”), with a title line of its own, or with the bare salutation; the first of these that holds decides.
It closes with its last appeal, after which no heading goes on counting; appendices still belong to it. Articles
about a report have none of the openings and stay articles.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from extract.documents.cleaning import BLANK, INVISIBLE
from extract.documents.debris import is_debris
from extract.documents.folding import fold
from extract.documents.headings import NUMERAL, is_part, numbered
from extract.documents.model import Leftover
from extract.documents.periods import count

_BLANKS = re.compile(rf"[{BLANK}{INVISIBLE}]+")
_LINE = re.compile(r"[^\n\r\x0b\x0c\x85\u2028\u2029]+")

# “现在，我代表云州市人民政府，向大会报告工作”; the council of state and the committees of zones count as governments.
_GOVERNMENT = r"(?:政府|国务院|管委会|管理委员会|行政公署|办事处)"
_REPORTING = r"(?:(?:报告|汇报)[^。！？]{0,12}?工作|作(?:政府)?[^。！？]{0,6}?工作(?:报告|汇报)|工作(?:报告|汇报)如下)"
_MANDATE = re.compile(rf"我\s?(?:谨|们)?\s?(?:代表|受)[^。！？]{{0,30}}?{_GOVERNMENT}[^。！？]{{0,30}}?{_REPORTING}")
_OTHER_BODY = re.compile(r"代表[^。！？]{0,20}(?:人大常委会|常务委员会|人民法院|检察院|政协)")
_SALUTATION = re.compile(r"^各位代表[：，！]")
_TITLE = re.compile(
    r"^[•●◆■★\-*\s]*(?:[【\[（(][^】\]）)]{1,20}[】\]）)])?"
    r"(?:[\u4e00-\u9fff]{0,25}\d{4}年(?:度)?)?[\u4e00-\u9fff]{0,30}(?:政府|国务院)[\u4e00-\u9fff]{0,6}(?:\d{4}年)?工作报告(?:[（(].{0,40}[）)])?$"
    r"|^[\u4e00-\u9fff]{0,25}政府\d{4}年(?:度)?工作报告$"
)
_NEWS_TITLE = re.compile(r"解读|解析|摘要解|亮点|速览|一图|图解|划重点|关键词|学习|审议|评论|反响|热议|提出|发布|关于|起草")
_REGION_LINE = re.compile(r"[\u4e00-\u9fff]{2,12}(?:省|自治区|市|州|盟|县|区|旗|镇|乡|街道)(?:人民政府)?$|^\d{4}年$")
_DELIVERED = re.compile(r"在.{0,30}(?:人民代表大会|人大).{0,20}(?:会议|大会)")
_HEADING = re.compile(rf"(?:^|(?<=[。！？：；”\s]))(?:(?P<chapter>{NUMERAL})、|（(?P<clause>{NUMERAL})）)", re.MULTILINE)
_APPEAL = re.compile(r"让我们|谢谢大家|谢谢各位")
_APPEAL_END = re.compile(r"(?:奋斗|努力|贡献|篇章|华章|辉煌|胜利|周年|明天|未来|局面|答卷|谢谢)[^。！]{0,12}[！!。]$")
_END_MARK = re.compile(
    r"^(?:[（(【]?(?:责任编辑|责编|编辑|校对)[:：]|相关(?:报道|链接|阅读|新闻)|延伸阅读|推荐阅读|精彩图片|查看余下全文"
    r"|上一篇|下一篇|版权所有|主办单位|网站地图|扫一扫|分享到|打印本页|关闭窗口|[•●◆■]?【)"
)
# A short line with one of these is a heading of the report, no title of the next article.
_ROLE_WORD = re.compile(r"回顾|任务|目标|安排|部署|工作|实事|要求|打算|总结|五年|今年")
_SENTENCE_STOP = "。！？；：，、"
_HEAD_LINES = 14
_HEAD_LENGTH = 700
_LEAST_REPORT = 300
_LEAST_PROSE = 100


@dataclass(frozen=True, slots=True)
class Part:
    """One report in the source: its source span."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that is not blank: its source span and its text, folded and without blanks."""

    start: int
    end: int
    text: str


def split(text: str) -> tuple[tuple[Part, ...], tuple[Leftover, ...]]:
    """Find the reports of a source.

    Returns:
        The reports in reading order, and all other parts that hold more than blanks; spans of source indices.
    """
    folded = fold(text)
    lines = [
        _Line(match.start(), match.end(), squeezed)
        for match in _LINE.finditer(folded)
        if (squeezed := _BLANKS.sub("", match[0]))
    ]
    if not lines:
        return (), ()
    openings = _openings(folded, lines)
    parts: list[Part] = []
    for number, first in enumerate(openings):
        beyond = openings[number + 1] if number + 1 < len(openings) else len(lines)
        last = _last_line(folded, lines, first, beyond)
        parts.append(Part(lines[first].start, lines[last].end))
    return tuple(parts), tuple(_leftovers(text, lines, parts))


def _openings(folded: str, lines: list[_Line]) -> list[int]:
    """Indices of the lines with which reports begin, rising."""
    starts = [line.start for line in lines]
    mandates: list[int] = []
    for match in _MANDATE.finditer(folded):
        index = _line_at(starts, match.start())
        if not mandates or index != mandates[-1]:
            mandates.append(index)
    firsts: list[int] = []
    floor = 0
    for index in mandates:
        first = _head(lines, index, floor)
        firsts.append(first)
        floor = index + 1
    bounds = [*mandates, len(lines)]
    for index, line in enumerate(lines):
        if not (_is_title(line.text) or _SALUTATION.match(line.text)):
            continue
        beyond = next((bound for bound in bounds if bound >= index), len(lines))
        if beyond < len(lines) and index >= _head(lines, beyond, 0) - 1:
            continue  # belongs to the head of a mandate
        if any(first <= index <= mandate + 400 for first, mandate in zip(firsts, mandates, strict=False)):
            continue  # inside a report already
        if _reads_as_report(folded, lines, index, beyond):
            firsts.append(index)
            break  # without a mandate there is one report at most
    return sorted(set(firsts))


def _line_at(starts: list[int], position: int) -> int:
    low, high = 0, len(starts)
    while low < high:
        middle = (low + high) // 2
        if starts[middle] <= position:
            low = middle + 1
        else:
            high = middle
    return max(0, low - 1)


def _is_title(line: str) -> bool:
    return len(line) <= 60 and _TITLE.match(line) is not None and not _NEWS_TITLE.search(line)


def _head(lines: list[_Line], mandate: int, floor: int) -> int:
    """The line with which the report of a mandate begins: its title, or else its first head line."""
    first = mandate
    for index in range(mandate, max(floor, mandate - _HEAD_LINES) - 1, -1):
        if lines[mandate].start - lines[index].start > _HEAD_LENGTH:
            break
        line = lines[index].text
        if index < mandate and len(line) > 60 and not _DELIVERED.search(line):
            break
        if _is_title(line):
            above = index - 1
            if above >= floor and _REGION_LINE.search(lines[above].text) and len(lines[above].text) <= 20:
                return above
            return index
        if _DELIVERED.search(line) or _SALUTATION.match(line):
            first = index
    return first


def _reads_as_report(folded: str, lines: list[_Line], index: int, beyond: int) -> bool:
    start = lines[index].start
    end = lines[beyond].start if beyond < len(lines) else len(folded)
    body = folded[start:end]
    if len(body) < _LEAST_REPORT or _OTHER_BODY.search(body[:300]) or "政府" not in body:
        return False
    chapters = sum(1 for match in _HEADING.finditer(body) if match["chapter"])
    salutation = "各位代表" in body
    return chapters >= 2 or (salutation and ("今年" in body or "过去" in body or chapters >= 1))


def _last_line(folded: str, lines: list[_Line], first: int, beyond: int) -> int:
    """The last line of the report that begins with line `first`; lines from `beyond` on are out of question."""
    last = beyond - 1
    for index in range(first + 1, beyond):
        if _END_MARK.match(lines[index].text) and not _goes_on_counting(folded, lines, first, index - 1, beyond):
            last = index - 1
            break
    for index in range(first + 1, last + 1):
        if _is_appeal(lines[index].text) and not _goes_on_counting(folded, lines, first, index, last + 1):
            after = _next_line(lines, index + 1, last)
            if after > last:
                return last
            if is_part(lines[after].text):
                return _without_tail_debris(lines, first, last)
            if _opens_article(lines, after, last) or _is_furniture(lines[after].text):
                return after - 1
    return _without_tail_debris(lines, first, last)


def _next_line(lines: list[_Line], index: int, last: int) -> int:
    while index <= last and is_debris(lines[index].text) and not is_part(lines[index].text):
        index += 1
    return index


def _is_furniture(line: str) -> bool:
    return len(line) < 30 and line[-1] not in _SENTENCE_STOP and numbered(line) is None and not _ROLE_WORD.search(line)


def _without_tail_debris(lines: list[_Line], first: int, last: int) -> int:
    while last > first and is_debris(lines[last].text):
        last -= 1
    return last


def _is_appeal(line: str) -> bool:
    tail = line[-240:]
    return tail[-1] in "！!。" and bool(_APPEAL.search(tail) or _APPEAL_END.search(tail))


def _goes_on_counting(folded: str, lines: list[_Line], first: int, at: int, beyond: int) -> bool:
    """Whether the first heading after line `at` continues a series that was open there."""
    chapter = clause = 0
    for match in _HEADING.finditer(folded, lines[first].start, lines[at].end):
        if match["chapter"]:
            chapter, clause = count(match["chapter"]), 0
        else:
            clause = count(match["clause"])
    end = lines[beyond - 1].end
    following = _HEADING.search(folded, lines[at].end, end)
    if following is None:
        return False
    if following["chapter"]:
        return count(following["chapter"]) == chapter + 1 and chapter > 0
    return count(following["clause"]) == clause + 1 and clause > 0


def _opens_article(lines: list[_Line], index: int, last: int) -> bool:
    """Whether a line is the title of an article: short, without a stop, and followed by prose."""
    line = lines[index].text
    if not 5 <= len(line) <= 60 or line[-1] in _SENTENCE_STOP or numbered(line) or line[0].isdigit() or is_part(line):
        return False
    if len(line) < 30 and _ROLE_WORD.search(line) and "【" not in line:
        return False
    following = next((other.text for other in lines[index + 1 : min(index + 4, last + 1)] if not is_debris(other.text)), "")
    return len(following) >= _LEAST_PROSE and following.count("。") >= 1


def _leftovers(text: str, lines: list[_Line], parts: list[Part]) -> Iterator[Leftover]:
    """What lies outside the reports, as articles and runs of boilerplate."""
    run: list[int] = []
    bounds = iter(parts)
    part = next(bounds, None)
    for index, line in enumerate(lines):
        while part is not None and line.start >= part.end:
            yield from _divided(text, lines, run)
            run = []
            part = next(bounds, None)
        if part is None or line.end <= part.start:
            run.append(index)
        elif run:
            yield from _divided(text, lines, run)
            run = []
    yield from _divided(text, lines, run)


def _divided(text: str, lines: list[_Line], run: list[int]) -> Iterator[Leftover]:
    if not run:
        return
    last = run[-1]
    begins: list[tuple[int, str]] = []
    for index in run:
        line = lines[index].text
        if _opens_article(lines, index, last):
            begins.append((index, "article"))
        elif not begins:
            begins.append((index, "article" if len(line) >= 3 * _LEAST_PROSE and line.count("。") >= 3 else "boilerplate"))
        elif begins[-1][1] == "article" and index > begins[-1][0] and not _belongs_to_article(line):
            begins.append((index, "boilerplate"))
    for number, (first, kind) in enumerate(begins):
        end = begins[number + 1][0] - 1 if number + 1 < len(begins) else last
        yield _leftover(text, lines, first, end, kind)


def _belongs_to_article(line: str) -> bool:
    return len(line) >= 40 or line[-1] in "。！？：；”" or numbered(line) is not None or is_debris(line)


def _leftover(text: str, lines: list[_Line], first: int, last: int, kind: str) -> Leftover:
    title = text[lines[first].start : lines[first].end].strip(f"{BLANK}•●◆■")
    about = "工作报告" in "".join(line.text for line in lines[first : min(first + 2, last + 1)])
    if kind == "boilerplate":
        reason = "网页或刊物的附属文字，不是报告 / page furniture, no report"
    elif about:
        reason = "关于工作报告的文章，不是报告本身 / an article about a report, not the report itself"
    else:
        reason = "没有政府工作报告的标题、称呼和报告语 / an article without the title, salutation or opening of a report"
    return Leftover(lines[first].start, lines[last].end, title[:60], reason, kind)
