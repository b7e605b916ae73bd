"""What web pages, printers and newspapers leave between the sentences of a report: patterns as data.

A pattern of `LINES` must match a whole line, blanks removed; one of `INLINE` is cut out of the line in which
it stands. Each is here because it never carries a word of a report.
"""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Debris:
    """One kind of debris.

    Attributes:
        reason: what it is.
        pattern: regular expression over folded text.
    """

    reason: str
    pattern: str


_CLOCK = r"\d{1,2}[:：]\d{2}(?:[:：]\d{2})?"
_STAMP = r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}"
_DATE = rf"(?:{_STAMP}|\d{{4}}年\d{{1,2}}月\d{{1,2}}日)"
_SOURCE = r"(?:信息|文章|稿件)?来源[:：].{0,30}"
_NAMES = r"[\u4e00-\u9fff、·]{2,12}"
_PAGE = r"[\d一二三四五六七八九十]{1,3}"
_BUTTONS = (
    "下载|打印|全屏|收藏|加大|还原|减小|分享|关闭|复制|朗读|大|中|小|】"
    "|首页|尾页|上一页|下一页|返回顶部|关闭窗口|打印本页"
)
_EDITORS = "责任编辑|编辑|责编|校对|作者|记者|供稿|审核|初审|终审|撰稿"
_RELATED = "相关(?:报道|链接|阅读|新闻|文档|附件)|延伸阅读|推荐阅读|精彩图片"
_MORE = "查看余下全文|展开全文|阅读全文|点击查看.{0,12}|扫一扫.{0,20}|[上下]一篇[:：]?.{0,40}"

LINES: tuple[Debris, ...] = (
    Debris("page number between dashes", r"[-—–－·~～]+\d{1,3}[-—–－·~～]+"),
    Debris("page number in words", rf"第{_PAGE}页(?:[，,/]?共{_PAGE}页)?|\d{{1,3}}/\d{{1,3}}页?"),
    Debris("buttons of a web page", rf"(?:{_BUTTONS})+"),
    Debris("font size switch", r"【?字[号体][:：].{0,16}"),
    Debris("where the page was published", rf"(?:{_DATE})?(?:{_CLOCK})?{_SOURCE}"),
    Debris("stamp of date and time", rf"{_STAMP}(?:{_CLOCK})?|{_DATE}{_CLOCK}"),
    Debris(
        "when the page was published",
        rf"(?:发布|成文|更新|发文)?(?:时间|日期)[:：]{_DATE}(?:{_CLOCK})?(?:{_SOURCE})?",
    ),
    Debris("how often the page was read", r"(?:浏览|阅读|点击|访问)(?:次数|量|数)[:：]?\d*次?"),
    Debris("editor's line", rf"[（(【\[]?(?:{_EDITORS})[:：].{{0,30}}"),
    Debris("photographer's line", rf".{{0,40}}(?:记者|通讯员|摄影)[:：]?{_NAMES}摄(?:影|制)?[。）)]?"),
    Debris("pointer to another page", rf"(?:{_RELATED}|{_MORE})[:：]?"),
    Debris("jump line of a newspaper", rf"[（(]?(?:下转|上接|紧接|转|接)第?{_PAGE}版[）)]?"),
    Debris("rule of signs", r"[-—=_*·.~#]{3,}"),
)

INLINE: tuple[Debris, ...] = (
    Debris("jump line of a newspaper", rf"[（(](?:下转|上接|紧接|转|接)第?{_PAGE}版[）)]"),
    Debris(
        "photographer's credit", rf"[（(](?:本报|新华社)?(?:记者|通讯员|摄影)[:：]?{_NAMES}摄(?:影)?[）)]"
    ),
    Debris("mark of a subscript", r"(?<=[A-Za-z])_(?=\d)"),
)

_LINE = re.compile("|".join(f"(?:{debris.pattern})" for debris in LINES))
_INLINE = re.compile("|".join(f"(?:{debris.pattern})" for debris in INLINE))
_INLINE_SIGNS = ("版", "摄", "_")
_LONGEST = 80  # no debris line is longer


def is_debris(line: str) -> bool:
    """Whether a line, blanks removed, is debris and nothing else."""
    return len(line) <= _LONGEST and _LINE.fullmatch(line) is not None


def debris_within(line: str) -> list[tuple[int, int]]:
    """The spans of debris inside a line."""
    if not any(sign in line for sign in _INLINE_SIGNS):
        return []
    return [match.span() for match in _INLINE.finditer(line)]
