"""Kind, direction, period, record type, commitment and status of a number, read from the words around it."""

import re
from functools import cache

from extract.documents.model import Role
from extract.language.years import YEAR, count, within, years_after
from extract.numbers.mention import Mention
from schemas import record_types

_DECREASING_OPENING = re.compile(r"^(?:平均)?(?:压减|压缩|削减|减少|降低|下调|缩减|压降|精简)")
_CUTTING_OPENING = re.compile(r"^(?:压减|削减|压缩|缩减)")
_INCREASING_OPENING = re.compile(r"^(?:提高|提升|增加|上调)")
_GROWTH_NOUN = re.compile(
    r"(?:增速|增幅|涨幅|(?<!自然)增长率|增长速度|增长(?:预期)?目标|(?:增长|提升|上涨)幅度|增长)$"
)
# A member of a list that is a share by its own name: 失业率和价格涨幅分别为5%、2%.
_SHARE_NOUN = re.compile(r"(?:自然增长率|(?<!增长)(?<!下降)率|比重|占比|比例|份额)$")
_AMOUNT_NOUN = re.compile(
    r"(?:(?<![均比])值|额|(?<!质)量|人数|户数|件数|人次|收入|支出|投资|消费|出口|进口|税收|利润|贷款|存款|余额|GDP)$"
)
_HARM = re.compile(r"浓度|失业率|能耗|排放|污染|(?:空气|水环境|水质)[^，。]{0,4}综合指数")
_DECLINE_NOUN = re.compile(r"(?:降幅|下降率|降低率|减排比例|(?:下降|降低|压减|压缩|减少|削减)(?:幅度|比例))$")
_STANDING = re.compile(r"排名|位次|名次|居|列")
# A lead over a benchmark, or a lag behind it: 高于全国0.4个百分点. Right before a number the words are hedges.
_LEADING = re.compile(r"(?:(?<!不)高于|高出|快于|领先|多于)[^，、\d]{2,12}$")
_LAGGING = re.compile(r"(?:(?<!不)低于|慢于|(?<!不)少于)[^，、\d]{2,12}$")
# A percent at which an amount is set for a year is its growth: 一般公共预算收入按5%安排, 增加值目标定为6%.
_SET_AT = re.compile(
    r"(?:按照?|(?:设|拟|确)?定[为在]|安排[为在]|拟安排|拟定|目标[为是]?)(?:约|不低于|不少于|高于)?\s*$"
)
_PERCENT = frozenset({"%", "‰"})
_FRACTION = re.compile(r"分之|\d\s*/\s*\d|一半|[¼-¾⅐-⅞]")  # 五分之三, 3/5: a share as 60% is

_NAMED_YEAR = re.compile(rf"(?<!\d){YEAR}年(?!来|以来|代)")
_ANNUAL = re.compile(r"(?:年均|年平均)(?!浓度|气温|温度)|平均每年")
_END_STATE = re.compile(
    r"达到?|超过?|突破|居|为|稳定在|保持在|总数|总量|存量|保有量|拥有|迈上|[跨跃登站][上过越]|浓度|覆盖|参保|人均(?!增)|每[百千万]|寿命"
)
# What is added in some years adds up over them: 城镇新增就业60万人.
_ADDED = re.compile(r"新增")
_IN_YEARS_TO_COME = re.compile(r"(?:今后|未来)[^，]{0,2}年[^，]*(?:新建|新增|引进|培育|改造|建设|建成)")
"""What is to be done in some years is counted over them: 今后五年新建50所."""
_CUMULATIVE = re.compile(r"累计|五年共|共计|总计|五年(?:城镇|城乡)?新增|期末")

_SUMMED = re.compile(r"(?<!全年)累计")
"""到2030年累计降低17% is a change over the whole plan."""

_AGAINST_YEAR = re.compile(rf"(?:[比较]|在(?={YEAR}年的?基础上))({YEAR})年")
_AGAINST_LAST_YEAR = re.compile(r"同比|[比较]上年|[比较]去年|上年同期")

