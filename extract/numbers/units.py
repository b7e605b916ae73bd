"""The words that follow a number: what they are called, of which kind, and when they are no unit.

An entry of a table is `word`, `word=name` where the unit goes by another name, or `word!字字` where the word
is no unit before one of those characters (`5部门` counts no 部); both together are `word!字字=name`. A new unit
is one word here and one line in the corpus.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of the language.

    Attributes:
        name: what the mention calls it (`元`, `个百分点`, `家`).
        kind: kind of the mention: `money`, `percent`, `percentage_point`, `quantity` or `name`.
        guard: characters before which the word is no unit.
        weak: after a single Chinese digit it usually makes a word (三级, 二期) and counts nothing.
    """

    name: str
    kind: str
    guard: str
    weak: bool


_MONEY = """
元 元整=元 人民币=元 人民币元=元 块钱=元 圆整=元 圆=元 美元 美金=美元 美圆=美元 欧元
英镑 日元 日圆=日元 日币=日元 港元 港币=港元 港圆=港元 澳元 澳门元 加元 加拿大元=加元 新元
新加坡元=新元 韩元 韩币=韩元 卢布 卢比 新台币 台币=新台币 泰铢 法郎 瑞士法郎 奈拉 林吉特 越南盾
迪拉姆 比特币 个比特币=比特币 块!地区石链 角!度色落逐 毛!坯病利 分钱=分 角钱=角 毛钱=毛 RMB=元
CNY=元 USD=美元 EUR=欧元 HKD=港元
"""

_PERCENT = "% ‰"
_PERCENTAGE_POINT = "个百分点 百分点=个百分点 个点!位评数心面=个百分点"

_COUNT = """
个 个方面=个 方面=个 人!才均口 人次 人份 人日 家 家次 名 名次 户!均籍 户次 项 位 位次 件 件次 条 所
座 张 例 起 头 部!门 台!账阶 台套 台次 台件 套 场!馆 场次 次 回!升落归收暖应 批 批次 辆 辆次 艘 艘次
架!构 架次 班!子 班列 班次 列!入为居全第 对!外口接于标照策应 门!诊户店 册 篇 幅!度 倍 种 类 级 本!科
份!额 支!持付撑出援 株 棵 根 只 匹 羽 尾 峰!会值 枚 粒 颗 款 笔 单!位一元独个 宗 床
间!接隔 栋 幢 层!级次面 片 区!域块间县位 处!理置于在 口!岸径 道!路 段 节!能约日水省气 轮
代!表码 股!份权 站!点位 圈 环!境保节比 环节 盏 副!省市 盘 箱 袋 瓶 盒 包!括含 顶 首!个次批届创 遍 趟
剂 剂次 管!理道网护控线委家 把!握控 页 讲!话 朵 集!中聚群成团体装约合 卷 步!行伐入道骤 组!织建成 窝 笼 车次 标箱 标准箱
航次 航班 座次 席!位 席位 床位 泊位 车位 机位 学位 停车位 工位 岗位 站点 点位 机架 标准机架 机柜
笔次 单次 字!号节母 词 手!工续机段术 眼 桩 杆 维 丛 束 棒!球冰 排!放名水查污出列 双!方边向创碳重减一万千百
师 校 企!业 路!网段径线面灯口桥况由 县!级域区城乡 市!场民区域级政值县 镇!街域级 村!庄民级集居社镇
乡!村镇 街道 社区 园区 国!家际内道有资企防土 省!级内市外份区域 州!市 星!级期 枝 届
番 期!间末货限望盼初待满 连冠 连胜 连增 连丰 连涨 连升 连快 连降 连跳 连优
分!别布类为之享批支级配工红析流期母化散担局解
"""

_TIME = """
年 周年 个月 个多月=个月 月 季度 个季度 周!边期全密围末转知报刊岁 星期 个星期 个多星期=个星期 礼拜
个礼拜 天!然津地气府台空河宫 日 工作日 个工作日 交易日 个交易日 自然日 个自然日 小时 个小时
个多小时=个小时 钟头 个钟头 分钟 刻钟 秒 秒钟 毫秒 岁 周岁 课时 学时 工时 个世纪 人天 人月 许时
"""

