"""What speaks against somebody's fact, in words: `报告中为5.5%`, `the report says 5.5%`."""

from collections.abc import Sequence
from typing import Literal

from extract.checks.audit import Verdict
from extract.checks.comparison import Difference

Lang = Literal["zh", "en"]

SAYS: dict[Lang, str] = {"zh": "报告中为{}", "en": "the report says {}"}
_WORDS: dict[str, dict[Lang, str]] = {
    "digits_differ": SAYS,
    "scale_differs": {"zh": "数量级不同，报告中为{}", "en": "another order of magnitude: the report says {}"},
    "unit_differs": {"zh": "单位不同，报告中为{}", "en": "another unit: the report says {}"},
    "direction_differs": {"zh": "增减方向不同，报告中为{}", "en": "another direction: the report says {}"},
    "modifier_differs": {"zh": "限定不同，报告中为{}", "en": "another qualifier: the report says {}"},
    "kind_differs": {
        "zh": "数值类型不同，报告中为{}",
        "en": "another kind of number: in the report it is {}",
    },
    "period_differs": {"zh": "时期不同，报告中为{}", "en": "another period: in the report it is {}"},
    "type_differs": {"zh": "类型不同，报告中为{}", "en": "another type: in the report it is {}"},
    "pairing_differs": {
        "zh": "对应的主体不同，报告中为{}",
        "en": "another subject: the report says {}",
    },
    "indicator_not_in_context": {
        "zh": "这个数字在报告中说的是另一指标",
        "en": "in the report this number is of another indicator",
    },
    "indicator_differs": {
        "zh": "这个数字在报告中说的是另一回事：{}",
        "en": "in the report this number says another thing: {}",
    },
    "claimed_twice": {
        "zh": "另一行已用了报告中的这个数字",
        "en": "another row already has this number of the report",
    },
    "number_not_in_quote": {"zh": "报告中没有这个数字", "en": "the number is not in the report"},
    "quote_not_found": {"zh": "报告中没有这句引文", "en": "the quotation is not in the report"},
    "no_report": {"zh": "没有这个地区和年份的报告", "en": "there is no report of this region and year"},
    "no_text": {"zh": "报告的原文已不在", "en": "the text of the report is gone"},
    "region_ambiguous": {"zh": "地区名称可指多个地区", "en": "the name may be that of several regions"},
}
_TERMS: dict[Lang, dict[str, str]] = {
    "en": {
        "": "none",
        "achievement": "a result", "goal": "a target", "livelihood_project": "a livelihood project"},
    "zh": {
        "": "无", "increase": "增长", "decrease": "下降", "exact": "等于", "about": "左右", "at_least": "以上",
        "more_than": "超过", "at_most": "以内", "less_than": "低于", "nearly": "接近", "range": "区间",
        "level": "水平", "change": "变化",
        "rank": "排名", "share": "比重", "achievement": "成绩", "goal": "目标", "livelihood_project": "民生实事",
    },
}  # fmt: skip


def in_words(codes: Sequence[str], differences: Sequence[Difference], says: str | None, lang: Lang) -> str:
    """The reasons of a verdict as a sentence; empty where there are none.

    Args:
        codes: the reasons.
        differences: what they are about, as far as there is something to tell.
        says: what the report says of the indicator, where that is known.
        lang: of the words.
    """
    told: list[str] = []
    for code in codes:
        read = next((one.read for one in differences if one.code == code), "")
        told.append(_WORDS[code][lang].format(_TERMS[lang].get(read, read)))
    if says and not any(says in one for one in told):
        told.append(SAYS[lang].format(says))
    return ("；" if lang == "zh" else "; ").join(told)


def reasons_of(verdict: Verdict, lang: Lang) -> str:
    """The reasons of a verdict in words.

    Where the report gives another number for the indicator, what is wrong with the one that was found is left out.
    """
    says, codes = verdict.says, verdict.reasons
    if says is not None and says is not verdict.place:
        codes = tuple(code for code in codes if code == "quote_not_found")
    elif says is not None and "digits_differ" in codes:
        codes = tuple(code for code in codes if code != "pairing_differs")
    return in_words(codes, verdict.differences, says.text if says else None, lang)