_COMMITMENT = re.compile(
    r"(?P<ensure>确保|保证|必须)|(?P<strive>力争|争取(?!上级|中央|国家|省级|各类|更多|资金|专项|政策|到位)|努力|力求|争创|奋力|冲刺|奋斗目标|挑战目标)|(?P<expect>预期|预计|[有可]望)"
)
_DONE = re.compile(r"(?<!不)已(?!知|成为|有的?基础|建成?的|建成|经成为)")
# A lack or a risk is no service, whatever it is a lack of.
_LACK = re.compile(r"缺口|不足|短缺|隐患|风险|案件|问题|代表建议|提案|议案")
_AT_WORK = re.compile(r"正在|在建")
_UNDER_WAY = re.compile(r"正在|在建|启动|开工|加快|推进|有序|扎实推进")
_LEFT_OVER = re.compile(r"尚|仍|欠账|剩余|其余|未")
_COMPLETED = re.compile(r"完成|建成|新增|投用|竣工|开通|落实|新建|改造|实现")

PLANNED = frozenset({Role.PLAN_YEAR, Role.PLAN_SPAN})


def kind_and_direction(
    mention: Mention, subject: str, direction: str | None, *, reached: bool, before: str = ""
) -> tuple[str, str | None]:
    """Level, change, rank or share, and the direction of a change.

    Args:
        mention: the number.
        subject: its noun phrase, as `phrases.lead` left it.
        direction: that of the nearest change word, if any.
        reached: a word such as 增至 says that the number is a level.
        before: the raw words before the number.
    """
    if mention.kind == "ordinal" and mention.unit == "位":
        return "rank", None
    if mention.unit == "位" and _STANDING.search(before) and reached:
        return "rank", None
    percent = mention.unit in _PERCENT or (
        mention.unit is None and (_FRACTION.search(mention.text) is not None or is_share_noun(subject))
    )
    point = mention.kind == "percentage_point"
    if reached:
        return ("share" if percent else "level"), None
    if direction is None and (percent or point):
        if _GROWTH_NOUN.search(subject):
            direction = "increase"
        elif _DECLINE_NOUN.search(subject) or _DECREASING_OPENING.match(subject):
            direction = "decrease"
        elif (point and _INCREASING_OPENING.match(subject)) or (
            percent and is_amount(subject) and _SET_AT.search(before)
        ):
            direction = "increase"
    direction = _against_benchmark(before) or direction
    if point:
        return "change", direction or mention.direction
    if direction is None and mention.kind == "money" and _CUTTING_OPENING.match(subject):
        direction = "decrease"
    below = mention.value is not None and mention.value < 0
    if below and (direction == "increase" or (direction is None and percent)):
        direction = "decrease"  # CPI为-0.1%: no share is below nothing
    if direction is not None:
        return "change", direction
    return ("share" if percent else "level"), None


def _against_benchmark(before: str) -> str | None:
    """The direction of a lead over a benchmark (高于全国) or a lag behind it, or None."""
    words = before.rstrip("约近超过的 ")
    if _LEADING.search(words):
        return "increase"
    return "decrease" if _LAGGING.search(words) else None


def opens_with_change(indicator: str) -> bool:
    """Whether an indicator opens with a verb of change that a list shares: 压减时间40%、材料30%."""
    return (
        _DECREASING_OPENING.match(indicator) is not None or _INCREASING_OPENING.match(indicator) is not None
    )


def is_share_noun(indicator: str) -> bool:
    """Whether an indicator is a share of a whole by its name (失业率, 占比)."""
    return _SHARE_NOUN.search(indicator) is not None


def is_harm(indicator: str) -> bool:
    """Whether there should be less of it, so that it improves by falling: PM2.5浓度改善3.4%."""
    return _HARM.search(indicator) is not None


def is_amount(indicator: str) -> bool:
    """Whether an indicator is an amount, so that a bare percent of it can only be a change."""
    return _AMOUNT_NOUN.search(indicator) is not None and "占" not in indicator


def refined_type(indicator: str, mention: Mention, role: Role) -> str | None:
    """The record type that refines a plain achievement or goal, or None.

    Args:
        indicator: what is counted.
        mention: the number; only counts in a unit of the type are refined.
        role: the role of its section.
    """
    if mention.kind != "quantity" or _LACK.search(indicator):
        return None
    for name, wording, units, section_role in _refinements():
        if mention.unit in units and (role == section_role or wording.search(indicator)):
            return name
    return None


