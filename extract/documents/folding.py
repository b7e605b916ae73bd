"""One-to-one folding: traditional characters to simplified ones, full-width letters and digits to half-width,
punctuation in prose to full-width.

Every step keeps the length, so a position in the folded text is the same position in the source.
"""

import re

from extract.simplified import simplify

# Chinese characters and the punctuation set at their width. A blank beside one of them carries nothing.
WIDE = (
    "\u2e80-\u9fff\uf900-\ufaff\uff01-\uff60\u2018\u2019\u201c\u201d\u2014\u2026\u00b7\u2460-\u24ff\u25a0-\u26ff"
    "\U00020000-\U0003ffff"
)

_FULL_SIGNS = "％﹪．＋－／⁄∕＆＃＠＊＝＿＄"
_HALF_SIGNS = "%%.+-///&#@*=_$"
_TO_HALF = str.maketrans(_FULL_SIGNS, _HALF_SIGNS) | {
    code: code - 0xFEE0
    for first, last in ("０９", "ＡＺ", "ａｚ")
    for code in range(ord(first), ord(last) + 1)
}
_TO_FULL = str.maketrans(",:;!?()", "，：；！？（）")
_FULL_WIDTH = re.compile(rf"[０-９Ａ-Ｚａ-ｚ{_FULL_SIGNS}]+")

# A comma between 1 and 234, a colon between 3 and 1 or in a clock time, any mark inside Latin text stays:
# those have a letter or digit on both sides.
# A comma before more or fewer than three digits divides no thousands.
_MARK = re.compile(
    r"[,:;!?](?:(?<![A-Za-z0-9].)|(?![ \t\u00a0\u3000]*[A-Za-z0-9/\\]))|(?<=\d),(?=\d)(?!\d{3}(?!\d))"
)
# Brackets are folded in pairs, when Chinese stands inside or beside.
_PAIR = re.compile(r"\([^()\n]{0,80}\)")
_LONE_BRACKET = re.compile(rf"[()](?:(?<=[{WIDE}].)|(?=[{WIDE}]))")
_WIDE = re.compile(rf"[{WIDE}]")
_QUOTED = re.compile(r'"[^"\n]{1,80}"')


def fold(text: str) -> str:
    """Fold widths and traditional characters; the result is as long as `text`, character for character."""
    folded = _FULL_WIDTH.sub(lambda match: match[0].translate(_TO_HALF), simplify(text))
    if not _WIDE.search(folded):
        return folded
    folded = _MARK.sub(_widen, folded)
    if "(" in folded or ")" in folded:
        folded = _PAIR.sub(_widen_pair, folded)
        folded = _LONE_BRACKET.sub(_widen, folded)
    if '"' in folded:
        folded = _QUOTED.sub(_curl, folded)
    return folded


def _widen(match: re.Match[str]) -> str:
    return match[0].translate(_TO_FULL)


def _widen_pair(match: re.Match[str]) -> str:
    around = match.string[max(0, match.start() - 1) : match.end() + 1]
    return f"（{match[0][1:-1]}）" if _WIDE.search(around) else match[0]


def _curl(match: re.Match[str]) -> str:
    return f"“{match[0][1:-1]}”" if _WIDE.search(match[0]) else match[0]
