"""民生实事: concrete deliverables for residents."""

from typing import ClassVar, Literal

from schemas.record import Record

# Concrete services and facilities for residents; counted, they are livelihood projects.
_WORDING = """
    幼儿园 小学 中小学 义务教育学校 标准化学校 高中 学位 托位 托育 养老床位 护理床位 病床 儿童友好
    留守儿童 管道燃气 社区公园 孕产妇 租赁住房 停车位 停车泊位 老旧小区 公租房 廉租 保障性住房
    保障性租赁住房 保障房 安置房 棚户区 危房 危旧房 养老 助餐 食堂 电梯 文化礼堂 城市书房 书房 健身
    运动场 体育公园 口袋公园 公交线 农村公路 饮用水 饮水 自来水 厕所 公厕 卫生院 卫生室 社区医院
    社区卫生 就业困难 再就业 邻里中心 残疾人 低保 困难群众 特困 救助 老年人 老人 充电桩 天然气 路灯
    农贸市场 菜市场 免费 筛查 家庭医生 医疗机构 公益性岗位 适老化 无障碍 社区服务 居家 慢行 校车
    民生实事 小区 房源 住房 集中供热 惠民 便民 妇女 新生儿 高龄 失能 护理 托管 助老 婴幼儿 健康小屋
    急救 AED 文化活动 图书馆 文化馆 百姓 群众文体 综合文化 体育设施 球场 步道 筒子楼 餐饮单位
"""


class LivelihoodProject(Record):
    """A countable service or facility for residents, promised or delivered."""

    label_zh: ClassVar[str] = "民生实事"
    label_en: ClassVar[str] = "livelihood project"
    wording: ClassVar[tuple[str, ...]] = tuple(_WORDING.split())
    counted_in: ClassVar[frozenset[str]] = frozenset("个家所张户套条座处台部辆人名件间例对班只盏项位") | {
        "公里",
        "人次",
    }
    section_role: ClassVar[str | None] = "livelihood"

    type: Literal["livelihood_project"] = "livelihood_project"
