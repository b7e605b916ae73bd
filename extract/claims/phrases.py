"""The words around a number: what leads to it, what follows it, what is left as its subject."""

import re
from dataclasses import dataclass

from extract.claims import wording
from extract.claims.wording import Words
from extract.language.years import PLAN, YEAR
from extract.numbers.hedges import BEFORE, DIRECTIONS

# What the number finder knows of hedges and of change holds here, too; 增幅 and 增速 belong to the subject.
_CHANGES = {word: way for word, way in DIRECTIONS.items() if way and not re.search("[幅速]", word)}
_RISING = Words((*wording.RISING, *(word for word, way in _CHANGES.items() if way == "increase")))
_FALLING = Words((*wording.FALLING, *(word for word, way in _CHANGES.items() if way == "decrease")))
_HEDGES = tuple(word for word, modifier in BEFORE.items() if modifier != "exact")
_REACHING, _WHOLE = Words(wording.REACHING), Words(wording.WHOLE)
_WHOLE_OPENINGS = Words(wording.WHOLE_OPENINGS)
_AREAS, _RANKING, _OPENING = Words(wording.AREAS), Words(wording.RANKING), Words(wording.OPENING)
_IMPROVING = frozenset({"提升", "改善", "提高", "优化"})
_TAIL = Words(
    (
        *wording.RISING,
        *wording.FALLING,
        *_CHANGES,
        *wording.REACHING,
        *wording.LINKING,
        *wording.HEDGING,
        *_HEDGES,
        *wording.COMMITTING,
    )
)
_DECLINES = frozenset(("降幅", "跌幅"))
_DOING = Words(wording.DOING)
_RELATIONAL = Words(wording.RELATIONAL)
# After one of these a single opening character is part of a word: 全市, 共建, 新兴.
_COMPOUNDS = frozenset("市县区乡业工城农型高特生兴能建同享")
_MARKS = " 、，；：。,;:—-·…\t"
_STOPS = _MARKS + "的＞＜><≥≤"
# A year or a span that opens a phrase: 2019年，到2025年，“十三五”期间，五年来.
_OPENING_TIME = re.compile(
    rf"(?:(?:(?:明确|提出|规定|要求)(?=到{YEAR}年))?(?:到|至|截至|从|自|于|继)?(?:{YEAR}|“?[一二三四五六七八九十]{{1,3}}五”?(?:时期|期间|末|以来)?)年?"
    r"(?:上半年|下半年|底|末|初|前|以来|期间|\d{1,2}月(?:底|末|份)?)?|(?:今后|未来)[一二三四五六七八九十两\d]{1,3}年|[一二三四五六七八九十近两\d]{1,3}年(?:多?来|$)|期末|"
    r"\d{1,2}月份?当月)"
)
# What announces goals without a colon: 今年主要预期目标为地区生产总值增长5%.
_ANNOUNCING = re.compile(
    r"(?:国民)?(?:经济(?:[和与]?社会)?)?(?:发展)?的?(?:主要|预期|总体|工作)+的?目标(?:任务)?(?:建议|安排|拟定?)?[为是](?=[^为是：:])"
)
_LIST_NUMBER = re.compile(r"^(?:\d{1,2}[.．](?!\d)|\d{1,2}、|[①-⑳⑴-⒇]|（[一二三四五六七八九十\d]{1,3}）)")
# Where the thing counted ends and the sentence says what became of it.
_COMPLETION = re.compile(r"给予|享受|全部|全面|均|已|如期|顺利|圆满|提前|得到|达到|超过")
# What follows a number without being the thing counted.
_NO_THING = re.compile(
    r"(?:全面|全部|全覆盖|已|均|都|并|等|得到|达到?|(?:来|进行)?安排(?=$|[，。；、])|以上|以下|左右|基础上|目标|任务|和(?!美|谐|平)|与|及|之|水平|，|；|。|顺利|有序|如期|"
    r"正式|稳步|相继|陆续|新?(?:大关|关口|门槛|台阶)|尚|未(?!来|成年)|仍|双双|升至|提升|提高|降至|再?创(?!新|业|意|客|投)|居(?!民|家)|位居|列(?:全|第)|、|"
    r"超额|超过|超出|高于|低于|比(?!例)|较|同比|约占|占(?!地)|保持|跃|稳居|稳步|稳中|稳定在|首次)"
)
_PREDICATE = re.compile(
    r"[由从扭止][负降跌正升]|超额|连跨|跨[越过上]|突破|[迈跃登踏]上|站[上稳]|[迈越]过|[再喜]获|一[升降增减]一[升降增减]|[降跌]幅|逐[季月步年]|呈|总体|平稳|温和|小幅|回[升暖稳落]|企稳|扭转|止[跌降]|转[正负降升]|在(?:连续|上年|去年)|列为|列入|纳入|获批|入选|成为|保持|实现|完成|达到|位居|稳居|排名|居(?![民住家])|持续|稳步|全面|不断|明显|大幅|加快|顺利|"
    r"成功|已|被|(?<![平人户年月日亩地村])均|增长|提升|提高|下降|改善|扩大|稳定|有序|有效|得到|取得|加速|更加|进一步|领先|[优高快好低]于|超过|"
    r"双双|连续(?=[\d一二三四五六七八九十两多])|力争|确保|努力|(?:再|续|又|屡)?创(?![业意客投]|新(?!高))|再上|再次"
)
_SHORTEST_TOPIC = 3
_YEARS_RUNNING = re.compile(r"连续[\d一二三四五六七八九十两]{1,3}(?:年|个月|个季度)")
_CHANGE_NOUN = re.compile(
    r"的(?:较?[高中低快]速|同比|正|大幅|稳定|平稳|逆势|两位数)?(?P<way>增长|增幅|涨幅|提升|下降|降低|降幅|减少)(?=$|[，。；、])"
)
_HEDGE_AFTER = re.compile(r"\s?(?:左右|上下|以上|以下|以内|及以上|之内|之间|开外|之多)+")
# Quoted or bracketed additions between a subject and its number: 进出口总额（含服务贸易）940亿元.
# What a number is compared with, before it: 由2020年的, 是上年的, 比上半年, 恢复到2019年的.
_COMPARED_WITH = re.compile(
    rf"(?:由|从|比|较|自|是|为|达到|相当于|恢复到|增加到|提高到)(?:全国|全省)?(?:{YEAR}年(?:[底末初])?|{PLAN}(?:时期|规划|计划)?期?末|上年(?:同期|末|底)?|去年(?:同期|底)?|(?:[一二三四]|前三)季度|上半年|上一个五年|计划|年初|同期)$|在{YEAR}年的?基础上$"
)
# What is said of the subject before its number follows: 产量再创新高、达到57亿斤; 总值迈上4万亿元台阶、达….
_ASIDE = re.compile(
    r"(?:再|续|又|均|双双|连续|首次|成功|历史性地?)*(?:"
    r"创(?:下|出|造)?(?:了)?(?:历史|有记录以来|近年来?|同期)?(?:新高|(?:最好|最高)(?:水平|纪录)|佳绩)|"
    r"(?:迈上|迈过|突破|跨越|跨上|跨过|站上|跃上|登上|连跨|越过)[^，；、]{0,14}(?:台阶|大关|关口|门槛)|"
    r"(?:增速|增幅)?(?:[由从扭止转][负降跌正升增][转为][正升增负降]|止跌回[升稳]|企稳回升)|"
    r"(?:温和|合理|稳步|逐步|持续|总体|保持|继续|低位|平稳|基本)+(?:回[升暖]|平稳|稳定|运行)|稳中有[升增降]|"
    r"在(?:上年|去年|同期)*的?(?:较?高)?基数(?:的?基础)?上|"
    r"受[^，；、]{2,14}(?:影响|拖累|冲击|带动|拉动)|"
    r"(?:保持|运行|处于|稳定|维持)在?合理区间|"
    r"(?:超额|提前|全面|圆满|顺利)*完成[^，；、]{0,8}(?:任务|目标|计划)|"
    r"(?:位居|位列|稳居|跻身|处于|保持|居|列)(?:全国|全省|全市|中部|西部|东部)[^，；、]{0,4}(?:方阵|前列|上游|首位)|"
    r"(?<=[\u4e00-\u9fff]{2})连续第?[\d一二三四五六七八九十两多]{1,3}年)$"
)
# What the subject is measured against before its number is reached: 增速高于全国平均水平、达到5.5%.
_BENCHMARK = re.compile(
    r"(?:力争|确保|努力|继续|持续|均|明显)*(?:高于|快于|好于|优于|低于|超过)(?:全国|全省|全市|全区)平均(?:水平|增速)?$"
)
# A year between a subject and its number: 人均可支配收入2025年达到4.9万元.
_YEAR_END = re.compile(rf"(?:到|至|截至)?{YEAR}年[底末]?$")
_ASIDE_ENDS = frozenset("上暖稳定行高平均速录绩阶关口槛年正升稳增负降响累击动间务标划阵列游位")
# What is left of an aside whose own number was read: 突破万亿元大关后再增长2.8%.
_PASSED = re.compile(r"新?(?:大关|关口|门槛|台阶)(?:之?后|以后|的?基础上)")
# How a subject went, said without a number: 进出口总额由降转增、增长3.2%; 投资降幅逐季收窄、全年下降2%.
_WENT = re.compile(
    r"(?:(?:总体|基本|持续|继续|保持|实现|呈现?|运行|大体|逐[季月步年]|逆势|小幅|温和|较快|平稳|稳步|稳定|稳中|恢复性|[由从]|止跌|降中|企稳|[降跌]幅)+"
    r"(?:平稳|稳定|趋稳|企稳|(?:正|快速|较快|平稳|稳定)?增长|回[升稳暖落]|上[涨升扬]|下[降行]|走[高低]|收窄|有[升进降增]|向好|[负降跌正升增][转为][正升增负降])(?:态势|走势)?)$"
)
_RATES = frozenset(("涨幅", "增幅", "增速", "降幅"))
# A list member that already says all it has to say: 固定资产投资保持平稳增长、重大工程投资完成320亿元.
_SAID = re.compile(
    r"(?:保持|实现|维持)(?:总体|基本)?(?:平稳|稳定|较快|稳步|正|恢复性|合理)(?:增长|运行|回升)?$"
)
# One that leaves a part out (固定资产投资（不含房地产）) makes the subject another.
_BRACKET_END = re.compile(r"（(?!(?:不含|扣除|剔除)[^（）因]*）)[^（）]{0,30}）$")


