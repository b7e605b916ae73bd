"""Words by which a name makes another fact of a true number: 虚报的…, …缺口, 人均, 城镇 for 农村.

The number stands in the text, and so do most characters of the name; what is false is one word that was added, lost
or exchanged. `TURNS` is the table of such words; `elsewhere.py` sees words that are in no table.
"""

import re
from dataclasses import dataclass
from functools import cached_property

from extract.checks.comparison import Difference
from extract.checks.places import Place
from extract.checks.similarity import names_one_of, similarity
from extract.checks.stated import ABSENT, Stated


@dataclass(frozen=True)
class Turn:
    """One meaning that a name may have or lack.

    Attributes:
        meaning: in a word or two.
        words: what says it in a name.
        borne_out: what bears it out in the text, where that is more than the words themselves.
        against: the words of the opposite, where a name has the one or the other.
        lost: the name without the words is another fact, too; where readers shorten freely it is not.
        carried: the words may stand further away, earlier in the sentence .
        example: a text, and what a name must not say of its number.
    """

    meaning: str
    words: str
    example: tuple[str, str]
    borne_out: str = ""
    against: str = ""
    lost: bool = False
    carried: bool = False

    @cached_property
    def said(self) -> re.Pattern[str]:
        """Finds the words in a name."""
        return re.compile(self.words)

    @cached_property
    def evidence(self) -> re.Pattern[str]:
        """Finds in a text what bears the words out."""
        return re.compile(f"{self.words}|{self.borne_out}" if self.borne_out else self.words)

    @cached_property
    def opposite(self) -> re.Pattern[str] | None:
        """Finds the opposite in a name."""
        return re.compile(self.against) if self.against else None


_NOT = "未(?!来|成年)|没有|尚无|不(?!动产|锈钢|断|含|足|低于|少于|超过|高于|到|仅|良)|并非|无(?!人机|障碍|线|偿|形|害)"
_URBAN, _RURAL = "城镇|城市(?!群|圈|书房)", "农村|乡村(?!振兴)|农民|农户"
_EARNED, _SPENT = "收入", "支出(?!占|强度)|开支"
_SOLD, _BOUGHT = "(?<!进)出口", "(?<!进出)进口"
_LENT, _SAVED = "贷款", "存款"
_ANEW = "(?<![高创])新(?!技术|材料|能源|兴|型|区|城|产业|质)|增(?!加值)|净|再"
_NEW, _SUMMED = "新增|净增", "累计|历年|存量"

TURNS: tuple[Turn, ...] = (
    # what turns any name round
    Turn(
        "made up",
        "虚报|虚增|虚假|虚构|谎报|瞒报|漏报|造假|伪造|假冒|注水|夸大|骗取|套取",
        ("粮食产量12万吨", "虚报的粮食产量"),
        borne_out="虚|谎|瞒|假|伪|骗",
        lost=True,
    ),
    Turn("not", _NOT, ("完成改造30个", "未完成改造"), borne_out="没|尚|并非|否", lost=True),
    Turn(
        "stopped",
        "取消|停建|停工|停产|停办|终止|烂尾|搁置|叫停|撤销|废止|落空|失败|逾期|延期|超期",
        ("开工项目18个", "停工项目"),
        borne_out="停|止|撤|废|取缔|关闭|关停|逾|延",
        lost=True,
    ),
    Turn(
        "lacking",
        "缺口|缺额|缺少|欠缺|短缺|紧缺|不足|差额|差距",
        ("养老床位2400张", "养老床位缺口"),
        borne_out="缺|不够|相差|少于",
        lost=True,
    ),
    Turn(
        "lost",
        "亏损|亏空|损失|流失|赤字|浪费|损毁",
        ("规上工业利润31亿元", "规上工业亏损"),
        borne_out="亏|损|赤字",
        lost=True,
    ),
    Turn(
        "owed",
        "负债|债务|欠债|拖欠|欠薪|欠款|欠税|欠缴|欠账|不良(?=贷款|资产|率)|坏账",
        ("缴纳税款9亿元", "拖欠税款"),
        borne_out="债|欠|不良|坏账",
        lost=True,
    ),
    Turn(
        "against the rules",
        "违规|违法|非法|违章|挪用|侵占|贪污|截留",
        ("征收土地500亩", "违规征收土地"),
        borne_out="违|非法|挪|侵|贪|截",
        lost=True,
    ),
    # what kind of number it is: its own kind and direction bear these out
    Turn(
        "fallen",
        "减少额|减少量|减少数|减量|减幅|降幅|跌幅|下降额|下降率|下降幅度",
        ("贷款余额800亿元", "贷款余额减少额"),
        borne_out="减|降|跌|缩|压|少|落|低",
    ),
    Turn(
        "grown",
        "增加额|增加量|增加数|增量|增幅|涨幅|增速|增长率|增长额",
        ("进出口总额300亿元", "进出口总额增量"),
        borne_out="增|涨|升|提高|扩大|快|高",
    ),
    Turn(
        "a share",
        "占比|比重|比例|份额|占",
        ("研发经费支出15亿元", "研发经费支出占比"),
        borne_out="分之|率|成",
    ),
    Turn("of each head", "人均(?!$)|每人", ("消费支出2.1万元", "人均消费支出"), borne_out="每", lost=True),
    Turn("of each household", "户均|每户", ("增收3000元", "户均增收"), borne_out="每", lost=True),
    Turn("of each mu", "亩均|每亩", ("税收26万元", "亩均税收"), borne_out="每", lost=True),
    # one of two
    Turn("urban", _URBAN, ("农村居民收入2.4万元", "城镇居民收入"), "城", _RURAL, lost=True, carried=True),
    Turn("rural", _RURAL, ("城镇居民收入4.1万元", "农村居民收入"), "乡镇|城乡|村|农[民户]", _URBAN, lost=True, carried=True),
    Turn("earned", _EARNED, ("公共预算支出90亿元", "公共预算收入"), "税|[营创增财]收", _SPENT, lost=True, carried=True),
    Turn("spent", _SPENT, ("一般公共预算收入60亿元", "一般公共预算支出"), "投入|花|支", _EARNED, lost=True, carried=True),
    Turn("sold abroad", _SOLD, ("进口增长3%", "出口"), "外销", _BOUGHT, lost=True, carried=True),
    Turn("bought abroad", _BOUGHT, ("出口增长3%", "进口"), "", _SOLD, lost=True, carried=True),
    Turn("lent", _LENT, ("存款余额70亿元", "贷款余额"), "贷|授信|融资|信贷", _SAVED, lost=True, carried=True),
    Turn("saved", _SAVED, ("贷款余额70亿元", "存款余额"), "存", _LENT, lost=True, carried=True),
    Turn("added", _NEW, ("高新技术企业410家", "新增高新技术企业"), _ANEW, _SUMMED, lost=True, carried=True),
    Turn("summed", _SUMMED, ("新增瞪羚企业9家", "累计瞪羚企业"), "[共总来达已有计]|年[间末底]", _NEW, lost=True, carried=True),
)  # fmt: skip
"""The table. A word that is not in it is still seen where nothing of the kind stands around the number."""