@cache
def _refinements() -> tuple[tuple[str, re.Pattern[str], frozenset[str], str | None], ...]:
    """Name, wording, units and section role of each record type that has a wording of its own."""
    return tuple(
        (name, re.compile("|".join(map(re.escape, kind.wording))), kind.counted_in, kind.section_role)
        for name, kind in record_types().items()
        if kind.wording
    )


def commitment(words: str) -> str | None:
    """`ensure` (确保), `strive` (力争), `expect` (预期), or None; the last word of commitment counts."""
    found = [match.lastgroup for match in _COMMITMENT.finditer(words)]
    return found[-1] if found else None


def commitments(words: str) -> frozenset[str]:
    """Every commitment that the words speak of."""
    return frozenset(match.lastgroup for match in _COMMITMENT.finditer(words) if match.lastgroup)


def unfinished(words: str) -> bool:
    """Whether the words speak of what is being done, or of what is left to do."""
    return _UNDER_WAY.search(words) is not None or _LEFT_OVER.search(words) is not None


def status(role: Role, clause: str, record_type: str) -> str:
    """`planned`, `under_way` or `completed`: where a livelihood project stands."""
    if record_type == "goal" or role in PLANNED:
        return "planned"
    if _AT_WORK.search(clause) or (_UNDER_WAY.search(clause) and not _COMPLETED.search(clause)):
        return "under_way"
    return "completed"


def reported_in_plan(clause: str) -> bool:
    """Whether a clause of a plan section says that something was already done (在已化债90亿元的基础上)."""
    return _DONE.search(clause) is not None


def summed_up(words: str) -> bool:
    """Whether the words make a number what several years add up to (累计)."""
    return _SUMMED.search(words) is not None


def yearly(words: str) -> bool:
    """Whether the words make a change one for each of several years (年均)."""
    return _ANNUAL.search(words) is not None


def cumulative(words: str) -> bool:
    """Whether the words add up over the whole period (累计, 五年共)."""
    return _CUMULATIVE.search(words) is not None


def _since_base(before: str, period: str | None) -> str | None:
    """The years over which a change is counted that names an earlier base: 比2016年增加26天, said of 2021."""
    base = _AGAINST_YEAR.search(before)
    if base is None or period is None or "-" in period or _ANNUAL.search(before):
        return None
    return years_after(str(count(base[1])), period)


def _against_start(before: str, span: str | None) -> bool:
    """Whether a number is compared with the year before a span: 到2030年，能耗较2025年下降12%."""
    year = _AGAINST_YEAR.search(before)
    return year is not None and span is not None and count(year[1]) == int(span.partition("-")[0]) - 1


def period_of(
    default: str | None,
    explicit: str | None,
    before: str,
    kind: str,
    *,
    review: bool,
    summed: bool,
    reached: bool,
) -> str | None:
    """The period of a number.

    In a span (2016-2020) end states carry the last year, while cumulative counts, yearly averages and changes over
    the span carry the span itself (gold/GUIDE.md, multi-year review).

    Args:
        default: the section's period.
        explicit: the period that the sentence names before the number.
        before: the words of the clause before the number.
        kind: level, change, rank or share.
        review: the section looks back.
        summed: the sentence adds up over the whole period.
        reached: a word such as 增至 says that the number is the level reached.
    """
    period = explicit or default
    if kind == "change" and (years := _since_base(before, period)):
        return years
    # 新增就业累计60万人; 2025年累计新增60万人 of a review is of that year
    of_the_plan = kind == "level" and not reached and not (review and _NAMED_YEAR.search(before))
    added_up = kind == "change" or of_the_plan
    over_span = _ANNUAL.search(before) or (
        added_up and (summed_up(before) or (kind == "change" and _against_start(before, default)))
    )
    if over_span and within(explicit, default):
        return default
    if period is None or "-" not in period:
        return period
    if _ANNUAL.search(before) or (summed and kind == "level" and not reached):
        return period
    last = period.rpartition("-")[2]
    if kind in ("rank", "share") or _AGAINST_LAST_YEAR.search(before):
        return last
    if kind == "change" or (_ADDED.search(before) and not reached):
        return period
    if not review and kind == "level" and not reached and _IN_YEARS_TO_COME.search(before):
        return period
    if review and not reached and not _END_STATE.search(before):
        return period
    return last
