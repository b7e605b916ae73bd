"""The words by which work reports tie a number to its subject. General language, no names of one report.

Each table is a tuple of words with one meaning; `Words` looks them up by their first or last character, so
that a table may grow without slowing the reader.
"""

from collections.abc import Iterable


class Words:
    """A set of words, stripped from the start or the end of a phrase, longest first."""

    __slots__ = ("_by_first", "_by_last", "_members")

    def __init__(self, words: Iterable[str]) -> None:
        self._members = frozenset(words)
        self._by_first: dict[str, list[str]] = {}
        self._by_last: dict[str, list[str]] = {}
        for word in sorted(self._members, key=lambda w: (-len(w), w)):
            self._by_first.setdefault(word[0], []).append(word)
            self._by_last.setdefault(word[-1], []).append(word)

    def __contains__(self, word: object) -> bool:
        return word in self._members

    def prefix(self, phrase: str) -> str:
        """The longest word that the phrase starts with, or an empty string."""
        if phrase:
            for word in self._by_first.get(phrase[0], ()):
                if phrase.startswith(word):
                    return word
        return ""

    def suffix(self, phrase: str) -> str:
        """The longest word that the phrase ends with, or an empty string."""
        if phrase:
            for word in self._by_last.get(phrase[-1], ()):
                if phrase.endswith(word):
                    return word
        return ""


def _words(table: str) -> tuple[str, ...]:
    """The words of a table, parted by blanks."""
    return tuple(table.split())


