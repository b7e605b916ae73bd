"""Names of administrative units and their levels.

What a bare 市 is, its name alone does not say: the four municipalities are provinces, 293 are prefectures,
the others county-level. The lists are those of the official division of the country; a name that is not
listed is a county-level city, or, when the text speaks of counties below it, a new (or invented) prefecture.
"""

import re

MUNICIPALITIES = frozenset(["北京市", "天津市", "上海市", "重庆市"])

_PROVINCES = """
河北 山西 辽宁 吉林 黑龙江 江苏 浙江 安徽 福建 江西 山东 河南
湖北 湖南 广东 海南 四川 贵州 云南 陕西 甘肃 青海 台湾
"""
FULL_NAMES = {
    **{name: f"{name}省" for name in _PROVINCES.split()},
    **{name.removesuffix("市"): name for name in MUNICIPALITIES},
    "内蒙古": "内蒙古自治区",
    "广西": "广西壮族自治区",
    "西藏": "西藏自治区",
    "宁夏": "宁夏回族自治区",
    "新疆": "新疆维吾尔自治区",
}

# Prefecture-level cities, province by province.
_PREFECTURES = """
石家庄 唐山 秦皇岛 邯郸 邢台 保定 张家口 承德 沧州 廊坊 衡水
太原 大同 阳泉 长治 晋城 朔州 晋中 运城 忻州 临汾 吕梁
呼和浩特 包头 乌海 赤峰 通辽 鄂尔多斯 呼伦贝尔 巴彦淖尔 乌兰察布
沈阳 大连 鞍山 抚顺 本溪 丹东 锦州 营口 阜新 辽阳 盘锦 铁岭 朝阳 葫芦岛
长春 吉林 四平 辽源 通化 白山 松原 白城
哈尔滨 齐齐哈尔 鸡西 鹤岗 双鸭山 大庆 伊春 佳木斯 七台河 牡丹江 黑河 绥化
南京 无锡 徐州 常州 苏州 南通 连云港 淮安 盐城 扬州 镇江 泰州 宿迁
杭州 宁波 温州 嘉兴 湖州 绍兴 金华 衢州 舟山 台州 丽水
合肥 芜湖 蚌埠 淮南 马鞍山 淮北 铜陵 安庆 黄山 滁州 阜阳 宿州 六安 亳州 池州 宣城
福州 厦门 莆田 三明 泉州 漳州 南平 龙岩 宁德
南昌 景德镇 萍乡 九江 新余 鹰潭 赣州 吉安 宜春 抚州 上饶
济南 青岛 淄博 枣庄 东营 烟台 潍坊 济宁 泰安 威海 日照 临沂 德州 聊城 滨州 菏泽
郑州 开封 洛阳 平顶山 安阳 鹤壁 新乡 焦作 濮阳 许昌 漯河 三门峡 南阳 商丘 信阳 周口 驻马店
武汉 黄石 十堰 宜昌 襄阳 鄂州 荆门 孝感 荆州 黄冈 咸宁 随州
长沙 株洲 湘潭 衡阳 邵阳 岳阳 常德 张家界 益阳 郴州 永州 怀化 娄底
广州 韶关 深圳 珠海 汕头 佛山 江门 湛江 茂名 肇庆 惠州 梅州 汕尾 河源 阳江 清远 东莞 中山 潮州 揭阳 云浮
南宁 柳州 桂林 梧州 北海 防城港 钦州 贵港 玉林 百色 贺州 河池 来宾 崇左
海口 三亚 三沙 儋州
成都 自贡 攀枝花 泸州 德阳 绵阳 广元 遂宁 内江 乐山 南充 眉山 宜宾 广安 达州 雅安 巴中 资阳
贵阳 六盘水 遵义 安顺 毕节 铜仁
昆明 曲靖 玉溪 保山 昭通 丽江 普洱 临沧
拉萨 日喀则 昌都 林芝 山南 那曲
西安 铜川 宝鸡 咸阳 渭南 延安 汉中 榆林 安康 商洛
兰州 嘉峪关 金昌 白银 天水 武威 张掖 平凉 酒泉 庆阳 定西 陇南
西宁 海东
银川 石嘴山 吴忠 固原 中卫
乌鲁木齐 克拉玛依 吐鲁番 哈密
"""
PREFECTURES = frozenset(f"{name}市" for name in _PREFECTURES.split())
_BARE_NAMES = {f"{name}市": name for name in _PREFECTURES.split()} | {
    full: bare for bare, full in FULL_NAMES.items()
}
ALL_NAMES = frozenset(_BARE_NAMES)
"""Full names of all provinces and prefecture-level cities."""


def bare_name(name: str) -> str:
    """A name of `ALL_NAMES` as sentences have it: 北京, 广西."""
    return _BARE_NAMES[name]


_SUFFIXES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("province", ("特别行政区", "自治区", "省")),
    ("prefecture", ("自治州", "地区", "盟", "州", "市")),
    ("county", ("自治县", "自治旗", "新区", "林区", "特区", "县", "区", "旗")),
    ("township", ("街道", "苏木", "镇", "乡")),
)
# Longer suffixes stand first, so that 自治区 is not read as 区.
_ENDINGS = sorted((suffix for _, suffixes in _SUFFIXES for suffix in suffixes), key=len, reverse=True)
_UNIT = rf"(?:[\u4e00-\u9fff]{{2,10}}?(?:{'|'.join(_ENDINGS)})|[\u4e00-\u9fff]县)"
_UNITS = re.compile(_UNIT)
_CHAIN = re.compile(rf"(?:{_UNIT})+")
_NO_NAME = re.compile(r"[我本全各该]|(?:市|县|区|省|州|镇|乡|街道|自治[区州县])$")
_COUNTIES_BELOW = re.compile(r"县（市、?区）|县市区|区县|县区|市县|区市县|各县|县（市）")


def units(name: str) -> tuple[str, ...]:
    """The administrative units that a name is made of, outermost first.

    浙江省湖州市 → (浙江省, 湖州市); 景德镇市 → (景德镇市,); 我市 → ().
    """
    if name in FULL_NAMES:
        return (FULL_NAMES[name],)
    if _NO_NAME.match(name) or not _CHAIN.fullmatch(name):
        return ()
    first = _UNITS.match(name)
    assert first is not None, "a chain begins with a unit"
    if first.end() == len(name):
        return (name,)
    rest = units(name[first.end() :])
    return (first[0], *rest) if rest else (name,)


def level_of(chain: tuple[str, ...], text: str) -> str | None:
    """The level of the last unit of a chain.

    Args:
        chain: units, outermost first, as `units` gives them.
        text: the report, for a city whose name is not listed.

    Returns:
        `province`, `prefecture`, `county`, `township`, or None where the name says nothing.
    """
    if not chain:
        return None
    name = chain[-1]
    if name in MUNICIPALITIES:
        return "province"
    if name.endswith("市") and name not in PREFECTURES:
        above = any(unit.endswith(("市", "州", "盟", "地区")) for unit in chain[:-1])
        return "county" if above or len(_COUNTIES_BELOW.findall(text)) == 0 else "prefecture"
    for ending in _ENDINGS:
        if name.endswith(ending):
            return next(level for level, suffixes in _SUFFIXES if ending in suffixes)
    return None
