"""One text, one script: forms that mean the same are folded one character for one, so that spans stay.

The patterns then know only half-width digits and modern characters. Surfaces are cut from the text as given.
"""

import re
from typing import Final

from extract.simplified import simplify

_SAME: Final = str.maketrans(
    "０１２３４５６７８９％．／＋＄～〜∼－−○＞＜",
    "0123456789%./+$~~~--〇><",
)
_BANKNOTE_FORMS: Final = "壹贰叁肆伍陆柒捌玖拾佰仟"
_BANKNOTE: Final = str.maketrans(f"{_BANKNOTE_FORMS}参", "一二三四五六七八九十百千三")
_FOREIGN: Final = re.compile("[" + "".join(map(chr, _SAME)) + "]")
_BANKNOTE_FORM: Final = re.compile(f"[{_BANKNOTE_FORMS}]")
_AMOUNT: Final = re.compile(
    f"(?<![\u3400-\u9fff])[{_BANKNOTE_FORMS}](?![\u3400-\u9fff])"
    f"|[零〇一-九百千万亿负点]*+[{_BANKNOTE_FORMS}](?>(?:[零点万亿]|[{_BANKNOTE_FORMS}参])+)"
    f"|参[{_BANKNOTE_FORMS}](?>(?:[零点万亿]|[{_BANKNOTE_FORMS}参])*)"
    f"|(?<=[零万亿元圆点角之])[{_BANKNOTE_FORMS}]|[{_BANKNOTE_FORMS}](?=[元圆角分百千万亿])"
)
"""Characters of a banknote mean digits only among their like: 壹佰 is a number, 大陆 and 队伍 are words. 参, the
simplified form of 參, is one only beside another of them."""


def fold(text: str) -> str:
    """The text in half-width digits, simplified characters and modern numerals; exactly as long as before."""
    text = simplify(text)
    if _FOREIGN.search(text):
        text = text.translate(_SAME)
    if _BANKNOTE_FORM.search(text):
        text = _AMOUNT.sub(lambda amount: amount[0].translate(_BANKNOTE), text)
    return text
