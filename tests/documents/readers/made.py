"""Documents made for the tests: DOCX, PDF, web pages, archives."""

import html
import math
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from docx import Document
from docx.oxml import parse_xml

SAMPLES = Path(__file__).parent / "samples"
"""Documents that other programs made; `samples/README.md` says how."""

TITLE = "临江市2024年政府工作报告"
PAGE_WORDS = "首页 政务公开 新闻中心 办事服务 互动交流 数据开放 走进临江 政策文件 部门动态 招商引资".split()

_CHAPTER = re.compile(r"[一二三四五六七八九十]+、.{0,50}")
_CLAUSE = re.compile(r"（[一二三四五六七八九十]+）.{0,50}")


def docx(text: str) -> bytes:
    """A DOCX with a paragraph a line; chapters and clauses are set as headings."""
    document = Document()
    for line in text.splitlines():
        if not line.strip():
            continue
        level = 1 if _CHAPTER.fullmatch(line) else 2 if _CLAUSE.fullmatch(line) else 0
        if level:
            document.add_heading(line, level)
        else:
            document.add_paragraph(line)
    return saved(document)


def saved(document) -> bytes:
    """The bytes of a python-docx document."""
    out = BytesIO()
    document.save(out)
    return out.getvalue()


NAMESPACES = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "v": "urn:schemas-microsoft-com:vml",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    }.items()
)
RAISED = '<w:vertAlign w:val="superscript"/>'


def run(text: str, properties: str = "") -> str:
    """A run of WordprocessingML."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def box(*paragraphs: str) -> str:
    """A run with a text box as Word writes it: in two versions, for itself and for programs before 2010."""
    content = f"<w:txbxContent>{''.join(paragraphs)}</w:txbxContent>"
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp>'
        f"<wps:txbx>{content}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:shape><v:textbox>{content}</v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


def table(*rows: Sequence[str]) -> str:
    """A table of WordprocessingML; its cells are paragraphs and tables of it."""
    cells = ("".join(f"<w:tc><w:tcPr/>{cell}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def written(*blocks: str, styles: str = "") -> bytes:
    """A DOCX of paragraphs and tables of WordprocessingML, with styles of its own."""
    document = Document()
    for style in parse_xml(f"<w:styles {NAMESPACES}>{styles}</w:styles>"):
        document.styles.element.append(style)
    for place, block in enumerate(parse_xml(f"<w:body {NAMESPACES}>{''.join(blocks)}</w:body>")):
        document.element.body.insert(place, block)
    return saved(document)


def paragraphs(text: str) -> str:
    """The lines of a text as paragraphs of HTML."""
    return "".join(f"<p>{html.escape(line)}</p>\n" for line in text.splitlines() if line.strip())


def page(body: str, *, furniture: int = 40, style: str = "", charset: str = "utf-8") -> str:
    """A page of a government's web site around an article; `furniture` says how many lists and adverts."""
    menu = "".join(f'<li><a href="/{n}">{word}</a></li>' for n, word in enumerate(PAGE_WORDS * 4))
    news = "".join(
        f'<li><a href="/n{n}">云州举办招商推介活动，签约项目{n}个，总投资{n * 3}亿元</a><span>2024-01-{n % 28 + 1:02}</span></li>'
        for n in range(furniture * 5)
    )
    adverts = "".join(
        f'<div class="ad"><a href="/a{n}">特惠{n}折，限时{n}天</a></div>' for n in range(furniture)
    )
    return (
        f'<!DOCTYPE html><html><head><meta charset="{charset}"><title>{TITLE}_临江市人民政府</title>'
        f"<style>{style}</style><script>var menu = {list(range(furniture * 30))};</script></head><body>"
        f'<div class="top"><ul>{menu}</ul></div>'
        '<div class="where">当前位置：<a href="/">首页</a> &gt; <a href="/gk">政务公开</a></div>'
        f'<div class="article"><h1>{TITLE}</h1>'
        '<div class="info">发布时间：2024-01-20 09:00　来源：临江日报　字号：<a>大</a> <a>中</a> <a>小</a></div>'
        f'<div id="zoom">{body}</div><div class="share"><a>打印</a> <a>关闭</a> <a>分享</a></div></div>'
        f'<div class="side"><h3>相关新闻</h3><ul>{news}</ul>{adverts}</div>'
        '<div class="foot"><p>主办单位：临江市人民政府办公室</p><p>地址：临江市中山路1号　邮编：000000</p></div>'
        "</body></html>"
    )


def zipped(files: Mapping[str, bytes]) -> bytes:
    """A ZIP archive of these files."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def changed(data: bytes, part: str, old: str, new: str, times: int = -1) -> bytes:
    """A DOCX in one part of which some words are replaced, everywhere or so many times."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as before, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as after:
        for info in before.infolist():
            content = before.read(info)
            if info.filename == part:
                assert old.encode() in content
                content = content.replace(old.encode(), new.encode(), times)
            after.writestr(info, content)
    return out.getvalue()


@dataclass(frozen=True)
class Words:
    """Some words of a PDF page; `bottom` counts points from the foot of the page."""

    text: str
    left: float = 90.0
    bottom: float = 700.0
    size: float = 12.0
    before: str = ""  # operators of the page, such as `1 g` for white
    after: str = ""
    font: str = "F1"  # F2 does not say which characters it shows
    angle: float = 0.0  # against the clock, in degrees
    rise: float = 0.0


def lines(*texts: str, top: float = 750.0, left: float = 90.0, step: float = 20.0) -> list[Words]:
    """Lines of a page, one below the other."""
    return [Words(text, left=left, bottom=top - n * step) for n, text in enumerate(texts)]


def pdf(*pages: Sequence[Words], extra: Iterable[str] = ()) -> bytes:
    """A PDF whose Chinese needs no font in the file; `extra` are operators drawn on every page."""
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{' '.join(f'{6 + 2 * n} 0 R' for n in range(len(pages)))}]/Count {len(pages)}>>",
        "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[4 0 R]>>",
        (
            "<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/FontDescriptor 5 0 R/DW 1000"
            "/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>>>"
        ),
        (
            "<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0"
            "/Ascent 880/Descent -120/CapHeight 880/StemV 93>>"
        ),
    ]
    for n, words in enumerate(pages):
        content = "\n".join([*extra, *map(_shown, words)])
        objects.append(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]"
            f"/Resources<</Font<</F1 3 0 R/F2 {_NAMELESS}>>>>/Contents {7 + 2 * n} 0 R>>"
        )
        objects.append(f"<</Length {len(content)}>>stream\n{content}\nendstream")
    return _file(objects)


_NAMELESS = (
    "<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts[<</Type/Font/Subtype/CIDFontType0"
    "/BaseFont/X/FontDescriptor 5 0 R/DW 1000/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>>>]>>"
)


def _shown(words: Words) -> str:
    codes = words.text.encode("utf-16-be").hex()
    along, up = (f"{turn(math.radians(words.angle)):.5f}" for turn in (math.cos, math.sin))
    place = f"{along} {up} {-float(up):.5f} {along} {words.left} {words.bottom} Tm"
    font = f"/{words.font} {words.size} Tf {words.rise} Ts"
    return f"q {words.before} BT {font} {place} <{codes}> Tj ET {words.after} Q"


def _file(objects: Sequence[str]) -> bytes:
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n".encode("latin-1")
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    out += f"trailer\n<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)
