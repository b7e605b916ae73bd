"""Numbers that are no facts: names, dates, slogans, thresholds, durations, counts of headings."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from extract.claims import phrases
from extract.claims.model import Exclusion
from extract.language.years import PLAN, YEAR
from extract.numbers.mention import Mention

# Sizes: what a bound on one of them defines (占地3亩以上企业) is a class of things, no claim.
_SIZE_UNITS = frozenset(
    [
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
    ]
)
_BOUND = re.compile(r"\s?(?:及?以上|及?以下|以内)的?(?=[\u4e00-\u9fff“])")
_BOUND_ENDS = re.compile(r"\s?(?:及?以上|及?以下|以内)的?(?:[，。；、！）：]|增长|和|与|目标|水平|$)")
# What a sum in front of it sizes: 10亿~50亿元项目, 百亿元产业, 千亿级集群.
_SIZED = re.compile(
    r"级|的?(?:规模|工业|外资|重大|龙头|优质|大|制造业)?"
    r"(?:产业|项目|企业|集群|园区|楼宇|工程|平台|镇|村|县|区|城市|商圈)"
)
_CLASS = r"(?:企业|项目|园区|集群|楼宇|工程|平台|产品|公司|大户|农户|品牌|产业|[镇村县区乡])"
# A class of things that a bound in front of them defines: 超100亩产业项目, 超百亿元的9家企业, 过五百万美元的加工企业.
_OF_A_CLASS = re.compile(
    rf"的(?:[\u4e00-\u9fff“”]{{0,12}}?{_CLASS}|(?=\d))|(?:[\u4e00-\u9fff“”]{{0,6}}?{_CLASS})(?=[达共有增\d、和与及]|到?\d|$)"
)
_PASSED_BY = re.compile(r"(?:超过?|过|逾|突破|大于|高于)$")
_COUNTED_BEFORE = re.compile(r"\d\s?(?:万|余|多)?[个家条座项](?:以上)?(?:总?投资)?(?:超过?|逾)?$")
_COUNTED_AFTER = re.compile(r"\D{0,12}\d")
# A scale without a digit (万亿元, 百亿): a claim only where something is said to pass or reach it.
_BARE_SCALE = re.compile(r"(?:十(?=[万亿])|[百千万亿])[百千万亿]*(?![一二三四五六七八九零])")
_PASSING = re.compile(r"(?:超过?|突破|破|达到?|跨越|逾|近|迈上|站上|过|接近|跃上|越过|在|至|到|为|约)$")
_ROUND_UNITS = frozenset(("个", "条", "所", "座", "处"))
"""What the numbers count in 改造百条背街小巷; they read it behind a verb alone."""
_STEP = re.compile(r"[^，。；、\d]{0,6}台阶")
_STEP_UNITS = frozenset((None, "个", "大", "级", "步"))

_PERCENTS = frozenset(("percent", "percentage_point"))
_AGES = frozenset(("岁", "周岁"))
_DURATION_UNITS = frozenset(
    [
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
    ]
)
# A duration is a claim where the text says that it was reached or bounded: 压缩至3天.
_LEVELLED = re.compile(
    r"(?:达到?|为|压缩[至到]?|缩短[至到]?|降[至到]|压?减[至到]|延长|提高[到至]|升至|(?:控制|保持|稳定|维持)在|超过|突破|提升[至到]|增加到|增至|仅需|只需|平均|减少|增加|提速|压减|最多|不超过|至多|天数|时间|时长|期限|年限|周期|工期)$"
)
_TITLE_UNITS = re.compile(r"连冠|周年|届|期|号|版|代|次会议|中全会|大$")
_HEADINGS = re.compile(r"(?:方面|个方面|大方面|点)(?:的?(?:重点)?(?:工作|任务|内容|举措|问题|要求|建议))?")

# What may follow a rank; a noun makes it a name (首位战略, 第一人民医院).
_RANK_ENDS = re.compile(
    r"[，。；、！？：）”\s]|$|和|与|及|的(?:位置|名次|水平)|以内|以上|左右|且|并|双双|升|跃|提升|前移|上升|下降|进位|晋升|提高|至|到"
)
_ORDINALS_OF_NAMES = re.compile(r"(?:[、和与及]第?[一二三四五六七八九十])+(?:产业|季度|阶段)")
"""第二、第三产业增加值: no rank is held."""
# Words that hold a rank; a bare 第一 without any is a watchword (生态保护第一).
_HELD = re.compile(
    r"居|列|排|获|夺|位|全[国省市区县球]|升至|跃|保持|跻身|蝉联|考核|评价|评估|国家|城市|世界|中国|省|连续"
)

_ARABIC = re.compile(r"[0-9０-９¼-¾⅐-⅞]")
_IDIOM_UNITS = frozenset("方面大点步层体把手心面线级期届轮流号等")
_MULTIPLES = frozenset(("番", "倍"))
_PART_OF = re.compile("分之|一半")
_EACH = re.compile(r"每个?|各自?(?!类|项|方|级|界|地|种)")
# Counted in Chinese numerals, these are watchwords: 两个市场、两种资源, 三个“一号工程”.
_WATCHWORD = re.compile(
    r"[大个项条]?(?:体系|规定|原则|战略|行动|工程|计划|机制|抓手|路径|举措|任务|支柱|意识|维护|确立|自信|坚持|理念)|"
    r"关键|重点|“|大事|小事|市场|资源|层面|维度|环节|领域|阶段|目标|环境|区间|底线|关系|问题|转变|更|新|共同|优先|方面|清单|"
    r"文明|现代化|积极性|统筹|满意|能力|关口|难题|短板|优势|机遇|挑战|考验|事(?![业故件务项情宜])|线管理|"
    r"根本|重要|基本|主要|标志性|先行|工作|作用|定位|面向|高地|示范|样板"
)
_MEETING = re.compile(r".{0,8}(?:全会|会议|代表大会|常委会)")
# A noun follows: no mark, no hedge, no conjunction.
_NOUN = re.compile(r"(?![左以多余等和与及、的上])[\u4e00-\u9fff]")
_SPECIFYING_UNITS = frozenset(
    ("英寸", "寸", "纳米", "千伏", "伏", "毫米", "厘米", "赫兹", "英尺", "度", "比特")
)
_BUS = re.compile(r"[\u4e00-\u9fff]{0,4}(?:公交|车)")
_VERSION = re.compile(r"\d\.0")
_YEAR_LIKE = re.compile(r"(?:19|20)\d\d")
_LISTED = re.compile(r"[.、．]")
_BASELINE = re.compile(
    rf"(?:比|较)(?:上年|去年|{YEAR}年)(?:同期)?的$|(?:从|由)(?:{YEAR}年[的底末初]{{0,2}}|{PLAN}(?:时期|规划|计划)?期?末的?|全国|全省|全市|上年的?|(?:年初|上年|去年|上年同期|去年同期)的?(?:增长|上涨|下降)|[\u4e00-\u9fff]{{0,4}})$"
)
_BOUNDED_QUOTE = re.compile(r"(?:最多|不超过|至多|最少|不低于)\s?$")


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A number that has a value, and the clause around it.

    Attributes:
        mention: the number.
        before, after: the words of its clause on either side.
        quoted: it stands inside a short quotation.
    """

    mention: Mention
    before: str
    after: str
    quoted: bool

    @property
    def chinese(self) -> bool:
        """Whether it is written without Arabic digits."""
        return _ARABIC.search(self.mention.text) is None


