"""Reports of an invented city, as text."""

PROSE = (
    "全市上下攻坚克难，地区生产总值增长6.1%，一般公共预算收入增长5.2%，居民收入稳步提高，各项工作取得新进展。"
)
HEAD = (
    "云州市2024年政府工作报告\n"
    "——2024年1月16日在云州市第九届人民代表大会第三次会议上\n"
    "市长 沈某\n"
    "各位代表：\n"
    "现在，我代表市人民政府，向大会报告工作，请予审议。\n"
)
APPEAL = "各位代表！让我们携手同心，为建设美好云州而努力奋斗！\n"


def report(*body: str, head: str = HEAD, appeal: str = APPEAL) -> str:
    """A report of the given paragraphs, each followed by a newline."""
    return head + "".join(f"{paragraph}\n" for paragraph in body) + appeal


WHOLE = report(
    "一、2023年工作回顾",
    f"过去一年，{PROSE}",
    f"一年来，{PROSE}",
    "二、2024年工作安排",
    f"今年，{PROSE}",
    PROSE,
)