REACH = 12
"""How many characters after a number may name what is counted: 30%的村, 2.4万老年人."""

ALIKE = 0.4
"""From this similarity on a name may be that of the rules without a word of it."""

_MARK = re.compile(r"[，。；：、！？\d（(]")


def turned(stated: Stated, place: Place) -> Difference | None:
    """`indicator_differs` where the name has a word that turns the meaning and the text has not, or the reverse.

    What the name adds is held against the text itself. What it lost or exchanged is held against the name that the
    rules read, only where they are sure of it.
    """
    said, claim = stated.indicator, place.claim
    if said is ABSENT or not said or not place.context:
        return None
    name = claim.indicator if claim and claim.confidence == "sure" else None
    if name is not None and names_one_of(said, name):
        name = said
    close, wide = _own_words(place), _sentence_words(place)
    if name is None:
        close = wide = wide + "".join(place.context)
    for turn in TURNS:
        added = turn.said.search(said) is not None
        if added and not turn.evidence.search(wide if turn.carried else close):
            return Difference("indicator_differs", said, claim.indicator if claim else place.text)
        if name is not None and (_exchanged(turn, name, close) if added else _lost(turn, said, name)):
            return Difference("indicator_differs", said, name)
    return None


def _exchanged(turn: Turn, name: str, close: str) -> bool:
    """The rules' name has the opposite of what is said, and the words at the number do not say it."""
    opposite = turn.opposite
    return opposite is not None and opposite.search(name) is not None and turn.said.search(close) is None


def _lost(turn: Turn, said: str, name: str) -> bool:
    """The rules' name has the words; a name that is not like it at all lost more than those, and is told elsewhere."""
    lost = turn.lost and turn.said.search(name) is not None and turn.evidence.search(said) is None
    return lost and similarity(said, name) >= ALIKE


def _own_words(place: Place) -> str:
    """What names this number: its clause, what is counted after it, the rules' name, and what its kind says."""
    return place.clause_before() + _rest(place)


def _sentence_words(place: Place) -> str:
    """The same with all that stands before the number up to a full stop or semicolon."""
    return place.clause_before("。；") + _rest(place)


def _rest(place: Place) -> str:
    claim = place.claim
    after = place.report.clean.text[place.mention.end : place.near[1]][:REACH]
    mark = _MARK.search(after)
    words = after[: mark.start()] if mark else after
    if claim is None:
        return words
    grown = {"increase": "增", "decrease": "减"}.get(claim.direction or "", "")
    return words + claim.indicator + grown + ("占" if claim.kind == "share" else "")