def structural(mention: Mention) -> Exclusion | None:
    """What the number's own shape says: a date, a name, an enumeration."""
    if mention.kind == "date":
        return Exclusion.DATE
    if mention.kind == "name" or mention.value is None:
        return Exclusion.NAME
    if mention.kind == "enumeration" or (mention.kind == "ordinal" and mention.unit != "位"):
        return Exclusion.ORDINAL
    return None


def contextual(occurrence: Occurrence) -> Exclusion | None:
    """What the words around a number say: the first rule that speaks."""
    if occurrence.quoted and not _BOUNDED_QUOTE.search(occurrence.before):
        return Exclusion.SLOGAN
    single = occurrence.chinese and occurrence.mention.value is not None and occurrence.mention.value < 2
    if is_baseline(occurrence.before) and not single:
        return None
    return next((reason for rule in _RULES if (reason := rule(occurrence)) is not None), None)


def is_baseline(before: str) -> bool:
    """Whether a number is only where a change starts: 从第13位升至…, 由2020年的4.9万元提高到…."""
    return _BASELINE.search(before) is not None


def _bare_number(occurrence: Occurrence) -> Exclusion | None:
    """A number without a unit: the number of a list item, a version, a year."""
    mention = occurrence.mention
    if mention.kind != "number" or mention.unit is not None:
        return None
    if not occurrence.before and _LISTED.match(occurrence.after):
        return Exclusion.ORDINAL
    if _VERSION.fullmatch(mention.text):
        return Exclusion.NAME
    if _YEAR_LIKE.fullmatch(mention.text):
        return Exclusion.DATE
    inside_name = not occurrence.chinese and mention.text.isdecimal() and _NOUN.match(occurrence.after)
    return Exclusion.NAME if inside_name else None


def _specification(occurrence: Occurrence) -> Exclusion | None:
    """12英寸产线, 500千伏变电站, 0—6岁儿童."""
    mention = occurrence.mention
    ages = mention.unit in _AGES and mention.upper is not None
    specifies = (ages or mention.unit in _SPECIFYING_UNITS) and _NOUN.match(occurrence.after)
    return Exclusion.NAME if specifies else None


