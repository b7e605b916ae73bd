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
_PAGE = r"[A-Z]?[\d一二三四五六七八九十]{1,3}"
_BUTTONS = (
    "下载|打印|全屏|收藏|加大|还原|减小|分享|关闭|复制|朗读|大|中|小|】"
    "|首页|尾页|上一页|下一页|返回顶部|关闭窗口|打印本页|转发|保存|放大|缩小|正常|适中|加入收藏|收藏本页|我要纠错|纠错|无障碍"
    "|长者模式|繁体版?|简体版?|English|登录|注册|微信|微博|新浪微博|QQ空间|QQ好友|朋友圈|T[大中小]|T(?![大中小])|分享到[:：]?|分享[:：]|[|\\[\\]【（）/]"
)
_EDITORS = (
    "责任编辑|本版编辑|本版责编|编辑|美编|责编|校对|作者|记者|供稿|审核|初审|复审|终审|撰稿|值班编委|签发"
)
_FILED = (
    "索引号|信息索引号|发文机关|发文机构|发布机构|公开责任部门|主题分类|组配分类|体裁分类|主题词|公开方式|公开范围|公开时限|公开日期"
    "|发文字号|文号|生成日期|有效性|信息名称|服务对象|语种"
)
_FOOT = (
    "版权所有|版权声明|主办(?:单位)?[:：]|承办(?:单位)?[:：]|协办(?:单位)?[:：]|技术支持|运维单位|(?:ICP)?备案号?[:：]|网站标识码|地址[:：]|邮编[:：]"
    "|邮政编码|联系电话|传真[:：]|网站地图|联系我们|关于我们|友情链接|网站声明|您是第|今日访问|总访问"
)
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
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
    Debris(
        "caption of a picture",
        r"[▲△▼↑↓←→]{0,2}[上下左右题]?图(?:为|[①②③④:：]).{0,70}|[▲△▼↑↓]{1,2}.{0,70}"
        r"|.{0,60}[（(]?(?:新华社发|供图|资料图片|资料照片)[）)]?。?",
    ),
    Debris("pointer to another page", rf"(?:{_RELATED}|{_MORE})[:：]?"),
    Debris("jump line of a newspaper", rf"[（(【]?(?:下转|上接|紧接|紧转|转|接)第?{_PAGE}版[）)】]?"),
    Debris("path within a web site", r"(?:您?的?(?:当前|现在|所在)?的?位置[:：]|首页[>/»›\-—]).{0,70}"),
    Debris("filing data of a document", rf"(?:{_FILED})[:：].{{0,50}}"),
    Debris("foot of a web page", rf"(?:{_FOOT}).{{0,70}}|.{{0,30}}(?:ICP备|公网安备).{{0,40}}"),
    Debris(
        "attached file",
        r"(?:附件\d{0,2}[:：]?)?.{0,40}\.(?:pdf|docx?|wps|xlsx?|ofd|zip|rar)",
    ),
    Debris("masthead of a newspaper", r"\d{4}年\d{1,2}月\d{1,2}日星期[一二三四五六日天].{0,16}"),
    Debris(
        "page of a newspaper",
        rf"(?:第{_PAGE}版|[A-D]0\d)[:：]?[\u4e00-\u9fff]{{0,6}}",
    ),
    Debris("name of a newspaper", r"[\u4e00-\u9fff]{2,6}(?:日报|晚报|晨报|都市报)"),
    Debris("end of the text", r"[（(【](?:全文)?完[）)】]"),
    Debris("how often it was read", r"(?:阅读|点击|浏览|访问)(?:量|数|次数)?[:：]?[\d.]+万?[+＋]?次?"),
    Debris("call to follow", r"(?:扫描|长按|识别).{0,8}二维码.{0,12}"),
    Debris("line of a table of contents", r".{2,40}(?:…{2,}|\.{4,}|·{4,})\d{1,3}"),
    Debris("rule of signs", r"[-—=_*·.~#]{3,}"),
)

INLINE: tuple[Debris, ...] = (
    Debris("jump line of a newspaper", rf"[（(【](?:下转|上接|紧接|紧转|转|接)第?{_PAGE}版[）)】]"),
    Debris(
        "photographer's credit", rf"[（(](?:本报|新华社)?(?:记者|通讯员|摄影)[:：]?{_NAMES}摄(?:影)?[）)]"
    ),
    Debris(
        "editor's line at the end of a line",
        rf"(?<=[。！？])[ \t\u3000]*[（(]?(?:{_EDITORS}|(?:信息|文章|稿件)?来源|分享到?)[:：][^。！？]{{0,50}}$",
    ),
    Debris(
        "mark of a note",
        rf"(?<=[\d%％\u4e00-\u9fff”）])(?<!10)[{_RAISED}]{{1,2}}(?=[\d万亿%％\u4e00-\u9fff，。；、])",
    ),
    Debris(
        "mark of a note in a circle",
        r"(?<=[”）])[①-⑳](?=[\d\u4e00-\u9fff，。；、])|(?<=[\u4e00-\u9fff])[①-⑳](?=\d)",
    ),
    Debris(
        "mark of a note in brackets",
        r"(?<=[\d%％\u4e00-\u9fff）”])[\[〔【［]注?\d{1,2}[\]〕】］](?=[\d“万亿%％\u4e00-\u9fff，。；、）]|[ \t\u3000]*$)",
    ),
    Debris("mark of a subscript", r"(?<=[A-Za-z])_(?=\d)"),
)

_LINE = re.compile("|".join(f"(?:{debris.pattern})" for debris in LINES))
_INLINE = re.compile("|".join(f"(?:{debris.pattern})" for debris in INLINE))
_INLINE_SIGNS = ("版", "摄", "_", "[", "〔", "【", "［", "来源", "编", "分享", *_RAISED, *_CIRCLED)
_LONGEST = 80  # no debris line is longer


def is_debris(line: str) -> bool:
    """Whether a line, blanks removed, is debris and nothing else."""
    return len(line) <= _LONGEST and _LINE.fullmatch(line) is not None


def why_debris(line: str) -> str:
    """What a line of debris, blanks removed, is; empty where it is none."""
    if not is_debris(line):
        return ""
    return next(debris.reason for debris in LINES if re.fullmatch(debris.pattern, line))


def debris_within(line: str) -> list[tuple[int, int]]:
    """The spans of debris inside a line."""
    if not any(sign in line for sign in _INLINE_SIGNS):
        return []
    return [match.span() for match in _INLINE.finditer(line)]
