"""Reports of all provinces as their governments' web pages give them; the sentences and persons are invented."""

from dataclasses import dataclass

PROVINCES = {
    "北京": "北京市",
    "天津": "天津市",
    "河北": "河北省",
    "山西": "山西省",
    "内蒙古": "内蒙古自治区",
    "辽宁": "辽宁省",
    "吉林": "吉林省",
    "黑龙江": "黑龙江省",
    "上海": "上海市",
    "江苏": "江苏省",
    "浙江": "浙江省",
    "安徽": "安徽省",
    "福建": "福建省",
    "江西": "江西省",
    "山东": "山东省",
    "河南": "河南省",
    "湖北": "湖北省",
    "湖南": "湖南省",
    "广东": "广东省",
    "广西": "广西壮族自治区",
    "海南": "海南省",
    "重庆": "重庆市",
    "四川": "四川省",
    "贵州": "贵州省",
    "云南": "云南省",
    "西藏": "西藏自治区",
    "陕西": "陕西省",
    "甘肃": "甘肃省",
    "青海": "青海省",
    "宁夏": "宁夏回族自治区",
    "新疆": "新疆维吾尔自治区",
}


@dataclass(frozen=True, slots=True)
class Province:
    """What the head of a report says of its province."""

    short: str
    name: str

    @property
    def kind(self) -> str:
        """省, 市 or 自治区."""
        return "自治区" if self.name.endswith("自治区") else self.name[-1]

    @property
    def office(self) -> str:
        """The title of the head of its government."""
        return {"省": "省长", "市": "市长", "自治区": "主席"}[self.kind]

    @property
    def speaker(self) -> str:
        """An invented head of government; in some regions names have a dot."""
        return "阿迪力·买买提" if self.short == "新疆" else "岳明川"


def _style_plain(p: Province) -> tuple[str, str]:
    head = f"""首页 > 政务公开 > 政府工作报告
政府工作报告
发布时间：2026-02-03 09:30　　来源：{p.short}日报　　浏览次数：12345次　　字体：[ 大 中 小 ]
分享到：
——2026年1月25日在{p.name}第十四届人民代表大会第四次会议上
{p.name}{p.office}　{p.speaker}
各位代表：
现在，我代表{p.kind}人民政府，向大会报告政府工作，请予审议，并请各位政协委员和列席人员提出意见。"""
    tail = """（责任编辑：李某）
【打印】【关闭】
扫一扫在手机打开当前页
相关链接
2025年经济运行情况新闻发布会
图解：2026年政府工作报告的10个关键数字"""
    return head, tail


def _style_titled(p: Province) -> tuple[str, str]:
    head = f"""索 引 号：000014349/2026-00012
发文机关：{p.name}人民政府
成文日期：2026年01月26日
主题分类：综合政务\\政府工作报告
2026年{p.name}政府工作报告
——2026年1月26日在{p.name}第十四届人民代表大会第四次会议上
{p.office}　{p.speaker}
各位代表：
我代表{p.name}人民政府，向大会作工作报告，请予审议，请{p.kind}政协委员提出意见。"""
    tail = f"""附件：2026年{p.name}政府工作报告.pdf
上一篇：{p.name}2026年国民经济和社会发展计划
下一篇：关于做好春节期间有关工作的通知
主办单位：{p.name}人民政府办公厅　网站标识码：1100000088
备案号：ICP备05070218号　公网安备 11010202000001号
联系电话：010-12345678　您是第 1234567 位访问者"""
    return head, tail


def _style_newspaper(p: Province) -> tuple[str, str]:
    head = f"""{p.short}日报
2026年02月04日 星期三
第01版：要闻
政府工作报告
（2026年1月27日在{p.name}第十四届人民代表大会第四次会议上）
{p.name}人民政府{p.office} {p.speaker}
编者按：1月27日上午，{p.kind}十四届人大四次会议开幕，{p.office}{p.speaker}作政府工作报告，共分3个部分。现将报告全文刊发如下，以飨读者。
各位代表：
现在，我代表{p.name}人民政府，向大会报告工作，请予审议，并请各位政协委员提出意见。"""
    tail = """本版编辑：赵某　美编：钱某
（下转第二版）"""
    return head, tail