def _duration(occurrence: Occurrence) -> Exclusion | None:
    """24小时热线, 15分钟生活圈; but not 压缩至3天."""
    if occurrence.mention.unit in _DURATION_UNITS and not _LEVELLED.search(occurrence.before.rstrip()):
        return Exclusion.DURATION
    return None


def _rank_in_name(occurrence: Occurrence) -> Exclusion | None:
    """首位战略, 第一人民医院, 安全第一."""
    if occurrence.mention.kind != "ordinal":
        return None
    if not _RANK_ENDS.match(occurrence.after) or _ORDINALS_OF_NAMES.match(occurrence.after):
        return Exclusion.NAME
    watchword = occurrence.mention.text == "第一" and not _HELD.search(occurrence.before)
    return Exclusion.SLOGAN if watchword else None


def _meeting(occurrence: Occurrence) -> Exclusion | None:
    """十次、十一次全会; 三次产业, 101路公交."""
    mention = occurrence.mention
    if mention.unit and _TITLE_UNITS.search(mention.unit):
        return Exclusion.ORDINAL
    if (mention.unit == "次" and occurrence.after.startswith("产业")) or (
        mention.unit == "路" and _BUS.match(occurrence.after)
    ):
        return Exclusion.NAME
    session = mention.unit == "次" and occurrence.chinese and _MEETING.match(occurrence.after)
    return Exclusion.ORDINAL if session else None


def _bare_scale(occurrence: Occurrence) -> Exclusion | None:
    """20个百亿项目, 万元生产总值能耗; but not 突破万亿元."""
    mention = occurrence.mention
    if mention.kind in _PERCENTS or mention.unit in _ROUND_UNITS:
        return None
    if not occurrence.chinese or not _BARE_SCALE.match(mention.text):
        return None
    sizes = _SIZED.match(occurrence.after) or occurrence.after.startswith("目")
    return Exclusion.THRESHOLD if sizes or not _PASSING.search(occurrence.before.rstrip()) else None


def _step(occurrence: Occurrence) -> Exclusion | None:
    """连跨两个万亿元台阶, 迈上万亿元台阶; but not 迈上3.3万亿元台阶."""
    mention = occurrence.mention
    counts = mention.unit in _STEP_UNITS
    bare = occurrence.chinese and _BARE_SCALE.match(mention.text)
    return Exclusion.SLOGAN if (counts or bare) and _STEP.match(occurrence.after) else None


def _threshold(occurrence: Occurrence) -> Exclusion | None:
    """The number only says which things are meant: 亿元以上项目, 占地3亩以上企业, 超百亿元产业."""
    mention, before, after = occurrence.mention, occurrence.before, occurrence.after
    if mention.kind in ("percent", "percentage_point", "ordinal"):
        return None
    if _BOUND.match(after) and not _BOUND_ENDS.match(after):
        sizes = mention.kind == "money" or mention.unit in _SIZE_UNITS
    else:
        counted = _COUNTED_BEFORE.search(before) or _COUNTED_AFTER.match(after)
        sizes = mention.kind == "money" and bool(_SIZED.match(after)) and bool(counted)
    if not sizes and (mention.kind == "money" or mention.unit in _SIZE_UNITS):
        sizes = (
            _PASSED_BY.search(before.rstrip()) is not None
            and _OF_A_CLASS.match(after) is not None
            and not phrases.opening_verb(after)
        )
    return Exclusion.THRESHOLD if sizes else None


def _headings(occurrence: Occurrence) -> Exclusion | None:
    """八个方面的工作; but not 十方面民生实事."""
    mention, after = occurrence.mention, occurrence.after
    counts = mention.text.endswith("方面") or _HEADINGS.match(after)
    return Exclusion.HEADING if counts and "民生" not in after and "实事" not in after else None


def _watchword(occurrence: Occurrence) -> Exclusion | None:
    """A number written in Chinese numerals is a fact only where it counts something delivered."""
    mention = occurrence.mention
    if not occurrence.chinese or mention.kind in ("ordinal", "percent", "percentage_point", "money"):
        return None
    if mention.unit in _MULTIPLES or _PART_OF.search(mention.text):
        return None
    if mention.value is None or mention.unit is None or mention.unit in _IDIOM_UNITS:
        return Exclusion.SLOGAN
    if mention.value < 2:
        return None if _EACH.search(occurrence.before) else Exclusion.SLOGAN
    return Exclusion.SLOGAN if _WATCHWORD.match(occurrence.after) else None


_RULES: tuple[Callable[[Occurrence], Exclusion | None], ...] = (
    _bare_number,
    _specification,
    _duration,
    _rank_in_name,
    _meeting,
    _bare_scale,
    _step,
    _threshold,
    _headings,
    _watchword,
)
