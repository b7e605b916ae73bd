r"""What converters write into Markdown besides CommonMark.

Formulas, which are no money ($57.9$亿元, $4.1 \%$, \(1.3 \times 10^{4}\)), raised and lowered signs (86.3^2^亿元,
CO~2~), and notes (增长4.4%[^1] with [^1]: 按可比价格计算。).
"""

import re
from html import escape, unescape

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block.reference import reference
from markdown_it.rules_inline import StateInline

from extract.documents.readers.raised import POWER, Fraction, Raised
from extract.documents.readers.tex import LONGEST, read_formula

_FORMULA = re.compile(
    rf"\$\$(?P<display>[^$]{{1,{LONGEST}}})\$\$|\$(?P<dollars>[^$\n]{{1,{LONGEST}}})\$"
    rf"|\\\((?P<round>[^\n]{{1,{LONGEST}}}?)\\\)|\\\[(?P<square>[^$]{{1,{LONGEST}}}?)\\\]"
)
_STRUCK = "~~"
_STRUCK_IN_HTML = re.compile(r"~~([^~<>\n]{1,400})~~")
_BOLD_IN_HTML = re.compile(r"\*\*([^*<>\n]{1,400})\*\*")
_ATTRIBUTES = re.compile(r"\{(?:\s?(?:[.#][\w-]+|[\w-]+=(?:\"[^\"\n]*\"|[\w.%-]+)))+\s?\}")
_SPAN = re.compile(r"\[([^\[\]\n]{1,200})\](?=\{[.#\w])")
_DOLLARS = frozenset({"display", "dollars"})
_BY_COMMAND = re.compile(r"[\\^{]")
_BARE_NUMBER = re.compile(r"\s*(?:注?\d{1,3}|[①-⑳*]+)\s*")
_QUANTITY = re.compile(r"\s?[\d.,\s]*\d\s?[%‰]?\s?[十百千万亿]*[\u4e00-\u9fff]{0,4}\s?")
_STOPS = re.compile(r"[\u3000-\u303f\uff01-\uff60]")
_CJK = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uff60]")
_WORDS = re.compile(r"\\(?:text|mbox|hbox|mathrm|rm|textbf|mathbf)[a-z]{0,2}\s?\{[^{}]*\}")
_BARE = re.compile(r"\s?(?:[\d.,%+\-−–~×/=<>≥≤≈()（）:]|(?<=[\d.])\s(?=[\d.%])|[A-Za-z](?![A-Za-z]{9}))+\s?")
_RAISED = re.compile(r"\^([^\s^~\\$]{1,12})\^")
_LOWERED = re.compile(r"~(\d[\d.]{0,3})~")
_ESCAPED = re.compile(r"\\([%$&#_])")
_REFERENCE = re.compile(r"\[\^([^\]\s]{1,60})\](?!:)")
_NOTE = re.compile(r"[ ]{0,3}\[\^([^\]\s]{1,60})\]:(.*)")
_TARGET = re.compile(
    r"[ ]{0,3}\[[^\]\n]{1,999}\]:[ \t]*\n?[ \t]*(?:<|[a-z][a-z0-9+.-]{1,20}:|[/#.?]|www\.|[\w-]{1,60}\.[a-z]{2,5}(?:\W|$))",
    re.IGNORECASE,
)
_INDENTED = re.compile(r"[ ]{2,}|\t")


def parser() -> MarkdownIt:
    """A parser of Markdown as converters write it, with HTML inside."""
    markdown = MarkdownIt("commonmark", {"html": True, "breaks": True}).enable(["table", "strikethrough"])
    markdown.block.ruler.before("reference", "note", _note, {"alt": ["paragraph", "reference"]})
    markdown.block.ruler.at("reference", _reference)
    markdown.inline.ruler.before("escape", "formula", _formula)
    markdown.inline.ruler.before("link", "note_mark", _note_mark)
    markdown.inline.ruler.before("link", "attributes", _attributes)
    markdown.inline.ruler.at("strikethrough", _struck)
    markdown.inline.ruler.after("strikethrough", "raised", _raised)
    return markdown


def with_formulas(markup: str) -> str:
    """HTML that stands in Markdown, with what its formulas, its bold and its struck-out words say."""
    markup = _STRUCK_IN_HTML.sub(r"<s>\1</s>", _BOLD_IN_HTML.sub(r"\1", markup))
    if "$" not in markup and "\\" not in markup:
        return markup
    return _ESCAPED.sub(r"\1", _FORMULA.sub(_said, markup))


def _said(match: re.Match[str]) -> str:
    text = unescape(match[match.lastgroup or 0])
    behind = match.string[match.end() : match.end() + 1] if match.lastgroup in _DOLLARS else ""
    return as_html(text) if "<" not in match[0] and is_formula(text, behind) else match[0]


def as_html(formula: str) -> str:
    """What a formula in TeX says, as HTML."""
    return "".join(_part_as_html(part) for part in read_formula(formula))


