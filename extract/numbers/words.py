"""Words that hold a numeral and are no number, and the names and slogans that every report may use.

A single Chinese digit is read only before a unit, so only those words need a place here in which the digit
stands before one (`一起`, `十分`) or is bound from the left (`统一`). Text in the form `word!字字` gives the
characters before which the word is an amount after all (`一起案件`).
"""

from typing import Final

_WORDS = """
一起!案事 一次 一次性 一批 一种 一部分 一方面 一家人 一家亲 一家之言 一件事 一张网 一张图 一张表
一条龙 一条心 一步 一度 一时 一片 一股 一番 一口 一点!零一二三四五六七八九0123456789
一块!零一二三四五六七八九钱地屏 一会 一下 一日游 一分为二 一对一 一年级 一天天 一回事 一样 一个样
一举多得 一席之地 一环扣一环 二次 二元 三角 三次产业 三元区 三步走 三天两头 三分天下 三门峡 三门湾 三门县 四周!岁年 四处
四平市 五角大楼 五家渠 五台山 五台县 七里河 九台区 三台县 十分!钟之 十里 八里 七里 三项赛 三项全能 十月革命 十二生肖
九年义务 九年一贯 两样 两次三番 两两 两位数 三位数 四位数 千万别 千万不 万分 百分点 百分制 百分比 百分率 千分表 千瓦 千克
千米
"""

WORDS: Final[dict[str, str]] = {
    word: amount for word, _, amount in (entry.partition("!") for entry in _WORDS.split())
}
"""Words that begin with a numeral and count nothing, each with the characters that make it an amount."""

_SLOGANS = """
八八战略 一带一路 一国两制 两个确立 两个维护 四个意识 四个自信 四个全面 八项规定 三个代表 两个一百年
两个毫不动摇 三去一降一补 两不愁三保障 收支两条线 两条线管理 两个文明 四个现代化
三重一大 三会一课 两学一做 一网通办 一网统管 一窗受理
"""
SLOGANS: Final = tuple(_SLOGANS.split())
"""Policies of the whole country whose names hold a numeral; in any report they are names."""

BODIES: Final = ("二十国集团", "七国集团", "七十七国集团")
"""Bodies that are named after the number of their members."""

_BUILT = """
厂 厂房 园区 产业园 工业园 示范园 农业园 科技园 物流园 基地 电站 泵站 水库 医院 学校 农贸市场 专业市场 批发市场 广场 公园
场馆 体育馆 大桥 枢纽 港区 码头 街区 商圈 小区 安置区 综合体 车站 示范区 种植区 养殖区
"""
BUILT: Final = tuple(_BUILT.split())
"""What is built and can be counted by 大: 六大污水处理厂. 六大行动, 六大体系 are watchwords."""

BINDS_ONE: Final = frozenset("统唯单归逐划专之其无这那每某另任哪上下新初")
"""Before 一 these build a word or point at one thing of many: 统一, 唯一, 这一年, 新一轮, 每一个."""

_ORDINARY = """
第一 统一 唯一 单一 进一步 一体 一流 一般 一线 一批 一定 一切 一起 一直 一些 三角 四川 十分 百姓
万一 千方百计 百花
"""
QUOTED_ORDINARY: Final = tuple(_ORDINARY.split())
"""Words with a numeral that do not yet make a quoted phrase a slogan."""

_LABELS = "附件 附表 附图 专栏 尾号 号是 号为 编号 文号 账号 案号 代码 邮编"
LABELS: Final = frozenset(_LABELS.split())
"""What stands before a number that only tells things apart: 附件1, 尾号1702."""
