"""One text, one script: forms that mean the same are folded one character for one, so that spans stay.

The patterns then know only half-width digits and modern characters. Surfaces are cut from the text as given.
"""

import re
from typing import Final

_SAME: Final = str.maketrans(
    "０１２３４５６７８９％．／＋＄～〜∼－−萬億點兩負個圓塊雙對餘來幾鎊歐條項戶畝噸裏裡○",
    "0123456789%./+$~~~--万亿点两负个圆块双对余来几镑欧条项户亩吨里里〇",
)
_BANKNOTE_FORMS: Final = "壹贰貳叁參肆伍陆陸柒捌玖拾佰仟"
_BANKNOTE: Final = str.maketrans(_BANKNOTE_FORMS, "一二二三三四五六六七八九十百千")
_FOREIGN: Final = re.compile("[" + "".join(map(chr, _SAME)) + "]")
_BANKNOTE_FORM: Final = re.compile(f"[{_BANKNOTE_FORMS}]")
_AMOUNT: Final = re.compile(
    f"(?<![\u3400-\u9fff])[{_BANKNOTE_FORMS}](?![\u3400-\u9fff])"
    f"|[零〇一-九百千万亿萬億负負点點]*+[{_BANKNOTE_FORMS}](?>(?:[零点點万亿萬億]|[{_BANKNOTE_FORMS}])+)"
    f"|(?<=[零万亿萬億元圆点點角之])[{_BANKNOTE_FORMS}]|[{_BANKNOTE_FORMS}](?=[元圆角分百千万亿萬億])"
)
"""Characters of a banknote mean digits only among their like: 壹佰 is a number, 大陆 and 队伍 are words."""


def fold(text: str) -> str:
    """The text in half-width digits and modern numerals; exactly as long as before."""
    if _FOREIGN.search(text):
        text = text.translate(_SAME)
    if _BANKNOTE_FORM.search(text):
        text = _AMOUNT.sub(lambda amount: amount[0].translate(_BANKNOTE), text)
    return text
