"""The indicator of a number, in the report's own words."""

import re
from dataclasses import dataclass, field

from extract.claims import pairing, phrases
from extract.claims.memory import Memory
from extract.claims.model import Doubt
from extract.indicators.matching import built_in_matcher
from extract.language.years import PLAN, YEAR
from extract.numbers.mention import Mention

# What says which part of a number that was just given: 其中56项为全国首创.
_SUBSET = re.compile(r"为|是|被|获|入选|列入|纳入|属于|来自")
_AREA_ONLY = re.compile(r"(?:全国|全省|全市|全区|全球|世界|长三角)")
# A thing named by no more characters (经验, 项目) means nothing without the words in front of the number.
_GENERIC = 2
# A rate of growth after a share of an area is of the whole: 占全国3.2%，增长4%.
_SHARE_OF_AREA = re.compile(r"占(?!比)[^占]{1,8}$")
_CALIBRE = re.compile(r"按?(?:自然|同|可比)口径(?:计算)?$")
_TOTALS = frozenset(("总量", "总数", "总面积", "总里程", "存量", "余额", "总规模", "累计", "总产能"))
_YIELDS = frozenset(("产量", "总产量", "总产", "单产", "产值", "总产值"))
_TIME_ALONE = re.compile(r"\s*(?:全年|[上下]半年|前[三3]季度|[一二三四]季度)")
_YIELD = re.compile(r"(?<=.)(?:总产[量值]?|产[量值]|单产)$")
_SALES = re.compile(r"(?<=.)(?:产销量?|[产销]量|销售量?)$")
_AREA_NOUN = re.compile(r"(?:(?:播种|种植|养殖|栽种|播栽|生产)?面积|生产)$")
_CROP = re.compile(r"(.+?)(?:播种|种植|养殖|栽种|播栽|生产)?面积[^、]{0,4}、(总?产[量值]|总产|单产)")
# The length of a work is the work; that it is a length its unit says: 龙溪河治理长度达到35公里.
_LENGTH_OF_WORK = re.compile(r"(?<=治理|整治|改造|修复|疏浚|清淤|加固)的?总?长度$")
_LENGTHS = frozenset(("公里", "千米", "米", "里", "km", "m"))
# What the last number was compared with is no part of what the next one is of: 高于全国0.8个百分点，总量达….
_COMPARED = re.compile(
    rf"(?:[高低快慢好优多少大]于|高出|快过|超过|领先|[比较](?=全[国省市区]|上年|去年|同期|[一二三四]季度|[上下]半年|年初|{YEAR}年|{PLAN}))"
    r"[^、，]{1,12}$"
)
_STANDING = re.compile(
    r"(?:稳?居|位居|位?列|排|在)?(?:(?:全[国省区市]|[东中西]部(?:地区)?)的?)?(?:位次|排名|名次|排位)$"
)
_RATE_NOUN = re.compile(r"(?:年均|平均)?(?:增速|增幅|涨幅|增长率)$")
_REALM = re.compile(r"城镇|城市|农村|乡村|(?:全体|全省|全市|全区|城乡)?(?:常住)?(?=居民)")
_REALMS = ("城镇", "城市", "农村", "乡村")
# The people of a realm stand for what was said of those of another: 城镇居民人均可支配收入增长4%，农村居民增长6%.
_PEOPLE = re.compile(r"(?:城镇|城市|农村(?:牧区)?|农牧区|乡村)(?:常住)?居民")
_FARMERS = re.compile(r"农牧?民(?=人均)")
_OF_A_REALM = ("农民", "农村", "乡村", "城镇", "城市")
_MISSED = re.compile(r"(?:没有|未能?)(?:完成|达到|实现)[^，\d]{0,8}$")
_SPENT = frozenset(("投资", "投入", "总投资", "完成投资", "投入资金", "安排资金", "筹资", "筹措资金"))
_THAT_IS = frozenset(("即", "亦即", "也就是", "就是"))
_CARRYING_OUT = frozenset(("实施", "完成", "启动", "开展", "推进", "组织", "用于"))
_AIM = re.compile(r"[^，。；：、\d（）]{2,24}")
_EXAMPLES = re.compile(
    r"(?P<examples>[^、等，（）“”]{2,12}(?:、[^、等，（）“”]{2,12})+)等(?![地人县市省])(?P<kind>[\u4e00-\u9fff]{2,12})"
)
_SAYING_NOTHING = (
    "项目",
    "企业",
    "产业",
    "领域",
    "方面",
    "行业",
    "事项",
    "地区",
    "部门",
    "行动",
    "改造",
    "工作",
    "设施",
    "活动",
    "产品",
    "平台",
    "指标",
)
_INDUSTRIES = ("第一产业比重", "第二产业比重", "第三产业比重")
_COUNTED = frozenset({"quantity", "number"})


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The words around one number or row of numbers.

    Attributes:
        before: from the previous number or the start of the clause.
        lead: `before`, read.
        after: up to the next list member, number or the end of the clause.
        verb: the verb that opens the list so far (新增甲3家、乙5家), or an empty string.
        ahead: what follows in the sentence, over the end of the clause.
    """

    before: str
    lead: phrases.Lead
    after: str
    verb: str
    ahead: str = ""

    @property
    def listed(self) -> bool:
        """Whether the number is a later member of a list."""
        return self.before[:1] in ("、", "和", "与", "及")


@dataclass(slots=True)
class Named:
    """An indicator, the verb that its list opens with, and what is doubtful about it."""

    indicator: str
    verb: str = ""
    doubts: list[Doubt] = field(default_factory=list)


def name_one(mention: Mention, around: Surroundings, memory: Memory) -> Named:
    """Name a single number.

    A count takes the thing after it (新增2个国际友城) before the one in front (国际友城2个); any other number the
    subject in front. A subject that means nothing alone (增幅, 占全省) leans on what came before.
    """
    subject, after = _shortened(around.lead.subject, mention), around.after
    verb = phrases.opening_verb(subject) or (around.verb if around.listed else "")
    if elsewhere := _named_elsewhere(subject, around, memory):
        return Named(elsewhere, verb)
    if not subject and _SUBSET.match(after):
        named = _leaning("", around, memory)
        own = _SUBSET.match(named.indicator) is not None  # 1人获甲称号、4人获乙称号
        return Named(after if own else named.indicator + after, verb, named.doubts)
    thing = "" if _SUBSET.match(after) else phrases.thing(after)
    if thing and mention.kind in _COUNTED:
        if subject:
            needed = phrases.makes(subject) or len(thing) <= _GENERIC
            return Named((subject if needed else "") + thing, verb)
        return Named(_with_verb(thing, around, mention), verb)
    if thing and mention.kind == "percent" and around.lead.direction is None:
        return Named(subject + thing, verb)
    of_the_thing = after.startswith("的") and mention.kind == "money" and subject
    alone = mention.kind != "percent" and (not subject or phrases.is_verb_only(subject))
    if thing and (of_the_thing or alone):
        return Named(subject + thing, verb)
    if subject and phrases.is_verb_only(subject):
        if memory.subjects:
            return Named(_other_verb(memory.subjects[-1], subject), verb)
        return _leaning(subject, around, memory)
    if (
        not subject
        or phrases.is_relational(subject)
        or _AREA_ONLY.fullmatch(subject)
        or _STANDING.fullmatch(subject)
        or _area_share(around, memory)
    ):
        named = _leaning(subject, around, memory)
        if not subject and mention.kind == "percent" and around.lead.direction:
            named.indicator = _SHARE_OF_AREA.sub("", named.indicator)
        return named
    sibling = _sibling(subject, memory)
    return Named(sibling or _with_verb(subject, around, mention), verb)


def _named_elsewhere(subject: str, around: Surroundings, memory: Memory) -> str:
    """The name of a number that stands neither right before it nor right behind it; empty for most."""
    if subject in _THAT_IS and memory.claims:  # 增加四万吨，即百分之九
        return memory.claims[-1].indicator
    if _MISSED.search(around.before) and memory.subjects:  # 下降2%，没有完成年初确定的5%的增长目标
        return memory.subjects[-1]
    if subject in _SPENT and not around.listed and (purpose := _purpose(around.ahead)):
        return purpose + subject
    return ""


def _purpose(ahead: str) -> str:
    """What money was spent for: 投资4600万元，实施学校扩建项目; 投入5300万元推广洁净煤. Empty where nothing says."""
    words = ahead.lstrip("，,多余以上左右")
    verb = phrases.opening_verb(words)
    if not verb:
        return ""
    aim = _AIM.match(words, len(verb))
    if aim is None:
        return ""
    return aim[0] if verb in _CARRYING_OUT else verb + aim[0]


def _shortened(subject: str, mention: Mention) -> str:
    """A subject without what its number says anyway, or says of something else."""
    if crop := _CROP.fullmatch(subject):  # 粮食播种面积稳定、产量达到12万吨
        return crop[1] + crop[2]
    return _LENGTH_OF_WORK.sub("", subject) if mention.unit in _LENGTHS else subject


def name_row(
    count: int, around: Surroundings, memory: Memory, *, ratio: bool = False
) -> tuple[list[str], bool, list[Doubt]]:
    """Name the numbers of a row (分别增长10.2%和10.1%), or the parts of a ratio (21.4：45.3：33.3).

    Returns:
        One indicator a number; whether each number has a subject of its own; what is doubtful.
    """
    subject = around.lead.subject
    if ratio and count == len(_INDUSTRIES) and ("产业" in subject or memory.row == _INDUSTRIES):
        return list(_INDUSTRIES), True, []
    distributed = "分别" in around.before or subject.startswith("城乡")
    names = pairing.members(subject, count, distributed=distributed) if subject else None
    if names is not None:
        return [_of_people(name, memory) or name for name in names], True, []
    if not subject or phrases.is_relational(subject):
        row = tuple(map(_alone, memory.row))
        if len(row) == count and (not distributed or tuple(memory.subjects[-count:]) == memory.row):
            return [name + subject for name in row], True, []
        earlier = memory.last_distinct(count)
        if len(earlier) == count:
            return [_alone(name) + subject for name in earlier], True, []
        named = _leaning(subject, around, memory)
        dealt = pairing.members(named.indicator, count, distributed=distributed) if distributed else None
        if dealt is not None:  # 甲、乙双双突破千亿元，分别达1021亿元、1105亿元
            return dealt, True, named.doubts
        return [named.indicator] * count, False, [*named.doubts, Doubt.ROW_WITHOUT_SUBJECTS]
    return [subject] * count, False, [Doubt.ROW_WITHOUT_SUBJECTS]


def _leaning(subject: str, around: Surroundings, memory: Memory) -> Named:
    """Complete a subject that leans on what came before."""
    doubts: list[Doubt] = []
    turned = memory.turned
    base = memory.subjects[-1] if memory.subjects and not turned else ""
    if not base and memory.topic:
        base = turned or memory.topic
        doubts.append(Doubt.SUBJECT_BEFORE)
    if not base and not subject and memory.claims and _TIME_ALONE.match(around.before):
        return Named(memory.claims[-1].indicator)  # 生产总值上半年增长5%；全年增长6%
    if not base:
        words = subject or around.before.strip(" 、，和") or phrases.thing(around.after)
        return Named(words, doubts=[Doubt.NO_SUBJECT])
    if not _AREA_ONLY.fullmatch(subject):
        base = _alone(base)
    share = _area_share(around, memory)
    area = _AREA_NOUN.search(base) if subject in _YIELDS else None
    if area and area.start() > 0:  # 粮食播种面积300万亩、产量12万吨: the output is not of the area
        base = base[: area.start()]
    if subject in _YIELDS:  # 粮食单产居全省第一，总产12万吨
        base = _YIELD.sub("", base)
    if subject.endswith("口径"):  # 按自然口径计算下降2.1%、同口径增长3.5%
        base = _CALIBRE.sub("", base)
    if subject in _TOTALS:  # 新增体育公园6个、总量达58个: the total is not new; nor is it one of a rate
        base = _RATE_NOUN.sub("", base.removeprefix(phrases.opening_verb(base)))
    if len(subject) > 1 and base.endswith(subject[-2:]) and len(base) > len(subject):
        return Named(base[:-2] + subject, doubts=doubts)
    return Named(share or _joined(base, subject), doubts=doubts)


def _alone(base: str) -> str:
    """A subject without what it was compared with: 收入增速分别高于全国0.5个、0.9个百分点，达到4.9%、6.8%."""
    compared = _COMPARED.search(base) or _STANDING.search(base)  # 经济总量居全国位次前移1位、年均增长5%
    return base[: compared.start()].removesuffix("分别") if compared and compared.start() > 1 else base


def _joined(base: str, subject: str) -> str:
    """研发经费投入 and 投入强度 make 研发经费投入强度: what both have stands once."""
    for size in range(min(len(base), len(subject)) - 1, 1, -1):
        if base.endswith(subject[:size]):
            return base + subject[size:]
    return base + subject


def _area_share(around: Surroundings, memory: Memory) -> str | None:
    """占全国1.3%、全省11.1%: the second area takes the place of the first."""
    area = around.before.strip(" 、，和")
    base = memory.subjects[-1] if memory.subjects else ""
    if _AREA_ONLY.fullmatch(area) and "占" in base:
        return base[: base.rindex("占") + 1] + area
    return None


def _with_verb(subject: str, around: Surroundings, mention: Mention) -> str:
    """新增甲企业3家、乙企业5家: the verb that opens a list of counts holds for its later members."""
    if around.verb and around.listed and mention.kind == "quantity" and not phrases.opening_verb(subject):
        return around.verb + subject
    return subject


def _other_verb(previous: str, verb: str) -> str:
    """The second verb takes the place of the first: 亿元以上项目开工537个、竣工369个; 引进项目30个，落地12个."""
    for size in range(min(4, len(previous) - 2), 1, -1):
        if phrases.is_verb_only(previous[-size:]):
            return previous[:-size] + verb
    opening = phrases.opening_verb(previous)
    return verb + previous.removeprefix(opening) if opening else previous + verb


def without_examples(indicator: str) -> str:
    """改造甲村、乙村等危桥 is 改造危桥: places and names that are only given as examples are left out.

    A word that says nothing without them (甲、乙等项目) keeps them.
    """
    found = _EXAMPLES.fullmatch(indicator)
    if found is None or phrases.makes(found["kind"]) or found["kind"].endswith(_SAYING_NOTHING):
        return indicator
    verb = phrases.opening_verb(indicator)
    return (verb if verb and len(verb) < found.end("examples") else "") + found["kind"]


def without_realm(indicator: str) -> str:
    """城镇居民人均可支配收入 and 全体居民人均可支配收入 without what tells them apart."""
    return _REALM.sub("", indicator, count=1) if _REALM.match(indicator) else indicator


def _known(subject: str) -> bool:
    """Whether a subject is an indicator of the catalogue as it stands."""
    return any(name.how != "loose" for name, _, _ in built_in_matcher().names(subject))


def _of_people(subject: str, memory: Memory) -> str | None:
    """A realm, or its people, that stand for what was just said of another: 城镇居民人均可支配收入增长4%，农村增长6%."""
    previous = memory.subjects[-1] if memory.subjects else ""
    if not previous and memory.claims:  # over a semicolon, too
        previous = memory.claims[-1].indicator
    compared = _COMPARED.search(previous)  # 居民人均可支配收入增长5%，快于经济增速0.1个百分点；城镇居民增长4%
    previous = previous[: compared.start()] if compared else previous
    if "居民" in previous and _PEOPLE.fullmatch(subject):
        return subject + previous.partition("居民")[2]
    farmers = _FARMERS.match(previous)
    if farmers and _PEOPLE.fullmatch(subject):  # 农民人均可支配收入增长7%，城镇居民增长5.5%
        return subject + previous[farmers.end() :]
    realm = _REALM.match(previous) if subject in _REALMS else None
    return subject + previous[realm.end() :] if realm else None


def _sibling(subject: str, memory: Memory) -> str | None:
    """技能大赛一等奖4项、二等奖7项: a short member that differs from the end of the last one in its
    first character; 城市低保标准提高到780元，农村提高到5640元: another realm.
    """
    people = _of_people(subject, memory)
    if people or subject in _REALMS or not memory.subjects:
        return people
    previous = memory.subjects[-1]
    if subject == "出口" and _SALES.search(previous) and not _known(previous):
        return _SALES.sub(subject, previous)  # 电动车产量突破7万辆，出口增长53%
    if len(subject) not in (3, 4) or subject.startswith(_OF_A_REALM) or _known(subject):
        return None
    if len(previous) > len(subject) + 1 and previous[1 - len(subject) :] == subject[1:]:
        return previous[: -len(subject)] + subject
    return None
