"""Numbers that are no facts: names, dates, slogans, thresholds, durations, counts of headings."""

import re

from extract.claims.model import Exclusion
from extract.numbers.mention import Mention

_THRESHOLD_AFTER = re.compile(r"\s?(?:及?以上|及?以下|及?以内|左右|级)?(?:\(含\)|（含）)?(?:的)?(?=[\u4e00-\u9fff“（A-Za-z0-9])")
_OVER_BEFORE = re.compile(r"(?:超|超过|逾|不足|低于|高于|投资|税收|规模|产值|过)$")
_BOUND_AFTER = re.compile(r"\s?(?:及?以上|及?以下|以内)的?(?=[\u4e00-\u9fff“])")
# What may follow 以上 without being a thing that the threshold defines.
_BOUND_ENDS = re.compile(r"\s?(?:及?以上|及?以下|以内)的?(?:[，。；、！）：]|增长|和|与|，|目标|水平|$)")
_DURATION_UNITS = frozenset({"分钟", "小时", "天", "日", "年", "个月", "月", "周", "秒", "秒钟", "周年", "岁", "个小时",
                             "个工作日", "工作日", "季度", "个季度", "世纪", "昼夜", "年级"})
_LEVELLED = re.compile(r"(?:达到?|为|压缩至|压缩到|缩短至|缩短到|降至|降到|压减至|减至|延长|提高到|升至|缩短|压缩|控制在|增至|仅需|只需|提高至|平均|寿命|减少|提速|压减)$")
_SLOGAN_AFTER = re.compile(r"[大个项条]?(?:体系|战略|行动|工程|计划|机制|抓手|路径|举措|任务|支柱|意识|维护|确立|自信|坚持|理念)")
_HEADING_AFTER = re.compile(r"(?:方面|个方面|大方面|点|方面的?)(?:的?(?:重点)?(?:工作|任务|内容|举措|问题|要求|建议))?")
_IDIOM_UNITS = frozenset({"方面", "大", "点", "步", "层", "体", "把", "手", "心", "面", "线", "级", "期", "届", "轮", "流", "号", "等"})
_ARABIC = re.compile(r"[0-9０-９]")
_TITLE = re.compile(r"[连]冠|周年|届|轮|期|号|版|代|次会议|中全会|大$")


def structural(mention: Mention) -> Exclusion | None:
    """What the number's own shape says: a date, a name, an enumeration."""
    if mention.kind == "date":
        return Exclusion.DATE
    if mention.kind == "name" or mention.value is None:
        return Exclusion.NAME
    if mention.kind == "enumeration":
        return Exclusion.ORDINAL
    if mention.kind == "ordinal" and mention.unit != "位":
        return Exclusion.ORDINAL
    return None


def contextual(text: str, mention: Mention, start: int, end: int, *, quoted: bool) -> Exclusion | None:
    """What the words around the number say.

    Args:
        text: the clean text.
        mention: a number that has a value.
        start, end: the clause around it.
        quoted: it stands inside a short quotation.
    """
    before = text[start : mention.start]
    after = text[mention.end : end]
    chinese = _ARABIC.search(mention.text) is None
    if quoted:
        return Exclusion.SLOGAN
    if mention.unit in _DURATION_UNITS and not _LEVELLED.search(before.rstrip()):
        return Exclusion.DURATION
    if mention.unit and _TITLE.search(mention.unit):
        return Exclusion.ORDINAL
    if defines_threshold(mention, before, after):
        return Exclusion.THRESHOLD
    if mention.unit in ("个方面", "方面", "大方面") or _HEADING_AFTER.match(after):
        return None if "民生" in after or "实事" in after else Exclusion.HEADING
    if chinese and mention.kind != "ordinal":
        return _chinese_count(mention, before, after)
    return None


def defines_threshold(mention: Mention, before: str, after: str) -> bool:
    """Whether the number only says which things are meant: 亿元以上项目, 占地3亩以上企业, 超百亿元产业."""
    if mention.kind in ("percent", "percentage_point", "ordinal"):
        return False
    if _BOUND_AFTER.match(after) and not _BOUND_ENDS.match(after):
        if mention.kind == "quantity" and mention.unit in ("家", "个", "项", "名", "人", "户", "套", "所", "条", "件"):
            return False
        return True
    if mention.kind == "money":
        following = after[:1]
        if after.startswith("级"):
            return True
        if following and "\u4e00" <= following <= "\u9fff" and not after.startswith(("左右", "以上", "以下", "以内", "的")):
            return _OVER_BEFORE.search(before.rstrip()) is not None and re.match(r"(?:产业|项目|企业|集群|园区|楼|工程|平台|基金|镇|村|县|区|外资|的项目)", after) is not None
    return False


def _chinese_count(mention: Mention, before: str, after: str) -> Exclusion | None:
    """A number written in Chinese numerals: a fact only where it counts something delivered."""
    value = mention.value
    if mention.kind in ("percent", "percentage_point", "money"):
        return None
    if value is None or mention.unit is None or mention.unit in _IDIOM_UNITS:
        return Exclusion.SLOGAN
    if value < 2 or _SLOGAN_AFTER.match(after):
        return Exclusion.SLOGAN
    return None