@dataclass(frozen=True, slots=True)
class Lead:
    """What stands before a number.

    Attributes:
        subject: the noun phrase that is left, possibly empty; a verb that makes the counted thing stays in.
        direction: `increase` or `decrease` where the nearest change word says so, else None.
        reached: a word such as 增至 says that the number is the level reached.
        improved: the change is called an improvement (改善); which way that is depends on what improves.
    """

    subject: str
    direction: str | None
    reached: bool
    improved: bool = False


def hedge_after(text: str, end: int) -> int:
    """Where the hedge after the number ends: the index of the first character behind 左右, 以上, …."""
    match = _HEDGE_AFTER.match(text, end)
    return match.end() if match else end


def lead(before: str, *, counts: bool = False) -> Lead:
    """Read the words before a number.

    Args:
        before: ends where the number starts.
        counts: the number counts things, so that 提升 before it is no change (农房风貌提升26万户).
    """
    told, mark, last = before.rpartition("、")
    if mark and (
        subject := _told(told)
    ):  # 出口稳中有升、增长5%: the way of the number stands behind the mark
        own = _lead(last, counts=counts)
        if not own.subject or own.subject in _RATES:
            return Lead(subject + own.subject, own.direction, own.reached, own.improved)
    return _lead(before, counts=counts)