# A change upwards or downwards, directly before an amount: 增长7%, 下降2.1个百分点.
RISING = _words("""
    增长 同比增长 增加 提高 提升 上升 上涨 扩大 增 升 涨 改善 增加了 增长了 提高了 提升了 上升了
    逆势增长 实际增长 翻 增长超 延长 递增 名义增长 增收 增产 增值 高于 快于 高出 领先 跑赢 正增长 高
    前移 上移 跃升 攀升 跃增 微涨 微增 微升 略增 略升 略涨
""")
FALLING = _words("""
    下降 同比下降 减少 降低 回落 压减 压降 缩减 收窄 缩短 减 降 下滑 削减 下降了 减少了 降低了 压缩
    负增长 下跌 递减 缩小 精简 减量 低 少 后移 下移 微降 微跌 略降
""")
# The same words with 到/至: what follows is the level reached, not the change.
REACHING = _words("""
    增长到 增加到 提高到 提升到 上升到 扩大到 增至 升至 提高至 提升至 上升至 增加至 扩大至 增长至
    下降到 减少到 降低到 压减到 降到 降至 下降至 减少至 降低至 回落至 压缩到 压缩至 精简至 精简到
    压减为 整合为 调整为 调整到 缩小为 压减至 缩短到 缩短至 缩减至 缩减到 减至 优化至 收窄至 缩小到
    回落到 回升到 回升至 下滑到 下滑至 收窄到
    缩小至 升到 涨到 涨至 跃升至 跃升到 攀升至 拓展至 扩展到 扩至 延长至 延长到 压降至 跃至 前移到
    前移至 攀升到 跃居 拓展到 增长为 上调至 下调至 上调到
""")
# Words that end in a linking word or a word of change and are whole.
WHOLE = _words("""
    人均 户均 亩均 地均 日均 月均 村均 件均 产能 储能 节能 智能 功能 动能 光能 许可 认可 返还 偿还 归还 退还 发还 交还
    保有 拥有 享有 持有 国有 私有 公有 所有 特有 现有 已有 具有 晋升 缺少 需要 主要 重要 纪要 摘要 直达 到达 通达 抵达 传达 送达
    行为 作为 认为 成为 人为 关于 属于 位于 公共 节减 裁减 消减 最低 最高 较高 偏低 技术要 一双 成双 事由 自由 理由 缘由
    存在 所在 现在 内在 潜在 实在 好在 在于
    实至 甚至 乃至 直至 截至 前任 不再 首都 古都 成都 全都 城都 竞争 公约 节约 集约 签约 履约 合约 条约 违约 预约
    附近 就近 成就 造就
""")
# Verbs and particles that lead from a subject to its number and say nothing else.
LINKING = _words("""
    达到 达 达成 为 是 有 共 共有 共计 合计 总计 累计 累计达 累计达到 至 到 于 完成 实现 实现了
    完成了 达到了 同比 比上年 较上年 比去年 较去年 上年 年均 平均 平均为 平均每年 每年 控制在 保持在 稳定在 在
    维持在 保持 稳定 稳定保持在 保持稳定在 控制 维持 达到约 已达 已 已经 已有 均 都 各 分别 各自
    全部 总共 再 又 还 也 将 要 仅 仅为 只有 仅有 就 了 分别为 分别达到 分别达 均为 均达 均达到
    都达到 双双 双 接连 先后 相继 始终 一直 首次 历史性 历史性地 成功 一举 率先 连续 由 从 持续 稳步 大幅 平均达到 其中
    折合人民币 折合美元 折人民币 折合 约合人民币 按美元计 按人民币计
    以美元计 以人民币计 按美元计价 按人民币计价 以美元计价 以人民币计价 虽 虽然
    现行 小幅 微幅 温和 重回 重返 再次达到 重新达到
    进一步 降幅 跌幅 全年 上半年 一季度 前三季度 逐季 逐月 逐年
    一共 常年 预计可 大约为 每人每月 每月 每人每年 每人 每户 每亩 每平方米
    每立方米 每千人 每万人 每天 每日 每百户 年计划 全年计划 年度目标任务 年度 年度计划 年度任务
    年度目标 连跨 连续跨越 连续迈上 转 转为 逐步 设定为 定为 确定为 设为 安排为 拟定为 拟定 拟安排 拟按
    定在 设定在 确定在 安排在 按 按照
    为预算 为年初预算 为年度预算 为调整预算 完成预算 完成年初预算 完成年度预算 占预算 占年度预算 占年初预算
""")
# Hedges that stand before a number.
HEDGING = _words("""
    约 大约 近 接近 将近 超 超过 突破 多于 低于 不低于 不少于 不超过 不高于 至少 最多 最高 不到 不足
    少于 超出 突破了 超过了 力争达到 逾 高达 多达 最低 预计达 预计达到 估计 保守估计 跨越 迈上 跨上
    站上 迈过 踏上 大于 小于 优于 好于 首超 首破
""")
COMMITTING = _words("""
    力争 确保 争取 努力 奋力 预计 预期 力争实现 确保实现 努力实现 保证 力求 有望 拟 可望 目标 目标为
    奋斗目标 奋斗目标为 冲刺 冲刺目标 挑战目标 内控目标 预期目标为 预期目标 必须
""")
# Where a rank is held; what stands before them is its subject.
RANKING = _words("""
    居 列 位居 位列 名列 排名 排 排在 跃居 跻身 进入 保持在 稳居 蝉联 获 获得 荣获 夺得 升至 跃升至
    上升到 上升至 居于 处于 进入到 位次 位次居 排名居 排位 名次 连续 迈入 闯入 入围 取得 勇夺 前移至
    保持 继续保持 继续居 持续居 排名升至 排名列 排名保持 稳居在 位于 分列 分居 首次进入 首次跻身
    重回 重返 挺进 晋级 前移 前移到 攀升至 成为 是 为
""")
# Areas in which a rank is held or to which a number is confined.
AREAS = _words("""
    全国 全省 全市 全区 全县 全球 世界 国内 省内 市内 全域 全行业 全国各省 全国地级市 全国城市
    全国同类城市 我国 我省 我市 我区 我县 长三角 珠三角 京津冀 中西部 中部 西部 东部 全州 全镇
    全自治区 本市 本省 本区 各市 各省 全省各市 全国各省区市 中部地区 西部地区 东部地区 全国省级
    全国副省级城市 副省级城市 计划单列市 省会城市 全省设区市 各设区市
""")
# What a phrase may start with without it being part of the subject.
OPENING = AREAS + _words("""
    计划
    其中 其中， 全年 预计 今年 去年 明年 当年 上年 年末 年底 目前 截至目前 同时 并 且 而 还 又 已 也
    均 都 将 要 共 累计 总计 合计 力争 确保 争取 努力 推动 带动 促进 使 让 实现 完成 达到 全面完成
    全面实现 顺利完成 超额完成 圆满完成 成功 率先 首次 基本 继续 进一步 不断 持续 稳步 年均 平均
    我们 我们将 我们要 一年来 过去一年 五年来 过去五年 三年来 近年来 一是 二是 三是 四是 五是 六是 七是 八是 九是 十是
    初步 预期 拉动 助推 截至 截至年底 尤其是 特别是 包括 如 以及 和 与 及 、 的 其 了 就 各 到 至 在
    对 为了 通过 上半年 下半年 一季度 二季度 三季度 四季度 前三季度 前三个季度
    以来 至今 历时 年内 但 但是 力争全年 确保全年 全力 全力以赴 大力 加快
    深入 扎实 着力 积极 建议 主要是 保持 稳定 总体 仍 则 只 仅 期末 期内 实际工作中 具体工作中 工作中 实际执行中 具体执行中 执行中
""")
# Words that begin like an opening and are whole.
WHOLE_OPENINGS = _words("""
    计划生育 计划总投资 计划投资 计划单列
    并购 并网 并联 在役 在建 在校 在册 在岗 在园 在线 在读 在营 在外 对外 对口 各族 各界 各类 各级 各方 全职 全民 全员 全面
    全程 全社会
    全市性 全国性 全省性 全国道德 全国文明 全国劳动 全国重点 国内游客 国内旅游 国内生产 国内专利 国内发明 国内航线
    基本医疗 基本养老
    服务业 服务贸易 服务进出口 服务出口 服务消费
    生产总值 生产性 生产资料 生产能力
    基本公共 基本农田 基本建设 基本药物 基本单位 已经 已建 已有 如期 其他 共建 共享 共同 保持率 稳定就业 超高 超大 新型 和美 和谐
""")
# Verbs that make or bring about what is counted. They open a list (新增甲3家、乙5家) and stay in the indicator.
DOING = _words("""
    新增 净增 净增加 推广 新建 改建 扩建 改扩建 新改扩建 新改建 新建改建 新开工 开工 开工建设 竣工 投产
    竣工投产 建成 建成投用 建成投产 建设 建立 打造 创建 培育 引进 新引进 引育 招引 签约 落地 实施
    推进 推动 开展 举办 承办 组织 发放 发行 出台 制定 修订 推出 淘汰 整治 改造 提升 改造提升
    提标改造 处置 消化处置 盘活 腾退 取缔 关停 关闭 拆除 清理 新设 设立 成立 组建 投放 开通 新开通
    打通 开行 开辟 新开 获批 获评 获得 入选 认定 新认定 列入 纳入 争取 安排 投入 筹集 统筹 落实 兑现
    减免 减轻 帮扶 帮助 解决 化解 查处 侦破 破获 办理 办结 受理 培训 培养 吸纳 吸引 接待 服务 走访
    惠及 覆盖 支持 扶持 转移 救助 资助 补助 供应 新供 收储 出让 流转 修复 治理 安装 加装 更换 铺设
    敷设 配置 配备 启动 启用 投用 建好 抓好 办好 做好 完善 优化 扩大 拓展 引导 选派 派出 选聘 招募
    招聘 招收 录用 公开 发布 评选 遴选 遴选资助 命名 授予 表彰 奖励 补贴 减少 压减 取消 下放 精简
    归集 取得 攻克 突破 转化 授权 申请 登记 注册 制止 摧毁 打掉 抓获 挽回 追回 追缴 退还 清偿 偿还
    置换 撤并 整合 迁建 搬迁 安置 脱贫 解困 消除 消减 新培育 新建成 累计建成 新改造 形成 储备 谋划
    储备实施 布局 推广 复制推广 创成 争创 创造 带动 拉动 发展 新发展 种植 播种 收购 销售 生产 输送
    外输 外送 交付 保交 销号 整改 排查 检查 巡查 督办 立案 审结 调解 修订完善 提请 审议 提交 制修订
    组建成立 收治 建成开放 建成启用 开放 投运 建成运营 运营 新增设 增设 增加 配建 布设 新辟 延伸
    疏浚 清淤 整修 加固 除险加固 维修 维修养护 营造 抚育 更新 淘汰更新 报废
""")
# Nouns that mean nothing without the subject before them: 增幅, 总投资, 占比.
RELATIONAL = _words("""
    投资 装机 装机容量 强度 投入强度 密度 同口径 自然口径
    可比口径 可比 可比价 按可比口径 按同口径 按自然口径 按可比价 按不变价
    按可比价格 按不变价格 按可比价格计算 按不变价格计算 按可比价计算 按不变价计算 按可比口径计算 按同口径计算
    按自然口径计算 增幅 增速 总量 增量 规模 占比 比重 份额
    贡献率 总投资 投资额 总投资额 金额 总额 面积 总面积 里程 总里程 人均 数量 总数 数 人数 户数
    总产值 产值 产量 总产 总产量 单产 落地率 开工率 投产率 完成率 满意率 满意度 达标率 覆盖率 普及率 通过率 合格率 优良率
    履约率 排名 位次 降幅 涨幅 涉及金额 合同金额 协议金额 签约金额 到位资金 资金 均价 单价 增长率
    平均 存量 余额 总人数 总收入 营业收入 营收 利润 税收 综合排名 同比 环比 两年平均 两年 日均 月均
    户均 亩均 每亩 受益 惠及 受益群众 受益人口 惠及群众 收入 实到资金 计划总投资 计划投资 年产值
    年产能 产能 估值 市值 总用地 用地 其他 其余
""")
# Heads of indicators that the members of a list share: 城镇、农村居民人均可支配收入.
HEADS = _words("""
    居民人均可支配收入 常住居民人均可支配收入 人均可支配收入 可支配收入 居民收入 人均纯收入 收入
    增加值 贷款余额 存款余额 余额 总产值 产值 投资 完成投资 比重 占比 总额 交易额 销售额 零售额
    营业收入 利润 税收 产量 面积 人数 起数 件数 数量 参保率 覆盖率 普及率 达标率 优良率 失业率
    入学率 毛入学率 满意率 利用率 处理率 处置能力 能力 发电量 装机容量 装机 吞吐量 总量 规模 指数
    浓度 平均浓度 强度 消费量 客运量 货运量 里程 通车里程 水平 增速 增幅 增长率 项目 企业 人口
    基本医疗保险参保率 基本养老保险参保率 排放量 贷款 存款 保费 进出口 出口 进口 用电量 价格 涨幅
    总值 生产总值 数 率 值 额 比
""")
