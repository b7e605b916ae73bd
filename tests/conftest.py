"""What tests of several packages share: the sample reports, and the texts that stand beside the repository."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def no_language(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the machine speaks: no locale says what the reader speaks, so that messages come in both languages."""
    for name in ("EXTRACT_LANG", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")


@pytest.fixture(scope="session")
def examples() -> Path:
    """The folder of sample reports."""
    return ROOT / "examples"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real reports, gold and scoring tools; it is no part of the repository."""
    folder = ROOT.parent / "shared"
    if not (folder / "reports").is_dir():
        pytest.skip("the folder of real reports (../shared) is not here")
    return folder


@pytest.fixture(scope="session")
def small_report() -> str:
    """A whole report in a few sentences, which every stage reads in no time."""
    return (
        "临江市2024年政府工作报告\n\n"
        "——2024年1月18日在临江市第六届人民代表大会第四次会议上\n\n"
        "各位代表：\n"
        "现在，我代表市人民政府，向大会报告工作，请予审议。\n\n"
        "一、2023年工作回顾\n"
        "过去一年，全市地区生产总值达到1830.5亿元，增长6.4%。一般公共预算收入162.3亿元，增长4.8%。"
        "城镇新增就业3.2万人，新建学校12所。\n\n"
        "二、2024年重点工作\n"
        "今年主要预期目标是：地区生产总值增长6%左右，一般公共预算收入增长4%以上，城镇新增就业3万人以上。"
        "力争引进亿元以上项目60个。新增养老床位800张。\n\n"
        "各位代表，让我们携手奋进，谱写临江发展新篇章！谢谢大家。\n"
    )