def _told(phrase: str) -> str:
    """The subject of a list member that says without a number how its subject went, or an empty string."""
    member = strip_opening(phrase.rstrip(_STOPS))
    went = _WENT.search(member)
    return member[: went.start()] if went and went.start() > 1 else ""


def _lead(before: str, *, counts: bool) -> Lead:
    """Read the words before a number as one phrase."""
    links: list[str] = []
    direction: str | None = None
    reached = improved = False
    phrase = before.rstrip(_STOPS)
    while phrase:
        aside = _aside(phrase, links)
        if aside and aside.start() > 1:
            phrase = phrase[: aside.start()].rstrip(_STOPS)
            continue
        word = _TAIL.suffix(phrase)
        doing = _DOING.suffix(phrase)
        if len(_WHOLE.suffix(phrase)) > len(word):
            break
        if (len(doing) > len(word) and doing not in _TAIL) or (counts and word in _IMPROVING):
            break
        if not word:
            shorter = _without_addition(phrase, links)
            if shorter is None:
                break
            phrase = shorter
            continue
        if word in _REACHING:
            reached = True
        elif word in _DECLINES and direction is None:  # 降幅2.3%; 降幅收窄至2.3%: still a fall of 2.3%
            reached, direction = False, "decrease"
        elif direction is None and not reached:
            direction = "increase" if word in _RISING else "decrease" if word in _FALLING else None
            improved = word in _IMPROVING
        links.append(word)
        phrase = phrase[: -len(word)].rstrip(_STOPS)
    subject = _last_member(strip_opening(_without_aside(phrase)))
    return Lead("" if _PASSED.fullmatch(subject) else subject, direction, reached, improved)


