"""What the words of a livelihood project say beyond its number: category, beneficiaries, place, deadline."""

import re

_CATEGORIES: tuple[tuple[str, str], ...] = (
    ("托育", "托育 托位 婴幼儿 育儿 生育 产前 分娩"),
    ("养老", "养老 老年 助老 高龄 失能 助餐 适老化 护理床位 护理员 长期护理"),
    ("残疾人", "残疾 助残 无障碍 孤独症 康复"),
    ("教育", "幼儿园 小学 中学 学校 学位 学额 教育 高中 校车 学生 教师 托管 义务教育 师范 课后"),
    ("医疗卫生", "医院 医疗 卫生 床位 病床 筛查 疫苗 家庭医生 健康 医生 医学 急救 AED 救护 癌 孕产妇 诊"),
    ("就业", "就业 岗位 创业 技能培训 见习 劳动者 职业伤害 劳动纠纷 招聘 再就业 技工"),
    ("住房", "老旧小区 住房 棚户区 安置房 公租房 保障房 危房 危旧房 电梯 小区 筒子楼 房源 城中村 物业"),
    ("社会救助", "低保 特困 救助 困难群众 孤儿 困境儿童 低收入 补贴 留守儿童"),
    ("食品药品安全", "食品 药品 农产品质量 农贸市场 菜市场 食堂 抽检 餐饮 检测批次"),
    ("文化体育", "文化 图书馆 书房 健身 体育 运动场 球场 步道 演出 文艺 博物馆 礼堂 阅读"),
    ("供水供气供暖", "饮用水 饮水 供水 自来水 天然气 燃气 供热 供暖 管网 管道"),
    ("交通出行", "公路 停车 公交 道路 桥梁 充电 地铁 出行 路灯 服务区 轨道 航线 客运 渡"),
    ("生态环境", "公园 绿道 河湖 污水 垃圾 厕所 公厕 绿化 口袋 黑臭 环境 绿地"),
    ("公共安全", "消防 安全 隐患 应急 防灾 避灾 监控 防汛 救援 调解 法律援助"),
    ("便民服务", "便民 政务 邻里 社区 办事 家政 窗口 网点 信号 快递 养犬"),
)
_PATTERNS = tuple((name, re.compile("|".join(map(re.escape, words.split())))) for name, words in _CATEGORIES)

_AMOUNT = (
    r"(?:约|近|超过|超|逾|不少于)?\d[\d,.]*[万亿千百]*(?:多|余)?(?:名|人次|人|户|位|个家庭|家|个)?(?:以上)?"
)
_AGE = r"(?:\d{1,2}[-—至]?(?:\d{1,2})?(?:周?岁)(?:及)?(?:以[上下])?)?"
_WHOM = "群众|人口|学生|居民|村民|对象|职工|老年人|老人|儿童|妇女|农户|农民|农牧民|家庭|患者"
_SEVERAL = rf"(?:{_AMOUNT}[、和])*{_AMOUNT}"
_REACHED = re.compile(
    rf"(?:惠及|受益|造福|服务|覆盖)(?:(?:{_WHOM})?(?:达到?|共))?"
    rf"(?P<who>(?:{_WHOM})?{_SEVERAL}{_AGE}[^，。；,;\d]{{0,16}})|(?P<they>{_SEVERAL}[^，。；,;\d]{{0,10}})(?:受益|受惠)"
)
_REACHING = re.compile("惠及|受益|造福|服务|覆盖|受惠")
_THINGS = re.compile(rf"(?:{_AMOUNT}[、和])*[^、和]*\d[万亿千百多余]*[个家](?:以上)?")
"""A number of whatever: 服务超3000个 says of nobody that it is for them."""
_LATER_CLAUSE = re.compile(
    r"(?:[^\d。；;]*[，,])?"
    r"(?P<clause>(?:可|将|直接|预计|共|累计|新增?)*(?:惠及|受益|造福|[^，。；,;]*(?:受益|受惠))[^，。；,;]*)"
)
"""What still speaks of a project behind its clause: ，惠及居民1.5万户. Another number in between is of another one."""
_FOR = re.compile(
    rf"(?:为|帮助|帮扶|支持|保障|向)(?P<who>{_AMOUNT}{_AGE}[^，。；,;\d]{{1,24}}?)"
    r"(?:免费|提供|发放|开展|实施|建立|配备|安装|缴纳|再就业|实现|就业|享受)"
)
_AREA = (
    "地区|街道|社区|市县|市区|城区|主城|县城|乡镇|村镇|农村|全省|全市|各县|新区|开发区|园区|流域|"
    "[市县区镇乡村](?![域内级中长情场民居容委])"
)
_OPENING_AREA = "中心城区|主城区|城区|全市|全省|全区|全县|农村|县域|市区|乡镇|省内"
_PLACE = re.compile(
    rf"(?:在|到|赴|于|面向)(?P<at>[\u4e00-\u9fff“”（）]{{1,16}}?(?:{_AREA}))|^(?P<opening>{_OPENING_AREA})"
)
_DEADLINE = re.compile(
    r"(?:今年|明年|20\d\d年|年)?(?:(?:\d{1,2}|[一二三四五六七八九十]{1,2})月)?[底末](?:之前|以前|前)|"
    r"(?:今年|20\d\d年)?\d{1,2}月(?:\d{1,2}日)?(?:之前|以前|前)|年内|[一二三四]季度(?:前|末|底)|"
    r"[上下]半年(?=[^，。；]{0,6}(?:完成|建成|投|开))"
)

_DUE = re.compile("前|年内|季度|半年")
"""No deadline is without one of these."""


def category_of(project: str) -> str | None:
    """The field of public service that a project is of, by its own words; None where they say none."""
    return next((name for name, pattern in _PATTERNS if pattern.search(project)), None)


def beneficiaries_in(clause: str, following: str = "") -> str | None:
    """Who benefits, in the words of the text: 惠及3万名学生 → 3万名学生.

    Args:
        clause: the clause of the project.
        following: the rest of the sentence, of which the next number may be of the project, too.
    """
    after = _LATER_CLAUSE.match(following)
    found = _FOR.search(clause) or _reached(clause) or (_reached(after["clause"]) if after else None)
    return next(group for group in found.groups() if group).strip("的、和") if found else None


def _reached(words: str) -> re.Match[str] | None:
    if not _REACHING.search(words):  # few sentences say so, and this is quick
        return None
    found = _REACHED.search(words)
    return None if found is None or _THINGS.fullmatch(found["who"] or found["they"]) else found


def place_in(clause: str) -> str | None:
    """Where, in the words of the text."""
    found = _PLACE.search(clause)
    return (found["at"] or found["opening"]) if found else None


def deadline_in(clause: str) -> str | None:
    """By when, in the words of the text."""
    found = _DEADLINE.search(clause) if _DUE.search(clause) else None
    return found[0] if found else None
