"""Numbers that are no facts: names, dates, slogans, thresholds, durations, counts of headings."""

import re

from extract.claims.model import Exclusion
from extract.numbers.mention import Mention

# What a sum in front of it defines: 10亿~50亿元项目, 百亿元产业, 千亿级集群.
_SIZED = re.compile(r"级|(?:规模|工业|外资|重大|龙头|优质|大|制造业)?(?:产业|项目|企业|集群|园区|楼宇|工程|平台|镇|村|县|区|城市|商圈)")
# Units that measure the size of a thing rather than count things.
_SIZE_UNITS = frozenset({"亩", "平方米", "平方公里", "公顷", "米", "公里", "吨", "蒸吨", "千瓦", "兆瓦", "蒸吨/小时", "标准煤", "立方米"})
_BOUND_AFTER = re.compile(r"\s?(?:及?以上|及?以下|以内)的?(?=[\u4e00-\u9fff“])")
# What may follow 以上 without being a thing that the threshold defines.
_BOUND_ENDS = re.compile(r"\s?(?:及?以上|及?以下|以内)的?(?:[，。；、！）：]|增长|和|与|，|目标|水平|$)")
_DURATION_UNITS = frozenset({"分钟", "小时", "天", "日", "年", "个月", "月", "周", "秒", "秒钟", "周年", "岁", "个小时",
                             "个工作日", "工作日", "季度", "个季度", "世纪", "昼夜", "年级"})
_LEVELLED = re.compile(r"(?:达到?|为|压缩至|压缩到|缩短至|缩短到|降至|降到|压减至|减至|延长|提高到|升至|缩短|压缩|控制在|增至|仅需|只需|提高至|平均|寿命|减少|提速|压减)$")
_SLOGAN_AFTER = re.compile(r"[大个项条]?(?:体系|规定|原则|战略|行动|工程|计划|机制|抓手|路径|举措|任务|支柱|意识|维护|确立|自信|坚持|理念)")
_HEADING_AFTER = re.compile(r"(?:方面|个方面|大方面|点|方面的?)(?:的?(?:重点)?(?:工作|任务|内容|举措|问题|要求|建议))?")
_IDIOM_UNITS = frozenset({"方面", "大", "点", "步", "层", "体", "把", "手", "心", "面", "线", "级", "期", "届", "轮", "流", "号", "等"})
# What may follow a rank; a noun makes it a name (首位战略, 第一人民医院).
_RANK_ENDS = re.compile(r"[，。；、！？：）”\s]|$|和|与|及|的(?:位置|名次|水平)?|以内|以上|左右|增|且|并|位")
_EACH = re.compile(r"每个?|各自?(?!类|项|方|级|界|地|种)")
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
    if mention.kind == "ordinal" and not _RANK_ENDS.match(after):
        return Exclusion.NAME
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
        return mention.kind == "money" or mention.unit in _SIZE_UNITS
    return mention.kind == "money" and _SIZED.match(after) is not None


def _chinese_count(mention: Mention, before: str, after: str) -> Exclusion | None:
    """A number written in Chinese numerals: a fact only where it counts something delivered."""
    value = mention.value
    if mention.kind in ("percent", "percentage_point", "money"):
        return None
    if value is None or mention.unit is None or mention.unit in _IDIOM_UNITS:
        return Exclusion.SLOGAN
    if value < 2:
        return None if _EACH.search(before) else Exclusion.SLOGAN
    if _SLOGAN_AFTER.match(after):
        return Exclusion.SLOGAN
    return None
