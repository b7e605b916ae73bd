"""The words that make another fact of a true number when they are added to its name, lost from it or exchanged."""

import re
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Turn:
    """One meaning that a name may have or lack.

    Attributes:
        meaning: in a word or two.
        words: what says it in a name.
        borne_out: what bears it out in the text, where that is more than the words themselves.
        against: the words of the opposite, where a name has the one or the other.
        lost: the name without the words is another fact, too; where readers shorten freely it is not.
        carried: the words may stand further away, earlier in the sentence.
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
        "虚(?!拟)|谎|瞒|漏报|[误错]报|误差|重复(?:统计|计算)|造假|假(?!日|期|肢|牙)|伪|注水|夸大|骗取|套取",
        ("粮食产量12万吨", "虚报的粮食产量"),
        borne_out="误",
        lost=True,
    ),
    Turn("not", _NOT, ("完成改造30个", "未完成改造"), borne_out="没|尚|并非|否", lost=True),
    Turn(
        "stopped",
        "取消|停建|停工|停产|停办|停滞|终止|烂尾|搁置|叫停|撤销|废止|落空|失败|逾期|延期|超期",
        ("开工项目18个", "停工项目"),
        borne_out="停|止|撤|废|取缔|关闭|关停|逾|延",
        lost=True,
    ),
    Turn(
        "lacking",
        "缺(?![陷席])|不足|差额|差距|差$(?<!倍差)",
        ("养老床位2400张", "养老床位缺口"),
        borne_out="不够|相差|少于",
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
        "负债|债务|欠(?!发达)|不良(?=贷款|资产|率)|坏账",
        ("缴纳税款9亿元", "拖欠税款"),
        borne_out="债|不良",
        lost=True,
    ),
    Turn(
        "against the rules",
        "违规|违法|非法|违章|挪用|侵占|贪污|截留",
        ("征收土地500亩", "违规征收土地"),
        borne_out="违|非法|挪|侵|贪|截",
        lost=True,
    ),
    Turn(
        "cleared away",
        "淘汰|拆除|关闭|关停|退出|清退|注销|吊销|核减|扣减|禁止|取缔|减免",
        ("建成加油站12座", "关闭加油站"),
        borne_out="汰|拆|关|停|退|注销|吊销|减|禁|取缔|清|腾|免",
    ),
    Turn(
        "left out of the count",
        "扣除|剔除|不含|不包括|不计|除外|以外|之外|除(?=.+外)",
        ("出口40亿元", "不含出口"),
        borne_out="扣|剔|除",
    ),
    Turn("left over", "剩余|其余|余下|尚余|待(?![遇业])", ("改造危桥12座", "待改造危桥"), borne_out="余|剩|[还仍尚]有|其他"),
    # what kind of number it is: its own kind and direction bear these out
    Turn(
        "fallen",
        "减少|减量|减幅|降幅|跌幅|下降|降低|下滑|回落|收窄|少增|萎缩|负增长",
        ("贷款余额800亿元", "贷款余额减少额"),
        borne_out="减|降|跌|缩|压|少|落|低于|慢|窄",
    ),
    Turn("standing still", "零增长|持平|停滞", ("进出口增长3%", "进出口零增长"), borne_out="停"),
    Turn("doubled or halved", "翻番|翻[一两]番|倍增|一半|减半", ("税收40亿元", "税收的一半"), borne_out="番|倍|半"),
    Turn(
        "a bound",
        "上限|下限|最高(?!人?民?[法检])|最低|以[上下]$",
        ("补助标准2000元", "补助标准上限"),
        borne_out="限|顶|最|以[内上下]|[不超高低少多]于|不[超高低]|超过",
    ),
    Turn(
        "planned",
        "(?<!模)拟|目标|预期|预计|计划(?!生育|单列)",
        ("粮食产量12万吨", "粮食产量目标"),
        carried=True,
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
    Turn("of each year", "年均|平均每年|每年", ("2020年粮食产量12万吨", "年均粮食产量"), borne_out="(?<!人)均|每", carried=True),
    Turn("on average", "[日月季周次]均|平均|每[日天月]", ("客流2.4万人次", "日均客流"), borne_out="(?<!人)均|每", carried=True),
    Turn("of so many heads", "每[百千万][人户名]?", ("拥有床位2400张", "每千人床位"), borne_out="每|均", lost=True, carried=True),
    Turn("of each household", "户均|每户", ("增收3000元", "户均增收"), borne_out="每", lost=True),
    Turn("of each mu", "亩均|每亩", ("税收26万元", "亩均税收"), borne_out="每", lost=True),
    # of whom and of when
    Turn("of the world", "全球|世界(?!遗产|[杯级])", ("粮食产量12万吨", "全球粮食产量"), borne_out="世界", carried=True),
    Turn("of a part", "市区|市本级|县域|乡镇", ("粮食产量12万吨", "市本级粮食产量"), borne_out="城区|县|乡|镇", carried=True),
    Turn(
        "of a part of the year",
        "[上下]半年|[一二三四上]季度|[当本上][月季]",
        ("粮食产量12万吨", "上半年粮食产量"),
        carried=True,
    ),
    Turn("of five years", "十[一二三四五六]五", ("粮食产量12万吨", "十四五粮食产量"), borne_out="五年", carried=True),
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
