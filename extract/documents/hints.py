"""What a document says about its text besides the words: headings, pages, tables, and what was left out.

All spans are half-open pairs of code-point indices into the decoded text (`SourceText.text`), rising.
"""

from bisect import bisect_right
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

LONGEST_SHOWN: Final = 200
"""So much of a dropped or hidden text is kept, in characters."""

DROPPED = MappingProxyType(
    {
        "navigation": "网页导航、按钮或页脚 / navigation, buttons or the foot of a web page",
        "boilerplate": "正文之外的网页文字 / text of the web page outside the article",
        "running_head": "每页重复的页眉页脚 / a line that every page repeats",
        "page_number": "页码 / page number",
        "picture_page": "没有文字层的页面（图片） / a page that is a picture, without text",
        "watermark": "水印 / a watermark",
        "header_footer": "文档页眉页脚 / header or footer of the document",
        "struck": "加了删除线的文字 / text that is struck out",
        "note_mark": "注释的序号 / the mark of a note",
        "ruby": "注音 / how a word is pronounced, in small letters above it",
        "numbering": "与手写序号重复的自动编号 / an automatic number beside the same one typed",
        "deleted": "修订中已删除的文字 / text that a tracked change deleted",
        "footnote": "脚注或尾注 / a footnote or endnote",
        "comment": "批注 / a comment",
        "markup": "HTML 注释或未闭合的代码中的文字 / words in a comment of the HTML, or in code that does not end",
        "code": "网页脚本或样式表中的文字 / words in a script or a style sheet of the page",
        "unnamed": "字体未注明是何字的字符，正文中为 \ufffd / characters that the font does not name: \ufffd in the text",
        "embedded": "嵌入的文件，未读取 / an embedded file, which is not read",
        "picture": "图片 / a picture",
        "undecodable": "无法解码的字节 / bytes that are no characters",
        "front_matter": "文件头信息 / front matter of the file",
        "empty_page": "没有文字的页面 / a page without text",
        "damaged_page": "数据有损、文字可能不全的页面 / a page whose data are damaged: text may be missing",
        "unreadable_page": "无法解析的页面 / a page that cannot be read",
    }
)
"""Why a part of a document is not in its text: code → Chinese / English."""

HIDDEN = MappingProxyType(
    {
        "not_displayed": ("不显示的文字", "text that is not displayed"),
        "vanish": ("设为隐藏的文字", "text formatted as hidden"),
        "white": ("与背景同色的文字", "text in the colour of its background"),
        "tiny": ("字号小到看不见的文字", "text too small to be seen"),
        "off_page": ("页面之外的文字", "text placed outside the page"),
        "transparent": ("透明的文字", "transparent text"),
        "characters": ("看不见的字符", "characters that are not seen"),
    }
)
"""How text was hidden: code → Chinese, English."""


@dataclass(frozen=True, slots=True)
class HeadingHint:
    """A paragraph that the document itself sets as a heading.

    Attributes:
        start, end: its span.
        level: 1 for the outermost.
        style: what the document calls it: `Heading 1`, `h2`, `##`.
    """

    start: int
    end: int
    level: int
    style: str


@dataclass(frozen=True, slots=True)
class PageHint:
    """The text of one page; `number` counts the sheets from 1."""

    start: int
    end: int
    number: int


@dataclass(frozen=True, slots=True)
class TableHint:
    """A table, put into one sentence a row.

    Attributes:
        start, end: its span.
        rows: the span of each row's sentence.
    """

    start: int
    end: int
    rows: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Hidden:
    """Text that a reader of the document does not see; it is not in the decoded text.

    Attributes:
        at: the place in the decoded text where it stood.
        text: its beginning, at most `LONGEST_SHOWN` characters.
        length: how long all of it is.
        way: how it was hidden, a key of `HIDDEN`.
        apart: whether it stood outside the text proper, as the menus of a web page do.
        numbers: how many numbers all of it holds.
    """

    at: int
    text: str
    length: int
    way: str
    apart: bool = False
    numbers: int = 0


@dataclass(frozen=True, slots=True)
class Dropped:
    """A visible part of the document that is not in the decoded text.

    Attributes:
        at: the place in the decoded text where it stood.
        text: its beginning, at most `LONGEST_SHOWN` characters.
        length: how long all of it is.
        reason: a key of `DROPPED`.
        page: the page it stands on, where there are pages.
        numbers: how many numbers all of it holds, as `numbers_left` counts them.
    """

    at: int
    text: str
    length: int
    reason: str
    page: int | None = None
    numbers: int = 0


@dataclass(frozen=True, slots=True)
class Hints:
    """All that a document says about its text besides the words.

    Attributes:
        title: the title that the document carries in its properties; empty where there is none.
        headings, pages, tables: where they stand.
        hidden, dropped: what is not in the text, and why.
        by_script: what the page hides until a script shows it, and what was read all the same.
    """

    title: str = ""
    headings: tuple[HeadingHint, ...] = ()
    pages: tuple[PageHint, ...] = ()
    tables: tuple[TableHint, ...] = ()
    hidden: tuple[Hidden, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    by_script: tuple[tuple[int, int], ...] = ()

    def page_at(self, offset: int) -> int | None:
        """The number of the page on which a place of the text stands; None where there are no pages."""
        at = bisect_right(self.pages, offset, key=lambda page: page.start) - 1
        return self.pages[at].number if at >= 0 else None