def _style_no_region_in_assembly(p: Province) -> tuple[str, str]:
    head = f"""{p.name}人民政府门户网站
无障碍 | 繁体 | English | 登录
您当前的位置：首页 / 政务公开 / 政府工作报告 / 正文
政府工作报告
信息来源：办公厅 　发布日期：2026-02-06 16:20 　 【字体：大 中 小】 　 打印本页
——2026年1月28日在{p.kind}第十四届人民代表大会第四次会议上
{p.speaker}
各位代表：
现在，我代表{p.kind}人民政府向大会报告工作，请予审议。"""
    tail = f"""分享：
微信
微博
QQ空间
我要纠错
打印 关闭
版权所有：{p.name}人民政府　承办：{p.name}大数据中心
地址：人民路1号　邮编：100000　网站地图　联系我们"""
    return head, tail


def _style_contents(p: Province) -> tuple[str, str]:
    head = f"""{p.name}人民政府工作报告
目 录
一、2025年工作回顾………………1
二、“十五五”时期发展目标………………5
三、2026年工作安排………………8
附件：名词解释………………20
政府工作报告
2026年1月29日在{p.name}第十四届人民代表大会第四次会议上
{p.name}人民政府代{p.office} {p.speaker}
各位代表：
现在，我代表{p.name}人民政府，向大会报告工作，请予审议，并请各位政协委员和其他列席人员提出意见。"""
    tail = """附件
名词解释
1.“三新”经济：是指新产业、新业态、新商业模式，2025年占比达到18.5%。
2.“双千计划”：是指3年内培育1000家企业、1000个项目的行动。
责任编辑：周某
终审：吴某"""
    return head, tail


def _style_speech(p: Province) -> tuple[str, str]:
    head = f"""{p.short}两会 | {p.office}{p.speaker}作政府工作报告（全文）
2026-02-01 08:15:30 来源：{p.short}发布 作者： 点击：5210
T大 T中 T小
收藏 打印 转发
在{p.name}第十四届人民代表大会第四次会议上的政府工作报告
（2026年1月30日）
{p.speaker}
各位代表：
我代表{p.name}人民政府，向大会报告{p.kind}政府工作，请予审议，请{p.kind}政协各位委员和列席人员提出意见。"""
    tail = """（全文完）
来源：政府办公厅
编辑：郑某
初审：王某　复审：冯某　终审：陈某
阅读 10万+
延伸阅读
10组数据看懂政府工作报告
扫描二维码，关注我们"""
    return head, tail


def _style_one_title_line(p: Province) -> tuple[str, str]:
    head = f"""政府工作报告——2026年1月27日在{p.name}第十六届人民代表大会第四次会议上
{p.name}{p.office} {p.speaker}
2026年02月03日 来源：{p.name}人民政府办公厅
各位代表：
我代表{p.name}人民政府向大会报告政府工作，请予审议，并请政协委员提出意见。"""
    tail = f"""上一条：无
下一条：{p.name}2025年国民经济和社会发展统计公报显示全年地区生产总值增长5.4%"""
    return head, tail


def _style_declaration(p: Province) -> tuple[str, str]:
    head = f"""【大会文件】
{p.short}两会专题
2026年1月26日在{p.name}第十四届人民代表大会第四次会议上 {p.name}人民政府{p.office} {p.speaker}
各位代表、同志们：
现在，我代表{p.kind}人民政府，向大会作政府工作报告，请予审议。"""
    tail = """声明：本网站转载此文出于传递更多信息之目的，若有来源标注错误或侵犯了您的权益，请与本网联系，我们将及时更正。
投稿信箱每天接收稿件200多件，请于24小时内联系，电话010-88886666。"""
    return head, tail


