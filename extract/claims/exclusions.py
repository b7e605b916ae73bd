"""Numbers that are no facts: names, dates, slogans, thresholds, durations, counts of headings."""

import re

from extract.claims.model import Exclusion
from extract.numbers.mention import Mention

# What a sum in front of it defines: 10亿~50亿元项目, 百亿元产业, 千亿级集群.
_SIZED = re.compile(
    r"级|(?:规模|工业|外资|重大|龙头|优质|大|制造业)?(?:产业|项目|企业|集群|园区|楼宇|工程|平台|镇|村|县|区|城市|商圈)"
)
_COUNTED_BEFORE = re.compile(r"\d\s?(?:万|余|多)?[个家条座项](?:以上)?(?:总?投资)?(?:超过?|逾)?$")
# Units that measure the size of a thing rather than count things.
_SIZE_UNITS = frozenset(
    {
        "亩",
        "平方米",
        "平方公里",
        "公顷",
        "米",
        "公里",
        "吨",
        "蒸吨",
        "千瓦",
        "兆瓦",
        "岁",
        "周岁",
        "蒸吨/小时",
        "标准煤",
        "立方米",
    }
)
_BOUND_AFTER = re.compile(r"\s?(?:及?以上|及?以下|以内)的?(?=[\u4e00-\u9fff“])")
# What may follow 以上 without being a thing that the threshold defines.
_BOUND_ENDS = re.compile(r"\s?(?:及?以上|及?以下|以内)的?(?:[，。；、！）：]|增长|和|与|，|目标|水平|$)")
_DURATION_UNITS = frozenset(
    {
        "分钟",
        "小时",
        "天",
        "日",
        "年",
        "个月",
        "月",
        "周",
        "秒",
        "秒钟",
        "周年",
        "个小时",
        "个工作日",
        "工作日",
        "季度",
        "个季度",
        "世纪",
        "昼夜",
        "年级",
    }
)
_LEVELLED = re.compile(
    r"(?:达到?|为|压缩至|压缩到|缩短至|缩短到|降至|降到|压减至|减至|延长|提高到|升至|缩短|压缩|控制在|增至|仅需|只需|提高至|平均|减少|提速|压减|最多|不超过|至多)$"
)
_SLOGAN_AFTER = re.compile(
    r"[大个项条]?(?:体系|规定|原则|战略|行动|工程|计划|机制|抓手|路径|举措|任务|支柱|意识|维护|确立|自信|坚持|理念)"
)
_HEADING_AFTER = re.compile(
    r"(?:方面|个方面|大方面|点|方面的?)(?:的?(?:重点)?(?:工作|任务|内容|举措|问题|要求|建议))?"
)
_IDIOM_UNITS = frozenset(
    {
        "方面",
        "大",
        "点",
        "步",
        "层",
        "体",
        "把",
        "手",
        "心",
        "面",
        "线",
        "级",
        "期",
        "届",
        "轮",
        "流",
        "号",
        "等",
    }
)
# What may follow a rank; a noun makes it a name (首位战略, 第一人民医院).
_RANK_ENDS = re.compile(
    r"[，。；、！？：）”\s]|$|和|与|及|的(?:位置|名次|水平)|以内|以上|左右|且|并|双双|升|跃|提升|前移|上升|下降|进位|晋升|提高|至|到"
)
# A scale without a digit (万亿元, 百亿): a claim only where something is said to pass or reach it.
_BARE_SCALE = re.compile(r"(?:十(?=[万亿])|[百千万亿])[百千万亿]*(?![一二三四五六七八九零])")
_PASSING = re.compile(r"(?:超过?|突破|破|达到?|跨越|逾|近|迈上|站上|过|接近|跃上|越过|在|至|到|为|近|约)$")
# Counted in Chinese numerals, these are watchwords: 两个市场、两种资源, 三个“一号工程”.
_WATCHWORD = re.compile(
    r"(?:关键|重点|“|大事|小事|市场|资源|层面|维度|环节|领域|阶段|目标|环境|区间|底线|关系|问题|转变|更|新|共同|优先|方面|清单|台阶|"
    r"[^，。；、]{0,6}台阶|根本|重要|基本|主要|标志性|先行|行动|作用|定位|面向|高地|示范|样板)"
)
_MEETING = re.compile(r".{0,8}(?:全会|会议|代表大会|常委会)")
_VERSION = re.compile(r"\d\.0")
_YEAR_LIKE = re.compile(r"(?:19|20)\d\d")
_LISTED = re.compile(r"[.、．]")
_BASELINE = re.compile(r"(?:从|由)(?:20\d\d年[的底末初]{0,2}|全国|全省|全市|上年的?|[一-龥]{0,4})$")
_BOUNDED_QUOTE = re.compile(r"“(?:最多|不超过|至多|最少|不低于)\s?$")
_STEP = re.compile(r"[^，。；、\d]{0,6}台阶")
_HELD = re.compile(r"居|列|排|获|夺|位|全|升至|跃|保持|跻身|蝉联|考核|评价|评估|国家|城市|世界|中国|省|连续")
_EACH = re.compile(r"每个?|各自?(?!类|项|方|级|界|地|种)")
_ARABIC = re.compile(r"[0-9０-９]")
_TITLE = re.compile(r"连冠|周年|届|轮|期|号|版|代|路|次会议|中全会|大$")


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
    if quoted and not _BOUNDED_QUOTE.search(before):
        return Exclusion.SLOGAN
    if mention.kind == "number" and mention.unit is None:
        shape = _bare_number(mention, before, after)
        if shape is not None:
            return shape
    if is_baseline(before) and not (chinese and mention.value is not None and mention.value < 2):
        return None
    if mention.unit in _DURATION_UNITS and not _LEVELLED.search(before.rstrip()):
        return Exclusion.DURATION
    if mention.kind == "ordinal" and not _RANK_ENDS.match(after):
        return Exclusion.NAME
    if mention.kind == "ordinal" and mention.text == "第一" and not _HELD.search(before):
        return Exclusion.SLOGAN
    if mention.unit == "次" and chinese and _MEETING.match(after):
        return Exclusion.ORDINAL
    if (
        chinese
        and _BARE_SCALE.match(mention.text)
        and (_SIZED.match(after) or after.startswith("目") or not _PASSING.search(before.rstrip()))
    ):
        return Exclusion.THRESHOLD
    if _STEP.match(after):
        return Exclusion.SLOGAN
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
    if mention.kind != "money" or not _SIZED.match(after):
        return False
    return _COUNTED_BEFORE.search(before) is not None or re.match(r"\D{0,12}\d", after) is not None


def is_baseline(before: str) -> bool:
    """Whether a number is only where a change starts: 从第13位升至…, 由2020年的4.9万元提高到…."""
    return _BASELINE.search(before) is not None


def _bare_number(mention: Mention, before: str, after: str) -> Exclusion | None:
    """A number without a unit: the number of a list item, a version, a year."""
    if not before and _LISTED.match(after):
        return Exclusion.ORDINAL
    if _VERSION.fullmatch(mention.text):
        return Exclusion.NAME
    if _YEAR_LIKE.fullmatch(mention.text):
        return Exclusion.DATE
    return None


def _chinese_count(mention: Mention, before: str, after: str) -> Exclusion | None:
    """A number written in Chinese numerals: a fact only where it counts something delivered."""
    value = mention.value
    if mention.kind in ("percent", "percentage_point", "money"):
        return None
    if value is None or mention.unit is None or mention.unit in _IDIOM_UNITS:
        return Exclusion.SLOGAN
    if value < 2:
        return None if _EACH.search(before) else Exclusion.SLOGAN
    if _SLOGAN_AFTER.match(after) or _WATCHWORD.match(after):
        return Exclusion.SLOGAN
    return None