def _part_as_html(part: str | Raised | Fraction) -> str:
    if isinstance(part, str):  # a power in it is settled, whatever stands before the formula
        return f"<math><mtext>{escape(part)}</mtext></math>" if POWER.search(part) else escape(part)
    if isinstance(part, Raised):
        return f"<sup>{escape(part.text)}</sup>"
    above, _, below = part.text.rpartition("/")
    return f"<math><mfrac><mtext>{escape(above)}</mtext><mtext>{escape(below)}</mtext></mfrac></math>"


def is_formula(text: str, behind: str) -> bool:
    """Whether what stands between two dollar signs is a formula, and not words between two sums of money.

    Args:
        text: what stands there.
        behind: the character behind the second sign.
    """
    if not text.strip():
        return False
    if _CJK.search(_WORDS.sub("", text)):
        quantity = _BY_COMMAND.search(text) or _QUANTITY.fullmatch(text)
        return bool(quantity) and not _STOPS.search(text) and not behind.isdigit()
    if _BY_COMMAND.search(text):
        return True
    return _BARE.fullmatch(text) is not None and not behind.isdigit()


def _formula(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - as the parser calls it
    if state.src[state.pos] not in "$\\":
        return False
    match = _FORMULA.match(state.src, state.pos)
    if match is None or match.lastgroup is None:
        return False
    text = match[match.lastgroup]
    if match.lastgroup not in _DOLLARS and _BARE_NUMBER.fullmatch(text):  # \[3\] is [3], and no formula
        return False
    if not is_formula(text, state.src[match.end() : match.end() + 1] if match.lastgroup in _DOLLARS else ""):
        return False
    _say(state, as_html(text), match.end(), silent=silent)
    return True


def _struck(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - as the parser calls it
    """Struck-out words, also where CommonMark sees no end: ~~增长7.2%~~增长8.4%, for no blank stands in Chinese."""
    start = state.pos + len(_STRUCK)
    if silent or not state.src.startswith(_STRUCK, state.pos):
        return False
    end = state.src.find(_STRUCK, start, state.posMax)
    if end <= start or state.src[start].isspace() or "\n\n" in state.src[start:end]:
        return False
    whole = state.posMax
    state.push("s_open", "s", 1)
    state.pos, state.posMax = start, end
    state.md.inline.tokenize(state)
    state.push("s_close", "s", -1)
    state.pos, state.posMax = end + len(_STRUCK), whole
    return True


def _raised(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - as the parser calls it
    sign = state.src[state.pos]
    if sign == "^" and (match := _RAISED.match(state.src, state.pos)):
        _say(state, f"<sup>{escape(match[1])}</sup>", match.end(), silent=silent)
        return True
    before = state.src[state.pos - 1 : state.pos]
    if (
        sign == "~"
        and before.isascii()
        and before.isalpha()
        and (match := _LOWERED.match(state.src, state.pos))
    ):
        _say(state, f"<sub>{match[1]}</sub>", match.end(), silent=silent)
        return True
    return False


def _note_mark(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - as the parser calls it
    match = _REFERENCE.match(state.src, state.pos) if state.src[state.pos] == "[" else None
    if match is None:
        return False
    _say(state, f'<span role="doc-noteref">{escape(match[1])}</span>', match.end(), silent=silent)
    return True


def _attributes(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - as the parser calls it
    """What Pandoc writes about a picture or some words: `[86.3]{.underline}亿元`, `![](a.png){width="3in"}`."""
    sign = state.src[state.pos]
    if sign == "{" and (match := _ATTRIBUTES.match(state.src, state.pos)):
        _say(state, "", match.end(), silent=silent)
        return True
    span = _SPAN.match(state.src, state.pos) if sign == "[" else None
    if span is None or not _ATTRIBUTES.match(state.src, span.end()):
        return False
    if not silent:
        whole = state.posMax
        state.pos, state.posMax = span.start(1), span.end(1)
        state.md.inline.tokenize(state)
        state.posMax = whole
    state.pos = span.end()
    return True


def _say(state: StateInline, markup: str, end: int, *, silent: bool) -> None:
    if not silent:
        state.push("html_inline", "", 0).content = markup
    state.pos = end


def _note(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - as the parser calls it
    """A note: the line that names it, those that go on with it, and indented paragraphs."""
    match = _NOTE.match(_line(state, start))
    if match is None:
        return False
    if silent:
        return True
    lines = [match[2]]
    at = start + 1
    while at < end:
        line = _line(state, at)
        if not line.strip():
            following = _line(state, at + 1) if at + 1 < end else ""
            if not (following.strip() and _INDENTED.match(following)):
                break
        elif _NOTE.match(line):
            break
        lines.append(line)
        at += 1
    state.line = at
    token = state.push("html_block", "", 0)
    token.map = [start, at]
    token.content = f'<aside role="doc-footnote">{escape(" ".join(" ".join(lines).split()))}</aside>\n'
    return True


def _reference(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001 - as the parser calls it
    """The target of links, where it is one; `[1]: 指新建公园。` is text."""
    two_lines = state.src[state.bMarks[start] : state.eMarks[min(start + 1, end - 1)]]
    return bool(_TARGET.match(two_lines)) and reference(state, start, end, silent)


def _line(state: StateBlock, n: int) -> str:
    return state.src[state.bMarks[n] : state.eMarks[n]]