def _style_scattered_buttons(p: Province) -> tuple[str, str]:
    head = f"""您所在的位置：
首页
>
政府信息公开
>
政府工作报告
{p.name}政府工作报告（2026年）
发布日期：
2026-02-05
字体：
【
大
中
小
】
浏览量：
23456
2026年1月30日在{p.name}第十四届人民代表大会第四次会议上
{p.name}{p.office}　{p.speaker}
各位代表：
我代表{p.name}人民政府，向大会报告工作，请予审议，并请{p.kind}政协委员和列席会议的同志提出意见。"""
    tail = """打印
关闭
相关稿件
2026年政府工作报告解读之一
2026年政府工作报告解读之二
政务微信
扫一扫
网站首页
联系电话：12345"""
    return head, tail


STYLES = (
    _style_plain,
    _style_titled,
    _style_newspaper,
    _style_no_region_in_assembly,
    _style_contents,
    _style_speech,
    _style_one_title_line,
    _style_declaration,
    _style_scattered_buttons,
)

FORBIDDEN = (
    "发布时间",
    "来源",
    "编辑",
    "扫一扫",
    "打印",
    "备案",
    "访问者",
    "编者按",
    "关键数字",
    "联系电话",
    "邮编",
    "阅读",
    "目 录",
    "…",
    "索",
    "成文",
    "终审",
    "纠错",
    "上一篇",
    "星期",
    "声明",
    "投稿",
    "统计公报",
    "解读",
)
"""What no record may quote."""


def _body(p: Province) -> str:
    place = "全市" if p.kind == "市" else "全区" if p.kind == "自治区" else "全省"
    return f"""一、2025年工作和“十四五”发展回顾
2025年，面对复杂严峻的外部环境，{p.short}上下顶压前行、实干争先，{place}地区生产总值增长5.4%，规模以上工业增加值增长6.8%，一般公共预算收入增长3.1%，城镇新增就业36.2万人，粮食总产量达到412.6亿斤。
一年来，我们主要做了以下工作。
一是着力扩大有效需求。固定资产投资增长4.3%，实施重大项目1260个，社会消费品零售总额突破1.2万亿元。
二是着力培育新质生产力。研发经费投入强度达到2.35%，新增高新技术企业1480家，{p.short}算力规模居全国第6位。
三是着力保障和改善民生。新建改扩建幼儿园215所，改造老旧小区930个，居民人均可支配收入增长5.6%。
“十四五”时期，{p.short}经济总量连跨两个万亿元台阶，年均增长5.7%，高速公路通车里程达到8600公里。
同时，我们也清醒看到，发展中还存在不少困难和问题，有效需求不足，部分企业经营困难。
二、“十五五”时期的主要目标
未来五年，{p.short}将锚定高质量发展首要任务，地区生产总值年均增长5%左右，到2030年常住人口城镇化率达到72%。
三、2026年重点工作
2026年是“十五五”开局之年。主要预期目标是：地区生产总值增长5%左右，一般公共预算收入增长3%，城镇新增就业33万人以上，城镇调查失业率5.5%左右，居民消费价格涨幅2%左右。
（一）全力扩大内需。实施重大项目1300个以上，力争固定资产投资增长5%。
（二）做强现代产业。新增规模以上工业企业800家，建设绿色工厂120家。
（三）办好民生实事。新增养老床位1.5万张，改造农村公路3200公里，建设口袋公园260个。
各位代表！蓝图催人奋进，实干成就未来。让我们更加紧密地团结起来，锐意进取、埋头苦干，奋力谱写{p.short}高质量发展新篇章！"""


def page(short: str, style: int) -> str:
    """The text of a page with the report of a province.

    Args:
        short: the province, a key of `PROVINCES`.
        style: which of `STYLES`.
    """
    province = Province(short, PROVINCES[short])
    head, tail = STYLES[style](province)
    return f"{head}\n{_body(province)}\n{tail}\n"
