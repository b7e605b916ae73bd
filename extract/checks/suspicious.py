"""Words that a scraper or a web page put into a report: found and told, never taken out.

What does not belong to the language of a report is told by its form: addresses of the web, numbers to call,
calls to follow, copyright notes, and signs that stand in mid-sentence where no report has them.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from extract.checks.context import Context, Finding
from extract.checks.issues import issue
from extract.documents.model import Report
from schemas import Issue

MOST_SPANS = 100

_HAN = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of suspicious text.

    Attributes:
        what, what_en: what it looks like.
        pattern: matches it.
        words: each match begins with one of these, which are looked for first; none where the pattern itself
            begins with signs that reports hardly have.
        inside: whether it is suspicious only between two Chinese characters.
    """

    what: str
    what_en: str
    pattern: re.Pattern[str]
    words: tuple[str, ...] = ()
    inside: bool = False

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Where it stands."""
        if not self.words:
            found = self.pattern.finditer(text)
            yield from (match.span() for match in found if not self.inside or _is_put_in(text, *match.span()))
        for word in self.words:
            at = text.find(word)
            while at >= 0:
                match = self.pattern.match(text, at)
                if match:
                    yield match.span()
                at = text.find(word, match.end() if match else at + 1)


def _kind(what: str, what_en: str, pattern: str, words: str = "", *, inside: bool = False) -> Kind:
    return Kind(what, what_en, re.compile(pattern), tuple(words.split()), inside)


_REST = r"[^，。；（）\n]"  # of the same clause

KINDS: tuple[Kind, ...] = (
    _kind("网址", "web address", r"(?:https?://|www\.)[\w./?=&%#:-]{1,300}", "http www."),
    _kind(
        "网址",
        "web address",
        r"[A-Za-z0-9][A-Za-z0-9-]{1,30}\.(?:com|cn|net|org|vip|top|xyz|info)(?:\.cn)?(?![A-Za-z0-9])",
    ),
    _kind("电子邮箱", "e-mail address", r"[A-Za-z0-9_.+-]{2,30}@[A-Za-z0-9-]{2,30}\.[a-z]{2,6}"),
    _kind(
        "联系电话",
        "number to call",
        r"(?:电话|热线|手机|客服|QQ群?|微信号?)[:：]?[ ]?[\d-]{7,15}|(?:400|800)-\d{3,4}-\d{3,4}",
        "电话 热线 手机 客服 QQ 微信 400- 800-",
    ),
    _kind(
        "引导关注",
        "call to follow or to click",
        rf"(?:关注|扫码|长按|搜索){_REST}{{0,12}}(?:公众号|二维码|微信|小程序|视频号)"
        r"|点击(?:(?:这里|此处|上方|下方)?(?:查看|下载|阅读|链接|蓝字|进入)|这里|此处)(?:详情|全文|原文)?"
        rf"|下载{_REST}{{0,8}}(?:APP|客户端)|添加微信",
        "关注 扫码 长按 搜索 点击 下载 添加微信",
    ),
    _kind(
        "版权声明",
        "copyright note",
        rf"(?:版权所有|未经(?:授权|许可)|转载请注明|本文(?:来源|来自|转自|由)|本站(?:声明|提供)|免责声明|原标题"
        rf"|更多精彩|手机阅读|责任编辑|文章来源|内容来源){_REST}{{0,20}}",
        "版权所有 未经 转载请 本文 本站 免责声明 原标题 更多精彩 手机阅读 责任编辑 文章来源 内容来源",
    ),
    _kind(
        "广告",
        "advertisement",
        rf"(?:棋牌|博彩|彩票|捕鱼|真人){_REST}{{0,4}}(?:平台|游戏|网站|官网|娱乐)|最新网址|小说网|免费阅读|在线观看"
        r"|最新章节|办证刻章|注册送|(?:网|在线|信息港|论坛)(?:讯|首发|独家|整理|小编)",
        "棋牌 博彩 彩票 捕鱼 真人 最新 小说网 免费阅读 在线 办证 注册送 网 信息港 论坛",
    ),
    _kind("混入的字母数字", "letters in mid-sentence", r"[A-Za-z0-9]{5,16}", inside=True),
    _kind("混入的符号", "stray signs", r"[#$^*_|\\~{}<>@&=]{1,6}", inside=True),
    _kind(
        "网页代码",
        "code of a web page",
        r"&(?:nbsp|amp|lt|gt|quot|#\d{2,5})[;；]|</?[a-z]{1,10}[^<>\n]{0,80}>",
    ),
    _kind("乱码", "broken characters", r"[\ufffd\ue000-\uf8ff]+"),
    _kind("乱码", "broken characters", r"锟斤拷|烫烫烫|屯屯屯|(?:Ã|Â|â€){2,}", "锟斤拷 烫烫烫 屯屯屯 Ã Â â€"),
)


@dataclass(frozen=True, slots=True)
class Run:
    """A run of suspicious text: its span in the source, and what it looks like in Chinese and English."""

    start: int
    end: int
    what: str
    what_en: str


def suspicious_runs(report: Report) -> list[Run]:
    """What in a report does not read like one, in reading order; only what engines read is looked at."""
    text = report.clean.text
    spans = [(start, end, kind) for kind in KINDS for start, end in kind.spans(text)]
    out: list[Run] = []
    beyond = 0
    for start, end, kind in sorted(spans, key=lambda one: (one[0], -one[1])):
        if start >= beyond:
            out.append(Run(*report.clean.source_span(start, end), kind.what, kind.what_en))
            beyond = end
    return out


def _is_put_in(text: str, start: int, end: int) -> bool:
    """Whether signs, or letters mixed with digits, stand between two Chinese characters."""
    inner = text[start:end]
    if inner.isalnum() and not (any(c.islower() for c in inner) and any(c.isdigit() for c in inner)):
        return False
    return start > 0 and bool(_HAN.match(text, start - 1) and _HAN.match(text, end))


def suspicious_text(context: Context) -> Iterator[Finding]:
    """`suspicious_text` where words were put into the report that are none of its own."""
    runs = suspicious_runs(context.report)
    if not runs:
        return
    source = context.report.source.text
    kinds = list(dict.fromkeys((run.what, run.what_en) for run in runs))
    shown = "、".join(f"“{source[run.start : run.end][:30]}”" for run in runs[:3])
    yield Finding(
        None,
        issue(
            "suspicious_text",
            f"正文中有{len(runs)}处疑似混入的文字（{'、'.join(one for one, _ in kinds)}）：{shown}。",
            f"{len(runs)} runs of text do not read like a report ({', '.join(one for _, one in kinds)}); "
            "they were left where they are.",
            [(run.start, run.end) for run in runs[:MOST_SPANS]],
        ),
    )
    starts, ends = [run.start for run in runs], [run.end for run in runs]  # both rise: no run holds another
    for number, item in enumerate(context.grounded):
        evidence = item.record.evidence
        first, last = bisect_right(ends, evidence.start), bisect_left(starts, evidence.end)
        if first < last:
            yield Finding(number, _on_record(runs[first:last], source))


def _on_record(runs: list[Run], source: str) -> Issue:
    shown = "、".join(f"“{source[run.start : run.end][:30]}”" for run in runs[:3])
    return issue(
        "suspicious_text",
        f"引文中疑似混入与报告无关的文字：{shown}。",
        f"Text in the quotation does not read like a report: {shown}.",
        [(run.start, run.end) for run in runs],
    )