_PHYSICAL = """
公里 千米 米!粮面 分米 厘米 公分 毫米 微米 纳米 公尺 海里 英里 英尺 英寸 华里 里!面程昂 里地=里 丈
尺!度寸 寸!土 码!头 光年 延米 延长米 车公里 克拉 ㎡=平方米 ㎥=立方米 平方公里 平方千米 平方米 平方厘米 平方=平方米
个平方=平方米 平米=平方米 平!台均安方等衡原常坦息凡壤静价时局稳 平方英尺 平方英里 公顷 顷 亩 亩次
立方米 立方 标方 方!面向案位式针便法 升!级至学入温格 毫升 公升 桶 吨 公斤 千克 斤 克!服难拉 毫克
微克每立方米=微克/立方米 毫克每立方米=毫克/立方米
微克 担 两!岸年会个项地级种方次条手侧端家 吨公里 人公里 吨标煤 吨标准煤 吨标准油 吨二氧化碳当量 蒸吨
标煤 载重吨 总吨 千瓦 兆瓦 吉瓦 瓦 千瓦时 兆瓦时 瓦时 伏 千伏 千伏安 兆伏安 安时 焦耳
千焦 千卡 帕 千帕 兆帕 赫兹 千赫 兆赫 摩尔 分贝 毫安 比特 字节 兆比特 流明 摄氏度 摄氏° 华氏度 华氏°
度!假过夜量电 ° ℃ °C °F ℉ 迈!入进向步出
"""

_LATIN = """
km cm mm nm μm µm dm m km² hm² hm2 m² m³ km2 m2 m3 kg mg μg µg g t ha L l ml mL ML cc kW MW GW kWh MWh GWh
TWh kV GWH KWH GB TB PB EB MB Gbps Mbps EFLOPS PFLOPS TFLOPS FLOPS P TEU km/h CM KM KG
"""

_NAME = """
型 号 号线 号楼 号文 号文件 号工程 号公路 号台风 版!本图权块面 强!化度力大调势制 国道 省道 县道 高速
大!批步早片学型中宗量数厅会小桥湾 中全会 世纪 维码
"""
"""What is numbered, not counted: 22号线, 500强, 2.0版, 320国道."""

_WEAK = """
级 类 期 届 线 道 层 区 县 市 镇 村 乡 省 国 州 方 代 环 路 手 口 头 段 站 圈 股 集 本 首 包 班 单
字 校 师 企 眼 维 排 车 星 组 席 束 副 词 街道 社区 园区 峰 担 把 讲 页 番 顶 桩 杆 里
"""

_PER = """
人 人次 人年 人月 年 月 日 天 周 小时 分钟 秒 户 家 个 件 台 辆 次 套 株 头 亩 公顷 吨 公斤 千克 克
平方米 平方公里 立方米 公里 米 升 L m3 m² m³ m2 ㎡ 千瓦时 元 万元 亿元 床 股 生 岁 d h
"""

_WEAK_WORDS = frozenset(_WEAK.split())


def _entries(table: str, kind: str) -> Iterator[tuple[str, Unit]]:
    for entry in table.split():
        guarded, _, name = entry.partition("=")
        word, _, guard = guarded.partition("!")
        yield word, Unit(name or word, kind, guard, weak=word in _WEAK_WORDS)


UNITS: Final[dict[str, Unit]] = {
    **dict(_entries(_COUNT, "quantity")),
    **dict(_entries(_TIME, "quantity")),
    **dict(_entries(_PHYSICAL, "quantity")),
    **dict(_entries(_LATIN, "quantity")),
    **dict(_entries(_MONEY, "money")),
    **dict(_entries(_PERCENT, "percent")),
    **dict(_entries(_PERCENTAGE_POINT, "percentage_point")),
    **dict(_entries(_NAME, "name")),
}
"""Every unit by its wording."""

LATIN_WORDS: Final = tuple(word for word in UNITS if word[0].isascii() and word[0].isalpha())
"""Units in Latin letters: no letter or digit may follow them."""

DENOMINATORS: Final = tuple(_PER.split())
"""What an amount may be given for: 元/吨, 微克/立方米, 人/平方公里."""

TENTHS: Final = "成"
"""三成 is 30 %; half a tenth or a digit may follow (三成半, 七成六), so patterns.py reads it."""

NOT_TENTHS: Final = "立为果员都功本长品型效绩交就熟份套群"
"""Before these characters 成 begins a word."""

TAKES_REST: Final = "年天日周岁倍吨斤两米里亩度个时块元月丈尺寸"
"""Last characters of the units that 半 or 多 may follow: 两年半, 一吨半, 一年多."""