def _without_addition(phrase: str, links: list[str]) -> str | None:
    """A phrase without what it is compared with, a year or a bracket at its end; None where it has none of them."""
    compared = _COMPARED_WITH.search(phrase)
    if compared:
        return phrase[: compared.start()].rstrip(_STOPS)
    year = _YEAR_END.search(phrase)
    if year and year[0][0] in "到至" and len(_REACHING.suffix(phrase[: year.start() + 1])) > 1:
        return phrase[: year.start() + 1]  # 增加到2025年的
    if year and year.start() > 1:
        return phrase[: year.start()].rstrip(_STOPS)
    bracket = _BRACKET_END.search(phrase)
    return phrase[: bracket.start()].rstrip(_STOPS) if bracket and links else None


def _aside(phrase: str, links: list[str]) -> re.Match[str] | None:
    """What the end of a phrase says of the subject beside its number, if anything.

    A benchmark is an aside only where the number is reached, not where it is the distance (高于全国平均水平0.4个百分点).
    """
    if phrase[-1] not in _ASIDE_ENDS:
        return None
    reached = links and links[-1] not in _HEDGES
    return _ASIDE.search(phrase) or (_BENCHMARK.search(phrase) if reached else None)


def _without_aside(phrase: str) -> str:
    """外贸进出口再创历史新高、总额 is 外贸进出口总额: what means nothing alone goes on behind an aside."""
    head, mark, tail = phrase.rpartition("、")
    aside = _ASIDE.search(head) if mark and head and is_relational(tail) else None
    return head[: aside.start()] + tail if aside and aside.start() > 1 else phrase


def _last_member(phrase: str) -> str:
    """Of 开展预算评审、压减资金 only 压减资金: a last list member with a verb of its own stands alone."""
    head, mark, tail = phrase.rpartition("、")
    if mark and _SAID.search(head) and len(tail) >= _SHORTEST_TOPIC and not is_relational(tail):
        return tail
    if (
        mark
        and len(_DOING.prefix(tail)) > len(_WHOLE_OPENINGS.prefix(tail))
        and not is_verb_only(tail)
        and not is_verb_only(head)
        and "“" not in tail[:1]
    ):
        verb = _DOING.prefix(head)
        if verb != _DOING.prefix(tail) and not is_verb_only(head.rpartition("、")[2]):
            return tail
    return phrase


def change_after(after: str) -> str | None:
    """The way of a change that is a noun behind its number: 实现3.9%的增长; None where none follows."""
    match = _CHANGE_NOUN.match(after)
    if match is None:
        return None
    return "increase" if match["way"] in _RISING else "decrease"


_REMARK = re.compile(r"^[（(][^（）()]{0,40}[）)]$")
"""A remark in brackets is about what was said: 桥梁180座（含人行桥）. What comes behind one may be the thing."""


def thing(after: str) -> str:
    """The noun that follows a number (12个集镇改造全面完成), or an empty string."""
    noun = _REMARK.sub("", after.lstrip("的").removeprefix("”"))
    end = _COMPLETION.search(noun, 2)
    noun = noun[: end.start()] if end else noun
    noun = noun.removesuffix(_REACHING.suffix(noun))
    if noun.startswith("（"):  # 26项（其中省重点4项…
        return ""
    if _NO_THING.match(noun) or not lead(noun).subject:
        return ""
    return noun.rstrip("和与及、")


