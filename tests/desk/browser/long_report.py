"""A long report of invented sentences: 60,000 characters with 2,000 numbers."""

from pathlib import Path

from extract.runs.run import Plan, run_sources
from extract.runs.sources import find_sources

CHARACTERS = 60_000
REPORT = "linjiang-2025"
SENTENCES = (
    "全市实施{0}个城市更新项目，完成投资{1}.{2}亿元，同比增长{2}.{3}%，云澄新区、临江片区的面貌在一件件实事中慢慢改变。",
    "新建口袋公园{0}个、健身步道{1}公里，改造老旧小区{2}个，惠及居民{1}{3}户，街坊邻里出门见绿、抬脚能走。",
    "培育科技型中小企业{0}家，引进人才{1}名，技术合同成交额{2}.{3}亿元，实验室里的点子正一个个走上生产线。",
)
FILLER = (
    "干部沉到村社里弄，把群众的烦心事一件件记下来、办下去；企业有呼声，部门有回应，办事的流程更短，跑腿的次数更少。"
    "田野里稻浪翻滚，山林间绿意渐浓，老街上灯火可亲，城市的烟火气和乡村的好光景彼此成全。"
)
HEAD = "临江市2025年政府工作报告\n——2025年1月10日在临江市第三届人民代表大会第四次会议上\n\n各位代表：\n\n一、2024年工作回顾\n\n"
PLAN = "\n二、2025年工作安排\n\n"
END = "各位代表！让我们携手前行，把临江建设得更加美好！\n"


def long_text() -> str:
    """The text of the report."""
    lines = [HEAD]
    length, number = len(HEAD), 0
    while length < CHARACTERS - len(PLAN) - len(END):
        number += 1
        line = "".join(
            sentence.format(11 + number % 80, 100 + number % 700, 2 + number % 7, 1 + number % 9)
            for sentence in SENTENCES
        )
        lines.append(f"{line}{FILLER}\n\n")
        length += len(line) + len(FILLER) + 2
        if number == 150:
            lines.append(PLAN)
    return "".join([*lines, END])


def long_results(folder: Path) -> Path:
    """A folder of results with the report in it, read by the rules."""
    source, out = folder / "reports", folder / "out"
    source.mkdir()
    (source / f"{REPORT}.txt").write_text(long_text(), encoding="utf-8")
    run_sources(Plan(find_sources([str(source)], out).sources, out, "rules", 1, 20_000_000), lambda _: None)
    return out