def topic(clause: str) -> str:
    """What a clause without facts speaks of, for the number in the next one: 生产总值连跨两个台阶 → 生产总值."""
    phrase = strip_opening(clause)
    end = _PREDICATE.search(phrase, 2)
    return (phrase[: end.start()] if end else phrase)[:24]


def new_topic(clause: str) -> str:
    """The topic of a clause without facts that has a subject of its own, or an empty string.

    粮食产量再创新高 has one; 创历史新高, 增速居全省前列 and 加快建设现代产业体系 go on with the one before.
    """
    words = topic(clause)
    if len(words) < _SHORTEST_TOPIC or words == strip_opening(clause)[:24]:
        return ""
    leans = is_relational(words) or opening_verb(words) or _PREDICATE.match(words) or _TAIL.prefix(words)
    return "" if leans else words


def strip_opening(phrase: str) -> str:
    """Drop what may stand before a subject without belonging to it: areas, years, 其中, 力争, …."""
    while True:
        phrase = _LIST_NUMBER.sub("", phrase.lstrip(_MARKS + "）)”的"))
        if phrase[:1] == "（" and "）" not in phrase:
            phrase = phrase[1:]
        time = _OPENING_TIME.match(phrase) or _ANNOUNCING.match(phrase)
        if time:
            phrase = phrase[time.end() :]
            continue
        word = _OPENING.prefix(phrase)
        if len(_WHOLE_OPENINGS.prefix(phrase)) > len(word):
            return phrase
        if not word or (len(word) == 1 and word != "但" and len(phrase) > 1 and phrase[1] in _COMPOUNDS):
            return phrase
        phrase = phrase[len(word) :]


def rank_lead(before: str) -> Lead:
    """Read the words before a rank: 居全省第一位, 列全国地级市第三, 排名第二十二位."""
    phrase = before.rstrip(_STOPS)
    links: list[str] = []
    area = _AREAS.suffix(phrase)
    phrase = _YEARS_RUNNING.sub("", phrase)
    for _ in range(12):
        word = _AREAS.suffix(phrase) or _RANKING.suffix(phrase) or _TAIL.suffix(phrase)
        if not word:
            held = _held(phrase) if not area and not links else None
            if held is None:
                break
            phrase, area = held
            continue
        links.append(word)
        phrase = phrase[: -len(word)].rstrip(_STOPS)
    return Lead(strip_opening(phrase), None, reached=False)


def _held(phrase: str) -> tuple[str, str] | None:
    """Split 信用指数居全国地级以上城市 at the verb that holds the rank: subject before, area after it."""
    best: tuple[int, int] | None = None
    for match in re.finditer(r"位居|位列|名列|跃居|跻身|稳居|蝉联|排名|排在|升至|进入|居|列", phrase):
        if 0 < len(phrase) - match.end() <= 14:
            best = (match.start(), match.end())
    if best is None:
        return None
    return phrase[: best[0]], phrase[best[1] :]


def is_verb_only(phrase: str) -> bool:
    """Whether a phrase is nothing but verbs such as 新增, 新建和改扩建, 启动建设."""
    rest = phrase
    while rest:
        rest = rest.lstrip("、和与及并")
        word = _DOING.prefix(rest)
        if not word:
            return not rest or rest in _TAIL
        rest = rest[len(word) :]
    return True


def makes(phrase: str) -> bool:
    """Whether a phrase is a verb, or a short phrase with a verb at one end, that makes the thing counted."""
    return bool(phrase) and (
        is_verb_only(phrase) or (len(phrase) <= 8 and bool(_DOING.prefix(phrase) or _DOING.suffix(phrase)))
    )


def opening_verb(phrase: str) -> str:
    """The verb of making or bringing about that a phrase starts with, or an empty string.

    A word that only begins like a verb (生产总值) has none.
    """
    verb = _DOING.prefix(phrase)
    return verb if len(verb) > len(_WHOLE_OPENINGS.prefix(phrase)) else ""


def is_relational(phrase: str) -> bool:
    """Whether a phrase means nothing without a subject before it: 增幅, 总投资, 占全省, 高于全国."""
    return phrase in _RELATIONAL or phrase.startswith(
        ("占", "高于", "低于", "快于", "优于", "好于", "比", "超过全", "相当于", "剔除", "扣除", "折合")
    )
